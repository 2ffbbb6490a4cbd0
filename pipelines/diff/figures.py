"""Owns the figures of a letter: whole numbers as printed with the unit after them."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from pipelines.diff.alignment import align
from pipelines.diff.units import COUNTED, UNITS
from pipelines.fold import fold_key
from storage.records import DiffOp, FigureChange

_D = "[0-9０-９]"
_N = "[〇○零一二两三四五六七八九十百千万亿]"
_DATE = (
    # 2023年4月16日, 2022年5月, 2019年; 4月16日; 2016-06-08, 2016.06.08; 二〇二三年四月十六日
    rf"{_D}{{4}}年(?:{_D}{{1,2}}月(?:{_D}{{1,2}}日)?)?|{_D}{{1,2}}月{_D}{{1,2}}日"
    rf"|{_D}{{4}}(?P<mark>[-./]){_D}{{1,2}}(?P=mark){_D}{{1,2}}(?!{_D})"
    r"|(?<![〇○零一二三四五六七八九])[〇○零一二三四五六七八九]{4}年(?:[一二三四五六七八九十]{1,2}月"
    r"(?:[一二三四五六七八九十]{1,3}日)?)?"
)
_VALUE = (
    # 2484, 35.6, 12,500, 第3, 8000余万, 1.5万余, 100多, 近7000, 0.3‰: with what multiplies it
    rf"第?(?:{_D}{{1,3}}(?:,{_D}{{3}})+(?!{_D})|{_D}+)(?:[.．]{_D}+)?"
    r"[余多几]?(?:[十百千万亿](?![克瓦米伏])){0,3}[余多]?"
)
_UNIT = (
    # 家, 亿元, %, 个百分点; 5G, 300kW, 20km²
    rf"[ \u00a0\u3000]?(?:{'|'.join(UNITS)})|[%％‰℃]|[A-Za-zＡ-Ｚａ-ｚ]{{1,5}}[²³]?(?![A-Za-z0-9])"
)
_FIGURE = re.compile(
    # what every figure begins with, asked first: most characters of a text are none of these
    r"(?=[第百0-9０-９〇○零一二两三四五六七八九十千万亿])(?:"
    rf"(?P<date>{_DATE})|(?P<value>{_VALUE})(?P<unit>{_UNIT})?"
    # 百分之三十五; 三家, 第二次, 十余万人
    rf"|(?P<percent>百分之{_N}{{1,8}}(?:点{_N}{{1,4}})?)"
    rf"|(?P<words>第?(?<!{_N}){_N}{{1,12}}[余多几]?[万亿]{{0,2}})(?P<counted>{'|'.join(COUNTED)}))"
)

MOST_PASSAGES = 2_000
"""Changes of one text that are looked at closely, the first ones: nobody reads as many."""

_REWRITTEN = 20  # characters beside the figures; from here on both texts must still be alike
_ALIKE = 0.4
_MOST_PAIRS = 25_000_000  # pairs of characters; beyond that nobody reads a passage as reworded


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure and its place in a text: `2484家` has the number `2484` and the unit `家`."""

    start: int
    end: int
    text: str
    number: str  # as printed; a date is all number
    unit: str

    @property
    def value(self) -> str:
        """The number folded, without separators of thousands: equal for equal numbers."""
        return unicodedata.normalize("NFKC", self.number).replace(",", "")


def figures_in(text: str) -> list[Figure]:
    """Every figure of a text in its order; dates are figures as a whole, without a unit."""
    return [_figure(match) for match in _FIGURE.finditer(text)]


def _figure(match: re.Match[str]) -> Figure:
    number = match["date"] or match["value"] or match["percent"] or match["words"]
    unit = match["unit"] or match["counted"] or ""
    return Figure(match.start(), match.end(), match[0], number, unit.strip())


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of both texts around changes that begins and ends between figures."""

    old: tuple[int, int]
    new: tuple[int, int]

    def grown(self, left: int, right: int) -> _Passage:
        return _Passage(
            (self.old[0] - left, self.old[1] + right), (self.new[0] - left, self.new[1] + right)
        )

    def through(self, other: _Passage) -> _Passage:
        return _Passage((self.old[0], other.old[1]), (self.new[0], other.new[1]))


class _Figures:
    """The figures of one text, found by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found = list(_FIGURE.finditer(text))
        self._starts = [match.start() for match in self._found]
        self._ends = [match.end() for match in self._found]

    def within(self, span: tuple[int, int]) -> list[Figure]:
        """Those that share a character with the span, or hold it where it is empty."""
        first, last = bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
        return [_figure(match) for match in self._found[first:last]]

    def reach(self, span: tuple[int, int]) -> tuple[int, int]:
        """The span widened to the whole of every figure in it."""
        first, last = bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
        if first >= last:
            return span
        return min(span[0], self._starts[first]), max(span[1], self._ends[last - 1])

    def beside(self, span: tuple[int, int]) -> str:
        """The span's text without its figures, folded."""
        pieces: list[str] = []
        at = span[0]
        for figure in self.within(span):
            pieces.append(self.text[at : figure.start])
            at = figure.end
        return fold_key("".join(pieces) + self.text[at : span[1]])


def changed_figures(diff: Sequence[DiffOp]) -> tuple[FigureChange, ...]:
    """The figures that became others, in the order of the text, none twice.

    Takes a diff without omissions. A figure and its successor are found by the place of the
    change; where a changed passage has as many figures as its predecessor they are paired in
    order, and where it has not, or where a reworded passage counts something else, none is
    guessed. The same number printed otherwise (`2,484家`, `２４８４家`) is no change. No more than
    the first `MOST_PASSAGES` changes are looked at.
    """
    diff = _first_changes(diff)
    before = _Figures("".join(text for sign, text in diff if sign != "+"))
    after = _Figures("".join(text for sign, text in diff if sign != "-"))
    changes = [
        FigureChange(old.text, new.text)
        for passage in _passages(_changes(diff), before, after)
        for old, new in _successors(passage, before, after)
    ]
    return tuple(dict.fromkeys(changes))


def _first_changes(diff: Sequence[DiffOp]) -> Sequence[DiffOp]:
    """The diff as far as it is looked at, with the equal text behind the last change."""
    changes = 0
    for place, (sign, _) in enumerate(diff):
        if sign == "=" and place and diff[place - 1][0] != "=":
            changes += 1
            if changes == MOST_PASSAGES:
                return diff[: place + 1]
    return diff


def _changes(diff: Sequence[DiffOp]) -> list[_Passage]:
    """Where each change stands in both texts; one that follows another directly belongs to it."""
    changes: list[_Passage] = []
    at = to = 0
    for sign, text in diff:
        gone, come = len(text) * (sign != "+"), len(text) * (sign != "-")
        if sign != "=":
            change = _Passage((at, at + gone), (to, to + come))
            touches = bool(changes) and (changes[-1].old[1], changes[-1].new[1]) == (at, to)
            changes.append(changes.pop().through(change) if touches else change)
        at, to = at + gone, to + come
    return changes


def _passages(changes: list[_Passage], before: _Figures, after: _Figures) -> list[_Passage]:
    """The changes widened to whole figures; those that meet in a figure are one passage."""
    passages: list[_Passage] = []
    waiting = changes[::-1]
    while waiting:
        passage = waiting.pop()
        left, right = _torn(passage, before, after)
        if not left and not right:
            passages.append(passage)
        elif left and passages and passage.old[0] - left < passages[-1].old[1]:
            waiting.append(passages.pop().through(passage))
        elif right and waiting and passage.old[1] + right > waiting[-1].old[0]:
            waiting.append(passage.through(waiting.pop()))
        else:
            waiting.append(passage.grown(left, right))
    return passages


def _torn(passage: _Passage, before: _Figures, after: _Figures) -> tuple[int, int]:
    """How many characters to the left and right the figures at the passage's ends go on."""
    left = right = 0
    for span, figures in ((passage.old, before), (passage.new, after)):
        start, end = figures.reach(span)
        left, right = max(left, span[0] - start), max(right, end - span[1])
    return left, right


def _successors(
    passage: _Passage, before: _Figures, after: _Figures
) -> Iterator[tuple[Figure, Figure]]:
    old, new = _unequal(before.within(passage.old), after.within(passage.new))
    if len(old) != len(new):
        return
    beside = before.beside(passage.old), after.beside(passage.new)
    reworded = beside[0] != beside[1]
    if reworded and not _alike(*beside):
        return
    for left, right in zip(old, new, strict=True):
        same_unit = fold_key(left.unit) == fold_key(right.unit)
        if (left.value != right.value or not same_unit) and (same_unit or not reworded):
            yield left, right


def _unequal(old: list[Figure], new: list[Figure]) -> tuple[list[Figure], list[Figure]]:
    """Both lists without the figures that stand in both, in order."""
    matches = align([figure.text for figure in old], [figure.text for figure in new])
    kept = {i + n for i, _, size in matches for n in range(size)}
    met = {j + n for _, j, size in matches for n in range(size)}
    return (
        [figure for place, figure in enumerate(old) if place not in kept],
        [figure for place, figure in enumerate(new) if place not in met],
    )


def _alike(old: str, new: str) -> bool:
    """Whether two wordings around figures may speak of the same things."""
    if max(len(old), len(new)) <= _REWRITTEN:
        return True
    if len(old) * len(new) > _MOST_PAIRS:
        return False
    return Indel.normalized_similarity(old, new) >= _ALIKE
