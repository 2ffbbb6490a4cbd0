"""The account of a page: every character of its text stands in a block, kept or dropped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from crawler.demo.answers import answer
from crawler.demo.baseline import baseline_sites
from crawler.demo.site import DemoSite
from pipelines.page.furniture.whole_page import SILENT
from pipelines.page.markup.decode import decode
from pipelines.page.markup.lines import published
from pipelines.page.markup.parsing import parse
from pipelines.page.page import read_parts
from pipelines.read import explain_page
from storage.records import Block

ROOT = Path(__file__).parent
REAL = ROOT.parent.parent / "shared" / "pages"
PAGES = sorted((ROOT / "pages").rglob("*.html")) + sorted(REAL.glob("*.html"))
URL = "https://letters.example/zwgk/202405/t20240516_9.html"
NO_TEXT = {"script", "style", "template", "head", "title", "svg", "math", "map"}


def characters(texts: list[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if not char.isspace())


def text_of(body: bytes) -> Counter[str]:
    """Every character of a page's body, visible or hidden, that stands in no script or style."""
    root = parse(decode(body).text)
    texts: list[str] = []
    walk = etree.iterwalk(next(root.iter("body"), root), events=("start", "end"))
    for event, element in walk:
        if event == "end":
            texts.append(published(element.tail or "") if element.tag != "body" else "")
        elif element.tag in NO_TEXT:
            walk.skip_subtree()
        else:
            texts.append(published(element.text or ""))
    return characters(texts)


def told(blocks: tuple[Block, ...]) -> Counter[str]:
    return characters([block.text for block in blocks if block.rule != SILENT])


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_character_of_a_page_is_in_one_block(path: Path) -> None:
    body = path.read_bytes()
    parts = read_parts(body, URL, None, whole_page=True)
    if not (parts.container or "").startswith("script > "):  # that article is no part of the page
        assert told(parts.blocks) == text_of(body)
    assert [block.text for block in parts.blocks if block.rule == "body"] == list(parts.lines)


@pytest.mark.parametrize("site", baseline_sites().values(), ids=lambda site: site.name)
def test_every_character_of_the_demos_pages_is_in_one_block(site: DemoSite) -> None:
    for path in [*site.articles, *site.twins][:25]:
        body = answer(site, path).body
        if body:
            assert told(read_parts(body, URL, None, whole_page=True).blocks) == text_of(body)


TEXTS = (
    "苏禾委员：",
    "您提出的提案收悉，现答复如下：已补种1.2万亩。",
    "分享到：微信",
    "附件：",
    "首页",
    "a",
)
TAGS = (
    *("p", "div", "div class=TRS_Editor", "span", "td", "tr", "table", "li", "h1", "form", "br"),
    *("div style='display:none'", "button", "a href=x.pdf", "pre", "style", "noscript", "b"),
)
PIECES = st.lists(st.tuples(st.sampled_from(TAGS), st.sampled_from(TEXTS), st.booleans()))


@settings(max_examples=200, deadline=None)
@given(PIECES)
def test_every_character_of_any_markup_is_in_one_block(
    pieces: list[tuple[str, str, bool]],
) -> None:
    markup = "".join(
        f"<{tag}>{text}" + (f"</{tag.split()[0]}>" if closed else "")
        for tag, text, closed in pieces
    )
    body = f"<html><body>{markup}</body></html>".encode()
    parts = read_parts(body, URL, None, whole_page=True)
    if not (parts.container or "").startswith("script > "):
        assert told(parts.blocks) == text_of(body)


PAGE = """<html><head><meta charset=utf-8></head><body><div>首页 政务公开</div>
<div class=main><h1>关于第7号提案的复函</h1><ul><li>索引号：LY-2024-7</li></ul>
<div class=TRS_Editor><p>苏禾委员：</p><p>您提出的《关于补种的提案》收悉，现答复如下：已补种。</p>
<p style="display:none">隐藏</p><script>var a = 1;</script><p>云岭市林业局</p><p>2024年5月16日</p>
</div>
<div>附件：<a href=a.pdf>清单.pdf</a></div><div>分享到：微信</div></div>
<div>主办：某某单位</div></body></html>"""


def test_blocks_stand_in_the_pages_order_under_their_rules() -> None:
    blocks = explain_page(PAGE.encode(), URL).blocks
    assert [(block.text, block.kept, block.rule) for block in blocks] == [
        ("首页 政务公开", False, "outside"),
        ("关于第7号提案的复函", True, "title"),
        ("索引号：LY-2024-7", True, "metadata"),
        ("苏禾委员：", True, "body"),
        ("您提出的《关于补种的提案》收悉，现答复如下：已补种。", True, "body"),
        ("隐藏", False, "hidden"),
        ("云岭市林业局", True, "body"),
        ("2024年5月16日", True, "body"),
        ("var a = 1;", False, SILENT),
        ("附件：清单.pdf", True, "attachments"),
        ("分享到：微信", False, "share"),
        ("主办：某某单位", False, "outside"),
    ]


@pytest.mark.parametrize(
    ("body", "header", "encoding", "decided"),
    [
        (PAGE.encode(), None, "utf-8", "meta"),
        (PAGE.encode(), "text/html; charset=utf-8", "utf-8", "header"),
        (PAGE.encode("gb18030"), "text/html; charset=gb2312", "gb18030", "header"),
        (PAGE.encode("gb18030"), None, "gb18030", "bytes"),
        (b"\xef\xbb\xbf" + PAGE.encode(), None, "utf-8", "mark"),
    ],
)
def test_the_reading_says_how_it_was_made(
    body: bytes, header: str | None, encoding: str, decided: str
) -> None:
    reading = explain_page(body, URL, None, header)
    assert (reading.encoding, reading.decided_by) == (encoding, decided)
    assert (reading.method, reading.container) == ("platform", "body > div.main > div.TRS_Editor")
