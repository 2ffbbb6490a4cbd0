"""Owns what is found between two visits: planted edits missed, misjudged, and false changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.page_pairs import FORMS, Edit, PagePair
from pipelines.compare import compare_letters
from pipelines.read import read_page
from storage.records import Change, DiffOp

MOST_BYTES = 200
"""Of the difference that one character among hundreds makes, as JSON with escapes."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What fuhan makes of one pair; `fault` says what is wrong with it, None if nothing is."""

    pair: PagePair
    change: Change | None
    fault: str | None

    @property
    def size(self) -> int:
        """Bytes of the difference as JSON."""
        return diff_bytes(self.change.diff) if self.change else 0


@dataclass(frozen=True, slots=True)
class FormResult:
    """All pairs of one form of edit."""

    form: str
    pairs: int
    right: int
    told: int  # a change of any weight but typography
    most_bytes: int


def compare_pair(pair: PagePair) -> Finding:
    """Reads both pages as pages of a known portal and compares the letters."""
    before, after = (
        read_page(body, pair.url, pair.portal, pair.media_type).letter
        for body in (pair.before, pair.after)
    )
    change = compare_letters(before, after)
    return Finding(pair, change, _fault(pair.edit, change))


def by_form(findings: Sequence[Finding]) -> list[FormResult]:
    """A result for each form of edit that occurs, in the order of the forms."""
    groups = ((form, [each for each in findings if each.pair.form == form]) for form in FORMS)
    return [
        FormResult(
            form=form,
            pairs=len(group),
            right=sum(each.fault is None for each in group),
            told=sum(each.change is not None for each in group),
            most_bytes=max(each.size for each in group),
        )
        for form, group in groups
        if group
    ]


def diff_bytes(diff: Iterable[DiffOp]) -> int:
    """How many bytes a difference takes as JSON, every Chinese character as an escape."""
    return len(json.dumps([list(op) for op in diff], separators=(",", ":")))


def _fault(edit: Edit, change: Change | None) -> str | None:
    if edit.significance is None:
        return None if change is None else f"told {_named(change)} where nothing was edited"
    if change is None:
        return "missed"
    return next(_faults(edit, change), None)


def _faults(edit: Edit, change: Change) -> Iterator[str]:
    if change.significance is not edit.significance:
        yield f"{change.significance} in place of {edit.significance}: {_named(change)}"
    if edit.field not in {field.field for field in change.fields}:
        yield f"no {edit.field} among {_named(change)}"
    for sign, wanted in (("-", edit.gone), ("+", edit.come)):
        marked = "".join(text for op, text in change.diff if op == sign).strip("\n")
        if wanted is not None and marked != wanted:
            yield f"marks {sign}{marked!r} in place of {wanted!r}"
    if edit.figure and edit.figure not in {(each.before, each.after) for each in change.figures}:
        told = ", ".join(f"{each.before} → {each.after}" for each in change.figures)
        yield f"names {told or 'no figure'} in place of {' → '.join(edit.figure)}"
    if edit.short and diff_bytes(change.diff) > MOST_BYTES:
        yield f"{diff_bytes(change.diff)} bytes of difference"


def _named(change: Change) -> str:
    return ", ".join(field.field for field in change.fields)
