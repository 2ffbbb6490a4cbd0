"""Owns the days that stand in pieces, or in a `<time>`, at the head of an article's lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import islice

from pipelines.page.days.day_forms import HOLDS_DIGIT, PADDED, box_at, line_with_box
from pipelines.page.days.printed_days import PRINTED_DAY
from pipelines.page.markup.lines import Line, published

_MOST_NEAR_TOP = 12  # lines within which a day is set over a letter
_LONGEST_LINE = 60
_LONGEST = 24  # characters of a day by itself
# 20 · May · 五月 · 昨天, what a line with a piece of a day holds
_MAY_SAY = re.compile(r"[\d月前天]|[A-Za-z]{3}")


def boxes_at_head(lines: Sequence[Line], runs: Callable[[int], bool]) -> dict[int, str]:
    """The lines near the top that say a day in pieces: the day at its first, then empty texts.

    What a `<time>` prints by itself is a day, too, in whatever form. The first line that `runs`,
    as a letter's text does, ends the head.
    """
    boxes: dict[int, str] = {}
    head = lines[:_MOST_NEAR_TOP]
    for at in range(len(head)):
        if at in boxes:
            continue
        if day := _day_at(head, at, boxes):
            boxes[at] = day
        elif runs(at):
            break
    return boxes


def _day_at(head: Sequence[Line], at: int, boxes: dict[int, str]) -> str | None:
    """The day that begins at a line; the lines below that belong to it are noted as empty."""
    line = head[at]
    longest = _LONGEST_LINE if line.pieces else _LONGEST
    if len(line.text) > longest or line.row or line.aside or not _MAY_SAY.search(line.text):
        return None
    texts = [line_with_box(each.text, each.pieces) for each in head[at : at + 3]]
    size, day = box_at(texts, 0)
    boxes |= dict.fromkeys(range(at + 1, at + size), "")
    return day or _day_alone(line, texts[0])


def _day_alone(line: Line, text: str) -> str | None:
    """The day of a line that was one box, a system's, or all that a `<time>` prints."""
    if text != line.text:
        return text if PRINTED_DAY.fullmatch(text) else None
    if PADDED.fullmatch(text):
        return text
    return text if _may_be_time(text) and _is_time(line) else None


def _may_be_time(text: str) -> bool:
    """Whether a line can be what a `<time>` prints: 2024年5月20日 · 3天前"""
    return len(text) <= _LONGEST and (text[-1] in "前天" or bool(HOLDS_DIGIT.search(text)))


def _is_time(line: Line) -> bool:
    times = islice(line.element.iter("time"), 4)
    return any(line.text == published("".join(map(str, each.itertext()))) for each in times)
