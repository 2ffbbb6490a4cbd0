"""`fuhan changes`: the event log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import click

from schedules.cli.invocation import Invocation
from schedules.commands.cursors import Cursor, refuse_beyond
from schedules.commands.holding import show_held
from schedules.delivery.numbering import in_archive
from schedules.replay.words import REPLAYED_MARK
from schedules.reports.file_changes import file_changes
from schedules.reports.look_up import diff_command
from schedules.terminal import beijing_text, one_line, show, tell, write_json
from schedules.words.fields import field_label
from schedules.words.held import HELD_ALONE
from schedules.words.language import COMMA, Words, language, say
from schedules.words.messages import (
    BACKDATED_MARK,
    BASELINE_MARK,
    COMPARE,
    KIND,
    LETTER_NUMBER,
    MARKED,
    NO_CHANGES_SINCE,
    UNTITLED,
)
from schedules.words.reasons import event_reason
from storage.json_forms import dump, event_line
from storage.published import PublishedArchive
from storage.records import Event

_MARKS: Mapping[str, Words] = {
    "baseline": BASELINE_MARK,
    "backdated": BACKDATED_MARK,
    "replayed": REPLAYED_MARK,
}


@click.command("changes")
@click.option("--after", type=Cursor(), metavar="CURSOR")
@click.option("--replayed", is_flag=True)
@click.option("--held", is_flag=True)
@click.option("--portal", metavar="NAME")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def changes(
    invocation: Invocation,
    after: int | None,
    replayed: bool,
    held: bool,
    portal: str | None,
    as_json: bool,
) -> None:
    """The event log from a cursor on, a line each; what replays told only on request."""
    name = invocation.sound.the_name(portal) if portal else None
    if held:
        if after is not None or replayed:
            raise click.UsageError(say(HELD_ALONE), click.get_current_context())
        show_held(invocation, name, as_json=as_json)
        return
    with invocation.open_archive() as archive:
        refuse_beyond(archive, after)
        empty = True
        for event in archive.changes(after or 0, name, replayed=replayed):
            empty = False
            if as_json:
                write_json(dump(event_line(event)))
            else:
                _show_event(invocation, archive, event)
    if empty and not as_json:
        tell(say(NO_CHANGES_SINCE))


def _show_event(invocation: Invocation, archive: PublishedArchive, event: Event) -> None:
    """What happened to which letter, where, what of it changed, and the command that shows it."""
    title = event.letter.title or say(UNTITLED)
    show(one_line(f"{event.cursor}  {beijing_text(event.observed_at)}  {_kind(event)}  {title}"))
    letter = say(LETTER_NUMBER, id=event.letter.id)
    show("    " + one_line(f"{letter}  {event.portal}  {event.url}"))
    if details := " · ".join(_details(event)):
        show("    " + one_line(details))
    if event.fields and (command := diff_command(event, in_archive(archive, event))):
        show("    " + say(COMPARE, command=invocation.typed(command)))


def _kind(event: Event) -> str:
    """`新发布（首次收录）`"""
    kind = say(KIND[event.kind.value])
    marks = [say(words) for name, words in _MARKS.items() if getattr(event, name)]
    return say(MARKED, kind=kind, marks=say(COMMA).join(marks)) if marks else kind


def _details(event: Event) -> Iterator[str]:
    """What was observed, then fields, figures and files that changed."""
    if event.reason:
        yield event_reason(event.reason, language())
    if event.fields:
        yield say(COMMA).join(field_label(change.field, language()) for change in event.fields)
    if event.figures:
        yield "；".join(f"{item.before} → {item.after}" for item in event.figures)
    for change in event.fields:
        for file in file_changes(change)[0]:
            yield " → ".join(file.sides(language()))
