"""A letter's file for the record as a directory: the page, its captures, their digests."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from schedules.dossiers.page import Dossier, FiledCapture, render_dossier
from schedules.reports.attachment_filing import FiledAttachment, file_attachments
from schedules.versions import numbered_versions
from schedules.words.language import Language, say
from schedules.words.record import DOSSIER_EXISTS
from storage.errors import ArchiveDamaged, FuhanError
from storage.evidence.letter_files import CaptureFact, LetterFile
from storage.json_forms import dump
from storage.published import PublishedArchive
from storage.records import Capture, LetterRecord

PAGE, CAPTURES, SUMS, JOURNAL = "dossier.html", "captures", "SHA256SUMS", "journal.jsonl"


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the page, and how many captures and files were and could not be."""

    page: Path
    captures: int
    files: int
    damaged: int


def write_dossier(
    archive: PublishedArchive,
    record: LetterRecord,
    directory: Path,
    *,
    now: datetime,
    contacts: bool,
    language: Language,
) -> Written:
    """Writes a letter's dossier into an empty or new directory, captures byte by byte.

    Raises FuhanError where the directory holds anything, OSError where it cannot be written.
    """
    if directory.exists() and any(directory.iterdir()):
        raise FuhanError(say(DOSSIER_EXISTS, path=directory))
    try:
        return _write_files(
            archive, record, directory, now=now, contacts=contacts, language=language
        )
    except OSError:
        _empty(directory)  # or the same command would find it full
        raise


def _write_files(
    archive: PublishedArchive,
    record: LetterRecord,
    directory: Path,
    *,
    now: datetime,
    contacts: bool,
    language: Language,
) -> Written:
    (directory / CAPTURES).mkdir(parents=True, exist_ok=True)
    file = archive.letter_file(record.id)
    filed = tuple(_file_captures(archive, file, directory))
    links, contents = file_attachments(archive, record.id, directory)
    page = render_dossier(
        Dossier(
            record=record,
            versions=tuple(numbered_versions(archive, record.id)),
            events=tuple(archive.events_of_letter(record.id)),
            evidence=tuple(archive.copy_evidence(record.id)),
            captures=filed,
            links=links,
            files=contents,
            entries=file.entries,
            forgotten=file.forgotten,
            head=file.head,
            written_at=now,
        ),
        contacts=contacts,
        language=language,
    )
    _write_text(directory / JOURNAL, "".join(_entry_lines(file)))
    _write_text(directory / PAGE, page)
    written = [f"{_digest(directory / name)}  {name}\n" for name in (PAGE, JOURNAL)]
    _write_text(directory / SUMS, "".join([*_sums(filed, contents), *written]))
    captures = sum(capture.file is not None for capture in filed)
    files = sum(content.file is not None for content in contents)
    damaged = len(filed) - captures + sum(content.damaged for content in contents)
    return Written(directory / PAGE, captures, files, damaged)


def _file_captures(
    archive: PublishedArchive, file: LetterFile, directory: Path
) -> Iterator[FiledCapture]:
    """Writes each capture under a name of ours that no double click runs."""
    for fact in file.captures:
        try:
            capture = archive.capture(fact.id)
        except ArchiveDamaged:
            capture = None
        if capture is None:
            yield FiledCapture(fact, None, (), 0)
            continue
        name = f"{CAPTURES}/{_name(fact, capture)}"
        (directory / name).write_bytes(capture.body)
        yield FiledCapture(fact, name, capture.headers, len(capture.body))


def _name(fact: CaptureFact, capture: Capture) -> str:
    """`capture-12.html.txt`: pages are text for whoever opens them, other files have no type."""
    kind = (capture.content_type or "").lower()
    is_page = "html" in kind or "text" in kind or "xml" in kind or not kind
    return f"capture-{fact.id}{'.html.txt' if is_page else '.bin'}"


def _sums(filed: tuple[FiledCapture, ...], contents: tuple[FiledAttachment, ...]) -> Iterator[str]:
    """The lines `sha256sum -c SHA256SUMS` checks."""
    for capture in filed:
        if capture.file:
            yield f"{capture.fact.digest}  {capture.file}\n"
    for content in contents:
        if content.file:
            yield f"{content.version.digest}  {content.file}\n"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _entry_lines(file: LetterFile) -> Iterator[str]:
    for entry in file.entries:
        yield dump({name: getattr(entry, name) for name in entry.__slots__}) + "\n"


def _empty(directory: Path) -> None:
    """Takes away what was written; nothing else was there."""
    for path in directory.iterdir() if directory.is_dir() else ():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
