"""Events: pending when a page is saved, told when their run is settled, read by their cursor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.evidence import journal, journaled
from storage.json_forms import dump
from storage.records import (
    Change,
    Event,
    EventKind,
    FieldChange,
    FigureChange,
    LetterRef,
    PageVisit,
    Significance,
)

REREAD = "reread"
JOINED = "joined"
SPLIT = "split"  # of the letter that is new
SPLIT_FROM = "split-from"  # of the letter its copies were taken from
ONLY_FOR_EXPORTS = (REREAD, JOINED, SPLIT, SPLIT_FROM)
"""These have a cursor, so that exports hand them on; they are no changes of the record."""
_NO_EVENTS = ", ".join(f"'{kind}'" for kind in ONLY_FOR_EXPORTS)
SURVIVING = "(SELECT coalesce(joined_into, id) FROM letters WHERE id = :letter)"
"""The letter an id stands for, in SQL; redirects are never chains."""
Scope = Literal["copy", "letter"]


def insert_event(
    database: Database,
    *,
    kind: EventKind,
    visit: PageVisit,
    letter_id: int,
    version_id: int,
    reading_before: int | None,
    reading_after: int,
    change: Change | None,
    backdated: bool,
    now: datetime,
    reason: str | None = None,
) -> int:
    """Adds the pending event of one saved page, inside a `writing()` block."""
    from storage.forget.rules import rules_of

    portal_id = database.value("SELECT portal_id FROM runs WHERE id = ?", (visit.run_id,))
    rules = rules_of(database, visit.copy_id) if change else None
    return database.insert(
        "events",
        {
            "status": "pending",
            "run_id": visit.run_id,
            "portal_id": portal_id,
            "copy_id": visit.copy_id,
            "letter_id": letter_id,
            "version_id": version_id,
            "reading_before": reading_before,
            "reading_after": reading_after,
            "kind": kind.value,
            "observed_at": to_text(visit.observed_at),
            "recorded_at": to_text(now),
            "backdated": int(backdated),
            "reason": reason,
            **change_columns(rules.cut_change(change) if rules and change else change),
        },
    )


def change_columns(change: Change | None) -> dict[str, Any]:
    """A change as columns of `events`; the body's two texts stand in the readings already."""
    if change is None:
        return {"significance": None}
    return {
        "significance": change.significance.value,
        "fields": dump(
            [
                [
                    field.field,
                    *((None, None) if field.field == "body" else (field.before, field.after)),
                ]
                for field in change.fields
            ]
        ),
        "figures": dump([[figure.before, figure.after] for figure in change.figures]),
        "diff": dump([list(piece) for piece in change.diff]),
    }


def publish(database: Database, event_id: int, now: datetime) -> int:
    """Gives an event the next cursor, journals it and has its letter found as it now stands.

    Inside a `writing()` block.
    """
    from storage.search.waiting import index_told  # the index is no matter of who reads events

    cursor = 1 + int(database.value("SELECT coalesce(max(cursor), 0) FROM events"))
    database.write(
        "UPDATE events SET status = 'published', cursor = ? WHERE id = ?", (cursor, event_id)
    )
    content = journaled.event_content(database, event_id)
    journal.append(
        database,
        "event",
        event_id,
        content,
        observed_at=content["observed_at"],
        recorded_at=to_text(now),
    )
    index_told(database, content["letter"])
    return cursor


def tell_exports(
    database: Database,
    kind: str,
    copy_id: int,
    now: datetime,
    *,
    letter_id: int | None = None,
    version_id: int | None = None,
    reading_after: int | None = None,
) -> None:
    """Lets exports know of what is no event, inside a `writing()` block; `changes` does not.

    `kind` is one of `ONLY_FOR_EXPORTS`; without `letter_id` it is the copy's letter.
    """
    copy = database.the_row(
        f"copy {copy_id}", "SELECT portal_id, letter_id FROM copies WHERE id = ?", (copy_id,)
    )
    event_id = database.insert(
        "events",
        {
            "status": "pending",
            "portal_id": copy["portal_id"],
            "copy_id": copy_id,
            "letter_id": letter_id or copy["letter_id"],
            "version_id": version_id,
            "reading_after": reading_after,
            "kind": kind,
            "observed_at": to_text(now),
            "recorded_at": to_text(now),
        },
    )
    publish(database, event_id, now)


def changes(
    database: Database, after: int = 0, portal: str | None = None, *, replayed: bool = False
) -> Iterator[Event]:
    """Published events with a cursor above `after`, in that order; a read-only operation.

    Those a replay told only where `replayed`: they are history, no news.
    """
    yield from _events(
        database,
        "events.cursor > :after AND (:portal IS NULL OR portals.name = :portal)"
        " AND (:replayed OR events.replayed IS NULL)",
        {"after": after, "portal": portal, "replayed": replayed},
    )


def held_changes(database: Database, portal: str | None = None) -> Iterator[Event]:
    """What the circuit breaker holds back, as it would be told; a read-only operation.

    Its cursor is 0: it has none yet.
    """
    yield from _events(
        database,
        """events.status = 'held' AND events.portal_id IN (
               SELECT id FROM portals WHERE :portal IS NULL OR name = :portal)""",
        {"portal": portal},
        order="portals.name, events.id",
    )


def events_between(
    database: Database, since: datetime | None, until: datetime | None
) -> Iterator[Event]:
    """Published events observed after `since` and up to `until`, by cursor; none replayed."""
    yield from _events(
        database,
        "events.cursor IS NOT NULL AND events.replayed IS NULL"
        " AND (:since IS NULL OR events.observed_at > :since)"
        " AND (:until IS NULL OR events.observed_at <= :until)",
        {
            "since": to_text(since) if since else None,
            "until": to_text(until) if until else None,
        },
    )


def cursor_before(database: Database, since: datetime) -> int:
    """The cursor behind which every event observed after `since` stands."""
    first = database.value(
        "SELECT min(cursor) FROM events WHERE observed_at > ? AND replayed IS NULL",
        (to_text(since),),
    )
    if first is None:
        return int(database.value("SELECT coalesce(max(cursor), 0) FROM events"))
    return int(first) - 1


def events_of_letter(database: Database, letter_id: int) -> Iterator[Event]:
    """All published events of a letter's copies, those from before a join or split too."""
    yield from _events(
        database,
        f"events.cursor IS NOT NULL AND copies.letter_id = {SURVIVING}",
        {"letter": letter_id},
        order="events.observed_at, events.cursor",
    )


def _events(
    database: Database, where: str, parameters: dict[str, Any], order: str = "events.cursor"
) -> Iterator[Event]:
    rows = database.rows(
        f"""
        SELECT events.*, portals.name AS portal, copies.url,
               -- the copy's present letter: after a join or split another than it was
               coalesce(copies.letter_id, events.letter_id) AS surviving_letter,
               coalesce(latest.title, copies.listed_title) AS title, latest.index_number,
               versions.number AS version_number, compared.number AS compared_with,
               was.body AS body_before, became.body AS body_after
        FROM events
        JOIN portals ON portals.id = events.portal_id
        JOIN copies ON copies.id = events.copy_id
        LEFT JOIN versions ON versions.id = events.version_id
        LEFT JOIN readings was ON was.id = events.reading_before
        LEFT JOIN versions compared ON compared.id = was.version_id
        LEFT JOIN readings became ON became.id = events.reading_after
        LEFT JOIN readings latest ON latest.id =
            coalesce(events.reading_after, events.reading_before)
        WHERE {where} AND events.kind NOT IN ({_NO_EVENTS})
        ORDER BY {order}
        """,  # noqa: S608 - `where` and `order` are among the constants above
        parameters,
    )
    for row in rows:
        yield _event(database, row)


def _event(database: Database, row: Row) -> Event:
    return Event(
        cursor=row["cursor"] or 0,
        kind=EventKind(row["kind"]),
        significance=Significance(row["significance"]) if row["significance"] else None,
        observed_at=from_text(row["observed_at"]),
        portal=row["portal"],
        url=row["url"],
        from_url=row["from_url"],
        letter=LetterRef(
            row["surviving_letter"],
            row["title"],
            row["index_number"],
            principal_url(database, row["surviving_letter"]) or row["url"],
        ),
        version=row["version_number"],
        fields=tuple(
            FieldChange(
                name,
                row["body_before"] if name == "body" else before,
                row["body_after"] if name == "body" else after,
            )
            for name, before, after in json.loads(row["fields"])
        ),
        figures=tuple(FigureChange(*pair) for pair in json.loads(row["figures"])),
        diff=tuple((op, text) for op, text in json.loads(row["diff"])),
        baseline=bool(row["baseline"]),
        backdated=bool(row["backdated"]),
        scope=row["scope"],
        reason=row["reason"],
        replayed=row["replayed"] is not None,
        compared_with=row["compared_with"],
    )


_PRINCIPAL_FIRST = """
    SELECT copies.id, copies.url, copies.status FROM copies
    JOIN portals ON portals.id = copies.portal_id
    WHERE copies.letter_id = ?
      AND EXISTS (SELECT 1 FROM versions
                  WHERE versions.copy_id = copies.id AND versions.status = 'published')
    ORDER BY copies.status != 'present', copies.last_visited IS NULL, NOT copies.own_portal,
             copies.id
"""


def principal_copies(database: Database, letter_id: int) -> list[Row]:
    """A letter's published copies: those that answer first, then those a crawl has visited, then
    the issuing agency's own portal, then the oldest."""
    return list(database.rows(_PRINCIPAL_FIRST, (letter_id,)))


def principal_url(database: Database, letter_id: int) -> str | None:
    """The address a letter goes by."""
    row = database.row(_PRINCIPAL_FIRST, (letter_id,))
    return row["url"] if row else None
