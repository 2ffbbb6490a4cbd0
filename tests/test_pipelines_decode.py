"""Bytes become the text that was published, whatever the page says of its encoding."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.page.markup import gb18030
from pipelines.page.markup.decode import clean_characters, decode

INVISIBLE = "\u200b\u200f\u202b\u202e\u2060\ufeff\xad"
LETTER = "<p>您提出的《关于喆镕桥安全的建议》收悉，现答复如下。</p>"


@pytest.mark.parametrize(
    "declared", ["gb2312", "GBK", "gb18030", "utf-8", "iso-8859-1", "x-none", ""]
)
@pytest.mark.parametrize("actual", ["utf-8", "gb18030"])
def test_the_bytes_overrule_a_wrong_declaration(declared: str, actual: str) -> None:
    page = f'<meta charset="{declared}">{LETTER}'
    assert decode(page.encode(actual)).text == page
    assert decode(page.encode(actual), f"text/html; charset={declared}").text == page


def test_a_wrong_declaration_is_named() -> None:
    found = decode(LETTER.encode("gb18030"), "text/html; charset=utf-8")
    assert (found.encoding, found.warnings) == (
        "gb18030",
        ("encoding: declared utf-8, read as gb18030",),
    )


def test_the_header_comes_before_the_meta_tag() -> None:
    page = b'<meta charset="utf-8">abc'
    assert decode(page, "text/html; charset=gbk").encoding == "gb18030"
    assert decode(page).encoding == "utf-8"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_marks_and_wide_encodings_are_read(encoding: str) -> None:
    page = f'<html><head><title>letter</title></head><body class="page">{LETTER}</body></html>'
    assert decode(page.encode(encoding)).text == page


def test_broken_bytes_are_replaced_and_flagged_the_same_way_each_time() -> None:
    body = LETTER.encode() + b"\xff\xfe" + LETTER.encode("gbk")[:7] + LETTER.encode()
    first, second = decode(body), decode(body)
    assert first == second
    assert first.encoding == "utf-8"
    assert first.text.count(LETTER) == 2
    assert any(warning.startswith("encoding: ") for warning in first.warnings)


def test_a_page_without_damage_has_no_warning() -> None:
    assert decode(LETTER.encode()).warnings == ()


def test_the_blank_of_old_gbk_fonts_is_a_blank() -> None:
    assert decode(
        b"<meta charset=gbk>" + "王".encode("gbk") + b"\xa3\xa0" + "某".encode("gbk")
    ).text.endswith("王\u3000某")


def test_controls_and_invisible_marks_are_removed() -> None:
    assert decode("第\x00032\u200b8\x1b号\ufeff".encode()).text == "第0328号"
    assert clean_characters("第\x00032\ud8008\u200b号\x85\x96\ufeff\r\n一") == "第0328号…–\n一"


@given(st.binary(max_size=300), st.text(max_size=30))
def test_no_bytes_raise(body: bytes, header: str) -> None:
    text = decode(body, header).text
    assert not set(text) & {"\x00", "\x1b", "\ufeff", "\u200b"}
    text.encode("utf-8")


@given(st.text())
def test_cleaned_text_can_always_be_stored(text: str) -> None:
    cleaned = clean_characters(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean_characters(cleaned) == cleaned


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@given(
    st.text("“”—…●文a&;\n\u200b\u200f\u202b\u202e\u2060\ufeff\xad"), st.sampled_from((0, 1, 300))
)
def test_no_invisible_mark_is_left_among_other_signs(encoding: str, text: str, quotes: int) -> None:
    page = f"{LETTER}{'“' * quotes}{text}"
    found = decode(page.encode(encoding), f"text/html; charset={encoding}")
    shown = "".join(each for each in page if each not in INVISIBLE)
    assert (found.text, found.encoding) == (shown, encoding)
    assert found.utf8 in (None, shown.encode())


@given(
    st.lists(st.sampled_from((b"a", b"\n", b"\r\n", b"\xbf", b"\xc9\xfd", b"\x81\x36\xa5\x31"))),
    st.integers(1, 8),
)
def test_gb18030_read_by_blocks_is_gb18030(pieces: list[bytes], size: int) -> None:
    page = b"".join(pieces)
    try:
        whole = page.decode("gb18030")
    except UnicodeDecodeError:
        whole = None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gb18030, "_BLOCK", size)
        assert gb18030.strict_gb18030(page) == whole
