"""Letters whose page could not be read for long: no event, but a thing to know."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.records import UnreadLetter

FEWEST_VISITS = 3
SHORTEST = timedelta(days=7)
"""A page that could not be read on so many visits, the first and last so far apart, is told.

A site under repair, or a page that is slow for a night, is well again before."""

_DUE_WITHIN = timedelta(days=2)


def unread_letters(database: Database, portal: str, now: datetime) -> tuple[UnreadLetter, ...]:
    """A portal's letters that have long been unreadable, the longest first; a read-only operation.

    Only visits of runs that found the portal well count: what a block or a broken site kept from
    us is told as that. An address that is gone is none of these, two such visits confirm it.

    A page that could not be read is due again within a day (`crawler/revisit.py`): only addresses
    due soon are looked at, and of each the visits since it was last read.
    """
    rows = database.rows(
        _UNREAD,
        {"portal": portal, "soon": to_text(now + _DUE_WITHIN), "visits": FEWEST_VISITS},
    )
    found = [_letter(row, portal) for row in rows]
    long = [letter for letter in found if letter.last_visited - letter.since >= SHORTEST]
    return tuple(sorted(long, key=lambda letter: (letter.since, letter.url)))


def _letter(row: Row, portal: str) -> UnreadLetter:
    return UnreadLetter(
        letter_id=row["letter_id"],
        title=row["title"],
        portal=portal,
        url=row["url"],
        last_read=from_text(row["last_success"]),
        since=from_text(row["since"]),
        last_visited=from_text(row["until"]),
        visits=row["times"],
    )


# CROSS JOIN keeps SQLite to this order: few addresses, their portal's runs since, one visit each.
_UNREAD = """
    SELECT copies.letter_id, copies.url, copies.last_success,
           count(*) AS times, min(visits.observed_at) AS since, max(visits.observed_at) AS until,
           (SELECT title FROM versions JOIN readings ON readings.version_id = versions.id
            WHERE versions.copy_id = copies.id AND versions.status = 'published'
            ORDER BY versions.place DESC, versions.number DESC, readings.id DESC LIMIT 1) AS title
    FROM copies
    JOIN letters ON letters.id = copies.letter_id AND letters.published_at IS NOT NULL
    CROSS JOIN runs ON runs.portal_id = copies.portal_id
        AND runs.started_at > copies.last_success AND runs.state = 'ok'
    CROSS JOIN visits ON visits.run_id = runs.id AND visits.copy_id = copies.id
        AND visits.outcome IN ('unreadable', 'not-a-letter', 'failed', 'blocked')
    WHERE copies.portal_id = (SELECT id FROM portals WHERE name = :portal)
      AND copies.due_at <= :soon AND copies.status = 'present'
      AND copies.visited_run > copies.success_run
    GROUP BY copies.id HAVING count(*) >= :visits
"""
