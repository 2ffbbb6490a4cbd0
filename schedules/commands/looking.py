"""`fuhan letters`, `show`, `diff` and `status`: what the archive holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schedules.cli.command_group import CommandGroup
from schedules.cli.invocation import Invocation
from schedules.commands.holding import compare_held
from schedules.commands.joining import join, split
from schedules.config.environment import in_colour
from schedules.runs.running import is_crawl_running
from schedules.terminal import (
    beijing_text,
    one_line,
    show,
    show_table,
    tell,
    write_json,
    write_styled,
)
from schedules.upkeep.words import CAPTURE_OR_VERSION
from schedules.versions import choose_versions, numbered_versions, the_letter
from schedules.words.attachments import ONE_PAGE_VERSION
from schedules.words.held import HELD_OR_NUMBERS, HELD_STATUS, READ_AS_REJECTED, UNREAD_NOTE
from schedules.words.language import COLON, language, say
from schedules.words.messages import (
    FILE_WRONG,
    LETTER_STATUS,
    NO_LETTERS,
    NO_PORTAL_ENABLED,
    NO_RUN_YET,
    PORTAL_FILE_WRONG,
    RUN_INTERRUPTED,
    RUN_NOT_ENDED,
    STATE,
    STATE_NEVER,
    STATE_UNFINISHED,
    STATUS_COLUMNS,
    STATUS_NEVER,
    UNTITLED,
)
from schedules.words.reasons import portal_reason
from storage.errors import ConfigError
from storage.json_forms import dump, letter_line, show_object, status_object
from storage.records import LetterRecord, LetterVersion, PortalState, PortalStatus

if TYPE_CHECKING:
    from storage.outbox.records import Undelivered


@click.group("letters", cls=CommandGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def letters(ctx: click.Context, as_json: bool) -> None:
    """Every letter, a line each; `join` and `split` correct which is which."""
    if ctx.invoked_subcommand is None:
        _list_letters(ctx.find_object(Invocation) or Invocation(), as_json)


letters.add_command(join)
letters.add_command(split)


def _list_letters(invocation: Invocation, as_json: bool) -> None:
    with invocation.open_archive() as archive:
        empty = True
        for record in archive.letters():
            empty = False
            if as_json:
                write_json(dump(letter_line(record)))
            else:
                _show_record(record)
    if empty and not as_json:
        tell(invocation.advised(say(NO_LETTERS)))


@click.command("show")
@click.argument("letter", metavar="ID")
@click.option("--json", "as_json", is_flag=True)
@click.option("--capture", is_flag=False, flag_value="latest", metavar="[N]")
@click.option("--version", type=click.IntRange(min=1), metavar="N")
@click.option("-o", "output", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--headers", is_flag=True)
@click.pass_obj
def show_letter(
    invocation: Invocation,
    letter: str,
    as_json: bool,
    capture: str | None,
    version: int | None,
    output: Path | None,
    headers: bool,
) -> None:
    """One letter as it now stands, with its versions and events; or one of its captures."""
    from schedules.reports.letter_page import render_letter

    if version and capture not in (None, "latest"):
        raise click.UsageError(say(CAPTURE_OR_VERSION), click.get_current_context())
    if capture or version or output or headers:
        from schedules.dossiers.captured import show_capture

        show_capture(
            invocation,
            letter,
            capture or "latest",
            version,
            output=output,
            headers=headers,
            as_json=as_json,
        )
        return
    with invocation.open_archive() as archive:
        record = the_letter(archive, letter)
        if as_json:
            evidence, files = (
                archive.copy_evidence(record.id),
                archive.letter_attachments(record.id),
            )
            write_json(dump(show_object(record, evidence, files)))
            return
        evidence = archive.copy_evidence(record.id)
        files = archive.letter_attachments(record.id)
        versions = numbered_versions(archive, record.id)
        events = list(archive.events_of_letter(record.id))
    colour = in_colour(sys.stdout)
    page = render_letter(
        record, versions, events, evidence, files, language=language(), colour=colour
    )
    write_styled(page)


@click.command("diff")
@click.argument("letter", metavar="ID")
@click.argument("first", metavar="[A", required=False, type=int)
@click.argument("second", metavar="B]", required=False, type=int)
@click.option("--held", is_flag=True)
@click.pass_obj
def diff(
    invocation: Invocation, letter: str, first: int | None, second: int | None, held: bool
) -> None:
    """How two versions of a letter differ, by character, and which of its files changed."""
    if held:
        if first is not None:
            raise click.UsageError(say(HELD_OR_NUMBERS), click.get_current_context())
        compare_held(invocation, letter)
        return
    from schedules.reports.changed_files import changed_files, render_changed_files
    from schedules.reports.diff_view import render_diff
    from schedules.reports.look_up import dossier_command

    with invocation.open_archive() as archive:
        record = the_letter(archive, letter)
        versions = numbered_versions(archive, record.id)
        links = archive.letter_attachments(record.id)
        forgotten = archive.has_forgotten(record.id)
    spoken, colour = language(), in_colour(sys.stdout)
    if len(versions) == 1 and first is None and changed_files(links):
        pair: Sequence[LetterVersion] = ()
        show(say(ONE_PAGE_VERSION, id=record.id))
    else:
        pair = choose_versions(record.id, versions, first, second)
        write_styled(render_diff(*pair, forgotten=forgotten, language=spoken, colour=colour))
    if files := changed_files(links, pair):
        show()
        command = invocation.typed(dossier_command(record.id))
        write_styled(render_changed_files(files, command, spoken, colour=colour))


@click.command("status")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def status(invocation: Invocation, as_json: bool) -> None:
    """Portals, their last runs and what is due; before the first crawl all are never run."""
    from schedules.delivery.view import undelivered_lines

    entries, undelivered = _statuses(invocation)
    wrong = {name: invocation.shown(str(fault)) for name, fault in invocation.left_out().items()}
    if as_json:
        write_json(dump(status_object(entries, undelivered, wrong)))
        return
    path = invocation.config.archive
    running = is_crawl_running(path)
    rows = [
        _status_row(entry, running=running, file_is_wrong=entry.name in wrong) for entry in entries
    ]
    show_table([say(head) for head in STATUS_COLUMNS], rows)
    if held := sum(entry.held for entry in entries):
        show(say(HELD_STATUS, count=held, command=invocation.typed("fuhan changes --held")))
    for entry in entries:
        if entry.rejected:
            show(_rejected_line(invocation, entry))
    for line in undelivered_lines(undelivered):
        show(invocation.advised(line))
    for reason in wrong.values():
        tell(say(PORTAL_FILE_WRONG, reason=reason))
    if not path.exists():
        tell(invocation.advised(say(NO_RUN_YET, path=path)))


def _statuses(invocation: Invocation) -> tuple[list[PortalStatus], list[Undelivered]]:
    """How the portals stand, and what did not reach a target the configuration still names."""
    from schedules.delivery.keys import configured_targets
    from storage.status import portal_statuses

    names = invocation.enabled_names
    if not names:
        raise ConfigError(say(NO_PORTAL_ENABLED))
    if not invocation.config.archive.exists():
        return portal_statuses(None, names, invocation.clock()), []
    named = configured_targets(invocation.config)
    with invocation.open_archive() as archive:
        undelivered = [entry for entry in archive.outbox.undelivered() if entry.key in named]
        return archive.status_of(names), undelivered


def _show_record(record: LetterRecord) -> None:
    status = say(LETTER_STATUS[record.status])
    show(one_line(f"{record.id}  {status}  {record.letter.title or say(UNTITLED)}"))
    show("    " + one_line(f"{record.letter.index_number or '—'}  {record.urls[0]}"))


def _status_row(entry: PortalStatus, *, running: bool, file_is_wrong: bool) -> tuple[str, ...]:
    notes = _notes(entry, running=running, file_is_wrong=file_is_wrong)
    return (
        entry.name,
        _state(entry),
        beijing_text(entry.last_run) if entry.last_run else say(STATUS_NEVER),
        str(entry.letters),
        str(entry.due),
        str(entry.held),
        " · ".join(notes),
    )


def _rejected_line(invocation: Invocation, entry: PortalStatus) -> str:
    command = invocation.typed(f"fuhan portals accept {entry.name}")
    told = say(READ_AS_REJECTED, count=entry.rejected, command=command)
    return f"{entry.name}{say(COLON)}{told}"


def _state(entry: PortalStatus) -> str:
    """The state of the last run that ended; a portal without one is not yet `ok`."""
    if entry.last_run or entry.state is not PortalState.OK:
        return say(STATE[entry.state.value])
    return say(STATE_UNFINISHED if entry.interrupted else STATE_NEVER)


def _notes(entry: PortalStatus, *, running: bool, file_is_wrong: bool) -> Iterator[str]:
    if file_is_wrong:
        yield say(FILE_WRONG)
    if entry.reason:
        yield portal_reason(entry.reason, language())
    if entry.interrupted:
        note = RUN_NOT_ENDED if running else RUN_INTERRUPTED
        yield say(note, time=beijing_text(entry.interrupted))
    if entry.unread:
        days = max(letter.days for letter in entry.unread)
        yield say(UNREAD_NOTE, count=len(entry.unread), days=days)
