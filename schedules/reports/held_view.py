"""What the circuit breaker holds back, as a report would tell it: to decide by."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from rich.text import Text

from schedules.reports.canvas import printed
from schedules.reports.entries import Entry, entry_of
from schedules.reports.select import GroupName, group_of
from schedules.reports.text import entry_lines
from schedules.reports.words import GROUPS, HEADING, said
from schedules.terminal import one_line
from schedules.words.held import (
    HELD_ALIKE,
    HELD_ALIKE_MORE,
    HELD_COMPARE,
    HELD_DECIDE,
    HELD_HEAD,
    HELD_REASON,
)
from schedules.words.language import COMMA, Language
from schedules.words.messages import LETTER_NUMBER
from schedules.words.reasons import portal_reason
from storage.records import Event, EventKind

_MOST_NAMED = 20  # letters that changed alike
_INDENT = "    "


def render_held(
    events: Iterable[Event],
    reasons: Mapping[str, str],
    *,
    typed: Callable[[str], str],
    language: Language = "zh",
    colour: bool = False,
) -> str:
    """Each portal's held events by what they are, and how to decide; they come portal by portal.

    Letters that changed in one and the same way are told once, and what is alone comes first: it
    may be the true edit among them. `reasons` say why a portal's run is suspect, `typed` gives a
    command as it is to be typed. Ends in a newline; inert on a terminal (fault 47).
    """
    lines: list[Text] = []
    for portal, of_portal in groupby(events, key=lambda event: event.portal):
        held = list(of_portal)
        lines += [Text()] if lines else []
        lines.append(Text(said(HELD_HEAD, language, portal=portal, count=len(held)), style="bold"))
        if reason := portal_reason(reasons.get(portal, ""), language):
            lines.append(Text(said(HELD_REASON, language, reason=one_line(reason)), style="dim"))
        lines += _group_lines(held, typed, language, colour)
        accept, reject = (typed(f"fuhan portals {verb} {portal}") for verb in ("accept", "reject"))
        decide = said(HELD_DECIDE, language, accept=accept, reject=reject)
        lines += [Text(), Text(decide, style="dim")]
    return printed(lines, colour=colour)


def _group_lines(
    held: Sequence[Event], typed: Callable[[str], str], language: Language, colour: bool
) -> Iterator[Text]:
    for group in GroupName:
        members = [event for event in held if group_of(event) is group]
        if not members:
            continue
        name = said(GROUPS[group], language)
        heading = said(HEADING, language, group=name, count=len(members))
        yield from (Text(), Text(heading, style="bold cyan"))
        for number, (first, *others) in enumerate(_alike(members), start=1):
            yield from entry_lines(number, _entry(first, language), language, colour)
            if first.fields:
                command = typed(f"fuhan diff {first.letter.id} --held")
                yield Text(_INDENT + said(HELD_COMPARE, language, command=command), style="dim")
            if others:
                yield Text(_INDENT + _others(others, language), style="yellow")


def _entry(event: Event, language: Language) -> Entry:
    entry = entry_of(event, {}, language)
    letter = said(LETTER_NUMBER, language, id=event.letter.id)
    return replace(entry, title=f"{letter} · {entry.title}")


def _alike(events: Sequence[Event]) -> list[list[Event]]:
    """Events that changed in one way together, the rarest way first."""
    ways: dict[Hashable, list[Event]] = {}
    for event in events:
        ways.setdefault(_way(event), []).append(event)
    return sorted(ways.values(), key=len)


def _way(event: Event) -> Hashable:
    """What a change put in, took out and replaced; any other event is like no other."""
    if event.kind is not EventKind.CHANGED:
        return event.url, event.kind
    pieces = tuple(piece for piece in event.diff if piece[0] != "=")
    fields = tuple(
        (change.field, repr(change.before), repr(change.after))
        for change in event.fields
        if change.field != "body"
    )
    return pieces, fields


def _others(events: Sequence[Event], language: Language) -> str:
    named = [said(LETTER_NUMBER, language, id=event.letter.id) for event in events[:_MOST_NAMED]]
    letters = said(COMMA, language).join(named)
    if len(events) > _MOST_NAMED:
        letters = said(HELD_ALIKE_MORE, language, letters=letters)
    return said(HELD_ALIKE, language, count=len(events), letters=letters)
