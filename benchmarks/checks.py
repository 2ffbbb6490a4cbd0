"""Measures each watcher's checks of one site: the first, nothing changed, a little changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.costs import Cost, disk_bytes
from benchmarks.scenes import watched_site, with_edits
from benchmarks.served import ServedSite, Traffic
from benchmarks.watchers import BareScrapy, Fuhan, Watcher

FIRST = "first check"
SECOND = "the day after"
UNCHANGED = "nothing changed"
CHANGED = "5 % changed"
REBUILT = "only furniture changed"
AFTERWARDS = "nothing changed since"
ORDINARY = "ordinary run"

STARTING = 2  # pages of the site by which start-up is measured
_SMALL = 500
_FURTHER = 2  # first checks of a small site, besides the one


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it cost, what the server sent, what was told, what the disk holds then."""

    watcher: str
    pages: int
    phase: str
    cost: Cost
    traffic: Traffic
    told: Counter[str]
    disk: int  # bytes

    @property
    def cpu_a_page(self) -> float:
        """Milliseconds, start-up included."""
        return 1000 * self.cost.cpu / self.pages


@dataclass(frozen=True, slots=True)
class Checks:
    """All checks of a run of the benchmark."""

    made: tuple[Check, ...]

    def of(self, watcher: str, pages: int, phase: str) -> Check | None:
        """The check of that kind, if it was made."""
        wanted = watcher, pages, phase
        found = (each for each in self.made if (each.watcher, each.pages, each.phase) == wanted)
        return next(found, None)

    def cpu(self, watcher: str, pages: int, phase: str) -> float | None:
        """Its CPU seconds."""
        check = self.of(watcher, pages, phase)
        return check.cost.cpu if check else None


def check_site(
    pages: int, seed: int, watchers: Sequence[Watcher], note: Callable[[str], None]
) -> list[Check]:
    """Every watcher's checks of a site of `pages` letters, each told by `note` as it ends.

    The watchers take turns on one server; each begins with an empty folder.
    """
    site = watched_site(pages, seed)
    changed = with_edits(site)
    rebuilt = replace(changed, furniture=replace(changed.furniture, build="20260305.9"))
    scenes = {UNCHANGED: site, CHANGED: changed, REBUILT: rebuilt}
    made: list[Check] = []
    with ServedSite(scenes) as served:
        for watcher in watchers:
            with TemporaryDirectory() as folder:
                turn = _Turn(watcher, pages, Path(folder), served, note)
                made += _first(turn) if isinstance(watcher, BareScrapy) else _all(turn)
        again = _first_again(pages, watchers, served, note)
    return [_cheapest([each, *_same(each, again)]) for each in made]


def _first_again(
    pages: int, watchers: Sequence[Watcher], served: ServedSite, note: Callable[[str], None]
) -> list[Check]:
    """Further first checks of fuhan and the bare spider by turns, where there are few pages.

    What else the machine does can double the CPU time of either; it meets both alike so.
    """
    made: list[Check] = []
    if not STARTING < pages <= _SMALL:
        return made
    served.show(UNCHANGED)
    for _ in range(_FURTHER):
        for watcher in (each for each in watchers if isinstance(each, Fuhan | BareScrapy)):
            with TemporaryDirectory() as folder:
                turn = _Turn(watcher, pages, Path(folder), served, note)
                made += _first(turn)
    return made


def _same(check: Check, others: Sequence[Check]) -> list[Check]:
    kind = check.watcher, check.phase
    return [each for each in others if (each.watcher, each.phase) == kind]


@dataclass(slots=True)
class _Turn:
    watcher: Watcher
    pages: int
    folder: Path
    served: ServedSite
    note: Callable[[str], None]
    day: int = 0

    def check(self, phase: str, scene: str = UNCHANGED) -> Check:
        """A visit to every page while the site shows a scene."""
        return self._measured(phase, scene, self.watcher.check)

    def ordinary(self, fuhan: Fuhan) -> Check:
        """What fuhan's cron job would do on a quiet day."""
        return self._measured(ORDINARY, UNCHANGED, fuhan.ordinary)

    def _measured(self, phase: str, scene: str, run: Callable[[Path, int], Cost]) -> Check:
        self.served.show(scene)
        self.served.traffic()
        cost = run(self.folder, self.day)
        self.day += 1
        traffic = self.served.traffic()
        self.note(
            f"{self.watcher.name}, {self.pages} pages, {phase}: {cost.cpu:.1f} s CPU,"
            f" {cost.wall:.1f} s, {cost.peak_mb:.0f} MB"
        )
        told, disk = self.watcher.told(self.folder, cost), disk_bytes(self.folder)
        return Check(self.watcher.name, self.pages, phase, cost, traffic, told, disk)


def _first(turn: _Turn) -> list[Check]:
    turn.watcher.begin(turn.folder, turn.served)
    return [turn.check(FIRST)]


def _all(turn: _Turn) -> list[Check]:
    """One check after the other, a day apart.

    What fuhan learns of a site's pages between two runs may let it read captures anew once, on
    the day after the first crawl: its first quiet check is a phase of its own.
    """
    turn.served.show(UNCHANGED)
    turn.watcher.begin(turn.folder, turn.served)
    made = [turn.check(FIRST)]
    if isinstance(turn.watcher, Fuhan):
        made.append(turn.check(SECOND))
    made.append(_cheapest([turn.check(UNCHANGED) for _ in range(_rounds(turn))]))
    if turn.pages <= STARTING:
        return made
    if isinstance(turn.watcher, Fuhan):
        made.append(turn.ordinary(turn.watcher))
    made.append(turn.check(CHANGED, CHANGED))
    if turn.pages <= _SMALL:
        made += [turn.check(REBUILT, REBUILT), turn.check(AFTERWARDS, REBUILT)]
    return made


def _rounds(turn: _Turn) -> int:
    """How often a quiet check is made: where there are few pages, start-up's noise is large."""
    if turn.pages > _SMALL or turn.watcher.most <= _SMALL:
        return 1
    return 3 if turn.pages <= STARTING else 2


def _cheapest(checks: Sequence[Check]) -> Check:
    """The one least disturbed by whatever else the machine does."""
    return min(checks, key=lambda check: check.cost.cpu)
