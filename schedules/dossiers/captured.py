"""A letter's captures handed out: the bytes as they came, and how they came."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from schedules.cli.invocation import Invocation
from schedules.terminal import one_line, show, tell, write_json
from schedules.upkeep.words import (
    CAPTURE_CUT,
    CAPTURE_EXISTS,
    CAPTURE_ON_TERMINAL,
    CAPTURE_WRITTEN,
    NO_CAPTURES,
    NO_SUCH_CAPTURE,
)
from schedules.versions import numbered_versions, the_letter
from schedules.words.language import say
from schedules.words.messages import CANNOT_WRITE_FILE, NO_SUCH_VERSION
from schedules.words.system_faults import system_fault
from storage.clock import to_text
from storage.errors import FuhanError
from storage.evidence.letter_files import CaptureFact
from storage.json_forms import dump
from storage.published import PublishedArchive
from storage.records import Capture, LetterRecord


def show_capture(
    invocation: Invocation,
    letter: str,
    which: str,
    version: int | None,
    *,
    output: Path | None,
    headers: bool,
    as_json: bool,
) -> None:
    """`fuhan show ID --capture`: the bytes of one capture, or how they came.

    Raises ArchiveErrors, one where the capture is damaged, and FuhanError for what is not there.
    """
    with invocation.open_archive() as archive:
        record = the_letter(archive, letter)
        number, fact = choose_capture(archive, record, which, version)
        capture = archive.capture(fact.id)
    if capture is None:
        raise FuhanError(say(NO_CAPTURES, id=record.id))
    hand_out(record, number, fact, capture, output=output, headers=headers, as_json=as_json)


def choose_capture(
    archive: PublishedArchive, record: LetterRecord, which: str, version: int | None
) -> tuple[int, CaptureFact]:
    """The capture of a version, or the one of a number from 1, oldest first, or `latest`.

    Gives its number, too. Raises FuhanError where there is no such one.
    """
    facts = archive.letter_file(record.id).captures
    if not facts:
        raise FuhanError(say(NO_CAPTURES, id=record.id))
    if version is not None:
        versions = numbered_versions(archive, record.id)
        if not 1 <= version <= len(versions):
            raise FuhanError(
                say(NO_SUCH_VERSION, id=record.id, number=version, count=len(versions))
            )
        wanted = versions[version - 1].capture_id
        return next((n, fact) for n, fact in enumerate(facts, 1) if fact.id == wanted)
    number = len(facts) if which == "latest" else _number(which)
    if not 1 <= number <= len(facts):
        raise FuhanError(say(NO_SUCH_CAPTURE, id=record.id, number=which, count=len(facts)))
    return number, facts[number - 1]


def capture_object(
    record: LetterRecord, number: int, fact: CaptureFact, capture: Capture
) -> dict[str, Any]:
    """The object `fuhan show ID --capture --json` prints: all but the bytes."""
    return {
        "v": 1,
        "letter": record.id,
        "capture": number,
        "version": fact.version,
        "url": capture.url,
        "fetched_at": to_text(capture.fetched_at),
        "status": capture.status,
        "headers": [list(header) for header in capture.headers],
        "digest": fact.digest,
        "size": len(capture.body),
        "codec": fact.codec,
        "cut": fact.came_as != fact.digest,
        "digest_as_it_came": fact.came_as,
        "size_as_it_came": fact.size,
    }


def hand_out(
    record: LetterRecord,
    number: int,
    fact: CaptureFact,
    capture: Capture,
    *,
    output: Path | None,
    headers: bool,
    as_json: bool,
) -> None:
    """Writes the bytes to a new file or to stdout; or how they came, where that is asked for.

    Raises FuhanError where a file is there or cannot be written, and a usage error where the
    bytes would spill on a terminal.
    """
    if output is not None:
        _write(output, capture.body)
        tell(say(CAPTURE_WRITTEN, path=output, size=len(capture.body), digest=fact.digest))
    if fact.came_as != fact.digest:
        tell(say(CAPTURE_CUT, digest=fact.came_as))
    if as_json:
        write_json(dump(capture_object(record, number, fact, capture)))
    elif headers:
        show(one_line(f"{capture.status} {capture.url}"))
        for name, value in capture.headers:
            show(one_line(f"{name}: {value}"))
    elif output is None:
        if sys.stdout.isatty():
            raise click.UsageError(say(CAPTURE_ON_TERMINAL, id=record.id))
        sys.stdout.buffer.write(capture.body)


def _number(which: str) -> int:
    return int(which) if which.isascii() and which.isdecimal() and len(which) < 10 else 0


def _write(path: Path, body: bytes) -> None:
    try:
        with path.open("xb") as file, _or_not_at_all(path):
            file.write(body)
            file.flush()
    except FileExistsError as error:
        raise FuhanError(say(CAPTURE_EXISTS, path=path)) from error
    except OSError as error:
        raise FuhanError(say(CANNOT_WRITE_FILE, path=path, reason=system_fault(error))) from error


@contextmanager
def _or_not_at_all(path: Path) -> Iterator[None]:
    """What a full disk has cut short goes again, or the same command would find a file there."""
    try:
        yield
    except OSError:
        path.unlink(missing_ok=True)
        raise
