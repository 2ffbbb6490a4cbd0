"""Owns how speed is measured: CPU time, one core, rounds in which the readers take turns."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress

from benchmarks.pages import BenchPage
from benchmarks.readers import Reader


def pages_per_second(
    readers: Sequence[Reader],
    pages: Sequence[BenchPage],
    rounds: int,
    clock: Callable[[], float] = time.process_time,
) -> dict[str, float]:
    """Pages a second of CPU time by reader's name, each reader's best of `rounds`.

    Every reader reads all pages once unmeasured. In a round each reads all pages in turn, and
    another one begins each time, so that whatever else the machine does meets all alike; the best
    round is the one least disturbed.
    """
    for page in pages:
        _ = page.text  # decoded once, outside the clock
    for reader in readers:
        _read_all(reader, pages)
    seconds: dict[str, list[float]] = {reader.name: [] for reader in readers}
    for number in range(rounds):
        first = number % len(readers)
        for reader in (*readers[first:], *readers[:first]):
            start = clock()
            _read_all(reader, pages)
            seconds[reader.name].append(clock() - start)
    return {name: len(pages) / max(min(taken), 1e-9) for name, taken in seconds.items()}


def _read_all(reader: Reader, pages: Sequence[BenchPage]) -> None:
    for page in pages:
        # a peer may fail on a page with any error; that page then is one it read quickly
        with suppress(Exception):
            reader.read(page)
