"""What a search asks for and what it finds: plain, frozen, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from storage.records import SubmissionKind

LetterStatus = Literal["present", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for; all of it must hold.

    `text` is words as a person types them: each must occur somewhere in the letter, in quotes
    also what has blanks. `agency` is part of a name of the answering office. `since` and `until`
    are dates of letters, both included; ISO text, `2025-01-01`, is taken for one. `contacts`:
    contact data is searched, too.

    Raises ValueError for a status, kind or date there is not, TypeError for what is no date at all:
    asked for them, an archive would find nothing and say so.
    """

    text: str = ""
    agency: str | None = None
    kind: SubmissionKind | None = None
    since: date | None = None
    until: date | None = None
    status: LetterStatus | None = None
    portal: str | None = None
    contacts: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "since", _day("since", self.since))
        object.__setattr__(self, "until", _day("until", self.until))
        _refuse_unknown("status", self.status, get_args(LetterStatus))
        _refuse_unknown("kind", self.kind, get_args(SubmissionKind))


def _day(name: str, value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise TypeError(f"{name}: a date or ISO text like 2025-01-01 is expected, not {value!r}")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"{name}: {value!r} is no date; write it like 2025-01-01") from None


def _refuse_unknown(name: str, value: object, known: tuple[str, ...]) -> None:
    if value is not None and value not in known:
        raise ValueError(f"{name}: {value!r} is none of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Context:
    """A piece of a letter around what was found; `marks` are (start, end) of it in `text`.

    `field` is a key of `clean`; `text` is as published and on one line. `before` and `after` say
    whether the field goes on there.
    """

    field: str
    text: str
    marks: tuple[tuple[int, int], ...]
    before: bool = False
    after: bool = False


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A letter that was found: a line of `fuhan search --json`."""

    id: int
    status: LetterStatus
    date: date
    title: str | None
    agency: str
    kind: SubmissionKind | None
    index_number: str | None
    document_number: str | None
    submission_number: str | None
    portals: tuple[str, ...]
    url: str
    contexts: tuple[Context, ...]
    score: float | None = None  # only where ranked: the more the better
