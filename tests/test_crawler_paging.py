"""Where a list goes on: what scripts count, what links and jumps lead to, what data says."""

from __future__ import annotations

import time

import pytest

from crawler.answers.records import ServerAnswer
from crawler.answers.records import Site as PortalSite
from crawler.demo.agencies import ECONOMY
from crawler.demo.answers import answer
from crawler.demo.elsewhere import MAKES, Make, site_elsewhere
from crawler.demo.invent import invent_letters
from crawler.lists.answers import sort_list
from crawler.lists.pages import MOST_PAGES, ListPage
from crawler.lists.walk import ColumnWalk
from crawler.platforms import platform_for
from storage.records import Answer, ListColumn, PlatformName
from tests.test_crawler_lists import COLUMN, further, list_page


def names(pages: tuple[str, ...]) -> list[str]:
    return [page.removeprefix(COLUMN) for page in pages]


# --- scripts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("createPageHTML('page_div', 3, 1,'index','html',33);", ["index_2.html", "index_3.html"]),
        ("createPageHTML('page_div',2, 1,'list','shtml',12);", ["list_2.shtml"]),
        ("createPageHTML('pages', 3, 0, 'index', 'html');", ["index_1.html", "index_2.html"]),
        ("createPageHTML(Math.ceil(31/15), 0, 'index', 'html')", ["index_1.html", "index_2.html"]),
        (
            "var nRecord = 31; var nSize = 15; var nPageCount=Math.ceil(nRecord/nSize);"
            "createPage(nPageCount, 0, 'index', 'htm');",
            ["index_1.htm", "index_2.htm"],
        ),
        ("createPageHTML(2, 0, 'index', '.html')", ["index_1.html"]),
        ("<!-- createPageHTML(2, 0, 'index', 'html') -->", ["index_1.html"]),
        (
            "Pager({size:3, current:0, prefix:'index', suffix:'html'});",
            ["index_1.html", "index_2.html"],
        ),
        (
            "Pager({size:3, current:1, prefix:'list', suffix:'html'});",
            ["list_2.html", "list_3.html"],
        ),
        (
            'var currentPage = 0;var countPage = 3//共多少页\n"index_"+(currentPage+1)+".html"',
            ["index_1.html", "index_2.html"],
        ),
        ("createPage(1, 0, 'index', 'html')", []),
        ("createPage(0, 0, 'index', 'html')", []),
        ("createPage(nowhere, 0, 'index', 'html')", []),
        ("createPage(Math.ceil(1/0), 0, 'index', 'html')", []),
        ("var a = a; createPage(a, 0, 'index', 'html')", []),
        ("createPage(3, 0, '../../etc/passwd', 'html')", []),
    ],
)
@pytest.mark.parametrize("platform", ["trs", "ucap", "generic"])
def test_pages_a_script_counts(script: str, expected: list[str], platform: PlatformName) -> None:
    assert names(further(f"<script>{script}</script>", platform=platform)) == expected


def test_pages_that_count_from_one_do_so_on_their_own_third_page_too() -> None:
    script = "<script>createPageHTML('page_div', 4, 3,'list','shtml',40);</script>"
    pages = further(script, url=COLUMN + "list_3.shtml", platform="ucap")
    assert names(pages) == ["list_2.shtml", "list_3.shtml", "list_4.shtml"]


# --- links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        '<a href="?page=2">下一页</a>',
        '<a href="?page=2">【下页】</a>',
        '<a href="?page=2">下一页 &gt;</a>',
        '<a href="?page=2"><span>&gt;&gt;</span></a>',
        '<a href="?page=2">›</a>',
        '<a href="?page=2">»</a>',
        '<a href="?page=2"><img src="n.gif" alt="下一页"></a>',
        '<a href="?page=2" title="下一页"></a>',
        '<a href="?page=2" rel="next">后</a>',
        '<link rel="next" href="?page=2">',
        '<a href="?page=2">Next</a>',
        '<a href="#" onclick="location.href=\'?page=2\'">下一页</a>',
        "<a href=\"javascript:window.location.href='?page=2'\">下一页</a>",
        '<a href="?page=2">2</a>',
        '<a href="?page=2">[2]</a>',
        '<a href="?page=2">第2页</a>',
        '<select onchange="go(this.value)"><option value="?page=1">1</option>'
        '<option value="?page=2">2</option></select>',
    ],
)
def test_forms_of_the_link_to_the_next_page(link: str) -> None:
    assert names(further(f"<div>{link}</div>", platform="generic")) == ["?page=2"]


@pytest.mark.parametrize(
    "script",
    [
        'function gotoPage(n){ location.href = "index_" + (n-1) + ".html"; }',
        "function gotoPage(n){ window.location.href='index_'+(n - 1)+'.html' }",
        'var gotoPage = function(n) { location.replace("index_" + (parseInt(n)-1) + ".html"); }',
        'var base="index_"; function gotoPage(n){ location.assign(base + (n-1) + ".html"); }',
        "function other(x){alert(x)}"
        'function gotoPage(n){ if(n<1) return; location="index_"+(n-1)+".html";}',
    ],
)
@pytest.mark.parametrize(
    "link",
    [
        '<a href="javascript:gotoPage(2)">下一页</a>',
        '<a href="javascript:void(0);" onclick="return gotoPage(\'2\', 15);">2</a>',
        '<a onclick="gotoPage(2)">2</a>',
    ],
)
def test_jumps_are_followed_where_their_script_is_plain(script: str, link: str) -> None:
    body = f"<script>{script}</script>{link}"
    assert names(further(body, platform="generic")) == ["index_1.html"]


@pytest.mark.parametrize(
    "link",
    [
        '<a href="javascript:gotoPage(2)">下一页</a>',
        "<a href=\"javascript:__doPostBack('pager','2')\">2</a>",
        '<script>function gotoPage(n){ load(n, "#list"); }</script>'
        '<a href="javascript:gotoPage(2)">2</a>',
        "<script>function gotoPage(n){ location.href = unknown + n; }</script>"
        '<a href="javascript:gotoPage(2)">2</a>',
    ],
)
def test_jump_that_is_not_understood_leads_nowhere(link: str) -> None:
    assert further(link, platform="generic") == ()


def test_numbers_that_a_strip_leaves_out_are_filled_in() -> None:
    strip = (
        '<a href="?p=2">2</a><a href="?p=3">3</a>…<a href="?p=34">34</a><a href="?p=2">下一页</a>'
    )
    assert names(further(strip, platform="generic")) == [f"?p={n}" for n in range(2, 35)]


def test_last_page_and_count_of_pages_fill_in_those_between() -> None:
    strip = '<div>第1/5页 <a href="list_2.html">下一页</a> <a href="list_5.html">尾页</a></div>'
    assert names(further(strip, platform="generic")) == [f"list_{n}.html" for n in range(2, 6)]


def test_vsb_strip_counts_down_to_one() -> None:
    column = "https://msj.qinglan.gov.cn/zwgk/jyta.htm"
    strip = (
        '<div><span>共120条</span> <span>1/8</span> <a href="jyta/7.htm">下页</a>'
        '<a href="jyta/1.htm">尾页</a></div>'
    )
    pages = further(strip, url=column, column=column, platform="vsb")
    assert names(pages) == [f"{n}.htm" for n in range(7, 0, -1)]


def test_numbers_whose_addresses_do_not_follow_are_not_guessed() -> None:
    strip = '<a href="?p=2&k=77">2</a><a href="?p=3&k=41">3</a><a href="?p=9&k=15">9</a>'
    assert names(further(strip, platform="generic")) == ["?p=2&k=77", "?p=3&k=41", "?p=9&k=15"]


def test_f39_strip_that_ends_at_a_million_is_capped() -> None:
    strip = '<a href="?p=2">2</a><a href="?p=1999">1999</a><a href="?p=1000000">1000000</a>'
    assert len(further(strip, platform="generic")) <= MOST_PAGES
    many = "".join(f'<a href="?p={n}">{n % 99999}</a>' for n in range(2, 20_000))
    assert len(further(many, platform="generic")) <= MOST_PAGES


def test_more_leads_to_the_whole_list_within_the_column_alone() -> None:
    body = '<a href="/xw/">更多</a><a href="list.html">更多&gt;&gt;</a>'
    assert names(further(body, platform="generic")) == ["list.html"]
    body += '<a href="?page=2">下一页</a>'
    assert names(further(body, platform="generic")) == ["?page=2"]


def test_other_lists_of_the_same_script_are_no_pages_of_this_one() -> None:
    url = "https://msj.qinglan.gov.cn/list.jsp?wbtreeid=7"
    body = (
        '<a href="list.jsp?wbtreeid=8">下一页</a>'
        '<a href="list.jsp?a4t=8&a4p=2&a4c=15&urltype=tree.TreeTempUrl&wbtreeid=7">下页</a>'
    )
    (page,) = further(body, url=url, column=url, platform="vsb")
    assert "a4p=2" in page


def test_paging_stays_beside_a_column_at_the_root() -> None:
    column = "https://msj.qinglan.gov.cn/jyta.htm"
    body = '<a href="/xw/index.htm">下一页</a>'
    assert further(body, url=column, column=column, platform="generic") == ()


# --- data --------------------------------------------------------------------------------------


def jpage(total: int | None, held: int, per_page: str = ",perPage:15") -> str:
    records = "".join(
        f'<record><![CDATA[<li><a href="/art/2024/6/3/art_77_{n}.html">关于某事的复函{n}</a>'
        "</li>]]></record>"
        for n in range(held)
    )
    count = f"totalRecord:{total}" if total is not None else "themeName:'default'"
    return (
        f'<div id="9"><script type="text/xml"><datastore><recordset>{records}</recordset>'
        "</datastore></script></div><script>"
        "var param_9={col:1,appid:'1',webid:'3',path:'/',columnid:'77',"
        f"unitid:'9'}};$('#9').jpage({{{count}{per_page},proxyUrl:'/module/jpage/dataproxy.jsp',"
        "proxyParam:param_9})</script>"
    )


COL = "https://msj.qinglan.gov.cn/col/col77/index.html"


@pytest.mark.parametrize(
    ("total", "held", "expected"),
    [
        (0, 0, []),
        (1, 1, []),
        (45, 45, []),
        (46, 45, [(46, 90)]),
        (90, 45, [(46, 90)]),
        (91, 45, [(46, 90), (91, 135)]),
        (46, 15, [(16, 60)]),
        (46, 19, [(16, 60)]),
        (5, 0, [(1, 45)]),
        (None, 45, [(46, 90)]),
    ],
)
def test_groups_of_records_begin_where_those_in_the_page_end(
    total: int | None, held: int, expected: list[tuple[int, int]]
) -> None:
    pages = further(jpage(total, held), url=COL, column=COL, platform="hanweb")
    ends = [f"startrecord={first}&endrecord={last}" for first, last in expected]
    assert [page[page.index("startrecord") :] for page in pages] == ends
    assert all("/module/jpage/dataproxy.jsp?" in p and "columnid=77&unitid=9" in p for p in pages)


def test_f39_total_of_a_billion_records_is_capped() -> None:
    pages = further(jpage(999_999_999, 45), url=COL, column=COL, platform="hanweb")
    assert len(pages) <= MOST_PAGES + 1


def test_unit_that_shows_the_column_is_taken_of_several() -> None:
    other = (
        jpage(500, 15).replace("77", "66").replace("unitid:'9'", "unitid:'4'").replace("#9", "#4")
    )
    pages = further(other + jpage(46, 45), url=COL, column=COL, platform="hanweb")
    assert len(pages) == 1 and "columnid=77&unitid=9" in pages[0]
    page = list_page(other + jpage(46, 45), url=COL, column=COL, platform="hanweb")
    links = platform_for("hanweb").find_links(page).links
    assert len(links) == 45 and all("art_77_" in link.url for link in links)


def answered(
    body: str, url: str, platform: PlatformName, status: int = 200, column: str = COLUMN
) -> Answer:
    page = list_page("", url=url, platform=platform, column=column)
    page = ListPage.parse(body.encode(), None, url, page.column, page.portal)
    site = PortalSite(frozenset(), page.origins)
    given = ServerAnswer(url, url, status, {}, body.encode())
    return sort_list(given, site, page, platform_for(platform)).answer


PROXY = "https://msj.qinglan.gov.cn/module/web/jpage/dataproxy.jsp?page=2&unitid=9"
API = "https://msj.qinglan.gov.cn/gkmlpt/api/all/5?page=1&sid=2"


@pytest.mark.parametrize(
    ("body", "url", "expected"),
    [
        ("<datastore><recordset></recordset></datastore>", PROXY, Answer.PAGE),
        ('<?xml version="1.0"?><datastore></datastore>', PROXY, Answer.PAGE),
        ("<datastore><recordset><record>", PROXY, Answer.FAILED),
        (
            "<html><body><p>" + "欢迎访问青岚市民生事务局" * 20 + "</p></body></html>",
            PROXY,
            Answer.FAILED,
        ),
        ('{"total":0,"articles":[]}', API, Answer.PAGE),
        (
            'jsonp1({"total":1,"articles":[{"title":"复函","url":"/a/post_1.html"}]});',
            API,
            Answer.PAGE,
        ),
        ('{"total":0,"articles":', API, Answer.FAILED),
        ('{"code":-1}', API, Answer.FAILED),
        ("ok", API, Answer.BLOCKED),
        ('{"code":500,"msg":"系统异常","data":[]}', API, Answer.FAILED),
        ('{"success":false,"articles":[],"message":"参数有误，请联系管理员"}', API, Answer.FAILED),
        ('{"code":403,"msg":"您的访问过于频繁"}', API, Answer.BLOCKED),
        ('{"menu":[{"id":1,"label":"政务公开"}]}', API, Answer.FAILED),
        ("[" * 5000, API, Answer.FAILED),
    ],
)
def test_answers_that_are_data_or_were_to_be(body: str, url: str, expected: Answer) -> None:
    assert answered(body, url, "generic") is expected


def test_frame_is_a_page_only_where_its_data_is_known() -> None:
    frame = "<html><body><script src='/app.js'></script><script>c={SID:'7'}</script></body></html>"
    column = "https://msj.qinglan.gov.cn/gkmlpt/index#368"
    assert answered(frame, column, "generic", column=column) is Answer.PAGE
    assert answered(frame, COLUMN, "generic") is Answer.FAILED


def test_search_behind_a_page_is_asked_only_where_the_page_shows_no_letters() -> None:
    script = "<script>var channelId='c9';$.get('/common/search/'+channelId)</script>"
    (page,) = further(script, platform="ucap")
    assert page.startswith("https://msj.qinglan.gov.cn/common/search/c9?")
    item = '<ul><li><a href="202406/t20240603_31.html">关于第31号提案的复函</a></li></ul>'
    assert further(item + script, platform="ucap") == ()


@pytest.mark.parametrize(
    ("query", "total", "shown", "expected"),
    [
        ("page=1&sid=2", 0, 0, []),
        ("page=1&sid=2", 5, 5, []),
        ("page=1&sid=2", 11, 5, [2, 3]),
        ("page=3&sid=2", 11, 1, []),
        ("page=1&pagesize=5", 10, 5, [2]),
        ("page=1&pagesize=20", 41, 20, [2, 3]),
        ("page=1&pagesize=50", 41, 20, [2, 3]),
        ("page=0&sid=2", 11, 5, [1, 2, 3]),
        ("sid=2", 6, 5, [2]),
    ],
)
def test_pages_of_a_json_list(query: str, total: int, shown: int, expected: list[int]) -> None:
    url = f"https://msj.qinglan.gov.cn/gkmlpt/api/all/5?{query}"
    entries = ",".join(f'{{"title":"第{n}号","url":"/a/post_{n}.html"}}' for n in range(shown))
    page = list_page("", url=url, column=url, platform="generic")
    body = f'{{"total":{total},"articles":[{entries}]}}'.encode()
    page = ListPage.parse(body, "application/json", url, page.column, page.portal)
    pages = platform_for("generic").further_pages(page)
    assert [p for n in expected for p in pages if f"page={n}" in p.replace("pagesize", "")] == list(
        pages
    )
    assert len(pages) == len(expected)


# --- the demo's sites --------------------------------------------------------------------------


@pytest.mark.parametrize("make", MAKES)
@pytest.mark.parametrize(("count", "pages"), [(1, 1), (15, 1), (16, 2), (40, 3)])
def test_walk_of_a_site_elsewhere_finds_its_letters(make: Make, count: int, pages: int) -> None:
    site = site_elsewhere(make, invent_letters(count, agency=ECONOMY))
    root = "https://msj.qinglan.gov.cn"
    column = ListColumn(root + site.list_addresses(site.columns[0])[0])
    walk, found, platform = ColumnWalk(column, full=True), set(), platform_for(make)
    while (url := walk.next_page()) is not None:
        given = answer(site, url.removeprefix(root))
        page = list_page("", platform=make, column=column.url)
        page = ListPage.parse(given.body, site.media_type, url, column, page.portal)
        links = platform.find_links(page).links
        found |= {link.url.removeprefix(root) for link in links}
        walk.page_read(links, 1, platform.further_pages(page), url)
    assert found == set(site.articles)
    assert walk.complete and walk.asked == pages + (pages > 1)


# --- hostile -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "createPage(" * 30_000,
        "<datastore>" * 30_000,
        "<datastore>" + "<record><![CDATA[" * 30_000,
        "{unitid " * 30_000,
        '"' * 100_000 + "dataproxy.jsp",
        "function f(b){ location=" * 5_000 + '<a href="javascript:f(1)">2</a>',
        '[{"a":' * 5_000,
        'var countPage = countPage;"index_" + (a) + ".html"' * 1_000,
        "InitData=['\\ud800<a href=x>'," * 5_000,
        '<a href="javascript:f(2)" onclick="' + "'" * 50_000 + '">2</a>',
    ],
    ids=lambda body: body[:20],
)
@pytest.mark.parametrize("platform", ["hanweb", "generic"])
def test_f39_hostile_lists_cost_little_and_raise_nothing(body: str, platform: PlatformName) -> None:
    began = time.process_time()
    page = list_page(body, platform=platform)
    answered(body, COLUMN, platform)
    platform_for(platform).find_links(page)
    platform_for(platform).further_pages(page)
    assert time.process_time() - began < 10


def test_other_method_is_tried_once_in_a_walk_and_only_at_a_proxy() -> None:
    walk = ColumnWalk(ListColumn(COLUMN), full=True)
    assert not walk.ask_otherwise(COLUMN)
    assert walk.method(COLUMN) == walk.method(PROXY) == {"method": "GET"}
    assert walk.ask_otherwise(PROXY)
    assert walk.method(PROXY)["method"] == "POST"
    assert not walk.ask_otherwise(PROXY)
