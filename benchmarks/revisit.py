"""How soon the revisit policy sees an edit, per request, beside visiting all at one interval.

Run: `python -m benchmarks.revisit [--seed N] [--letters N]`. No network and no archive: a year of
daily runs of a portal is played with the program's own `crawler/revisit.py` and
`crawler/budget.py`. Exits 1 where an unchanged portal is asked for more than the share allowed.

The model: letters come in yearly waves (May to November, most in summer) over six years and 250
more during the year; 20 stand on a list page, the newest first. A letter is edited most while it
is young, and five times as often in the week after an edit; 0.003 % a day are taken down, half of
them from the list too. How often is nowhere known, so two sets of rates are played (`RATES`): one
where nearly all edits fall on young letters, and one where a third of them fall on old ones, the
harder case for a policy that looks at those seldom.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from crawler.budget import Budget
from crawler.revisit import is_full_walk_due, next_due
from storage.records import CopyHistory, DuePage, Outcome, Validators, Why

MOST_SHARE = 0.08
"""Of an unchanged portal's pages, what a day may ask for in the mean."""

RATES = {
    "edits of young letters": (0.005, 0.0005, 0.00004),
    "edits of all ages": (0.01, 0.001, 0.0002),
}
"""Share of letters edited a day: in their first month, in their first year, later."""

DAYS = 365
_ON_A_LIST_PAGE = 20
_START = datetime(2026, 1, 1, 22, 20, tzinfo=UTC)
_DAY = timedelta(days=1)
Interval = Callable[[CopyHistory, Outcome, datetime], datetime]
Rates = tuple[float, float, float]


@dataclass(slots=True)
class Page:
    """One letter of the portal, and what is known of it."""

    number: int
    written: datetime
    first_seen: datetime
    due_at: datetime
    quiet_since: datetime
    gone_since: datetime | None = None
    pending: datetime | None = None  # the earliest edit nobody has seen yet
    last_edit: datetime | None = None
    removed: datetime | None = None
    unlisted: bool = False
    settled: bool = False  # its removal was confirmed


@dataclass(slots=True)
class Year:
    """What a year of runs came to."""

    pages: int
    requests: list[int] = field(default_factory=list)  # a day
    delays: list[float] = field(default_factory=list)  # days from an edit to its being seen
    removals: list[float] = field(default_factory=list)  # days to the first visit that met it

    @property
    def share(self) -> float:
        return statistics.mean(self.requests) / self.pages


def play(
    letters: int, seed: int, policy: Interval, rates: Rates | None, *, ours: bool = True
) -> Year:
    """A year of daily runs under a policy; nothing changes where there are no rates.

    `ours` = within the budget, with weekly walks of the lists to their ends; else the first list
    page and whatever is due.
    """
    dice = random.Random(seed)  # noqa: S311 - a model, no secret
    pages = [_page(at, dice, _START) for at in range(letters)]
    year = Year(letters)
    walked: datetime | None = _START
    for day in range(1, DAYS + 1):
        now = _START + day * _DAY
        if rates:
            _live(pages, now, dice, rates)
        full = ours and is_full_walk_due(walked, now)
        walked = now if full else walked
        lists = -(-len(pages) // _ON_A_LIST_PAGE) + 1 if full else 1
        if full:
            _note_missing(pages, now)
        budget = Budget(None, len(pages), full=not ours)
        for _ in range(lists):
            budget.list_asked()
        asked = budget.admit(_due(pages, now))
        for due in asked:
            _visit(pages[due.copy_id], now, policy, year)
        year.requests.append(lists + len(asked))
    return year


def _page(number: int, dice: random.Random, seen: datetime) -> Page:
    """A letter of the last six years; months weigh as answers are published."""
    weights = (2, 1, 2, 3, 8, 14, 18, 18, 14, 10, 6, 4)
    month = dice.choices(range(1, 13), weights)[0]
    written = datetime(2020 + dice.randrange(6), month, dice.randint(1, 28), tzinfo=UTC)
    first_due = seen + _DAY * dice.uniform(0, 1)
    return Page(number, written, seen, first_due, quiet_since=seen)


def _live(pages: list[Page], now: datetime, dice: random.Random, rates: Rates) -> None:
    """A day of the portal: edits, removals, new letters."""
    for page in pages:
        if page.removed is None and dice.random() < _edit_rate(page, now, rates):
            page.last_edit = now - _DAY * dice.random()
            page.pending = page.pending or page.last_edit
        if page.removed is None and dice.random() < 0.00003:
            page.removed = now - _DAY * dice.random()
            page.unlisted = dice.random() < 0.5
    if dice.random() < 250 / DAYS:
        pages.append(Page(len(pages), now - _DAY, now, now, quiet_since=now))


def _edit_rate(page: Page, now: datetime, rates: Rates) -> float:
    age = now - page.written
    rate = rates[0 if age < 30 * _DAY else 1 if age < 365 * _DAY else 2]
    return 5 * rate if page.last_edit and now - page.last_edit < 7 * _DAY else rate


def _note_missing(pages: list[Page], now: datetime) -> None:
    """A full walk makes a letter it no longer shows due at once, as the archive does."""
    for page in pages:
        if page.unlisted and not page.settled and page.removed and page.removed < now:
            page.due_at = min(page.due_at, now - 365 * _DAY)


def _due(pages: list[Page], now: datetime) -> Iterator[DuePage]:
    """What is due, in the archive's order: gone ones first, then the longest waiting."""
    due = [page for page in pages if page.due_at <= now]
    due.sort(key=lambda page: (page.gone_since is None or page.settled, page.due_at))
    for page in due:
        why = Why.GONE if page.gone_since and not page.settled else Why.DUE
        yield DuePage(page.number, "", Validators(), True, why, page.due_at)


def _visit(page: Page, now: datetime, policy: Interval, year: Year) -> None:
    outcome = Outcome.UNCHANGED
    if page.removed:
        outcome = Outcome.GONE
        if page.gone_since is None:
            year.removals.append((now - page.removed) / _DAY)
    elif page.pending:
        outcome = Outcome.CHANGED
        year.delays.append((now - page.pending) / _DAY)
        page.pending = None
    page.due_at = policy(_history(page), outcome, now)
    if outcome is Outcome.CHANGED:
        page.quiet_since = now
    if outcome is Outcome.GONE:
        page.settled = page.gone_since is not None
        page.gone_since = page.gone_since or now


def _history(page: Page) -> CopyHistory:
    return CopyHistory(
        copy_id=page.number,
        portal="model",
        url="",
        letter_id=page.number,
        first_seen=page.first_seen,
        last_visited=None,
        quiet_since=page.quiet_since,
        letter_date=date(page.written.year, page.written.month, page.written.day),
        gone_since=page.gone_since,
        body_digest=None,
        reader=None,
        version_id=1,
        reading=None,
    )


def every(days: float) -> Interval:
    """The policy of one interval for every page."""

    def due(history: CopyHistory, outcome: Outcome, now: datetime) -> datetime:
        return now + _DAY * days - timedelta(hours=2)

    return due


def _row(name: str, year: Year) -> str:
    return (
        f"{name:<34}{statistics.mean(year.requests):>10.0f}{max(year.requests):>8}"
        f"{100 * year.share:>8.1f}%{_mean(year.delays):>10.1f}{_median(year.delays):>9.1f}"
        f"{_mean(year.removals):>10.1f}"
    )


def _mean(values: list[float]) -> float:
    return statistics.mean(values) if values else float("nan")


def _median(values: list[float]) -> float:
    return statistics.median(values) if values else float("nan")


def _compare(name: str, letters: int, seed: int, rates: Rates) -> None:
    """Our year beside one where every page is visited at the interval that costs as much."""
    policy = play(letters, seed, next_due, rates)
    interval = letters / (statistics.mean(policy.requests) - 1)
    same = play(letters, seed, every(interval), rates, ours=False)
    print(f"\n{name}")
    print(_row("  lists, ages and a budget", policy))
    print(_row(f"  all every {interval:.1f} days", same))
    means, medians = _mean(policy.delays), _median(policy.delays)
    print(
        f"  delay × requests, of one interval's: mean "
        f"{means * policy.share / (_mean(same.delays) * same.share):.2f}, median "
        f"{medians * policy.share / (_median(same.delays) * same.share):.2f}"
    )


def main() -> int:
    """Plays the years, prints the table; 1 where the share of an unchanged portal is missed."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--letters", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    letters, seed = given.letters, given.seed
    print(f"{letters} letters, {DAYS} daily runs, seed {seed}; delays in days\n")
    print(
        f"{'':<34}{'requests':>10}{'most':>8}{'share':>9}{'edit':>10}{'edit':>9}{'removed':>10}\n"
        f"{'':<34}{'a day':>10}{'a day':>8}{'a day':>9}{'mean':>10}{'median':>9}{'mean':>10}"
    )
    still = play(letters, seed, next_due, None)
    print(_row("unchanged portal", still))
    for name, rates in RATES.items():
        _compare(name, letters, seed, rates)
    if still.share > MOST_SHARE:
        print(
            f"MISSED: {100 * still.share:.1f} % of the pages a day asked for,"
            f" at most {100 * MOST_SHARE:.0f} % wanted"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
