"""A TRS site as the economy commission runs it: few metadata, neighbours, a second `TRS_Editor`.

The mark-up follows the makes seen on jjxxw.cq.gov.cn and elsewhere: `a > p + span` in lists,
`createPageHTML`, `.gfxwj-content` around `.TRS_Editor`, and a footer that is a `TRS_Editor` too.
"""

from __future__ import annotations

from html import escape

from crawler.demo.letters import DemoLetter
from crawler.demo.markup import write_blocks
from crawler.demo.pages import (
    ArticlePage,
    Furniture,
    Link,
    ListPage,
    Masthead,
    Template,
    print_weekday,
    tag_meta,
)
from crawler.demo.styles import ECONOMY_STYLE
from crawler.demo.trs_science import name_letter, name_list

MENU = ("首页", "要闻", "政务公开", "办事大厅", "互动", "产业地图", "数据", "党建", "专题")
SERVICES = (
    *("企业开办", "技改项目备案", "中小企业诉求", "无线电管理", "民爆审批", "绿色制造申报"),
    *("“专精特新”申报", "首台套认定", "工业设计中心", "工业和信息化专项资金", "节能监察"),
)


def render_article(page: ArticlePage) -> str:
    """One letter's page."""
    letter, title = page.letter, escape(page.letter.title)
    return f"""{_head(letter.title, page.furniture, tag_meta(page))}
<body>
{_top(page.masthead, page.home, page.furniture)}
<div id="main">
<div class="position">当前位置：<a href="{page.home}index.html">首页</a> &gt;
<a>政务公开</a> &gt; <a href="{page.column_href}">{page.column}</a> &gt; 正文</div>
<div class="gfxwj-content">
<h1>{title}</h1>
<p class="source">发布时间：{page.published:%Y-%m-%d}　来源：{letter.agency.name}
浏览次数：<em id="views">{page.views}</em>　<a href="javascript:;">【打印】</a>
<a href="javascript:;">【关闭】</a></p>
{_metadata(letter)}
<div class="TRS_Editor">
{write_blocks((*letter.head, *letter.text, *letter.tail), page.markup)}
{_files(letter)}
</div>
<div class="turn">
{_neighbour("上一条", page.previous)}
{_neighbour("下一条", page.following)}
</div>
</div>
{_related(page.related)}
</div>
{_foot(page.masthead)}
</body>
</html>
"""


def render_list(page: ListPage) -> str:
    """One page of a column."""
    items = "\n".join(
        f'<a href="{link.href}" target="_blank"><p>{escape(link.text)}</p>'
        f"<span>{link.day:%Y-%m-%d}</span></a>"
        for link in page.items
    )
    return f"""{_head(page.column, page.furniture, "")}
<body>
{_top(page.masthead, page.home, page.furniture)}
<div id="main">
<div class="position">当前位置：<a href="{page.home}index.html">首页</a> &gt;
<a>政务公开</a> &gt; {page.column}</div>
<div class="gl-list">
{items}
</div>
<div class="pages"><script type="text/javascript">
<!--
createPageHTML({page.count}, {page.number - 1}, "index", "html");
//-->
</script></div>
</div>
{_foot(page.masthead)}
</body>
</html>
"""


def _metadata(letter: DemoLetter) -> str:
    """The few letters that have an index number show it with the rest, as a list of labels."""
    if not letter.has_metadata():
        return ""
    values = {
        "索引号": letter.index_number,
        "发文字号": letter.document_number,
        "主题分类": letter.subject_category,
        "体裁分类": letter.genre_category,
        "发布机构": letter.agency.short,
        "成文日期": letter.date_written,
    }
    items = "\n".join(
        f"<li><label>[ {label} ]</label><span>{value}</span></li>"
        for label, value in values.items()
        if value
    )
    return f'<ul class="gfxwj-meta">\n{items}\n</ul>'


def _files(letter: DemoLetter) -> str:
    return "\n".join(
        f'<p>附件：<a href="./{file.name}">{escape(file.label)}</a></p>' for file in letter.files
    )


def _neighbour(label: str, link: Link | None) -> str:
    name = f'<a href="{link.href}">{escape(link.text)}</a>' if link else "没有了"
    return f"<p>{label}：{name}</p>"


def _related(links: tuple[Link, ...]) -> str:
    items = "\n".join(
        f'<li><a href="{link.href}" title="{escape(link.text)}">{escape(link.text)}</a>'
        f"<i>{link.day:%m-%d}</i></li>"
        for link in links
    )
    return f'<div class="right"><h3>热点推荐</h3><ul>\n{items}\n</ul></div>'


# --- head and foot ---------------------------------------------------------------------------


def _head(title: str, furniture: Furniture, meta: str) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
 "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<title>{escape(title)}</title>
{meta}
<script type="text/javascript">var build = "{furniture.build}";</script>
<style type="text/css">{ECONOMY_STYLE}</style>
</head>"""


def _top(masthead: Masthead, home: str, furniture: Furniture) -> str:
    menu = "\n".join(f'<a href="{home}index.html">{entry}</a>' for entry in MENU)
    services = "\n".join(f'<li><a href="javascript:;">{entry}</a></li>' for entry in SERVICES)
    banner = f'<div class="float-ad">{furniture.banner}</div>' if furniture.banner else ""
    return f"""<div id="bar">今天是{print_weekday(furniture.today)}
<a>中国政府网</a> <a>工业和信息化主管部门</a> <a>市政府网</a> <a>繁體版</a> <a>无障碍浏览</a></div>
{banner}
<div id="head"><h2>{masthead.agency.name}</h2></div>
<div id="menu">
{menu}
</div>
<ul class="services" style="display:none">
{services}
</ul>"""


def _foot(masthead: Masthead) -> str:
    return f"""<div class="footer"><div class="TRS_Editor">
<p>主办单位：{masthead.agency.name}　承办单位：市经济信息中心</p>
<p>地址：澜江市青溪区滨江路1号　邮编：509000　电话：{masthead.telephone}</p>
<p>{masthead.icp}　{masthead.police}　网站标识码：{masthead.site_code}</p>
</div></div>"""


TRS_ECONOMY = Template(
    article=render_article,
    listing=render_list,
    list_name=name_list,
    letter_name=name_letter,
)
