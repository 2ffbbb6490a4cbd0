"""Further forms of list pages: common pagers, forms that post, frames, branches, clicks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qs

from tests.crawl_site import Reply
from tests.list_sites import (
    Answer,
    Column,
    Form,
    as_json,
    create_page,
    framed,
    named,
    queried,
    title,
)


def turned(column: Column, page: int) -> str:
    return f'<script>createPageHTML({page - 1}, {column.pages}, "index","html")</script>'


def laypage(column: Column, page: int) -> str:
    return f"""<script>laypage({{cont: 'page', pages: {column.pages}, curr: {page},
    jump: function(obj, first){{ if(!first){{ location.href = 'index_' + obj.curr + '.html'; }} }}
    }});</script>"""


def layui(column: Column, page: int) -> str:
    return f"""<script>laypage.render({{elem: 'page', count: {column.total},
    limit: {column.size}, curr: {page}, jump: function(obj, first){{ if(!first)
    location.href = "index" + (obj.curr == 1 ? "" : "_" + (obj.curr - 1)) + ".html" }}
    }});</script>"""


def kkpager(column: Column, page: int) -> str:
    return f"""<script>kkpager.generPageHtml({{pno: {page}, total: {column.pages},
    totalRecords: {column.total}, hrefFormer: 'list', hrefLatter: '.html',
    getLink: function(n){{ return this.hrefFormer + '_' + n + this.hrefLatter; }} }});</script>"""


def pagination(column: Column, page: int) -> str:
    return f"""<script>$("#Pagination").pagination({column.total}, {{current_page: {page - 1},
    items_per_page: {column.size}, link_to: 'index_' + '__id__' + '.html'}});</script>"""


def button(column: Column, page: int) -> str:
    """A button; on the last page it still names a page, as the strip beside it does not."""
    go = f"location.href='?page={page + 1}'"
    return (
        f'<div>第{page}页 / 共{column.pages}页 <input type="button" value="下一页" onclick="{go}">'
        "</div>"
    )


def load_more(column: Column, page: int) -> str:
    return f'<a href="?page={page + 1}">加载更多</a>' if page < column.pages else ""


def tagname(column: Column, page: int) -> str:
    """An address in an attribute that the page's script reads."""
    following = f'tagname="?page={page + 1}" onclick="queryArticleByCondition(this)"'
    return f'<a href="javascript:;" {following}>下一页</a>' if page < column.pages else ""


def select_by_value(column: Column, page: int) -> str:
    written = "".join(f'<option value="{n}">{n}</option>' for n in range(1, column.pages + 1))
    return f"<select onchange=\"location.href='?page='+this.value\">{written}</select>"


def posted_form(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """Pages as a form's number, by POST alone."""
    page = int(parse_qs(headers.get(":posted", "")).get("pageNo", ["1"])[0])
    following = f'<a href="javascript:toPage({page + 1})">下一页</a>' * (page < column.pages)
    paging = f"""<form name="pf" method="post" action="{column.path}"><input type="hidden" name="ch"
    value="7"><input type="hidden" name="pageNo" value="{page}"></form>{following}
    <script>function toPage(p){{ document.pf.pageNo.value = p; document.pf.submit(); }}</script>"""
    return column.listing(page, paging)


def in_frame(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """A page that holds its list in a frame."""
    if path == column.path:
        hidden = '<iframe src="/count.jsp" width="0" height="0"></iframe>'
        return framed(f'{hidden}<iframe src="{column.path}list/index.html" width="100%"></iframe>')
    inner = Column(column.path + "list/", column.total, column.size)
    reply = named("index", "html", 0, create_page)(inner, path, headers)
    if reply is None:
        return None
    return Reply(str(reply.body).replace(inner.path + "2024", column.path + "2024"))


def entries(column: Column, page: int, size: int) -> Reply:
    found = [{"title": title(n), "url": column.letter_path(n)} for n in column.on(page, size)]
    return as_json({"code": 200, "data": {"total": column.total, "list": found}})


def scripted(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """A page filled by what its script asks for; a counter is asked, too, but no list."""
    if "/api/list" in path:
        asked = parse_qs(path.partition("?")[2])
        assert asked["channelId"] == ["88"]
        return entries(column, int(asked["pageNo"][0]), int(asked["pageSize"][0]))
    return framed(
        "<div id='app'></div><script>$.get('/api/visits?site=7', show);"
        f"axios.get('{column.path}api/list', {{params: {{channelId: 88, pageNo: this.page, "
        f"pageSize: {column.size}}}}}).then(show)</script>"
    )


def scripted_post(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """As `scripted`, by POST."""
    if "/api/list" in path:
        asked = parse_qs(headers.get(":posted", ""))
        if not asked:
            return Reply("", 405)
        return entries(column, int(asked["pageNo"][0]), int(asked["pageSize"][0]))
    return framed(
        f"<div id='app'></div><script>$.ajax({{type: 'POST', url: '{column.path}api/list',"
        f"data: {{channelId: 88, pageNo: 1, pageSize: {column.size}}}, success: show}})</script>"
    )


def whole(items: str) -> Answer:
    """One page that lists all letters; `items` is one of them, with {url} and {title}."""

    def reply(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
        written = "".join(
            items.format(url=column.letter_path(n), title=title(n), number=n)
            for n in range(column.total, 0, -1)
        )
        opener = f"function view(id){{ window.open('{column.path}202406/t20240603_'+id+'.html') }}"
        return framed(f"<div>{written}</div><script>{opener}</script>")

    return reply


def in_script(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """Letters in an array of the page's script."""
    found = [{"title": title(n), "url": column.letter_path(n)} for n in range(1, column.total + 1)]
    data = json.dumps(found, ensure_ascii=False)
    return framed(f"<ul id='list'></ul><script>var listData = {data}; show(listData)</script>")


def by_year(column: Column, path: str, headers: Mapping[str, str]) -> Reply | None:
    """A column that holds nothing but a column a year; the older half stands in the older year."""
    years = '<p><a href="2023/">2023年</a><a href="2024/">2024年办理情况</a></p>'
    if path == column.path:
        return framed(years)
    half = column.total // 2
    for year, total, after in (("2024", column.total - half, half), ("2023", half, 0)):
        inner = Column(f"{column.path}{year}/", total, column.size)
        reply = named("index", "html", 0, create_page)(inner, path, headers)
        if reply is None:
            continue
        body = str(reply.body)
        for number in range(total, 0, -1):
            body = body.replace(inner.letter_path(number), column.letter_path(number + after))
        return Reply(body)
    return None


MORE: tuple[Form, ...] = (
    Form("turned", "trs", named("index", "html", 0, turned)),
    Form("laypage", "generic", named("index", "html", 1, laypage)),
    Form("layui", "trs", named("index", "html", 0, layui)),
    Form("kkpager", "generic", named("list", "html", 1, kkpager), "list.html"),
    Form("pagination", "generic", named("index", "html", 0, pagination)),
    Form("button", "generic", queried("page", button)),
    Form("tagname", "generic", queried("page", tagname)),
    Form("load-more", "generic", queried("page", load_more)),
    Form("select-by-value", "generic", queried("page", select_by_value)),
    Form("posted-form", "generic", posted_form),
)
"""Forms of paging whose requests can be counted beforehand."""

BEHIND: tuple[Form, ...] = (
    Form("in-frame", "generic", in_frame, held=0),
    Form("scripted", "generic", scripted, held=0),
    Form("scripted-post", "generic", scripted_post, held=0),
    Form("by-year", "generic", by_year, held=0),
)
"""Forms whose first page shows no letter, but leads to what lists them."""

WHOLE: tuple[Form, ...] = (
    Form(
        "clicked-row", "generic", whole("<li onclick=\"window.open('{url}')\"><p>{title}</p></li>")
    ),
    Form("data-url", "generic", whole('<div data-url="{url}"><h4>{title}</h4></div>')),
    Form(
        "opened-by-number",
        "generic",
        whole('<p><a href="javascript:void(0)" onclick="view(\'{number}\')">{title}</a></p>'),
    ),
    Form("in-script", "generic", in_script),
    Form(
        "written-out-items",
        "generic",
        whole("<script>document.write('<p><a href=\"{url}\">{title}</a></p>');</script>"),
    ),
)
"""Forms that list all letters on one page, without a plain link to any."""
