"""A letter as it now stands, with its addresses, versions and events, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.text import Text

from schedules.reports.canvas import printed
from schedules.reports.event_kind import event_kind
from schedules.reports.evidence_lines import evidence_lines
from schedules.reports.file_changes import FileChange, file_changes
from schedules.reports.file_lines import file_lines
from schedules.reports.look_up import dossier_command
from schedules.reports.words import (
    ANNEX,
    BODY,
    COLON,
    COPIES,
    ECHO,
    EVENTS,
    LETTER,
    SEEN,
    STATUS,
    UNTITLED,
    VERSION,
    VERSIONS,
    said,
)
from schedules.terminal import beijing_text, inert, one_line
from schedules.words.absent_text import absent_text
from schedules.words.attachments import FILES, WRITE_FILES
from schedules.words.fields import VALUES, field_label
from schedules.words.language import Language, Words
from schedules.words.reasons import event_reason
from schedules.words.record import EVIDENCE
from storage.attachments.records import LetterAttachment
from storage.json_forms import letter_fields
from storage.records import CopyEvidence, Event, LetterRecord, LetterVersion

_NOT_IN_LIST = frozenset({"title", "body", "annex", "warnings", "is_letter", "refusal"})


def render_letter(
    record: LetterRecord,
    versions: Sequence[LetterVersion],
    events: Iterable[Event],
    evidence: Sequence[CopyEvidence] = (),
    files: Sequence[LetterAttachment] = (),
    *,
    language: Language = "zh",
    colour: bool = False,
) -> str:
    """Title, state, fields, addresses with their evidence, files, versions, events, body, annex.

    Contacts are left out.

    Ends in a newline; inert on a terminal (fault 47).
    """
    lines = [Text(one_line(record.letter.title or "") or said(UNTITLED, language), style="bold")]
    lines += [Text(line, style="dim") for line in _state_lines(record, language)]
    lines += _field_lines(record, language)
    lines += _section(COPIES, map(one_line, record.urls), language)
    lines += _section(EVIDENCE, evidence_lines(evidence, language), language)
    lines += _section(FILES, file_lines(files, language), language)
    lines += _section(VERSIONS, (_version(version, language) for version in versions), language)
    lines += _section(EVENTS, (_event(event, language) for event in events), language)
    lines += _section(BODY, _body_lines(record, files, language), language)
    lines += _section(ANNEX, map(inert, record.letter.annex), language)
    return printed(lines, colour=colour)


def _body_lines(
    record: LetterRecord, files: Sequence[LetterAttachment], language: Language
) -> Iterator[str]:
    """The letter's paragraphs; where it has none, why, and of files how to get them."""
    if record.letter.body or not record.letter.refusal:
        yield from map(inert, record.letter.body.split("\n"))
        return
    yield said(absent_text(record.letter.refusal), language)
    if any(file.versions for file in files):
        yield said(WRITE_FILES, language, command=dossier_command(record.id))


def _state_lines(record: LetterRecord, language: Language) -> list[str]:
    status = said(STATUS[record.status], language)
    first, last = beijing_text(record.first_seen), beijing_text(record.last_seen)
    return [
        said(LETTER, language, id=record.id, status=status, versions=record.versions),
        said(SEEN, language, first=first, last=last),
    ]


def _field_lines(record: LetterRecord, language: Language) -> list[Text]:
    colon = said(COLON, language)
    return [
        Text.assemble((f"{field_label(name, language)}{colon}", "cyan"), _value(value, language))
        for name, value in letter_fields(record.letter, contacts=False).items()
        if value and name not in _NOT_IN_LIST
    ]


def _value(value: object, language: Language) -> str:
    if isinstance(value, list):
        return "；".join(_value(item, language) for item in value)
    if isinstance(value, dict):
        return one_line(f"{value['name']} <{value['url']}>")
    text = one_line(str(value))
    return said(VALUES[text], language) if text in VALUES else text


def _section(head: Words, items: Iterable[str], language: Language) -> list[Text]:
    lines = [Text(f"  {item}") for item in items if item]
    return [Text(), Text(said(head, language), style="bold cyan"), *lines] if lines else []


def _version(version: LetterVersion, language: Language) -> str:
    time, url = beijing_text(version.observed_at), one_line(version.url)
    line = said(VERSION, language, number=version.number, time=time, url=url)
    return f"{line} · {said(ECHO, language)}" if version.echo else line


def _files(event: Event) -> Iterator[FileChange]:
    for change in event.fields:
        yield from file_changes(change)[0]


def _event(event: Event, language: Language) -> str:
    """`2026-05-04 06:20 · 撤下 · 2026-05-03 和 2026-05-04 得到 404；… · https://…`"""
    figures = "；".join(f"{item.before} → {item.after}" for item in event.figures)
    parts = [
        beijing_text(event.observed_at),
        event_kind(event, language),
        event_reason(event.reason, language) if event.reason else "",
        figures,
        *(" → ".join(change.sides(language)) for change in _files(event)),
        event.url,
    ]
    return one_line(" · ".join(part for part in parts if part))
