"""Owns texts that no office writes: how long comparing them takes, whatever they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random

from pipelines.compare import compare_letters
from storage.records import ReplyLetter

MOST_SECONDS = 1.0
_CHARACTERS = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过"
)


@dataclass(frozen=True, slots=True)
class Extreme:
    """One pair of texts: how long they are, and the CPU seconds they took to compare."""

    name: str
    characters: int
    seconds: float


def compare_extremes(seed: int, repeat: int = 1) -> list[Extreme]:
    """Compares each pair, the quickest of `repeat` times."""
    return [_compared(name, *make(_draw(seed)), repeat) for name, make in _EXTREMES.items()]


def _draw(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - must repeat


def _compared(name: str, before: str, after: str, repeat: int) -> Extreme:
    best = float("inf")
    for _ in range(repeat):
        start = time.process_time()
        compare_letters(ReplyLetter(body=before), ReplyLetter(body=after))
        best = min(best, time.process_time() - start)
    return Extreme(name, len(before) + len(after), best)


_Pair = tuple[str, str]


def _line(draw: Random, length: int) -> str:
    return "".join(draw.choices(_CHARACTERS, k=length))


def _paragraphs(draw: Random, count: int, length: int = 40) -> list[str]:
    return [f"{_line(draw, length)}{n}家。" for n in range(count)]


def _one_line(draw: Random) -> _Pair:
    text = _line(draw, 30_000)
    return text, "".join(c if draw.random() > 0.01 else "甲" for c in text)


def _one_line_new(draw: Random) -> _Pair:
    return _line(draw, 30_000), _line(draw, 30_000)


def _each_edited(draw: Random) -> _Pair:
    old = _paragraphs(draw, 20_000)
    return "\n".join(old), "\n".join(f"{each[:20]}乙{each[21:]}" for each in old)


def _each_figure(draw: Random) -> _Pair:
    old = [f"{_line(draw, 20)}{n}家，{n + 3}人。" for n in range(20_000)]
    new = [each.replace("家", "5家") for each in old]
    return "\n".join(old), "\n".join(new)


def _each_rewritten(draw: Random) -> _Pair:
    return "\n".join(_paragraphs(draw, 20_000)), "\n".join(_paragraphs(draw, 20_000))


def _some_edited(draw: Random) -> _Pair:
    old = _paragraphs(draw, 20_000)
    new = [f"{each[:9]}乙{each[9:]}" if n % 2 else each for n, each in enumerate(old)]
    return "\n".join(old), "\n".join(new)


def _shuffled(draw: Random) -> _Pair:
    old = _paragraphs(draw, 20_000)
    return "\n".join(old), "\n".join(draw.sample(old, len(old)))


def _one_letter(draw: Random) -> _Pair:
    return "a" * 300_000, "a" * 299_000 + "b" + "a" * 1_500


def _two_letters(draw: Random) -> _Pair:
    return "ab" * 150_000, "ba" * 149_000


def _alternating(draw: Random) -> _Pair:
    one, two = "一是加强领导，压实责任。", "二是完善制度，强化监督。"
    return "\n".join([one, two] * 20_000), "\n".join([two, one] * 19_990)


def _alternating_edited(draw: Random) -> _Pair:
    one, two = "一是加强领导，压实责任。", "二是完善制度，强化监督。"
    return "\n".join([one, two] * 10_000), "\n".join([f"{one}甲", f"{two}乙"] * 10_000)


def _table(draw: Random) -> _Pair:
    old = [f"{n}\t任务{draw.randint(1, 9)}\t{n * 7}家\t2025年" for n in range(20_000)]
    return "\n".join(old), "\n".join(each.replace("家", "户") for each in old)


def _digits(draw: Random) -> _Pair:
    return "1" * 200_000, "1" * 100_000 + "2" + "1" * 99_000


def _commas(draw: Random) -> _Pair:
    return "，" * 100_000 + "甲", "，" * 99_000 + "乙"


def _one_line_each_clause(draw: Random) -> _Pair:
    old = [f"{_line(draw, 12)}{n}" for n in range(15_000)]
    return "，".join(old), "，".join(f"{each[:6]}丙{each[7:]}" for each in old)


def _chinese_numerals(draw: Random) -> _Pair:
    return "十百千万亿" * 20_000, "一二三四五" * 20_000


_EXTREMES: Mapping[str, Callable[[Random], _Pair]] = {
    "30,000 characters on one line, a hundredth other": _one_line,
    "30,000 characters on one line, all other": _one_line_new,
    "15,000 clauses on one line, each edited": _one_line_each_clause,
    "20,000 paragraphs, each edited": _each_edited,
    "20,000 paragraphs, a figure of each edited": _each_figure,
    "20,000 paragraphs, every second edited": _some_edited,
    "20,000 paragraphs, each rewritten": _each_rewritten,
    "20,000 paragraphs in another order": _shuffled,
    "20,000 rows of a table, a cell of each edited": _table,
    "40,000 alternating paragraphs": _alternating,
    "20,000 alternating paragraphs, each edited": _alternating_edited,
    "300,000 times one letter": _one_letter,
    "300,000 of two letters in turn": _two_letters,
    "200,000 digits": _digits,
    "100,000 commas": _commas,
    "100,000 numerals": _chinese_numerals,
}
