"""Identity corrected by hand, and why each copy is taken to be of its letter."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0010_identity_by_hand")
def _identity_by_hand(db: Database) -> None:
    db.table("decisions").create(
        {
            "id": int,
            "kind": str,  # join, split
            "letter_id": int,  # the letter joined into, or split
            "note": str,
            "decided_at": str,
        },
        pk="id",
        foreign_keys=[("letter_id", "letters", "id")],
        not_null={"kind", "letter_id", "decided_at"},
    )
    db.table("identifications").create(  # why a copy is taken to be of its letter, never altered
        {
            "id": int,
            "copy_id": int,
            "letter_id": int,
            "kind": str,  # first, joined, split, or the evidence that agreed: index number, …
            "with_copy": int,  # what it was compared with
            "compared": str,  # JSON: what agreed and what did not
            "decision_id": int,
            "from_letter": int,  # the letter it was of before a decision
            "identified_at": str,
        },
        pk="id",
        foreign_keys=[
            ("copy_id", "copies", "id"),
            ("letter_id", "letters", "id"),
            ("with_copy", "copies", "id"),
            ("decision_id", "decisions", "id"),
            ("from_letter", "letters", "id"),
        ],
        not_null={"copy_id", "letter_id", "kind", "compared", "identified_at"},
        defaults={"compared": "{}"},
    )
    db.table("identifications").create_index(["copy_id"])
    db.table("identifications").create_index(["decision_id"])
    db.table("identifications").create_index(["from_letter"])
    db.execute("ALTER TABLE letters ADD COLUMN split_from INTEGER REFERENCES letters(id)")
    db.table("letters").create_index(["joined_into"])
    db.table("journal").create_index(["kind", "ref_id"])
