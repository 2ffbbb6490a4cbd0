"""Chance that repeats: the same seed draws the same letters on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Form = TypeVar("Form")


@dataclass(frozen=True, slots=True)
class Deck:
    """The draws that belong to one letter: those of one part leave the other parts alone."""

    seed: int
    series: str  # letters of different series draw differently
    serial: int

    def random(self, part: str) -> Random:
        """A generator for one part of this letter."""
        # Not for secrets: it must be predictable.
        return Random(f"{self.seed}:{self.series}:{self.serial}:{part}")  # noqa: S311

    def dealt(self, part: str, choices: Sequence[Form]) -> Form:
        """Deal one form as from a shuffled deck, so that each occurs once in every round."""
        round_, place = divmod(self.serial, len(choices))
        order = list(range(len(choices)))
        Random(f"{self.seed}:{self.series}:{part}:{round_}").shuffle(order)  # noqa: S311
        return choices[order[place]]
