"""What a search asks for and what it finds: plain, frozen, no SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from storage.records import SubmissionKind

LetterStatus = Literal["present", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked for; all of it must hold.

    `text` is words as a person types them: each must occur somewhere in the letter, in quotes
    also what has blanks. `agency` is part of a name of the answering office. `since` and `until`
    are dates of letters, both included. `contacts`: contact data is searched, too.
    """

    text: str = ""
    agency: str | None = None
    kind: SubmissionKind | None = None
    since: date | None = None
    until: date | None = None
    status: LetterStatus | None = None
    portal: str | None = None
    contacts: bool = False


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
