"""Owns which rewritten paragraphs of two bodies are versions of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz.distance import Indel

from pipelines.diff.alignment import align
from pipelines.diff.paragraphs import Paragraph, folded_clauses

Pair = tuple[slice, slice]
"""Paragraphs of the one text that became paragraphs of the other."""

_ALIKE = 0.5  # share of characters two versions of a paragraph have in common, in order
_ALONE_ALIKE = 0.3  # enough where both stand alone between equal neighbours
_SHORT = 20  # characters; a short line alone in its place was reworded, not replaced
_MOST_WORK = 400_000_000  # pairs of characters in one gap: some 50 ms
_LONG_PAIR = 1_000_000  # pairs of characters; longer paragraphs are compared by their clauses

# Steps to the next similar paragraph where a gap is too large to compare each with each.
_STEPS = ((0, 0), (1, 0), (0, 1), (2, 0), (0, 2))
_PATIENCE = 500  # paragraphs without a partner before looking ahead ends


def gap_pairs(old: Sequence[Paragraph], new: Sequence[Paragraph], most_checks: int) -> list[Pair]:
    """The similar paragraphs of two stretches without equal ones, in rising order.

    A paragraph split in several, or several run together, are one pair. What is in no pair was
    put in or taken out. Each is compared with each while that takes up to `most_checks`
    comparisons, otherwise with its neighbours only.
    """
    if len(old) == len(new) == 1:
        return [_pair(0, 0)] if _reworded(old[0], new[0]) else []
    pairs = _paired(old, new, most_checks)
    if old and new and len(old) != len(new):
        explained = sum(_likeness(old[i], new[j]) for i, j in pairs)
        if _shared(_text(old), _text(new)) > 1.2 * explained:
            return [(slice(0, len(old)), slice(0, len(new)))]
    return [_pair(i, j) for i, j in pairs]


def _text(paragraphs: Sequence[Paragraph]) -> str:
    return "".join(paragraph.text for paragraph in paragraphs)


def _pair(i: int, j: int) -> Pair:
    return slice(i, i + 1), slice(j, j + 1)


def _reworded(old: Paragraph, new: Paragraph) -> bool:
    """Whether two paragraphs alone between equal neighbours are versions of one."""
    both = len(old.folded) + len(new.folded)
    if both <= 2 * _SHORT or _likeness(old, new) > 0:
        return True
    return 2 * sum(n for _, _, n in align(old.folded, new.folded)) >= _ALONE_ALIKE * both


def _paired(
    old: Sequence[Paragraph], new: Sequence[Paragraph], most_checks: int
) -> list[tuple[int, int]]:
    if not old or not new:
        return []
    work = sum(len(item.folded) for item in old) * sum(len(item.folded) for item in new)
    if len(old) * len(new) > most_checks or work > _MOST_WORK:
        return _paired_nearby(old, new)
    return _best_pairs([[_likeness(left, right) for right in new] for left in old])


def _best_pairs(likeness: list[list[float]]) -> list[tuple[int, int]]:
    """The pairs in rising order whose likeness adds up to the most."""
    rows, columns = len(likeness), len(likeness[0])
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _paired_nearby(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Each paragraph with the first similar one a few places ahead: for long rewritten tables."""
    pairs: list[tuple[int, int]] = []
    i = j = missed = 0
    while i < len(old) and j < len(new):
        for ahead, beyond in _STEPS if missed < _PATIENCE else _STEPS[:1]:
            k, m = i + ahead, j + beyond
            if k < len(old) and m < len(new) and _likeness(old[k], new[m]) > 0:
                i, j, missed = k, m, -1
                pairs.append((i, j))
                break
        i, j, missed = i + 1, j + 1, missed + 1
    return pairs


def _likeness(old: Paragraph, new: Paragraph) -> float:
    """Characters of two versions of one paragraph that agree; 0 where they are not versions."""
    both = len(old.folded) + len(new.folded)
    if 2 * min(len(old.folded), len(new.folded)) >= _ALIKE * both:
        share = _similarity(old, new)
        if share >= _ALIKE:
            return share * both
    share = _row_similarity(old, new) if "\t" in old.folded else 0.0
    return share * both if share >= _ALIKE else 0.0


def _similarity(old: Paragraph, new: Paragraph) -> float:
    """Share of characters in common, in order: 0 to 1; 0 where it is below `_ALIKE`."""
    if len(old.folded) * len(new.folded) > _LONG_PAIR:
        shared = _clause_counts(old.text) & _clause_counts(new.text)
        same = sum(len(clause) * count for clause, count in shared.items())
        return 2 * same / (len(old.folded) + len(new.folded))
    return Indel.normalized_similarity(old.folded, new.folded, score_cutoff=_ALIKE)


@lru_cache(maxsize=16)  # each long paragraph is compared with a few neighbours
def _clause_counts(text: str) -> Counter[str]:
    return Counter(folded_clauses(text))


def _row_similarity(old: Paragraph, new: Paragraph) -> float:
    """Rows of a table are one where their first words agree, whatever their numbers."""
    before, after = old.cells, new.cells
    if len(before) != len(after):
        return 0.0
    name = next(filter(_has_letter, before), None)
    if name is not None and name == next(filter(_has_letter, after), None):
        return 0.8
    return sum(left == right for left, right in zip(before, after, strict=True)) / len(before)


def _has_letter(cell: str) -> bool:
    return any(character.isalpha() for character in cell)


def _shared(before: str, after: str) -> int:
    """Characters of both texts in clauses they share in order, wherever paragraphs end."""
    old, new = folded_clauses(before), folded_clauses(after)
    return 2 * sum(len(key) for i, _, n in align(old, new) for key in old[i : i + n])
