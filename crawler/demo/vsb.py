"""A site on VSB: `#vsb_content`, list pages whose numbers count down, no date in addresses."""

from __future__ import annotations

from datetime import date
from html import escape

from crawler.demo.frames import frame_article, frame_list, link_files, list_items
from crawler.demo.markup import write_blocks
from crawler.demo.pages import ArticlePage, ListPage, Template

COLUMN = "/xxgk/jyta"


def render_article(page: ArticlePage) -> str:
    """One letter's page."""
    letter = page.letter
    content = f"""<form name="_newscontent_fromname">
<div class="nr-title"><h1>{escape(letter.title)}</h1>
<p>发布日期：{page.published:%Y-%m-%d}　作者：　点击：[<span>{page.views}</span>]</p></div>
<div id="vsb_content"><div class="v_news_content">
{write_blocks((*letter.head, *letter.text, *letter.tail), page.markup)}
</div></div>
{link_files(letter)}
<p>【<a href="javascript:window.close();">关闭窗口</a>】</p>
</form>"""
    return frame_article(page, content)


def render_list(page: ListPage) -> str:
    """One page of a column, with VSB's own paging."""
    content = f'<ul class="list">\n{list_items(page)}\n</ul>\n{_strip(page)}'
    return frame_list(page, content)


def _strip(page: ListPage) -> str:
    """第1/3页, the numbers, 下页 and 尾页."""

    def link(number: int, words: str) -> str:
        return f'<a href="{page.home}{name_list(number, page.count)[1:]}">{words}</a>'

    numbers = "".join(
        f'<span class="p_no">{link(number, str(number))}</span>'
        for number in range(1, page.count + 1)
    )
    following = (
        f'<span class="p_next p_fun">{link(page.number + 1, "下页")}</span>'
        f'<span class="p_last p_fun">{link(page.count, "尾页")}</span>'
        if page.number < page.count
        else ""
    )
    return (
        f'<div class="pb_sys_common"><span class="p_t">{page.number}/{page.count}</span>'
        f'<span class="p_pages">{numbers}{following}</span></div>'
    )


def name_list(number: int, count: int) -> str:
    """`jyta.htm`, then `jyta/9.htm` of ten pages, down to `jyta/1.htm`."""
    return f"{COLUMN}.htm" if number == 1 else f"{COLUMN}/{count - number + 1}.htm"


def name_letter(published: date, running: int) -> str:
    """`/info/1042/13700173.htm`."""
    return f"/info/1042/{running}.htm"


VSB = Template(render_article, render_list, name_list, name_letter)
