"""Presence, settled once per run: withdrawn, restored, moved and delisted letters.

Only runs of a portal in state `ok` come here, so that a block or a broken list is never a
takedown. Everything said is what was observed, never why.
"""

from __future__ import annotations

from datetime import datetime

from storage.clock import beijing_date, from_text, to_text
from storage.database import Database, Row
from storage.events import change_columns
from storage.json_forms import letter_from_row
from storage.policies import Compare, Confirmation
from storage.records import EventKind, ListWalk, Run

_MOST_DAYS = 4


def decide(
    database: Database,
    run: Run,
    walk: ListWalk,
    compare: Compare,
    confirmation: Confirmation,
    now: datetime,
) -> None:
    """Turns what the run's visits saw into pending events, inside a `writing()` block."""
    _find_restored(database, run, now)
    _count_gone(database, run)
    _find_moved(database, run, compare, now)
    _find_withdrawn(database, run, confirmation, now)
    if walk.complete:
        _find_delisted(database, run, now)


def forget_healed(database: Database, run: Run) -> None:
    """A 404 that heals was never an event; called at the end of every run."""
    database.write(
        """UPDATE copies SET gone_visits = 0, gone_since = NULL
           WHERE success_run = ? AND status = 'present'""",
        (run.id,),
    )


def _count_gone(database: Database, run: Run) -> None:
    database.write(
        """UPDATE copies SET gone_visits = gone_visits + 1,
               gone_since = coalesce(gone_since, last_visited)
           WHERE status = 'present' AND id IN (
               SELECT copy_id FROM visits WHERE run_id = ? AND outcome = 'gone')""",
        (run.id,),
    )


def _find_restored(database: Database, run: Run, now: datetime) -> None:
    for copy in list(
        database.rows(
            """SELECT * FROM copies WHERE success_run = ? AND status IN ('withdrawn', 'moved')""",
            (run.id,),
        )
    ):
        database.write(
            """UPDATE copies SET status = 'present', gone_visits = 0, gone_since = NULL,
               quiet_since = ? WHERE id = ?""",
            (copy["last_visited"], copy["id"]),
        )
        reason = f"answered again on {_day(copy['last_visited'])}"
        if copy["gone_since"]:
            reason += f"; first gone on {_day(copy['gone_since'])}"
        _insert(database, run, copy, EventKind.RESTORED, now, reason=reason)


def _find_moved(database: Database, run: Run, compare: Compare, now: datetime) -> None:
    """The letter stands at an address first seen after the old one's last success.

    Where it was told as withdrawn and a hand joined the two later, nothing new was seen.
    """
    for old in list(
        database.rows(
            """SELECT copies.* FROM copies JOIN portals ON portals.id = portal_id
               WHERE portals.name = ? AND gone_since IS NOT NULL AND letter_id IS NOT NULL
                 AND status IN ('present', 'withdrawn') AND success_run IS NOT NULL""",
            (run.portal,),
        )
    ):
        new = _successor(database, old)
        if new is not None:
            _move(database, run, old, new, compare, now)


def _successor(database: Database, old: Row) -> Row | None:
    return database.row(
        """
        SELECT copies.* FROM copies
        WHERE letter_id = :letter AND id != :old AND status = 'present'
          AND portal_id = :portal AND first_run > :last_success_run
          AND gone_since IS NULL AND success_run IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM events WHERE events.copy_id = copies.id
                          AND kind = 'moved' AND events.status != 'dropped')
          AND NOT (:told AND EXISTS (SELECT 1 FROM identifications
                                     WHERE copy_id IN (copies.id, :old) AND kind = 'joined'))
        ORDER BY first_seen, id LIMIT 1
        """,
        {
            "letter": old["letter_id"],
            "old": old["id"],
            "portal": old["portal_id"],
            "last_success_run": old["success_run"],
            "told": old["status"] == "withdrawn",
        },
    )


def _move(
    database: Database, run: Run, old: Row, new: Row, compare: Compare, now: datetime
) -> None:
    """One event in place of withdrawn and copy-found; it carries the quiet edit, if any."""
    before, after = _last_reading(database, old["id"]), _first_reading(database, new["id"])
    change = compare(letter_from_row(before), letter_from_row(after)) if before and after else None
    database.write(
        """UPDATE events SET status = 'dropped' WHERE copy_id = ?
           AND kind IN ('copy-found', 'new') AND status IN ('pending', 'held')""",
        (new["id"],),
    )
    database.write("UPDATE copies SET status = 'moved' WHERE id = ?", (old["id"],))
    reason = f"{_observation(database, old)}; found at another address"
    _insert(
        database,
        run,
        new,
        EventKind.MOVED,
        now,
        reason=reason,
        from_url=old["url"],
        reading_before=before["id"] if before else None,
        reading_after=after["id"] if after else None,
        version_id=after["version_id"] if after else None,
        **change_columns(change),
    )


def _find_withdrawn(
    database: Database, run: Run, confirmation: Confirmation, now: datetime
) -> None:
    for copy in list(
        database.rows(
            """SELECT copies.* FROM copies JOIN visits ON visits.copy_id = copies.id
               WHERE visits.run_id = ? AND visits.outcome = 'gone' AND copies.status = 'present'
                 AND letter_id IS NOT NULL AND success_run IS NOT NULL AND gone_visits >= ?""",
            (run.id, confirmation.visits),
        )
    ):
        apart = from_text(copy["last_visited"]) - from_text(copy["gone_since"])
        if apart < confirmation.apart:
            continue
        database.write("UPDATE copies SET status = 'withdrawn' WHERE id = ?", (copy["id"],))
        left = database.value(
            "SELECT 1 FROM copies WHERE letter_id = ? AND status = 'present' LIMIT 1",
            (copy["letter_id"],),
        )
        _insert(
            database,
            run,
            copy,
            EventKind.WITHDRAWN,
            now,
            reason=_observation(database, copy),
            scope="copy" if left else "letter",
        )


def _find_delisted(database: Database, run: Run, now: datetime) -> None:
    """Answers, but its column no longer shows it while older letters still stand there."""
    for copy in list(
        database.rows(
            """
            SELECT copies.* FROM copies JOIN portals ON portals.id = portal_id
            WHERE portals.name = :portal AND copies.status = 'present'
              AND copies.column_id IS NOT NULL AND copies.listed_run < :run
              AND copies.delisted_at IS NULL AND copies.success_run = :run
              AND EXISTS (
                  SELECT 1 FROM copies older
                  WHERE older.column_id = copies.column_id AND older.listed_run = :run
                    AND coalesce(older.listed_date, older.letter_date, older.first_seen)
                      < coalesce(copies.listed_date, copies.letter_date, copies.first_seen))
            """,
            {"portal": run.portal, "run": run.id},
        )
    ):
        database.write("UPDATE copies SET delisted_at = ? WHERE id = ?", (to_text(now), copy["id"]))
        listed = database.value("SELECT started_at FROM runs WHERE id = ?", (copy["listed_run"],))
        reason = f"answers on {_day(copy['last_visited'])}, but its column no longer shows it"
        if listed:
            reason += f"; last listed on {_day(listed)}"
        _insert(database, run, copy, EventKind.DELISTED, now, reason=reason)


def _observation(database: Database, copy: Row) -> str:
    """`404 on 2026-05-03 and 2026-05-04; last seen on 2026-05-02`: each answer with its days."""
    days: dict[str, list[str]] = {}
    for visit in database.rows(
        """SELECT reason, observed_at FROM (
               SELECT reason, observed_at FROM visits WHERE copy_id = :copy AND outcome = 'gone'
               UNION SELECT reason, observed_at FROM sightings  -- where a replay saw it go
               WHERE copy_id = :copy AND outcome IN ('gone', 'doubted'))
           WHERE observed_at >= :since ORDER BY observed_at""",
        {"copy": copy["id"], "since": copy["gone_since"] or copy["last_visited"]},
    ):
        seen = days.setdefault(visit["reason"] or "gone", [])
        if (day := _day(visit["observed_at"])) not in seen:
            seen.append(day)
    answers = [f"{answer} on {listed_days(seen)}" for answer, seen in days.items()]
    return "; ".join([*answers, f"last seen on {_day(copy['last_success'])}"])


def listed_days(days: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`; of many days the first, the last and their number."""
    if len(days) > _MOST_DAYS:
        return f"{len(days)} days from {days[0]} to {days[-1]}"
    return " and ".join(filter(None, [", ".join(days[:-1]), days[-1]]))


def _insert(
    database: Database,
    run: Run,
    copy: Row,
    kind: EventKind,
    now: datetime,
    **columns: object,
) -> None:
    last = _last_reading(database, copy["id"])
    reading = {
        "version_id": last["version_id"] if last else None,
        "reading_after": last["id"] if last else None,
    }
    database.insert(
        "events",
        {
            "status": "pending",
            "run_id": run.id,
            "portal_id": copy["portal_id"],
            "copy_id": copy["id"],
            "letter_id": copy["letter_id"],
            "kind": kind.value,
            "observed_at": copy["last_visited"],
            "recorded_at": to_text(now),
            **reading,
            **columns,
        },
    )


def _first_reading(database: Database, copy_id: int) -> Row | None:
    order = "ORDER BY versions.place, versions.number, readings.id DESC"
    return _reading(database, copy_id, order)


def _last_reading(database: Database, copy_id: int) -> Row | None:
    order = "ORDER BY versions.place DESC, versions.number DESC, readings.id DESC"
    return _reading(database, copy_id, order)


def _reading(database: Database, copy_id: int, order: str) -> Row | None:
    return database.row(
        f"""SELECT readings.* FROM versions JOIN readings ON readings.version_id = versions.id
            WHERE versions.copy_id = ? AND versions.status != 'dropped' {order} LIMIT 1""",  # noqa: S608
        (copy_id,),
    )


def _day(instant: str) -> str:
    return beijing_date(from_text(instant)).isoformat()
