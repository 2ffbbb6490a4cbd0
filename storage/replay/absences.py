"""When a copy was gone in the past: the times of its captures, visits and versions put in order.

A day on which most of a portal's captures say gone tells of the one who captured, not of the
letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from storage.clock import from_text
from storage.database import Database
from storage.policies import Confirmation
from storage.verdict import FEWEST_LETTERS


@dataclass(slots=True)
class Absence:
    """A time in which a copy was gone on every capture; `since` and `back` as the archive writes
    instants."""

    since: str
    last_success: str
    visits: int = 0
    until: str = ""  # the last time it was gone
    confirmed: str | None = None
    back: str | None = None  # when it answered again


def doubtful_days(database: Database, portal: str) -> Iterator[str]:
    """Days on which over half of at least three letters were gone: the circuit breaker's rule."""
    for row in database.rows(
        """SELECT day, count(DISTINCT iif(gone, copy_id, NULL)) AS gone,
                  count(DISTINCT copy_id) AS known
           FROM (SELECT substr(observed_at, 1, 10) AS day, sightings.copy_id,
                        sightings.outcome = 'gone' AS gone
                 FROM sightings JOIN copies ON copies.id = sightings.copy_id
                 JOIN portals ON portals.id = portal_id
                 WHERE portals.name = :portal AND NOT vouched AND letter_id IS NOT NULL
                   AND sightings.outcome IN ('gone', 'unchanged', 'unreadable', 'not-a-letter')
                 UNION ALL
                 SELECT substr(observed_at, 1, 10), versions.copy_id, 0
                 FROM versions JOIN copies ON copies.id = versions.copy_id
                 JOIN portals ON portals.id = portal_id
                 WHERE portals.name = :portal AND replayed)
           GROUP BY day""",
        {"portal": portal},
    ):
        if row["known"] >= FEWEST_LETTERS and 2 * row["gone"] > row["known"]:
            yield row["day"]


def absences(
    database: Database, copy_id: int, confirmation: Confirmation, doubtful: Collection[str]
) -> Iterator[Absence]:
    """A copy's absences in the order of time, confirmed or not; on doubtful days only what was
    vouched for counts."""
    seen: str | None = None
    absence: Absence | None = None
    for row in database.rows(_TIMES, {"copy": copy_id}):
        at = row["at"]
        if not row["gone"]:
            if absence is not None:
                absence.back = at
                yield absence
            seen, absence = at, None
        elif seen is not None and (row["vouched"] or at[:10] not in doubtful):
            absence = absence or Absence(at, seen)
            absence.visits += 1
            absence.until = at
            apart = from_text(at) - from_text(absence.since)
            if absence.visits >= confirmation.visits and apart >= confirmation.apart:
                absence.confirmed = absence.confirmed or at
    if absence is not None:
        yield absence


_TIMES = """
    SELECT place AS at, 0 AS gone, 0 AS vouched FROM versions
    WHERE copy_id = :copy AND status = 'published'
    UNION ALL
    SELECT observed_at, outcome = 'gone', vouched FROM sightings
    WHERE copy_id = :copy AND outcome IN ('gone', 'unchanged')
    UNION ALL SELECT observed_at, 1, 1 FROM visits WHERE copy_id = :copy AND outcome = 'gone'
    UNION ALL SELECT last_success, 0, 0 FROM copies WHERE id = :copy AND last_success IS NOT NULL
    ORDER BY 1
"""
