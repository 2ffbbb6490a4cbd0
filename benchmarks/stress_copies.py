"""Owns the stress pages that print more than the letter: copies of it, and texts like it."""

from __future__ import annotations

from html import escape
from random import Random

from benchmarks.stress_markup import blocks_of, contained
from benchmarks.stress_sites import KNOWN_CONTAINERS, UNKNOWN_CONTAINERS, Site
from crawler.demo.letters import DemoLetter
from crawler.demo.markup import Markup, write_blocks


def twin_bodies(letter: DemoLetter, site: Site, draw: Random) -> str:
    """The body printed once for large screens and once for telephones."""
    shape = draw.choice(list(Markup))
    start, end = draw.choice(KNOWN_CONTAINERS[:3])
    body = f"{start}{write_blocks(blocks_of(letter), shape)}{end}"
    one, two = draw.choice((("pc", "mobile"), ("xl-pc", "xl-wap"), ("hidden-xs", "visible-xs")))
    style = draw.choice((' style="display:none"', ""))
    return site.page(
        letter, f'<div class="{one}">{body}</div>\n<div class="{two}"{style}>{body}</div>'
    )


def footer_same_class(letter: DemoLetter, site: Site, draw: Random) -> str:
    """The site's foot, and sometimes a notice above, in the class of the article."""
    start, end = draw.choice(KNOWN_CONTAINERS[:2])
    inner = write_blocks(blocks_of(letter), draw.choice(list(Markup)))
    notice = f"{start}<p>请使用IE9及以上浏览器访问本站，以获得最佳浏览效果。</p>{end}"
    page = site.page(letter, (notice if draw.random() < 0.5 else "") + f"{start}{inner}{end}")
    footer = f'<div class="bottom">{start}<p>{site.foot}</p>{end}</div>'
    return page.replace(site.footer(), footer)


def metadata_twice(letter: DemoLetter, site: Site, draw: Random) -> str:
    """A metadata table for PC and again for mobile, and a QR text, beside or in the container."""
    index = f"1150000000930{draw.randint(10000, 99999)}/2025-00{draw.randint(100, 999)}"
    labels = (
        "[ 索引号 ]",
        "[ 发文字号 ]",
        "[ 主题分类 ]",
        "[ 体裁分类 ]",
        "[ 发布机构 ]",
        "[ 有效性 ]",
    )
    values = (index, "", "城乡建设", "政协提案办理;人大建议办理", site.office, "")
    cells = [
        f'<td class="t1">{label}</td><td class="t2">{value}</td>'
        for label, value in zip(labels, values, strict=True)
    ]
    rows = "".join(f"<tr>{a}{b}</tr>" for a, b in zip(cells[::2], cells[1::2], strict=True))
    table = f'<table class="zwxl-table">{rows}</table>'
    twice = f'<div class="zwxl-bar pc">{table}</div><div class="zwxl-bar mobile">{table}</div>'
    text = write_blocks(blocks_of(letter), draw.choice(list(Markup)))
    if draw.random() < 0.5:
        return site.page(letter, twice + contained(text, draw))
    return site.page(letter, contained(twice + text + f"<p>{site.after[0]}</p>", draw))


def tools_inside(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Title, date line, sharing and the neighbours' titles inside the article's container."""
    text = write_blocks(blocks_of(letter), draw.choice((Markup.PARAGRAPHS, Markup.DIVISIONS)))
    inner = f"{site.heading(letter)}\n{text}\n{site.below()}"
    page = site.page(letter, "@article@")
    page = page.replace(site.heading(letter), "").replace(site.below(), "")
    return page.replace("@article@", contained(inner, draw))


def read_aloud(letter: DemoLetter, site: Site, draw: Random) -> str:
    """A hidden copy of the text beside the shown one, for a voice to read."""
    blocks = blocks_of(letter)
    copy = "".join(getattr(block, "text", "") for block in blocks)
    hidden = draw.choice(
        (
            '<div style="display: none" id="readtext">{}</div>',
            '<div hidden class="tts">{}</div>',
            '<textarea style="display:none">{}</textarea>',
        )
    ).format(escape(copy))
    text = contained(write_blocks(blocks, draw.choice(list(Markup))), draw)
    return site.page(letter, hidden + text if draw.random() < 0.5 else text + hidden)


def in_pieces(letter: DemoLetter, site: Site, draw: Random) -> str:
    """The text in two containers side by side, as an editor parts long letters."""
    start, end = draw.choice(KNOWN_CONTAINERS[:2])
    blocks, shape = blocks_of(letter), draw.choice(list(Markup))
    middle = len(blocks) // 2
    parts = (blocks[:middle], blocks[middle:])
    return site.page(letter, "".join(f"{start}{write_blocks(x, shape)}{end}" for x in parts))


def abstracts_beside(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Other letters' beginnings in a column beside the article, and a statement under it."""
    items = "".join(
        f'<li><a href="a{n}.html">{escape(title)}</a><p>现将有关情况答复如下：一是完善工作机制，'
        f"二是加大资金投入，三是强化督促检查。<em>[详细]</em></p></li>"
        for n, title in enumerate(site.others)
    )
    side = f'<div class="side"><h4>{site.related}</h4><ul>{items}</ul></div>'
    note = (
        "<p>声明：本网站转载内容仅供参考，以正式文件为准。未经授权，任何单位和个人不得"
        "擅自复制或者建立镜像。如发现差错，请与网站管理员联系。</p>"
    )
    text = write_blocks(blocks_of(letter), draw.choice(list(Markup)))
    article = contained(text, draw, UNKNOWN_CONTAINERS)
    page = site.page(letter, f'{side}<div class="main-r">{article}</div>')
    return page.replace(site.footer(), f'<div class="statement">{note}</div>{site.footer()}')
