"""Keeps the search index: one entry for each letter as it now stands published.

A letter's entry has a slot; slots rise with the letters' dates, so that walking the index from its
end finds the newest first and can stop early.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from typing import Any

from storage.clock import beijing_date, from_text
from storage.database import Database, Row
from storage.json_forms import dump
from storage.search.letters import (
    SEARCHED,
    agencies_of,
    index_entry,
    kind_mark,
    portal_mark,
    status_mark,
    texts_of,
)

SLOTS = 8192
"""Of one day; where they are all taken, the next days' serve. A power of two below the size at
which the distance between two days would take a byte more in every entry."""

_FIRST_DAY = date(1949, 10, 1)
_LAST_SLOT = 2**63 - 1
_BATCH = 1000
_WORTH_MERGING = 200  # letters at once
_LARGE_PART = 4  # a quarter of all
_COLUMNS = ", ".join(f"readings.{name}" for name in SEARCHED)
_COMPARED = (
    "copy_id",
    "reading_id",
    "date",
    "status",
    "kind",
    "agency",
    "agencies",
    "portals",
)
_DATES = """readings.date_signed, readings.date_published, readings.date_written,
           copies.listed_date,
           (SELECT min(first_seen) FROM copies WHERE letter_id = letters.id) AS first_seen"""
# by its id first: where whole readings were put in order, their bodies were moved about for it
_SHOWN = """
    FROM letters
    JOIN readings ON readings.id = (
        SELECT readings.id FROM copies
        JOIN versions ON versions.copy_id = copies.id AND versions.status = 'published'
        JOIN readings ON readings.version_id = versions.id
        WHERE copies.letter_id = letters.id
        ORDER BY copies.status != 'present', copies.last_visited IS NULL, NOT copies.own_portal,
                 copies.id, versions.place DESC, versions.number DESC, readings.id DESC LIMIT 1)
    JOIN versions ON versions.id = readings.version_id
    JOIN copies ON copies.id = versions.copy_id
    JOIN portals ON portals.id = copies.portal_id
    WHERE letters.published_at IS NOT NULL AND letters.joined_into IS NULL
"""
_STANDING = f"""
    SELECT letters.id AS letter_id, letters.status, copies.id AS copy_id, copies.own_portal,
           portals.name AS portal, portals.agency AS portal_agency,
           portals.aliases AS portal_aliases, readings.id AS reading_id,
           readings.submission_kind, {_COLUMNS}, {_DATES} {_SHOWN} AND letters.id = ?
"""
_DATED = f"""
    SELECT letters.id, {_DATES} {_SHOWN} AND letters.id IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - constants


def index_letter(database: Database, letter_id: int, *, altered: bool = True) -> None:
    """Brings a letter's entry up to date: part of the transaction that changed the letter.

    The entry goes where nothing published is left of the letter, or it was joined into another.
    `altered=False` promises that no reading of it was altered in place: then the texts are looked
    at only where another reading is shown. Costs the same however many letters there are.
    Idempotent.
    """
    with database.writing():
        known = _known(database, letter_id)
        reading = database.row(_STANDING, (letter_id,))
        columns = _columns(database, reading) if reading else {}
        same = known is not None and all(known[name] == columns.get(name) for name in _COMPARED)
        if known and reading and same and not altered:
            return
        grams = _grams(reading, columns) if reading else ()
        if known and reading and same and known["checksum"] == _checksum(grams):
            return
        _replace(database, known, {**columns, "checksum": _checksum(grams)}, grams)


def index_letters(database: Database, letter_ids: Iterable[int], *, altered: bool = True) -> None:
    """`index_letter` for each of them, in the order of their slots.

    The index takes rising rowids into one segment; each that is lower than the last begins a new
    one, and many small segments took twice as long. Where these are a large part of all letters,
    the index is merged into one segment then, which a fifth of its room is worth: an archive that
    grows is merged again only when it has grown by as much.
    """
    asked = list(letter_ids)
    dated = database.rows(_DATED, (dump(asked),))
    days = {row["id"]: letter_day(row) for row in dated}
    ordered = sorted(asked, key=lambda each: days.get(each, date.min))
    for start in range(0, len(ordered), _BATCH):
        with database.writing():
            for letter_id in ordered[start : start + _BATCH]:
                index_letter(database, letter_id, altered=altered)
    if len(ordered) >= _WORTH_MERGING:
        known = int(database.value("SELECT count(*) FROM current_letters"))
        if len(ordered) * _LARGE_PART >= known:
            purge_removed(database)


def remove_letter(database: Database, letter_id: int) -> None:
    """Takes a letter out of the index, as must be before its text is altered in place.

    `index_letter` would find it gone all the same, but has to read the whole index for that.
    """
    with database.writing():
        _replace(database, _known(database, letter_id), {}, ())


def purge_removed(database: Database) -> None:
    """Makes the file forget what was taken out of the index: all of it is written anew.

    To be called after a person's data was removed.
    """
    with database.writing():
        database.write("INSERT INTO letter_grams (letter_grams) VALUES ('optimize')")


def all_wait(database: Database) -> None:
    """Notes in the archive that letters wait for the index, whichever: until `none_waits`, the next
    to open it has them indexed."""
    with database.writing():
        none_waits(database)
        database.insert("indexing", {"through": 0, "last": _LAST_SLOT})


def none_waits(database: Database) -> None:
    """All are indexed."""
    with database.writing():
        database.write("DELETE FROM indexing")


def catch_up(database: Database) -> int:
    """Indexes the letters that wait for it; gives how many were looked at.

    Those of an archive from before the index, or of a write that was stopped. In transactions of
    some letters each: what is through stays so if the process is killed.
    """
    looked_at = 0
    while (waiting := database.row("SELECT through, last FROM indexing")) is not None:
        with database.writing():
            looked_at += _index_next(database, waiting["through"], waiting["last"])
    return looked_at


def _index_next(database: Database, through: int, last: int) -> int:
    rows = list(
        database.rows(
            "SELECT id FROM letters WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
            (through, last, _BATCH),
        )
    )
    index_letters(database, [row["id"] for row in rows], altered=False)
    if rows:
        database.write("UPDATE indexing SET through = ?", (rows[-1]["id"],))
    else:
        database.write("DELETE FROM indexing")
    return len(rows)


def _known(database: Database, letter_id: int) -> Row | None:
    return database.row("SELECT * FROM current_letters WHERE letter_id = ?", (letter_id,))


def _columns(database: Database, row: Row) -> dict[str, Any]:
    """A letter's row of `current_letters`, without slot and checksum."""
    day = letter_day(row)
    return {
        "letter_id": row["letter_id"],
        "copy_id": row["copy_id"],
        "reading_id": row["reading_id"],
        "date": day.isoformat(),
        "year": day.year,
        "status": row["status"],
        "kind": row["submission_kind"],
        "agency": _agency(row),
        "agencies": dump(agencies_of(row)),
        "portals": dump(_portals(database, row["letter_id"])),
    }


def _grams(
    reading: Row, columns: Mapping[str, Any] | Row, *, every_character: bool = False
) -> tuple[str, ...]:
    """The entry of a letter, from what it says and its row of `current_letters`."""
    marks = [status_mark(columns["status"]), *map(portal_mark, json.loads(columns["portals"]))]
    if columns["kind"]:
        marks.append(kind_mark(columns["kind"]))
    texts = texts_of(reading, contacts=True)
    agencies = json.loads(columns["agencies"])
    return index_entry(texts, agencies, marks, every_character=every_character)


def _checksum(grams: Sequence[str]) -> int:
    return zlib.crc32(" ".join(grams).encode())


def _agency(row: Row) -> str:
    """The name to count letters by: the portal's where it is the office's own, else as printed."""
    if row["own_portal"]:
        return str(row["portal_agency"])
    return str(row["issuing_agency"] or row["lead_agency"] or row["portal_agency"])


def letter_day(row: Row) -> date:
    """A letter's own date, the one under its signature before all others; else when it was seen.

    No letter is dated after it was seen: such a date is a misprint, and the next one is taken.
    """
    seen = beijing_date(from_text(row["first_seen"]))
    dates = (row["date_signed"], row["date_published"], row["date_written"], row["listed_date"])
    for text in filter(None, dates):
        if _FIRST_DAY <= (day := date.fromisoformat(text)) <= seen + timedelta(days=1):
            return day
    return seen


def _portals(database: Database, letter_id: int) -> list[str]:
    """Names of the portals a letter was published on, its first one's first."""
    rows = database.rows(
        """SELECT portals.name FROM copies JOIN portals ON portals.id = portal_id
           WHERE letter_id = ? AND EXISTS (
               SELECT 1 FROM versions WHERE copy_id = copies.id AND versions.status = 'published')
           ORDER BY copies.id""",
        (letter_id,),
    )
    return list(dict.fromkeys(row["name"] for row in rows))


def _replace(
    database: Database, known: Row | None, row: dict[str, Any], grams: Sequence[str]
) -> None:
    """Puts an entry in the place of the one before, either of which may be none.

    Where the slot stays, only the grams that differ are written: an edit costs what it changes.
    """
    before = _indexed_grams(database, known) if known else ()
    stays = known is not None and known["date"] == row.get("date")
    kept = {*before} & {*grams} if stays else set()
    if known:
        gone = _without(before, kept)
        database.write(
            "INSERT INTO letter_grams (letter_grams, rowid, grams) VALUES ('delete', ?, ?)",
            (known["slot"], gone),
        )
        database.write("DELETE FROM current_letters WHERE slot = ?", (known["slot"],))
    if grams:
        slot = known["slot"] if known and stays else _free_slot(database, row["date"])
        database.insert("current_letters", {"slot": slot, **row})
        added = _without(grams, kept)
        database.write("INSERT INTO letter_grams (rowid, grams) VALUES (?, ?)", (slot, added))


def _without(grams: Sequence[str], kept: Set[str]) -> str:
    return " ".join(gram for gram in grams if gram not in kept) if kept else " ".join(grams)


def _free_slot(database: Database, text: str) -> int:
    """The slot behind the last one taken of this day, or of the next day that is not full."""
    day = date.fromisoformat(text)
    while (last := last_slot(database, day)) == first_slot(day) + SLOTS - 1:
        day += timedelta(days=1)
    return first_slot(day) if last is None else last + 1


def first_slot(day: date) -> int:
    """Where a day's slots begin."""
    return day.toordinal() * SLOTS


def last_slot(database: Database, day: date) -> int | None:
    """The last slot taken of a day's; None where none is."""
    slot = database.value(
        "SELECT max(slot) FROM current_letters WHERE slot >= ? AND slot < ?",
        (first_slot(day), first_slot(day) + SLOTS),
    )
    return None if slot is None else int(slot)


def slots_between(database: Database, since: date | None, until: date | None) -> tuple[int, int]:
    """The slots among which all letters of these days are, both included; others may be, too."""
    low = first_slot(since) if since else 0
    if until is None:
        return low, _LAST_SLOT
    while last_slot(database, until) == first_slot(until) + SLOTS - 1:  # it may have run over
        until += timedelta(days=1)
    return low, first_slot(until) + SLOTS - 1


def _indexed_grams(database: Database, known: Row) -> Sequence[str]:
    """What the index holds of a letter: it forgets only what it is told exactly."""
    reading = database.row("SELECT * FROM readings WHERE id = ?", (known["reading_id"],))
    for every_character in (False, True):  # as it is now, and as it was in archives from before
        grams = _grams(reading, known, every_character=every_character) if reading else ()
        if _checksum(grams) == known["checksum"]:
            return grams
    return _found_grams(database, known["slot"])  # the text was altered since


def _found_grams(database: Database, slot: int) -> list[str]:
    """What the index holds in a slot, looked for in all of it."""
    database.write(
        """CREATE VIRTUAL TABLE IF NOT EXISTS temp.indexed_grams
           USING fts5vocab('main', 'letter_grams', 'instance')"""
    )
    rows = database.rows("SELECT term FROM temp.indexed_grams WHERE doc = ?", (slot,))
    return [row["term"] for row in rows]
