"""A site on Hanweb: `#zoom`, `/art/2025/3/16/art_COL_ID.html`, lists as records in XML.

All of a column stands in the records of its one list page; the data proxy that real sites ask
for further groups is not part of the box.
"""

from __future__ import annotations

from datetime import date
from html import escape

from crawler.demo.frames import frame_article, frame_list, link_files
from crawler.demo.letters import DemoLetter
from crawler.demo.markup import write_blocks
from crawler.demo.pages import ArticlePage, ListPage, Template

COLUMN_NUMBER = 1229145


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
    """A column: its items are records a script shows."""
    records = "\n".join(
        f'<record><![CDATA[<li><a href="{link.href}" title="{escape(link.text)}">'
        f"{escape(link.text)}</a><b>{link.day:%Y-%m-%d}</b></li>]]></record>"
        for link in page.items
    )
    content = f"""<div id="{COLUMN_NUMBER}" class="jpage">
<script type="text/xml"><datastore><totalrecord>{len(page.items)}</totalrecord>
<totalpage>1</totalpage><recordset>
{records}
</recordset></datastore></script>
</div>"""
    return frame_list(page, content)


def _metadata(letter: DemoLetter) -> str:
    if not letter.has_metadata():
        return ""
    return f"""<table class="xxgk"><tr><td>索引号</td><td>{letter.index_number}</td>
<td>文 号</td><td>{letter.document_number}</td></tr>
<tr><td>发布单位</td><td>{letter.agency.short}</td><td>成文日期</td>
<td>{letter.date_written}</td></tr></table>"""


def name_list(number: int, count: int) -> str:
    """`/col/col1229145/index.html`: there is one."""
    return f"/col/col{COLUMN_NUMBER}/index.html"


def name_letter(published: date, running: int) -> str:
    """`/art/2025/3/16/art_1229145_13700173.html`."""
    day = f"{published.year}/{published.month}/{published.day}"
    return f"/art/{day}/art_{COLUMN_NUMBER}_{running}.html"


HANWEB = Template(render_article, render_list, name_list, name_letter)
