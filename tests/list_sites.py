"""Columns of every platform in the forms their list pages have, for crawls over real HTTP.

Each form serves the letters 1 … total, the newest first, and pages as its platform pages; a page
that does not exist is a 404, as it is on real sites.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from urllib.parse import parse_qs, urlsplit

from storage.records import PlatformName
from tests.crawl_site import FRAME, Reply, letter

GROUP = 3  # jpage asks for three pages at a time


@dataclass(frozen=True)
class Column:
    """One column: where it is, how many letters it lists, and how many on a page."""

    path: str  # the folder's, begins and ends with /
    total: int
    size: int = 2

    @property
    def pages(self) -> int:
        return max(1, ceil(self.total / self.size))

    def on(self, page: int, size: int | None = None) -> range:
        """The letters of a page, counted from 1."""
        size = size or self.size
        return self.records((page - 1) * size + 1, page * size)

    def records(self, first: int, last: int) -> range:
        """The letters from one place in the list to another, places counted from 1."""
        return range(self.total - first + 1, self.total - min(last, self.total), -1)

    def letter_path(self, number: int) -> str:
        return f"{self.path}202406/t20240603_{number}.html"

    def item(self, number: int) -> str:
        return (
            f'<li><a href="{self.letter_path(number)}" title="{title(number)}">{title(number)}</a>'
            "<span>2024-06-03</span></li>"
        )

    def listing(self, page: int, paging: str = "") -> Reply:
        items = "".join(self.item(number) for number in self.on(page))
        return framed(f"<ul class='list'>{items or '<p>暂无数据</p>'}</ul>{paging}")


Answer = Callable[[Column, str, Mapping[str, str]], Reply | None]


@dataclass(frozen=True)
class Form:
    """One form of paging: its platform, where a column's list begins, and what is answered."""

    name: str
    platform: PlatformName
    answer: Answer
    first: str = ""  # the first page's name in the folder
    group: int = 1  # pages in one answer after the first
    held: int = 1  # pages in the first answer

    def begin(self, column: Column) -> str:
        """The address of the first page, as a portal file names it."""
        return column.path + self.first

    def requests(self, column: Column) -> int:
        """List pages a full walk asks for: each once, and the first again where there are more."""
        further = ceil(max(0, column.pages - self.held) / self.group)
        return 1 + further + bool(further)


def title(number: int) -> str:
    return f"关于市政协六届二次会议第{number:04d}号提案的复函"


def framed(body: str) -> Reply:
    nav = '<div class="nav"><a href="/">首页</a><a href="/zwgk/">政务公开</a></div>'
    return Reply(
        f"<html><body><p>{FRAME}</p>{nav}{body}<div class='foot'>{FRAME}</div></body></html>"
    )


def answer(forms: Mapping[str, Form], columns: list[Column]) -> Callable[..., Reply | None]:
    """What a site with these columns answers."""

    def answers(path: str, headers: Mapping[str, str]) -> Reply | None:
        if "/t20240603_" in path:
            return Reply(letter(int(path.rpartition("_")[2].partition(".")[0])))
        for column in columns:
            form = next(iter(forms.values()))
            if path.startswith(column.path) and (reply := form.answer(column, path, headers)):
                return reply
        return None

    return answers


def page_of(name: str, stem: str, ending: str, first: int) -> int | None:
    """The page a name stands for: `index_3.html` is page 4 where page 2 is `index_1`."""
    if name in ("", f"{stem}.{ending}"):
        return 1
    number = name.removeprefix(f"{stem}_").removesuffix(f".{ending}")
    return int(number) - first + 1 if number.isdigit() and int(number) > first else None


def named(stem: str, ending: str, first: int, paging: Callable[[Column, int], str]) -> Answer:
    """Pages as files beside the first."""

    def reply(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
        page = page_of(path.removeprefix(column.path), stem, ending, first)
        return column.listing(page, paging(column, page)) if page and page <= column.pages else None

    return reply


def queried(key: str, paging: Callable[[Column, int], str], *, offset: int = 0) -> Answer:
    """Pages as numbers of a query: of pages, or of letters passed over."""

    def reply(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
        asked = parse_qs(urlsplit(path).query).get(key)
        number = int(asked[0]) if asked else 0 if offset else 1
        page = number // column.size + 1 if offset else number
        return column.listing(page, paging(column, page)) if page <= column.pages else None

    return reply


# --- trs ---------------------------------------------------------------------------------------


def create_page(column: Column, page: int) -> str:
    return f'<script>createPage({column.pages}, {page - 1}, "index","html")</script>'


def create_page_html(column: Column, page: int) -> str:
    call = f'createPageHTML({column.pages}, {page - 1}, "list", "shtml");'
    definition = "<script>function createPageHTML(_n,_c,_p,_e){}</script>"
    return f"{definition}<script><!--\n{call}\n//--></script>"


def both_scripts(column: Column, page: int) -> str:
    return (
        f'<script>createPage({column.pages}, {page - 1}, "index","html")</script><div class="m">'
        f'<script>createPageHTML({column.pages}, {page - 1}, "index", "html")</script></div>'
    )


def variables(column: Column, page: int) -> str:
    return f"""<script>var recordCount = {column.total}; var pageSize={column.size};
    var countPage = Math.ceil(recordCount/pageSize)//共多少页
    createPageHTML(countPage, {page - 1}, "index", "html");</script>"""


def written_out(column: Column, page: int) -> str:
    return f"""<script>var currentPage = {page - 1};//所在页从0开始
    var countPage = {column.pages}//共多少页
    var nextPage = currentPage+1;
    document.write("<a href=\\"index"+"_" + nextPage + "."+"html\\">下一页</a>");
    function go(n){{ location.href = "index_" + (n-1) + ".html"; }}</script>"""


# --- hanweb ------------------------------------------------------------------------------------


def store(column: Column, records: range, next_group: str = "", total: bool = True) -> str:
    items = "".join(f"<record><![CDATA[\n{column.item(n)}]]></record>" for n in records)
    group = f'<nextgroup><![CDATA[<a href="{next_group}"></a>]]></nextgroup>' if next_group else ""
    counts = f"<totalrecord>{column.total}</totalrecord><totalpage>{column.pages}</totalpage>"
    return f"<datastore>{group}{counts if total else ''}<recordset>{items}</recordset></datastore>"


def xml(body: str) -> Reply:
    text = f'<?xml version="1.0" encoding="utf-8"?>\n{body}'
    return Reply(text, headers={"Content-Type": "text/xml;charset=utf-8"})


def next_groups(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """Groups whose addresses are named, each in the one before; only GET is answered."""
    span = column.size * GROUP
    asked = parse_qs(urlsplit(path).query)
    if ":posted" in headers:
        return Reply(status=405)
    at = int(asked["k"][0][1:]) if "dataproxy.jsp" in path else 0
    first = at * span + 1
    more = f"{column.path}dataproxy.jsp?page={at + 1}&amp;k=x{at + 1}&webname=青岚市"
    body = store(
        column,
        column.records(first, first + span - 1),
        more if first + span <= column.total else "",
        total=False,
    )
    if "dataproxy.jsp" in path:
        return xml(body)
    if path != f"{column.path}index.html":
        return None
    return framed(f'<div id="212860"><script type="text/xml">{body}</script></div>')


def numbered_groups(method: str) -> Answer:
    """Groups asked for by the numbers of their records; the proxy answers one method alone."""

    def reply(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
        if "dataproxy.jsp" in path:
            if (":posted" in headers) != (method == "POST"):
                return Reply(status=405)
            asked = parse_qs(headers.get(":posted") or urlsplit(path).query)
            assert asked["unitid"] == ["5504308"] and asked["columnid"] == ["1229"]
            first, last = int(asked["startrecord"][0]), int(asked["endrecord"][0])
            return xml(store(column, column.records(first, last)))
        if path != f"{column.path}index.html":
            return None
        inline = store(column, column.records(1, column.size * GROUP), total=False)
        return framed(
            f'<div id="5504308"><script type="text/xml">{inline}</script></div>'
            "<script>var param_5504308 = {col:1,appid:'1',webid:'3096',path:'/',columnid:'1229',"
            "sourceContentType:'1',unitid:'5504308',webname:'青岚市民生事务局',permissiontype:'0'};"
            f"$('#5504308').jpage({{totalRecord:{column.total},perPage:{column.size},groupSize:3,"
            f"proxyUrl:'{column.path}dataproxy.jsp',proxyParam:param_5504308}});</script>"
        )

    return reply


def script_array(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """The first records as strings of a script."""
    if "dataproxy.jsp" in path:
        return numbered_groups("POST")(column, path, headers)
    if path != f"{column.path}index.html":
        return None
    items = ",".join(
        json.dumps(column.item(n), ensure_ascii=False)
        for n in column.records(1, column.size * GROUP)
    )
    return framed(
        f"<div id='5504308'></div><script>var InitData5504308=[{items}];$(function(){{"
        f"$('#5504308').jpage({{themeName:'default',totalRecord:{column.total},dataBefore:'',"
        f"dataStore:InitData5504308,groupSize:3,proxyUrl:'{column.path}dataproxy.jsp',"
        f"perPage:{column.size},ajaxParam:{{col:1,appid:'1',webid:60,columnid:1229,"
        "unitid:'5504308'}});});</script>"
    )


# --- ucap --------------------------------------------------------------------------------------


def page_div(column: Column, page: int) -> str:
    return (
        "<div id='page_div'></div><script>createPageHTML("
        f"'page_div',{column.pages}, {page},'common_list','shtml',{column.total});</script>"
    )


def info_common(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """A frame without letters, and the JSON a script fills it from."""
    if "getInfoCommon" in path:
        asked = parse_qs(urlsplit(path).query)
        assert asked["channelid"] == ["c9f8"]
        size, page = int(asked["pagesize"][0]), int(asked["currpage"][0])
        found = [{"title": title(n), "url": column.letter_path(n)} for n in column.on(page, size)]
        return as_json({"code": 200, "totalcount": column.total, "rows": found})
    script = (
        "<script src='/js/jquery.js'></script><script>var channelId='c9f8';"
        f"$.get('{column.path}getInfoCommon?pagesize={column.size}&currpage=1&channelid=c9f8',show)"
        "</script>"
    )
    return Reply(f"<html><head>{script}</head><body><ul id='list'></ul></body></html>")


def search(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """`/common/search/<channel>`: the column itself is the JSON."""
    asked = parse_qs(urlsplit(path).query)
    size, page = int(asked["_pageSize"][0]), int(asked["page"][0])
    found = [
        {"title": title(n), "url": column.letter_path(n), "publishedTime": 1717380000000}
        for n in column.on(page, size)
    ]
    return as_json({"data": {"total": column.total, "rows": size, "page": page, "results": found}})


def as_json(value: object) -> Reply:
    text = json.dumps(value, ensure_ascii=False)
    return Reply(text, headers={"Content-Type": "application/json;charset=utf-8"})


# --- vsb ---------------------------------------------------------------------------------------


def counting_down(strip: Callable[[Column, int, Callable[[int], str]], str]) -> Answer:
    """`list.htm`, then `list/9.htm` of ten pages, down to `list/1.htm`."""

    def reply(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
        name = path.removeprefix(column.path)
        number = name.removeprefix("jyta/").removesuffix(".htm")
        page = (
            1 if name == "jyta.htm" else column.pages - int(number) + 1 if number.isdigit() else 0
        )
        if not 1 <= page <= column.pages or (page == 1 and number == str(column.pages)):
            return None

        def href(other: int) -> str:
            inside = "" if page == 1 else "../"
            return (
                f"{inside}jyta.htm"
                if other == 1
                else f"{inside}jyta/{column.pages - other + 1}.htm"
            )

        return column.listing(page, strip(column, page, href))

    return reply


def numbered_strip(column: Column, page: int, href: Callable[[int], str]) -> str:
    """共N条 · 首页 上页 1 2 3 … N 下页 尾页, the current page without a link."""
    shown = sorted({1, 2, page - 1, page, page + 1, column.pages} & set(range(1, column.pages + 1)))
    links = "".join(
        f'<span class="p_no_d">{n}</span>'
        if n == page
        else f'<span class="p_no"><a href="{href(n)}">{n}</a></span>'
        for n in shown
    )
    following = (
        f'<span class="p_next p_fun"><a href="{href(page + 1)}">下页</a></span>'
        f'<span class="p_last p_fun"><a href="{href(column.pages)}">尾页</a></span>'
        if page < column.pages
        else ""
    )
    return (
        f'<div class="pb_sys_common"><span class="p_t">共{column.total}条</span>'
        f'<span class="p_pages">{links}{following}</span></div>'
    )


def older_strip(column: Column, page: int, href: Callable[[int], str]) -> str:
    """共120条 1/8 下页 尾页."""
    following = (
        f'<a href="{href(page + 1)}" class="Next">下页</a> <a href="{href(column.pages)}" '
        'class="Next">尾页</a>'
        if page < column.pages
        else '<span class="NextDisabled">下页</span>'
    )
    return (
        f'<table><tr><td id="fanye46123" nowrap>共{column.total}条&nbsp;&nbsp;{page}/{column.pages}'
        f"&nbsp;</td><td>{following}</td></tr></table>"
    )


def jump_alone(column: Column, page: int, href: Callable[[int], str]) -> str:
    return (
        '<input id="u13_goto"><a href="javascript:;" onclick="_simple_list_gotopage_fun('
        f'{column.pages},&quot;u13_goto&quot;,2)">跳转</a>'
    )


# --- gkmlpt ------------------------------------------------------------------------------------


def catalogue(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """`/gkmlpt/index#368`, a frame; `/gkmlpt/api/all/368?page=1&sid=…`, a hundred to a page."""
    name = path.removeprefix(column.path)
    if name.startswith("gkmlpt/index"):
        frame = "<script src='/gkmlpt/js/app.js'></script><script>window._CONFIG={SID:'769033'}"
        return Reply(f"<html><body><div id='app'></div>{frame}</script></body></html>")
    if not name.startswith("gkmlpt/api/all/368"):
        return None
    page = int(parse_qs(urlsplit(path).query)["page"][0])
    found = [
        {"id": n, "title": title(n), "url": column.letter_path(n), "date": 1717380000}
        for n in column.on(page)
    ]
    return as_json({"total": column.total, "articles": found})


# --- generic -----------------------------------------------------------------------------------


def next_link(text: str, href: Callable[[int], str]) -> Callable[[Column, int], str]:
    def paging(column: Column, page: int) -> str:
        return f'<div><a href="{href(page + 1)}">{text}</a></div>' if page < column.pages else ""

    return paging


def number_links(column: Column, page: int) -> str:
    """1 2 3 … 34 with queries, page 1's link leading to `?page=1`."""
    shown = sorted({1, 2, 3, page, page + 1, column.pages} & set(range(1, column.pages + 1)))
    return "<div>" + " ".join(f'<a href="?page={n}">{n}</a>' for n in shown) + "</div>"


def jumps(column: Column, page: int) -> str:
    links = "".join(
        f'<a href="javascript:void(0)" onclick="gotoPage({n})">{n}</a>'
        for n in range(1, column.pages + 1)
    )
    following = f'<a href="javascript:gotoPage({page + 1})">下一页</a>' * (page < column.pages)
    return f"""<script>function gotoPage(n){{ if(n==1){{ location.href="index.html"; }}
    else {{ location.href = "index_" + (n-1) + ".html"; }} }}</script>{links}{following}"""


def form_jump(column: Column, page: int) -> str:
    following = f'<a href="javascript:toPage({page + 1})">下一页</a>' if page < column.pages else ""
    return f"""<form name="pf" method="get"><input type="hidden" name="ch" value="7">
    <input type="hidden" name="pageNo" value="{page}"></form>{following}
    <script>function toPage(p){{ document.pf.pageNo.value = p; document.pf.submit(); }}</script>"""


def options(column: Column, page: int) -> str:
    written = "".join(
        f'<option value="index{f"_{n - 1}" if n > 1 else ""}.html">第{n}页</option>'
        for n in range(1, column.pages + 1)
    )
    return f'<select onchange="location.href=this.value">{written}</select>'


def offsets(column: Column, page: int) -> str:
    shown = sorted({2, 3, page + 1, column.pages} & set(range(2, column.pages + 1)))
    return "".join(f'<a href="?start={(n - 1) * column.size}">{n}</a>' for n in shown)


def plain(column: Column, page: int) -> str:
    return ""


FORMS: tuple[Form, ...] = (
    Form("create-page", "trs", named("index", "html", 0, create_page)),
    Form("create-page-html", "trs", named("list", "shtml", 0, create_page_html), "list.shtml"),
    Form("both-scripts", "trs", named("index", "html", 0, both_scripts), "index.html"),
    Form("variables", "trs", named("index", "html", 0, variables)),
    Form("written-out", "trs", named("index", "html", 0, written_out)),
    Form("next-groups", "hanweb", next_groups, "index.html", GROUP, GROUP),
    Form("posted-groups", "hanweb", numbered_groups("POST"), "index.html", GROUP, GROUP),
    Form("script-array", "hanweb", script_array, "index.html", GROUP, GROUP),
    Form("page-div", "ucap", named("common_list", "shtml", 1, page_div), "common_list.shtml"),
    Form("search", "ucap", search, "common/search/c9f8?_isJson=true&_pageSize=2&page=1"),
    Form("numbered-down", "vsb", counting_down(numbered_strip), "jyta.htm"),
    Form("older-down", "vsb", counting_down(older_strip), "jyta.htm"),
    Form("jump-alone", "vsb", counting_down(jump_alone), "jyta.htm"),
    Form("catalogue", "generic", catalogue, "gkmlpt/api/all/368?page=1&sid=769033"),
    Form("next", "generic", queried("page", next_link("下一页", lambda n: f"?page={n}"))),
    Form(
        "next-file",
        "generic",
        named("list", "html", 1, next_link("下页 >", lambda n: f"list_{n}.html")),
        "list.html",
    ),
    Form("sign", "generic", queried("p", next_link("»", lambda n: f"?p={n}&amp;ch=7"))),
    Form("numbers", "generic", queried("page", number_links)),
    Form("jumps", "generic", named("index", "html", 0, jumps), "index.html"),
    Form("form", "generic", queried("pageNo", form_jump)),
    Form("options", "generic", named("index", "html", 0, options), "index.html"),
    Form("offsets", "generic", queried("start", offsets, offset=1)),
    Form("script", "generic", named("index", "html", 0, create_page)),
    Form("records", "generic", next_groups, "index.html", GROUP, GROUP),
)
"""Every form whose requests can be counted beforehand."""

SHELLS: tuple[Form, ...] = (
    Form("info-common", "ucap", info_common, "nav_list.shtml", held=0),
    Form("catalogue-frame", "generic", catalogue, "gkmlpt/index#368", held=0),
    Form("get-groups", "hanweb", numbered_groups("GET"), "index.html", GROUP, GROUP),
)
"""Forms that take a request more: a frame before the list, or a method that is refused once."""


# --- what is no list ---------------------------------------------------------------------------


def instead(name: str, reply: Reply) -> Answer:
    """Groups of records of which the second answer is something else."""

    def answered(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
        if name in path:
            return reply
        return next_groups(column, path, headers)

    return answered


def always(reply: Reply) -> Answer:
    return lambda column, path, headers: reply


_SEARCH = "common/search/c9f8?_isJson=true&_pageSize=2&page=1"
BROKEN: tuple[tuple[Form, str], ...] = (
    (Form("html-for-json", "ucap", always(framed("<p>欢迎访问</p>")), _SEARCH), "JSON was to come"),
    (
        Form(
            "error-in-json",
            "ucap",
            always(as_json({"code": 500, "msg": "系统异常", "data": []})),
            _SEARCH,
        ),
        "JSON was to come",
    ),
    (
        Form("unknown-json", "generic", always(as_json({"menu": [{"id": 7}]})), "list.json"),
        "no list in this JSON",
    ),
    (
        Form(
            "cut-json", "ucap", always(Reply('{"data":{"total":9,"results":[{"title":"关')), _SEARCH
        ),
        "JSON was to come",
    ),
    (
        Form("empty-frame", "hanweb", always(Reply("<html><script src='/a.js'></script></html>"))),
        "script shell",
    ),
    (Form("stub", "vsb", always(Reply("<html>ok</html>")), "jyta.htm"), "stub of 15 bytes"),
)
"""Columns whose first answer is no list, and the words that say so."""

BROKEN_DEEP: tuple[tuple[Form, str], ...] = (
    (
        Form("html-for-xml", "hanweb", instead("k=x1", framed("<p>欢迎访问</p>")), "index.html"),
        "XML was to come",
    ),
    (
        Form("cut-xml", "hanweb", instead("k=x1", Reply("<datastore><recordset>")), "index.html"),
        "XML was to come",
    ),
    (
        Form("empty-xml", "hanweb", instead("k=x1", Reply("")), "index.html"),
        "empty body",
    ),
)
"""Columns whose second answer is none."""
