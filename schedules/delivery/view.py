"""What came of a delivery, and what was not delivered, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from schedules.terminal import beijing_text, one_line, show, tell
from schedules.words.delivery import (
    ANOTHER_DELIVERS,
    BEGINS_NOW,
    DUE_NOW,
    FEED_FAILED,
    FEED_WRITTEN,
    GIVEN_UP,
    NEXT_TRY,
    NOT_MADE,
    NOT_SENT,
    NOTHING_NEW,
    NOTHING_TO_DELIVER,
    SENT_TITLE,
    SENT_TO,
    TEST_BESIDE,
    TEST_FAILED,
    TEST_SENT,
    UNDELIVERED,
    UNDELIVERED_DEAD,
    UNDELIVERED_HEAD,
)
from schedules.words.language import language, say
from schedules.words.reasons import delivery_reason
from storage.outbox.records import Undelivered

if TYPE_CHECKING:
    from schedules.delivery.deliver import DeliverySummary
    from schedules.delivery.sending import Attempt
    from schedules.delivery.trial import TargetCheck


def show_summary(summary: DeliverySummary, *, by_hand: bool) -> None:
    """What was delivered to stdout, what was not to stderr; `by_hand` also what had no news."""
    if summary.elsewhere:
        tell(say(ANOTHER_DELIVERS))
        return
    lines = [*_sent(summary.attempts), *(_quiet(summary) if by_hand else ())]
    if summary.feed:
        lines.append(say(FEED_WRITTEN, path=summary.feed))
    for line in lines:
        show(one_line(line))
    failures = list(_failures(summary))
    for line in failures:
        tell(line)
    if not lines and not failures:
        show(say(NOTHING_TO_DELIVER))


def show_checks(checks: Iterable[TargetCheck], name: str) -> int:
    """A line for each target that was tried; gives 1 where one failed, else 0."""
    failed = False
    for check in checks:
        if check.error is None:
            words = TEST_BESIDE if check.beside else TEST_SENT
            show(one_line(say(words, target=check.key.target, path=check.beside)))
        else:
            failed = True
            tell(say(TEST_FAILED, name=name, target=check.key.target, reason=_reason(check.error)))
    return int(failed)


def undelivered_lines(entries: Sequence[Undelivered]) -> Iterator[str]:
    """What waits or was given up, a line a target, under a head; nothing where all is well."""
    if entries:
        yield say(UNDELIVERED_HEAD)
    for entry in entries:
        values = {"name": entry.key.name, "target": entry.key.target, "error": _reason(entry.error)}
        if entry.waiting:
            planned = entry.next_attempt
            yield say(
                UNDELIVERED,
                **values,
                waiting=entry.waiting,
                since=beijing_text(entry.since),
                attempts=entry.attempts,
                next=say(NEXT_TRY, time=beijing_text(planned)) if planned else say(DUE_NOW),
            )
        if entry.dead:
            yield say(UNDELIVERED_DEAD, **values, dead=entry.dead)


def _reason(error: str | None) -> str:
    return delivery_reason(error or "", language())


def _sent(attempts: Iterable[Attempt]) -> Iterator[str]:
    """A line for each message of a report, one for all of a sink."""
    counts: dict[tuple[str, str], int] = {}
    for attempt in attempts:
        if attempt.error is not None:
            continue
        key = attempt.key
        if key.channel == "report":
            yield say(SENT_TITLE, name=key.name, target=key.target, title=attempt.title)
        else:
            place = (key.name, key.target)
            counts[place] = counts.get(place, 0) + attempt.count
    for (name, target), count in counts.items():
        yield say(SENT_TO, name=name, target=target, count=count)


def _quiet(summary: DeliverySummary) -> Iterator[str]:
    """Targets of a report that got nothing because there is nothing new."""
    busy = {attempt.key for attempt in summary.attempts}
    for item in summary.prepared:
        if not item.messages and not item.error and item.key not in busy:
            words = BEGINS_NOW if item.begun else NOTHING_NEW
            yield say(words, name=item.key.name, target=item.key.target)


def _failures(summary: DeliverySummary) -> Iterator[str]:
    for item in summary.prepared:
        if item.error:
            yield say(NOT_MADE, name=item.key.name, reason=item.error)
    for attempt in summary.failed:
        planned = attempt.next_attempt
        yield say(
            NOT_SENT,
            name=attempt.key.name,
            target=attempt.key.target,
            reason=_reason(attempt.error),
            next=say(NEXT_TRY, time=beijing_text(planned)) if planned else say(GIVEN_UP),
        )
    if summary.feed_error:
        yield say(FEED_FAILED, reason=summary.feed_error)
