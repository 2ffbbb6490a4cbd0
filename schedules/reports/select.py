"""Owns what a change report holds: which events, in which groups, beside which alarms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.records import Event, EventKind, PortalState, PortalStatus, Significance, UnreadLetter

OF_EVERYTHING = "changes"  # the name of a report that no configuration describes
SHOWN_UNLESS_ASKED = (Significance.SUBSTANCE, Significance.METADATA)


class GroupName(StrEnum):
    """The parts of a report, the weightiest first."""

    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    SUBSTANCE = "substance"  # changed: the letter's own text, its title or attachments
    RESTORED = "restored"
    NEW = "new"
    COPY_FOUND = "copy-found"
    DELISTED = "delisted"
    METADATA = "metadata"  # changed: what the page prints around the letter
    TYPOGRAPHY = "typography"  # changed: widths and white space only


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a report with its events, in the order they were observed; never empty."""

    name: GroupName
    events: tuple[Event, ...]
    unlisted: int = 0  # events of this part that are only counted, the report being too long

    @property
    def count(self) -> int:
        """How many events happened, listed or not."""
        return len(self.events) + self.unlisted


@dataclass(frozen=True, slots=True)
class InArchive:
    """Where an event is found: versions and captures of its letter, as `fuhan show` counts them."""

    before: int | None = None  # version
    after: int | None = None  # version
    answer: int | None = None  # capture of what an address that is gone answered


@dataclass(frozen=True, slots=True)
class Report:
    """What happened in a period: all a renderer needs, and nothing it would have to look up."""

    name: str
    since: datetime | None  # None: from the archive's beginning
    until: datetime | None  # None: up to the last event
    journal: tuple[int, str]  # sequence number and hash of the journal's head
    alarms: tuple[PortalStatus, ...]  # portals that are blocked, failing or suspect now
    groups: tuple[Group, ...]
    baseline: int  # letters of first complete walks: counted only
    left_out: Mapping[Significance, int]  # changes too light for this report: counted only
    agencies: Mapping[str, str] = field(default_factory=dict)  # portal -> its agency's name
    in_archive: Mapping[int, InArchive] = field(default_factory=dict)  # by the event's cursor
    first_observed: datetime | None = None  # of its events; may lie before `since`
    unlisted_alarms: int = 0  # only counted, the report being too long
    unread: tuple[UnreadLetter, ...] = ()  # could not be read for long; no events
    test: bool = False  # an invented one, to try a target

    @property
    def count(self) -> int:
        """How many events the report tells, listed or not."""
        return sum(group.count for group in self.groups)

    @property
    def unlisted(self) -> int:
        """How many of them it only counts."""
        return sum(group.unlisted for group in self.groups)

    def came_back(self, event: Event) -> Event | None:
        """The event by which a letter that was gone at an address stood there again later."""
        if event.kind not in (EventKind.WITHDRAWN, EventKind.DELISTED):
            return None
        returns = (group.events for group in self.groups if group.name is GroupName.RESTORED)
        later = (e for events in returns for e in events if e.url == event.url)
        return next((found for found in later if found.cursor > event.cursor), None)


def build_report(
    events: Iterable[Event],
    statuses: Sequence[PortalStatus],
    *,
    since: datetime | None,
    until: datetime | None,
    journal_head: tuple[int, str],
    name: str,
    significances: Collection[Significance] = SHOWN_UNLESS_ASKED,
    agencies: Mapping[str, str] | None = None,
    in_archive: Callable[[Event], InArchive] = lambda _: InArchive(),
) -> Report:
    """Sorts a period's published events into a report; a pure function.

    Baseline letters and `changed` events of other significances are counted and left out.
    `agencies` maps portals to the names people know them by; `in_archive` is asked of the events
    that are shown.
    """
    shown: dict[GroupName, list[Event]] = {group: [] for group in GroupName}
    left_out: Counter[Significance] = Counter()
    baseline = 0
    for event in events:
        if event.baseline:
            baseline += 1
        elif _is_left_out(event, significances):
            left_out[event.significance or Significance.SUBSTANCE] += 1
        else:
            shown[group_of(event)].append(event)
    told = [event for events in shown.values() for event in events]
    return Report(
        name=name,
        since=since,
        until=until,
        journal=journal_head,
        alarms=tuple(status for status in statuses if status.state is not PortalState.OK),
        groups=tuple(
            Group(
                group, tuple(sorted(members, key=lambda event: (event.observed_at, event.cursor)))
            )
            for group, members in shown.items()
            if members
        ),
        baseline=baseline,
        left_out=dict(left_out),
        agencies=dict(agencies or {}),
        in_archive={event.cursor: in_archive(event) for event in told},
        first_observed=min((event.observed_at for event in told), default=None),
        unread=tuple(letter for status in statuses for letter in status.unread),
    )


def _is_left_out(event: Event, significances: Collection[Significance]) -> bool:
    return (
        event.kind is EventKind.CHANGED
        and event.significance is not None
        and event.significance not in significances
    )


def group_of(event: Event) -> GroupName:
    """The part of a report an event stands in."""
    if event.kind is EventKind.CHANGED:
        return GroupName((event.significance or Significance.SUBSTANCE).value)
    return GroupName(event.kind.value)
