"""`fuhan export`: letters for programs, in one of several forms."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shlex import quote

import click

from schedules.cli.invocation import Invocation
from schedules.commands.cursors import Cursor, refuse_beyond
from schedules.exports import FORMATS, writer_of
from schedules.exports.endings import DATASETTE, form_of
from schedules.exports.order import Order
from schedules.exports.output import output_stream
from schedules.exports.words import (
    ALWAYS_WHOLE,
    BAD_CURSOR_FILE,
    EXPORTED,
    METADATA_SHOWS_ALL,
    METADATA_WRITTEN,
    NEEDS_OUTPUT,
    ONE_CURSOR,
)
from schedules.replay.words import ONLY_WARC, WARC_DAMAGED
from schedules.terminal import tell
from schedules.versions import the_letter
from schedules.words.language import say
from schedules.words.messages import CANNOT_WRITE_FILE
from schedules.words.system_faults import system_fault
from storage.errors import ConfigError, FuhanError

WHOLE = frozenset({"huggingface", DATASETTE})
"""Forms that are written whole each time."""
STREAMS = frozenset({"jsonl", "csv", DATASETTE})
"""Forms that may go to stdout."""
_PATH = click.Path(path_type=Path)


@click.command("export")
@click.option("--format", "form", type=click.Choice([*FORMATS, DATASETTE]))
@click.option("--after", type=Cursor(), metavar="CURSOR")
@click.option("--output", "-o", type=_PATH, metavar="PATH")
@click.option("--cursor-file", type=_PATH, metavar="PATH")
@click.option("--contacts", is_flag=True)
@click.option("--portal", "portals", multiple=True, metavar="NAME")
@click.option("--letter", "letters", multiple=True, metavar="ID")
@click.pass_obj
def export(
    invocation: Invocation,
    form: str | None,
    after: int | None,
    output: Path | None,
    cursor_file: Path | None,
    contacts: bool,
    portals: tuple[str, ...],
    letters: tuple[str, ...],
) -> None:
    """Every letter, or those that changed since a cursor."""
    if cursor_file is not None and after is not None:
        raise click.UsageError(say(ONE_CURSOR))
    place = None if output == Path("-") else output
    form = form_of(form, place)
    if form in WHOLE and (after is not None or cursor_file is not None):
        raise click.UsageError(say(ALWAYS_WHOLE, form=form))
    if form != "warc" and (portals or letters):
        raise click.UsageError(say(ONLY_WARC))
    if place is None and form not in STREAMS:
        raise click.UsageError(say(NEEDS_OUTPUT, form=form))
    names = invocation.sound.names(portals) if portals else ()
    if cursor_file is not None:
        after = read_cursor(cursor_file)
    if form == DATASETTE:
        _write_metadata(invocation.config.archive, place)
        return
    with invocation.open_archive() as archive, _named(place):
        refuse_beyond(archive, after, cursor_file)
        ids = tuple(the_letter(archive, letter).id for letter in letters)
        exported = writer_of(form)(archive, Order(after, place, contacts, names, ids))
    if cursor_file is not None:
        with _named(cursor_file), output_stream(cursor_file) as stream:
            stream.write(f"{exported.cursor}\n".encode())
    if place is not None and form != "warc":  # which counts captures, and says so itself
        tell(say(EXPORTED, letters=exported.letters, path=place, cursor=exported.cursor))
    if exported.damaged:
        tell(invocation.advised(say(WARC_DAMAGED, count=exported.damaged)))


def _write_metadata(archive: Path, place: Path | None) -> None:
    from schedules.exports.datasette import write_metadata

    with _named(place):
        write_metadata(archive, place)
    if place is not None:
        tell(say(METADATA_WRITTEN, archive=quote(str(archive)), path=quote(str(place))))
        tell(say(METADATA_SHOWS_ALL))


@contextmanager
def _named(path: Path | None) -> Iterator[None]:
    """What cannot be written under the name that was asked for, not the one beside it."""
    try:
        yield
    except BrokenPipeError:
        raise  # whoever read has left
    except OSError as error:
        raise FuhanError(
            say(CANNOT_WRITE_FILE, path=path or "-", reason=system_fault(error))
        ) from error


def read_cursor(path: Path) -> int | None:
    """The cursor an export left in a file; None where there is none yet, ConfigError for others."""
    try:
        text = path.read_bytes().strip()
    except FileNotFoundError:
        return None
    if not (text.isdigit() and len(text) < 19):
        raise ConfigError(say(BAD_CURSOR_FILE, path=path))
    return int(text)
