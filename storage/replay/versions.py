"""A version put between others of its copy, told by an event that is history.

Versions keep their numbers; `place` says where one stands among them. Where a capture falls into
a time in which one version is known to have stood, that version stood there twice: what was seen
of it on the far side becomes a version of its own, with the capture that said the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from storage.attachments.links import save_links
from storage.clock import from_text, to_text
from storage.copies import is_own_portal, newest_date
from storage.database import Database
from storage.events import insert_event
from storage.evidence.journaled import content_digest
from storage.identity.echoes import is_echo
from storage.identity.identity import (
    Marks,
    find_letter,
    marks_of,
    save_evidence,
    save_identification,
)
from storage.policies import Compare
from storage.records import Answer, EventKind, PageVisit, ReplyLetter
from storage.replay.links import note_links
from storage.replay.telling import Standing, tell_replayed
from storage.replay.timeline import Neighbours, last_reading, neighbours, version_text
from storage.versions import insert_version


@dataclass(frozen=True, slots=True)
class Arrival:
    """A letter read from a capture that a replay brought, and stored.

    `texts` are other versions of the copy as the same reader reads them, by their ids, so that
    like is compared with like.
    """

    run_id: int
    portal: str
    copy_id: int
    url: str
    at: datetime
    capture_id: int
    body_digest: str
    reading: ReplyLetter
    printed: ReplyLetter  # before what is to stay forgotten was cut out
    reader: str
    texts: Mapping[int, ReplyLetter]
    told: frozenset[str] = frozenset()  # how elsewhere: baseline, backdated, with-files

    @property
    def visit(self) -> PageVisit:
        """As if a crawl had been there at the time."""
        return PageVisit(self.run_id, self.portal, self.copy_id, self.url, Answer.PAGE, self.at)


def insert_between(
    database: Database, arrival: Arrival, between: Neighbours, compare: Compare, now: datetime
) -> int:
    """Adds the version and its event, inside a `writing()` block; gives the version's id."""
    before, after = between.before, between.after
    if before is None or after is None or before.version_id != after.version_id:
        earlier = before.version_id if before else None
        return _tell(database, arrival, earlier, "past" if after else "present", compare, now)
    at, divided = to_text(arrival.at), before.version_id
    if before.place > at:  # known from later on, it was seen before this capture, too
        first = database.value(
            "SELECT min(observed_at) FROM sightings WHERE version_id = ? AND observed_at < ?",
            (divided, at),
        )
        again = _again(database, arrival, divided, first or before.at)
        ahead = neighbours(database, arrival.copy_id, to_text(again.at - timedelta(milliseconds=1)))
        earlier = ahead.before.version_id if ahead.before else None
        returned = _tell(database, again, earlier, "past", compare, now)
        _hand_over(database, divided, returned, "<", at)
        return _tell(database, arrival, returned, "past", compare, now)
    version_id = _tell(database, arrival, divided, "past", compare, now)
    again = replace(
        _again(database, arrival, divided, after.at),
        texts={**arrival.texts, version_id: arrival.reading},
    )
    returned = _tell(database, again, version_id, "past", compare, now)
    _hand_over(database, divided, returned, ">", at)
    return version_id


def _again(database: Database, arrival: Arrival, version_id: int, at: str) -> Arrival:
    """A version known by then, as it stood there another time."""
    text = version_text(database, version_id)
    row = database.the_row(
        f"version {version_id}",
        """SELECT capture_id, captures.digest FROM versions
           JOIN captures ON captures.id = capture_id WHERE versions.id = ?""",
        (version_id,),
    )
    return replace(
        arrival,
        at=from_text(at),
        capture_id=row["capture_id"],
        body_digest=row["digest"],
        reading=text.letter,
        printed=text.letter,
        reader=text.reader,
        told=frozenset(),
    )


def _hand_over(
    database: Database, divided: int, returned: int, side: Literal["<", ">"], at: str
) -> None:
    """What was seen of a version on one side of an instant was the other one."""
    database.write(
        f"UPDATE sightings SET version_id = ? WHERE version_id = ? AND observed_at {side} ?",  # noqa: S608
        (returned, divided, at),
    )
    database.write(
        """DELETE FROM sightings WHERE version_id = :version AND observed_at = (
               SELECT observed_at FROM versions WHERE id = :version)""",
        {"version": returned},
    )


def _tell(
    database: Database,
    arrival: Arrival,
    earlier: int | None,
    standing: Standing,
    compare: Compare,
    now: datetime,
) -> int:
    """Adds a version and its event, told now or at the end; gives the version's id.

    `earlier` is the version it followed. What stood there before all that was told of its copy
    has no event of its own: of what it became one tells (`succession.py`).
    """
    version_id, reading_id = insert_version(
        database,
        arrival.visit,
        arrival.reading,
        arrival.reader,
        arrival.capture_id,
        content_digest(arrival.reading),
        now,
        replayed=True,
    )
    kind, letter_id = _place_in_letter(database, arrival, version_id, earlier, standing, now)
    _bring_up_to_date(database, arrival, standing)
    if kind is None:
        database.write("UPDATE versions SET status = 'published' WHERE id = ?", (version_id,))
        return version_id
    reading_before, change = None, None
    if earlier is not None:
        before = arrival.texts.get(earlier) or version_text(database, earlier).letter
        reading_before, change = last_reading(database, earlier), compare(before, arrival.reading)
    event_id = insert_event(
        database,
        kind=kind,
        visit=arrival.visit,
        letter_id=letter_id,
        version_id=version_id,
        reading_before=reading_before,
        reading_after=reading_id,
        change=change,
        backdated="backdated" in arrival.told and kind is EventKind.NEW,
        now=now,
    )
    if "baseline" in arrival.told and kind is not EventKind.CHANGED:
        database.write("UPDATE events SET baseline = 1 WHERE id = ?", (event_id,))
    waits = "with-files" in arrival.told
    tell_replayed(database, event_id, kind, standing, now, waits=waits)
    return version_id


def _place_in_letter(
    database: Database,
    arrival: Arrival,
    version_id: int,
    earlier: int | None,
    standing: Standing,
    now: datetime,
) -> tuple[EventKind | None, int]:
    """The letter the version is of, and what its event is; new ones are looked up first."""
    letter_id = database.value("SELECT letter_id FROM copies WHERE id = ?", (arrival.copy_id,))
    if letter_id is not None and standing == "past":
        kind = EventKind.CHANGED if earlier is not None else _first_kind(database, arrival.copy_id)
        return kind, int(letter_id)
    marks = marks_of(database, arrival.printed, arrival.portal)
    found = (
        (EventKind.CHANGED if earlier is not None else EventKind.NEW, int(letter_id))
        if letter_id is not None
        else _identify(database, arrival, version_id, marks, now)
    )
    if arrival.printed != arrival.reading:
        marks = marks_of(database, arrival.reading, arrival.portal)
    save_evidence(database, arrival.copy_id, marks)
    return found


def _identify(
    database: Database, arrival: Arrival, version_id: int, marks: Marks, now: datetime
) -> tuple[EventKind, int]:
    match = find_letter(database, marks, except_copy=arrival.copy_id)
    letter_id = match.letter_id if match else database.insert("letters", {"status": "present"})
    database.write("UPDATE copies SET letter_id = ? WHERE id = ?", (letter_id, arrival.copy_id))
    save_identification(database, arrival.copy_id, letter_id, match, now)
    if match is None:
        return EventKind.NEW, letter_id
    if is_echo(database, letter_id, version_id, arrival.reading.body):
        database.write("UPDATE versions SET echo = 1 WHERE id = ?", (version_id,))
    return EventKind.COPY_FOUND, letter_id


def _first_kind(database: Database, copy_id: int) -> EventKind | None:
    """What a version before all that were known of its copy is told as: what the copy waits to be
    told as, and nothing where it was told. An address has one beginning."""
    told = database.row(
        """SELECT kind, cursor FROM events WHERE copy_id = ?
           AND (cursor IS NOT NULL OR status = 'pending' AND replayed IS NOT NULL)
           AND kind IN ('new', 'copy-found', 'moved') ORDER BY cursor IS NULL LIMIT 1""",
        (copy_id,),
    )
    if told is None:
        return EventKind.NEW
    return EventKind(told["kind"]) if told["cursor"] is None else None


def _bring_up_to_date(database: Database, arrival: Arrival, standing: Standing) -> None:
    """The copy's row: first and last time, and where nothing newer is known what it shows.

    Nobody can ask conditionally for what another has fetched.
    """
    at, files = to_text(arrival.at), arrival.reading.attachments
    values = {"copy": arrival.copy_id, "at": at, "run": arrival.run_id}
    database.write(
        """UPDATE copies SET first_seen = min(first_seen, :at),
           last_success = max(coalesce(last_success, ''), :at),
           success_run = coalesce(success_run, :run),
           status = iif(status = 'unread', 'present', status) WHERE id = :copy""",
        values,
    )
    if standing == "past":
        note_links(database, arrival.copy_id, files, at)
        return
    save_links(database, arrival.copy_id, files, at)
    newest = newest_date(arrival.reading)
    database.write(
        """UPDATE copies SET reader = :reader, letter_date = :date, own_portal = :own,
           outcome = 'letter', body_digest = :digest, etag = NULL, last_modified = NULL,
           quiet_since = :at WHERE id = :copy""",
        {
            **values,
            "reader": arrival.reader,
            "date": newest.isoformat() if newest else None,
            "own": is_own_portal(database, arrival.portal, arrival.reading),
            "digest": arrival.body_digest,
        },
    )
