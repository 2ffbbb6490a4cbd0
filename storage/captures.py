"""Captures: bodies as they came, compressed, most of them against an earlier one as prefix."""

from __future__ import annotations

import hashlib
import json

import zstandard

from storage import prefixes
from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.errors import ArchiveDamaged
from storage.forget.rules import rules_of
from storage.json_forms import dump
from storage.prefixes import Prefix, raw_dictionary
from storage.records import Capture, ReplyLetter

_LEVEL = 9
_LONGEST_CHAIN = 8  # a copy's later capture, its first one, its portal's: three, unless altered
_WELL_PACKED = 6  # a capture this many times smaller needs no better prefix


def body_digest(body: bytes) -> str:
    """How an unchanged body is known before it is parsed: SHA-256, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def save_capture(
    database: Database,
    copy_id: int,
    capture: Capture,
    letter: ReplyLetter | None = None,
    digest: str | None = None,
    source: str | None = None,
) -> int:
    """Stores a capture inside a `writing()` block; the same one stored twice is one row.

    What is to stay forgotten of its letter is cut out (`storage/forget/rules.py`); `letter` is what
    was read of it. The digest stays that of the body as it came; `digest` where it is known.
    `source` is the file and record it came from, where no crawl fetched it.
    """
    digest, fetched_at = digest or body_digest(capture.body), to_text(capture.fetched_at)
    known = database.row(
        "SELECT id FROM captures WHERE copy_id = ? AND digest = ? AND fetched_at = ?",
        (copy_id, digest, fetched_at),
    )
    if known:
        if source:
            named = "UPDATE captures SET source = coalesce(source, ?) WHERE id = ?"
            database.write(named, (source, known["id"]))
        return int(known["id"])
    rules = rules_of(database, copy_id)
    body = rules.cut_body(capture.body, capture.status, letter) if rules else capture.body
    packed, prefix = _pack(database, copy_id, body)
    if prefix is None:
        prefixes.look_again(database, copy_id)
    return database.insert(
        "captures",
        {
            "copy_id": copy_id,
            "url": capture.url,
            "fetched_at": fetched_at,
            "status": capture.status,
            "headers": dump([list(header) for header in capture.headers]),
            "digest": digest,
            "size": len(capture.body),
            "codec": "zstd-prefix" if prefix else "zstd",
            "prefix_id": prefix.id if prefix else None,
            "body": packed,
            "kept_digest": None if body == capture.body else body_digest(body),
            "source": source,
        },
    )


def load_capture(database: Database, capture_id: int) -> Capture | None:
    """A capture with the body's bytes as they came, or None where the id is unknown.

    Where something of it was forgotten, with what was kept. Raises ArchiveDamaged where the
    bytes no longer have the digest they were stored with.
    """
    row = database.row("SELECT * FROM captures WHERE id = ?", (capture_id,))
    if row is None:
        return None
    return Capture(
        url=row["url"],
        status=row["status"],
        headers=tuple((name, value) for name, value in json.loads(row["headers"])),
        body=read_body(database, row),
        fetched_at=from_text(row["fetched_at"]),
    )


def rewrite_body(database: Database, row: Row, body: bytes, prefix: Prefix | None) -> None:
    """Puts another body in a capture's place, or the same one packed against another prefix.

    Its digest stays that of the bytes that came. Inside a `writing()` block.
    """
    digest = body_digest(body)
    database.write(
        "UPDATE captures SET body = ?, codec = ?, prefix_id = ?, kept_digest = ? WHERE id = ?",
        (
            _compress(body, prefix),
            "zstd-prefix" if prefix else "zstd",
            prefix.id if prefix else None,
            None if digest == row["digest"] else digest,
            row["id"],
        ),
    )


def read_body(database: Database, row: Row, depth: int = 0) -> bytes:
    """The bytes a row of `captures` keeps. Raises ArchiveDamaged where their digest is another."""
    prefix = None
    if row["codec"] == "zstd-prefix":
        first = database.row("SELECT * FROM captures WHERE id = ?", (row["prefix_id"],))
        if first is None or depth == _LONGEST_CHAIN:
            raise _damaged(database, row)
        prefix = read_body(database, first, depth + 1)
    try:
        body = _expand(row["body"], row["size"], prefix)
    except zstandard.ZstdError as error:
        raise _damaged(database, row) from error
    if body_digest(body) != (row["kept_digest"] or row["digest"]):
        raise _damaged(database, row)
    return body


def _pack(database: Database, copy_id: int, body: bytes) -> tuple[bytes, Prefix | None]:
    """The body compressed, and what against: the copy's first capture, else one of its portal's.

    Another page of the same site holds nearly all of this one but the letter itself.
    """
    best: tuple[bytes, Prefix | None] | None = None
    for prefix in prefixes.candidates(database, copy_id, read_body):
        packed = _compress(body, prefix)
        if best is None or len(packed) < len(best[0]):
            best = packed, prefix
        if len(packed) * _WELL_PACKED <= len(body):
            return best
    alone = _compress(body, None)
    # nothing like it is known: by itself, it is what the site's next pages are packed against
    return best if best and len(best[0]) < len(alone) * 0.8 else (alone, None)


def _damaged(database: Database, row: Row) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{database.path}: capture {row['id']} of {row['url']} is damaged — "
        "keep this file, and compare it with a backup",
        path=database.path,
        what="capture",
        url=row["url"],
        id=row["id"],
    )


def _compress(body: bytes, prefix: Prefix | None) -> bytes:
    if prefix is None:
        return zstandard.ZstdCompressor(level=_LEVEL).compress(body)
    return prefix.compress(body, _LEVEL)


def _expand(packed: bytes, size: int, prefix: bytes | None) -> bytes:
    if not prefix:
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=max(size, 1))
    return zstandard.ZstdDecompressor(dict_data=raw_dictionary(prefix)).decompress(
        packed, max_output_size=max(size, 1)
    )
