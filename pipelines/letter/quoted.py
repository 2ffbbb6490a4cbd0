"""Owns quotation: which marks enclose a name, nested ones included, and which are no structure."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

# The longest name of a document worth believing in; beyond it the mark was never closed.
_LONGEST = 160

_PAIRS = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", "〈": "〉"}


class Quoted(
    NamedTuple
):  # like all records of a reading: made three times as quickly as a dataclass
    """A quoted name: `start` and `end` enclose the marks, the name stands between them."""

    start: int
    end: int

    def name(self, text: str) -> str:
        """The name as published, without its marks and the breaks a line's end put into it."""
        return text[self.start + 1 : self.end - 1].replace("\n", "").replace("\t", " ").strip()


def quoted_names(
    folded: str, marks: str = "《", start: int = 0, end: int | None = None
) -> list[Quoted]:
    """Outermost quoted names in order; a mark that nothing closes is passed over."""
    stop = len(folded) if end is None else end
    if marks[0] == "《" and len(marks) > 1 and not _any_of(marks[1:]).search(folded, start, stop):
        marks = "《"  # the others stand nowhere, as in most titles and openings
    if len(marks) == 1 and (names := _unnested(folded, marks, start, stop)) is not None:
        return names
    found: list[Quoted] = []
    first = stop
    for mark in marks:
        at = folded.find(mark, start, first)
        first = at if at >= 0 else first
    if first >= stop:
        return found
    open_marks: list[int] = []
    for match in _any_of(marks).finditer(folded, first, stop):
        at = match.start()
        if match[0] in marks:
            open_marks.append(at)
            continue
        while open_marks and (
            _PAIRS[folded[open_marks[-1]]] != match[0] or at - open_marks[-1] > _LONGEST
        ):
            open_marks.pop()
        if open_marks:
            opened = open_marks.pop()
            while found and found[-1].start > opened:
                found.pop()
            found.append(Quoted(opened, at + 1))
    return found


def _unnested(folded: str, mark: str, start: int, stop: int) -> list[Quoted] | None:
    """The names in marks of one kind; None where one stands within another, as next to none do."""
    names: list[Quoted] = []
    at = folded.find(mark, start, stop)
    while at >= 0 and (closed := folded.find(_PAIRS[mark], at, stop)) >= 0:
        following = folded.find(mark, at + 1, stop)
        if 0 <= following < closed:
            return None
        if closed - at <= _LONGEST:
            names.append(Quoted(at, closed + 1))
        at = following
    return names


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}{''.join(_PAIRS[mark] for mark in marks)}]")


def blank_quoted(folded: str, marks: str = "《") -> str:
    """A copy of the same length in which quoted names are blotted out by `_`; “两会” is none."""
    names = quoted_names(folded, marks)
    if not names:
        return folded
    pieces: list[str] = []
    at = 0
    for quoted in names:
        if folded[quoted.start + 1 : quoted.end - 1] == "两会":
            continue
        pieces += [folded[at : quoted.start + 1], "_" * (quoted.end - quoted.start - 2)]
        at = quoted.end - 1
    return "".join((*pieces, folded[at:]))
