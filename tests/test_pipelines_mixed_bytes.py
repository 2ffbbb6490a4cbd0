"""Pages whose template and article have different encodings, and characters in halves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipelines.page.markup.decode import decode
from pipelines.page.markup.mixed_bytes import read_mixed

HEAD = '<html><head><meta charset="gb2312"><title>清河县水利局</title></head><body>'
BAR = "<div>本县的水利工作和政府公开的建议在一起，不分上下。</div>"
ARTICLE = "<p>您提出的建议收悉。现答复如下：</p><p>石阶的修复，年内完成。</p>"


def test_a_gb_template_around_a_utf8_article_reads_right() -> None:
    for times in (1, 30):
        body = (HEAD + BAR * times).encode("gb18030") + ARTICLE.encode()
        page = decode(body)
        assert page.text == HEAD + BAR * times + ARTICLE
        assert "encoding: utf-8 and gb18030 on one page" in page.warnings


def test_utf8_that_happens_to_be_valid_gb18030_is_no_mojibake() -> None:
    article = "<p>您提出的建议收悉，现答复如下：石阶的修复，年内完成，请放心的。</p>" * 2
    body = (HEAD + BAR).encode("gb18030") + article.encode()
    assert article in decode(body).text


def test_a_page_of_one_encoding_is_not_mixed() -> None:
    page = decode((HEAD + BAR + ARTICLE).encode("gb18030"))
    assert (page.text, page.encoding, page.warnings) == (HEAD + BAR + ARTICLE, "gb18030", ())


def test_halves_of_characters_are_joined_or_left_out_with_a_warning() -> None:
    page = decode("<p>已办&#xD83D;&#xDE00;，感谢&#55357;关心&#x9996;</p>".encode())
    assert page.text == "<p>已办😀，感谢关心&#x9996;</p>"
    assert page.warnings == ("encoding: 1 lone surrogates left out",)


@given(st.binary(max_size=300))
def test_any_bytes_are_read(body: bytes) -> None:
    for main in ("utf-8", "gb18030"):
        assert isinstance(read_mixed(body, main), str)
