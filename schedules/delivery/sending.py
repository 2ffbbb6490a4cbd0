"""Sends what waits in the outbox: every target by itself, one message after another."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from schedules.delivery.backoff import Jitter, is_due, next_attempt
from schedules.delivery.channels import Channel
from schedules.delivery.failures import NotDelivered
from storage.archive import LetterArchive
from storage.clock import Clock
from storage.errors import DeliveryError
from storage.outbox.records import Delivery, TargetKey

HOLDS_UP = 3  # attempts of a report's message; from then on the next ones do not wait for it
_ASIDE = 50  # messages of one target that may stand aside

_MOMENT = 0.5  # seconds between two looks at whether we are to stop

Refill = Callable[[], bool]
"""Puts a target's next messages into the outbox; false where there are none."""


@dataclass(slots=True)
class Line:
    """One target and the messages on their way to it, in their order."""

    key: TargetKey
    target_id: int
    channel: Channel
    gives_up: bool = True  # a sink never skips: its first message is tried for ever
    at_once: bool = False  # whatever the pause, those given up too
    refill: Refill = lambda: False
    tried: set[int] = field(default_factory=set)  # in this pass, in vain


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of handing over some messages of one target."""

    key: TargetKey
    count: int
    title: str
    error: str | None = None  # masked; None: delivered
    next_attempt: datetime | None = None  # None with an error: given up


@dataclass(frozen=True, slots=True)
class _Flight:
    line: Line
    batch: list[Delivery]
    deadline: float  # monotonic


_Landing = tuple[int, Literal["sent"] | Exception]


class Sender:
    """Hands messages to all targets at the same time, so that none waits for another.

    Each is sent by a thread of its own that touches no archive; where it is not back by the
    channel's deadline, the attempt counts as failed and the thread is left to itself (fault 17).
    """

    def __init__(
        self,
        archive: LetterArchive,
        clock: Clock,
        *,
        jitter: Jitter,
        shown: Callable[[str], str],
        seconds: float,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self._archive = archive
        self._outbox = archive.outbox
        self._clock = clock
        self._jitter = jitter
        self._shown = shown
        self._until = time.monotonic() + seconds
        self._stopped = stopped
        self._flights: dict[int, _Flight] = {}
        self._landed: queue.SimpleQueue[_Landing] = queue.SimpleQueue()
        self._numbers = 0
        self.attempts: list[Attempt] = []

    def send(self, lines: Sequence[Line]) -> list[Attempt]:
        """Sends until every target has all or fails, or the time is up; gives what came of it.

        Once `stopped` it waits for nothing; what is on its way then is sent again, as after a
        crash.
        """
        for line in lines:
            self._start(line)
        while self._flights and not self._stopped():
            landing = self._next_landing()
            if landing is None:
                continue
            number, outcome = landing
            flight = self._flights.pop(number, None)
            if flight is not None and self._goes_on(flight, outcome):
                self._start(flight.line)
        return self.attempts

    def _start(self, line: Line) -> None:
        batch = self._next_batch(line)
        if not batch or time.monotonic() >= self._until or self._stopped():
            return
        self._numbers += 1
        number, now = self._numbers, self._clock()
        deadline = time.monotonic() + line.channel.seconds
        self._flights[number] = _Flight(line, batch, deadline)

        def hand_over() -> None:
            try:
                line.channel.send(batch, now)
            except Exception as error:  # noqa: BLE001 - one target's fault stays its own
                self._landed.put((number, error))
            else:
                self._landed.put((number, "sent"))

        threading.Thread(target=hand_over, name=f"to {line.key.name}", daemon=True).start()

    def _next_batch(self, line: Line) -> list[Delivery]:
        """The target's next messages, where the first one's time has come.

        One that failed often waits by itself: what comes after it may be what the target takes.
        """
        limit = line.channel.batch + len(line.tried) + (_ASIDE if line.gives_up else 0)
        while True:
            waiting = self._outbox.waiting(line.target_id, limit, dead=line.at_once)
            batch = [delivery for delivery in waiting if delivery.id not in line.tried]
            if batch or line.tried or not line.refill():
                break
        if line.at_once:
            return batch[: line.channel.batch]
        now = self._clock()
        while batch and not is_due(batch[0].next_attempt, now):
            if not self._stands_aside(line, batch[0].attempts):
                return []
            batch.pop(0)
        return batch[: line.channel.batch]

    def _stands_aside(self, line: Line, attempts: int) -> bool:
        return line.gives_up and attempts >= HOLDS_UP

    def _next_landing(self) -> _Landing | None:
        """The next that is back, or late; None where a moment passed without either."""
        number, flight = min(self._flights.items(), key=lambda item: item[1].deadline)
        left = flight.deadline - time.monotonic()
        try:
            return self._landed.get(timeout=min(max(0.0, left), _MOMENT))
        except queue.Empty:
            if left > _MOMENT:
                return None
            return number, NotDelivered(f"not done within {flight.line.channel.seconds:g} s")

    def _goes_on(self, flight: _Flight, outcome: Literal["sent"] | Exception) -> bool:
        """Records what came of it; whether this target's next messages may follow."""
        line, batch = flight.line, flight.batch
        if outcome == "sent":
            self._outbox.mark_delivered(batch)
            self.attempts.append(Attempt(line.key, len(batch), batch[-1].title))
            return True
        assert isinstance(outcome, Exception)  # noqa: S101 - for the type checker
        planned = self._mark_failed(line, batch[0], outcome)
        line.tried.add(batch[0].id)
        return planned is None or self._stands_aside(line, batch[0].attempts + 1)

    def _mark_failed(self, line: Line, first: Delivery, error: Exception) -> datetime | None:
        failure = error if isinstance(error, NotDelivered) else NotDelivered(_unexpected(error))
        now = self._clock()
        planned = None
        if not (failure.permanent and line.gives_up):
            planned = next_attempt(
                first.attempts + 1,
                first.created_at,
                now,
                jitter=self._jitter,
                retry_after=failure.retry_after,
                gives_up=line.gives_up,
            )
        reason = self._shown(str(failure))
        self._outbox.mark_failed(first, reason, next_attempt=planned, remaining=failure.remaining)
        self.attempts.append(Attempt(line.key, 1, first.title, reason, planned))
        return planned


def _unexpected(error: Exception) -> str:
    """What an error of another kind comes to; a target that is none says what is wrong."""
    if isinstance(error, DeliveryError):
        return str(error)
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
