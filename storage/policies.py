"""What others decide and the archive is told: how letters compare, when a page is due again, and
how an absence is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from storage.records import Change, CopyHistory, Outcome, ReplyLetter

Compare = Callable[[ReplyLetter, ReplyLetter], Change | None]
"""How two readings of one letter differ; None where nothing does. Pure."""


class NextDue(Protocol):
    """When a copy is to be visited again: the policy of `crawler/revisit.py`."""

    def __call__(self, history: CopyHistory, outcome: Outcome, now: datetime) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Confirmation:
    """How often and how far apart an address must be gone before its letter is withdrawn."""

    visits: int = 2
    apart: timedelta = timedelta(hours=20)
