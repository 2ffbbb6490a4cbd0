"""Owns what follows a letter's date: contacts, copies, receipts and notes, and its annex."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from pipelines.fold import fold_key
from pipelines.letter.behind_date import ANNEXED, Kind, Row, is_empty_list, sorted_rows
from pipelines.letter.contacts import is_after_signature
from pipelines.letter.division import Division
from pipelines.letter.passages import Article
from storage.records import Attachment

_MOST_CONTACTS = 60
_BLANKS = re.compile(r" +")


class Tail(NamedTuple):
    """What a letter's page prints behind its date, as published."""

    contacts: tuple[str, ...] = ()
    annex: tuple[str, ...] = ()  # its lines, tabs between a row's cells
    warning: str | None = None  # of paragraphs that are neither


def sort_tail(article: Article, division: Division, attachments: Sequence[Attachment]) -> Tail:
    """Contact lines, copies, receipts and notes behind the date, contacts before it; the annex.

    Names of attached files are no contacts, nor is furniture that clings to the letter's end.
    Of another letter's paragraphs, and of what no heading says is annexed, only a warning is left.
    """
    found = [article.cut(p.start, p.end) for p in division.set_apart]
    found += _behind_on_its_line(article, division.end)
    kept: list[Row] = []
    annexed: list[tuple[Row, Kind]] = []
    others = 0
    names = [fold_key(file.name) for file in attachments]
    for row, kind in sorted_rows(division.tail, names):
        if kind in ANNEXED or kind is Kind.CORRECTION:
            annexed.append((row, kind))
        elif kind is Kind.OTHER or len(found) + len(kept) >= _MOST_CONTACTS:
            others += 1
        else:
            kept.append(row)
    found += [article.cut(row.start, row.end) for row in _without_empty_list(kept)]
    annex = tuple(_lines(article, _without_lone_headings(annexed)))
    warning = f"body: {others} paragraphs behind the date are no part of the letter"
    return Tail(tuple(found), annex, warning if others else None)


def _without_lone_headings(annexed: Sequence[tuple[Row, Kind]]) -> list[Row]:
    """The rows; where no text stands below the headings, these are names of files alone."""
    speaks = any(kind is Kind.ANNEX for _, kind in annexed)
    return [row for row, kind in annexed if speaks or kind is Kind.CORRECTION]


def _lines(article: Article, rows: Sequence[Row]) -> Iterator[str]:
    """The rows in the lines that the page prints; those only a wide gap set apart are one."""
    spans: list[tuple[int, int]] = []
    for row in rows:
        between = article.text[spans[-1][1] : row.start] if spans else ""
        if between and "\n" not in between and not between.strip():
            spans[-1] = spans[-1][0], row.end
        else:
            spans.append((row.start, row.end))
    for start, end in spans:
        yield from article.printed(start, end).strip().split("\n")


def _without_empty_list(kept: Sequence[Row]) -> list[Row]:
    """The rows without an `附件:` that no names follow."""
    return [
        row
        for row, following in zip_longest(kept, kept[1:])
        if not is_empty_list(row.text) or (following and not is_after_signature(following.text))
    ]


def _behind_on_its_line(article: Article, end: int) -> list[str]:
    """What follows the date within its own passage, a piece for each label."""
    at = article.index_from(end) - 1
    if at < 0 or end >= article.passages[at].end:
        return []
    passage = article.passages[at]
    starts = [end, *(m.end() for m in _BLANKS.finditer(article.folded, end, passage.end))]
    labels = [at for at in starts if is_after_signature(article.folded[at : passage.end])]
    cuts = [end, *(at for at in labels if at > end), passage.end]
    pieces = (article.cut(left, right) for left, right in pairwise(cuts))
    return [piece for piece in pieces if piece.strip("。 ")]
