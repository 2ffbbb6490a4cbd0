"""A letter's dossier as one self-contained page, for printing and filing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import escape
from importlib.metadata import version as installed_version

from schedules.dossiers import words as words
from schedules.dossiers.cells import table_heads, table_row, text_cell, value_cell
from schedules.dossiers.changes import change_blocks
from schedules.dossiers.files import file_blocks
from schedules.reports.attachment_filing import FiledAttachment
from schedules.reports.event_kind import event_kind
from schedules.reports.evidence_lines import evidence_lines
from schedules.reports.file_changes import file_changes
from schedules.reports.html import POLICY, web_link
from schedules.reports.page_style import DOSSIER_STYLE, STYLE
from schedules.reports.words import (
    ECHO,
    LETTER,
    SEEN,
    STATUS,
    UNTITLED,
    said,
)
from schedules.terminal import beijing_text, one_line
from schedules.words.absent_text import absent_text
from schedules.words.attachments import FILES
from schedules.words.fields import field_label
from schedules.words.language import Language, Words
from schedules.words.reasons import event_reason
from storage.attachments.records import LetterAttachment
from storage.clock import from_text
from storage.evidence.letter_files import CaptureFact, JournalEntry
from storage.json_forms import letter_fields
from storage.records import CopyEvidence, Event, LetterRecord, LetterVersion, ReplyLetter

_NOT_IN_TABLE = frozenset({"title", "body", "annex", "is_letter", "refusal", "warnings"})


@dataclass(frozen=True, slots=True)
class FiledCapture:
    """A capture and the file it was written to; none where it is damaged."""

    fact: CaptureFact
    file: str | None
    headers: tuple[tuple[str, str], ...]
    size: int  # of the body that is kept

    @property
    def cut(self) -> bool:
        """Whether something of it was forgotten on request."""
        return self.fact.came_as != self.fact.digest


@dataclass(frozen=True, slots=True)
class Dossier:
    """All a letter's page shows. Versions are numbered as seen, the oldest first."""

    record: LetterRecord
    versions: tuple[LetterVersion, ...]
    events: tuple[Event, ...]
    evidence: tuple[CopyEvidence, ...]
    captures: tuple[FiledCapture, ...]
    links: tuple[LetterAttachment, ...]
    files: tuple[FiledAttachment, ...]
    entries: tuple[JournalEntry, ...]
    forgotten: bool  # whether something of the letter was, on request
    head: tuple[int, str]
    written_at: datetime


def render_dossier(dossier: Dossier, *, contacts: bool, language: Language = "zh") -> str:
    """The page in UTF-8; every value in it is text, no letter brings markup (fault 44)."""
    letter = dossier.record.letter
    annex = "\n".join(letter.annex)
    name = one_line(letter.title or "") or said(UNTITLED, language)
    title = escape(said(words.TITLE, language, title=name))
    changes = change_blocks(
        dossier.versions,
        dossier.events,
        contacts=contacts,
        forgotten=dossier.forgotten,
        language=language,
    )
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{"zh-CN" if language == "zh" else "en"}">',
            '<head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title><style>{STYLE}{DOSSIER_STYLE}</style></head><body>",
            f"<header><h1>{title}</h1>",
            *(f"<p>{escape(line)}</p>" for line in _head_lines(dossier, language)),
            "</header>",
            *_section(words.FACTS, _facts(dossier, contacts, language), language),
            *_section(words.WHY, _evidence(dossier, language), language),
            *_section(words.TIMELINE, _timeline(dossier, language), language),
            *_section(words.CHANGES, changes, language),
            *_section(words.BODY, _text(_body(letter, language)), language),
            *(_section(words.ANNEX, _text(annex), language) if annex else ()),
            *_section(words.CAPTURES, _captures(dossier, language), language),
            *(_files(dossier, language) if dossier.links else ()),
            *_section(words.JOURNAL, _journal(dossier, language), language),
            *_section(words.HOW, _how(dossier, language), language),
            "</body></html>",
            "",
        ]
    )


def _section(head: Words, lines: Iterable[str], language: Language) -> Iterator[str]:
    yield f"<section><h2>{escape(said(head, language))}</h2>"
    yield from lines
    yield "</section>"


def _head_lines(dossier: Dossier, language: Language) -> Iterator[str]:
    record = dossier.record
    status = said(STATUS[record.status], language)
    yield said(LETTER, language, id=record.id, status=status, versions=record.versions)
    first, last = beijing_text(record.first_seen), beijing_text(record.last_seen)
    yield said(SEEN, language, first=first, last=last)
    time, version = beijing_text(dossier.written_at), installed_version("fuhan")
    yield said(words.WRITTEN, language, version=version, time=time)
    for entry in dossier.entries:
        if entry.kind == "forget":
            asked = beijing_text(from_text(entry.recorded_at))
            yield said(words.FORGOTTEN, language, seq=entry.seq, time=asked)


def _facts(dossier: Dossier, contacts: bool, language: Language) -> Iterator[str]:
    yield "<table>"
    for name, value in letter_fields(dossier.record.letter, contacts=contacts).items():
        if value and name not in _NOT_IN_TABLE:
            yield table_row(escape(field_label(name, language)), value_cell(value, language))
    yield "</table>"
    if not contacts and dossier.record.letter.contacts:
        yield f'<p class="note">{escape(said(words.CONTACTS_LEFT_OUT, language))}</p>'


def _evidence(dossier: Dossier, language: Language) -> Iterator[str]:
    yield "<ul>"
    yield from (f"<li>{escape(line)}</li>" for line in evidence_lines(dossier.evidence, language))
    yield "</ul>"


def _timeline(dossier: Dossier, language: Language) -> Iterator[str]:
    read = [
        (version.observed_at, 0, _read(version, language), version.url)
        for version in dossier.versions
    ]
    told = [(event.observed_at, 1, _told(event, language), event.url) for event in dossier.events]
    yield "<table>"
    yield table_heads((words.TIME, words.WHAT, words.WHERE), language)
    for time, _, what, url in sorted(read + told):
        yield table_row(
            escape(beijing_text(time)), escape(one_line(what)), web_link(url, one_line(url))
        )
    yield "</table>"


def _read(version: LetterVersion, language: Language) -> str:
    line = said(words.READ, language, number=version.number)
    return f"{line} · {said(ECHO, language)}" if version.echo else line


def _told(event: Event, language: Language) -> str:
    parts = [
        event_kind(event, language),
        event_reason(event.reason, language) if event.reason else "",
        "；".join(f"{item.before} → {item.after}" for item in event.figures),
        *(" → ".join(file.sides(language)) for c in event.fields for file in file_changes(c)[0]),
    ]
    return " · ".join(part for part in parts if part)


def _body(letter: ReplyLetter, language: Language) -> str:
    if letter.body or not letter.refusal:
        return letter.body
    return said(absent_text(letter.refusal), language)


def _text(text: str) -> Iterator[str]:
    yield f'<p class="text">{text_cell(text)}</p>'


# --- captures and journal --------------------------------------------------------------------


def _captures(dossier: Dossier, language: Language) -> Iterator[str]:
    some_cut = any(capture.cut for capture in dossier.captures)
    yield f"<p>{escape(said(words.RAW_BUT_CUT if some_cut else words.RAW, language))}</p>"
    for capture in dossier.captures:
        yield "<article><table>"
        yield from (
            table_row(escape(said(label, language)), value)
            for label, value in _capture_rows(capture, language)
        )
        yield "</table></article>"


def _capture_rows(capture: FiledCapture, language: Language) -> Iterator[tuple[Words, str]]:
    fact = capture.fact
    if capture.file:
        yield words.FILE, f'<a href="{escape(capture.file)}">{escape(capture.file)}</a>'
    else:
        yield words.FILE, escape(said(words.DAMAGED, language))
    number = said(words.AS_EVIDENCE, language) if fact.version is None else str(fact.version)
    yield words.VERSION, escape(number)
    yield words.WHERE, web_link(fact.url, one_line(fact.url))
    yield words.TIME, escape(f"{beijing_text(fact.fetched_at)} ({fact.fetched_at.isoformat()})")
    yield words.STATUS, escape(str(fact.status))
    size = capture.size if capture.file else fact.size
    yield Words("SHA-256", "SHA-256"), _digest(fact.digest, size, language)
    if capture.cut:
        yield words.AS_IT_CAME, f"SHA-256 {_digest(fact.came_as, fact.size, language)}"
    lines = "\n".join(one_line(f"{name}: {value}") for name, value in capture.headers)
    yield words.HEADERS, f'<p class="text code">{escape(lines)}</p>'


def _digest(digest: str, size: int, language: Language) -> str:
    return f"<code>{escape(digest)}</code> {escape(said(words.SIZE, language, size=size))}"


def _files(dossier: Dossier, language: Language) -> Iterator[str]:
    yield from _section(FILES, file_blocks(dossier.links, dossier.files, language), language)


def _journal(dossier: Dossier, language: Language) -> Iterator[str]:
    sequence, digest = dossier.head
    yield f"<p>{escape(said(words.HEAD, language, seq=sequence, hash=digest))}</p>"
    yield '<table class="journal">'
    yield table_heads(words.ENTRY_COLUMNS, language)
    for entry in dossier.entries:
        kind = said(words.KINDS[entry.kind], language) if entry.kind in words.KINDS else entry.kind
        text = f"{escape(one_line(entry.content))}<br><code>{escape(entry.hash)}</code>"
        yield table_row(str(entry.seq), escape(kind), escape(entry.recorded_at), text)
    yield "</table>"


def _how(dossier: Dossier, language: Language) -> Iterator[str]:
    sequence, digest = dossier.head
    yield "<ul>"
    for line in (words.SUMS, words.ARCHIVE, words.ENTRIES):
        yield f"<li>{escape(said(line, language, seq=sequence, hash=digest))}</li>"
    yield "</ul>"
