"""`fuhan crawl`: a run now, told to whoever listens."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from schedules.cli.invocation import Invocation
from schedules.commands.monitoring import leave_metrics
from schedules.runs.progress import watching
from schedules.runs.words import (
    BASELINE,
    BASELINE_AMONG,
    CRAWL_DISALLOWED,
    CRAWL_HELD,
    CRAWL_INTERRUPTED,
    CRAWL_LINE,
    CRAWL_REASON,
    CRAWL_REJECTED,
    CRAWL_TOTAL,
    EVENT,
    NO_EVENTS,
    NO_PAGES,
    NOTHING_DUE,
    OUTCOME,
)
from schedules.terminal import show, tell
from schedules.words.archive import spoken
from schedules.words.language import COMMA, Words, language, say
from schedules.words.messages import ERROR, STATE
from schedules.words.reasons import portal_reason
from storage.errors import FuhanError
from storage.records import EventKind, Portal, RunSummary

if TYPE_CHECKING:
    from schedules.runs.run import CrawlResult

UNHEALTHY = 3


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[PORTAL]...")
@click.option("--due", is_flag=True)
@click.option("--full", is_flag=True)
@click.option("--dry-run", is_flag=True)
@click.pass_obj
def crawl(
    invocation: Invocation, names: tuple[str, ...], due: bool, full: bool, dry_run: bool
) -> int:
    """One run now; the exit code is 3 where a portal is not ok, or its file is wrong."""
    portals = invocation.portals(names)
    if dry_run:
        from schedules.commands.planning import show_plan

        return show_plan(invocation, portals, full=full, due_only=due)
    invocation.start_logs()
    try:
        code = _crawl(invocation, portals, full=full, due=due)
    finally:
        leave_metrics(invocation)
    return code or (UNHEALTHY if invocation.left_out(names) else 0)


def _crawl(invocation: Invocation, portals: Sequence[Portal], *, full: bool, due: bool) -> int:
    """The run itself. Where it was begun by the clock, whoever listens to pings is told."""
    from schedules.runs.pings import Pinger
    from schedules.runs.run import crawl as run_crawl  # Scrapy: not for those who only look
    from schedules.upkeep.loss import lost_archive

    lost = lost_archive(invocation.config, invocation.typed)
    with Pinger(invocation.config, silent=not due) as pinger:
        _begin_targets(invocation)
        with watching() as watcher:
            result = run_crawl(
                invocation.config,
                portals,
                clock=invocation.clock,
                watcher=watcher,
                full=full,
                due_only=due,
                began=pinger.begin,
            )
        if lost:
            pinger.fail(lost)
            tell(invocation.shown(lost))
        elif result.portals and not result.unfinished:
            pinger.tell(result.summaries)
        _tell(invocation, result)
    return result.exit_code


def _tell(invocation: Invocation, result: CrawlResult) -> None:
    show_summaries(result.summaries, invocation.typed)
    if not result.portals:
        show(say(NOTHING_DUE))
    if result.unfinished:
        tell(say(CRAWL_INTERRUPTED, portals=", ".join(result.unfinished)))
    else:
        _deliver(invocation)


def _begin_targets(invocation: Invocation) -> None:
    """Lets the archive know who is told, so that what this crawl finds is news to them."""
    if invocation.config.tells_anyone:
        from schedules.delivery.deliver import begin_targets

        begin_targets(invocation.config, clock=invocation.clock)


def _deliver(invocation: Invocation) -> None:
    """Tells sinks and feed what was found; a fault there is none of the crawl's."""
    if invocation.config.tells_anyone:
        from schedules.delivery.deliver import send_after_crawl
        from schedules.delivery.view import show_summary

        try:
            summary = send_after_crawl(
                invocation.config, clock=invocation.clock, portals=invocation.enabled
            )
        except (FuhanError, OSError) as error:
            tell(say(ERROR, message=invocation.shown(spoken(error))))
            return
        if summary.attempts or summary.faults:
            show_summary(summary, by_hand=False)


def show_summaries(summaries: Sequence[RunSummary], typed: Callable[[str], str] = str) -> None:
    """A line a portal with what needs attention under it, then the total.

    `typed` gives a command as it is to be typed.
    """
    for summary in summaries:
        look = typed(f"fuhan changes --held --portal {summary.portal}")
        accept = typed(f"fuhan portals accept {summary.portal}")
        show(say(CRAWL_LINE, **_line_values(summary)))
        if summary.reason:
            show(say(CRAWL_REASON, reason=portal_reason(summary.reason, language())))
        if summary.held:
            show(say(CRAWL_HELD, held=summary.held, look=look, accept=accept))
        if summary.rejected:
            show(say(CRAWL_REJECTED, rejected=summary.rejected, accept=accept))
        if summary.disallowed:
            show(say(CRAWL_DISALLOWED, count=summary.disallowed))
    if len(summaries) > 1:
        visited = sum(sum(summary.outcomes.values()) for summary in summaries)
        events = _told(_total_events(summaries), sum(summary.baseline for summary in summaries))
        show(say(CRAWL_TOTAL, portals=len(summaries), visited=visited, events=events))


def counted(words: Mapping[str, Words], counts: Mapping[str, int]) -> str:
    """`3 new, 1 changed`: what was counted, zeros left out, in the words' order."""
    parts = [say(text, n=counts[key]) for key, text in words.items() if counts.get(key)]
    return say(COMMA).join(parts)


def _line_values(summary: RunSummary) -> dict[str, object]:
    events = {kind.value: count for kind, count in summary.events.items()}
    return {
        "portal": summary.portal,
        "state": say(STATE[summary.state.value]),
        "listed": summary.listed,
        "outcomes": counted(OUTCOME, _outcomes(summary)) or say(NO_PAGES),
        "events": _told(events, summary.baseline),
    }


def _outcomes(summary: RunSummary) -> dict[str, int]:
    """The visits by what they came to; what is news among those gone and unchanged apart."""
    counts = {outcome.value: count for outcome, count in summary.outcomes.items()}
    parts = {"known gone": summary.known_gone, "unconfirmed": summary.unconfirmed}
    counts |= parts | {"files": summary.files_changed}
    counts["gone"] = max(0, counts.get("gone", 0) - sum(parts.values()))
    counts["unchanged"] = max(0, counts.get("unchanged", 0) - summary.files_changed)
    return counts


def _told(events: Mapping[str, int], baseline: int) -> str:
    """What was published, and how much of it belongs to a first reading."""
    if baseline and baseline == sum(events.values()):
        return say(BASELINE, count=baseline)
    told = counted(EVENT, events) or say(NO_EVENTS)
    return told + say(BASELINE_AMONG, count=baseline) if baseline else told


def _total_events(summaries: Sequence[RunSummary]) -> dict[str, int]:
    return {
        kind.value: sum(summary.events.get(kind, 0) for summary in summaries) for kind in EventKind
    }
