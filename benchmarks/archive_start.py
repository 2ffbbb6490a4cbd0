"""Owns how soon a command begins to print: measured from the start of the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

COMMANDS = (("changes", "--after", "0"), ("letters",), ("letters", "--json"), ("search", "科技"))
BARE = "python -c pass"


@dataclass(frozen=True, slots=True)
class Start:
    """Milliseconds until the first line: CPU time of all that ran, and wall time; the least of
    several starts."""

    command: str
    cpu: float
    wall: float


def measure_start(folder: Path, archive: Path, rounds: int = 7) -> list[Start]:
    """Python alone, then each command over the archive, one of each in turn.

    Each is killed when its first line is there, so that its CPU time is that of the beginning.
    """
    config = folder / "fuhan.toml"
    config.write_text(f'[archive]\npath = "{archive.absolute()}"\n', encoding="utf-8")
    fuhan = (sys.executable, "-m", "schedules", "--config", str(config))
    commands = {BARE: (sys.executable, "-c", "print()")}
    commands |= {f"fuhan {' '.join(each)}": (*fuhan, *each) for each in COMMANDS}
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds + 1):  # the first one may compile
        for name, command in commands.items():
            taken[name].append(_until_a_line(command, folder))
    return [
        Start(name, 1000 * min(cpu for cpu, _ in each), 1000 * min(wall for _, wall in each))
        for name, each in taken.items()
    ]


def _until_a_line(command: Sequence[str], folder: Path) -> tuple[float, float]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # installed programs are compiled
    began = time.monotonic()
    child = subprocess.Popen(  # noqa: S603 - commands of this benchmark
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    if child.stdout is None or not child.stdout.readline():
        raise ValueError(f"{' '.join(command)} printed nothing")
    wall = time.monotonic() - began
    child.kill()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    return usage.ru_utime + usage.ru_stime, wall
