"""Owns how lines that were cut are joined to paragraphs, and where the joints are."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

# Smart| · |City平台
_LAST_WORD = re.compile(r"[!-~]*[A-Za-z]$")
_FIRST_WORD = re.compile(r"[A-Za-z][!-~]*")
# 20|25年 · 查处|。: a program cut here, which heeds no words
_CUT_BLINDLY = re.compile(r"\d\n\d|\n[,。、;:!?，；：！？）》”]")
# slj@example.gov|.cn · www.example|.gov.cn: no blank belongs into it
_IN_ADDRESS = re.compile("[@/_.]")
_LONGEST_WORD = 80  # characters of a line's end or begin that are looked at


def whole_lines(lines: Sequence[str], cut: Collection[int]) -> tuple[list[str], tuple[int, ...]]:
    """The lines with those at the indexes in `cut` joined to the next; where the joints are.

    Joints are offsets of the text that line feeds between these lines make, in order.
    """
    by_words = not any(_CUT_BLINDLY.search("\n".join(lines[at : at + 2])) for at in cut)
    whole: list[str] = []
    joints: list[int] = []
    pieces: list[str] = []
    offset = 0
    for at, line in enumerate(lines):
        goes_on = at in cut and at + 1 < len(lines)
        offset += len(line) + 1
        pieces.append(line)
        if not goes_on:
            whole.append("".join(pieces))
            pieces = []
            continue
        offset -= 1
        joints.append(offset)
        if by_words and _are_two_words(line[-_LONGEST_WORD:], lines[at + 1][:_LONGEST_WORD]):
            pieces.append(" ")
            offset += 1
    return whole, tuple(joints)


def _are_two_words(end: str, begin: str) -> bool:
    """Whether a blank stood where a line was cut, as between two words of Latin letters."""
    last, first = _LAST_WORD.search(end), _FIRST_WORD.match(begin)
    if last is None or first is None:
        return False
    return not _IN_ADDRESS.search(last[0] + first[0])
