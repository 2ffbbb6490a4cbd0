"""Owns the fields a page prints around its letter, beside labels: what each value means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from pipelines.fold import fold
from pipelines.letter.dates import parse_date
from pipelines.letter.index_numbers import check_index_number, normalize_index_number
from storage.records import SubmissionKind

Metadata = Mapping[str, tuple[str, ...]]

# 索引号:… printed in the article itself
_INDEX_LABEL = re.compile(
    r"索 ?引 ?号 ?[\])】]? ?[::]? ?"
    r"(?P<it>[0-9A-Za-z][0-9A-Za-z_\-]{3,40}(?: ?[/-] ?[0-9A-Za-z_\-]{1,20}){0,4})"
)
_KINDS: Mapping[str, SubmissionKind] = {"suggestion": "suggestion", "proposal": "proposal"}


class PrintedMetadata(NamedTuple):
    """Values as printed; a date that is there but damaged is `None` and named in `warnings`."""

    issuing_agency: str | None = None
    document_number: str | None = None
    subject_category: str | None = None
    genre_category: str | None = None
    date_written: date | None = None
    date_published: date | None = None
    submission_kind: SubmissionKind | None = None
    submission_title: str | None = None
    submission_number: str | None = None
    assembly: str | None = None
    signatory: str | None = None
    outcome_class: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_metadata(metadata: Metadata) -> PrintedMetadata:
    """The first value of each key, dates parsed; a portal's own labels may fill any key."""
    value = {key: first(metadata, key) for key in metadata}.get
    written, written_warning = _date(value("date_written"), "date_written")
    published, published_warning = _date(value("date_published"), "date_published")
    return PrintedMetadata(
        value("issuing_agency"),
        value("document_number"),
        value("subject_category"),
        value("genre_category"),
        written,
        published,
        _KINDS.get(value("submission_kind") or ""),
        value("submission_title"),
        value("submission_number"),
        value("assembly"),
        value("signatory"),
        tuple(metadata.get("outcome_class", ())),
        tuple(w for w in (written_warning, published_warning) if w),
    )


def first(metadata: Metadata, key: str) -> str | None:
    """The first value of a key that is more than white space, without it at its ends."""
    if key in metadata:
        for value in metadata[key]:
            if stripped := value.strip():
                return stripped
    return None


def printed_index_number(
    metadata: Metadata, folded_passages: Iterable[str]
) -> tuple[str | None, str | None]:
    """The normalized index number, from a label in the text where the metadata has none.

    With it comes a warning where its check digits fail; the number is kept all the same.
    """
    printed = first(metadata, "index_number")
    if printed is None:
        match = next((m for text in folded_passages if (m := _INDEX_LABEL.search(text))), None)
        printed = match["it"] if match else None
    number = normalize_index_number(printed) if printed else None
    return number, check_index_number(number) if number else None


def _date(printed: str | None, key: str) -> tuple[date | None, str | None]:
    if printed is None:
        return None, None
    found = parse_date(printed)
    return found, None if found else f"{key}: {fold(printed)[:40]!r} is no whole date"
