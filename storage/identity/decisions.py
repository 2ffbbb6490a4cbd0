"""Identity corrected by hand: letters joined and split, recorded, and respected ever after.

A copy belongs to the letter its row names; a join moves the copies of all the letters to the
oldest, a split moves some copies to a letter that is new. Crawls never move a copy, so nothing
is merged again that was split, nor separated that was joined. An id that went leads to the letter
that has its oldest copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Literal

from storage.addresses import address_key
from storage.clock import to_text
from storage.database import Database, Row
from storage.events import JOINED, SPLIT, SPLIT_FROM, tell_exports
from storage.evidence import journal, journaled
from storage.identity.echoes import mark_echoes
from storage.identity.identifications import save_by_hand
from storage.settlement import letter_status

DecisionKind = Literal["join", "split"]


def join_letters(
    database: Database,
    letter_ids: Collection[int],
    note: str | None,
    now: datetime,
    *,
    decided_at: datetime | None = None,
) -> int:
    """Makes several letters one and gives the id that stays, the oldest; the others lead to it.

    `decided_at` where a hand did so elsewhere, before. One durable transaction. Raises ValueError
    where they are not at least two known letters.
    """
    with database.writing():
        kept, *gone = sorted({_surviving(database, each) for each in letter_ids})
        if not gone:
            raise ValueError(f"letter {kept} is one letter already")
        copies = [copy for letter_id in gone for copy in _copies(database, letter_id)]
        decision_id = _insert_decision(database, "join", kept, note, decided_at or now)
        _move(database, copies, kept, decision_id, "joined", decided_at or now)
        for letter_id in gone:
            database.write("UPDATE letters SET joined_into = ? WHERE id = ?", (kept, letter_id))
        redirected = _follow_copies(database, gone)
        _journal(database, decision_id, now)
        _refresh(database, kept, now)
        for letter_id in redirected:
            _tell_redirect(database, letter_id, now)
        tell_exports(database, JOINED, copies[0]["id"], now)
    return kept


def split_letter(
    database: Database,
    letter_id: int,
    copy_ids: Collection[int],
    note: str | None,
    now: datetime,
    *,
    decided_at: datetime | None = None,
) -> int:
    """Makes some of a letter's copies a letter of their own and gives its new id.

    `decided_at` where a hand did so elsewhere, before. One durable transaction. Raises ValueError
    where these are not some, but not all, of them.
    """
    with database.writing():
        letter_id = _surviving(database, letter_id)
        copies = _copies(database, letter_id)
        chosen = [copy for copy in copies if copy["id"] in set(copy_ids)]
        if not chosen or len(chosen) != len(set(copy_ids)):
            raise ValueError(f"these are no copies of letter {letter_id}")
        if len(chosen) == len(copies):
            raise ValueError(f"letter {letter_id} would have no copy left")
        new_id = database.insert("letters", {"status": "present", "split_from": letter_id})
        decision_id = _insert_decision(database, "split", letter_id, note, decided_at or now)
        _move(database, chosen, new_id, decision_id, "split", decided_at or now)
        redirected = _follow_copies(database, [letter_id])
        _journal(database, decision_id, now)
        for each in (letter_id, new_id):
            _refresh(database, each, now)
        for each in redirected:
            _tell_redirect(database, each, now)
        rest = next(copy for copy in copies if copy not in chosen)
        tell_exports(database, SPLIT_FROM, rest["id"], now)
        tell_exports(database, SPLIT, chosen[0]["id"], now)
    return new_id


def copies_at(database: Database, letter_id: int, urls: Iterable[str]) -> dict[str, list[int]]:
    """The copies of a letter at each of these addresses; a read-only operation."""
    found: dict[str, list[int]] = {}
    copies = _copies(database, _surviving(database, letter_id))
    for url in urls:
        key = address_key(url)
        found[url] = [copy["id"] for copy in copies if copy["key"] == key]
    return found


def count_copies(database: Database, letter_id: int) -> int:
    """How many copies a letter has, those not told yet included."""
    return len(_copies(database, _surviving(database, letter_id)))


def _surviving(database: Database, letter_id: int) -> int:
    found = database.value(
        "SELECT coalesce(joined_into, id) FROM letters WHERE id = ?", (letter_id,)
    )
    if found is None:
        raise ValueError(f"no letter {letter_id}")
    return int(found)


def _copies(database: Database, letter_id: int) -> list[Row]:
    return list(
        database.rows("SELECT id, key FROM copies WHERE letter_id = ? ORDER BY id", (letter_id,))
    )


def _insert_decision(
    database: Database, kind: DecisionKind, letter_id: int, note: str | None, now: datetime
) -> int:
    return database.insert(
        "decisions",
        {
            "kind": kind,
            "letter_id": letter_id,
            "note": note or None,
            "decided_at": to_text(now),
        },
    )


def _move(
    database: Database,
    copies: Sequence[Row],
    letter_id: int,
    decision_id: int,
    kind: str,
    now: datetime,
) -> None:
    """Moves copies to a letter, with what of them is not told yet."""
    for copy in copies:
        from_letter = database.value("SELECT letter_id FROM copies WHERE id = ?", (copy["id"],))
        save_by_hand(database, copy["id"], letter_id, kind, decision_id, from_letter, now)
        database.write("UPDATE copies SET letter_id = ? WHERE id = ?", (letter_id, copy["id"]))
        database.write(
            "UPDATE events SET letter_id = ? WHERE copy_id = ? AND status IN ('pending', 'held')",
            (letter_id, copy["id"]),
        )


def _follow_copies(database: Database, letters: Iterable[int]) -> list[int]:
    """Leads ids that went to where their oldest copy is now; gives those that were led anew.

    Looks at `letters` themselves and at what was led to them before.
    """
    led: list[int] = []
    for letter_id in letters:
        for row in list(
            database.rows(
                """SELECT id, joined_into FROM letters
                   WHERE joined_into IS NOT NULL AND (id = :letter OR joined_into = :letter)""",
                {"letter": letter_id},
            )
        ):
            target = database.value(REDIRECT_TARGET, (row["id"],))
            database.write("UPDATE letters SET joined_into = ? WHERE id = ?", (target, row["id"]))
            if target != row["joined_into"] or row["id"] == letter_id:
                led.append(row["id"])
    return led


REDIRECT_TARGET = """
    SELECT copies.letter_id FROM identifications JOIN copies ON copies.id = copy_id
    WHERE from_letter = ? AND kind = 'joined' ORDER BY copies.id LIMIT 1
"""
"""The letter that has the oldest copy of one that was joined into another."""


def _journal(database: Database, decision_id: int, now: datetime) -> None:
    journal.append(
        database,
        "decision",
        decision_id,
        journaled.decision_content(database, decision_id),
        observed_at=None,
        recorded_at=to_text(now),
    )


def _refresh(database: Database, letter_id: int, now: datetime) -> None:
    """Brings up to date what follows from a letter's copies: told or not, status, echoes."""
    told = database.value(
        """SELECT 1 FROM copies JOIN versions ON versions.copy_id = copies.id
           WHERE letter_id = ? AND versions.status = 'published' LIMIT 1""",
        (letter_id,),
    )
    if told:
        database.write(
            "UPDATE letters SET published_at = coalesce(published_at, ?), status = ? WHERE id = ?",
            (to_text(now), letter_status(database, letter_id), letter_id),
        )
    mark_echoes(database, letter_id)


def _tell_redirect(database: Database, letter_id: int, now: datetime) -> None:
    """Lets exports know where an id leads that went."""
    copy_id = database.value(
        "SELECT min(copy_id) FROM identifications WHERE from_letter = ? AND kind = 'joined'",
        (letter_id,),
    )
    tell_exports(database, JOINED, copy_id, now, letter_id=letter_id)
