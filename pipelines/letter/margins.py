"""Owns at what width an article's lines were cut, told by these lines themselves."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipelines.fold import fold

SHORTEST, LONGEST = 16, 64  # characters of a line that a margin cut
FEWEST = 3  # lines of one width from which on they tell of a margin
_MANY = 4  # from which on none need stand right above another
_SURE = 2  # signs that lines end within a sentence, or firsts of paragraphs
RAGGED = 8  # cells by which lines cut at one margin differ: an indent, a mark carried over
INDENT = 4  # cells before a paragraph's first line, which a page's text no longer shows
_ALIKE = 3  # characters by which a list's items begin alike
_LONGEST_HEADING = 28

_STOPS = "。！？；：…!?;:"
CLOSED = frozenset(_STOPS)
# …有关工作。” · (此件公开发布。)
STOPPED = re.compile(rf"(?:[{_STOPS}]|(?<=[一-鿿])\.)[”’』」）)】\]]*$")
# …取得实效。同时 · 一是…；二是: a sentence ends within the line, and another begins
_STOP_WITHIN = re.compile("[。！？；!?;]")
GOES_ON = frozenset("，、,（(《“‘〈「『—")  # no line of its own ends with one
_GOES_BEFORE = frozenset("，、。；：！？,;:!?）)》”’〉」』%％")  # nor begins with one
# 一、 · (二) · 3. · 4、 · (5) · ① · 第三条 · ● · ※; never 3.5万, 1、2号线
ITEM = re.compile(
    r"[一二三四五六七八九十]{1,3} ?、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2} ?(?:、|\.)(?!\d)"
    r"|\d{1,2}\)|[①-⑳ⅠⅡⅢⅣⅤⅥ●■◆★▲□※·•*]|第[一二三四五六七八九十]{1,3}[条章]"
)
_PAIRS = (("《", "》"), ("“", "”"), ("(", ")"), ("〔", "〕"))
# 香樟、|桂花,|共1200株: what prose has within, and a heading seldom
_MARK = re.compile("[,。;:，；：、]")
# 2021年… and 2022年…, which begin alike
_DIGIT = re.compile(r"\d")


class Width(NamedTuple):
    """A width at which an article's lines were cut."""

    margin: int  # cells of the widest of them
    of: Callable[[str], int]  # how a line is measured
    held: tuple[int, int]  # how many lines are about as wide, and most of them of the very same
    is_indented: bool | None  # whether first lines leave room for an indent; None: not known

    def holds(self, line: str) -> bool:
        """Whether a line is about as wide."""
        return self.margin - RAGGED <= self.of(line) <= self.margin


def may_go_on(line: str, following: str) -> bool:
    """Whether a line without a stop can have been cut: what follows would be hardly wider.

    Neither a heading over its text nor the items of a list that begin alike.
    """
    if len(following) > LONGEST + RAGGED or "\t" in line or "\t" in following:
        return False
    if _cells(following) > _cells(line) + 2 * RAGGED:
        return False
    return _DIGIT.sub("0", line[:_ALIKE]) != _DIGIT.sub("0", following[:_ALIKE])


def is_closed_by(line: str, following: str) -> bool:
    """Whether a mark that a folded line leaves open is closed in the next: 《关于…|…的建议》."""
    return any(
        line.rfind(left) > line.rfind(right)
        and right in following
        and left not in following.partition(right)[0]
        for left, right in _PAIRS
    )


def find_width(lines: Sequence[str], candidates: Sequence[int]) -> Width | None:
    """The width at which the most of the candidates were cut; None where they do not show one.

    Candidates are indexes of lines without a stop that `may_go_on`, `FEWEST` of them or more.
    """
    measured = (_most_frequent(lines, candidates, of) for of in (_cells, _characters))
    width = max(measured, key=lambda width: width.held)
    members = frozenset(at for at in candidates if width.holds(lines[at]))
    return width if _tell_of_margin(lines, members) else None


def _cells(line: str) -> int:
    """The columns a line takes on a screen or on paper: GB 18030 has as many bytes."""
    return len(line.encode("gb18030", "replace"))


def _characters(line: str) -> int:
    """The same where a program counted characters, whatever their width."""
    return 2 * len(line)


def _most_frequent(
    lines: Sequence[str], candidates: Sequence[int], of: Callable[[str], int]
) -> Width:
    """The width that the most candidates have, or nearly."""
    widths = sorted(of(lines[at]) for at in candidates)
    behind = [bisect_right(widths, width + RAGGED) for width in widths]
    first = max(range(len(widths)), key=lambda at: behind[at] - at)
    near = widths[first : behind[first]]
    found = Width(near[-1], of, (len(near), max(Counter(near).values())), None)
    return found._replace(is_indented=_is_indented(lines, candidates, found))


def _is_indented(lines: Sequence[str], candidates: Sequence[int], width: Width) -> bool | None:
    """Whether lines that begin a paragraph are as much shorter as an indent is wide."""
    firsts = [
        width.of(lines[at])
        for at in candidates
        if at and width.holds(lines[at]) and _ends_paragraph(lines[at - 1], width)
    ]
    if len(firsts) < _SURE:
        return None
    return 2 * sum(each <= width.margin - INDENT + 1 for each in firsts) >= len(firsts)


def _ends_paragraph(line: str, width: Width) -> bool:
    return STOPPED.search(line) is not None and width.of(line) < width.margin - RAGGED


def _tell_of_margin(lines: Sequence[str], members: frozenset[int]) -> bool:
    """Whether lines of one width were cut: headings and items may be of one width, too, by chance.

    Two of them stand one above the other, as in a paragraph of three lines, or there are many, or
    one surely ends within a sentence; not most begin alike, as the items under labels do; a third
    has marks within, as prose has; and stops end the rows of them, or sentences end within lines.
    """
    if len(members) < FEWEST or 2 * len({lines[at][:_ALIKE] for at in members}) < len(members):
        return False
    speaking = [at for at in members if is_prose(lines[at])]
    if len(speaking) < FEWEST or 3 * len(speaking) < len(members):
        return False
    within = sum(_ends_within(lines[at], lines[at + 1]) for at in speaking)
    row = within > 0 or len(speaking) >= _MANY or any(at + 1 in members for at in members)
    if not row:
        return False
    rows = sum(STOPPED.search(lines[at + 1]) is not None for at in speaking)
    return rows >= _SURE or within >= _SURE


def is_prose(line: str) -> bool:
    """Whether a line reads like part of a paragraph: `(一)压实责任,强化担当` is a heading."""
    item = ITEM.match(fold(line[:8]))
    marks = len(_MARK.findall(line, item.end() if item else 0))
    return marks > 0 and not (item and marks == 1 and len(line) <= _LONGEST_HEADING)


def _ends_within(line: str, following: str) -> bool:
    """Whether a line can be seen to end within a sentence, as no item of a list does."""
    if line[-1] in GOES_ON or following[:1] in _GOES_BEFORE:
        return True
    return _STOP_WITHIN.search(line) is not None or is_closed_by(fold(line), fold(following))
