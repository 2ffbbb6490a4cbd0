"""What of the archive goes into a WARC file as notes: what no answer of a server shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from storage.attachments.records import FileState
from storage.clock import from_text
from storage.database import Database, Row
from storage.json_forms import dump
from storage.warc.notes import Decision, FileAnswer, ForgottenThere, Listing, Note, Place, Told
from storage.warc.sources import WarcFilter, conditions

# 404 on 2026-03-05; last seen on 2026-03-04 · …, but its column no longer shows it; last listed on
# 2026-03-04
_LAST = re.compile(r"; last (?:seen|listed) on (\d{4}-\d\d-\d\d)")

Noted = tuple[str, str, Note]
"""An address, its portal's name, and what is noted of it."""


def notes_chosen(database: Database, chosen: WarcFilter) -> Iterator[Noted]:
    """The notes about what is chosen: copies in the order they came to be known in, which decides
    whose address a letter goes by, then what was told and decided of them.

    Not checked for their form: what is odd in an archive stops no export, and is passed over where
    it is read.
    """
    return chain(
        _listings(database, chosen),
        _told(database, chosen),
        _file_answers(database, chosen),
        _decisions(database, chosen),
        _forgotten(database, chosen),
    )


def _listings(database: Database, chosen: WarcFilter) -> Iterator[Noted]:
    where, values = conditions(database, chosen)
    for row in database.rows(
        f"""SELECT copies.*, portals.name AS portal, list_columns.url AS list_url
            FROM copies JOIN portals ON portals.id = copies.portal_id
            LEFT JOIN list_columns ON list_columns.id = column_id
            WHERE {where} AND {_SINCE} AND (
                EXISTS (SELECT 1 FROM captures WHERE copy_id = copies.id)
                OR EXISTS (SELECT 1 FROM visits WHERE copy_id = copies.id))
            ORDER BY copies.id""",  # noqa: S608 - constants, here and below
        values,
    ):
        note = Listing.model_construct(
            first_seen=from_text(row["first_seen"]),
            column=row["list_url"],
            title=_line(row["listed_title"]),
            listed_on=date.fromisoformat(row["listed_date"]) if row["listed_date"] else None,
            delisted_at=from_text(row["delisted_at"]) if row["delisted_at"] else None,
        )
        yield row["url"], row["portal"], note


def _told(database: Database, chosen: WarcFilter) -> Iterator[Noted]:
    where, values = conditions(database, chosen)
    for row in database.rows(
        f"""SELECT events.*, copies.url, portals.name AS portal FROM events
            JOIN copies ON copies.id = events.copy_id
            JOIN portals ON portals.id = copies.portal_id
            WHERE events.cursor > coalesce(:after, 0)
              AND kind IN ('delisted', 'withdrawn', 'moved') AND {where} ORDER BY events.cursor""",  # noqa: S608
        values,
    ):
        found = _LAST.search(row["reason"] or "")
        day = date.fromisoformat(found[1]) if found else None
        at = from_text(row["observed_at"])
        note = Told.model_construct(event=row["kind"], observed_at=at, day=day)
        yield row["url"], row["portal"], note


def _file_answers(database: Database, chosen: WarcFilter) -> Iterator[Noted]:
    where, values = conditions(database, chosen)
    values |= {"unread": FileState.UNREAD.value, "kept": FileState.KEPT.value}
    for row in database.rows(
        f"""SELECT f.url, f.state, f.status, f.reason, max(f.last_visited) AS visited,
                   portals.name AS portal
            FROM attachment_files f JOIN copies ON copies.id = f.copy_id
            JOIN portals ON portals.id = f.portal_id
            WHERE f.state NOT IN (:unread, :kept) AND f.last_visited IS NOT NULL
              AND {where} AND {_SINCE}
            GROUP BY f.portal_id, f.key ORDER BY min(f.id)""",  # noqa: S608
        values,
    ):
        note = FileAnswer.model_construct(
            state=row["state"],
            visited_at=from_text(row["visited"]),
            status=row["status"],
            reason=_line(row["reason"]),
        )
        yield row["url"], row["portal"], note


def _decisions(database: Database, chosen: WarcFilter) -> Iterator[Noted]:
    where, values = conditions(database, chosen)
    for row in database.rows(
        f"""SELECT decisions.*, min(identifications.id) AS began FROM decisions
            JOIN identifications ON decision_id = decisions.id
            JOIN copies ON copies.id = copy_id JOIN portals ON portals.id = copies.portal_id
            WHERE {where} AND {_SINCE} GROUP BY decisions.id ORDER BY decisions.id""",  # noqa: S608
        values,
    ):
        groups = _copies_decided(database, row)
        copies = dump([copy["id"] for group in groups for copy in group])
        # an older fuhan did not record whose they were; and without one of them it cannot be taken
        if len(groups) < 2 or database.value(
            f"""SELECT count(*) FROM copies JOIN portals ON portals.id = portal_id
                WHERE copies.id IN (SELECT value FROM json_each(:copies)) AND NOT ({where})""",  # noqa: S608
            {**values, "copies": copies},
        ):
            continue
        letters = tuple(tuple(_place(copy) for copy in group) for group in groups)
        note = Decision.model_construct(
            decision=row["kind"],
            decided_at=from_text(row["decided_at"]),
            remark=_line(row["note"]),
            letters=letters,
        )
        yield letters[0][0].url, letters[0][0].portal, note


def _copies_decided(database: Database, decision: Row) -> list[list[Row]]:
    """The copies of each letter a decision was about: the letter that stayed, then the others.

    A copy that was moved is of the others; one whose last tie before was to the letter stayed.
    """
    moved: dict[int, list[Row]] = {}
    for row in database.rows(_MOVED, (decision["id"],)):
        letter = row["from_letter"] if decision["kind"] == "join" else row["letter_id"]
        moved.setdefault(letter, []).append(row)
    values = {name: decision[name] for name in ("id", "letter_id", "began")}
    stayed = list(database.rows(_STAYED, values))
    groups = [stayed, *(moved[letter] for letter in sorted(moved))]
    return [group for group in groups if group]


def _place(copy: Row) -> Place:
    return Place.model_construct(portal=copy["portal"], url=copy["url"])


_MOVED = """
    SELECT copies.id, copies.url, portals.name AS portal, identifications.from_letter,
           identifications.letter_id FROM identifications
    JOIN copies ON copies.id = copy_id JOIN portals ON portals.id = portal_id
    WHERE decision_id = ? ORDER BY identifications.id
"""
_STAYED = """
    SELECT copies.id, copies.url, portals.name AS portal FROM identifications
    JOIN copies ON copies.id = copy_id JOIN portals ON portals.id = portal_id
    WHERE identifications.letter_id = :letter_id AND identifications.id = (
        SELECT max(earlier.id) FROM identifications earlier
        WHERE earlier.copy_id = identifications.copy_id AND earlier.id < :began)
      AND NOT EXISTS (SELECT 1 FROM identifications mine
                      WHERE mine.copy_id = copies.id AND mine.decision_id = :id)
    ORDER BY copies.id
"""


def _forgotten(database: Database, chosen: WarcFilter) -> Iterator[Noted]:
    where, values = conditions(database, chosen)
    for row in database.rows(
        f"""SELECT copies.url, portals.name AS portal, max(forgotten_at) AS at,
                   json_group_array(DISTINCT forgotten.kind) AS kinds
            FROM forgotten JOIN forgotten_copies ON forgotten_id = forgotten.id
            JOIN copies ON copies.id = forgotten_copies.copy_id
            JOIN portals ON portals.id = copies.portal_id
            WHERE {where} AND {_SINCE} GROUP BY copies.id ORDER BY copies.id""",  # noqa: S608
        values,
    ):
        kinds = tuple(sorted(json.loads(row["kinds"])))
        note = ForgottenThere.model_construct(kinds=kinds, forgotten_at=from_text(row["at"]))
        yield row["url"], row["portal"], note


_SINCE = """(:after IS NULL OR EXISTS (
    SELECT 1 FROM events WHERE events.copy_id = copies.id AND cursor > :after))"""


def _line(text: str | None) -> str | None:
    return text[:500] if text else None
