"""A site on Hanweb: `#zoom`, `/art/2025/3/16/art_COL_ID.html`, lists as records in XML.

The first records stand in the column's page, the others come from its data proxy in groups.
"""

from __future__ import annotations

from datetime import date
from html import escape

from crawler.demo.frames import frame_article, frame_list, link_files
from crawler.demo.letters import DemoLetter
from crawler.demo.markup import write_blocks
from crawler.demo.pages import ArticlePage, ListPage, Template

COLUMN_NUMBER = 1229145
UNIT = 5504308


def render_article(page: ArticlePage) -> str:
    """One letter's page."""
    letter = page.letter
    content = f"""{_metadata(letter)}
<div class="article">
<h3 class="title">{escape(letter.title)}</h3>
<div class="explain">发布日期：{page.published:%Y-%m-%d %H:%M}　信息来源：{letter.agency.name}
　浏览次数：<script src="javascript:;"></script>{page.views}　字号：[ 大 中 小 ]</div>
<div id="zoom" class="main-txt"><!--ZJEG_RSS.content.begin-->
{write_blocks((*letter.head, *letter.text, *letter.tail), page.markup)}
{link_files(letter)}
<!--ZJEG_RSS.content.end--></div>
<div class="bshare">分享到：<a>微信</a> <a>微博</a></div>
</div>"""
    return frame_article(page, content)


def render_list(page: ListPage) -> str:
    """A column: its first records, which a script shows; after them groups of bare records."""
    store = _datastore(page)
    if page.number > 1:
        return f'<?xml version="1.0" encoding="utf-8"?>\n{store}'
    content = f"""<div id="{UNIT}" class="jpage">
<script type="text/xml">{store}</script>
</div>"""
    return frame_list(page, content)


def _datastore(page: ListPage) -> str:
    records = "\n".join(
        f'<record><![CDATA[<li><a href="{link.href}" title="{escape(link.text)}">'
        f"{escape(link.text)}</a><b>{link.day:%Y-%m-%d}</b></li>]]></record>"
        for link in page.items
    )
    following = ""
    if page.number < page.count:
        href = name_list(page.number + 1, page.count)
        following = f'<nextgroup><![CDATA[<a href="{href}"></a>]]></nextgroup>'
    return f"<datastore>\n{following}<recordset>\n{records}\n</recordset></datastore>"


def _metadata(letter: DemoLetter) -> str:
    if not letter.has_metadata():
        return ""
    return f"""<table class="xxgk"><tr><td>索引号</td><td>{letter.index_number}</td>
<td>文 号</td><td>{letter.document_number}</td></tr>
<tr><td>发布单位</td><td>{letter.agency.short}</td><td>成文日期</td>
<td>{letter.date_written}</td></tr></table>"""


def name_list(number: int, count: int) -> str:
    """`/col/col1229145/index.html`, then the data proxy's groups."""
    if number == 1:
        return f"/col/col{COLUMN_NUMBER}/index.html"
    return (
        f"/module/web/jpage/dataproxy.jsp?page={number - 1}&appid=1&webid=1"
        f"&columnid={COLUMN_NUMBER}&unitid={UNIT}"
    )


def name_letter(published: date, running: int) -> str:
    """`/art/2025/3/16/art_1229145_13700173.html`."""
    day = f"{published.year}/{published.month}/{published.day}"
    return f"/art/{day}/art_{COLUMN_NUMBER}_{running}.html"


HANWEB = Template(render_article, render_list, name_list, name_letter)
