"""Owns the passages of a difference that a report shows: a few, short, marked by character."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.diff.differ import CONTEXT
from schedules.reports.words import CUT, said
from schedules.terminal import inert
from schedules.words import Language
from storage.records import DiffOp

Excerpt = tuple[DiffOp, ...]
"""One passage: equal, deleted and inserted pieces, inert and on one line."""

MOST_EXCERPTS = 5
_LONGEST_PIECE = 300  # characters of one deletion or insertion
_SIGNS = str.maketrans({"\n": "↵", "\t": "⇥"})


def excerpts(diff: Sequence[DiffOp], language: Language) -> tuple[Excerpt, ...]:
    """The passages of an event's diff: it breaks where two `=` pieces follow one another."""
    passages: list[list[DiffOp]] = [[]]
    for place, piece in enumerate(diff):
        if place and piece[0] == diff[place - 1][0] == "=":
            passages.append([])
        passages[-1].append(piece)
    return tuple(_shown(passage, language) for passage in passages if _is_change(passage))


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


def _is_change(passage: Sequence[DiffOp]) -> bool:
    return any(sign != "=" for sign, _ in passage)


def _shown(passage: Sequence[DiffOp], language: Language) -> Excerpt:
    pieces: list[DiffOp] = []
    for place, (sign, text) in enumerate(passage):
        shown = _piece(text, language) if sign != "=" else one_row(text)
        if sign == "=" and len(text) >= CONTEXT and place == 0:
            shown = f"…{shown}"
        if sign == "=" and len(text) >= CONTEXT and place == len(passage) - 1:
            shown = f"{shown}…"
        pieces.append((sign, shown))
    return tuple(pieces)


def _piece(text: str, language: Language) -> str:
    if len(text) <= _LONGEST_PIECE:
        return one_row(text)
    return one_row(text[:_LONGEST_PIECE]) + said(CUT, language, count=len(text))


def one_row(text: str) -> str:
    """Text on one row with its line ends and cells shown as signs, inert (fault 47)."""
    return inert(text.translate(_SIGNS))
