"""A site of no known make: a layout table, labels in plain lines, GB18030 declared as gb2312."""

from __future__ import annotations

from datetime import date
from html import escape

from crawler.demo.frames import frame_article, frame_list, link_files, list_items
from crawler.demo.letters import DemoLetter
from crawler.demo.markup import write_blocks
from crawler.demo.pages import ArticlePage, ListPage, Template


def render_article(page: ArticlePage) -> str:
    """One letter's page; its text stands in a table cell without a telling name."""
    letter = page.letter
    others = "\n".join(f'<a href="{o.href}">{escape(o.text)}</a><br>' for o in page.related)
    content = f"""<table width="960" border="0" align="center"><tr>
<td width="220" valign="top" class="zuo">推荐阅读<br>
{others}
</td>
<td valign="top">
<table width="100%"><tr><td align="center" class="bt">{escape(letter.title)}</td></tr>
<tr><td align="center" class="xx">发布时间：{page.published:%Y-%m-%d}　来源：{letter.agency.name}
　点击数：{page.views}　【字号：<a>大</a> <a>中</a> <a>小</a>】</td></tr>
<tr><td>{_labels(letter)}</td></tr>
<tr><td class="nr">
{write_blocks((*letter.head, *letter.text, *letter.tail), page.markup)}
{link_files(letter)}
</td></tr></table>
</td></tr></table>"""
    return frame_article(page, content, "gb2312")


def render_list(page: ListPage) -> str:
    """One page of a column, with links to the page before and the page after."""
    content = f'<ul class="lb">\n{list_items(page)}\n</ul>\n<div class="fy">{_turns(page)}</div>'
    return frame_list(page, content, "gb2312")


def _labels(letter: DemoLetter) -> str:
    if not letter.has_metadata():
        return ""
    labels = (
        ("索 引 号", letter.index_number),
        ("文　　号", letter.document_number),
        ("发文机关", letter.agency.short),
        ("成文日期", letter.date_written),
    )
    return "<br>\n".join(f"{label}：{value}" for label, value in labels if value)


def _turns(page: ListPage) -> str:
    turns = []
    if page.number > 1:
        turns.append(f'<a href="{name_list(page.number - 1, page.count)}">上一页</a>')
    if page.number < page.count:
        turns.append(f'<a href="{name_list(page.number + 1, page.count)}">下一页</a>')
    return f"第{page.number}/{page.count}页 " + " ".join(turns)


def name_list(number: int, count: int) -> str:
    """`list.html`, then `list_2.html`."""
    return "list.html" if number == 1 else f"list_{number}.html"


def name_letter(published: date, running: int) -> str:
    """`show_13700173.html`: no date in it."""
    return f"show_{running}.html"


GENERIC = Template(render_article, render_list, name_list, name_letter)
