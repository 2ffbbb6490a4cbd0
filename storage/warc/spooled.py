"""What files from elsewhere hold of a page, as it waits for its turn in a replay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from storage.records import Capture


@dataclass(frozen=True, slots=True)
class Marks:
    """What this program's own exports say of a capture; nothing in files from elsewhere."""

    outcome: str | None = None
    reason: str | None = None
    state: str | None = None  # of the portal, at the end of the run
    told: str | None = None  # how a copy's first version was: baseline, backdated


@dataclass(frozen=True, slots=True)
class Earlier:
    """A record of the same address that no file here has: its time, its id, its payload's digest,
    as far as the revisit tells."""

    at: datetime | None
    record_id: str | None
    payload_digest: str | None


@dataclass(frozen=True)  # no slots: of most captures the digest is enough, and none is unpacked
class Spooled:
    """One capture of one portal, in its turn; `unpack` gives it whole.

    `repeats` where only the time is known: the page was as it was before, or as `earlier` was.
    """

    portal: str
    url: str
    at: datetime
    digest: str  # sha256 of the body
    marks: Marks
    repeats: bool
    source: str  # file and record
    unpack: Callable[[], Capture]
    earlier: Earlier | None = None

    @cached_property
    def capture(self) -> Capture:
        """The answer with its body."""
        return self.unpack()


@dataclass(frozen=True, slots=True)
class Noted:
    """What a note says of an address, by its JSON."""

    portal: str
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Revisit:
    """A record that says a page was as another record has it."""

    url: str
    at: datetime
    payload_digest: str | None
    refers_to: tuple[str, datetime] | None
    refers_to_id: str | None
    not_modified: bool  # else: it had these very bytes
    marks: Marks
    source: str
