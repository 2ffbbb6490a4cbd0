"""One round of what is due, for cron and systemd timers: crawl, upkeep, delivery."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import structlog

from schedules.daemon.children import Child, CommandChild, StartChild
from schedules.daemon.watch import Watch
from schedules.runs.pings import Pinger
from storage.errors import ArchiveLocked
from storage.lock import crawl_lock

_WORSE = (0, 3, 1, 2, 4)  # exit codes, from all well to the archive's own trouble


def do_once(watch: Watch, *, start: StartChild = CommandChild, verbosity: int = 0) -> int:
    """Does what is due, each as a child; gives the worst of their exit codes.

    While another crawl is running only delivery is done: the skip is logged, and no failure.
    SIGTERM and SIGINT end the child at work, and the round.
    """
    log = structlog.get_logger("fuhan.daemon")
    rounds = [["crawl", "--due"], ["upkeep", "--due"], ["deliver"]]
    if not watch.config.tells_anyone:
        rounds.pop()
    try:
        with crawl_lock(watch.config.archive):
            pass
    except ArchiveLocked as error:
        log.warning("skipped: the last crawl has not ended", holder=error.values.get("holder"))
        rounds = rounds[2:]
    options = ["-" + "v" * verbosity] if verbosity else []
    worst = 0
    with _stoppable() as stopped:
        for arguments in rounds:
            if stopped:
                return 1
            code = _run(watch, start, [*options, *arguments], stopped)
            worst = max(worst, code if code in _WORSE else 1, key=_WORSE.index)
    return worst


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
