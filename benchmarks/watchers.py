"""The watchers that are measured: how each is told what to watch, run once, and what it then says.

Those that are none of ours stand in `benchmarks/peers.py`.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from benchmarks.costs import Cost, run_measured
from benchmarks.served import ServedSite
from crawler.demo.portals import portal_of, write_toml

ROOT = Path(__file__).resolve().parents[1]
OURS = "fuhan"

_FIRST_DAY = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)


class Watcher(Protocol):
    """Something that watches a site's letters and says what changed."""

    @property
    def name(self) -> str:
        """As the tables print it."""

    @property
    def most(self) -> int:
        """Pages it is given; more would take it too long."""

    def begin(self, folder: Path, served: ServedSite) -> None:
        """Write what it needs into an empty folder; nothing is fetched yet."""

    def check(self, folder: Path, day: int) -> Cost:
        """Visit every page once, on that day."""

    def told(self, folder: Path, cost: Cost) -> Counter[str]:
        """What it told since this was last asked: words with how often."""


def addresses(served: ServedSite) -> list[str]:
    """The letters' addresses in the first scene."""
    site = next(iter(served.scenes.values()))
    return [served.url + path for path in site.articles]


# --- fuhan -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fuhan:
    """The program's own command line; politeness is off, everything else as it comes."""

    name: str = OURS
    most: int = sys.maxsize

    def begin(self, folder: Path, served: ServedSite) -> None:
        """A configuration and the portal's file; no selectors are given."""
        site = next(iter(served.scenes.values()))
        portal = replace(portal_of(site, served.url), min_letters=0)
        (folder / "portals").mkdir()
        (folder / "portals" / f"{portal.name}.toml").write_text(
            write_toml(portal), encoding="utf-8"
        )
        (folder / "fuhan.toml").write_text(
            f'[archive]\npath = "fuhan.db"\n[crawl]\nportals = "portals"\n'
            f'enabled = ["{portal.name}"]\n',
            encoding="utf-8",
        )

    def check(self, folder: Path, day: int) -> Cost:
        """`crawl --full`: every page is visited, as peers do."""
        return self.run(folder, day, "crawl", "--full")

    def ordinary(self, folder: Path, day: int) -> Cost:
        """`crawl` as a cron job would have it: the lists' first pages, and what is due."""
        return self.run(folder, day, "crawl")

    def told(self, folder: Path, cost: Cost) -> Counter[str]:
        """Every event since this was last asked but those of the first crawl, by kind."""
        mark = folder / "cursor.txt"
        after = int(mark.read_text()) if mark.exists() else 0
        events = self.events(folder, after)
        mark.write_text(str(max((event["cursor"] for event in events), default=after)))
        return Counter(event["kind"] for event in events)

    def events(self, folder: Path, after: int = 0) -> list[dict[str, Any]]:
        """The lines of `changes --json` after a cursor, without those of the first crawl."""
        lines = self.run(folder, 0, "changes", "--after", str(after), "--json").said.splitlines()
        events = [json.loads(line) for line in lines]
        return [event for event in events if not event["baseline"]]

    def state(self, folder: Path) -> str:
        """The portal's state, as `status --json` gives it."""
        portals = json.loads(self.run(folder, 0, "status", "--json").said)["portals"]
        return str(portals[0]["state"])

    def letters(self, folder: Path) -> int:
        """How many letters the archive tells apart."""
        return len(self.run(folder, 0, "letters", "--json").said.splitlines())

    def run(self, folder: Path, day: int, *words: str, stop_after: int = 0) -> Cost:
        """One command on a day, its clock set; the program says nothing but what is asked for."""
        now = (_FIRST_DAY + timedelta(days=day)).isoformat()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FUHAN_")}
        environment = kept | {
            "PYTHONPATH": str(ROOT), "FUHAN_NOW": now, "FUHAN_LANG": "en", "FUHAN_LOG": "error",
        }  # fmt: skip
        command = (sys.executable, "-m", "schedules", "--config", "fuhan.toml", *words)
        return run_measured(command, folder, environment, stop_after=stop_after)


# --- only downloading ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BareScrapy:
    """A spider that downloads what a first crawl does, lists and files too, and drops it."""

    name: str = "bare Scrapy"
    most: int = sys.maxsize

    def begin(self, folder: Path, served: ServedSite) -> None:
        """A file of addresses."""
        site = next(iter(served.scenes.values()))
        lists = [
            served.url + path for column in site.columns for path in site.list_addresses(column)
        ]
        files = [served.url + path for path in site.files]
        listed = "\n".join([*lists, *addresses(served), *files])
        (folder / "addresses.txt").write_text(listed, encoding="utf-8")

    def check(self, folder: Path, day: int) -> Cost:
        """Download everything."""
        command = (sys.executable, "-m", "benchmarks.bare_spider", "addresses.txt")
        return run_measured(command, folder, os.environ | {"PYTHONPATH": str(ROOT)})

    def told(self, folder: Path, cost: Cost) -> Counter[str]:
        """Nothing."""
        return Counter()
