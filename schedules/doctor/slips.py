"""What a configuration may say without being wrong, and hardly means: a filter that matches no
portal, a report that goes nowhere, an address no service knows."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fnmatch import fnmatchcase

from schedules.config.config import Config
from schedules.delivery.trial import misread_targets
from schedules.doctor import words
from schedules.doctor.findings import Finding, Verdict
from schedules.words.hints import nearest
from schedules.words.language import COLON, language, say
from schedules.words.reasons import delivery_reason

_CHECK = "configuration"


def slips(config: Config, portals: Collection[str]) -> Iterator[Finding]:
    """Each of them with its remedy; `portals` are the names of all there are. Asks nobody."""
    yield from _filters(config, portals)
    for report in config.reports:
        if not report.to:
            text = say(words.REPORT_GOES_NOWHERE, name=report.name)
            remedy = say(words.REPORT_GOES_NOWHERE_REMEDY)
            yield Finding(_CHECK, Verdict.WARNING, text, remedy, report.name)
    wait = config.confirmation
    if wait.visits < 2 or not wait.apart:
        text, remedy = say(words.HASTY_WITHDRAWAL), say(words.HASTY_WITHDRAWAL_REMEDY)
        yield Finding(_CHECK, Verdict.WARNING, text, remedy)


def unread_addresses(config: Config) -> Iterator[Finding]:
    """Targets whose address cannot be read; no network is needed to see that."""
    for checked in misread_targets(config):
        reason = delivery_reason(checked.error or "", language())
        text = f"{checked.key.name} → {checked.key.target}{say(COLON)}{reason}"
        remedy = say(words.TARGET_REMEDY, name=checked.key.name)
        yield Finding("delivery", Verdict.FAULT, text, remedy, checked.key.target)


def _filters(config: Config, portals: Collection[str]) -> Iterator[Finding]:
    sections = [(f"reports.{report.name}", report.portals) for report in config.reports]
    sections += [(f"sinks.{sink.name}", sink.portals) for sink in config.sinks]
    sections += [("feed", config.feed.portals)] if config.feed else []
    for section, patterns in sections:
        for pattern in patterns:
            if any(fnmatchcase(name, pattern) for name in portals):
                continue
            hint = nearest(pattern, portals)
            text = say(words.FILTER_MATCHES_NONE, section=section, pattern=pattern, hint=hint)
            remedy = say(words.FILTER_MATCHES_NONE_REMEDY)
            yield Finding(_CHECK, Verdict.WARNING, text, remedy, section)
