"""`fuhan reread`: what the archive holds, read again by the present reader."""

from __future__ import annotations

import click

from schedules.cli.invocation import Invocation
from schedules.commands.joining import correcting
from schedules.runs.progress import counting
from schedules.terminal import show, tell
from schedules.words.language import Words, language, say
from schedules.words.record import (
    REREAD_COUNT,
    REREAD_DAMAGED,
    REREAD_FIELDS,
    REREAD_LINE,
    REREAD_LOST,
    REREAD_NOTHING,
)


@click.command("reread")
@click.argument("names", nargs=-1, metavar="[PORTAL]...")
@click.pass_obj
def reread(invocation: Invocation, names: tuple[str, ...]) -> None:
    """Adds readings where the present reader reads otherwise; no version, no event."""
    from schedules.runs.learning import learn_profiles
    from schedules.runs.rereading import copies_to_reread, reread_portal

    portals = invocation.portals(names)
    with correcting(invocation) as archive:
        profiles = learn_profiles(archive, portals)
        for portal in portals:
            profile = profiles.get(portal.name)
            copy_ids = copies_to_reread(archive, portal, profile)
            if not copy_ids:
                show(say(REREAD_NOTHING, portal=portal.name))
                continue
            with counting(portal.name, len(copy_ids)) as watch:
                result = reread_portal(archive, portal, profile, copy_ids, watch)
            shown = _fields(result.fields.most_common())
            show(
                say(
                    REREAD_LINE,
                    portal=portal.name,
                    read=result.read,
                    changed=result.changed,
                    fields=shown,
                )
            )
            if result.lost:
                show(say(REREAD_LOST, count=result.lost))
            if result.damaged:
                tell(invocation.advised(say(REREAD_DAMAGED, count=result.damaged)))


def _fields(counts: list[tuple[str, int]]) -> str:
    """`（承诺 12、主送 3）`, the most frequent first; nothing where no field differs."""
    from schedules.words.fields import field_label

    if not counts:
        return ""
    parts = [
        say(REREAD_COUNT, field=field_label(name, language()), count=count)
        for name, count in counts
    ]
    return say(REREAD_FIELDS, fields=say(Words("、", ", ")).join(parts))
