"""The name somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from schedules.words import DID_YOU_MEAN, say


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.5) -> str:
    """`; did you mean …?` for the known name nearest to `name`; empty where none is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return say(DID_YOU_MEAN, name=close[0]) if close else ""
