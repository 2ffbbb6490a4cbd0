"""The model of an invented reply letter: all its parts as data, and what a reader must find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from crawler.demo.agencies import Agency
from storage.records import Attachment, ReplyLetter, SubmissionKind


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as printed, without indent."""

    text: str
    place: Literal["text", "heading", "right", "center"] = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """A table in the body; the first row is its head."""

    rows: tuple[tuple[str, ...], ...]


Block = Line | Table


@dataclass(frozen=True, slots=True)
class Submission:
    """The suggestion or proposal a letter answers, as the letter names it."""

    kind: SubmissionKind
    number: str  # between 第 and 号
    assembly: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class File:
    """An attached file: the link's words, its name beside the page, and what it says itself."""

    label: str
    name: str
    text: str | None = None  # None: the link's words


@dataclass(frozen=True, slots=True)
class DemoLetter:
    """An invented letter, or a page that only looks like one (`submission` is None then).

    `head` stands between title and salutation, `text` runs from the salutation to the date,
    `tail` comes after the date. Values that only a metadata table can show are None where the
    letter's site prints none; `document_number` is None too where neither shows it.
    """

    key: str
    agency: Agency
    title: str
    submission: Submission | None
    text: tuple[Block, ...]
    date_published: date
    head: tuple[Line, ...] = ()
    tail: tuple[Line, ...] = ()
    files: tuple[File, ...] = ()
    addressees: tuple[str, ...] = ()
    co_handling: tuple[str, ...] = ()
    signatory: str | None = None
    outcome_class: str | None = None
    date_signed: date | None = None
    index_number: str | None = None
    document_number: str | None = None
    subject_category: str | None = None
    genre_category: str | None = None
    date_written: date | None = None

    @property
    def is_letter(self) -> bool:
        """Whether a reader must take the page for a reply letter."""
        return self.submission is not None

    @property
    def body(self) -> str:
        """The text as `fuhan clean` gives it: lines, table rows with tabs between their cells."""
        return body_of(self.text)

    def has_metadata(self) -> bool:
        """Whether its page prints a metadata table."""
        return self.index_number is not None

    def reading(self, url: str, published: date | None = None) -> ReplyLetter:
        """What a perfect reader finds on this letter's page at `url`.

        Left empty, because no rule fixes their wording: `cited_documents`, `commitments`,
        `contacts`, `warnings`. `published` is the page's own date of publication where it is
        not the letter's (a republication).
        """
        submission = self.submission
        if submission is None:
            return ReplyLetter(title=self.title, is_letter=False, refusal="not a letter")
        folder = url.rpartition("/")[0]
        return ReplyLetter(
            title=self.title,
            submission_kind=submission.kind,
            submission_title=submission.title,
            submission_number=submission.number,
            assembly=submission.assembly,
            addressees=self.addressees,
            issuing_agency=self._printed_agency(),
            co_handling_agencies=self.co_handling,
            signatory=self.signatory,
            index_number=self.index_number,
            document_number=self.document_number,
            subject_category=self.subject_category,
            genre_category=self.genre_category,
            date_written=self.date_written,
            date_published=published or self.date_published,
            date_signed=self.date_signed,
            outcome_class=self.outcome_class,
            attachments=tuple(Attachment(f.label, f"{folder}/{f.name}") for f in self.files),
            body=self.body,
            refusal=None if self.text else "attachment only",
        )

    def _printed_agency(self) -> str | None:
        if self.has_metadata():
            return self.agency.short
        return self.agency.name if self.text else None


def body_of(blocks: tuple[Block, ...]) -> str:
    """Join blocks the way a letter's body is printed: one line a paragraph or table row."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines.extend("\t".join(row) for row in block.rows)
        else:
            lines.append(block.text)
    return "\n".join(lines)


def map_text(letter: DemoLetter, change: Callable[[str], str]) -> DemoLetter:
    """Give the letter with `change` applied to every paragraph and table cell of its text."""

    def changed(block: Block) -> Block:
        if isinstance(block, Table):
            return Table(tuple(tuple(change(cell) for cell in row) for row in block.rows))
        return replace(block, text=change(block.text))

    return replace(letter, text=tuple(changed(block) for block in letter.text))
