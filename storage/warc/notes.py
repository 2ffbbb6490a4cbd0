"""What no answer of a server shows, as `metadata` records of our exports carry it.

Each is one JSON object of a fixed form, the one field of an `application/warc-fields` block, with
`Fuhan-Note` in its record's header. Indexers of web archives pass blocks of that type over, and
take a `metadata` record of any other one for a capture of its address. A note may stand in any
file, so its form is all that is trusted here: what it may bring about is decided where it is taken
(`storage/replay/noted.py`).
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from storage.warc.bodies import BadRecord
from storage.warc.pages import instant_of

MOST_BYTES = 256 * 1024
"""Of a note's block; larger ones are passed over."""

_FIELD = b"json-metadata:"
# NUL, ESC, line feeds: never in what is shown of a note
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_MOST_COPIES = 500  # of one letter that a decision names

Line = Annotated[
    str, Field(max_length=500), AfterValidator(lambda text: _CONTROL.sub(" ", text).strip())
]
Address = Annotated[str, Field(max_length=2000, pattern=r"^https?://[^\s\x00-\x1f]+$")]
Name = Annotated[str, Field(max_length=100, pattern=r"^[\w.-]+$")]


class _Form(BaseModel):
    model_config = ConfigDict(frozen=True)  # keys a later fuhan adds are passed over

    v: Literal[1] = 1


class Listing(_Form):
    """Which column showed an address first, when, and with what; whether it does no longer."""

    note: Literal["listing"] = "listing"
    first_seen: AwareDatetime
    column: Address | None = None
    title: Line | None = None
    listed_on: date | None = None
    delisted_at: AwareDatetime | None = None


class Told(_Form):
    """An event, where captures do not show all of what was told: `day` is the last one on which
    the copy was listed (`delisted`) or seen (the others)."""

    note: Literal["event"] = "event"
    event: Literal["delisted", "withdrawn", "moved"]
    observed_at: AwareDatetime
    day: date | None = None


class FileAnswer(_Form):
    """What a linked file's address answered last, where that was no file."""

    note: Literal["file"] = "file"
    state: Literal["gone", "blocked", "failed", "no-file", "too-large", "unstable", "not-asked"]
    visited_at: AwareDatetime
    status: Annotated[int, Field(ge=100, le=599)] | None = None
    reason: Line | None = None


class Place(BaseModel):
    """A copy, by its portal and address."""

    model_config = ConfigDict(frozen=True)

    portal: Name
    url: Address


class Decision(_Form):
    """A join or split by hand: of each letter its copies as they were, the one that stayed first.

    A join made the letters one, a split took the second one's copies from the first.
    """

    note: Literal["decision"] = "decision"
    decision: Literal["join", "split"]
    decided_at: AwareDatetime
    remark: Line | None = None
    letters: Annotated[
        tuple[Annotated[tuple[Place, ...], Field(min_length=1, max_length=_MOST_COPIES)], ...],
        Field(min_length=2, max_length=50),
    ]


class ForgottenThere(_Form):
    """That something of the letter at an address was forgotten on request, and what kind of thing;
    never what."""

    note: Literal["forgotten"] = "forgotten"
    kinds: Annotated[
        tuple[Literal["contacts", "text", "words"], ...], Field(min_length=1, max_length=3)
    ]
    forgotten_at: AwareDatetime


Note = Listing | Told | FileAnswer | Decision | ForgottenThere
_NOTES: TypeAdapter[Note] = TypeAdapter(Annotated[Note, Field(discriminator="note")])


def note_in(block: bytes, now: datetime) -> Note:
    """The note a record's block holds.

    Raises BadRecord: `bad note` for anything that is not of the form, `bad date` for instants
    before 1990 or in the future.
    """
    if len(block) > MOST_BYTES or not block.startswith(_FIELD):
        raise BadRecord("bad note")
    return note_of(block[len(_FIELD) :], now)


def block_of(note: Note) -> bytes:
    """The block of the note's record."""
    return _FIELD + b" " + text_of(note).encode() + b"\r\n"


def note_of(text: bytes | str, now: datetime) -> Note:
    """The note that stands there as JSON. Raises BadRecord, as `note_in`."""
    try:
        note = _NOTES.validate_json(text)
    except (ValidationError, ValueError, RecursionError) as error:
        raise BadRecord("bad note") from error
    for instant in (value for _, value in note if isinstance(value, datetime)):
        instant_of(instant.isoformat(), now)  # in UTC it may fall before the year 1
    return note


def text_of(note: Note) -> str:
    """The note as JSON, without what it does not say."""
    return note.model_dump_json(exclude_none=True)


def instant_of_note(note: Note) -> datetime:
    """When what it tells of was seen or decided."""
    match note:
        case Listing():
            return note.first_seen
        case Told():
            return note.observed_at
        case FileAnswer():
            return note.visited_at
        case Decision():
            return note.decided_at
        case ForgottenThere():
            return note.forgotten_at
