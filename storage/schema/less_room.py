"""What took room and was not needed.

Of the same schema, and told older programs by its number alone: the search index takes fewer
characters of a text (`storage/search/text.py`), and the journal's entries say less twice
(`storage/evidence/said_once.py`). What an archive holds of both stays as it is.
"""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations

_GRAMS_IN_MEMORY = 8 * 1024 * 1024  # bytes, before a segment is written: eight times the usual


@migrations(name="0016_less_room")
def _less_room(db: Database) -> None:
    # addresses are looked up portal by portal, by the index of both
    db.execute("DROP INDEX IF EXISTS idx_copies_key")
    # a few large segments are written in half the time of many small ones, and take less room
    db.execute(
        "INSERT INTO letter_grams (letter_grams, rank) VALUES ('hashsize', ?)", (_GRAMS_IN_MEMORY,)
    )
