"""`fuhan dossier`: one letter's file for the record, written to a directory."""

from __future__ import annotations

from pathlib import Path

import click

from schedules.cli.invocation import Invocation
from schedules.terminal import show, tell
from schedules.versions import the_letter
from schedules.words.language import language, say
from schedules.words.messages import CANNOT_WRITE_FILE
from schedules.words.record import DOSSIER_DAMAGED, DOSSIER_WRITTEN
from schedules.words.system_faults import system_fault
from storage.errors import FuhanError

ARCHIVE_DAMAGED = 4


@click.command("dossier")
@click.argument("letter", metavar="ID")
@click.option("-o", "directory", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.option("--contacts", is_flag=True)
@click.pass_obj
def dossier(invocation: Invocation, letter: str, directory: Path, contacts: bool) -> int:
    """Writes the page, the captures and their digests; 4 where a capture or file is damaged."""
    from schedules.dossiers.dossier import write_dossier

    with invocation.open_archive() as archive:
        record = the_letter(archive, letter)
        try:
            written = write_dossier(
                archive,
                record,
                directory,
                now=invocation.clock(),
                contacts=contacts,
                language=language(),
            )
        except OSError as error:
            raise FuhanError(
                say(CANNOT_WRITE_FILE, path=directory, reason=system_fault(error))
            ) from error
    show(say(DOSSIER_WRITTEN, path=written.page, captures=written.captures, files=written.files))
    if written.damaged:
        tell(invocation.advised(say(DOSSIER_DAMAGED, count=written.damaged)))
    return ARCHIVE_DAMAGED if written.damaged else 0
