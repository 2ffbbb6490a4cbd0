"""One round of what is due, for cron and systemd timers: crawl, upkeep, delivery."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import structlog

from schedules.daemon.children import Child, CommandChild, StartChild
from schedules.daemon.watch import Watch
from schedules.runs.pings import Pinger
from storage.errors import ArchiveLocked
from storage.lock import crawl_lock

UNHEALTHY = 3
_WORSE = (0, UNHEALTHY, 1, 2, 4)  # exit codes, from all well to the archive's own trouble
_ARGUMENTS = {"crawl": ("crawl", "--due"), "upkeep": ("upkeep", "--due"), "deliver": ("deliver",)}


@dataclass(frozen=True, slots=True)
class Once:
    """What one round came to."""

    code: int  # the worst of its steps'
    done: tuple[str, ...]  # the commands that were run, in their order


def do_once(
    watch: Watch, due: Sequence[str], *, start: StartChild = CommandChild, verbosity: int = 0
) -> Once:
    """Does what is due, of `crawl`, `upkeep` and `deliver`, each as a child.

    While another crawl is running only delivery is done: the skip is logged, and no failure.
    A portal whose file is wrong is left out; that is logged, and counts as a portal in trouble.
    SIGTERM and SIGINT end the child at work, and the round.
    """
    watch.log_faults()
    rounds = _let_through(watch, due) if due else due
    options = ["-" + "v" * verbosity] if verbosity else []
    codes: dict[str, int] = {}
    with _stoppable() as stopped:
        for command in rounds:
            if stopped:
                return Once(1, tuple(codes))
            code = _run(watch, start, [*options, *_ARGUMENTS[command]], stopped)
            codes[command] = code if code in _WORSE else 1
    of_files = UNHEALTHY if watch.faults else 0
    return Once(max((of_files, *codes.values()), key=_WORSE.index), tuple(codes))


def _let_through(watch: Watch, rounds: Sequence[str]) -> Sequence[str]:
    """The rounds that may begin now: beside a crawl that is going on only delivery."""
    try:
        with crawl_lock(watch.config.archive):
            return rounds
    except ArchiveLocked as error:
        log = structlog.get_logger("fuhan.daemon")
        log.warning("skipped: the last crawl has not ended", holder=error.values.get("holder"))
        return [command for command in rounds if command == "deliver"]


class _Stops(list[int]):
    """The signals that came, and the child they are passed on to."""

    child: Child | None = None

    def come(self, number: int, _frame: FrameType | None) -> None:
        self.append(number)
        if self.child is not None:
            self.child.terminate()


@contextmanager
def _stoppable() -> Iterator[_Stops]:
    stops = _Stops()
    kept = {n: signal.signal(n, stops.come) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stops
    finally:
        for number, before in kept.items():
            signal.signal(number, before)


def _run(watch: Watch, start: StartChild, arguments: Sequence[str], stops: _Stops) -> int:
    log = structlog.get_logger("fuhan.daemon")
    kind = next(word for word in arguments if not word.startswith("-"))
    child = stops.child = start(watch, arguments)
    if stops:
        child.terminate()
    code = child.wait()
    stops.child = None
    if code < 0 and not stops:  # it could not say so itself
        log.error(f"{kind} failed", code=code)
        with Pinger(watch.config) as pinger:
            pinger.fail(f"{kind} failed ({code}) {child.last_words}")
    return code
