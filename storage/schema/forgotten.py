"""What was forgotten on request, and what of a capture is kept then."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0014_forgotten")
def _forgotten(db: Database) -> None:
    # of the bytes that are kept, where something was cut out; `digest` stays what came
    db.execute("ALTER TABLE captures ADD COLUMN kept_digest TEXT")
    db.execute("CREATE INDEX captures_alone ON captures (id) WHERE prefix_id IS NULL")
    db.execute("CREATE INDEX captures_prefixed ON captures (prefix_id) WHERE prefix_id IS NOT NULL")
    db.table("forgotten").create(
        {
            "id": int,
            "letter_id": int,
            "kind": str,  # contacts, text, words
            "note": str,
            "forgotten_at": str,
            "copies": str,  # JSON: the letter's then
            "cut": str,  # JSON: the digests before and after of every row something was cut from
        },
        pk="id",
        foreign_keys=[("letter_id", "letters", "id")],
        not_null={"letter_id", "kind", "forgotten_at", "copies", "cut"},
    )
    db.table("forgotten_copies").create(  # those and later ones: what keeps to it
        {"forgotten_id": int, "copy_id": int},
        pk=("forgotten_id", "copy_id"),
        foreign_keys=[("forgotten_id", "forgotten", "id"), ("copy_id", "copies", "id")],
    )
    db.table("forgotten_copies").create_index(["copy_id"])
    db.table("forgotten_words").create(  # by which a word is known again, without being said
        {"id": int, "forgotten_id": int, "length": int, "salt": bytes, "hash": bytes},
        pk="id",
        foreign_keys=[("forgotten_id", "forgotten", "id")],
        not_null={"forgotten_id", "length", "salt", "hash"},
    )
    db.table("forgotten_words").create_index(["forgotten_id"])
