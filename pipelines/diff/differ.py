"""Owns how two bodies differ: paragraphs, then clauses, then single characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.diff.alignment import align, equal_ends, inside
from pipelines.diff.figures import MOST_PASSAGES
from pipelines.diff.pairing import gap_pairs
from pipelines.diff.paragraphs import Paragraph, clauses, paragraphs
from pipelines.diff.tidying import Edit, joined, tidied, whole_clauses
from pipelines.fold import fold_key
from storage.records import DiffOp

CONTEXT = 12
"""Characters of equal text shown on each side of a change: one changed character then costs at
most 200 bytes of JSON, even where every Chinese character is written as an escape."""

# Characters of both texts; longer ones are compared at their ends only. No reply letter is a
# thousand pages long, and `align` can tell a million different paragraphs or clauses apart.
_LONGEST = 2_000_000
_SHORT = 50  # characters; a change this short in a paragraph needs no alignment of clauses


def full_diff(before: str, after: str) -> tuple[DiffOp, ...]:
    """How two texts differ by character, without omissions.

    The `=` and `-` pieces joined give `before`, the `=` and `+` pieces `after`, exactly. Between
    two `=` stands one `-`, one `+`, or a `-` followed by a `+`; no piece is empty. Two equal
    texts give one `=` (none where both are empty).
    """
    if before == after:
        return (("=", before),) if before else ()
    if len(before) + len(after) > _LONGEST:
        return _as_ops(_ends_only(before, after))
    # Each paragraph ends in a newline, the last one too, so that it compares like the others.
    edits = joined(_paragraph_edits(paragraphs(before), paragraphs(after)))
    return _as_ops(_without_last_newline(edits))


def trim(diff: Iterable[DiffOp]) -> tuple[DiffOp, ...]:
    """The diff with at most `CONTEXT` equal characters on each side of a change.

    Two `=` pieces in a row mean that the text between them was left out; what stands before the
    first and after the last piece is left out without a sign. Nothing changed: an empty tuple.
    """
    pieces = tuple(diff)
    trimmed: list[DiffOp] = []
    for place, (sign, text) in enumerate(pieces):
        if sign != "=":
            trimmed.append((sign, text))
            continue
        head = text[:CONTEXT] if place > 0 else ""
        tail = text[-CONTEXT:] if place < len(pieces) - 1 else ""
        kept = [text] if head and tail and len(text) <= 2 * CONTEXT else [head, tail]
        trimmed.extend(("=", part) for part in kept if part)
    return tuple(trimmed)


@dataclass(slots=True)
class _Turns:
    """How many more changed passages are compared by character."""

    left: int = MOST_PASSAGES


def _paragraph_edits(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[Edit]:
    """Paragraphs equal but for typography are matched first, what lies between them in gaps."""
    keys = [[paragraph.folded for paragraph in side] for side in (before, after)]
    matches = align(*keys)
    # A paragraph that stands elsewhere in the other text was moved, not rewritten.
    moved = {*keys[0]} & {*keys[1]}
    most_checks = max(100, min(10_000, 100_000 // (len(matches) + 1)))
    turns = _Turns()
    edits: list[Edit] = []
    at = to = 0
    for i, j, size in [*matches, (len(before), len(after), 0)]:
        edits += _gap_edits(before[at:i], after[to:j], moved, most_checks, turns)
        for left, right in zip(before[i : i + size], after[j : j + size], strict=True):
            edits += _passage_edits(left.text, right.text, turns)
        at, to = i + size, j + size
    return edits


def _gap_edits(
    before: Sequence[Paragraph],
    after: Sequence[Paragraph],
    moved: set[str],
    most_checks: int,
    turns: _Turns,
) -> list[Edit]:
    """Paragraphs without an equal partner: similar ones are compared, the others replaced."""
    if not turns.left:
        return [Edit("", _text(before), _text(after))]
    old = [place for place, item in enumerate(before) if item.folded not in moved]
    new = [place for place, item in enumerate(after) if item.folded not in moved]
    pairs = gap_pairs(
        [before[place] for place in old], [after[place] for place in new], most_checks
    )
    edits: list[Edit] = []
    at = to = 0
    for left, right in pairs:
        if not turns.left:
            break
        i, j, k, m = old[left.start], new[right.start], old[left.stop - 1], new[right.stop - 1]
        edits.append(Edit("", _text(before[at:i]), _text(after[to:j])))
        edits += _passage_edits(_text(before[i : k + 1]), _text(after[j : m + 1]), turns)
        at, to = k + 1, m + 1
    return [*edits, Edit("", _text(before[at:]), _text(after[to:]))]


def _text(passage: Sequence[Paragraph]) -> str:
    return "".join(paragraph.text for paragraph in passage)


def _passage_edits(before: str, after: str, turns: _Turns) -> list[Edit]:
    """How two versions of one paragraph (or of several, split otherwise) differ.

    Each that is compared by character takes one of the `turns`; without one it is replaced.
    """
    if before == after:
        return [Edit(before)]
    if not turns.left:
        return [Edit("", before, after)]
    turns.left -= 1
    if _cells(before) == _cells(after) > 1:
        return _cell_edits(before.split("\t"), after.split("\t"))
    head, tail = ends = equal_ends(before, after)
    middle, other = inside(before, ends), inside(after, ends)
    first, last = before[:head], before[len(before) - tail :]
    if min(len(middle), len(other)) == 0 or len(middle) == len(other) == 1:
        return whole_clauses([Edit(first, middle, other), Edit(last)])
    if max(len(middle), len(other)) <= _SHORT:
        return tidied([Edit(first), *_character_edits(middle, other), Edit(last)])
    return tidied(_clause_edits(clauses(before), clauses(after)))


def _cells(paragraph: str) -> int:
    return 0 if "\n" in paragraph[:-1] else paragraph.count("\t") + 1


def _cell_edits(before: list[str], after: list[str]) -> list[Edit]:
    """A table's row, cell by cell."""
    edits: list[Edit] = []
    for place, (left, right) in enumerate(zip(before, after, strict=True)):
        edits += [Edit("\t")] if place else []
        edits += tidied(_character_edits(left, right))
    return edits


def _clause_edits(before: list[str], after: list[str]) -> list[Edit]:
    edits: list[Edit] = []
    at = to = 0
    matches = align([fold_key(clause) for clause in before], [fold_key(clause) for clause in after])
    for i, j, size in [*matches, (len(before), len(after), 0)]:
        edits += _character_edits("".join(before[at:i]), "".join(after[to:j]))
        for old, new in zip(before[i : i + size], after[j : j + size], strict=True):
            edits += _character_edits(old, new)
        at, to = i + size, j + size
    return edits


def _character_edits(before: str, after: str) -> list[Edit]:
    if before == after:
        return [Edit(before)] if before else []
    edits: list[Edit] = []
    at = to = 0
    equal = ""
    for i, j, size in align(before, after):
        edits.append(Edit(equal, before[at:i], after[to:j]))
        equal, at, to = before[i : i + size], i + size, j + size
    return [*edits, Edit(equal, before[at:], after[to:])]


def _ends_only(before: str, after: str) -> list[Edit]:
    """One change between the equal beginning and the equal end."""
    head, tail = ends = equal_ends(before, after)
    return [
        Edit(before[:head], inside(before, ends), inside(after, ends)),
        Edit(before[len(before) - tail :]),
    ]


def _without_last_newline(edits: list[Edit]) -> list[Edit]:
    """Takes back the newline the last paragraphs were given; `edits` are `joined`.

    A paragraph put in at the end brings the newline before it, not one behind it.
    """
    *others, last = edits
    if not last.size:
        return [*others, Edit(last.equal[:-1])]
    moved = Edit(last.equal[:-1], _newline_first(last.gone), _newline_first(last.come))
    return [*others, moved]


def _newline_first(text: str) -> str:
    return "\n" + text[:-1] if text else ""


def _as_ops(edits: Iterable[Edit]) -> tuple[DiffOp, ...]:
    ops: list[DiffOp] = []
    for edit in joined(edits):
        pieces: list[DiffOp] = [("=", edit.equal), ("-", edit.gone), ("+", edit.come)]
        ops += [piece for piece in pieces if piece[1]]
    return tuple(ops)
