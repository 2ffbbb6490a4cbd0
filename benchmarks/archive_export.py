"""Owns how fast letters are handed on, and that it takes the same memory however many there are."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.costs import run_measured

_SAMPLE = 10_000


@dataclass(frozen=True, slots=True)
class Exported:
    """`fuhan export` to a file: letters a second of CPU time and of wall time, start-up included,
    and its peak memory; `dumping` is what json.dumps alone makes of the same lines a second."""

    letters: int
    cpu: float
    wall: float
    peak_mb: float
    dumping: float


def measure_export(folder: Path, archive: Path) -> Exported:
    """Every letter of an archive as JSONL, by the command, in a process of its own."""
    config, output = folder / "fuhan.toml", folder / "letters.jsonl"
    config.write_text(f'[archive]\npath = "{archive.absolute()}"\n', encoding="utf-8")
    export = ("--config", str(config), "export", "--format", "jsonl", "-o", str(output))
    cost = run_measured((sys.executable, "-m", "schedules", *export), Path.cwd())
    if cost.code:
        raise ValueError(cost.said)
    with output.open(encoding="utf-8") as lines:
        sample = [json.loads(line) for line in islice(lines, _SAMPLE)]
    with output.open("rb") as lines:
        letters = sum(1 for _ in lines)
    output.unlink()
    began = time.process_time()
    for each in sample:
        json.dumps(each, ensure_ascii=False)
    dumping = len(sample) / (time.process_time() - began)
    return Exported(letters, letters / cost.cpu, letters / cost.wall, cost.peak_mb, dumping)
