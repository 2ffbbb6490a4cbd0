"""The other watchers: urlwatch, webchanges, changedetection.io, run by their own command lines.

They are installed in an environment of their own (`benchmarks/watchers.lock`).
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.costs import Cost, run_measured
from benchmarks.served import ServedSite
from benchmarks.watchers import Watcher, addresses

SLOW = 500
"""Pages of a watcher that took 23 to 55 ms of CPU a page, and more the more there are."""


def installed_peers(environment: Path) -> list[Watcher]:
    """The peers whose scripts are in a virtual environment, urlwatch first."""
    scripts = environment.absolute() / "bin"  # they are run in folders of their own
    named: dict[str, Watcher] = {
        "urlwatch": Urlwatch("urlwatch", scripts / "urlwatch", "--urls", "--cache", sys.maxsize),
        "webchanges": Urlwatch("webchanges", scripts / "webchanges", "--jobs", "--database", SLOW),
        "changedetection.io": Changedetection(script=scripts / "changedetection.io"),
    }
    return [peer for name, peer in named.items() if (scripts / name).exists()]


# urlwatch: `CHANGED: http://…`; webchanges: `CHANGED: 关于…的复函 (http://…)`, `ERROR: …`
_TOLD = re.compile(r"^(NEW|CHANGED|ERROR)\b.*https?://", re.MULTILINE)

_SETTINGS: Mapping[str, Any] = {
    "display": {"new": True, "error": True, "unchanged": False},
    "report": {
        "text": {"line_length": 75, "details": False, "footer": False, "minimal": True},
        "stdout": {"enabled": True, "color": False},
    },
}


@dataclass(frozen=True, slots=True)
class Urlwatch:
    """urlwatch, and webchanges, which grew out of it: a YAML document a page, its text watched."""

    name: str
    script: Path
    jobs: str  # its option for the file of jobs
    seen: str  # its option for the file of what it saw
    most: int

    def begin(self, folder: Path, served: ServedSite) -> None:
        """A job an address; reports go to standard output."""
        jobs = (f"url: {address}\nfilter:\n  - html2text\n" for address in addresses(served))
        (folder / "jobs.yaml").write_text("---\n".join(jobs), encoding="utf-8")
        # JSON is YAML
        (folder / "config.yaml").write_text(json.dumps(_SETTINGS), encoding="utf-8")
        (folder / "hooks.py").write_text("", encoding="utf-8")
        (folder / "hooks.py").chmod(0o600)

    def check(self, folder: Path, day: int) -> Cost:
        """Run all its jobs."""
        command: list[str | Path] = [
            self.script, self.jobs, "jobs.yaml", "--config", "config.yaml",
            "--hooks", "hooks.py", self.seen, "seen.db",
        ]  # fmt: skip
        home = os.environ | {"HOME": str(folder), "PYTHONWARNINGS": "ignore"}
        return run_measured(command, folder, home)

    def told(self, folder: Path, cost: Cost) -> Counter[str]:
        """What the report names, by its words: new, changed, error."""
        return Counter(word.lower() for word in _TOLD.findall(cost.said))


@dataclass(frozen=True, slots=True)
class Changedetection:
    """changedetection.io in batch mode: it checks what it knows once, and ends."""

    script: Path
    name: str = "changedetection.io"
    most: int = SLOW

    def begin(self, folder: Path, served: ServedSite) -> None:
        """The addresses wait for the first check, which takes them on its command line."""
        listed = "\n".join(addresses(served))
        (folder / "addresses.txt").write_text(listed, encoding="utf-8")

    def check(self, folder: Path, day: int) -> Cost:
        """Add the addresses the first time, ask for all of them again later."""
        new = folder / "addresses.txt"
        if new.exists():
            words = [word for url in new.read_text().split() for word in ("-u", url)]
            new.unlink()
        else:
            words = ["-r", "all"]
        command: list[str | Path] = [
            self.script, "-C", "-d", "store", "-h", "127.0.0.1", "-p", str(_free_port()),
            "-l", "CRITICAL", "-b", *words,
        ]  # fmt: skip
        allowed = {"ALLOW_IANA_RESTRICTED_ADDRESSES": "true", "HOME": str(folder)}
        return run_measured(command, folder, os.environ | allowed)

    def told(self, folder: Path, cost: Cost) -> Counter[str]:
        """Snapshots added since this was last asked, the first of a page being new; errors."""
        told: Counter[str] = Counter()
        for watch in (folder / "store").glob("*/watch.json"):
            history = watch.with_name("history.txt")
            now = len(history.read_text().splitlines()) if history.exists() else 0
            mark = watch.with_name("told.txt")
            before = int(mark.read_text()) if mark.exists() else 0
            mark.write_text(str(now))
            told["new"] += before == 0 < now
            told["changed"] += max(0, now - max(before, 1))
            told["error"] += bool(json.loads(watch.read_text()).get("last_error"))
        return +told


def _free_port() -> int:
    """It refuses to begin where its port is taken, though in batch mode it never listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
