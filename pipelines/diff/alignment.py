"""Owns the question which items of two sequences stand for each other, in bounded time."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

Match = tuple[int, int, int]
"""`before[i:i+n]` equals `after[j:j+n]`: (i, j, n), n > 0."""

# Up to this many pairs of items the longest common subsequence is searched: 5,000 characters
# against 5,000 take 12 ms (rapidfuzz 3.14). Longer stretches are first cut at common anchors.
_MOST_PAIRS = 25_000_000
_GRAM = 8  # characters that make an anchor in a long text without punctuation
_LONGEST_GAP = 200_000  # characters of both texts; no passage without an equal clause is as long


def align(before: Sequence[str], after: Sequence[str]) -> list[Match]:
    """Equal items of two sequences in rising order, as many as can be found in bounded time.

    Takes two strings (their characters) or two lists of strings. Matches never touch: two that
    follow one another without a gap in either sequence are one.
    """
    if isinstance(before, str) and isinstance(after, str):
        return _joined(_matches(before, after, 0, 0, _GRAM))
    codes: dict[str, str] = {}
    return _joined(_matches(_coded(before, codes), _coded(after, codes), 0, 0, 1))


def _coded(items: Sequence[str], codes: dict[str, str]) -> str:
    """One character for each distinct item, so that rapidfuzz runs fast.

    Raises ValueError where two sequences hold more distinct items than there are code points.
    """
    return "".join(codes.setdefault(item, chr(len(codes))) for item in items)


def _matches(before: str, after: str, i: int, j: int, gram: int) -> Iterator[Match]:
    head, tail = ends = equal_ends(before, after)
    if head:
        yield i, j, head
    yield from _middle_matches(inside(before, ends), inside(after, ends), i + head, j + head, gram)
    if tail:
        yield i + len(before) - tail, j + len(after) - tail, tail


def equal_ends(before: str, after: str) -> tuple[int, int]:
    """How many characters two texts share at their beginning, and behind that at their end."""
    head = _common_prefix(before, after)
    return head, _common_prefix(before[head:][::-1], after[head:][::-1])


def inside(text: str, ends: tuple[int, int]) -> str:
    """What stands between the equal ends."""
    return text[ends[0] : len(text) - ends[1]]


def _common_prefix(before: str, after: str) -> int:
    """Length of the equal beginning, by halving: slices compare at memory speed."""
    low, high = 0, min(len(before), len(after))
    while low < high:
        mid = (low + high + 1) // 2
        if before[low:mid] == after[low:mid]:
            low = mid
        else:
            high = mid - 1
    return low


def _middle_matches(before: str, after: str, i: int, j: int, gram: int) -> Iterator[Match]:
    if not before or not after or set(before).isdisjoint(after):
        return
    if len(before) * len(after) <= _MOST_PAIRS:
        for block in LCSseq.opcodes(before, after):
            if block.tag == "equal":
                size = block.src_end - block.src_start
                yield i + block.src_start, j + block.dest_start, size
        return
    if gram == _GRAM and len(before) + len(after) > _LONGEST_GAP:
        return
    at = to = 0
    for left, right, size in [*_anchors(before, after, gram), (len(before), len(after), 0)]:
        gap = before[at:left], after[to:right]
        if len(gap[0]) * len(gap[1]) <= _MOST_PAIRS:  # else too long and without an anchor
            yield from _matches(*gap, i + at, j + to, gram)
        if size:
            yield i + left, j + right, size
        at, to = left + size, right + size


def _anchors(before: str, after: str, gram: int) -> list[Match]:
    """Grams found once in each text, in the longest order both texts share (patience diff).

    Grown as far as the texts are equal around them; they never overlap.
    """
    places = _unique_grams(after, gram)
    pairs = [(i, places[text]) for text, i in _unique_grams(before, gram).items() if text in places]
    anchors: list[Match] = []
    at = to = 0
    for i, j in _longest_rising(pairs):
        if i < at or j < to:
            continue
        size = gram + _common_prefix(before[i + gram : i + 4096], after[j + gram : j + 4096])
        anchors.append((i, j, size))
        at, to = i + size, j + size
    return anchors


def _unique_grams(text: str, gram: int) -> dict[str, int]:
    """Each gram that stands once in the text, with its place, in the text's order."""
    grams = [text[i : i + gram] for i in range(len(text) - gram + 1)]
    counts = Counter(grams)
    return {item: i for i, item in enumerate(grams) if counts[item] == 1}


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` (rising in the first) that also rises in the second."""
    ends: list[int] = []  # the smallest last `j` of a run of each length
    owners: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(pairs):
        place = bisect_left(ends, j)
        previous.append(owners[place - 1] if place else -1)
        ends[place : place + 1] = [j]
        owners[place : place + 1] = [index]
    run: list[tuple[int, int]] = []
    index = owners[-1] if owners else -1
    while index >= 0:
        run.append(pairs[index])
        index = previous[index]
    return run[::-1]


def _joined(matches: Iterator[Match]) -> list[Match]:
    joined: list[Match] = []
    for i, j, size in matches:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined
