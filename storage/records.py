"""The records that flow between crawler, pipelines, storage and schedules: plain, frozen, no SQL.

Instants are aware UTC `datetime`s, dates printed in letters are plain `date`s, absent text is
`None` (never an empty string), several values are tuples.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

SubmissionKind = Literal["suggestion", "proposal"]
PlatformName = Literal["trs", "hanweb", "vsb", "ucap", "generic"]


class Outcome(StrEnum):
    """What one visit to a letter's address came to."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"
    BLOCKED = "blocked"
    UNREADABLE = "unreadable"
    NOT_A_LETTER = "not-a-letter"
    FAILED = "failed"


class EventKind(StrEnum):
    """What happened to a letter; the meaning of each is in `docs/changes.md`."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"
    MOVED = "moved"
    COPY_FOUND = "copy-found"
    DELISTED = "delisted"


class Significance(StrEnum):
    """How much a change weighs: its weightiest field decides."""

    SUBSTANCE = "substance"
    METADATA = "metadata"
    TYPOGRAPHY = "typography"


class PortalState(StrEnum):
    """How a portal's last run went; where several hold, the first of blocked, failing, suspect."""

    OK = "ok"
    FAILING = "failing"
    BLOCKED = "blocked"
    SUSPECT = "suspect"


# --- portals ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a portal whose list pages link to reply letters."""

    url: str
    kind: SubmissionKind | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """CSS selectors that overrule the platform where it is wrong about one site."""

    body: str | None = None
    title: str | None = None
    metadata: str | None = None
    list_item: str | None = None  # the element around one link


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    """Which of the files letters link to are fetched with their pages; `most` 0: none."""

    most: int = 20  # of one letter, the first ones
    most_bytes: int = 20_000_000  # of one file, and of what it is unpacked to on its way


@dataclass(frozen=True, slots=True)
class Portal:
    """One government site that publishes reply letters, as its TOML file describes it."""

    name: str
    agency: str
    platform: PlatformName
    lists: tuple[ListColumn, ...] = ()
    pages: tuple[str, ...] = ()  # known addresses of letters, without a list
    region: str | None = None  # GB/T 2260, six digits
    aliases: tuple[str, ...] = ()  # other names of the agency
    cron: str = "20 6 * * *"  # Asia/Shanghai
    delay: float = 2.0  # seconds between requests to the host
    min_letters: int = 0  # fewer listed by a full walk: the run is suspect
    budget: int | None = None  # requests of one run; None: a share of what is known
    private_network: bool = False
    verify_tls: bool = True  # false: the hosts' certificates are taken as they are
    attachments: AttachmentLimits = AttachmentLimits()
    select: Select = Select()
    labels: Mapping[str, str] = field(default_factory=dict)  # printed label -> metadata key


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """Where the articles of a portal's pages stand, learnt from the pages themselves.

    `containers` are names by place (`div.main > div.text`), the one of most pages first; none
    where the pages have nothing in common.
    """

    containers: tuple[str, ...]
    pages: int  # that it was learnt from

    @property
    def digest(self) -> str:
        """Equal for profiles that read every page alike: 16 hexadecimal digits."""
        return hashlib.sha256("\n".join(self.containers).encode()).hexdigest()[:16]


# --- letters ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file linked from a letter: the link's text and its absolute address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ReplyLetter:
    """What was read from one page; the keys are those of `fuhan clean --json`.

    `is_letter` is false where the page is no reply letter or could not be read; `refusal` then
    says why and begins with `not a letter` or `unreadable`. A letter whose text is only in its
    attachment has `is_letter` true, an empty body and the refusal `attachment only`.
    """

    title: str | None = None
    submission_kind: SubmissionKind | None = None
    submission_title: str | None = None
    submission_number: str | None = None
    assembly: str | None = None
    addressees: tuple[str, ...] = ()
    issuing_agency: str | None = None
    co_handling_agencies: tuple[str, ...] = ()
    signatory: str | None = None
    index_number: str | None = None
    document_number: str | None = None
    subject_category: str | None = None
    genre_category: str | None = None
    date_written: date | None = None
    date_published: date | None = None
    date_signed: date | None = None
    outcome_class: str | None = None
    attachments: tuple[Attachment, ...] = ()
    cited_documents: tuple[str, ...] = ()
    commitments: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    lead_agency: str | None = None
    warnings: tuple[str, ...] = ()
    body: str = ""
    annex: tuple[str, ...] = ()  # printed behind the date: lines, a table's rows with tabs
    is_letter: bool = True
    refusal: str | None = None

    @property
    def text(self) -> str:
        """All the letter says on its page: the body, and behind it the annex."""
        return "\n".join((self.body, *self.annex)) if self.annex else self.body


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a page and where it went: the account `fuhan clean --explain` prints.

    `rule` names the part of the output the text went to (`body`, `title`, `metadata`,
    `annex`, `attachments`, `contacts`) where `kept`, else the furniture rule that dropped it.
    """

    text: str
    kept: bool
    rule: str


@dataclass(frozen=True, slots=True)
class PageReading:
    """A letter read from a page, with the account of every block of the page's text."""

    letter: ReplyLetter
    blocks: tuple[Block, ...] = ()
    encoding: str | None = None
    method: str | None = None  # how the article was found: select, platform, profile or general
    container: str | None = None  # where it stood: `div.main > div#zoom`
    decided_by: str | None = None  # what the encoding was known from: mark, header, meta, bytes


# --- visits ----------------------------------------------------------------------------------


class Answer(StrEnum):
    """How a server answered a request for a letter's page, judged before anything is read."""

    PAGE = "page"  # a body to read
    NOT_MODIFIED = "not-modified"  # 304
    GONE = "gone"  # 404, 410, soft 404, redirected to the home page or a column
    BLOCKED = "blocked"
    FAILED = "failed"  # time-out, 5xx, cut body, TLS, too large


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer as it came: the raw body (after content decoding) with its circumstances."""

    url: str  # asked for
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    @property
    def content_type(self) -> str | None:
        """The value of its first `Content-Type` header."""
        named = (value for name, value in self.headers if name.lower() == "content-type")
        return next(named, None)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask conditionally next time."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class PageVisit:
    """One visit to one copy's address: what the crawler hands to the pipelines."""

    run_id: int
    portal: str
    copy_id: int
    url: str
    answer: Answer
    observed_at: datetime
    reason: str | None = None  # why gone, blocked or failed: "404", "soft 404: 页面不存在"
    capture: Capture | None = None  # None where no body came
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link to a letter on a list page; `title` and `listed_date` as the list prints them."""

    url: str
    title: str | None = None
    listed_date: date | None = None
    kind: SubmissionKind | None = None


class Why(StrEnum):
    """Why an address is to be asked for."""

    NEW = "new"  # it was never visited
    GONE = "gone"  # its letter did not answer, which the next visit may confirm
    DUE = "due"  # its time has come
    CONTROL = "control"  # the run so far would be suspect, and this letter was well


@dataclass(frozen=True, slots=True)
class DuePage:
    """A known address that is to be asked for, with what is needed to do so."""

    copy_id: int
    url: str
    validators: Validators  # empty: ask unconditionally
    known: bool  # a letter was read here before
    why: Why
    due_at: datetime
    last_visited: datetime | None = None


@dataclass(frozen=True, slots=True)
class CopyHistory:
    """What is known of one copy when its page arrives; the ground for comparing and revisiting."""

    copy_id: int
    portal: str
    url: str
    letter_id: int | None
    first_seen: datetime
    last_visited: datetime | None
    quiet_since: datetime  # first seen, last changed, or last returned: whichever is latest
    letter_date: date | None  # the newest date the letter or its list entry prints
    gone_since: datetime | None
    body_digest: str | None  # sha256 of the last body that was read
    reader: str | None  # of the last reading
    version_id: int | None  # the version to compare with
    reading: ReplyLetter | None  # that version's last reading
    # leaves out of a reading what of its letter is to stay forgotten; None: nothing is
    forget: Callable[[ReplyLetter], ReplyLetter] | None = None


# --- changes ---------------------------------------------------------------------------------

JsonValue = str | bool | None | list[str] | list[dict[str, str]]
DiffOp = tuple[Literal["=", "-", "+"], str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of `clean` that differs, values as `clean --json` prints them."""

    field: str
    before: JsonValue
    after: JsonValue


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A whole number with the unit after it that became another: `2484家` → `2648家`."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """How two readings of one letter differ.

    `diff` shows the letter's text, body and annex, by character with a little equal text around
    each change; every piece is literal text, and two `=` pieces in a row mean that equal text
    between them was left out.
    """

    significance: Significance
    fields: tuple[FieldChange, ...]
    figures: tuple[FigureChange, ...] = ()
    diff: tuple[DiffOp, ...] = ()


@dataclass(frozen=True, slots=True)
class LetterRef:
    """The letter an event is about, as `changes --json` names it."""

    id: int
    title: str | None
    index_number: str | None
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """A published event, or one that is held back: one line of `fuhan changes --json`."""

    cursor: int  # 0 of one that is held back
    kind: EventKind
    significance: Significance | None
    observed_at: datetime
    portal: str
    url: str
    from_url: str | None
    letter: LetterRef
    version: int | None
    fields: tuple[FieldChange, ...]
    figures: tuple[FigureChange, ...]
    diff: tuple[DiffOp, ...]
    baseline: bool
    backdated: bool
    scope: Literal["copy", "letter"] | None
    reason: str | None  # what was observed: "404 on 2026-05-03 and 2026-05-04; last seen …"
    replayed: bool = False  # told by captures from elsewhere, which make no news
    compared_with: int | None = None  # the version it changed from, of the copy that had it


# --- runs ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl of one portal, from its first request to its settlement."""

    id: int
    portal: str
    started_at: datetime
    full: bool


@dataclass(frozen=True, slots=True)
class ListWalk:
    """How the walk of one portal's lists went, told at the end of a run."""

    complete: bool  # every list was walked to its end
    failed: int = 0  # list pages that could not be fetched or read
    columns_failed: int = 0  # columns whose first page was among them
    reason: str | None = None  # what the first list page refused or failed with: "412", "timeout"
    blocked: int = 0
    asked: int = 0
    disallowed: int = 0  # lists and pages robots.txt forbids


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a settled run came to: a line of `fuhan crawl`, a row of `fuhan status`."""

    run_id: int
    portal: str
    state: PortalState
    reason: str | None
    started_at: datetime
    ended_at: datetime
    listed: int
    outcomes: Mapping[Outcome, int]
    events: Mapping[EventKind, int]  # published by this run
    held: int  # events held back by the circuit breaker
    baseline: int = 0  # published events of a portal's first complete walk
    disallowed: int = 0  # addresses robots.txt forbids
    known_gone: int = 0  # of those gone: told as withdrawn or moved by earlier runs
    unconfirmed: int = 0  # of those gone: letters not told yet, further visits are to confirm it
    files_changed: int = 0  # of the unchanged pages: a file they link to is another
    rejected: int = 0  # pages that still read as `portals reject` called misread


@dataclass(frozen=True, slots=True)
class LetterRecord:
    """A letter as it now stands: a line of `fuhan letters --json`."""

    id: int
    status: Literal["present", "withdrawn"]
    urls: tuple[str, ...]  # the principal address first
    versions: int  # echoes are not counted
    first_seen: datetime
    last_seen: datetime
    letter: ReplyLetter
    split_from: int | None = None  # the letter a hand took it from

    @property
    def title(self) -> str | None:
        """The letter's title as published."""
        return self.letter.title

    @property
    def url(self) -> str:
        """The principal address."""
        return self.urls[0]


@dataclass(frozen=True, slots=True)
class LetterVersion:
    """One version of one copy of a letter, with its latest reading."""

    id: int
    copy_id: int
    url: str
    number: int  # counts per copy from 1
    observed_at: datetime
    recorded_at: datetime
    capture_id: int
    reader: str
    letter: ReplyLetter
    echo: bool = False  # a copy's first one, saying what the letter was known to say: not counted


Tie = Literal[
    "first",  # the letter was first met here
    "index number",
    "document number",
    "submission number",
    "text",
    "joined",  # by hand
    "split",  # by hand
    "not recorded",  # identified before this was kept
]
"""Why a copy is taken to be of its letter."""


@dataclass(frozen=True, slots=True)
class CopyEvidence:
    """One tie of a copy to its letter, and what was compared: a line of `fuhan show`."""

    copy_id: int
    portal: str
    url: str
    status: str
    tie: Tie
    with_url: str | None  # the copy it was compared with
    compared: Mapping[str, str]  # each mark both show: `same`, `differs`; body: `97.5 %`
    decided_at: datetime | None
    from_letter: int | None = None  # by hand: the letter it was of before
    note: str | None = None  # by hand


@dataclass(frozen=True, slots=True)
class UnreadLetter:
    """A letter whose page has not been readable for long, though its portal was read as usual."""

    letter_id: int
    title: str | None
    portal: str
    url: str
    last_read: datetime
    since: datetime  # the first visit that could not read it
    last_visited: datetime
    visits: int  # that could not read it

    @property
    def days(self) -> int:
        """How long it has been so: whole days between the first and the last such visit."""
        return (self.last_visited - self.since).days


@dataclass(frozen=True, slots=True)
class PortalStatus:
    """A portal's last run and what is due: one entry of `fuhan status --json`."""

    name: str
    state: PortalState
    reason: str | None
    last_run: datetime | None
    last_healthy: datetime | None
    letters: int
    due: int
    held: int
    next_attempt: datetime | None = None  # not before, after a block
    interrupted: datetime | None = None  # start of the last run, where it was never settled
    rejected: int = 0  # pages that still read as `portals reject` called misread
    unread: tuple[UnreadLetter, ...] = ()
