"""Owns what a run of a watcher costs: CPU, memory, disk, and what the server had to send."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True, slots=True)
class Cost:
    """One command's cost and what it said; `cpu` and `wall` in seconds."""

    cpu: float
    wall: float
    peak_mb: float
    code: int
    said: str


def run_measured(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    *,
    stop_after: int = 0,
) -> Cost:
    """Run a command in a folder on one core; children it waited for are part of its CPU time.

    After `stop_after` seconds (0: never) it is sent SIGTERM. Python may keep what it compiles, as
    it does wherever a program is installed.
    """
    given = dict(environment or os.environ)
    given.pop("PYTHONDONTWRITEBYTECODE", None)
    report, said = folder / "cost.json", folder / "said.txt"
    core = max(os.sched_getaffinity(0))
    launch = [sys.executable, "-I", "-S", _LAUNCHER, report, str(core), str(stop_after), *command]
    with said.open("wb") as output:
        subprocess.run(  # noqa: S603 - watchers named by this benchmark
            launch, cwd=folder, env=given,
            stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, check=True,
        )  # fmt: skip
    found = json.loads(report.read_text(encoding="utf-8"))
    text = said.read_text(encoding="utf-8", errors="replace")
    report.unlink()
    said.unlink()
    return Cost(found["cpu"], found["wall"], found["peak_kb"] / 1024, found["code"], text)


def disk_bytes(folder: Path) -> int:
    """What a folder takes on the disk, as `du` counts."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())
