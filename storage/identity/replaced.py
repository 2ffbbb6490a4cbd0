"""Another letter in a letter's place: what its address shows, and where that one stands."""

from __future__ import annotations

from dataclasses import replace

from storage.clock import to_text
from storage.copies import compared_version, copy_row
from storage.database import Database, Row
from storage.identity.agency_names import known_names
from storage.identity.identity import Marks, find_letter, marks_of
from storage.identity.marks import evidence_of
from storage.identity.sameness import answers_another, shows_another
from storage.json_forms import letter_from_row
from storage.records import Change, PageVisit, ReplyLetter

ANOTHER_LETTER = "the address shows another letter"
"""The reason of a change that is none of the letter's words, where the other one is not known."""


def letter_in_place(database: Database, visit: PageVisit, reading: ReplyLetter) -> str | None:
    """The address of the known letter a page shows in place of its own; None where it shows its
    own, edited.

    Its own letter is then not at this address any more. The other one has to answer at an address
    of its own, in every run that finds it here: so it is due now. Of two letters that changed
    places neither does, and neither is taken for gone.
    """
    copy, told = copy_row(database, visit.copy_id), compared_version(database, visit.copy_id)
    if told is None or copy["letter_id"] is None:
        return None
    names = known_names(database)
    own = evidence_of(letter_from_row(told), visit.portal, names)
    if not answers_another(own, evidence_of(reading, visit.portal, names)):
        return None
    marks = marks_of(database, reading, visit.portal)
    match = find_letter(database, marks, except_copy=visit.copy_id)
    if match is None or match.letter_id == copy["letter_id"]:
        return None
    stands_at = _stands_at(database, match.letter_id, copy)
    if stands_at is not None:
        _look_there(database, match.letter_id, visit)
    return stands_at


def _stands_at(database: Database, letter_id: int, copy: Row) -> str | None:
    """Where a letter answers beside this address; of an address told as withdrawn anywhere."""
    found: str | None = database.value(
        """SELECT url FROM copies WHERE letter_id = :letter AND key != :key
             AND (:told OR (status = 'present' AND success_run = visited_run
                            AND (:gone IS NULL OR success_run >= :run)))
           ORDER BY status != 'present', id LIMIT 1""",
        {
            "letter": letter_id,
            "key": copy["key"],
            "told": copy["status"] != "present",
            "gone": copy["gone_since"],
            "run": copy["visited_run"],
        },
    )
    return found


def _look_there(database: Database, letter_id: int, visit: PageVisit) -> None:
    """Its addresses are due in this run, but for those it has visited."""
    with database.writing():
        database.write(
            """UPDATE copies SET due_at = min(due_at, ?)
               WHERE letter_id = ? AND status = 'present' AND id != ? AND visited_run < ?""",
            (to_text(visit.observed_at), letter_id, visit.copy_id, visit.run_id),
        )


def without_pairs(
    database: Database, copy_id: int, before: ReplyLetter, marks: Marks, change: Change
) -> tuple[Change, str | None]:
    """A change as it is told: of two letters no figure became another, and the reason says so."""
    own = evidence_of(before, copy_row(database, copy_id)["portal"], marks.names)
    if not shows_another(own, marks.evidence):
        return change, None
    return replace(change, figures=()), ANOTHER_LETTER
