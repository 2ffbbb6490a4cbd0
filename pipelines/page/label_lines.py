"""Owns how one line of a page prints metadata: its labels, and the values beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.fold import fold
from pipelines.page.fitting import Pairs, are_fitting
from pipelines.page.labels import LabelTable
from pipelines.page.text import Line, published

_LONGEST_LINE = 600
# · 索引号:1150… · 1、发文字号:…
_BULLETS = " \u3000\u2002\u2003\u2009·•●■*>-、,;|"
# 007241890/2023-00311 分类: 政协提案: an unknown label ends a value, too
_NEXT_LABEL = re.compile(r"[ \u3000]+[\u4e00-\u9fff]{2,6}[ \u3000]*[:：]")


def labelled(line: Line, table: LabelTable) -> str:
    """A line's text, with tabs around inline elements that are labels, as in a table's row.

    `<li><span>索引号</span><span>1150…</span></li>` · `<p><strong>文号</strong>：渝…</p>`
    """
    if not line.pieces or "。" in line.text:
        return line.text
    if not (first := table.label(line.pieces[0])) or not table.keys[first]:
        return line.text
    cells: list[str] = []
    for piece in map(published, line.pieces):
        if table.label(piece):
            cells += [piece, ""]
        else:
            cells[-1] += piece
    values = [value.lstrip(" \u3000:：") for value in cells[1::2]]
    if not any(values) or any(table.pattern.search(fold(value)) for value in values):
        return line.text
    return "\t".join(cell for pair in zip(cells[::2], values, strict=True) for cell in pair)


@lru_cache(maxsize=4096)
def parse_label_line(text: str, table: LabelTable) -> Pairs | None:
    """The pairs of a line that begins with a known label, else None."""
    if text[:1] not in table.first or len(text) > _LONGEST_LINE:
        return None
    if "\t" in text:
        return _parse_cells(text.split("\t"), table)
    if not table.opening.match(text):
        return None
    whole = table.label(text)
    if whole and (len(whole) > 2 or fold(text).rstrip().endswith((":", "]", "】"))):
        return ((whole, ""),)
    return _parse_text(text, table) or _parse_unmarked(text, table)


def _parse_text(text: str, table: LabelTable) -> Pairs | None:
    """The pairs of running text: `[ 索引号 ] 1150… [ 发文字号 ]`; it must begin with a label."""
    folded = fold(text)
    if ":" not in folded and "[" not in folded and "【" not in folded and "〔" not in folded:
        return None
    return parted(text, list(table.pattern.finditer(folded)))


def _parse_unmarked(text: str, table: LabelTable) -> Pairs | None:
    """The same where only blanks part labels from values: `索引号 1150…　成文日期 2024-05-16`."""
    if len(text) > 2 * _LONGEST_LINE // 3 or "。" in text:
        return None
    pairs = parted(text, list(table.unmarked.finditer(fold(text))))
    return pairs if pairs and are_fitting(pairs, table) else None


def parted(text: str, found: Sequence[re.Match[str]]) -> Pairs | None:
    """The labels found in a text, each with what stands before the next."""
    if not found or text[: found[0].start()].strip(_BULLETS):
        return None
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        (_label_of(match), _until_label(text[match.end() : end]).strip(_BULLETS))
        for match, end in zip(found, ends, strict=True)
    )


def _until_label(value: str) -> str:
    """A value without the unknown label, and what that prints, behind it on its line."""
    behind = _NEXT_LABEL.search(value.lstrip(_BULLETS))
    return value.lstrip(_BULLETS)[: behind.start()] if behind else value


def _label_of(match: re.Match[str]) -> str:
    return "".join(next(filter(None, match.groups())).split())


def _parse_cells(cells: list[str], table: LabelTable) -> Pairs | None:
    """The pairs of a table's row: label, value, label, value, or both in one cell."""
    pairs: list[tuple[str, str]] = []
    waiting: str | None = None
    for cell in map(str.strip, cells):
        if not cell:
            continue
        if label := table.label(cell):
            if waiting:
                pairs.append((waiting, ""))
            waiting = label
        elif inner := _parse_text(cell, table):
            if waiting:
                pairs.append((waiting, ""))
            waiting = None
            pairs.extend(inner)
        elif waiting:
            pairs.append((waiting, cell))
            waiting = None
        elif not pairs:
            return None  # the row begins with something else: a table of the letter
    if waiting:
        pairs.append((waiting, ""))
    return tuple(pairs) or None
