"""What follows from the recorded events and decisions, held against the rows that say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from storage.database import Database, Row
from storage.evidence.faults import Fault, FaultKind, about
from storage.identity.decisions import REDIRECT_TARGET
from storage.settlement import letter_status

_PRESENCE = "('new', 'copy-found', 'moved', 'withdrawn', 'restored')"
_TELLS_A_VERSION = "('new', 'copy-found', 'moved', 'changed')"


def letters_of_copies(database: Database, moved: Mapping[int, int]) -> Iterator[Fault]:
    """Copies whose letter is not the one their events and the decisions say.

    `moved` are the copies that were joined or split by hand, with the letter each is of.
    """
    for row in list(
        database.rows(
            f"""SELECT copies.id, copies.letter_id, events.letter_id AS told FROM copies
                JOIN events ON events.id = (
                    SELECT id FROM events e WHERE e.copy_id = copies.id AND cursor IS NOT NULL
                    AND kind IN {_TELLS_A_VERSION} ORDER BY cursor LIMIT 1)
                WHERE events.letter_id IS NOT copies.letter_id"""  # noqa: S608 - a constant
        )
    ):
        if row["id"] not in moved:
            yield _copy_fault(database, row, "letter_id")
    for copy_id, letter_id in moved.items():
        moved_row = database.row("SELECT id, letter_id FROM copies WHERE id = ?", (copy_id,))
        if moved_row is not None and moved_row["letter_id"] != letter_id:
            yield _copy_fault(database, moved_row, "letter_id")


def presence(database: Database) -> Iterator[Fault]:
    """Copies whose status is not the one that was told last."""
    left = {
        (row["portal_id"], row["from_url"]): row["cursor"]
        for row in database.rows(
            """SELECT portal_id, from_url, max(cursor) AS cursor FROM events
               WHERE kind = 'moved' AND cursor IS NOT NULL AND replayed IS NOT 'past'
               GROUP BY portal_id, from_url"""
        )
    }
    for row in list(
        database.rows(
            f"""SELECT copies.id, portal_id, url, status, (
                    SELECT cursor || ' ' || kind FROM events WHERE events.copy_id = copies.id
                    AND cursor IS NOT NULL AND kind IN {_PRESENCE} AND replayed IS NOT 'past'
                    ORDER BY cursor DESC LIMIT 1) AS last
                FROM copies"""  # noqa: S608 - a constant
        )
    ):
        if row["last"] is None:
            continue
        cursor, kind = row["last"].split(" ", 1)
        expected = "withdrawn" if kind == "withdrawn" else "present"
        if left.get((row["portal_id"], row["url"]), 0) > int(cursor):
            expected = "moved"
        if row["status"] != expected:
            yield _copy_fault(database, row, "status")


def letters(database: Database) -> Iterator[Fault]:
    """Letters whose status, redirect or being told does not follow from their copies."""
    for row in database.rows(
        """SELECT letters.*, EXISTS (SELECT 1 FROM copies WHERE letter_id = letters.id) AS held,
                  EXISTS (SELECT 1 FROM copies JOIN versions ON versions.copy_id = copies.id
                          WHERE letter_id = letters.id AND versions.status = 'published') AS told
           FROM letters"""
    ):
        wrong = [name for name, is_wrong in _letter_faults(database, row) if is_wrong]
        if wrong:
            yield Fault(
                FaultKind.CONTRADICTION,
                "letters",
                row=row["id"],
                columns=tuple(wrong),
                letter=row["id"],
            )


def _letter_faults(database: Database, row: Row) -> Iterator[tuple[str, bool]]:
    target = database.value(REDIRECT_TARGET, (row["id"],)) if not row["held"] else None
    yield "joined_into", row["joined_into"] != target
    if row["told"]:
        yield "published_at", row["published_at"] is None
        yield "status", row["status"] != letter_status(database, row["id"])
    origin = database.value(
        """SELECT from_letter FROM identifications
           WHERE letter_id = ? AND kind = 'split' ORDER BY id LIMIT 1""",
        (row["id"],),
    )
    yield "split_from", row["split_from"] != origin


def version_states(database: Database) -> Iterator[Fault]:
    """Versions that count as told though no event told them, or the other way round.

    What a replay put before a version that was told needs no event of its own.
    """
    for row in list(
        database.rows(
            f"""SELECT id, status, EXISTS (
                    SELECT 1 FROM events WHERE events.copy_id = versions.copy_id
                    AND version_id = versions.id AND cursor IS NOT NULL
                    AND kind IN {_TELLS_A_VERSION}) AS told
                FROM versions WHERE told != (status = 'published')
                AND NOT (status = 'published' AND replayed AND EXISTS (
                    SELECT 1 FROM versions n WHERE n.copy_id = versions.copy_id
                    AND n.status = 'published' AND n.id < versions.id
                    AND n.place > versions.place))"""  # noqa: S608 - a constant
        )
    ):
        fault = Fault(FaultKind.CONTRADICTION, "versions", row=row["id"], columns=("status",))
        yield about(database, fault, {})


def _copy_fault(database: Database, row: Row, column: str) -> Fault:
    fault = Fault(FaultKind.CONTRADICTION, "copies", row=row["id"], columns=(column,))
    return about(database, fault, {})
