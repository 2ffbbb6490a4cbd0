"""When a known page is to be asked for again, and how often a list is walked to its end.

The rule: a third of the time a letter has been quiet, at least `DAILY`, at most a cap that grows
with the letter's age. A change, a return or a first reading sets the quiet time to nothing, so
that a page which moved is looked at again the next day. Ages follow what was measured on a model
of such a portal: under 30 days daily, under a year weekly, older monthly found changes after 1.8
days where the optimum is 1.7 and uniform visiting 3.8 for the same requests. "Freshness" is not
optimised: its optimum never visits what changes fastest.

A day is 22 hours here, so that a run a little early finds due what the last one visited.
"""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from storage.clock import BEIJING
from storage.policies import Confirmation, NextDue
from storage.records import CopyHistory, Outcome

DAILY = timedelta(hours=22)
WEEKLY = timedelta(days=7)
MONTHLY = timedelta(days=28)

FULL_WALK_EVERY = timedelta(days=7)
"""How long after a complete walk of a column the next one is due; between them walks are short."""

_YOUNG = timedelta(days=30)
_RECENT = timedelta(days=365)
_RECOUNT = timedelta(days=4)


def is_full_walk_due(last: datetime | None, now: datetime) -> bool:
    """Whether a column last read to its end at `last` is to be walked so again."""
    return last is None or now - last >= FULL_WALK_EVERY


def revisit_policy(confirmation: Confirmation) -> NextDue:
    """The policy a crawl uses: `next_due`, with a first `gone` asked again when it can count."""

    def due(history: CopyHistory, outcome: Outcome, now: datetime) -> datetime:
        return next_due(history, outcome, now, confirmation)

    return due


def next_due(
    history: CopyHistory,
    outcome: Outcome,
    now: datetime,
    confirmation: Confirmation = Confirmation(),  # noqa: B008 — frozen
) -> datetime:
    """The instant a page is due again after a visit at `now` came to `outcome`. Pure.

    `history` is what was known before the visit.
    """
    if outcome is Outcome.GONE:
        return now + _after_gone(history, now, confirmation)
    if outcome is Outcome.NOT_A_LETTER and history.version_id is None:
        return now + MONTHLY
    if outcome in (Outcome.FAILED, Outcome.BLOCKED, Outcome.UNREADABLE, Outcome.NOT_A_LETTER):
        return now + DAILY
    moved = outcome in (Outcome.NEW, Outcome.CHANGED) or history.gone_since is not None
    quiet = timedelta() if moved else now - history.quiet_since
    return now + max(DAILY, min(quiet / 3, _longest(history, now)))


def _longest(history: CopyHistory, now: datetime) -> timedelta:
    """The cap by age: of the letter where it prints a date, else since it was first seen."""
    born = history.first_seen
    if history.letter_date is not None:
        midnight = datetime.combine(history.letter_date, time(), tzinfo=BEIJING)
        born = midnight.astimezone(UTC)
    age = now - born
    if age < _YOUNG:
        return DAILY
    return WEEKLY if age < _RECENT else MONTHLY


def _after_gone(history: CopyHistory, now: datetime, confirmation: Confirmation) -> timedelta:
    """Until a withdrawal is confirmed: when it can be; after it: daily, then weekly, then monthly.

    The confirming visits stand `confirmation.apart` from each other. The days after it leave room
    for a run that did not count because the portal was suspect. An address that was never read
    has nothing to confirm.
    """
    if history.version_id is None:
        return MONTHLY
    if history.gone_since is None:
        return confirmation.apart
    missing = now - history.gone_since
    if missing < confirmation.apart * (confirmation.visits - 1):
        return confirmation.apart
    if missing < _RECOUNT:
        return DAILY
    return WEEKLY if missing < _YOUNG else MONTHLY
