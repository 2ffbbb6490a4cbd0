"""Puts each published event's letter into the outbox of the sinks that want it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from schedules.config.config import Config
from schedules.config.telling import SinkSection
from schedules.delivery.keys import sink_target
from schedules.delivery.selection import AgencyNames, agency_names, wants_letter
from schedules.delivery.sending import Line
from schedules.delivery.targets import sink_channel
from storage.archive import LetterArchive
from storage.json_forms import dump, event_line
from storage.outbox.records import Draft, LetterNews, TargetState
from storage.records import EventKind, Portal

_AT_ONCE = 100  # messages of a sink that lie in the outbox: the rest stays behind its cursor


def begin_sink(archive: LetterArchive, config: Config, sink: SinkSection) -> TargetState:
    """Makes a sink's target known: it begins with the archive's first event, or with what comes."""
    cursor = 0 if sink.begin == "start" else None
    return archive.outbox.begin_target(sink_target(config, sink), cursor)


def sink_line(
    archive: LetterArchive,
    config: Config,
    sink: SinkSection,
    portals: Sequence[Portal],
    *,
    at_once: bool,
) -> Line:
    """The sink's messages on their way; its outbox is filled again when it is empty."""
    state = begin_sink(archive, config, sink)
    return Line(
        key=state.key,
        target_id=state.id,
        channel=sink_channel(config, sink),
        gives_up=False,
        at_once=at_once,
        refill=lambda: _refill(archive, sink, state, portals),
    )


def _refill(
    archive: LetterArchive, sink: SinkSection, begun: TargetState, portals: Sequence[Portal]
) -> bool:
    """Puts the next events it wants into the sink's outbox; false where there are none left."""
    agencies = agency_names(archive, portals)
    while True:
        state = archive.outbox.target_state(begun.key) or begun
        news, upto = archive.letter_news(state.cursor, _AT_ONCE)
        if upto == state.cursor:
            return False
        drafts = [_draft(item, sink) for item in news if _is_wanted(item, sink, agencies)]
        if not archive.outbox.put_in_outbox(state, drafts, upto):
            return False
        if drafts:
            return True


def _is_wanted(news: LetterNews, sink: SinkSection, agencies: AgencyNames) -> bool:
    event = news.event
    if event is None and sink.format == "event":
        return False
    if event is not None and event.kind is EventKind.CHANGED:
        weight = event.significance
        if weight is not None and weight not in sink.significance:
            return False
    return wants_letter(news.letter, news.portal, sink, agencies.get(news.portal, ()), event)


def _draft(news: LetterNews, sink: SinkSection) -> Draft:
    line = sink_object(news) if sink.format == "letter" else _event(news)
    return Draft(news.letter.title or "", dump(line) + "\n", upto=news.cursor)


def sink_object(news: LetterNews) -> dict[str, Any]:
    """One message of a sink: the letter as `fuhan export` prints it, and its event beside it."""
    return {**news.line, "event": _event(news) if news.event else None}


def _event(news: LetterNews) -> dict[str, Any]:
    return event_line(news.event) if news.event else {}
