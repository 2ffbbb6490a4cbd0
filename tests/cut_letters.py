"""Prints whole paragraphs as old sites did: in lines cut to a width, in the markup of the day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

# what no line begins with, in the rules of Chinese typesetting
_NEVER_FIRST = "，。、；：！？）》”’％%〕"
_SIGNED = re.compile(r"[\u4e00-\u9fff]{4,20}[局厅委会]|[12二]\S{3}年\S{1,2}月\S{1,3}日")
_WORD = re.compile(r"[0-9A-Za-z.%@+-]+|.", re.DOTALL)


@dataclass(frozen=True)
class Cut:
    """How lines are cut: `width` is in columns, two to a Chinese character."""

    width: int
    indent: int = 4  # columns before a paragraph's first line
    by_words: bool = True  # numbers and Latin words stay whole
    typeset: bool = True  # marks are carried over to the line before, with a character more
    by_characters: bool = False  # every character counts alike, as programs cut
    uneven: bool = False  # as a PDF's text comes out: a character more or less a line


def cut_lines(text: str, cut: Cut) -> list[str]:
    """The printed lines of a letter's paragraphs; heads, rows and signatures have no indent."""
    lines: list[str] = []
    behind_salutation = False
    for paragraph in text.strip().split("\n"):
        plain = "\t" in paragraph or _SIGNED.fullmatch(paragraph)
        indent = 0 if plain or not behind_salutation else cut.indent
        behind_salutation = behind_salutation or paragraph.endswith(("：", "委员：", "代表："))
        lines += [paragraph] if plain else _cut(paragraph, cut, indent, len(lines))
    return lines


def _cut(paragraph: str, cut: Cut, indent: int, number: int) -> Iterator[str]:
    line, left = "　" * (indent // 2), cut.width - indent
    for word in _WORD.findall(paragraph) if cut.by_words else paragraph:
        cells = 2 * len(word) if cut.by_characters else sum(1 + (c > "\x7f") for c in word)
        hangs = cut.typeset and word in _NEVER_FIRST and left > -2
        if cells > left and not hangs and line.strip():
            if cut.typeset and word in _NEVER_FIRST:
                yield line[:-1]
                line, left = line[-1], cut.width - 2
            else:
                yield line
                line, left = "", cut.width
            number += 1
            if cut.uneven:
                left += (0, 2, -2, 0, -1, 1, 0)[number % 7]
        line += word
        left -= cells
    yield line


def as_breaks(lines: list[str]) -> str:
    return "<div id=zoom>" + "<br>".join(map(escape, lines)) + "</div>"


def as_paragraphs(lines: list[str]) -> str:
    return "<div id=zoom>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</div>"


def as_preformatted(lines: list[str]) -> str:
    return "<div id=zoom><pre>" + "\r\n".join(map(escape, lines)) + "</pre></div>"
