"""The plain pages of sites elsewhere: head, menu and foot around an article or a list."""

from __future__ import annotations

from html import escape

from crawler.demo.letters import DemoLetter
from crawler.demo.pages import ArticlePage, Furniture, ListPage, Masthead, print_weekday, tag_meta

_MENU = ("首页", "政务动态", "信息公开", "办事服务", "公众参与", "专题专栏")


def frame_article(page: ArticlePage, content: str, charset: str = "utf-8") -> str:
    """Put an article with its title into the site's page."""
    path = f'<a href="{page.home}index.html">首页</a> &gt;&gt; <a href="{page.column_href}">'
    crumb = f'<div class="dqwz">当前位置：{path}{page.column}</a></div>'
    return _frame(
        page.letter.title, page.masthead, page.furniture, tag_meta(page), crumb + content, charset
    )


def frame_list(page: ListPage, content: str, charset: str = "utf-8") -> str:
    """Put a list into the site's page."""
    crumb = f'<div class="dqwz">当前位置：<a>首页</a> &gt;&gt; {page.column}</div>'
    return _frame(page.column, page.masthead, page.furniture, "", crumb + content, charset)


def link_files(letter: DemoLetter) -> str:
    """The attached files under a letter, a paragraph each."""
    return "\n".join(
        f'<p>附件：<a href="{file.name}">{escape(file.label)}</a></p>' for file in letter.files
    )


def list_items(page: ListPage) -> str:
    """The list's items, date first."""
    return "\n".join(
        f'<li><span>{link.day:%Y-%m-%d}</span><a href="{link.href}" title="{escape(link.text)}">'
        f"{escape(link.text)}</a></li>"
        for link in page.items
    )


def _frame(
    title: str, masthead: Masthead, furniture: Furniture, meta: str, content: str, charset: str
) -> str:
    menu = "\n".join(f'<li><a href="javascript:;">{entry}</a></li>' for entry in _MENU)
    return f"""<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{escape(title)}-{masthead.site}</title>
{meta}
<link rel="stylesheet" href="javascript:;?v={furniture.build}">
</head>
<body>
<div class="date">今天是{print_weekday(furniture.today)}</div>
<div class="logo"><h2>{masthead.site}</h2></div>
<ul class="nav">
{menu}
</ul>
<div class="con">
{content}
</div>
<div class="bottom"><p>版权所有：{masthead.agency.name}　联系电话：{masthead.telephone}</p>
<p>{masthead.icp}　{masthead.police}　网站标识码：{masthead.site_code}</p></div>
</body>
</html>
"""
