"""Forgetting on request: what is to go is taken out of every row of a letter, and journaled.

The journal tells what kind of thing went, of which letter and when, with the digests before and
after of every row it was cut from; never the thing itself.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from storage.clock import to_text
from storage.database import Database
from storage.errors import ArchiveLocked
from storage.events import REREAD, principal_copies, tell_exports
from storage.evidence import journal, journaled
from storage.forget.cutting import LONGEST, SHORTEST, Cuts, Word, cut_text, hash_word
from storage.forget.pages import cut_captures, cut_files
from storage.forget.rows import (
    Cut,
    cut_events,
    cut_listed_titles,
    cut_notes,
    cut_outbox,
    cut_readings,
    readings_of,
)
from storage.forget.rules import ForgetKind, Rules, contact_pieces, contact_words, rules_of
from storage.identity.identity import marks_of, save_evidence
from storage.json_forms import dump, letter_from_row
from storage.search.index import index_letter, purge_removed, remove_letter
from storage.upkeep.upkeep import empty_wal


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked to be forgotten of a letter."""

    kind: ForgetKind
    words: tuple[str, ...] = ()
    note: str | None = None


@dataclass(slots=True)
class Forgotten:
    """What was cut, by table; `remaining` counts files it could not be cut out of."""

    kind: ForgetKind
    letter_id: int
    cut: dict[str, list[Cut]] = field(default_factory=dict)
    remaining: int = 0

    def count(self, table: str) -> int:
        """How many rows of a table were cut."""
        return len(self.cut.get(table, ()))

    @property
    def found(self) -> bool:
        """Whether the archive held anything of it."""
        return bool(any(self.cut.values()) or self.remaining)


class _OnlyTried(Exception):
    """Undoes what a dry run did."""


def forget(
    database: Database,
    letter_id: int,
    request: Request,
    now: datetime,
    *,
    only_try: bool = False,
) -> Forgotten:
    """Cuts what is asked for out of all a letter's rows, in one transaction, and journals it.

    Whatever is read of the letter's pages later is cut alike (`storage/forget/rules.py`).
    `only_try` leaves everything as it was and tells what would be cut. The bytes are gone from
    the file only after `scrub`. Raises ArchiveErrors; ArchiveDamaged where a capture cannot be
    read.
    """
    report = Forgotten(request.kind, letter_id)
    try:
        with database.writing():
            _forget(database, letter_id, request, now, report)
            if only_try:
                raise _OnlyTried
    except _OnlyTried:
        pass
    return report


def scrub(database: Database) -> None:
    """Writes the file anew without what was deleted, and empties its `-wal`.

    What stood in free pages, between rows and in the index is gone from the file then. Takes a
    second or two for 100 MB, and as much room again while it runs. Raises ArchiveLocked where
    another program that is reading keeps the old `-wal` in use; doing it again later is enough.
    """
    purge_removed(database)
    database.row("VACUUM")
    if not empty_wal(database):
        raise ArchiveLocked(
            f"{database.path}: it is cut, but another program is reading, and the old content "
            f"still stands in {database.path}-wal — stop it, then run the same again",
            path=database.path,
            what="being-read",
        )


def forget_in_backup(
    backup: Path,
    copies: Sequence[tuple[int, str]],
    requests: Sequence[Request],
    now: datetime,
    *,
    if_found: Sequence[Request] = (),
) -> list[Forgotten]:
    """The same in a backup: cut, journaled there, checked by nothing else, and scrubbed.

    `copies` are the letter's, with their keys: the letter may have had another id then. Gives
    nothing where the backup knows none of them; of `if_found` only what it holds is done and
    given. Raises ArchiveErrors.
    """
    with closing(Database.open_to_write(backup)) as database:
        letters = {
            row["letter_id"]: None
            for copy_id, key in copies
            for row in database.rows(
                """SELECT letter_id FROM copies
                   WHERE id = ? AND key = ? AND letter_id IS NOT NULL""",
                (copy_id, key),
            )
        }
        reports = [
            forget(database, letter_id, request, now)
            for letter_id in letters
            for request in (*requests, *if_found)
            if request not in if_found
            or forget(database, letter_id, request, now, only_try=True).found
        ]
        scrub(database)
        database.row("PRAGMA journal_mode = DELETE")  # one file, as it was
    return reports


def copies_of(database: Database, letter_id: int) -> list[tuple[int, str]]:
    """A letter's copies with the keys of their addresses."""
    rows = database.rows("SELECT id, key FROM copies WHERE letter_id = ? ORDER BY id", (letter_id,))
    return [(row["id"], row["key"]) for row in rows]


def is_forgotten(database: Database, letter_id: int, word: str) -> bool:
    """Whether a word was forgotten of a letter before: what is read of it is cut already."""
    rules = (rules_of(database, copy_id) for copy_id, _ in copies_of(database, letter_id))
    return any(cut_text(word, each.cuts) != word for each in rules if each is not None)


def letter_contacts(database: Database, letter_id: int) -> tuple[str, ...]:
    """Every contact line any reading of a letter gave, each once."""
    lines: dict[str, None] = {}
    for row in readings_of(database, letter_id):
        lines |= dict.fromkeys(letter_from_row(row).contacts)
    return tuple(lines)


def without_words(note: str, requests: Iterable[Request]) -> str:
    """A note without what is asked to be forgotten: who asks for it may be named there."""
    return cut_text(note, _cuts_of_notes(requests))


# --- the parts of it, inside one transaction -------------------------------------------------


def _words_of(request: Request) -> tuple[Word, ...]:
    if request.kind == "contacts":
        return contact_words(request.words)
    return tuple(Word(word) for word in request.words)


def _cuts_of_notes(requests: Iterable[Request]) -> Cuts:
    """Of contact lines also the names: 联系人:王小明 is written of as 王小明."""
    words: list[Word] = []
    for request in requests:
        words += _words_of(request)
        if request.kind == "contacts":
            words += contact_pieces(request.words)
    return Cuts(tuple(words))


def _forget(
    database: Database, letter_id: int, request: Request, now: datetime, report: Forgotten
) -> None:
    if request.kind == "contacts":
        lines = (*request.words, *letter_contacts(database, letter_id))
        request = replace(request, words=tuple(dict.fromkeys(lines)))
    words = _words_of(request)
    rules = Rules(
        contacts=request.kind == "contacts", text=request.kind == "text", cuts=Cuts(words)
    )
    remove_letter(database, letter_id)
    # captures first: what of a page is a contact line, its reading still says
    report.cut["captures"] = list(cut_captures(database, letter_id, rules))
    report.cut["readings"] = list(cut_readings(database, letter_id, rules))
    report.cut["events"] = list(cut_events(database, letter_id, rules))
    for table in ("decisions", "forgotten"):
        report.cut[table] = list(cut_notes(database, table, letter_id, _cuts_of_notes([request])))
    report.cut["attachment_contents"], report.remaining = cut_files(database, letter_id, rules, now)
    cut_listed_titles(database, letter_id, rules)
    cut_outbox(database, letter_id, rules)
    _write_down(database, letter_id, request, words, now, report)
    _save_evidence(database, letter_id)
    if report.cut["readings"]:
        _tell_exports(database, letter_id, now)
    index_letter(database, letter_id)


def _write_down(
    database: Database,
    letter_id: int,
    request: Request,
    words: Sequence[Word],
    now: datetime,
    report: Forgotten,
) -> None:
    forgotten_id = database.insert(
        "forgotten",
        {
            "letter_id": letter_id,
            "kind": request.kind,
            "note": request.note,
            "forgotten_at": to_text(now),
            "copies": dump([copy_id for copy_id, _ in copies_of(database, letter_id)]),
            "cut": dump(report.cut),
        },
    )
    database.write(
        """INSERT INTO forgotten_copies (forgotten_id, copy_id)
           SELECT ?, id FROM copies WHERE letter_id = ?""",
        (forgotten_id, letter_id),
    )
    salt = secrets.token_bytes(16)
    for folded in dict.fromkeys(word.folded for word in words):
        if SHORTEST <= len(folded) <= LONGEST:
            database.insert(
                "forgotten_words",
                {
                    "forgotten_id": forgotten_id,
                    "length": len(folded),
                    "salt": salt,
                    "hash": hash_word(salt, folded),
                },
            )
    journal.append(
        database,
        "forget",
        forgotten_id,
        journaled.forget_content(database, forgotten_id),
        observed_at=None,
        recorded_at=to_text(now),
    )


def _save_evidence(database: Database, letter_id: int) -> None:
    """What the letter is known by is made anew of what is left of it."""
    for copy in list(
        database.rows(
            """SELECT copies.id, portals.name AS portal FROM copies
               JOIN portals ON portals.id = portal_id WHERE letter_id = ?""",
            (letter_id,),
        )
    ):
        row = database.row(
            """SELECT readings.* FROM readings JOIN versions ON versions.id = version_id
               WHERE versions.copy_id = ? AND versions.status != 'dropped'
               ORDER BY versions.place DESC, versions.number DESC, readings.id DESC LIMIT 1""",
            (copy["id"],),
        )
        if row is not None:
            letter = letter_from_row(row)
            save_evidence(database, copy["id"], marks_of(database, letter, copy["portal"]))


def _tell_exports(database: Database, letter_id: int, now: datetime) -> None:
    """A corpus downstream is handed what is left of the letter."""
    for copy in principal_copies(database, letter_id)[:1]:
        row = database.row(
            """SELECT versions.id, max(readings.id) AS reading FROM versions
               JOIN readings ON readings.version_id = versions.id
               WHERE copy_id = ? AND versions.status = 'published'
               GROUP BY versions.id ORDER BY versions.place DESC, versions.number DESC LIMIT 1""",
            (copy["id"],),
        )
        if row is not None:
            tell_exports(
                database,
                REREAD,
                copy["id"],
                now,
                version_id=row["id"],
                reading_after=row["reading"],
            )
