"""Owns quotation: which marks enclose a name, nested ones included, and which are no structure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# The longest name of a document worth believing in; beyond it the mark was never closed.
_LONGEST = 160

_PAIRS = {"《": "》", "“": "”", "‘": "’", "「": "」", "『": "』", "〈": "〉"}


@dataclass(frozen=True, slots=True)
class Quoted:
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
    found: list[Quoted] = []
    opens = [at for mark in marks if (at := folded.find(mark, start, stop)) >= 0]
    if not opens:
        return found
    open_marks: list[int] = []
    for match in _any_of(marks).finditer(folded, min(opens), stop):
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


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{marks}{''.join(_PAIRS[mark] for mark in marks)}]")


def blank_quoted(folded: str, marks: str = "《") -> str:
    """A copy of the same length in which quoted names are blotted out by `_`; “两会” is none."""
    pieces: list[str] = []
    at = 0
    for quoted in quoted_names(folded, marks):
        if folded[quoted.start + 1 : quoted.end - 1] == "两会":
            continue
        pieces += [folded[at : quoted.start + 1], "_" * (quoted.end - quoted.start - 2)]
        at = quoted.end - 1
    return "".join((*pieces, folded[at:]))
