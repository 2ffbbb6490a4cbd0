"""Owns where a letter's paragraphs and their sentences begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_ENDS = ";!?"  # besides 。, in folded text
_SHORTEST_RUN, _LONGEST_RUN = 4, 1200  # characters between two ends
_LONG_CELL = 12  # characters of a cell that says something: 采纳,今年安排资金80万元
_LONG_LINE = 200  # characters; in a longer one wide gaps part paragraphs, as in a one-line letter
# 增设卫生服务站3个.现答复如下, full stops of western typing, where a paragraph has no others:
# never “企业吹哨.部门报到”专项行动, nor 三.加强
_WESTERN_STOP = re.compile(r"(?<=[一-鿿)%])(?<![一二三四五六七八九十])\.(?=[一-鿿(]|\s|$)")


def with_stops(folded: str) -> str:
    """A copy of the same length in which every mark that ends a sentence is a full stop."""
    for mark in _SENTENCE_ENDS:
        folded = folded.replace(mark, "。")
    return folded


def sentences(stops: str, left: int, right: int) -> list[tuple[int, int]]:
    """Spans of sentences with the mark each ends with; splitting is quicker than any pattern."""
    text = stops[left:right]
    if "." in text and "。" not in text:
        text = _WESTERN_STOP.sub("。", text)
    spans: list[tuple[int, int]] = []
    at = left
    for run in text.split("。"):
        end = at + len(run)
        while end - at > _LONGEST_RUN:
            spans.append((at, at + _LONGEST_RUN))
            at += _LONGEST_RUN
        if end - at >= _SHORTEST_RUN:
            spans.append((at, end + 1 if end < right else right))
        at = end + 1
    return spans


def paragraphs(body: str, folded: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs and of cells that hold sentences, from `start` on."""
    rows = "\t" in body
    at = min(start, len(folded))
    for line in folded[at:].split("\n"):
        end = at + len(line)
        if len(line) >= _LONG_LINE or (rows and body.find("\t", at, end) >= 0):
            yield from _pieces(body, folded, at, end)
        elif line:
            yield at, end
        at = end + 1


def _pieces(body: str, folded: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    row = body.find("\t", left, right) >= 0
    at = left
    for cell in body[left:right].split("\t") if row else [folded[left:right]]:
        if not row or "。" in cell or ("," in cell and len(cell) >= _LONG_CELL):
            yield from _gaps(folded, at, at + len(cell))
        at += len(cell) + 1


def _gaps(folded: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """The span, parted where a line as long as a letter has a gap of two blanks or more."""
    if right - left >= _LONG_LINE:
        gap = folded.find("  ", left, right)
        while gap >= 0:
            if gap > left:
                yield left, gap
            left = gap
            while left < right and folded[left] == " ":
                left += 1
            gap = folded.find("  ", left, right)
    if right > left:
        yield left, right
