"""Writes a letter's text as HTML, in the mark-up of the editor it was last saved with.

However often a letter is saved again, its text stays the same: only indents, tags and empty
paragraphs differ.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from html import escape

from crawler.demo.letters import Block, Line, Table


class Markup(StrEnum):
    """How an editor writes paragraphs."""

    PARAGRAPHS = "paragraphs"  # indents by style
    DIVISIONS = "divisions"  # <div> and &nbsp;, as old editors save it
    WORD = "word"  # pasted from Word: MsoNormal, spans around every figure, <o:p>
    BREAKS = "breaks"  # one paragraph, its lines parted by <br>


_ALIGN = {"heading": "justify", "text": "justify", "right": "right", "center": "center"}


def write_blocks(blocks: Sequence[Block], markup: Markup) -> str:
    """Write blocks as HTML; equal text for every `markup`, save for white space at line ends."""
    if markup is Markup.BREAKS:
        return _write_breaks(blocks)
    write_line = _LINE_WRITERS[markup]
    return "\n".join(
        _write_table(block, markup) if isinstance(block, Table) else write_line(block)
        for block in blocks
    )


def _write_paragraph(line: Line) -> str:
    indent = "text-indent: 2em; " if line.place in ("text", "heading") else ""
    text = escape(line.text, quote=False)
    if line.place == "heading":
        text = f"<strong>{text}</strong>"
    return f'<p style="{indent}text-align: {_ALIGN[line.place]};">{text}</p>'


def _write_division(line: Line) -> str:
    indent = "&nbsp;" * 4 if line.place in ("text", "heading") else ""
    text = escape(line.text, quote=False)
    return f'<div align="{_ALIGN[line.place]}">{indent}{text}&nbsp;</div>\n<div>&nbsp;</div>'


# 2484家, 12.5%, 〔2025〕31号, A类: Word sets every run of Latin letters and digits apart
_LATIN_RUN = re.compile(r"([0-9A-Za-z.%]+)")
_MSO = 'class="MsoNormal" style="text-indent:32.0pt;mso-char-indent-count:2.0;line-height:28.0pt"'


def _write_word(line: Line) -> str:
    pieces = [escape(piece, quote=False) for piece in _LATIN_RUN.split(line.text)]
    latin = '<span lang="EN-US" style="font-family:仿宋">{}</span>'
    pieces[1::2] = [latin.format(piece) for piece in pieces[1::2]]
    indent = "　" * (2 if line.place in ("text", "heading") else 18)
    return (
        f'<p {_MSO}><span style="font-size:16.0pt;font-family:仿宋_GB2312">'
        f"{indent}{''.join(pieces)}</span>"
        '<span lang="EN-US"><o:p></o:p></span></p>'
    )


_LINE_WRITERS: dict[Markup, Callable[[Line], str]] = {
    Markup.PARAGRAPHS: _write_paragraph,
    Markup.DIVISIONS: _write_division,
    Markup.WORD: _write_word,
}


def _write_breaks(blocks: Sequence[Block]) -> str:
    """Write runs of lines as one paragraph each; a table ends the run."""
    written: list[str] = []
    run: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            written += [_close_run(run), _write_table(block, Markup.BREAKS)]
            run = []
        else:
            run.append("　　" + escape(block.text, quote=False))
    return "\n".join(part for part in (*written, _close_run(run)) if part)


def _close_run(lines: Sequence[str]) -> str:
    return f"<p>{'<br />'.join(lines)}</p>" if lines else ""


def _write_table(table: Table, markup: Markup) -> str:
    rows = []
    for row in table.rows:
        cells = "".join(f"<td>{_write_cell(cell, markup)}</td>" for cell in row)
        rows.append(f"<tr>{cells}</tr>")
    inner = "\n".join(rows)
    return f'<table border="1" cellspacing="0"><tbody>\n{inner}\n</tbody></table>'


def _write_cell(cell: str, markup: Markup) -> str:
    text = escape(cell, quote=False)
    return f'<p class="MsoNormal"><span>{text}</span></p>' if markup is Markup.WORD else text
