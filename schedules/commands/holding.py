"""`fuhan changes --held` and `diff --held`: what no report tells yet, to decide by."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from schedules.cli.invocation import Invocation
from schedules.config.environment import in_colour
from schedules.terminal import tell, write_json, write_styled
from schedules.versions import the_letter
from schedules.words.held import HELD_NONE, NONE_HELD_OF
from schedules.words.language import language, say
from storage.errors import FuhanError
from storage.json_forms import dump, event_line
from storage.published import PublishedArchive
from storage.records import Event


def show_held(invocation: Invocation, portal: str | None, *, as_json: bool) -> None:
    """Held events of all portals or of one, as a report would tell them; or a line of JSON each."""
    with invocation.open_archive() as archive:
        held = list(archive.held_changes(portal))
        reasons = _reasons(archive, held)
    if as_json:
        for event in held:
            write_json(dump(event_line(event)))
    elif not held:
        tell(say(HELD_NONE))
    else:
        from schedules.reports.held_view import render_held

        spoken, colour = language(), in_colour(sys.stdout)
        write_styled(
            render_held(held, reasons, typed=invocation.typed, language=spoken, colour=colour)
        )


def compare_held(invocation: Invocation, name: str) -> None:
    """A letter's held changes by character, each against the version that was told last."""
    from schedules.reports.diff_view import render_held_diff

    with invocation.open_archive() as archive:
        record = the_letter(archive, name)
        held = [event for event in archive.held_changes() if event.letter.id == record.id]
    changed = [event for event in held if event.fields]
    if not changed:
        raise FuhanError(say(NONE_HELD_OF, id=record.id))
    for event in changed:
        write_styled(render_held_diff(event, language=language(), colour=in_colour(sys.stdout)))


def _reasons(archive: PublishedArchive, held: Sequence[Event]) -> dict[str, str]:
    """Why the portals' runs were suspect, where their last one still was."""
    names = {event.portal for event in held}
    return {status.name: status.reason or "" for status in archive.status_of(names)}
