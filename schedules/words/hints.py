"""The name somebody may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from schedules.words.language import COMMA, say
from schedules.words.messages import DID_YOU_MEAN, THERE_ARE, THERE_ARE_MORE

_MOST_NAMES = 12


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.5) -> str:
    """`; did you mean …?` for the known name nearest to `name`; empty where none is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return say(DID_YOU_MEAN, name=close[0]) if close else ""


def nearest_or_all(name: str, known: Collection[str], *, listed_by: str = "") -> str:
    """The nearest of the known names, else those there are; of many only some, where a command
    lists them all."""
    if hint := nearest(name, known):
        return hint
    if not known:
        return ""
    if listed_by and len(known) > _MOST_NAMES:
        some = say(COMMA).join(list(known)[:_MOST_NAMES])
        return say(THERE_ARE_MORE, names=some, count=len(known), command=listed_by)
    return say(THERE_ARE, names=say(COMMA).join(known))
