"""Whether what a day's crawl told is what the demo's script says it must tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.demo.days import Day, ExpectedEvent
from crawler.demo.placements import twin_of
from crawler.demo.site import DemoSite
from storage.records import Event


@dataclass(frozen=True, slots=True)
class Verdict:
    """A day's events held against the script."""

    expected: int
    missing: tuple[ExpectedEvent, ...]
    unexpected: tuple[Event, ...]

    @property
    def right(self) -> bool:
        """Whether all was told, and nothing besides."""
        return not self.missing and not self.unexpected


def judge(day: Day, events: Sequence[Event], sites: Mapping[str, DemoSite]) -> Verdict:
    """Pairs a day's expected events with those that were published; `sites` are that day's."""
    left = list(events)
    missing = []
    for expected in day.expects:
        paths = _paths(sites[expected.site], expected.key)
        found = next((event for event in left if _fits(expected, event, paths)), None)
        if found is None:
            missing.append(expected)
        else:
            left.remove(found)
    return Verdict(len(day.expects), tuple(missing), tuple(left))


def _paths(site: DemoSite, key: str) -> frozenset[str]:
    """Every path a letter was ever served at, those for telephones too."""
    addresses = site.addresses(key)
    return frozenset((*addresses, *map(twin_of, addresses)))


def _fits(expected: ExpectedEvent, event: Event, paths: Iterable[str]) -> bool:
    """Whether the event is the expected one, judged by what the script says of it."""
    changed = {change.field for change in event.fields}
    figures = {(item.before, item.after) for item in event.figures}
    return (
        event.kind is expected.kind
        and event.portal == expected.site
        and event.url.endswith(tuple(paths))
        and expected.significance in (None, event.significance)
        and expected.scope in (None, event.scope)
        and (event.baseline, event.backdated) == (expected.baseline, expected.backdated)
        and changed.issuperset(expected.fields)
        and (not expected.figures or figures == set(expected.figures))
    )
