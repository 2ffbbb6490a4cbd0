"""Whether the wall clock jumped: a machine that slept, a clock that was set, a restored VM."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from storage.clock import Clock

SLACK = timedelta(seconds=30)  # what time servers slew, and a busy machine's lateness


class ClockWatch:
    """Compares the wall clock with the monotonic one, which no one can set.

    Linux's monotonic clock stands still while the machine sleeps, so that sleep is a jump too.
    """

    def __init__(self, wall: Clock, monotonic: Callable[[], float]) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._seen = wall(), monotonic()

    def jump(self) -> timedelta:
        """How far the wall clock went ahead (or back: negative) beyond the time that passed since
        the last look; zero where that is within `SLACK`."""
        (wall, monotonic), self._seen = self._seen, (self._wall(), self._monotonic())
        apart = (self._seen[0] - wall) - timedelta(seconds=self._seen[1] - monotonic)
        return apart if abs(apart) > SLACK else timedelta()
