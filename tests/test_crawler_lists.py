"""List pages: which links are letters, with what title and date, and where the list goes on."""

from __future__ import annotations

import time
from datetime import date

import pytest

from crawler.lists.dates import find_date, without_date
from crawler.lists.items import MOST_LINKS
from crawler.lists.pages import MOST_PAGES, Listing, ListPage
from crawler.lists.walk import ColumnWalk
from crawler.network.address_forms import is_article_address
from crawler.platforms import platform_for
from storage.errors import PortalError
from storage.records import ListColumn, ListedLink, PlatformName, Portal, Select
from tests.loopback import SHARED

COLUMN = "https://msj.qinglan.gov.cn/zwgk/jyta/"
DAY = date(2024, 6, 3)


def list_page(
    body: str,
    url: str = COLUMN,
    *,
    platform: PlatformName = "trs",
    column: str = COLUMN,
    list_item: str | None = None,
) -> ListPage:
    portal = Portal(
        name="msj",
        agency="青岚市民生事务局",
        platform=platform,
        lists=(ListColumn(column, "proposal"),),
        select=Select(list_item=list_item),
    )
    return ListPage.parse(body.encode(), "text/html; charset=utf-8", url, portal.lists[0], portal)


def found(body: str, **options: str) -> list[ListedLink]:
    return list(listing(body, **options).links)


def listing(body: str, **options: str) -> Listing:
    page = list_page(f"<html><body>{body}</body></html>", **options)  # type: ignore[arg-type]
    return platform_for(page.portal.platform).find_links(page)


def further(body: str, **options: str) -> tuple[str, ...]:
    page = list_page(f"<html><body>{body}</body></html>", **options)  # type: ignore[arg-type]
    return platform_for(page.portal.platform).further_pages(page)


LETTER = "关于市政协六届二次会议第0031号提案的复函"
URL = COLUMN + "202406/t20240603_31.html"
NEWS = (
    '<div class="side"><h3>要闻</h3><ul>'
    + "".join(
        f'<li><a href="/xw/202406/t20240602_{n}.html">市领导调研民生工作（{n}）</a>'
        "<span>2024-06-02</span></li>"
        for n in range(20)
    )
    + "</ul></div>"
)


@pytest.mark.parametrize(
    "item",
    [
        f'<ul><li class="clearfix"><a href="./202406/t20240603_31.html" title="{LETTER}">关于…'
        "</a><span>2024-06-03</span></li></ul>",
        f'<div><a href="./202406/t20240603_31.html"><p>{LETTER}</p>'
        "<span>2024/06/03</span></a></div>",
        f'<ul class="tab-item"><li class="clearfix"><span>[2024-6-3]</span>'
        f'<a href="./202406/t20240603_31.html">{LETTER}</a></li></ul>',
        '<table class="zcwjk-list"><tr class="zcwjk-list-c"><td>1</td><td><p class="tit">'
        f'<a href="./202406/t20240603_31.html">{LETTER}</a></p></td>'
        "<td>2024年6月3日</td></tr></table>",
        f'<dl><dt><a href="./202406/t20240603_31.html">{LETTER}</a></dt><dd>2024.06.03</dd></dl>',
        f'<div class="box"><em>03</em><i>2024-06</i><a href="./202406/t20240603_31.html">{LETTER}'
        "</a></div>",
        f'<p><a href="./202406/t20240603_31.html">{LETTER} 2024-06-03</a></p>',
    ],
)
@pytest.mark.parametrize("platform", ["trs", "generic"])
def test_item_forms_give_address_title_and_date(item: str, platform: PlatformName) -> None:
    assert found(item, platform=platform) == [ListedLink(URL, LETTER, DAY, "proposal")]


def test_navigation_breadcrumb_related_and_other_columns_are_no_letters() -> None:
    body = f"""
    <div class="nav"><ul><li><a href="/zwgk/">政务公开</a></li>
      <li><a href="/zwgk/jyta/">建议提案</a></li></ul></div>
    <div class="position"><a href="/">首页</a>&gt;<a href="/zwgk/jyta/">建议提案办理</a></div>
    <ul class="list"><li><a href="202406/t20240603_31.html">{LETTER}</a><span>2024-06-03</span>
      <div class="popbox"><ul><li><a href="/jd/202406/t20240601_9.html">一图读懂养老服务</a></li>
      </ul></div></li></ul>
    {NEWS}
    <a href="javascript:void(0)">打印</a><a href="mailto:x@qinglan.gov.cn">信箱</a>"""
    assert [link.url for link in found(body)] == [URL]


def test_list_without_letters_takes_none_from_another_column() -> None:
    assert found(f"<p>暂无数据</p>{NEWS}") == []


def test_letters_of_an_unknown_cms_are_found_by_their_place_and_date() -> None:
    rows = "".join(
        f'<tr><td><a href="/view.jsp?key=a{n}">关于社区食堂的说明{n}</a></td>'
        f"<td>2024-06-0{n}</td></tr>"
        for n in range(1, 5)
    )
    links = found(f"<table>{rows}</table>", platform="generic", column=COLUMN)
    assert [link.listed_date for link in links] == [date(2024, 6, n) for n in range(1, 5)]


def test_other_sites_are_counted_and_not_followed() -> None:
    body = f"""<ul><li><a href="{URL}">{LETTER}</a></li>
      <li><a href="https://evil.example.org/zwgk/jyta/202406/t20240603_32.html">{LETTER}</a></li></ul>"""
    assert [link.url for link in found(body)] == [URL]
    assert listing(body).offsite == 1


def test_select_list_item_goes_before_everything() -> None:
    body = f"""<ul class="a"><li><a href="{URL}">{LETTER}</a></li></ul>
      <div class="row"><i>2024-06-03</i><a href="/show/x">第32号</a><a href="/y">附件</a></div>"""
    links = found(body, list_item="div.row")
    assert [(link.url, link.listed_date) for link in links] == [
        ("https://msj.qinglan.gov.cn/show/x", DAY)
    ]


def test_select_that_is_no_css_is_named() -> None:
    with pytest.raises(PortalError, match="list_item"):
        found("<p></p>", list_item="div[")


def test_address_listed_twice_is_one_letter() -> None:
    body = (
        f'<ul><li><a href="{URL}">{LETTER}</a></li><li><a href="{URL}#top">{LETTER}</a></li></ul>'
    )
    assert len(found(body)) == 1


def test_last_page_with_one_letter_is_not_outvoted_by_a_sidebar() -> None:
    body = f'<ul class="list"><li><a href="{URL}">{LETTER}</a></li></ul>{NEWS}'
    assert [link.url for link in found(body)] == [URL]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/zwgk/202410/t20241012_13700173.html", True),
        ("/zwgk/202410/t20241012_13700173_wap.html", True),
        ("/art/2019/12/23/art_1229_391.html", True),
        ("/zwgk/202305/8c3e0d0f3d6b4f0e9f6a1b2c3d4e5f60.shtml", True),
        ("/info/1023/4567.htm", True),
        ("/gkmlpt/content/3/3918/post_3918001.html", True),
        ("/view.jsp?id=1023", True),
        ("/zwgk/jyta/", False),
        ("/zwgk/jyta/index_3.html", False),
        ("/zwgk/about.html", False),
        ("/202410/P020241012.pdf", False),
    ],
)
def test_article_addresses(address: str, expected: bool) -> None:
    assert is_article_address("https://msj.qinglan.gov.cn" + address) is expected


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("view.jsp;jsessionid=1A2B?id=7", "view.jsp?id=7"),
        ("view.php?PHPSESSID=4f&id=7", "view.php?id=7"),
        ("view.php?id=7&PHPSESSID=4f", "view.php?id=7"),
        ("session/view.jsp?id=7", "session/view.jsp?id=7"),
    ],
)
def test_session_numbers_are_no_part_of_a_letters_address(written: str, address: str) -> None:
    (link,) = found(f'<ul><li><a href="{written}">{LETTER}</a><span>2024-06-03</span></li></ul>')
    assert link.url == COLUMN + address


def test_date_that_does_not_exist_is_none() -> None:
    assert find_date(["2024-02-31"]) is None
    assert without_date("关于2024-2025学年安排的复函") == "关于2024-2025学年安排的复函"


# --- paging ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "last"),
    [
        ('createPage(3, 0, "index","html")', "index_2.html"),
        ("createPage(3,0,'list','shtml');", "list_2.shtml"),
        ('createPageHTML(3, 1, "index", "html");', "index_2.html"),
        ('var countPage = 3; createPageHTML(countPage, 0, "index", "html");', "index_2.html"),
        ('createPage(2, 0, "index","html");createPageHTML(3, 0, "index","html")', "index_2.html"),
    ],
)
def test_script_counts_the_pages_from_index_1(script: str, last: str) -> None:
    pages = further(f"<script>{script}</script>")
    assert [page.removeprefix(COLUMN) for page in pages] == [last.replace("2", "1"), last]


def test_definition_of_the_paging_function_counts_no_pages() -> None:
    assert further("<script>function createPageHTML(_n, _cur, _name, _ext){ }</script>") == ()


def test_pages_stand_beside_the_page_whether_folder_or_file() -> None:
    script = '<script>createPage(2, 0, "index","html")</script>'
    for url in (COLUMN, COLUMN + "index.html"):
        assert further(script, url=url) == (COLUMN + "index_1.html",)


def test_f39_script_that_claims_a_million_pages_is_capped() -> None:
    assert len(further('<script>createPage(999999, 0, "index","html")</script>')) == MOST_PAGES


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ('<a href="?page=2">下一页</a>', "?page=2"),
        ('<a href="index_1.html">&gt;</a>', "index_1.html"),
        ('<link rel="next" href="index_1.html">', "index_1.html"),
        ('<a href="index_1.html">2</a><a href="index_2.html">3</a>', "index_1.html"),
        ('<a href="index_1.html">第2页</a>', "index_1.html"),
    ],
)
def test_links_to_the_next_page(links: str, expected: str) -> None:
    assert further(links, platform="generic")[0] == COLUMN + expected


def test_vsb_pages_count_down() -> None:
    column = "https://msj.qinglan.gov.cn/jyta.htm"
    assert further('<a href="jyta/7.htm">下页</a>', url=column, column=column, platform="vsb") == (
        "https://msj.qinglan.gov.cn/jyta/7.htm",
    )


def test_paging_leads_to_no_other_column_site_or_letter() -> None:
    body = (
        '<a href="/xw/">下一页</a><a href="https://evil.example.org/zwgk/jyta/index_1.html">下一页</a>'
        '<a href="202406/t20240603_31.html">2</a><a href="javascript:next()">下一页</a>'
    )
    assert further(body, platform="generic") == ()


# --- the walk ----------------------------------------------------------------------------------


def links(*numbers: int) -> list[ListedLink]:
    return [ListedLink(f"{COLUMN}202406/t20240603_{n}.html") for n in numbers]


def walk_through(walk: ColumnWalk, pages: dict[str, tuple[list[ListedLink], int]]) -> list[str]:
    """Walks a column whose pages, by name, show links of which so many are unknown."""
    asked: list[str] = []
    while (url := walk.next_page()) is not None and len(asked) < 50:
        name = url.removeprefix(COLUMN)
        asked.append(name)
        shown, unknown = pages[name]
        further = [COLUMN + other for other in pages if other]
        walk.page_read(shown, unknown, further, url)
    return asked


def test_short_walk_stops_where_everything_is_known() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=False)
    pages = {"": (links(1), 1), "index_1.html": (links(2), 0), "index_2.html": (links(3), 0)}
    assert walk_through(walk, pages) == ["", "index_1.html"]
    assert not walk.complete


def test_short_walk_does_not_stop_at_an_empty_page() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=False)
    pages = {"": (links(1), 1), "index_1.html": ([], 0), "index_2.html": (links(3), 1)}
    assert walk_through(walk, pages) == ["", "index_1.html", "index_2.html"]
    assert walk.complete


def test_full_walk_goes_to_the_end_and_looks_at_the_first_page_again() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    assert walk_through(walk, {"": (links(1), 0), "index_1.html": (links(2), 0)}) == [
        "",
        "index_1.html",
        "",
    ]
    assert walk.complete


def test_walk_with_a_failed_page_is_not_complete() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    walk.next_page()
    walk.page_read(links(1), 0, [COLUMN + "index_1.html", COLUMN + "index_2.html"], COLUMN)
    walk.next_page()
    walk.page_failed()
    assert walk.next_page() == COLUMN + "index_2.html"
    walk.page_read(links(3), 0, [], COLUMN + "index_2.html")
    assert walk.next_page() is None
    assert not walk.complete
    assert walk.failed == 1


def test_walk_ends_where_three_pages_in_a_row_repeat_earlier_ones() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=False)
    further = [f"{COLUMN}index_{n}.html" for n in range(1, 30)]
    shown = [links(1, 2), links(3, 4), links(2, 1), [], links(3, 4), links(1, 2)]
    ended = []
    for numbers in shown:
        url = walk.next_page()
        assert url is not None
        ended.append(walk.page_read(numbers, 1, further, url))
    assert ended == [None] * 5 + ["3 list pages in a row show what earlier ones showed"]
    assert walk.next_page() is None
    assert walk.complete


def test_list_that_repeats_two_pages_goes_on() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=False)
    further = [f"{COLUMN}index_{n}.html" for n in range(1, 6)]
    for numbers in (links(1), links(1), links(1), links(2), links(1), links(1)):
        url = walk.next_page()
        assert url is not None
        assert walk.page_read(numbers, 1, further, url) is None
    assert walk.complete


def failing_walk(*answers: bool) -> ColumnWalk:
    """A column of thirty pages, of which so many were asked for: true brought a list."""
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    further = [f"{COLUMN}index_{n}.html" for n in range(1, 30)]
    for number, answered in enumerate(answers):
        url = walk.next_page()
        assert url is not None
        if answered:
            walk.page_read(links(number), 0, further, url)
        else:
            walk.page_failed()
    return walk


def test_walk_ends_incomplete_after_five_failed_pages_in_a_row() -> None:
    walk = failing_walk(True, *[False] * 4, True, *[False] * 5)
    assert walk.next_page() is None
    assert (walk.complete, walk.failed, walk.asked, walk.first_failed) == (False, 9, 11, False)


def test_column_whose_first_page_fails_is_told_apart() -> None:
    assert failing_walk(False).first_failed
    assert not failing_walk(True, False).first_failed


def test_page_that_robots_forbids_was_not_asked_for() -> None:
    walk = failing_walk(True)
    walk.next_page()
    walk.page_disallowed()
    assert (walk.asked, walk.failed, walk.next_page()) == (1, 0, None)


def test_f38_list_that_never_stops_shifting_is_not_complete() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    asked = 0
    while (url := walk.next_page()) is not None:
        asked += 1
        walk.page_read(links(asked), 0, [COLUMN + "index_1.html"], url)
    assert asked == 6
    assert not walk.complete


def test_index_page_is_the_folder_and_not_asked_again() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=False)
    walk.next_page()
    walk.page_read(links(1), 1, [COLUMN + "index.html"], COLUMN)
    assert walk.next_page() is None


# --- hostile and real pages --------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00" * 50,
        b'<?xml version="1.0" encoding="gb2312"?><a/>',
        b'<base href="http://[::1"><a href="http://[x/t20240101_1.html">abcdef</a>',
        b'<meta charset="hex"><a href="\xff\xfe/t20240603_1.html">abcdef</a>',
        b"<div>" * 5_000 + b"<a href=t20240603_1.html>x</a>",
        b"createPage(" * 5_000,
    ],
)
def test_hostile_bytes_give_a_page_and_no_error(body: bytes) -> None:
    page = list_page("")
    page = ListPage.parse(body, "text/html; charset=x", COLUMN, page.column, page.portal)
    platform = platform_for("trs")
    assert len(platform.find_links(page).links) <= 1
    assert len(platform.further_pages(page)) == 0


@pytest.mark.parametrize(
    "row",
    [
        '<a href="{n}.html">{t}.html</a>  03-Jun-2024 10:12  812\n',
        '<div class="card"><a href="/d/{n}.html"><img src="x.jpg"></a>'
        '<h3><a href="/d/{n}.html">{t}</a></h3><p>6 月</p><a href="/d/{n}.html">查看详情</a></div>',
        '<li><span>06-03</span><b>2024</b><a href="/jyta/c{n}/info.shtml">{t}</a></li>',
    ],
)
def test_letters_titles_are_enough_where_neither_address_nor_date_tells(row: str) -> None:
    rows = "".join(row.format(n=n, t=f"关于市政协第{n:04d}号提案的复函") for n in range(1, 6))
    menu = "<a href='/jy/'>关于我们</a><a href='/zx.htm'>提案办理</a><a href='/1.html'>返回上级</a>"
    shown = f"<html><body>{menu}<pre>{rows}</pre></body></html>"
    listed = found(shown, platform="generic")
    assert [link.title[:13] for link in listed if link.title] == [
        f"关于市政协第{n:04d}号提案" for n in range(1, 6)
    ]


def test_f39_page_of_many_links_is_capped_in_count_and_time() -> None:
    body = "".join(
        f'<li><a href="t20240603_{n}.html">第{n}号提案的复函</a></li>' for n in range(20_000)
    )
    began = time.perf_counter()
    assert len(found(f"<ul>{body}</ul>")) == MOST_LINKS
    assert time.perf_counter() - began < 20


def test_real_trs_list_page() -> None:
    saved = SHARED / "pages" / "list_ndrc_trs.html"
    if not saved.exists():
        pytest.skip("../shared is absent: no saved list page")
    column = "https://www.ndrc.gov.cn/xxgk/zcfb/tz/"
    page = list_page(saved.read_text("utf-8"), url=column, column=column)
    platform = platform_for("trs")
    links = platform.find_links(page).links
    assert len(links) == 25
    assert all("/xxgk/zcfb/tz/20" in link.url and link.listed_date for link in links)
    assert len(platform.further_pages(page)) == 19
