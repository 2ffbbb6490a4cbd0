"""How the portals stand: last runs, letters, what is due and what is held back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.records import PortalState, PortalStatus
from storage.unread import unread_letters


def portal_statuses(
    database: Database | None, names: Iterable[str], now: datetime
) -> list[PortalStatus]:
    """One status per portal asked about; portals never crawled are `ok` with no last run."""
    return [_status(database, name, now) for name in names]


def last_run_at(database: Database, portal: str) -> datetime | None:
    """When the portal's last run that ended was started; None if none ever ended."""
    text = database.value(
        """SELECT max(started_at) FROM runs JOIN portals ON portals.id = portal_id
           WHERE portals.name = ? AND runs.ended_at IS NOT NULL AND source IS NULL""",
        (portal,),
    )
    return from_text(text) if text else None


def _status(database: Database | None, name: str, now: datetime) -> PortalStatus:
    row = database.row(_STATUS, {"portal": name, "now": to_text(now)}) if database else None
    if database is None or row is None:
        return PortalStatus(name, PortalState.OK, None, None, None, 0, 0, 0)
    return PortalStatus(
        name=name,
        state=PortalState(row["state"]),
        reason=row["reason"],
        last_run=_instant(row, "last_run"),
        last_healthy=_instant(row, "last_healthy"),
        letters=row["letters"],
        due=row["due"],
        held=row["held"],
        next_attempt=_instant(row, "not_before"),
        interrupted=_instant(row, "interrupted"),
        rejected=row["rejected"],
        unread=unread_letters(database, name, now),
    )


_STATUS = """
    SELECT portals.*,
        (SELECT max(started_at) FROM runs
         WHERE portal_id = portals.id AND ended_at IS NOT NULL AND source IS NULL) AS last_run,
        (SELECT max(started_at) FROM runs
         WHERE portal_id = portals.id AND state = 'ok') AS last_healthy,
        (SELECT iif(ended_at IS NULL, started_at, NULL) FROM runs
         WHERE portal_id = portals.id AND source IS NULL
         ORDER BY id DESC LIMIT 1) AS interrupted,
        (SELECT count(DISTINCT letter_id) FROM copies JOIN letters ON letters.id = letter_id
         WHERE portal_id = portals.id AND published_at IS NOT NULL) AS letters,
        (SELECT count(*) FROM copies
         WHERE portal_id = portals.id AND due_at <= :now) AS due,
        (SELECT count(*) FROM events
         WHERE portal_id = portals.id AND status = 'held') AS held,
        (SELECT count(DISTINCT copy_id) FROM events
         WHERE portal_id = portals.id AND status = 'rejected') AS rejected
    FROM portals WHERE name = :portal
"""


def _instant(row: Row, column: str) -> datetime | None:
    return from_text(row[column]) if row[column] else None
