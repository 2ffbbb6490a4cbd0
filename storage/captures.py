"""Captures: bodies as they came, compressed, later ones of a copy against its first one."""

from __future__ import annotations

import hashlib
import json

import zstandard

from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.errors import ArchiveDamaged
from storage.json_forms import dump
from storage.records import Capture

_LEVEL = 9


def body_digest(body: bytes) -> str:
    """How an unchanged body is known before it is parsed: SHA-256, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def save_capture(database: Database, copy_id: int, capture: Capture) -> int:
    """Stores a capture inside a `writing()` block; the same one stored twice is one row."""
    digest, fetched_at = body_digest(capture.body), to_text(capture.fetched_at)
    known = database.row(
        "SELECT id FROM captures WHERE copy_id = ? AND digest = ? AND fetched_at = ?",
        (copy_id, digest, fetched_at),
    )
    if known:
        return int(known["id"])
    first = database.row(
        "SELECT * FROM captures WHERE copy_id = ? AND prefix_id IS NULL ORDER BY id LIMIT 1",
        (copy_id,),
    )
    prefix = _body(database, first) if first else None
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
            "prefix_id": first["id"] if first and prefix else None,
            "body": _compress(capture.body, prefix),
        },
    )


def load_capture(database: Database, capture_id: int) -> Capture | None:
    """A capture with the body's bytes as they came, or None where the id is unknown.

    Raises ArchiveDamaged where the bytes no longer have the digest they were stored with.
    """
    row = database.row("SELECT * FROM captures WHERE id = ?", (capture_id,))
    if row is None:
        return None
    return Capture(
        url=row["url"],
        status=row["status"],
        headers=tuple((name, value) for name, value in json.loads(row["headers"])),
        body=_body(database, row),
        fetched_at=from_text(row["fetched_at"]),
    )


def _body(database: Database, row: Row) -> bytes:
    prefix = None
    if row["codec"] == "zstd-prefix":
        first = database.row("SELECT * FROM captures WHERE id = ?", (row["prefix_id"],))
        prefix = _body(database, first) if first else None
    try:
        body = _expand(row["body"], row["size"], prefix)
    except zstandard.ZstdError as error:
        raise _damaged(database, row) from error
    if body_digest(body) != row["digest"]:
        raise _damaged(database, row)
    return body


def _damaged(database: Database, row: Row) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{database.path}: capture {row['id']} of {row['url']} is damaged — "
        "keep this file, and compare it with a backup",
        url=row["url"],
    )


def _prefix_dictionary(prefix: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(prefix, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _compress(body: bytes, prefix: bytes | None) -> bytes:
    if not prefix:
        return zstandard.ZstdCompressor(level=_LEVEL).compress(body)
    dictionary = _prefix_dictionary(prefix)
    return zstandard.ZstdCompressor(level=_LEVEL, dict_data=dictionary).compress(body)


def _expand(packed: bytes, size: int, prefix: bytes | None) -> bytes:
    if not prefix:
        return zstandard.ZstdDecompressor().decompress(packed, max_output_size=max(size, 1))
    dictionary = _prefix_dictionary(prefix)
    return zstandard.ZstdDecompressor(dict_data=dictionary).decompress(
        packed, max_output_size=max(size, 1)
    )
