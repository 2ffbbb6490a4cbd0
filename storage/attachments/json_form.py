"""The JSON form of the files a letter links to, as `fuhan show --json` prints it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from storage.attachments.records import FileVersion, LetterAttachment
from storage.clock import to_text


def attachment_object(file: LetterAttachment) -> dict[str, Any]:
    """One link of one copy, with every content it was seen with; all keys are always there."""
    return {
        "name": file.name,
        "url": file.url,
        "page_url": file.page_url,
        "linked": file.linked,
        "forgotten": file.forgotten,
        "state": file.state.value,
        "reason": file.reason,
        "status": file.status,
        "content_type": file.content_type,
        "etag": file.validators.etag,
        "last_modified": file.validators.last_modified,
        "first_seen": to_text(file.first_seen),
        "last_seen": _instant(file.last_seen),
        "last_visited": _instant(file.last_visited),
        "versions": [_version_object(version) for version in file.versions],
    }


def _version_object(version: FileVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "sha256": version.digest,
        "size": version.size,
        "content_type": version.content_type,
        "observed_at": to_text(version.observed_at),
    }


def _instant(instant: datetime | None) -> str | None:
    return to_text(instant) if instant else None
