"""Owns the passages of a difference that a report shows: a few, short, marked by character."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.diff.differ import CONTEXT, full_diff
from schedules.reports.sentences import changed_sentences
from schedules.reports.words import CUT, said
from schedules.terminal import inert
from schedules.words.language import Language
from storage.records import DiffOp, Event, FieldChange

Excerpt = tuple[DiffOp, ...]
"""One passage: equal, deleted and inserted pieces, inert and on one line."""

MOST_EXCERPTS = 5
_LONGEST_PIECE = 300  # characters of one deletion or insertion
_SIGNS = str.maketrans({"\n": "↵", "\t": "⇥"})


def excerpts(event: Event, language: Language) -> tuple[Excerpt, ...]:
    """The sentences of an event's body and annex that changed; where neither is there, what its
    diff shows.

    The diff breaks where two `=` pieces follow one another.
    """
    changed = [sides for change in event.fields if (sides := text_sides(change))]
    passages = [passage for sides in changed for passage in changed_sentences(full_diff(*sides))]
    if not changed:
        passages = _of_diff(event.diff)
    return tuple(_shown(passage, language) for passage in passages)


def text_sides(change: FieldChange) -> tuple[str, str] | None:
    """Both texts of a body or an annex that changed; None of another field."""
    before, after = change.before, change.after
    if change.field == "body" and isinstance(before, str) and isinstance(after, str):
        return before, after
    if change.field == "annex" and isinstance(before, list) and isinstance(after, list):
        return "\n".join(map(str, before)), "\n".join(map(str, after))
    return None


def before_only(excerpt: Excerpt) -> Excerpt:
    """What the passage read before."""
    return tuple(piece for piece in excerpt if piece[0] != "+")


def after_only(excerpt: Excerpt) -> Excerpt:
    """What the passage reads now."""
    return tuple(piece for piece in excerpt if piece[0] != "-")


def plain_marks(excerpt: Excerpt) -> str:
    """The passage with its changes in `[-…-]` and `{+…+}`, for where there is no colour."""
    marks = {"=": "{}", "-": "[-{}-]", "+": "{{+{}+}}"}
    return "".join(marks[sign].format(text) for sign, text in excerpt)


def _of_diff(diff: Sequence[DiffOp]) -> list[list[DiffOp]]:
    passages: list[list[DiffOp]] = [[]]
    for place, piece in enumerate(diff):
        if place and piece[0] == diff[place - 1][0] == "=":
            passages.append([])
        passages[-1].append(piece)
    changed = [passage for passage in passages if any(sign != "=" for sign, _ in passage)]
    return [_with_dots(passage) for passage in changed]


def _with_dots(passage: Sequence[DiffOp]) -> list[DiffOp]:
    pieces = list(passage)
    if pieces[0][0] == "=" and len(pieces[0][1]) >= CONTEXT:
        pieces[0] = ("=", f"…{pieces[0][1]}")
    if pieces[-1][0] == "=" and len(pieces[-1][1]) >= CONTEXT:
        pieces[-1] = ("=", f"{pieces[-1][1]}…")
    return pieces


def _shown(passage: Sequence[DiffOp], language: Language) -> Excerpt:
    return tuple(
        (sign, one_row(text) if sign == "=" else _piece(text, language)) for sign, text in passage
    )


def _piece(text: str, language: Language) -> str:
    if len(text) <= _LONGEST_PIECE:
        return one_row(text)
    return one_row(text[:_LONGEST_PIECE]) + said(CUT, language, count=len(text))


def one_row(text: str) -> str:
    """Text on one row with its line ends and cells shown as signs, inert (fault 47)."""
    return inert(text.translate(_SIGNS))
