"""A call that has to be back in time: time-outs of sockets count silence, not a byte a second."""

from __future__ import annotations

import threading
from collections.abc import Callable

from schedules.delivery.failures import NotDelivered


def within(seconds: float, call: Callable[[], None]) -> None:
    """Makes the call in a thread of its own; raises what it raises, NotDelivered where it is late.

    A call that is late is left to itself.
    """
    outcome: list[Exception | None] = []

    def run() -> None:
        try:
            call()
        except Exception as error:  # noqa: BLE001 - raised again in the caller's thread
            outcome.append(error)
        else:
            outcome.append(None)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise NotDelivered(f"not done within {seconds:g} s")
    if outcome[0] is not None:
        raise outcome[0]
