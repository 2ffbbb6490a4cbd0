"""What is printed behind a letter's date as its annex: a field of every reading since schema 6."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.search import letters_now
from storage.schema.steps import migrations


@migrations(name="0017_annex")
def _annex(db: Database) -> None:
    # readings from before have none: what is said once, in the default, is written to no row
    db.execute("ALTER TABLE readings ADD COLUMN annex TEXT NOT NULL DEFAULT '[]'")
    letters_now(db, texts="readings.body, readings.annex")
