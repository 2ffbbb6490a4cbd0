"""A list of unknown make: its platform by its marks, its items' selector, what its page says."""

from __future__ import annotations

import time

import pytest

from crawler.lists.column_facts import ColumnFacts, column_facts, columns_of_letter, kind_of_column
from crawler.lists.item_selectors import item_selector
from crawler.lists.pages import ListPage
from crawler.lists.probe import pages_printed, probe_list
from crawler.lists.titles import has_letter_title
from crawler.platform_marks import MARKS, ranked_platforms
from storage.records import ListColumn, Portal

URL = "https://a.example.org/zwgk/jyta/zxta/"


def parse(text: str, url: str = URL) -> ListPage:
    column = ListColumn(url)
    portal = Portal(name="a", agency="", platform="generic", lists=(column,))
    return ListPage.parse(text.encode(), "text/html; charset=utf-8", url, column, portal)


# --- platforms -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "platform"),
    [
        ('<script>createPage(34, 0, "index","html")</script>', "trs"),
        ('<div class="view TRS_UEDITOR trs_paper_default">', "trs"),
        ('<a href="./202410/t20241012_13700173.html">', "trs"),
        ("<script>{proxyUrl:'/module/web/jpage/dataproxy.jsp'}</script>", "hanweb"),
        ('<a href="/art/2019/12/23/art_1229_3912.html">', "hanweb"),
        ("<UCAPCONTENT>", "ucap"),
        ("createPageHTML('page_div',3, 1,'common_list','shtml',60)", "ucap"),
        ('<a href="/202305/8c3e0f5a9b7d4c2e8c3e0f5a9b7d4c2e.shtml">', "ucap"),
        ('<div id="vsb_content_2">', "vsb"),
        ('<div class="pb_sys_common"><a href="info/1042/13700173.htm">', "vsb"),
    ],
)
def test_marks_of_a_system_name_it(source: str, platform: str) -> None:
    ((found, marks), *others) = ranked_platforms([source])
    assert (found, others) == (platform, []) and marks


def test_one_weak_mark_is_no_proof() -> None:
    assert ranked_platforms(['<a href="/info/1042/137.htm">', "/col/col12/", "trs_web"]) == []


def test_the_system_with_more_marks_comes_first() -> None:
    both = '<div id="vsb_content"><a href="/info/1/2.htm"></a>/t20240603_31.html'
    assert [name for name, _ in ranked_platforms([both])] == ["vsb", "trs"]


def test_every_platform_but_generic_has_marks_that_prove_it() -> None:
    strongest = {mark.platform: mark.weight for mark in sorted(MARKS, key=lambda m: m.weight)}
    assert strongest == {"trs": 3, "hanweb": 3, "ucap": 3, "vsb": 3}


def test_marks_alone_do_not_choose_a_platform_that_reads_less() -> None:
    """TRS's editor beside a list that only jpage's records fill."""
    record = '<li><a href="/art/2024/6/3/art_1229_{n}.html">关于第{n}号提案的复函</a></li>'
    records = "".join(f"<record><![CDATA[{record.format(n=n)}]]></record>" for n in range(1, 8))
    store = f"<datastore><totalrecord>40</totalrecord><recordset>{records}</recordset></datastore>"
    page = parse(
        f'<html><body><div class="TRS_Editor"></div><script type="text/xml">{store}</script>'
        '<div id="77"></div><script>{proxyUrl:"/module/jpage/dataproxy.jsp",'
        "param:{col:1,columnid:1229,unitid:'77'}}</script></body></html>",
        "https://a.example.org/col/col1229/index.html",
    )
    read = probe_list(page)
    assert (read.platform, len(read.links), bool(read.further)) == ("hanweb", 7, True)


# --- items ---------------------------------------------------------------------------------------


def titled(count: int, row: str) -> str:
    return "".join(
        row.format(n=n, t=f"关于市政协第{n:04d}号提案的复函") for n in range(1, count + 1)
    )


def test_letters_titles_are_told_from_others() -> None:
    for text in ("关于市政协五届五次会议第0328号提案的复函", "对市人大第12号建议的答复"):
        assert has_letter_title(text)
    for text in ("关于召开工作会议的通知", "建议提案办理", "更多>>", "关于印发方案的函"):
        assert not has_letter_title(text)


def test_selector_uses_lasting_names_only() -> None:
    rows = titled(6, '<p class="dy odd k{n}77 active"><a href="/d/a{n}">{t}</a></p>')
    page = parse(f"<div id='c20240603'><div class='nr'>{rows}</div></div><p><a href='/x'>y</a></p>")
    assert item_selector(page) == "p.dy"


def test_selector_needs_a_holder_where_the_item_has_no_name() -> None:
    rows = titled(6, '<p><a href="/d/a{n}">{t}</a></p>')
    other = "".join(f'<p><a href="/z/{n}">通知{n}</a></p>' for n in range(20))
    css = item_selector(parse(f"<div class='nr'>{rows}</div><div class='zx'>{other}</div>"))
    assert css is not None and ".nr" in css


def test_selector_falls_back_to_where_the_letters_lie() -> None:
    rows = titled(6, '<p><a href="/d/a{n}">{t}</a></p>')
    other = "".join(f'<p><a href="/z/{n}">通知{n}</a></p>' for n in range(20))
    assert item_selector(parse(f"<body>{rows}{other}</body>")) == "a[href^='/d/']"


def test_no_selector_where_letters_stand_among_as_much_else() -> None:
    mixed = titled(3, '<p><a href="/d/a{n}">{t}</a></p><p><a href="/d/z{n}">甲</a></p>' * 2)
    assert item_selector(parse(f"<body>{mixed}</body>")) is None
    assert item_selector(parse("<p>没有链接</p>")) is None


def test_selector_is_looked_for_only_where_the_rule_misses_most() -> None:
    rows = titled(6, '<li><a href="202406/t20240603_{n}.html">{t}</a><b>2024-06-03</b></li>')
    assert probe_list(parse(f"<ul class='list'>{rows}</ul>")).list_item is None
    bare = titled(6, '<p class="dy"><a href="/d/a{n}">第{n}号提案答复</a></p>')
    read = probe_list(parse(f"<div>{bare}</div>"))
    assert (read.list_item, len(read.links)) == ("p.dy", 6)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<div>第1/34页</div>", 34),
        ("<p>共 12 页</p>", 12),
        ("<div>上一页 1/3 下一页</div>", 3),
        ('<div id="pages" pagecount="4" pageindex="0"></div>', 4),
        ("<div data-total-pages='34'></div>", 34),
        ("<p>点击加载更多 &gt;&gt;</p>", 2),
        ("<p>查看更多</p>", None),
        ("<p>2024/06/03</p>", None),
        ("<p>没有</p>", None),
    ],
)
def test_printed_number_of_pages(text: str, count: int | None) -> None:
    assert pages_printed(parse(text)) == count


# --- what a page says of itself ------------------------------------------------------------------


def test_head_footer_and_breadcrumb_are_read() -> None:
    facts = column_facts(
        parse(
            "<html><head><title>政协提案-青岚市民生事务局</title>"
            '<meta content="" name="ColumnName"><meta content="市民生局" name="ContentSource">'
            '</head><body><div class="dqwz">当前位置：'
            '<a href="/">首页</a> &gt; <a href="/zwgk/jyta/">建议提案</a></div>'
            "<p>网站标识码：5099000017</p></body></html>"
        )
    )
    assert (facts.column, facts.site) == ("政协提案", "青岚市民生事务局")
    assert (facts.site_code, facts.source) == ("5099000017", "市民生局")
    assert [crumb.name for crumb in facts.crumbs] == ["首页", "建议提案"]


def test_meta_names_of_any_case_and_order_beat_the_title() -> None:
    page = '<title>甲-乙</title><meta content="青岚市政府网" NAME="sitename">'
    assert column_facts(parse(page)).site == "青岚市政府网"


def test_columns_beside_are_told_from_those_above_from_letters_and_from_other_sites() -> None:
    links = (
        '<a href="/zwgk/jyta/rdjy/">人大代表建议</a><a href="/zwgk/jyta/">建议提案办理</a>'
        '<a href="/zwgk/jyta/zxta/">政协提案</a><a href="/zwgk/jyta/zxta/index.html">政协提案</a>'
        '<a href="https://b.example.org/ta/">提案办理</a><a href="/hd/yjjy/">意见建议</a>'
        '<a href="/x/202406/t20240603_1.html">提案答复</a><a href="/zwgk/t.pdf">提案汇总</a>'
        '<a href="/zwgk/jyta/rdjy/">人大建议</a>'
    )
    columns = column_facts(parse(links)).columns
    assert [(column.name, column.kind) for column in columns] == [("人大代表建议", "suggestion")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("政协提案办理", "proposal"),
        ("委员提案", "proposal"),
        ("人大代表建议", "suggestion"),
        ("议案", "suggestion"),
        ("建议提案办理", None),
        ("政务公开", None),
    ],
)
def test_kind_of_a_column_by_its_name(name: str, kind: str | None) -> None:
    assert kind_of_column(name) == kind


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("/zw/jyta/202406/t20240603_31.html", ("/zw/jyta/", "/zw/")),
        ("/art/2024/6/3/art_1229_31.html", ("/col/col1229/index.html",)),
        ("/jyta/2024-06/03/content_7.htm", ("/jyta/",)),
        ("/202406/t20240603_31.html", ()),
        ("", ()),
    ],
)
def test_columns_of_a_letter_by_its_address(path: str, columns: tuple[str, ...]) -> None:
    found = columns_of_letter(parse("<p>x</p>", f"https://a.example.org{path}"), ColumnFacts())
    assert found == tuple(f"https://a.example.org{column}" for column in columns)


def test_columns_of_a_letter_by_name_before_those_of_another_name() -> None:
    page = parse(
        "<div>当前位置：<a href='/'>首页</a> <a href='/jyta/'>提案办理</a>"
        " <a href='/jd/'>解读</a></div>"
        "<a href='/hd/tabl/'>政协提案</a><a href='/zw/hf/rdjy/'>人大代表建议</a>",
        "https://a.example.org/zw/hf/202406/t20240603_31.html",
    )
    found = columns_of_letter(page, column_facts(page))
    paths = ("/jyta/", "/zw/hf/", "/zw/", "/zw/hf/rdjy/", "/hd/tabl/", "/jd/")
    assert found == tuple(f"https://a.example.org{path}" for path in paths)


# --- hostile pages -------------------------------------------------------------------------------

HOSTILE = (
    "",
    "\x00" * 1000,
    "<" * 200_000,
    "<div>" * 50_000 + "提案" + "</div>" * 50_000,
    "<a href='http://[::1/'>提案答复</a>" * 2000,
    "<meta name='SiteName' content='" + "建" * 100_000 + "'>",
    "<a href='/a'>" + "关于" + "提案" * 100_000 + "</a>",
    "<li class='" + "a " * 50_000 + "'><a href='/d/1'>关于第1号提案的复函</a></li>",
    "".join(f"<p><a href='/d/{n}'>关于第{n}号提案的复函</a></p>" for n in range(20_000)),
    "createPage(" * 50_000,
    "当前位置" * 50_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_pages_are_read_without_fault_in_bounded_time(text: str) -> None:
    began = time.process_time()
    page = parse(text)
    facts = column_facts(page)
    probe_list(page)
    pages_printed(page)
    columns_of_letter(page, facts)
    assert time.process_time() - began < 20
