"""Owns how the stress set's letters are written: one function a form of page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from random import Random

from benchmarks.stress_letters import Dealt
from benchmarks.stress_sites import CONTAINERS, KNOWN_CONTAINERS, UNKNOWN_CONTAINERS, Site
from crawler.demo.letters import Block, DemoLetter, Line, Table
from crawler.demo.markup import Markup, write_blocks

_DEEP = 1000


def blocks_of(letter: DemoLetter) -> tuple[Block, ...]:
    """Everything printed of a letter, from the document number to the contacts."""
    return (*letter.head, *letter.text, *letter.tail)


def _links(letter: DemoLetter) -> str:
    return "".join(
        f'<p>附件：<a href="./{file.name}">{escape(file.label)}</a></p>' for file in letter.files
    )


def contained(inner: str, draw: Random, containers: Sequence[tuple[str, str]] = CONTAINERS) -> str:
    """Markup in one of the containers."""
    start, end = draw.choice(containers)
    return f"{start}\n{inner}\n{end}"


def plain(letter: DemoLetter, site: Site, draw: Random) -> str:
    """The letter in any container, in any editor's markup."""
    inner = write_blocks(blocks_of(letter), draw.choice(list(Markup))) + _links(letter)
    return site.page(letter, contained(inner, draw))


def files_beside(letter: DemoLetter, site: Site, draw: Random) -> str:
    """The files' links behind the container, in a list of their own, or inside."""
    text = write_blocks(blocks_of(letter), draw.choice(list(Markup)))
    if draw.random() < 0.5:
        return site.page(letter, contained(text + _links(letter), draw))
    items = "".join(
        f'<li><a href="./{file.name}" target="_blank">{escape(file.label)}</a></li>'
        for file in letter.files
    )
    listed = f'<div class="fujian"><b>附件：</b><ul>{items}</ul></div>'
    return site.page(letter, contained(text, draw) + listed)


def signature_in_table(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Office and date set right by a table without borders."""
    kept, signed = _parted(letter)
    rows = "".join(f"<tr><td></td><td>{escape(line.text)}</td></tr>" for line in signed)
    table = f'<table width="100%" border="0">{rows}</table>'
    inner = write_blocks((*letter.head, *kept), draw.choice(list(Markup))) + table
    inner += write_blocks(letter.tail, Markup.PARAGRAPHS)
    return site.page(letter, contained(inner, draw))


def signature_behind(letter: DemoLetter, site: Site, draw: Random) -> str:
    """The editor's container closes too early: the signature stands behind it."""
    kept, signed = _parted(letter)
    text = write_blocks((*letter.head, *kept), draw.choice(list(Markup)))
    behind = "".join(f'<p align="right">{escape(line.text)}</p>' for line in signed)
    behind += write_blocks(letter.tail, Markup.PARAGRAPHS)
    return site.page(letter, f"<div>{contained(text, draw, KNOWN_CONTAINERS)}{behind}</div>")


def _parted(letter: DemoLetter) -> tuple[Sequence[Block], Sequence[Line]]:
    """The letter's text without its signature block, and the signature block."""
    signed = [x for x in letter.text if isinstance(x, Line) and x.place == "right"]
    return [block for block in letter.text if block not in signed], signed


def deeply_nested(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Each paragraph deeper than the one before, as an editor does that never closes its tags."""
    tag = draw.choice(("div", "span", "font"))
    blocks = blocks_of(letter)
    step = _DEEP // len(blocks) + 1
    inner = "".join(
        f"<{tag}>" * step + write_blocks((block,), Markup.PARAGRAPHS) for block in blocks
    )
    inner += f"</{tag}>" * (step * len(blocks))
    return site.page(letter, contained(inner, draw))


def word(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Pasted from Word, its settings, comments and own tags included."""
    settings = (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>"
        "<![endif]--><style>p.MsoNormal{margin:0cm;font-family:仿宋_GB2312}</style>"
    )
    inner = settings + write_blocks(blocks_of(letter), Markup.WORD)
    smart = '<st1:chsdate w:st="on" isrocdate="False">{}</st1:chsdate>'
    day = letter.text[-1]
    if isinstance(day, Line) and day.text.isascii():
        inner = inner.replace(day.text, smart.format(day.text))
    return site.page(letter, contained(inner, draw))


def _font(line: Line) -> str:
    align = ' ALIGN="right"' if line.place == "right" else ""
    return f"<P{align}><FONT SIZE=3>&nbsp;&nbsp;&nbsp; {escape(line.text)}</FONT></P>"


def layout_tables(letter: DemoLetter, site: Site, draw: Random) -> str:
    """A site of 2004: tables in tables, capital tags, no class names, nothing closed in order."""
    text = "\n".join(
        _font(block) if isinstance(block, Line) else write_blocks((block,), Markup.PARAGRAPHS)
        for block in blocks_of(letter)
    )
    menu = "".join(
        f'<TR><TD><A HREF="/{n}">{name}</A></TD></TR>' for n, name in enumerate(site.menu)
    )
    others = "<BR>".join(f'·<A HREF="{n}.htm">{title}</A>' for n, title in enumerate(site.others))
    return f"""<HTML><HEAD><TITLE>{escape(letter.title)}</TITLE></HEAD>
<BODY BGCOLOR="#FFFFFF"><TABLE WIDTH=778 ALIGN=center><TR><TD COLSPAN=2>{site.bar}</TD></TR>
<TR><TD WIDTH=160 VALIGN=top><TABLE>{menu}</TABLE><B>{site.related}</B><BR>{others}</TD>
<TD><TABLE WIDTH="100%"><TR><TD>{site.crumb}<A HREF="/">首页</A> - 建议提案</TD></TR>
<TR><TD ALIGN=center><B>{escape(letter.title)}</B></TD></TR>
<TR><TD ALIGN=center>{site.info}</TD></TR>
<TR><TD>{text}</TD></TR>
<TR><TD ALIGN=right>{site.after[0]}</TD></TR></TABLE></TD></TR>
<TR><TD COLSPAN=2 ALIGN=center>{site.foot}</TD></TR></TABLE></BODY></HTML>"""


def declared_gb2312(letter: DemoLetter, site: Site, draw: Random) -> str:
    """A page that says gb2312, with characters only GBK and GB18030 have."""
    text = write_blocks(blocks_of(letter), draw.choice(list(Markup)))
    return site.page(letter, contained(text, draw), charset="gb2312")


def fragment(letter: DemoLetter, site: Site, draw: Random) -> str:
    """A piece of a page: no head, no body, tags open at its end."""
    text = write_blocks(blocks_of(letter), draw.choice(list(Markup)))
    return f"""<div class="wrap"><table class="bd1"><tr><td><b>索 引 号：</b></td>
<td>000099143/2025-00{draw.randint(100, 999)}</td><td><b>发文机关：</b></td>
<td>{site.office}</td></tr>
<tr><td><b>主题分类：</b></td><td>其他</td><td><b>成文日期：</b></td><td></td></tr></table>
{contained(text, draw)}
<div class="ewm"><p>{site.after[0]}</p><p>{site.after[1]}"""


def form_letter(dealt: Dealt) -> DemoLetter:
    """A reply on a form: its text is the rows of a table, the class a lone A."""
    letter = dealt.letter()
    _, day = dealt.sign_off(letter)
    rows = (
        ("承办单位", letter.agency.name),
        ("提案编号", f"{dealt.draw.randint(1, 900):04d}"),
        ("办理类别", "A"),
        ("答复内容", "经实地踏勘，拟于年内完成该处人行天桥方案设计，明年一季度开工建设。"),
        ("答复日期", day.text),
    )
    text = (Table(rows),)
    return replace(letter, text=text, head=(), tail=(), addressees=(), outcome_class="A")


def form_table(letter: DemoLetter, site: Site, draw: Random) -> str:
    """The form as a bordered table."""
    text = write_blocks(blocks_of(letter), draw.choice((Markup.PARAGRAPHS, Markup.WORD)))
    return site.page(letter, contained(text, draw))


def lists(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Paragraphs as list items and quotations, words cut by inline tags, comments between."""
    written = []
    for block in blocks_of(letter):
        if isinstance(block, Table):
            written.append(write_blocks((block,), Markup.PARAGRAPHS))
            continue
        middle = len(block.text) // 2
        text = escape(block.text[:middle]) + "<b><!-- --></b><font>" + escape(block.text[middle:])
        tag = draw.choice(("li", "blockquote", "section", "p"))
        item = f"<{tag}>{text}</font></{tag}>"
        written.append(f"<ul>{item}</ul>" if tag == "li" else item)
    return site.page(letter, contained("\n".join(written), draw, UNKNOWN_CONTAINERS))


def shell(letter: DemoLetter, site: Site, draw: Random) -> str:
    """A page whose text a script would fetch."""
    waiting = draw.choice(("正在加载中，请稍候…", "", "您的浏览器不支持JavaScript，请启用后重试。"))
    script = draw.choice(
        (
            'fetch("/api/article?id=88").then(r => r.json()).then(show);',
            '$.get("/getInfo",{id:88},function(d){$("#zoom").html(d.content)});',
            "window.__INITIAL_STATE__ = {};",
        )
    )
    article = f'<div id="app">{waiting}</div><script>{script}</script>'
    page = site.page(letter, "@article@")
    return page.replace(site.below(), "").replace("@article@", article)


def bare_breaks(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Text straight in the container, its lines parted by one or two breaks, no paragraph."""
    mark = draw.choice(("<br>", "<br/><br/>", "<BR>\n<BR>"))
    inner = mark.join(
        "&nbsp;&nbsp;&nbsp;&nbsp;" + escape(block.text)
        if isinstance(block, Line)
        else write_blocks((block,), Markup.PARAGRAPHS)
        for block in blocks_of(letter)
    )
    return site.page(letter, contained(inner, draw))


def unclosed(letter: DemoLetter, site: Site, draw: Random) -> str:
    """Paragraphs and cells that are never closed, stray closing tags between."""
    text = write_blocks(blocks_of(letter), Markup.PARAGRAPHS)
    for tag in ("</p>", "</td>", "</tr>", "</strong>" if draw.random() < 0.5 else "</p>"):
        text = text.replace(tag, "")
    return site.page(letter, contained(text.replace("<p", "</span><p"), draw))


def declared_utf8(letter: DemoLetter, site: Site, draw: Random) -> str:
    """A page that says utf-8 where its bytes are GB18030."""
    text = write_blocks(blocks_of(letter), draw.choice(list(Markup)))
    return site.page(letter, contained(text, draw), charset="utf-8")
