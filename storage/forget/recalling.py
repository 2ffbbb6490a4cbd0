"""What was forgotten of a letter, recalled when its page comes, also at a new address."""

from __future__ import annotations

from storage.database import Database
from storage.forget.rules import Rules, any_rules, follow, rules_of
from storage.identity.identity import find_letter, marks_of
from storage.records import ReplyLetter


def recall(database: Database, copy_id: int, portal: str, reading: ReplyLetter) -> Rules | None:
    """What may not be kept of a page read as a letter, inside a `writing()` block; None: all may.

    A copy whose letter is not decided yet is held against the known letters here, while its text
    is still whole: the rules of the one it is of are its own from then on.
    """
    if not any_rules(database):
        return None
    if database.value("SELECT letter_id FROM copies WHERE id = ?", (copy_id,)) is None:
        match = find_letter(database, marks_of(database, reading, portal), except_copy=copy_id)
        if match is not None:
            follow(database, copy_id, match.letter_id)
    return rules_of(database, copy_id)
