"""What kind of event it is, as a letter's own timeline names it."""

from __future__ import annotations

from schedules.replay.words import REPLAYED_MARK
from schedules.reports.select import group_of
from schedules.reports.words import GROUPS, said
from schedules.words.language import Language
from schedules.words.messages import MARKED
from storage.records import Event


def event_kind(event: Event, language: Language) -> str:
    """`内容有改动`; `内容有改动（补记）` where captures from elsewhere told it."""
    kind = said(GROUPS[group_of(event)], language)
    if not event.replayed:
        return kind
    return said(MARKED, language, kind=kind, marks=said(REPLAYED_MARK, language))
