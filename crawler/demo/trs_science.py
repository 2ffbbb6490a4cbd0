"""A TRS site as the science bureau runs it: metadata printed twice, `createPage`, mobile twins.

The mark-up follows the make seen on kjj.cq.gov.cn: `li.clearfix > a[title] + span` in lists,
`.zwxl-article` around QR code, share links and `.trs_editor_view`.
"""

from __future__ import annotations

from datetime import date
from html import escape

from crawler.demo.letters import DemoLetter
from crawler.demo.markup import Markup, write_blocks
from crawler.demo.pages import (
    ArticlePage,
    Furniture,
    Link,
    ListPage,
    Masthead,
    Template,
    tag_meta,
)
from crawler.demo.styles import SCIENCE_STYLE

MENU: dict[str, tuple[str, ...]] = {
    "首页": (),
    "新闻动态": ("工作动态", "通知公告", "区县科技", "媒体关注", "图片新闻", "视频新闻"),
    "政务公开": ("政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"),
    "政务服务": ("办事指南", "项目申报", "技术合同登记", "高企认定", "外国专家来澜工作许可"),
    "互动交流": ("局长信箱", "在线访谈", "民意征集", "网上调查", "常见问题"),
    "科技专题": ("科技活动周", "双创赛事", "创新驱动", "科普之窗", "智库论坛"),
    "数据开放": ("统计公报", "科技统计", "数据解读"),
}


def render_article(page: ArticlePage) -> str:
    """One letter's page for large screens."""
    letter, home = page.letter, page.home
    return f"""{_head(letter.title, home, page.furniture, tag_meta(page))}
<body>
{_top(page.masthead, home)}
{_banner(page.furniture)}
<div class="wrap">
<div class="crumb"><span>您当前的位置:</span> <a href="{home}index.html">首页</a>&gt;
<a>政务公开</a>&gt;<a>政府信息公开目录</a>&gt;<a href="{page.column_href}">{page.column}</a></div>
<div class="zwxl-article">
{_metadata(letter, page.published, "pc")}
{_metadata(letter, page.published, "mobile")}
<h1 class="zwxl-title">{escape(letter.title)}</h1>
<div class="zwxl-info"><span class="tit">日期：{page.published:%Y-%m-%d}</span>
<span class="font-size">字体：【<a href="javascript:;">大</a> <a href="javascript:;">中</a>
<a href="javascript:;">小</a>】</span> <a class="print" href="javascript:;">打印</a>
<a class="speak" href="javascript:;">语音播报</a></div>
{_content(letter, page.markup)}
{_SHARE}
</div>
{_related(page.related)}
</div>
{_foot(page.masthead)}
<script src="{home}images/common.js?v={page.furniture.build}"></script>
</body>
</html>
"""


def render_twin(page: ArticlePage) -> str:
    """The same letter's page for telephones, at `…_wap.html`."""
    letter, masthead = page.letter, page.masthead
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1.0, user-scalable=no">
<title>{escape(letter.title)}</title>
{tag_meta(page)}
<link rel="stylesheet" href="{page.home}images/wap.css?v={page.furniture.build}">
</head>
<body class="wap">
<div class="wap-head"><a href="{page.home}index.html">{masthead.site}</a></div>
<div class="zwxl-article">
{_metadata(letter, page.published, "mobile")}
<h1 class="zwxl-title">{escape(letter.title)}</h1>
{_content(letter, page.markup)}
</div>
<div class="wap-foot">主办单位：{masthead.agency.name}　{masthead.icp}</div>
</body>
</html>
"""


def render_list(page: ListPage) -> str:
    """One page of a column."""
    home = page.home
    items = "\n".join(_item(link) for link in page.items)
    columns = "\n".join(f'<li><a href="{c.href}">{c.name}</a></li>' for c in page.columns)
    return f"""{_head(page.column, home, page.furniture, "")}
<body>
{_top(page.masthead, home)}
{_banner(page.furniture)}
<div class="wrap">
<div class="crumb"><span>您当前的位置:</span> <a href="{home}index.html">首页</a>&gt;
<a>政务公开</a>&gt;<a>{page.column}</a></div>
<div class="today">最近更新：{page.furniture.today:%Y-%m-%d}</div>
<div class="side"><ul class="menu">
{columns}
</ul></div>
<div class="list">
<ul class="tab-item">
{items}
</ul>
<div class="page"><script>
createPage({page.count}, {page.number - 1}, "index","html");
</script></div>
</div>
</div>
{_foot(page.masthead)}
<script src="{home}images/createPage.js?v={page.furniture.build}"></script>
</body>
</html>
"""


def _content(letter: DemoLetter, markup: Markup) -> str:
    return f"""<div class="zwxl-content">
<div class="trs_editor_view TRS_UEDITOR trs_paper_default">
{write_blocks((*letter.head, *letter.text, *letter.tail), markup)}
{_files(letter)}
</div>
<!--EndFragment-->
</div>"""


def _item(link: Link) -> str:
    title = escape(link.text)
    shown = title if len(title) <= 34 else f"{title[:33]}..."
    return (
        f'<li class="clearfix"><a href="{link.href}" target="_blank" title="{title}">{shown}</a>'
        f"<span>{link.day:%Y-%m-%d}</span></li>"
    )


def _metadata(letter: DemoLetter, published: date, box: str) -> str:
    """The metadata table; an empty value stays an empty cell."""
    rows = (
        ("索引号", letter.index_number, "发文字号", letter.document_number),
        ("主题分类", letter.subject_category, "体裁分类", letter.genre_category),
        ("发布机构", letter.agency.short, "有效性", None),
        ("成文日期", letter.date_written, "发布日期", published),
    )
    written = "\n".join(
        f'<tr><td class="t1">[ {a} ]</td><td class="t2">{v or ""}</td>'
        f'<td class="t1">[ {b} ]</td><td class="t2">{w or ""}</td></tr>'
        for a, v, b, w in rows
    )
    return f'<div class="zwxl-bar {box}"><table class="zwxl-table">\n{written}\n</table></div>'


def _files(letter: DemoLetter) -> str:
    links = "<br>".join(
        f'<a href="./{file.name}" appendix="true" target="_blank">{escape(file.label)}</a>'
        for file in letter.files
    )
    return f'<p class="appendix">附件：{links}</p>' if links else ""


_SHARE = """<div class="share clearfix"><span>分享到：</span><a class="wx" title="微信">微信</a>
<a class="wb" title="微博">微博</a><a class="qz" title="QQ空间">QQ空间</a></div>
<div class="qr"><canvas width="120" height="120"></canvas><p>扫一扫在手机打开当前页</p></div>"""


def _related(links: tuple[Link, ...]) -> str:
    items = "\n".join(f'<li><a href="{link.href}">{escape(link.text)}</a></li>' for link in links)
    return f'<div class="related"><h3>相关信息</h3>\n<ul>\n{items}\n</ul></div>' if links else ""


def _banner(furniture: Furniture) -> str:
    text = furniture.banner
    return f'<div class="banner"><a href="javascript:;">{text}</a></div>' if text else ""


# --- head and foot ---------------------------------------------------------------------------


def _head(title: str, home: str, furniture: Furniture, meta: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta http-equiv="X-UA-Compatible" content="IE=edge">
<title>{escape(title)}</title>
{meta}
<link rel="stylesheet" href="{home}images/common.css?v={furniture.build}">
<style>{SCIENCE_STYLE}</style>
</head>"""


def _top(masthead: Masthead, home: str) -> str:
    menus = "\n".join(_menu(head, entries, home) for head, entries in MENU.items())
    return f"""<div class="sitebar"><a>中国政府网</a><a>省政府网</a><a>市政府网</a>
<a>无障碍</a><a>适老版</a><a>登录</a><a>注册</a></div>
<div class="top"><a href="{home}index.html">{masthead.agency.name}</a></div>
<ul class="nav">
{menus}
</ul>"""


def _menu(head: str, entries: tuple[str, ...], home: str) -> str:
    below = "".join(f'<li><a href="javascript:;" title="{e}">{e}</a></li>' for e in entries)
    return f'<li><a href="{home}index.html">{head}</a><ul>{below}</ul></li>'


def _foot(masthead: Masthead) -> str:
    return f"""<div class="foot">
<p><a>关于我们</a> | <a>网站地图</a> | <a>“六稳”“六保”线索征集</a> | <a>政府网站找错</a></p>
<p>主办单位：{masthead.agency.name}　网站标识码：{masthead.site_code}</p>
<p>{masthead.icp}　<a>{masthead.police}</a>　联系电话：{masthead.telephone}</p>
</div>"""


# --- addresses -------------------------------------------------------------------------------


def name_list(number: int, count: int) -> str:
    """Page 1 is the folder itself, page n `index_{n-1}.html`."""
    return "" if number == 1 else f"index_{number - 1}.html"


def name_letter(published: date, running: int) -> str:
    """`202410/t20241012_13700173.html`."""
    return f"{published:%Y%m}/t{published:%Y%m%d}_{running}.html"


TRS_SCIENCE = Template(
    article=render_article,
    listing=render_list,
    list_name=name_list,
    letter_name=name_letter,
    twin=render_twin,
)
