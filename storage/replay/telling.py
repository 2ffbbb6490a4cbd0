"""When what a replay found is told: most at once, a letter at one more address at the end.

Only then is it known whether the letter moved there, which is one event in place of two. Until
then that copy's versions and events wait: `pending`, with their `replayed` set, so that nothing
takes them for what a crawl left.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from storage.clock import to_text
from storage.database import Database
from storage.events import change_columns, publish
from storage.json_forms import letter_from_row
from storage.policies import Compare
from storage.records import EventKind
from storage.search.waiting import indexing_together
from storage.settlement import letter_status

Standing = Literal["past", "present"]
"""Whether later states of a copy were known when a replay told an event, or it was the newest."""


def tell_replayed(
    database: Database,
    event_id: int,
    kind: EventKind,
    standing: Standing,
    now: datetime,
    *,
    waits: bool = False,
) -> None:
    """Tells a pending event as history, inside a `writing()` block, or has it wait with its copy.

    A copy waits from its `copy-found` on, or from an event that `waits` for its files;
    `order_found` and `publish_waiting` end that.
    """
    database.write("UPDATE events SET replayed = ? WHERE id = ?", (standing, event_id))
    if waits or (kind is EventKind.COPY_FOUND and standing == "present"):
        return
    if not database.value(
        """SELECT 1 FROM events WHERE status = 'pending' AND replayed IS NOT NULL AND id != :event
           AND copy_id = (SELECT copy_id FROM events WHERE id = :event) LIMIT 1""",
        {"event": event_id},
    ):
        tell_now(database, event_id, now)


def publish_waiting(database: Database, portal: str, now: datetime) -> None:
    """Tells what waits of a portal, oldest first, inside a `writing()` block.

    A move stands where its copy would have been told as found.
    """
    for row in list(
        database.rows(
            f"""SELECT id FROM events WHERE {_WAITING} ORDER BY coalesce(
                    iif(kind = 'moved', (SELECT place FROM versions WHERE id = version_id), NULL),
                    observed_at), id""",  # noqa: S608 - a constant
            {"portal": portal},
        )
    ):
        tell_now(database, row["id"], now)


def tell_left(database: Database, portal: str, now: datetime) -> None:
    """Tells what a killed replay of a portal left waiting: a durable write of its own.

    For when the next that comes is no replay, at whose end it would be known what moved.
    """
    if database.value(f"SELECT 1 FROM events WHERE {_WAITING} LIMIT 1", {"portal": portal}):  # noqa: S608
        with database.writing(), indexing_together(database):
            publish_waiting(database, portal, now)


def order_found(database: Database, portal: str, compare: Compare) -> None:
    """Makes waiting copies' versions stand as if told; each is found by its first one alone.

    Captures come in any order: what a later version found is a change of what came before it.
    Inside a `writing()` block.
    """
    database.write(
        f"""UPDATE versions SET status = 'published' WHERE status = 'pending'
            AND id IN (SELECT version_id FROM events WHERE {_WAITING})""",  # noqa: S608 - a constant
        {"portal": portal},
    )
    for row in list(database.rows(_FOUND_LATE, {"portal": portal})):
        before = database.row(_LAST_READING, (row["earlier"],))
        after = database.row("SELECT * FROM readings WHERE id = ?", (row["reading_after"],))
        if before is None or after is None:
            continue
        change = compare(letter_from_row(before), letter_from_row(after))
        if change is None:
            continue
        columns = {"reading_before": before["id"], **change_columns(change)}
        assigned = ", ".join(f"{name} = :{name}" for name in columns)
        database.write(
            f"UPDATE events SET kind = 'changed', baseline = 0, {assigned} WHERE id = :event",  # noqa: S608
            {**columns, "event": row["id"]},
        )


def drop_found(database: Database, version_id: int) -> None:
    """The version that a copy waits with is not told as found, but as what a letter moved to."""
    database.write(
        """UPDATE events SET status = 'dropped' WHERE version_id = ? AND kind = 'copy-found'
           AND status = 'pending' AND replayed IS NOT NULL""",
        (version_id,),
    )


def tell_now(database: Database, event_id: int, now: datetime) -> None:
    """Gives an event its cursor and its entry in the journal; its letter and version are known."""
    event = database.the_row(
        f"event {event_id}", "SELECT letter_id, version_id FROM events WHERE id = ?", (event_id,)
    )
    database.write(
        """UPDATE versions SET status = 'published'
           WHERE id = ? AND status = 'pending' AND replayed""",
        (event["version_id"],),
    )
    database.write(
        "UPDATE letters SET published_at = coalesce(published_at, ?), status = ? WHERE id = ?",
        (to_text(now), letter_status(database, event["letter_id"]), event["letter_id"]),
    )
    publish(database, event_id, now)


_LAST_READING = "SELECT * FROM readings WHERE version_id = ? ORDER BY id DESC LIMIT 1"
_WAITING = """events.status = 'pending' AND events.replayed IS NOT NULL
    AND events.portal_id = (SELECT id FROM portals WHERE name = :portal)"""
_FOUND_LATE = f"""
    SELECT events.id, events.reading_after, (
        SELECT v.id FROM versions v WHERE v.copy_id = events.copy_id AND v.status = 'published'
        AND (v.place, v.number) < (versions.place, versions.number)
        ORDER BY v.place DESC, v.number DESC LIMIT 1) AS earlier
    FROM events JOIN versions ON versions.id = events.version_id
    WHERE events.kind = 'copy-found' AND earlier IS NOT NULL AND {_WAITING}
    ORDER BY events.id"""  # noqa: S608 - a constant
