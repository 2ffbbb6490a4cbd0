"""Echoes: a copy's first version that says what its letter was known to say already."""

from __future__ import annotations

from storage.database import Database
from storage.identity.agency_names import fold_text

_LOOKED_AT = 50  # versions of a letter's other copies, the newest first


def is_echo(database: Database, letter_id: int, version_id: int, body: str) -> bool:
    """Whether an earlier version of another copy of the letter has this body."""
    text = fold_text(body)
    return any(
        fold_text(row["body"]) == text
        for row in database.rows(
            """SELECT readings.body FROM copies
               JOIN versions ON versions.copy_id = copies.id
               JOIN readings ON readings.version_id = versions.id
               WHERE copies.letter_id = :letter AND versions.id < :version
                 AND copies.id != (SELECT copy_id FROM versions WHERE id = :version)
               ORDER BY versions.id DESC LIMIT :most""",
            {"letter": letter_id, "version": version_id, "most": _LOOKED_AT},
        )
    )


def mark_echoes(database: Database, letter_id: int) -> None:
    """Marks the letter's copies' first versions anew, inside a `writing()` block: its copies are
    others than they were."""
    for row in list(
        database.rows(
            """SELECT versions.id, readings.body, min(readings.id) FROM copies
               JOIN versions ON versions.copy_id = copies.id
               JOIN readings ON readings.version_id = versions.id
               WHERE copies.letter_id = ? AND versions.number = (
                   SELECT min(number) FROM versions v WHERE v.copy_id = copies.id)
               GROUP BY versions.id""",
            (letter_id,),
        )
    ):
        echo = is_echo(database, letter_id, row["id"], row["body"])
        database.write("UPDATE versions SET echo = ? WHERE id = ?", (echo, row["id"]))
