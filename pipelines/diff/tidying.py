"""Owns what makes a difference readable: no number torn up, no word left as single letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_DIGITS = frozenset("0123456789０１２３４５６７８９")
_IN_NUMBER = _DIGITS | frozenset(".,．，")

# The part of a number that stands just before a change: `共2|` of 共2484家, `1,0|` of 1,064个
_NUMBER_BEFORE = re.compile(r"[0-9０-９]+(?:[.,．][0-9０-９]+)*[.,．]?$")
# … and just after one: `|4家`, `|.6亿元`
_NUMBER_AFTER = re.compile(r"[.,．]?[0-9０-９]+(?:[.,．][0-9０-９]+)*")
_LONGEST_NUMBER = 40
_CLAUSE_ENDS = frozenset("，。；：、！？,;:!?\t\n")
_LONGEST_MOVE = 60


class Edit(NamedTuple):
    """Equal text, then what stood there before (`gone`) and what stands there now (`come`)."""

    equal: str
    gone: str = ""
    come: str = ""
    torn: bool = False  # more than one change inside one number

    @property
    def size(self) -> int:
        """How much was replaced: the longer side, in characters."""
        return max(len(self.gone), len(self.come))


def joined(edits: Iterable[Edit]) -> list[Edit]:
    """The same difference with as few edits as possible: no empty one, none that touch.

    Only the first may have no `equal` text, only the last no change. A newline that both sides
    of a change end in is equal text.
    """
    result: list[Edit] = []
    group: list[Edit] = []
    changed = False
    for edit in _newlines_kept(edits):
        if changed and edit.equal:
            result.append(_as_one(group))
            group, changed = [], False
        group.append(edit)
        changed = changed or bool(edit.gone or edit.come)
    last = _as_one(group)
    return [*result, last] if last.equal or last.size else result


def _newlines_kept(edits: Iterable[Edit]) -> Iterator[Edit]:
    for edit in edits:
        if edit.gone.endswith("\n") and edit.come.endswith("\n"):
            yield edit._replace(gone=edit.gone[:-1], come=edit.come[:-1])
            yield Edit("\n")
        else:
            yield edit


def _as_one(group: list[Edit]) -> Edit:
    if len(group) == 1:
        return group[0]
    return Edit(
        "".join([edit.equal for edit in group]),
        "".join([edit.gone for edit in group]),
        "".join([edit.come for edit in group]),
        any(edit.torn for edit in group),
    )


def tidied(edits: Iterable[Edit]) -> list[Edit]:
    """The difference with equal scraps between changes counted to the changes.

    `2484` → `2648` is one change of a whole number, not `6` put in and `4` taken out; where one
    place of a number changed, only that is marked. Characters that a rewritten passage happens
    to share with the old one are no equal text.
    """
    stack: list[Edit] = []
    loose = joined(edits)
    for edit in loose:
        current = edit
        while stack and current.size and _is_scrap(current.equal, stack[-1], current):
            before = stack.pop()
            torn = before.torn or current.torn or _tears_number(current.equal, before, current)
            current = Edit(
                before.equal,
                before.gone + current.equal + current.gone,
                before.come + current.equal + current.come,
                torn,
            )
        stack.append(current)
    whole = _whole_numbers(stack) if any(edit.torn for edit in stack) else stack
    return whole_clauses(whole)


def _is_scrap(equal: str, before: Edit, after: Edit) -> bool:
    if "\t" in equal or "\n" in equal:
        return False
    if _tears_number(equal, before, after):
        return True
    if not any(character.isalnum() for character in equal):
        return False  # 甲、乙 → 丙、丁 are two changes
    if len(equal) == 1 and _ends_in_word(before) and _begins_in_word(after):
        return True  # 积极推进 → 大力推动 is one change, （一） → (一) are two
    return 2 * len(equal) <= min(before.size, after.size)


def _ends_in_word(edit: Edit) -> bool:
    return edit.gone[-1:].isalnum() or edit.come[-1:].isalnum()


def _begins_in_word(edit: Edit) -> bool:
    return edit.gone[:1].isalnum() or edit.come[:1].isalnum()


def _tears_number(equal: str, before: Edit, after: Edit) -> bool:
    """`48` between the changes of 2484 → 2648, the point between those of 35.6 → 36.2."""
    return (
        _IN_NUMBER.issuperset(equal)
        and not _DIGITS.isdisjoint(before.gone[-1:] + before.come[-1:])
        and not _DIGITS.isdisjoint(after.gone[:1] + after.come[:1])
    )


def whole_clauses(edits: list[Edit]) -> list[Edit]:
    """Text put in or taken out moved to the front of its clause where it reads the same there.

    `一是|完善制度。一是|加强领导。` becomes `|一是完善制度。|一是加强领导。`
    """
    for place, edit in enumerate(edits):
        text = edit.gone or edit.come
        steps = 0 if edit.gone and edit.come else _steps_to_clause(edit.equal, text)
        if not steps or (place and steps == len(edit.equal)):
            continue
        moved = edit.equal[-steps:]
        text = (moved + text)[:-steps]
        following = edits[place + 1] if place + 1 < len(edits) else Edit("")
        edits[place : place + 2] = [
            Edit(edit.equal[:-steps], text if edit.gone else "", text if edit.come else ""),
            following._replace(equal=moved + following.equal),
        ]
    return edits


def _steps_to_clause(equal: str, text: str) -> int:
    """How far `text` can move left to the front of a clause; 0 where it stands there or cannot."""
    ring = text
    for steps in range(min(len(equal), _LONGEST_MOVE) + 1):
        if steps == len(equal) or equal[len(equal) - steps - 1] in _CLAUSE_ENDS:
            return steps
        if not ring or equal[len(equal) - steps - 1] != ring[-1 - steps % len(ring)]:
            return 0
    return 0


def _whole_numbers(edits: list[Edit]) -> list[Edit]:
    """Every torn number taken whole, with its digits on both sides of the change."""
    for place, edit in enumerate(edits):
        if not edit.torn:
            continue
        following = edits[place + 1] if place + 1 < len(edits) else Edit("")
        head = _NUMBER_BEFORE.search(edit.equal[-_LONGEST_NUMBER:])
        tail = _NUMBER_AFTER.match(following.equal[:_LONGEST_NUMBER])
        left, right = head[0] if head else "", tail[0] if tail else ""
        edits[place] = Edit(
            edit.equal[: len(edit.equal) - len(left)],
            left + edit.gone + right,
            left + edit.come + right,
        )
        if right:
            edits[place + 1] = following._replace(equal=following.equal[len(right) :])
    return joined(edits)
