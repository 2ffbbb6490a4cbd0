"""Captures put in the order of their times before they are replayed, on disk and not in memory.

Files hold them in any order; what becomes of a letter is told better from its beginning. The
spool is a temporary file of SQLite's that goes with its process.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache, partial

import zstandard

from storage.addresses import address_key
from storage.captures import body_digest
from storage.clock import from_text, to_text
from storage.errors import ArchiveFull
from storage.json_forms import dump
from storage.records import Capture
from storage.warc.marks import FILE
from storage.warc.notes import Note, instant_of_note, text_of
from storage.warc.spooled import Earlier, Marks, Noted, Revisit, Spooled

_LEVEL = 1  # for minutes, not for years


class Spool:
    """Captures and revisits of portals, added in any order, given in the order of their times."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("")
        self._connection.isolation_level = None
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = OFF")  # it is never rolled back
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")
        self._pack = zstandard.ZstdCompressor(level=_LEVEL)
        self._unpack = zstandard.ZstdDecompressor()

    def close(self) -> None:
        """Gives the disk's room back."""
        self._connection.close()

    def add(
        self,
        portal: str,
        capture: Capture,
        marks: Marks,
        source: str,
        payload_digest: str | None = None,
    ) -> bool:
        """One answer; false where one of its address and instant is there already.

        Raises ArchiveFull where the temporary disk is.
        """
        digest = body_digest(capture.body)
        with _named_errors():
            if not self._has(digest):
                self._connection.execute(
                    "INSERT INTO bodies (digest, body) VALUES (?, ?)",
                    (digest, self._pack.compress(capture.body)),
                )
            return self._insert(portal, capture, digest, marks, source, payload_digest)

    def add_revisit(self, portal: str, revisit: Revisit) -> None:
        """One revisit; what it refers to may come later. Raises ArchiveFull."""
        refers = revisit.refers_to
        with _named_errors():
            self._connection.execute(
                """INSERT INTO revisits (portal, key, url, at, payload, refers_key, refers_at,
                   refers_id, not_modified, marks, source)
                   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (
                    portal,
                    address_key(revisit.url),
                    revisit.url,
                    to_text(revisit.at),
                    revisit.payload_digest,
                    address_key(refers[0]) if refers else None,
                    to_text(refers[1]) if refers else None,
                    revisit.refers_to_id,
                    int(revisit.not_modified),
                    _marks_text(revisit.marks),
                    revisit.source,
                ),
            )

    def add_note(self, portal: str, url: str, note: Note) -> None:
        """What a note says of an address. Raises ArchiveFull."""
        with _named_errors():
            self._connection.execute(
                "INSERT INTO notes (portal, key, url, kind, at, note) VALUES (?, ?, ?, ?, ?, ?)",
                (
                    portal,
                    address_key(url),
                    url,
                    note.note,
                    to_text(instant_of_note(note)),
                    text_of(note),
                ),
            )

    def notes(self, kind: str) -> Iterator[Noted]:
        """The notes of a kind of all portals: decisions by their time, others as they came.

        Listings only of addresses of which there is a capture: of others nothing is known.
        """
        order = "at, id" if kind == "decision" else "id"
        for row in self._connection.execute(
            f"""SELECT * FROM notes WHERE kind = :kind AND (:kind != 'listing' OR EXISTS (
                    SELECT 1 FROM captures
                    WHERE captures.portal = notes.portal AND captures.key = notes.key))
                ORDER BY {order}""",  # noqa: S608 - one of two constants
            {"kind": kind},
        ):
            yield Noted(row["portal"], row["url"], row["note"])

    def resolve_revisits(self) -> Counter[str]:
        """Gives revisits the answers they refer to; how many add nothing, by why.

        Those stay that the archive may know, from a file replayed before: where the page was not
        modified, and where the record they refer to is one of their own address.
        """
        skipped: Counter[str] = Counter()
        with _named_errors():
            for index in _INDEXES:
                self._connection.execute(index)
            for row in self._connection.execute("SELECT * FROM revisits ORDER BY id"):
                found = self._referred(row)
                earlier = None if found is not None or row["not_modified"] else _earlier(row)
                if found is None and earlier is None and not row["not_modified"]:
                    skipped["revisit without capture"] += 1
                    continue
                added = self._connection.execute(
                    """INSERT OR IGNORE INTO captures (portal, key, url, at, status, headers,
                       digest, marks, repeats, source, earlier)
                       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    (
                        *(row[name] for name in ("portal", "key", "url", "at")),
                        found["status"] if found else 304,
                        found["headers"] if found else "[]",
                        found["digest"] if found else "",
                        _marks_of(row, found),
                        int(found is None),
                        row["source"],
                        earlier,
                    ),
                )
                skipped["same instant"] += not added.rowcount
        return +skipped

    def portals(self) -> dict[str, tuple[int, int, datetime, datetime]]:
        """For each portal: captures, addresses, the first and the last time."""
        return {
            row["portal"]: (row["n"], row["addresses"], from_text(row["a"]), from_text(row["b"]))
            for row in self._connection.execute(
                """SELECT portal, count(*) AS n, count(DISTINCT key) AS addresses, min(at) AS a,
                          max(at) AS b FROM captures GROUP BY portal ORDER BY portal"""
            )
        }

    def captures(self, *, files: bool = False) -> Iterator[Spooled]:
        """All captures of pages, or of files, from the oldest on, one in memory at a time."""
        for row in self._connection.execute(
            """SELECT * FROM captures
               WHERE (json_extract(marks, '$[0]') IS ?) = ? ORDER BY at, id""",
            (FILE, files),
        ):
            at = from_text(row["at"])
            yield Spooled(
                portal=row["portal"],
                url=row["url"],
                at=at,
                digest=row["digest"],
                marks=_marks_from(row["marks"]),
                repeats=bool(row["repeats"]),
                source=row["source"],
                unpack=partial(self._unpacked, row, at),
                earlier=_earlier_from(row["earlier"]),
            )

    def _unpacked(self, row: sqlite3.Row, at: datetime) -> Capture:
        """A capture with its body, which most are known well enough without."""
        digest = (row["digest"],)
        packed = self._connection.execute("SELECT body FROM bodies WHERE digest = ?", digest)
        body = packed.fetchone()
        return Capture(
            row["url"],
            row["status"],
            tuple((name, value) for name, value in json.loads(row["headers"])),
            self._unpack.decompress(body["body"]) if body else b"",
            at,
        )

    def _has(self, digest: str) -> bool:
        found = self._connection.execute("SELECT 1 FROM bodies WHERE digest = ?", (digest,))
        return found.fetchone() is not None

    def _insert(
        self,
        portal: str,
        capture: Capture,
        digest: str,
        marks: Marks,
        source: str,
        payload: str | None,
    ) -> bool:
        added = self._connection.execute(
            """INSERT OR IGNORE INTO captures (portal, key, url, at, status, headers, digest,
               payload, marks, source) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (
                portal,
                address_key(capture.url),
                capture.url,
                to_text(capture.fetched_at),
                capture.status,
                dump([list(header) for header in capture.headers]),
                digest,
                payload,
                _marks_text(marks),
                source,
            ),
        )
        return added.rowcount > 0

    def _referred(self, row: sqlite3.Row) -> sqlite3.Row | None:
        """What a revisit refers to: its address and time, else its payload, of its own address
        first; a page not modified is as it was the last time before."""
        for sql in _REFERRED:
            found: sqlite3.Row | None = self._connection.execute(sql, dict(row)).fetchone()
            if found is not None:
                return found
        return None


_REFERRED = (
    """SELECT * FROM captures WHERE key = :refers_key AND at = :refers_at AND NOT repeats
       ORDER BY portal = :portal DESC, id LIMIT 1""",
    """SELECT * FROM captures WHERE payload = :payload AND key = :key ORDER BY at, id LIMIT 1""",
    "SELECT * FROM captures WHERE payload = :payload ORDER BY at, id LIMIT 1",
    """SELECT * FROM captures WHERE :not_modified AND portal = :portal AND key = :key
       AND at < :at AND NOT repeats ORDER BY at DESC LIMIT 1""",
)
_TABLES = """
    CREATE TABLE bodies (digest TEXT PRIMARY KEY, body BLOB);
    CREATE TABLE captures (id INTEGER PRIMARY KEY, portal TEXT, key TEXT, url TEXT, at TEXT,
        status INTEGER, headers TEXT, digest TEXT, payload TEXT, marks TEXT,
        repeats INTEGER DEFAULT 0, source TEXT, earlier TEXT, UNIQUE (key, at, portal));
    CREATE TABLE revisits (id INTEGER PRIMARY KEY, portal TEXT, key TEXT, url TEXT, at TEXT,
        payload TEXT, refers_key TEXT, refers_at TEXT, refers_id TEXT, not_modified INTEGER,
        marks TEXT, source TEXT);
    CREATE TABLE notes (id INTEGER PRIMARY KEY, portal TEXT, key TEXT, url TEXT, kind TEXT,
        at TEXT, note TEXT);
    CREATE INDEX notes_by_kind ON notes (kind, at);
"""
# made when all captures are there: in the order of what they hold, each page is written once
_INDEXES = (
    "CREATE INDEX by_time ON captures (at, id)",
    "CREATE INDEX by_payload ON captures (payload) WHERE payload IS NOT NULL",
)


def _earlier(revisit: sqlite3.Row) -> str | None:
    """What a revisit tells of the record it refers to; None where that is of another address."""
    if revisit["refers_key"] not in (None, revisit["key"]):
        return None
    told = [revisit["refers_at"], revisit["refers_id"], revisit["payload"]]
    return dump(told) if any(told) else None


def _earlier_from(text: str | None) -> Earlier | None:
    if text is None:
        return None
    at, record_id, payload_digest = json.loads(text)
    return Earlier(from_text(at) if at else None, record_id, payload_digest)


def _marks_of(revisit: sqlite3.Row, found: sqlite3.Row | None) -> str:
    """Of a revisit to a file, that it is one: files from elsewhere have no marks of ours."""
    is_file = found is not None and json.loads(found["marks"])[0] == FILE
    return str(found["marks"] if found is not None and is_file else revisit["marks"])


@lru_cache(maxsize=256)  # files from elsewhere have none
def _marks_text(marks: Marks) -> str:
    return dump([marks.outcome, marks.reason, marks.state, marks.told])


@lru_cache(maxsize=256)
def _marks_from(text: str) -> Marks:
    return Marks(*json.loads(text))


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise ArchiveFull(
            f"the temporary files of a replay cannot be written ({error}) — "
            "free some room there, or let TMPDIR name a larger place",
            what="spool",
            detail=str(error),
        ) from error
