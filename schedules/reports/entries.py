"""Owns what a report says of one event, in words ready to be shown in any form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from schedules.reports.excerpts import MOST_EXCERPTS, Excerpt, excerpts
from schedules.reports.file_changes import file_changes
from schedules.reports.look_up import commands
from schedules.reports.select import InArchive, Report
from schedules.reports.words import (
    ABSENT,
    AGENCY,
    BACKDATED,
    CAME_BACK,
    CONTACTS,
    FORMER_LINK,
    INDEX_NUMBER,
    LINK,
    MORE_FIGURES,
    MORE_ITEMS,
    MORE_PLACES,
    OBSERVED,
    ONE_COPY,
    PRINCIPAL_LINK,
    UNTITLED,
    said,
)
from schedules.terminal import beijing_text, one_line
from schedules.words.fields import VALUES, field_label
from schedules.words.language import Language
from schedules.words.reasons import event_reason
from storage.records import Event, EventKind, FieldChange, JsonValue

_LONGEST_VALUE = 120  # characters
_LONGEST_TITLE = 200
_MOST_ITEMS = 3
_MOST_FIGURES = 12


@dataclass(frozen=True, slots=True)
class ShownField:
    """One changed field: its label and both values, short and on one line."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event as a report shows it. Every text is inert and on one line."""

    title: str
    facts: tuple[tuple[str, str], ...]  # label and value
    observation: str  # what was seen of a letter's presence; empty for other events
    notes: tuple[str, ...]
    fields: tuple[ShownField, ...]
    figures: tuple[tuple[str, str], ...]  # before and after
    excerpts: tuple[Excerpt, ...]
    links: tuple[tuple[str, str], ...]  # label and address, as recorded
    commands: tuple[tuple[str, str], ...] = ()  # each with what it shows


def report_entry(event: Event, report: Report, language: Language) -> Entry:
    """What a report shows of one of its events: the event's own, and what else it knows of it."""
    entry = entry_of(event, report.agencies, language)
    place = report.in_archive.get(event.cursor, InArchive())
    shown = tuple((command, said(what, language)) for command, what in commands(event, place))
    back = report.came_back(event)
    if back is None:
        return replace(entry, commands=shown)
    note = said(CAME_BACK, language, time=beijing_text(back.observed_at))
    return replace(entry, commands=shown, notes=(note, *entry.notes))


def entry_of(event: Event, agencies: Mapping[str, str], language: Language) -> Entry:
    """What is shown of an event: without contacts, body and annex as excerpts."""
    passages = excerpts(event, language)
    return Entry(
        title=_cut(one_line(event.letter.title or ""), _LONGEST_TITLE) or said(UNTITLED, language),
        facts=tuple(_facts(event, agencies, language)),
        observation=one_line(event_reason(event.reason, language)) if event.reason else "",
        notes=tuple(_notes(event, len(passages) - MOST_EXCERPTS, language)),
        fields=tuple(shown_fields(event.fields, language)),
        figures=tuple(
            (one_line(figure.before), one_line(figure.after))
            for figure in event.figures[:_MOST_FIGURES]
        ),
        excerpts=passages[:MOST_EXCERPTS],
        links=tuple(_links(event, language)),
    )


def shown_fields(changes: tuple[FieldChange, ...], language: Language) -> list[ShownField]:
    """The changed fields but body and annex, shown by excerpts, and contacts, never shown."""
    return [
        field
        for change in changes
        if change.field not in ("body", "annex", "contacts")
        for field in _shown(change, language)
    ]


def _shown(change: FieldChange, language: Language) -> Iterator[ShownField]:
    """One field, or one a file where the bytes of attachments changed under their links."""
    label = field_label(change.field, language)
    files, rest = file_changes(change)
    for file in files:
        yield ShownField(label, *file.sides(language))
    if rest is not None:
        before = _value(rest.before, rest.after, language)
        yield ShownField(label, before, _value(rest.after, rest.before, language))


def _facts(event: Event, agencies: Mapping[str, str], language: Language) -> list[tuple[str, str]]:
    agency = agencies.get(event.portal)
    portal = f"{agency}（{event.portal}）" if agency and language == "zh" else event.portal
    if agency and language == "en":
        portal = f"{agency} ({event.portal})"
    facts = [(AGENCY, portal)]
    if event.letter.index_number:
        facts.append((INDEX_NUMBER, event.letter.index_number))
    facts.append((OBSERVED, beijing_text(event.observed_at)))
    return [(said(label, language), _cut(one_line(value))) for label, value in facts]


def _notes(event: Event, hidden_places: int, language: Language) -> list[str]:
    notes: list[str] = []
    if event.backdated:
        notes.append(said(BACKDATED, language))
    if event.kind is EventKind.WITHDRAWN and event.scope == "copy":
        notes.append(said(ONE_COPY, language))
    if any(change.field == "contacts" for change in event.fields):
        notes.append(said(CONTACTS, language))
    if hidden_places > 0:
        notes.append(said(MORE_PLACES, language, count=hidden_places))
    if len(event.figures) > _MOST_FIGURES:
        notes.append(said(MORE_FIGURES, language, count=len(event.figures) - _MOST_FIGURES))
    return notes


def _links(event: Event, language: Language) -> list[tuple[str, str]]:
    links = [(said(LINK, language), event.url)]
    if event.from_url:
        links.append((said(FORMER_LINK, language), event.from_url))
    if event.letter.url not in (event.url, event.from_url):
        links.append((said(PRINCIPAL_LINK, language), event.letter.url))
    return links


def _value(value: JsonValue, other: JsonValue, language: Language) -> str:
    """A value short enough for a line; of several values those the other side has not."""
    if not isinstance(value, list):
        return _text(value, language)
    others = other if isinstance(other, list) else []
    own = [item for item in value if item not in others]
    shown = [_text(item, language) for item in own[:_MOST_ITEMS]]
    if len(own) > _MOST_ITEMS:
        shown.append(said(MORE_ITEMS, language, count=len(own) - _MOST_ITEMS))
    return "；".join(shown) or said(ABSENT, language)


def _text(value: object, language: Language) -> str:
    if isinstance(value, dict):
        return _cut(one_line(f"{value.get('name', '')} <{value.get('url', '')}>"))
    text = one_line("" if value is None else str(value))
    if text in VALUES:
        return said(VALUES[text], language)
    return _cut(text) or said(ABSENT, language)


def _cut(text: str, longest: int = _LONGEST_VALUE) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
