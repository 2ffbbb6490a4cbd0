"""Plays the behaviour table: what a site does on following days, and what a watcher tells of it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.scenes import TAKEN_AWAY, behaviour_scenes
from benchmarks.served import ServedSite
from benchmarks.watchers import Fuhan, Watcher
from crawler.demo.refusals import Firewall

LARGEST_DIFF = 200  # bytes of UTF-8


@dataclass(frozen=True, slots=True)
class Watched:
    """What fuhan told since the baseline, and the portal's state after each day."""

    events: Sequence[dict[str, Any]]
    states: Sequence[str]

    def kinds(self) -> Counter[str]:
        """How many events of each kind."""
        return Counter(event["kind"] for event in self.events)

    def only(self, **kinds: int) -> bool:
        """Whether these events were told and no others (`copy-found` as `copy_found`)."""
        return self.kinds() == Counter(kinds)

    def once_each(self, kind: str) -> bool:
        """Whether no address has two events of a kind."""
        urls = [event["url"] for event in self.events if event["kind"] == kind]
        return len(urls) == len(set(urls))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what has to come out, and what says whether it did."""

    name: str
    wanted: str
    met: Callable[[Watched], bool]


@dataclass(frozen=True, slots=True)
class Story:
    """What the site shows on the days after the baseline, and the rows this decides."""

    days: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Behaved:
    """A row as it came out; `met` is None for peers, of whom nothing is wanted."""

    watcher: str
    row: str
    wanted: str
    found: str
    met: bool | None


def stories(firewalls: Sequence[Firewall] = tuple(Firewall)) -> list[Story]:
    """The rows of the table; the firewall's once for each kind."""
    return [
        Story(("furniture", "baseline"), (
            Row("counters, dates, sidebars change", "0 events", lambda seen: seen.only()),
        )),
        Story(("404", "404", "404"), (
            Row("404 on 5 pages", "5 withdrawn, once each", _five_withdrawn),
        )),
        Story(("404", "404", "baseline"), (
            Row("they return", "5 restored", lambda seen: seen.only(withdrawn=5, restored=5)),
        )),
        Story(("soft 404", "soft 404"), (
            Row("soft 404 on 5 pages", "5 withdrawn, 0 changes", _five_withdrawn),
        )),
        *(Story((kind.value, "baseline"), (
            Row(f"a firewall on all, then back ({kind.value})", "1 blocked, 0 events", _blocked),
        )) for kind in firewalls),
        Story(("one character",), (
            Row("one character changes in 301", "that character, ≤ 200 bytes", _one_character),
        )),
        Story(("moved", "moved"), (
            Row("removed here, the same there", "1 moved", lambda seen: seen.only(moved=1)),
        )),
    ]  # fmt: skip


def _five_withdrawn(seen: Watched) -> bool:
    return seen.only(withdrawn=TAKEN_AWAY) and seen.once_each("withdrawn")


def _blocked(seen: Watched) -> bool:
    return seen.only() and list(seen.states) == ["blocked", "ok"]


def _one_character(seen: Watched) -> bool:
    if not seen.only(changed=1):
        return False
    pieces = [piece for piece in seen.events[0]["diff"] if piece[0] != "="]
    return pieces == [["-", "4"], ["+", "5"]] and diff_bytes(seen.events[0]) <= LARGEST_DIFF


def diff_bytes(event: dict[str, Any]) -> int:
    """How long the text of an event's diff is, context included, in bytes of UTF-8."""
    return len(json.dumps(event["diff"], ensure_ascii=False).encode())


# --- playing ---------------------------------------------------------------------------------


def play(
    watchers: Sequence[Watcher], played: Sequence[Story], seed: int, note: Callable[[str], None]
) -> list[Behaved]:
    """Every story with every watcher; each story begins with a copy of the baseline's folder."""
    with ServedSite(behaviour_scenes(seed), latency=0.0) as served:
        return [row for watcher in watchers for row in _play_all(watcher, played, served, note)]


def _play_all(
    watcher: Watcher, played: Sequence[Story], served: ServedSite, note: Callable[[str], None]
) -> Iterator[Behaved]:
    with TemporaryDirectory() as folder:
        baseline = Path(folder) / "baseline"
        baseline.mkdir()
        served.show("baseline")
        watcher.begin(baseline, served)
        watcher.check(baseline, 0)
        for number, story in enumerate(played):
            copy = Path(folder) / str(number)
            shutil.copytree(baseline, copy)
            for row in _play_one(watcher, story, copy, served):
                note(f"{row.watcher}, {row.row}: {row.found}")
                yield row


def _play_one(
    watcher: Watcher, story: Story, folder: Path, served: ServedSite
) -> Iterator[Behaved]:
    told: Counter[str] = Counter()
    states: list[str] = []
    for day, scene in enumerate(story.days, start=1):
        served.show(scene)
        cost = watcher.check(folder, day)
        if isinstance(watcher, Fuhan):
            states.append(_state(cost.code, watcher, folder))
        else:
            told += watcher.told(folder, cost)
    for row in story.rows:
        if isinstance(watcher, Fuhan):
            seen = Watched(watcher.events(folder), states)
            yield Behaved(watcher.name, row.name, row.wanted, _tell_ours(seen), row.met(seen))
        else:
            yield Behaved(watcher.name, row.name, row.wanted, tell(told), None)


def _state(code: int, watcher: Fuhan, folder: Path) -> str:
    """Asked for only where the exit code says that all is not well: it costs a start-up."""
    return "ok" if code == 0 else watcher.state(folder)


def _tell_ours(seen: Watched) -> str:
    words = tell(seen.kinds())
    troubles = [state for state in seen.states if state != "ok"]
    if seen.kinds() == Counter({"changed": 1}):
        words += f", {diff_bytes(seen.events[0])} bytes of diff"
    return f"{len(troubles)} {troubles[0]}, {words}" if troubles else words


def tell(words: Counter[str]) -> str:
    """`5 withdrawn, 5 restored`; `0 events` where there are none."""
    return ", ".join(f"{times} {word}" for word, times in words.items()) or "0 events"
