"""Which letter a page is a copy of: those that share a mark are looked up, and weighed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from storage.clock import to_text
from storage.database import Database, Row
from storage.identity.agency_names import AgencyNames, known_names
from storage.identity.marks import FIELDS, Evidence, evidence_of, lookup_keys, mark_key
from storage.identity.sameness import Sameness, comparison, kept_apart, sameness
from storage.json_forms import dump, letter_from_row
from storage.records import ReplyLetter

_CANDIDATES = 40  # copies looked at closely; boilerplate shared by thousands costs no more
_MOST_COPIES = 60  # of one letter that are asked whether a page can be one more
_COLUMNS = ", ".join(f"readings.{name}" for name in FIELDS)


@dataclass(frozen=True, slots=True)
class Match:
    """A known letter this one is, and the evidence that says so.

    `with_copy` is the copy it was compared with, `compared` what both show: each mark with
    `same` or `differs`, the body with how alike it is.
    """

    letter_id: int
    because: str
    with_copy: int
    compared: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Marks:
    """One reading's evidence, with the keys it is stored and looked up by, and how much each
    weighs."""

    evidence: Evidence
    keys: tuple[tuple[int, int], ...]
    names: AgencyNames


@dataclass(frozen=True, slots=True)
class _Found:
    letter_id: int
    copy_id: int
    evidence: Evidence
    sameness: Sameness
    same_address: bool  # known by another portal


def marks_of(database: Database, letter: ReplyLetter, portal: str) -> Marks:
    """Gathers what tells a reading from others; the costly part, done once a page."""
    names = known_names(database)
    evidence = evidence_of(letter, portal, names)
    keys = tuple((mark_key(*key), _weight(key[0])) for key in lookup_keys(evidence))
    return Marks(evidence, keys, names)


def find_letter(database: Database, marks: Marks, *, except_copy: int) -> Match | None:
    """The known letter whose copy this reading is; None for a letter never seen.

    No copy of that letter may disagree, so that two letters are not joined by a third page that
    says too little to tell them apart. Looks only at copies that share a key with it, so its cost
    does not grow with the archive.
    """
    refused: set[int] = set()
    for found in sorted(_matching(database, marks, except_copy), key=_rank):
        if found.letter_id in refused:
            continue
        if _contradicted(database, marks, found.letter_id, except_copy):
            refused.add(found.letter_id)
            continue
        compared = comparison(marks.evidence, found.evidence)
        return Match(found.letter_id, found.sameness.because, found.copy_id, compared)
    return None


def save_evidence(database: Database, copy_id: int, marks: Marks) -> None:
    """Puts what a copy's latest version gives into the look-up, inside a `writing()` block.

    Of a letter that was edited most stays: only what differs is written.
    """
    known = {key for (key,) in database.rows(_KEYS, (copy_id,))}
    given = {key for key, _ in marks.keys}
    if gone := known - given:
        database.write_many(
            "DELETE FROM evidence WHERE key = ? AND copy_id = ?", [(key, copy_id) for key in gone]
        )
    if added := given - known:
        database.write_many(
            "INSERT INTO evidence (key, copy_id) VALUES (?, ?)", [(key, copy_id) for key in added]
        )


_KEYS = "SELECT key FROM evidence WHERE copy_id = ?"


def save_identification(
    database: Database, copy_id: int, letter_id: int, match: Match | None, now: datetime
) -> None:
    """Records why a copy is taken to be of its letter, inside a `writing()` block."""
    database.insert(
        "identifications",
        {
            "copy_id": copy_id,
            "letter_id": letter_id,
            "kind": match.because if match else "first",
            "with_copy": match.with_copy if match else None,
            "compared": dump(dict(match.compared) if match else {}),
            "identified_at": to_text(now),
        },
    )


def _rank(found: _Found) -> tuple[bool, tuple[int, float], int]:
    """The same page in another portal's lists first: letters of one text may have been split."""
    return not found.same_address, found.sameness.rank, found.letter_id


def _matching(database: Database, marks: Marks, except_copy: int) -> Iterator[_Found]:
    key = database.value("SELECT key FROM copies WHERE id = ?", (except_copy,))
    for row in _candidates(database, marks, except_copy):
        known = _evidence(marks, row)
        if same := sameness(marks.evidence, known):
            yield _Found(row["letter_id"], row["copy_id"], known, same, row["key"] == key)


def _contradicted(database: Database, marks: Marks, letter_id: int, except_copy: int) -> bool:
    """Whether a copy of the letter says that this reading is of another one.

    Where a hand joined copies that do not agree, none of them can say so.
    """
    copies = database.rows(
        """SELECT id, EXISTS (SELECT 1 FROM identifications
                              WHERE copy_id = copies.id AND kind = 'joined') AS joined
           FROM copies WHERE letter_id = ? AND id != ? ORDER BY id LIMIT ?""",
        (letter_id, except_copy, _MOST_COPIES),
    )
    found = list(copies)
    if any(copy["joined"] for copy in found):
        return False
    readings = _latest_readings(database, [copy["id"] for copy in found])
    return any(kept_apart(marks.evidence, _evidence(marks, row)) for row in readings)


def _evidence(marks: Marks, row: Row) -> Evidence:
    return evidence_of(letter_from_row(row, FIELDS), row["portal"], marks.names)


def _candidates(database: Database, marks: Marks, except_copy: int) -> list[Row]:
    found: dict[int, int] = {}
    asked = " UNION ALL ".join([_SHARING] * len(marks.keys))  # of one statement: twenty take longer
    for copy_id, weight in database.rows(asked, [*chain(*(key[::-1] for key in marks.keys))]):
        found[copy_id] = found.get(copy_id, 0) + weight
    found.pop(except_copy, None)
    nearest = sorted(found, key=lambda copy_id: -found[copy_id])[:_CANDIDATES]
    return _latest_readings(database, nearest)


_SHARING = f"""
    SELECT * FROM (SELECT copy_id, ? FROM evidence WHERE key = ?
                   ORDER BY copy_id DESC LIMIT {_CANDIDATES})"""  # noqa: S608 - a constant


def _weight(kind: str) -> int:
    return 1 if kind.startswith("band") else 16


def _latest_readings(database: Database, copy_ids: Iterable[int]) -> list[Row]:
    rows = (_latest_reading(database, copy_id) for copy_id in copy_ids)
    return [row for row in rows if row is not None]


def _latest_reading(database: Database, copy_id: int) -> Row | None:
    return database.row(
        f"""
        SELECT {_COLUMNS}, copies.letter_id, copies.id AS copy_id, copies.key,
               portals.name AS portal
        FROM copies
        JOIN portals ON portals.id = copies.portal_id
        JOIN versions ON versions.copy_id = copies.id AND versions.status != 'dropped'
        JOIN readings ON readings.version_id = versions.id
        WHERE copies.id = ? AND copies.letter_id IS NOT NULL
        ORDER BY versions.place DESC, versions.number DESC, readings.id DESC LIMIT 1
        """,  # noqa: S608 - columns by their names
        (copy_id,),
    )
