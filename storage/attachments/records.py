"""The records of files linked from letters: what is due, what a visit brought, what is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from storage.records import Capture, Validators


class FileState(StrEnum):
    """What the last visit to a file's address came to; none of these alone is an event."""

    UNREAD = "unread"  # it was never asked for
    KEPT = "kept"  # the file answered; its bytes are in the archive
    GONE = "gone"  # 404, 410, an error page in place of the file
    BLOCKED = "blocked"
    FAILED = "failed"  # time-out, 5xx, cut body
    NO_FILE = "no-file"  # a page or a message answered where a file was promised
    TOO_LARGE = "too-large"  # larger than the portal's limit
    UNSTABLE = "unstable"  # made anew for every request, so that no two answers are alike
    NOT_ASKED = "not-asked"  # another site's host, or forbidden by robots.txt


@dataclass(frozen=True, slots=True)
class DueFile:
    """A file that is to be asked for, with what is needed to do so and to judge the answer."""

    file_id: int
    key: str  # of its address; copies that link to one address share the answer
    url: str
    name: str
    validators: Validators  # empty: ask unconditionally
    due_since: datetime
    last: str | None  # stable digest of the content seen last; None: never read


@dataclass(frozen=True, slots=True)
class FileVisit:
    """One visit to one file's address, judged: what the archive is told."""

    run_id: int
    portal: str
    file_id: int
    key: str
    state: FileState
    observed_at: datetime
    status: int | None = None  # of the answer; None where none came
    reason: str | None = None  # why it is not kept: "404", "time-out", "a page in place of a file"
    capture: Capture | None = None  # with its bytes where `state` is kept; None: a 304
    validators: Validators = field(default_factory=Validators)
    not_before: datetime | None = None  # its page's visits before this leave it alone


@dataclass(frozen=True, slots=True)
class FileVersion:
    """One content a file had: the bytes are read by `attachment_body(id)`."""

    id: int
    number: int  # counts per link from 1
    digest: str  # sha256 of the bytes, hexadecimal
    size: int
    content_type: str | None
    status: int
    observed_at: datetime
    headers: tuple[tuple[str, str], ...]
    kept: bool = True  # false: its bytes were forgotten on request


@dataclass(frozen=True, slots=True)
class LetterAttachment:
    """A file a copy of a letter links to, and every content it was seen with."""

    copy_id: int
    page_url: str
    name: str
    url: str
    linked: bool  # the page's last reading still links to it
    state: FileState
    reason: str | None
    status: int | None  # of the last answer
    content_type: str | None
    validators: Validators
    first_seen: datetime  # the link
    last_seen: datetime | None  # the file's last good answer
    last_visited: datetime | None
    versions: tuple[FileVersion, ...]  # those told, the oldest first
    forgotten: bool = False  # with its letter's text: neither name nor link is kept
