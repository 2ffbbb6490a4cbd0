"""Which letter a page is a copy of: evidence weighed, strongest first, disagreement keeps apart."""

from __future__ import annotations

import json
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from storage.database import Database, Row
from storage.evidence import FIELDS, Evidence, evidence_of, fold_text, lookup_keys
from storage.json_forms import letter_from_row
from storage.records import ReplyLetter

_CANDIDATES = 40  # copies looked at closely; boilerplate shared by thousands costs no more
_SAME_TEXT = 0.9
_RELATED_TEXT = 0.6
_RETITLED_TEXT = 0.8
_UNRELATED_TEXT = 0.4
_COLUMNS = ", ".join(f"readings.{name}" for name in FIELDS)


@dataclass(frozen=True, slots=True)
class Match:
    """A known letter this one is, and the evidence that says so."""

    letter_id: int
    because: str


@dataclass(frozen=True, slots=True)
class Marks:
    """One reading's evidence, with the keys it is stored and looked up by."""

    evidence: Evidence
    keys: tuple[tuple[str, str], ...]
    agencies: dict[str, str]  # every name of a portal's agency, with the one it stands for


def marks_of(database: Database, letter: ReplyLetter, portal: str) -> Marks:
    """Gathers what tells a reading from others; the costly part, done once a page."""
    agencies = _known_agencies(database)
    evidence = evidence_of(letter, portal, agencies)
    return Marks(evidence, tuple(lookup_keys(evidence)), agencies)


def find_letter(database: Database, marks: Marks, *, except_copy: int) -> Match | None:
    """The known letter whose copy this reading is; None for a letter never seen.

    Looks only at copies that share a key with it, so its cost does not grow with the archive.
    """
    best: tuple[int, Match] | None = None
    for row in _candidates(database, marks, except_copy):
        known = evidence_of(letter_from_row(row, FIELDS), row["portal"], marks.agencies)
        because = same_letter(marks.evidence, known)
        if because is None:
            continue
        strength = _REASONS.index(because)
        if best is None or strength < best[0]:
            best = (strength, Match(row["letter_id"], because))
    return best[1] if best else None


def save_evidence(database: Database, copy_id: int, marks: Marks) -> None:
    """Puts what a copy's latest version gives into the look-up, inside a `writing()` block."""
    database.write("DELETE FROM evidence WHERE copy_id = ?", (copy_id,))
    database.write_many(
        "INSERT OR IGNORE INTO evidence (kind, value, copy_id) VALUES (?, ?, ?)",
        [(kind, value, copy_id) for kind, value in marks.keys],
    )


_REASONS = ("index number", "document number", "submission number", "text")


def same_letter(one: Evidence, other: Evidence) -> str | None:
    """The evidence that two readings are of one letter, or None. Symmetric, pure."""
    if _kept_apart(one, other):
        return None
    alike = _text_similarity(one.text, other.text)
    same_title = one.title is not None and one.title == other.title
    retitled = _differ(one.title, other.title)
    enough = _RETITLED_TEXT if retitled else _UNRELATED_TEXT
    related = same_title if alike is None else alike >= enough
    if _equal(one.index_number, other.index_number) and related:
        return "index number"
    if _equal(one.document_number, other.document_number) and related:
        return "document number"
    if _equal(one.submission_number, other.submission_number) and _sessions_agree(one, other):
        if alike is not None and alike >= _RELATED_TEXT:
            return "submission number"
        if alike is None and same_title:
            return "submission number"
    if alike is not None and alike >= _SAME_TEXT:
        return "text"
    return None


def _kept_apart(one: Evidence, other: Evidence) -> bool:
    """Evidence that two letters differ, whatever else agrees."""
    if _differ(one.submission_number, other.submission_number):
        return True  # a reused index number, or near-identical answers to two submissions
    if not _sessions_agree(one, other):
        return True  # the same number in another year, or 政协 against 人大
    if _agencies_differ(one, other):
        return True
    if _differ(one.submission_title, other.submission_title) and not _close(
        one.submission_title, other.submission_title
    ):
        return True
    unnumbered = one.submission_number is None or other.submission_number is None
    strangers = one.addressees.isdisjoint(other.addressees)
    if unnumbered and one.addressees and other.addressees and strangers:
        return True
    renumbered = _differ(one.index_number, other.index_number) or _differ(
        one.document_number, other.document_number
    )
    return renumbered and _differ(one.date_signed, other.date_signed)  # a second answer


def _sessions_agree(one: Evidence, other: Evidence) -> bool:
    if one.session is None or other.session is None:
        return True
    (body, *numbers), (other_body, *other_numbers) = (
        one.session.split("-"),
        other.session.split("-"),
    )
    return numbers == other_numbers and (body == other_body or "any" in (body, other_body))


def _agencies_differ(one: Evidence, other: Evidence) -> bool:
    """Only names known from portals' files, codes, or one portal's own usage can say so."""
    if one.organisation and other.organisation:
        return one.organisation != other.organisation
    if one.agency and other.agency:
        return one.agency != other.agency
    if one.portal == other.portal:
        return _differ(one.printed_agency, other.printed_agency)
    return False


def _equal(one: object | None, other: object | None) -> bool:
    return one is not None and one == other


def _differ(one: object | None, other: object | None) -> bool:
    return one is not None and other is not None and one != other


def _close(one: str | None, other: str | None) -> bool:
    return Indel.normalized_similarity(one or "", other or "") >= _RELATED_TEXT


def _text_similarity(one: str, other: str) -> float | None:
    """How alike two bodies are, 0 to 1; None where one has hardly any text."""
    if len(one) < 40 or len(other) < 40:
        return None
    if one == other:
        return 1.0
    return Indel.normalized_similarity(one, other, score_cutoff=_UNRELATED_TEXT)


def _candidates(database: Database, marks: Marks, except_copy: int) -> list[Row]:
    found: dict[int, int] = {}
    for kind, value in marks.keys:
        for row in database.rows(
            "SELECT copy_id FROM evidence WHERE kind = ? AND value = ? "
            "ORDER BY copy_id DESC LIMIT ?",
            (kind, value, _CANDIDATES),
        ):
            found[row["copy_id"]] = found.get(row["copy_id"], 0) + _weight(kind)
    found.pop(except_copy, None)
    nearest = sorted(found, key=lambda copy_id: -found[copy_id])[:_CANDIDATES]
    rows = (_latest_reading(database, copy_id) for copy_id in nearest)
    return [row for row in rows if row is not None]


def _weight(kind: str) -> int:
    return 1 if kind.startswith("band") else 16


def _latest_reading(database: Database, copy_id: int) -> Row | None:
    return database.row(
        f"""
        SELECT {_COLUMNS}, copies.letter_id, portals.name AS portal
        FROM copies
        JOIN portals ON portals.id = copies.portal_id
        JOIN versions ON versions.copy_id = copies.id AND versions.status != 'dropped'
        JOIN readings ON readings.version_id = versions.id
        WHERE copies.id = ? AND copies.letter_id IS NOT NULL
        ORDER BY versions.number DESC, readings.id DESC LIMIT 1
        """,  # noqa: S608 - columns by their names
        (copy_id,),
    )


def _known_agencies(database: Database) -> dict[str, str]:
    """Every name a portal's file gives its agency, folded, with the name it stands for."""
    names: dict[str, str] = {}
    for row in database.rows("SELECT agency, aliases FROM portals"):
        for name in (row["agency"], *json.loads(row["aliases"] or "[]")):
            if folded := fold_text(name):
                names[folded] = row["agency"]
    return names
