"""Pages of every platform give the parts that were reviewed beside them."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from pipelines.fold import fold_key
from pipelines.page.article.article import find_article
from pipelines.page.markup.decode import decode
from pipelines.page.markup.parsing import parse
from pipelines.page.metadata.labels import label_table
from pipelines.page.page import read_parts
from pipelines.parts import PageParts
from storage.records import PlatformName, Portal

PAGES = Path(__file__).parent / "pages"
REAL = Path(__file__).parent.parent.parent / "shared" / "pages"
PLATFORMS: tuple[PlatformName, ...] = ("trs", "hanweb", "ucap", "vsb", "generic")
FIXTURES = [path for name in PLATFORMS for path in sorted((PAGES / name).glob("*.html"))]
URL = "https://letters.example/zwgk/t20240930_1.html"


def portal(platform: str) -> Portal:
    (name,) = (each for each in PLATFORMS if each == platform)
    return Portal(name="letters", agency="云岭市林业局", platform=name)


def as_json(parts: PageParts) -> dict[str, Any]:
    return {
        "titles": list(parts.titles),
        "lines": list(parts.lines),
        "metadata": {key: list(values) for key, values in parts.metadata.items()},
        "attachments": [[file.name, file.url] for file in parts.attachments],
        "warnings": list(parts.warnings),
        "refusal": parts.refusal,
        "method": parts.method,
    }


def identity(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FIXTURES, ids=identity)
def test_fixture_page_gives_its_reviewed_parts(path: Path) -> None:
    charset = "gb18030" if "charset=gb2312" in path.read_text("utf-8") else "utf-8"
    body = path.read_text("utf-8").encode(charset)
    found = as_json(read_parts(body, URL, portal(path.parent.name)))
    expected = path.with_suffix(".json")
    if not expected.exists():  # a new page: its reading is written down, to be reviewed
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")
        pytest.fail(f"{expected.name} was written: review it against the page, then run again")
    assert found == json.loads(expected.read_text("utf-8"))


@pytest.mark.parametrize("path", FIXTURES, ids=identity)
def test_every_character_of_the_article_is_accounted_for(path: Path) -> None:
    body = path.read_bytes()
    parts = read_parts(body, URL, portal(path.parent.name), whole_page=True)
    text = decode(body).text
    article = find_article(parse(text), text, portal(path.parent.name), label_table())
    accounted = fold_key("".join(block.text for block in parts.blocks))
    for line in article.lines if article else ():
        assert fold_key(line.text) in accounted
    assert [block.text for block in parts.blocks if block.rule == "body"] == list(parts.lines)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


LETTER = "<div class=TRS_Editor><p>苏禾委员：</p><p>您提出的提案收悉。</p>{}<p>某局</p></div>"


def test_title_printed_again_is_kept_by_its_lines_and_the_account_only_if_asked_for() -> None:
    title = ("云岭市林业局", "关于市政协一届一次会议第1号提案的复函")
    letter = LETTER.replace("<p>苏禾", f"<p>{title[0]}</p><p>{title[1]}</p><p>苏禾").format("")
    parts = read_parts(page(letter), URL, None)
    assert (parts.title_lines, parts.lines[0], parts.blocks) == (title, "苏禾委员：", ())
    told = read_parts(page(letter), URL, None, whole_page=True)
    assert told.title_lines == title
    assert tuple(block.text for block in told.blocks if block.rule == "title") == title


def test_script_and_broken_links_are_no_attachments() -> None:
    links = (
        "<p>附件：<a href=\"javascript:alert('a.doc')\">a.doc</a><a href='http://['>b.pdf</a>"
        "<a href='data:text/html,c.pdf'>c.pdf</a><a href='mailto:d.pdf'>d.pdf</a>"
        "<a href=' ./e.pdf '>e</a><a href='/e.pdf'>again</a><a href='f.html'>f</a></p>"
    )
    parts = read_parts(page(LETTER.format(links)), "https://letters.example/1.html", None)
    assert [(file.name, file.url) for file in parts.attachments] == [
        ("e", "https://letters.example/e.pdf")
    ]


def test_attachments_follow_the_pages_base_and_keep_odd_addresses() -> None:
    links = "<p><a href='down?f=%E5%9B%9E%E6%89%A7.DOCX'></a><a href='//x.example/a.et'>表</a></p>"
    body = page(LETTER.format(links), head='<base href="/base/">')
    parts = read_parts(body, "https://letters.example/zwgk/1.html", None)
    assert [(file.name, file.url) for file in parts.attachments] == [
        ("down?f=回执.DOCX", "https://letters.example/base/down?f=%E5%9B%9E%E6%89%A7.DOCX"),
        ("表", "https://x.example/a.et"),
    ]


def test_a_cited_file_in_a_sentence_stays_in_the_sentence() -> None:
    sentence = "<p>详见<a href='a.pdf'>《云岭市绿化办法》</a>第三条，请予理解。</p>"
    parts = read_parts(page(LETTER.format(sentence)), URL, None)
    assert "详见《云岭市绿化办法》第三条，请予理解。" in parts.lines
    assert len(parts.attachments) == 1


def test_files_elsewhere_on_the_page_are_not_the_letters() -> None:
    nav = "<ul class=nav><li><a href='/report.pdf'>2023年度报告</a></li></ul>"
    listed = (
        "<div><h4>附件下载</h4><ul class='xl-fj'><li><a href='a.pdf'>清单.pdf</a></li></ul></div>"
    )
    parts = read_parts(page(nav + f"<div>{LETTER.format('')}</div>" + listed), URL, None)
    assert [file.name for file in parts.attachments] == ["清单.pdf"]


def test_a_file_in_place_of_the_text_is_no_refusal() -> None:
    body = page("<h1>关于第7号提案的复函</h1><p><a href='7.pdf'>关于第7号提案的复函.pdf</a></p>")
    parts = read_parts(body, URL, None)
    assert (parts.lines, parts.refusal, len(parts.attachments)) == ((), None, 1)


@pytest.mark.parametrize(
    "body", [b"", b" ", b"\x00", b"<html></html>", b"<!--", page("<script>go()</script>")]
)
def test_a_page_without_text_is_unreadable_never_an_empty_success(body: bytes) -> None:
    parts = read_parts(body, URL, None)
    assert (parts.lines, parts.attachments) == ((), ())
    assert parts.refusal == "unreadable: no article text found"


def test_the_heads_date_is_the_last_resort() -> None:
    head = (
        '<meta content="2026-05-18 10:19" name="PubDate"><meta name="ContentSource" content="某报">'
    )
    plain = read_parts(page(LETTER.format(""), head), URL, None)
    assert plain.metadata == {"date_published": ("2026-05-18 10:19",)}
    printed = page("<div>发布日期：2026-05-17 来源：办公室</div>" + LETTER.format(""), head)
    assert read_parts(printed, URL, None).metadata == {"date_published": ("2026-05-17",)}


def test_titles_come_surest_first_and_without_the_sites_name() -> None:
    head = (
        "<title>关于第7号提案的复函_建议提案_云岭市林业局</title><meta name=ArticleTitle content>"
    )
    parts = read_parts(page(LETTER.format(""), head), URL, None)
    assert parts.titles == ("关于第7号提案的复函",)
    cells = ("索引号", "LY-7", "名称", "关于第7号提案的答复")
    row = "".join(f"<td>{text}</td>" for text in cells)
    named = f"<table><tr>{row}</tr></table>{LETTER.format('')}"
    assert read_parts(page(named, head), URL, None).titles[0] == "关于第7号提案的答复"


def test_an_index_number_in_a_bare_bullet_is_found() -> None:
    bullets = "<ul><li>11990000MB0X12345A/2024-00031</li><li>农业、林业</li></ul>"
    parts = read_parts(page(bullets + LETTER.format("")), URL, None)
    assert parts.metadata == {"index_number": ("11990000MB0X12345A/2024-00031",)}


def test_f33_a_letter_1000_deep_keeps_its_signature() -> None:
    for depth in (1000, 5000):
        body = page("<div>" * depth + LETTER.format("") + "</div>" * depth + "<p>2024年9月26日</p>")
        parts = read_parts(body, URL, None)
        assert parts.lines[:3] == ("苏禾委员：", "您提出的提案收悉。", "某局"), depth


def test_f34_a_million_tags_around_a_letter_are_bounded() -> None:
    for junk in ("<b>" * 10**6, "<p>字" * 10**6, "<span></span>" * 10**6):
        begun = time.process_time()
        parts = read_parts(page(LETTER.format("") + junk), URL, portal("trs"))
        assert parts.lines[:3] == ("苏禾委员：", "您提出的提案收悉。", "某局")
        assert time.process_time() - begun < 60


@given(st.binary(max_size=200), st.sampled_from([URL, "", "http://["]), st.text(max_size=20))
def test_no_bytes_raise(noise: bytes, url: str, header: str) -> None:
    for body in (noise, FIXTURES[0].read_bytes()[:1500] + noise + FIXTURES[0].read_bytes()[1500:]):
        parts = read_parts(body, url, None, header)
        assert bool(parts.refusal) == (not parts.lines and not parts.attachments)
        assert all("\n" not in line and line.strip() for line in parts.lines)


def score(text: str, gold: str) -> float:
    """F1 over characters: the longest common subsequence after NFKC without white space."""
    ours, theirs = fold_key(text), fold_key(gold)
    return 2 * LCSseq.similarity(ours, theirs) / (len(ours) + len(theirs))


@pytest.mark.skipif(not REAL.is_dir(), reason="the pages of ../shared/pages are not here")
def test_real_pages_are_read_nearly_to_the_character() -> None:
    scores = {}
    for gold in sorted((REAL / "gold").glob("*.txt")):
        parts = read_parts((REAL / f"{gold.stem}.html").read_bytes(), URL, None)
        titled = "".join((*parts.title_lines, *parts.lines))
        texts = (titled, "".join(parts.lines))  # some of the texts begin with their title
        scores[gold.stem] = max(score(text, gold.read_text("utf-8")) for text in texts)
    assert min(scores.values()) > 0.97, scores
    assert sum(scores.values()) / len(scores) > 0.99


@pytest.mark.skipif(not REAL.is_dir(), reason="the pages of ../shared/pages are not here")
def test_a_real_text_behind_an_early_end_of_html_is_read() -> None:
    """Its header is a whole page of its own; libxml2 drops what follows the first `</html>`."""
    parts = read_parts((REAL / "gne_govcn_gongbao.html").read_bytes(), URL, None)
    assert [len(line) for line in parts.lines] == [37, 195]


def test_labels_of_other_letters_below_do_not_disagree() -> None:
    own = "<div><span>索引号：LY-2024-7</span><span>发布日期：2024-09-30</span></div>"
    other = "<ul class=zx><li>索引号：LY-2023-1</li><li>发布日期：2023-01-05</li></ul>"
    parts = read_parts(page(f"{own}<div>{LETTER.format('')}</div>{other}"), URL, None)
    assert parts.metadata == {"index_number": ("LY-2024-7",), "date_published": ("2024-09-30",)}
    assert parts.warnings == ()
    below = read_parts(page(f"<div>{LETTER.format('')}</div>{own}"), URL, None)
    assert below.metadata == parts.metadata


def test_equal_rows_and_pasted_paragraphs_are_no_second_copy() -> None:
    row = "<tr><td>青冈、柏木等乡土树种</td><td>城郊荒坡一号地块</td><td>已完成验收</td></tr>"
    pasted = "<p>2023年以来，我局在城郊荒坡补种柏木、青冈等乡土树种，成活率91%，效果明显。</p>" * 2
    parts = read_parts(page(LETTER.format(f"<table>{row * 9}</table>{pasted}")), URL, None)
    assert len(parts.lines) == 3 + 9 + 2
