"""What a version became that a replay put before a known one: told at the replay's end, since more
captures may fall between the two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage.clock import from_text
from storage.database import Database
from storage.events import insert_event
from storage.policies import Compare
from storage.records import Answer, EventKind, PageVisit, ReplyLetter
from storage.replay.telling import tell_replayed
from storage.replay.timeline import last_reading

Read = Callable[[int], ReplyLetter]
"""What a version says, by its id; the same reader reads all."""


def tell_succession(
    database: Database, portal: str, run_id: int, compare: Compare, read: Read, now: datetime
) -> None:
    """Has a `changed` wait for each version of the portal and the one that follows it, where the
    later one was recorded first and no event says how they differ. Inside a `writing()` block.

    What was told stays: of two versions between which a third came to be known, three events
    speak in the end.
    """
    for row in list(database.rows(_UNTOLD, {"portal": portal})):
        change = compare(read(row["earlier"]), read(row["later"]))
        if change is None:  # a better reader finds no difference
            continue
        event_id = insert_event(
            database,
            kind=EventKind.CHANGED,
            visit=PageVisit(
                run_id, portal, row["copy_id"], row["url"], Answer.PAGE, from_text(row["at"])
            ),
            letter_id=row["letter_id"],
            version_id=row["later"],
            reading_before=last_reading(database, row["earlier"]),
            reading_after=last_reading(database, row["later"]),
            change=change,
            backdated=False,
            now=now,
        )
        tell_replayed(database, event_id, EventKind.CHANGED, "past", now, waits=True)


# Only a replay puts a version before one with a smaller id. The later one may have been seen
# before it was recorded: by a capture of the very same letter.
_UNTOLD = """
    SELECT earlier, later.id AS later, copies.id AS copy_id, copies.url, copies.letter_id,
           min(later.place, coalesce(
               (SELECT min(observed_at) FROM sightings
                WHERE version_id = later.id AND observed_at > pair.place), later.place)) AS at
    FROM (
        SELECT v.id AS earlier, v.place, (
            SELECT id FROM versions n WHERE n.copy_id = v.copy_id AND n.status = 'published'
            AND (n.place, n.number) > (v.place, v.number)
            ORDER BY n.place, n.number LIMIT 1) AS later
        FROM versions v JOIN copies ON copies.id = v.copy_id
        WHERE v.replayed AND v.status = 'published'
          AND portal_id = (SELECT id FROM portals WHERE name = :portal)) pair
    JOIN versions later ON later.id = pair.later JOIN copies ON copies.id = later.copy_id
    WHERE pair.later < earlier AND NOT EXISTS (
        SELECT 1 FROM events JOIN readings ON readings.id = reading_before
        WHERE events.copy_id = copies.id AND events.version_id = pair.later
          AND readings.version_id = earlier AND events.status != 'dropped')
    ORDER BY copies.id, pair.place
"""
