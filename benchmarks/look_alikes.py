"""Owns letters that look like others: copies of one letter, and letters that are none.

Every page says which letter it truly shows, so that what identity makes of it can be counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.look_alike_copies import COPIES, WAYS
from benchmarks.look_alike_traps import ELSEWHERE, TRAPS
from crawler.demo.agencies import ECONOMY, SCIENCE
from crawler.demo.invent import invent_letter
from crawler.demo.letters import DemoLetter


@dataclass(frozen=True, slots=True)
class Told:
    """A letter at one address: which it truly is, how it is shown, and on whose site.

    `site` is `science`, `economy`, `government`, `congress` or `elsewhere`; `way` is `page`,
    `twin` (the page for telephones) or `www` (both names of the host).
    """

    truth: str
    form: str
    site: str
    letter: DemoLetter
    way: str = "page"


def tell_letters(count: int, seed: int) -> list[Told]:
    """About `count` letters with their copies, among them every trap; the same for one seed."""
    bases = count // 2
    told: list[Told] = []
    for serial in range(bases):
        base = _invent(serial, seed)
        told += [Told(base.key, "own page", base.agency.key, base), *_copies(base, serial, seed)]
        told += _traps(base, serial, seed, bases)
    return told


def _copies(base: DemoLetter, serial: int, seed: int) -> Iterator[Told]:
    home = base.agency.key
    draw = _draw(seed, serial, "copy")
    names = [*COPIES, *WAYS]
    turn = serial // 2
    # no set, whose order is another in every process
    for name in dict.fromkeys(names[n % len(names)] for n in (turn, turn * 5 + 3)):
        if name in WAYS:
            yield Told(base.key, name, home, base, WAYS[name])
        else:
            site, shown = COPIES[name]
            yield Told(base.key, name, site or home, shown(base, draw))


def _traps(base: DemoLetter, serial: int, seed: int, bases: int) -> Iterator[Told]:
    """One trap laid beside each letter, the kinds in turn; none where the letter has no place
    for it."""
    other = _invent(2 * (bases + serial) + serial % 2, seed)
    name = list(TRAPS)[serial // 2 % len(TRAPS)]
    trap = TRAPS[name](base, other, _draw(seed, serial, "trap"))
    if trap is not None:
        site = "elsewhere" if trap.agency.name == ELSEWHERE.name else trap.agency.key
        yield Told(f"{base.key} {name}", name, site, replace(trap, key=f"{base.key}-b"))


def _invent(serial: int, seed: int) -> DemoLetter:
    return invent_letter(serial, seed, (SCIENCE, ECONOMY)[serial % 2])


def _draw(seed: int, serial: int, part: str) -> Random:
    return Random(f"{seed}:{serial}:{part}")  # noqa: S311 - must repeat
