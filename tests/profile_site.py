"""Invented sites for the tests of profiles: letters without known marks, in several templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

TOPICS = ("养老", "河道", "校车", "算力", "夜市", "苗圃", "桥梁", "口岸", "剧场", "菜场", "古树")
WAYS = ("摸底排查", "分类整治", "定期巡护", "联合执法", "群众评议", "数据共享", "以奖代补")
PLACES = ("东坡片区", "南溪镇", "望江街道", "青石桥社区", "柳林开发区", "白塔乡", "沙河口")
MENU = "".join(f'<li><a href="/{n}/">栏目{n}公开</a></li>' for n in range(14))
FOOT = (
    "<p>主办单位：青岚市民生事务局　承办：青岚市政务数据中心</p>"
    "<p>本网站的所有内容未经书面授权不得转载，欢迎社会各界对本网站提出宝贵意见。</p>"
)
Letter = Sequence[str]
Template = Callable[[int, Letter], str]


def letter(number: int, paragraphs: int = 4) -> list[str]:
    """A letter's lines, unlike those of other numbers but for its polite and closing words."""
    topic = TOPICS[number % 11]
    body = [
        f"{at}、{PLACES[(number + at) % 7]}的{topic}工作由{WAYS[(number * 3 + at) % 7]}入手，"
        f"已完成{number * 13 + at}处，惠及{topic}相关群众{number * 71 + at * 9}户，"
        f"{WAYS[(number + at * 2) % 7]}随后在{PLACES[(number * 2 + at) % 7]}推开。"
        for at in range(1, paragraphs)
    ]
    return [
        f"{'王李周郑吴'[number % 5]}{'甲乙丙丁戊己庚'[number % 7]}委员：",
        f"您提出的《关于加强{topic}工作的建议》（第{number:04d}号）收悉。现答复如下：",
        *body,
        "感谢您对我局工作的关心和支持！",
        "青岚市民生事务局",
        f"2024年{number % 12 + 1}月{number % 28 + 1}日",
    ]


def paragraphs(lines: Letter) -> str:
    return "".join(f"<p>　　{line}</p>" for line in lines)


def title(number: int) -> str:
    return f"关于市政协六届二次会议第{number:04d}号提案的复函"


def frame(number: int, main: str) -> str:
    """A whole page: menu above, footer below."""
    return (
        f"<html><head><meta charset=utf-8><title>{title(number)}</title></head><body>"
        f'<div class="top"><ul>{MENU}</ul></div>{main}<div class="foot">{FOOT}</div></body></html>'
    )


def plain(number: int, lines: Letter) -> str:
    tools = '<div class="tools">【字体：大 中 小】 <a href="javascript:print()">打印</a></div>'
    return frame(
        number,
        f'<div class="main"><h1>{title(number)}</h1>{tools}'
        f'<div class="nr">{paragraphs(lines)}</div></div>',
    )


def redesigned(number: int, lines: Letter) -> str:
    return frame(
        number,
        f'<section id="page"><h2>{title(number)}</h2><article class="words">{paragraphs(lines)}'
        "</article></section>",
    )


def old_tables(number: int, lines: Letter) -> str:
    """Layout tables without a class or an id, as sites of 2005 have them."""
    text = "<br>".join(f"　　{line}" for line in lines)
    side = "".join(f'<tr><td><a href="/n/{n}">通知公告第{n}条</a></td></tr>' for n in range(9))
    return frame(
        number,
        '<table width="960"><tr><td width="200" valign="top">'
        f"<table>{side}</table></td><td width='760'><table width='740'>"
        f"<tr><td align=center>{title(number)}</td></tr><tr><td width='700'>{text}</td></tr>"
        "</table></td></tr></table>",
    )


def footer_of_same_class(number: int, lines: Letter) -> str:
    return frame(
        number,
        f'<div class="box"><div class="text">{paragraphs(lines)}</div></div>'
        f'<div class="bottom"><div class="text">{FOOT * 3}</div></div>',
    )


def with_sidebar(number: int, lines: Letter) -> str:
    news = "".join(
        f'<li><a href="/n/{number}{n}">{PLACES[(number + n) % 7]}召开'
        f"第{number * n}次调度会议</a></li>"
        for n in range(12)
    )
    return frame(
        number,
        f'<div class="wide"><div class="side"><h3>最新动态</h3><ul>{news}</ul></div>'
        f'<div class="nr">{paragraphs(lines)}</div></div>',
    )


def with_comments(number: int, lines: Letter) -> str:
    said = "".join(
        f"<div class=c><b>网友{number * 7 + n}</b><p>{PLACES[(number + n) % 7]}也盼着{n}月"
        '开工。</p><a href="#">回复</a></div>'
        for n in range(1 + number % 3)
    )
    return frame(
        number,
        f'<div class="wide"><div class="nr">{paragraphs(lines)}</div>'
        f'<div class="talk"><h3>网友评论</h3>{said}<a href="#">发表评论</a></div></div>',
    )


def in_pieces(number: int, lines: Letter) -> str:
    """The letter in two blocks side by side, head and text."""
    return frame(
        number,
        f'<div class="whole"><div class="hd">{paragraphs(lines[:3])}</div>'
        f'<div class="tx">{paragraphs(lines[3:])}</div></div>',
    )


def numbered(number: int, lines: Letter) -> str:
    """A container whose id counts pages."""
    return frame(
        number,
        f'<div class="main"><div id="art_{number * 911}">{paragraphs(lines)}</div>'
        f'<div id="rel_{number * 7}"><a href="/1">相关链接一</a><a href="/2">相关链接二</a>'
        "</div></div>",
    )


def twins(number: int, lines: Letter) -> str:
    """The same text for PC and telephone on one page."""
    text = paragraphs(lines)
    return frame(
        number,
        f'<div class="pc"><div class="nr">{text}</div></div>'
        f'<div class="wap"><div class="nr">{text}</div></div>',
    )


TEMPLATES: dict[str, Template] = {
    "plain": plain,
    "redesigned": redesigned,
    "old tables": old_tables,
    "footer of the same class": footer_of_same_class,
    "sidebar": with_sidebar,
    "comments": with_comments,
    "in pieces": in_pieces,
    "numbered": numbered,
    "twins": twins,
}
