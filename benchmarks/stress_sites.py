"""Owns the invented sites of the stress set: what stands around a letter, dealt by a seed.

Words and names vary from page to page, so that no reader does well by knowing one template. No
site here is the one of `crawler.demo`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from random import Random

from crawler.demo.letters import DemoLetter

_CITIES = ("衡泽市", "临浦区", "青栎县", "北沅市", "汀安区")
_MENUS = (
    ("首页", "机构概况", "政务公开", "网上办事", "互动交流", "专题专栏"),
    ("网站首页", "新闻中心", "信息公开", "政务服务", "政民互动", "数据发布", "走进我们"),
    ("首 页", "领导之窗", "工作动态", "公示公告", "政策法规", "在线服务"),
)
_BARS = (
    "中国政府网 | 省人民政府 | 市人民政府 | 无障碍浏览 | 长者版",
    "欢迎访问本网站！  设为首页  加入收藏  简体  繁体",
    "智能问答　政务邮箱　APP下载　微信公众号",
)
_CRUMBS = ("您当前的位置：", "当前位置 :", "您所在的位置:", "所在位置：")
_INFOS = (
    "发布时间：{day}　来源：{office}　浏览次数：{views}次",
    "日期：{day}　字体：【大 中 小】　打印　语音播报",
    "信息来源：{office} | 发布日期：{day} | 访问量：{views} | 分享到：",
    "{day} 09:17　【字体：大 中 小】　【打印本页】　【关闭窗口】",
)
_AFTERS = (
    "扫一扫在手机打开当前页",
    "【打印本页】　【关闭窗口】",
    "分享到： 微信 微博 QQ空间",
    "用微信“扫一扫”，分享至朋友圈",
    "【纠错】　【收藏】　【返回顶部】",
)
_NEIGHBOURS = (("上一条：", "下一条："), ("上一篇: ", "下一篇: "), ("上一页：", "下一页："))
_RELATED = ("相关信息", "相关链接", "推荐阅读", "热点新闻")
_FEET = (
    "主办单位：{office}　网站标识码：{code}　{icp}　{police}",
    "版权所有：{office}　地址：{city}建设路88号　邮编：509900　{icp}　技术支持：某某网络",
    "承办：{office}办公室　联系我们　网站地图　{icp}　{police}　网站标识码：{code}",
)
_NAMES = ("con", "nr", "wzxx", "xl_main", "box_02", "arc-con", "detail", "m_cont")


@dataclass(frozen=True, slots=True)
class Site:
    """One invented site's words around a letter; the same for the same seed."""

    city: str
    office: str
    menu: tuple[str, ...]
    bar: str
    crumb: str
    info: str
    after: tuple[str, ...]
    neighbours: tuple[str, str]
    related: str
    foot: str
    name: str  # of the container around everything that changes
    others: tuple[str, ...]  # titles of other letters

    def top(self) -> str:
        """Site bar, head and menu."""
        menu = "".join(f'<li><a href="/c/{n}/">{name}</a></li>' for n, name in enumerate(self.menu))
        return f"""<div class="topbar">{self.bar}</div>
<div class="head"><a href="/"><img src="/logo.png" alt="{self.office}"></a>
<form><input type="text" value="请输入关键字"><input type="submit" value="搜索"></form></div>
<div class="menu"><ul>{menu}</ul></div>
<div class="position">{self.crumb}<a href="/">首页</a> &gt; <a href="/zw/">政务公开</a> &gt;
<a href="/zw/jyta/">建议提案办理</a> &gt; 正文</div>"""

    def heading(self, letter: DemoLetter) -> str:
        """The title and the line under it."""
        return f'<h1 class="bt">{escape(letter.title)}</h1>\n<div class="xx">{self.info}</div>'

    def below(self) -> str:
        """What stands under an article: tools, neighbours, related letters."""
        tools = "".join(f"<p>{text}</p>" for text in self.after)
        links = [f'<a href="t{n}.html">{escape(title)}</a>' for n, title in enumerate(self.others)]
        turns = "".join(
            f"<p>{word}{link}</p>" for word, link in zip(self.neighbours, links, strict=False)
        )
        related = "".join(f"<li>{link}</li>" for link in links[2:])
        return f"""<div class="tools">{tools}</div>
<div class="turn">{turns}</div>
<div class="xgxx"><h3>{self.related}</h3><ul>{related}</ul></div>"""

    def footer(self) -> str:
        """The site's foot."""
        return f'<div class="foot"><p>{self.foot}</p></div>'

    def page(self, letter: DemoLetter, article: str, *, charset: str = "utf-8") -> str:
        """A whole page: everything around `article`, title included."""
        return f"""<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>{escape(letter.title)}_{self.office}</title>
<meta name="ArticleTitle" content="{escape(letter.title)}"></head>
<body>
{self.top()}
<div class="{self.name}">
{self.heading(letter)}
{article}
{self.below()}
</div>
{self.footer()}
<script>var visits = 0; document.write("今日访问：" + visits);</script>
</body></html>"""


def deal_site(draw: Random, others: Sequence[str]) -> Site:
    """A site dealt by `draw`; `others` are titles of other letters it links to."""
    city = draw.choice(_CITIES)
    office = city + draw.choice(("农业农村局", "教育局", "交通运输局", "卫生健康委员会"))
    number = draw.randint(10000000, 99999999)
    fillings = {
        "city": city,
        "office": office,
        "day": f"20{draw.randint(17, 25)}-{draw.randint(1, 12):02d}-{draw.randint(1, 28):02d}",
        "views": str(draw.randint(11, 9999)),
        "code": f"{draw.randint(1000000000, 9999999999)}",
        "icp": f"某ICP备{number}号-{draw.randint(1, 9)}",
        "police": f"某公网安备 {number}000{draw.randint(100, 999)}号",
    }
    return Site(
        city=city,
        office=office,
        menu=draw.choice(_MENUS),
        bar=draw.choice(_BARS),
        crumb=draw.choice(_CRUMBS),
        info=draw.choice(_INFOS).format(**fillings),
        after=tuple(draw.sample(_AFTERS, 2)),
        neighbours=draw.choice(_NEIGHBOURS),
        related=draw.choice(_RELATED),
        foot=draw.choice(_FEET).format(**fillings),
        name=draw.choice(_NAMES),
        others=tuple(others),
    )


# How an article's container opens and closes: makes of software that are known …
KNOWN_CONTAINERS = (
    ('<div class="TRS_Editor">', "</div>"),
    ('<div class="view TRS_UEDITOR trs_paper_default trs_web">', "</div>"),
    ('<div id="zoom" class="article">', "</div>"),
    ('<div id="vsb_content_4"><div class="v_news_content">', "</div></div>"),
    ('<div class="pages_content" id="UCAP-CONTENT">', "</div>"),
)
# … and such as nobody has a name for.
UNKNOWN_CONTAINERS = (
    ('<div class="content_txt">', "</div>"),
    ('<div id="c1">', "</div>"),
    ("<div>", "</div>"),
    ('<table width="100%"><tr><td class="p3">', "</td></tr></table>"),
    ('<article><section class="txt">', "</section></article>"),
    ('<div class="main"><div class="left-box">', "</div></div>"),
)
CONTAINERS = (*KNOWN_CONTAINERS, *UNKNOWN_CONTAINERS)
