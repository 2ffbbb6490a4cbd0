"""The selector without which a site's letters are not read, and selectors that find nothing."""

from __future__ import annotations

from pipelines.read import read_page
from pipelines.selectors import FetchedPage, body_selector, empty_selectors
from storage.records import Portal, Select

PORTAL = Portal(name="a", agency="", platform="generic")
LETTER = """<p>周明远委员：</p>
<p>您提出的《关于完善社区食堂布点的建议》（第{n}号）收悉。现答复如下：</p>
<p>我局已在各片区布点{n}处，后续按季度公布进展并接受监督。</p><p>青岚市民生事务局</p>
<p>2024年6月3日</p>"""


def hidden(number: int, name: str = "nr") -> FetchedPage:
    """A letter in an element that is not shown, beside one that is shown and is none."""
    shown = "<p>" + "本网站支持无障碍浏览，请登录后查看全部栏目内容。" * 12 + "</p>"
    letter = f'<section hidden><div class="{name}">{LETTER.format(n=number)}</div></section>'
    text = f"<html><body><h1>关于第{number}号提案的复函</h1><div class='zs'>{shown}</div>{letter}"
    return FetchedPage(f"{text}</body></html>".encode(), f"https://a.example.org/{number}.html")


def test_selector_is_found_that_reads_every_page() -> None:
    pages = [hidden(n) for n in (31, 32, 33)]
    before = read_page(pages[0].body, pages[0].url, PORTAL).letter
    assert not before.is_letter or "布点31处" not in before.body
    assert body_selector(pages, PORTAL) == "div.nr"


def test_no_selector_by_a_name_the_pages_do_not_share() -> None:
    assert body_selector([hidden(1, "one"), hidden(2, "two")], PORTAL) is None
    assert body_selector([hidden(1, "content_8812")], PORTAL) is None


def test_no_selector_for_what_is_no_letter() -> None:
    page = FetchedPage("<div class='a'><p>您的来信收悉。</p></div>".encode(), "https://a.example/")
    assert body_selector([page], PORTAL) is None
    assert body_selector([], PORTAL) is None
    assert body_selector([FetchedPage(b"\x00\xff<", "")], PORTAL) is None


def test_selectors_that_find_nothing_are_named() -> None:
    select = Select(body="div.nr", title="h2.bt", metadata="table.zw", list_item="li")
    assert empty_selectors(hidden(1), select) == ("title", "metadata")
    assert empty_selectors(hidden(1), Select()) == ()
