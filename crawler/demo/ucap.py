"""A site on UCAP: `#UCAP-CONTENT`, addresses of 32 hexadecimal digits, `common_list.shtml`."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from html import escape

from crawler.demo.frames import frame_article, frame_list, link_files, list_items
from crawler.demo.markup import write_blocks
from crawler.demo.pages import ArticlePage, ListPage, Template


def render_article(page: ArticlePage) -> str:
    """One letter's page; its metadata stand in a table of label and value cells."""
    letter = page.letter
    rows = (
        ("索 引 号：", letter.index_number, "发文机关：", letter.agency.short),
        ("发文字号：", letter.document_number, "成文日期：", letter.date_written),
    )
    table = "\n".join(
        f"<tr><td><b>{a}</b></td><td>{v or ''}</td><td><b>{b}</b></td><td>{w or ''}</td></tr>"
        for a, v, b, w in rows
    )
    metadata = f"<table class='bd1'>\n{table}\n</table>" if letter.has_metadata() else ""
    content = f"""{metadata}
<h1 class="article-title">{escape(letter.title)}</h1>
<div class="pages-date">{page.published:%Y-%m-%d} 09:30　来源：{letter.agency.name}
<span>【字体：大 中 小】</span><a>打印</a></div>
<div class="pages_content" id="UCAP-CONTENT"><UCAPCONTENT>
{write_blocks((*letter.head, *letter.text, *letter.tail), page.markup)}
{link_files(letter)}
</UCAPCONTENT></div>
<div class="ewm"><p>扫一扫在手机打开当前页</p></div>
<div class="share">分享：<a>微信</a><a>微博</a></div>"""
    return frame_article(page, content)


def render_list(page: ListPage) -> str:
    """One page of a column, with UCAP's own paging script and links to all pages."""
    links = "".join(
        f'<a href="{name_list(number, page.count)}">{number}</a>'
        for number in range(1, page.count + 1)
    )
    script = f"createPageHTML('page_div',{page.count}, {page.number},'common_list','shtml');"
    content = (
        f'<ul class="common-list">\n{list_items(page)}\n</ul>\n<div class="page">{links}</div>\n'
        f'<div id="page_div"></div><script>{script}</script>'
    )
    return frame_list(page, content)


def name_list(number: int, count: int) -> str:
    """`common_list.shtml`, then `common_list_2.shtml`."""
    return "common_list.shtml" if number == 1 else f"common_list_{number}.shtml"


def name_letter(published: date, running: int) -> str:
    """`202503/<32 hexadecimal digits>.shtml`."""
    return f"{published:%Y%m}/{sha256(str(running).encode()).hexdigest()[:32]}.shtml"


UCAP = Template(render_article, render_list, name_list, name_letter)
