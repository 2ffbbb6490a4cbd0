"""Owns how fast letters are found in a large archive, beside plain scans and a trigram index."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median

from storage.archive import LetterArchive
from storage.search.records import Search

WORDS = (
    "的", "科技", "养老", "停车泊位", "河道治理 完善制度", "第0123号", "会同有关部门", "乡村民宿",
    "关于加强", "澜江", "没有这样的词", "2024-00078",
)  # fmt: skip
"""One character, two, and more; in every letter, in some, in one, in none; a phrase, two words."""
SHOWN = 20
PEER_LETTERS = 10_000
"""A trigram index is built of so many letters, and a scan is made of them."""


@dataclass(frozen=True, slots=True)
class Found:
    """CPU milliseconds of one search, and how many of its first `SHOWN` letters there were."""

    words: str
    newest: float
    ranked: float
    hits: int


@dataclass(frozen=True, slots=True)
class PeerFound:
    """What a peer took for the same words among `PEER_LETTERS`, and what it missed of a scan."""

    name: str
    usual: float  # CPU milliseconds, the median
    missed: int  # words that a scan finds and it does not
    bytes_a_letter: float


@dataclass(frozen=True, slots=True)
class Searched:
    """All searches of one archive, and CPU and wall milliseconds to open it."""

    letters: int
    versions: int
    found: Sequence[Found]
    peers: Sequence[PeerFound]
    opening: float
    opening_wall: float
    index_bytes: float  # of a letter

    @property
    def newest(self) -> float:
        """The median, newest first."""
        return median(each.newest for each in self.found)

    @property
    def ranked(self) -> float:
        """The median, ranked."""
        return median(each.ranked for each in self.found)


def measure_search(path: Path) -> Searched:
    """Each search's best of three, its first letters made to the last; peers beside it."""
    openings = [_timed(lambda: LetterArchive.open_to_read(path).close()) for _ in range(5)]
    with LetterArchive.open_to_read(path) as archive:
        found = [_found(archive, words) for words in WORDS]
    with closing(_connect(path)) as connection:
        index = _value(connection, "SELECT sum(length(block)) FROM letter_grams_data")
        letters = int(_value(connection, "SELECT count(*) FROM current_letters"))
        versions = int(_value(connection, "SELECT count(*) FROM versions"))
        peers = list(_peers(connection))
    cpu, wall, _ = min(openings)
    return Searched(letters, versions, found, peers, cpu, wall, index / letters)


def _found(archive: LetterArchive, words: str) -> Found:
    def first(*, ranked: bool) -> int:
        return len(list(islice(archive.search(Search(words), ranked=ranked), SHOWN)))

    newest = [_timed(lambda: first(ranked=False)) for _ in range(3)]
    ranked = [_timed(lambda: first(ranked=True)) for _ in range(3)]
    return Found(words, min(newest)[0], min(ranked)[0], newest[0][2])


def _peers(connection: sqlite3.Connection) -> Iterator[PeerFound]:
    """A scan with LIKE, and SQLite's own trigram index, over the same texts."""
    connection.execute("ATTACH ':memory:' AS peers")
    connection.execute(
        """CREATE TABLE peers.texts AS SELECT slot AS id, readings.title || char(10) || body AS text
           FROM current_letters JOIN readings ON readings.id = reading_id
           ORDER BY slot DESC LIMIT ?""",
        (PEER_LETTERS,),
    )
    connection.execute(
        """CREATE VIRTUAL TABLE peers.grams USING fts5(
               text, content='', columnsize=0, tokenize='trigram')"""
    )
    connection.execute("INSERT INTO peers.grams (rowid, text) SELECT id, text FROM peers.texts")
    count = _value(connection, "SELECT count(*) FROM peers.texts")
    size = _value(connection, "SELECT sum(length(block)) FROM peers.grams_data") / count
    scans = [_timed(partial(_scan, connection, words)) for words in WORDS]
    grams = [_timed(partial(_trigrams, connection, words)) for words in WORDS]
    pairs = zip(scans, grams, strict=True)
    missed = sum(bool(scan[2]) and not gram[2] for scan, gram in pairs)
    yield PeerFound("LIKE, a scan", median(each[0] for each in scans), 0, 0.0)
    yield PeerFound("FTS5 trigram", median(each[0] for each in grams), missed, size)


def _scan(connection: sqlite3.Connection, words: str) -> int:
    parts = [f"%{word}%" for word in words.split()]
    where = " AND ".join("text LIKE ?" for _ in parts)
    sql = f"SELECT id FROM peers.texts WHERE {where} ORDER BY id DESC LIMIT {SHOWN}"  # noqa: S608
    return len(connection.execute(sql, parts).fetchall())


def _trigrams(connection: sqlite3.Connection, words: str) -> int:
    asked = " AND ".join(f'"{word}"' for word in words.split())
    sql = f"SELECT rowid FROM peers.grams WHERE grams MATCH ? ORDER BY rowid DESC LIMIT {SHOWN}"  # noqa: S608
    return len(connection.execute(sql, (asked,)).fetchall())


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _value(connection: sqlite3.Connection, sql: str) -> float:
    return float(connection.execute(sql).fetchone()[0] or 0)


def _timed(work: Callable[[], int | None]) -> tuple[float, float, int]:
    """CPU and wall milliseconds of the work, and what it gave."""
    cpu, wall = time.process_time(), time.monotonic()
    result = work() or 0
    return 1000 * (time.process_time() - cpu), 1000 * (time.monotonic() - wall), result
