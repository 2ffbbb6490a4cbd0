"""What is to be forgotten, cut out of a letter's rows: readings, events, notes, messages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from storage.database import Database, Row
from storage.evidence import journaled
from storage.forget.cutting import Cuts, cut_text
from storage.forget.rules import Rules
from storage.json_forms import dump, letter_from_row, letter_row
from storage.records import FieldChange

Cut = tuple[int, str, str]
"""A row that was cut: its id, and the digests of what it held before and holds after."""


def readings_of(database: Database, letter_id: int) -> list[Row]:
    """Every reading of every version of a letter's copies."""
    return list(
        database.rows(
            """SELECT readings.* FROM readings JOIN versions ON versions.id = version_id
               JOIN copies ON copies.id = versions.copy_id
               WHERE copies.letter_id = ? ORDER BY readings.id""",
            (letter_id,),
        )
    )


def cut_readings(database: Database, letter_id: int, rules: Rules) -> Iterator[Cut]:
    """Cuts every reading, inside a `writing()` block; gives those that held something of it."""
    for row in readings_of(database, letter_id):
        letter = letter_from_row(row)
        kept = rules.cut_letter(letter)
        if kept == letter:
            continue
        columns = letter_row(kept)
        places = ", ".join(f"{name} = ?" for name in columns)
        database.write(
            f"UPDATE readings SET {places} WHERE id = ?",  # noqa: S608 - the record's fields
            (*columns.values(), row["id"]),
        )
        yield row["id"], journaled.content_digest(letter), journaled.content_digest(kept)


def cut_events(database: Database, letter_id: int, rules: Rules) -> Iterator[Cut]:
    """Cuts what every event says changed, inside a `writing()` block; gives those that were cut."""
    rows = database.rows(
        """SELECT events.* FROM events JOIN copies ON copies.id = copy_id
           WHERE copies.letter_id = ? ORDER BY events.id""",
        (letter_id,),
    )
    for row in list(rows):
        kept = _kept_event(row, rules)
        before = tuple(row[name] for name in kept)
        if tuple(kept.values()) == before:
            continue
        database.write(
            "UPDATE events SET fields = ?, figures = ?, diff = ? WHERE id = ?",
            (*kept.values(), row["id"]),
        )
        yield row["id"], journaled.change_digest(*before), journaled.change_digest(*kept.values())


def _kept_event(row: Row, rules: Rules) -> dict[str, str]:
    fields = [FieldChange(*item) for item in json.loads(row["fields"])]
    kept = [
        [
            item.field,
            # the body's two texts stand in the readings
            *(
                (None, None)
                if item.field == "body"
                else (
                    rules.cut_field(item.field, item.before),
                    rules.cut_field(item.field, item.after),
                )
            ),
        ]
        for item in fields
    ]
    if rules.text:
        return {"fields": dump(kept), "figures": "[]", "diff": "[]"}
    diff = [[op, cut_text(text, rules.cuts)] for op, text in json.loads(row["diff"])]
    figures = [[cut_text(text, rules.cuts) for text in pair] for pair in json.loads(row["figures"])]
    return {
        "fields": dump(kept),
        "figures": dump([pair for pair in figures if all(pair)]),
        "diff": dump([piece for piece in diff if piece[1]]),
    }


def cut_notes(database: Database, table: str, letter_id: int, cuts: Cuts) -> Iterator[Cut]:
    """Notes of the hand that joined or split this letter (`decisions`), or that had something of
    it forgotten (`forgotten`): who asks for a name to go may be named there."""
    for row in list(database.rows(_NOTES[table], (letter_id,))):
        kept = cut_text(row["note"], cuts) or None
        if kept != row["note"]:
            database.write(
                f"UPDATE {table} SET note = ? WHERE id = ?",  # noqa: S608 - one of two names
                (kept, row["id"]),
            )
            yield (
                row["id"],
                journaled.note_digest(row["note"]) or "",
                journaled.note_digest(kept) or "",
            )


_NOTES = {
    "decisions": """SELECT id, note FROM decisions WHERE note IS NOT NULL AND id IN (
        SELECT decision_id FROM identifications JOIN copies ON copies.id = copy_id
        WHERE copies.letter_id = ?) ORDER BY id""",
    "forgotten": """SELECT id, note FROM forgotten WHERE note IS NOT NULL AND id IN (
        SELECT forgotten_id FROM forgotten_copies JOIN copies ON copies.id = copy_id
        WHERE copies.letter_id = ?) ORDER BY id""",
}


def cut_listed_titles(database: Database, letter_id: int, rules: Rules) -> None:
    """What list pages called it; the titles are no part of the record."""
    rows = database.rows(
        "SELECT id, listed_title FROM copies WHERE letter_id = ? AND listed_title IS NOT NULL",
        (letter_id,),
    )
    for row in list(rows):
        kept = cut_text(row["listed_title"], rules.cuts)
        if kept != row["listed_title"]:
            database.write("UPDATE copies SET listed_title = ? WHERE id = ?", (kept, row["id"]))


def cut_outbox(database: Database, letter_id: int, rules: Rules) -> None:
    """Messages that tell of this letter: delivered ones are emptied, waiting ones are cut.

    Where the text is forgotten, waiting ones are given up: they would bring it to their readers.
    """
    rows = database.rows(
        """SELECT * FROM outbox WHERE content IS NOT NULL AND EXISTS (
               SELECT 1 FROM events JOIN copies ON copies.id = copy_id
               WHERE copies.letter_id = ? AND cursor > after_cursor AND cursor <= upto_cursor)""",
        (letter_id,),
    )
    for row in list(rows):
        kept = cut_text(row["content"], rules.cuts)
        if row["delivered_at"] is not None or rules.text:
            database.write(
                """UPDATE outbox SET content = NULL, title = ?, dead_at = iif(
                       delivered_at IS NULL, coalesce(dead_at, created_at), dead_at),
                   error = iif(delivered_at IS NULL, 'forgotten', error) WHERE id = ?""",
                (cut_text(row["title"], rules.cuts) if row["title"] else row["title"], row["id"]),
            )
        elif kept != row["content"]:
            database.write("UPDATE outbox SET content = ? WHERE id = ?", (kept, row["id"]))
