"""What a run's visits came to, counted for those who watch it."""

from __future__ import annotations

from storage.database import Database
from storage.records import Outcome, Run


def outcomes(database: Database, run: Run) -> dict[Outcome, int]:
    """The visits of a run by what they came to; unchanged pages leave a number alone."""
    counts = {
        Outcome(row["outcome"]): int(row["count"])
        for row in database.rows(
            "SELECT outcome, count(*) AS count FROM visits WHERE run_id = ? GROUP BY outcome",
            (run.id,),
        )
    }
    if unchanged := database.value("SELECT unchanged FROM runs WHERE id = ?", (run.id,)):
        counts[Outcome.UNCHANGED] = int(unchanged)
    return counts


def gone_letters(database: Database, run: Run, *statuses: str) -> int:
    """How many of the addresses a run found gone have, at this moment, one of these statuses."""
    rows = database.rows(
        """SELECT copies.status FROM visits JOIN copies ON copies.id = visits.copy_id
           WHERE visits.run_id = ? AND visits.outcome = 'gone'""",
        (run.id,),
    )
    return sum(row["status"] in statuses for row in rows)


def pages_with_other_files(database: Database, run: Run) -> int:
    """How many pages came unchanged, and link to a file that did not."""
    return int(
        database.value(
            """SELECT count(*) FROM events JOIN copies ON copies.id = events.copy_id
               WHERE events.run_id = ? AND events.kind = 'changed' AND events.version_id IS NULL
                 AND events.status != 'dropped' AND copies.success_run = events.run_id""",
            (run.id,),
        )
    )


def read_as_rejected(database: Database, portal: str) -> int:
    """How many of a portal's pages a hand called misread, and still read so."""
    return int(
        database.value(
            """SELECT count(DISTINCT copy_id) FROM events WHERE status = 'rejected'
               AND portal_id = (SELECT id FROM portals WHERE name = ?)""",
            (portal,),
        )
    )
