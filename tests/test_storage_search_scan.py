"""Whatever happened to an archive, a search finds what a scan of every letter's texts finds."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.archive import LetterArchive
from storage.forget.forgetting import Request
from storage.records import ReplyLetter
from storage.search import query as search_query
from storage.search.letters import LIST_FIELDS, PLAIN_FIELDS
from storage.search.records import Search
from storage.search.text import fold, parse_words
from storage.upkeep.backup import back_up
from storage.upkeep.restoring import restore
from tests.record_story import told_story

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LENGTHS = (1, 1, 2, 2, 3, 4, 7, 15)
FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in "0123456789ABCDEFabcdef-/"}


def texts_of(letter: ReplyLetter) -> list[str]:
    """What of a letter is searched, field by field, without contacts."""
    plain = [str(getattr(letter, name) or "") for name in PLAIN_FIELDS]
    several = ["\n".join(getattr(letter, name)) for name in LIST_FIELDS]
    return [*plain, *several, "\n".join(file.name for file in letter.attachments), letter.body]


def queries(texts: list[str], chance: random.Random) -> list[str]:
    """Pieces of the texts as people type them: bare, quoted, in full width, two together."""
    pieces = []
    for _ in range(60):
        text = chance.choice([text for text in texts if text])
        length = chance.choice(LENGTHS)
        start = chance.randrange(max(1, len(text) - length + 1))
        piece = " ".join(text[start : start + length].split())
        pieces.append(chance.choice([piece, f"“{piece}”", piece.translate(FULL_WIDTH)]))
    pieces = [piece for piece in pieces if piece]
    return pieces + [" ".join(chance.sample(pieces, 2)) for _ in range(20)]


def assert_search_is_a_scan(path: Path, seed: int) -> None:
    with LetterArchive.open_to_read(path) as archive:
        raw = {record.id: texts_of(record.letter) for record in archive.letters()}
        scanned = {letter: [fold(text) for text in texts] for letter, texts in raw.items()}
        everything = [text for texts in raw.values() for text in texts]
        for query in queries(everything, random.Random(seed)):
            words = parse_words(query).folded
            expected = {
                letter
                for letter, texts in scanned.items()
                if words and all(any(word in text for text in texts) for word in words)
            }
            for ranked in (False, True):
                found = [hit.id for hit in archive.search(Search(query), ranked=ranked)]
                assert (len(found), set(found)) == (len(expected), expected), query
        assert {hit.id for hit in archive.search(Search(""))} == raw.keys()


@pytest.mark.parametrize("looked_through", [0, 2, 200])
def test_search_finds_what_a_scan_finds_after_whatever_happens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looked_through: int
) -> None:
    monkeypatch.setattr(search_query, "LOOKED_THROUGH", looked_through)
    path = tmp_path / "fuhan.db"
    story = told_story(path)  # edits, withdrawals, a move, joins and splits, a better reader
    assert_search_is_a_scan(path, 1)
    back_up(path, tmp_path / "safe.db", NOW)
    with LetterArchive.open(path, clock=lambda: story.now) as archive:
        first, second, *_ = [record.id for record in archive.letters()]
        archive.forget(first, Request("text"))
        archive.forget(second, Request("words", ("河道",)))
        archive.scrub()
    assert_search_is_a_scan(path, 2)
    restore(tmp_path / "safe.db", path, NOW, force=True)
    assert_search_is_a_scan(path, 3)
