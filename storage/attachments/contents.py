"""The bytes of linked files: compressed, each content once however many letters link to it."""

from __future__ import annotations

import zstandard

from storage.captures import body_digest
from storage.database import Database, Row
from storage.errors import ArchiveDamaged
from storage.forget.rules import FORGOTTEN

_LEVEL = 3  # most files are compressed inside; a higher level takes its time and gains nothing


def save_content(database: Database, body: bytes) -> int:
    """Stores a file's bytes inside a `writing()` block, if they are not there; gives the id."""
    digest = body_digest(body)
    known = database.value("SELECT id FROM attachment_contents WHERE digest = ?", (digest,))
    if known is not None:
        return int(known)
    from storage.attachments.stable_digests import (
        stable_digest,  # its zipfile is for those who crawl
    )

    return database.insert(
        "attachment_contents",
        {
            "digest": digest,
            "stable_digest": stable_digest(body),
            "size": len(body),
            "codec": "zstd",
            "body": zstandard.ZstdCompressor(level=_LEVEL).compress(body),
        },
    )


def load_content(database: Database, content_id: int) -> bytes | None:
    """A file's bytes as they came, or None where the id is unknown; none where they are forgotten.

    Raises ArchiveDamaged where they no longer have the digest they were stored with.
    """
    row = database.row("SELECT * FROM attachment_contents WHERE id = ?", (content_id,))
    if row is None:
        return None
    if row["codec"] == FORGOTTEN:
        return b""
    try:
        body = zstandard.ZstdDecompressor().decompress(
            row["body"], max_output_size=max(row["size"], 1)
        )
    except zstandard.ZstdError as error:
        raise _damaged(database, row) from error
    if body_digest(body) != row["digest"] or len(body) != row["size"]:
        raise _damaged(database, row)
    return body


def next_content(database: Database, after: int) -> int | None:
    """The id of the next content after this one, for whoever reads them all."""
    following: int | None = database.value(
        "SELECT min(id) FROM attachment_contents WHERE id > ?", (after,)
    )
    return following


def present_stable_digest(database: Database, content_id: int) -> str:
    """A content's stable digest by the masks of today: like is compared with like.

    Where it was stored by older masks and its bytes are damaged or forgotten, as it was stored.
    """
    from storage.attachments.stable_digests import MASKS, stable_digest

    stored = str(
        database.value("SELECT stable_digest FROM attachment_contents WHERE id = ?", (content_id,))
    )
    if stored.startswith(MASKS):
        return stored
    try:
        body = load_content(database, content_id)
    except ArchiveDamaged:
        return stored
    return stable_digest(body) if body else stored


def _damaged(database: Database, row: Row) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{database.path}: file content {row['id']} ({row['digest'][:12]}…) is damaged — "
        "keep this archive, and compare it with a backup",
        path=database.path,
        what="file",
        id=row["id"],
        digest=row["digest"][:12],
    )
