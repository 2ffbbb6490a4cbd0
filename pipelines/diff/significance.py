"""Owns how much a change weighs: substance, metadata or typography (see `docs/changes.md`)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.fold import fold_key
from storage.addresses import address_key
from storage.records import Attachment, FieldChange, ReplyLetter, Significance

METADATA = frozenset(
    {
        "index_number",
        "document_number",
        "subject_category",
        "genre_category",
        "issuing_agency",
        "date_written",
        "date_published",
        "contacts",
    }
)
"""What a page prints around a letter, and whom to call about it; all else is the letter's text."""

# Read from title and body: where those two differ in typography only, a reader may find in the
# one form what it missed in the other, and that says nothing about the letter.
_DERIVED = frozenset(
    {
        "submission_kind",
        "submission_title",
        "submission_number",
        "assembly",
        "addressees",
        "co_handling_agencies",
        "signatory",
        "date_signed",
        "cited_documents",
        "commitments",
        "lead_agency",
        "issuing_agency",
        "document_number",
        "outcome_class",
    }
)


# What takes no room in print: 第\u200b0328号, a byte order mark, a soft hyphen, direction marks
_INVISIBLE = re.compile(r"[\u00ad\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064]+")


def significance_of(
    before: ReplyLetter, after: ReplyLetter, changes: Sequence[FieldChange]
) -> Significance:
    """The weightiest of the changed fields decides."""
    reset = _is_reset(before, after)
    weights = {_weight(change.field, before, after, reset) for change in changes}
    return min(weights, key=list(Significance).index)


def _weight(field: str, before: ReplyLetter, after: ReplyLetter, reset: bool) -> Significance:
    old, new = _value(before, field), _value(after, field)
    if _key(old) == _key(new) or (reset and field in _DERIVED and _came_or_went(old, new)):
        return Significance.TYPOGRAPHY
    return Significance.METADATA if field in METADATA else Significance.SUBSTANCE


def _value(letter: ReplyLetter, field: str) -> object:
    """A field's value; an annex's lines as one text, in which they may be parted otherwise."""
    return "".join(letter.annex) if field == "annex" else getattr(letter, field)


def _is_reset(before: ReplyLetter, after: ReplyLetter) -> bool:
    """Whether title and body say the same in another typography."""
    return (before.title, before.body) != (after.title, after.body) and all(
        _key(old) == _key(new)
        for old, new in ((before.title, after.title), (before.body, after.body))
    )


def _came_or_went(old: object, new: object) -> bool:
    """Whether one value is only more complete than the other: found now, or missed now."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        less, more = sorted(({_key(item) for item in side} for side in (old, new)), key=len)
        return less <= more
    return old is None or new is None


def _key(value: object) -> str:
    """What stays equal under typography: the value under NFKC without white space."""
    if isinstance(value, tuple):
        return "\n".join(map(_key, value))
    if isinstance(value, Attachment):
        return f"{_key(value.name)}\t{address_key(value.url)}"
    return _INVISIBLE.sub("", fold_key("" if value is None else str(value)))
