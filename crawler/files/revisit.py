"""When a linked file is asked for: with its page, and seldom where it costs much.

A page's visit makes its files due, so page and files are seen together, and a file inherits the
page's intervals, which grow with the letter's age (`revisit.py`). What a file's visit costs the
office decides whether it comes along each time:

- With an ETag or Last-Modified an unchanged file costs a 304: it is asked for with its page.
- Without them it comes whole each time. It is left alone for a day for each megabyte, less the
  first one, so that small files still come with their pages; after four weeks it is asked for
  whatever its size.
- A file that is too large, that changes with every download, or that may not be asked for, is
  looked at again after four weeks; refused or failed ones after a day, in case it heals.
- A run with `--full` asks for every file of the pages it visits.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from crawler.revisit import DAILY, MONTHLY
from storage.attachments.records import FileState
from storage.records import Validators

A_DAY = 1_000_000
"""Bytes that are worth a day's rest, where a file can only be had whole."""

_SELDOM = frozenset({FileState.TOO_LARGE, FileState.UNSTABLE, FileState.NOT_ASKED})
_SOON = frozenset({FileState.BLOCKED, FileState.FAILED})


def not_before(
    state: FileState, size: int, validators: Validators, now: datetime
) -> datetime | None:
    """Until when a file is left alone after a visit at `now`; None: its page's next visit. Pure.

    `size` is what the visit brought, in bytes.
    """
    if state in _SELDOM:
        return now + MONTHLY
    if state in _SOON:
        return now + DAILY
    if state is not FileState.KEPT or validators != Validators():
        return None
    rest = timedelta(days=(size - 1) // A_DAY if size else 0)
    return now + min(rest, MONTHLY) if rest else None
