"""Owns a dossier's before and after: fields, figures, and both texts with what changed marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from pipelines.compare import compare_letters
from pipelines.diff.differ import full_diff
from schedules.dossiers import words as words
from schedules.dossiers.cells import text_cell, value_cell
from schedules.reports.entries import shown_fields
from schedules.reports.page_style import DELETED, INSERTED
from schedules.reports.words import AFTER, BEFORE, COLON, CONTACTS, FIGURES, said
from schedules.terminal import beijing_text, one_line
from schedules.words.absent_text import ALIKE_OF_REST
from schedules.words.fields import field_label
from schedules.words.language import Language
from storage.records import Change, DiffOp, Event, LetterVersion

Pair = tuple[LetterVersion, LetterVersion]


def change_blocks(
    versions: Sequence[LetterVersion],
    events: Sequence[Event],
    *,
    contacts: bool,
    forgotten: bool = False,
    language: Language,
) -> Iterator[str]:
    """Each two versions that followed one another, as markup.

    `forgotten`: something of the letter was forgotten on request, so alike is no more than what
    is left.
    """
    pairs = _pairs(versions, events)
    if not pairs:
        yield f"<p>{escape(said(words.NO_CHANGES, language))}</p>"
    for before, after in pairs:
        yield from _pair(before, after, contacts, forgotten, language)


def _pairs(versions: Sequence[LetterVersion], events: Sequence[Event]) -> list[Pair]:
    """Versions that followed one another at one address, or from a former address to a new one."""
    pairs: list[Pair] = []
    for copy_id in dict.fromkeys(version.copy_id for version in versions):
        pairs += pairwise(v for v in versions if v.copy_id == copy_id)
    for event in events:
        old = [v for v in versions if event.from_url and v.url == event.from_url]
        new = [v for v in versions if v.url == event.url]
        if old and new:
            pairs.append((old[-1], new[0]))
    return sorted(pairs, key=lambda pair: pair[1].number)


def _pair(
    before: LetterVersion, after: LetterVersion, contacts: bool, forgotten: bool, language: Language
) -> Iterator[str]:
    was, now = beijing_text(before.observed_at), beijing_text(after.observed_at)
    head = said(
        words.BETWEEN_VERSIONS,
        language,
        before=before.number,
        after=after.number,
        was=was,
        now=now,
    )
    yield f"<article><h3>{escape(head)}</h3>"
    yield f'<p class="link">{escape(one_line(after.url))}</p>'
    change = compare_letters(before.letter, after.letter)
    if change is None:
        same = ALIKE_OF_REST if forgotten else words.SAME
        yield f"<p>{escape(said(same, language))}</p>"
    else:
        yield from _fields(change, contacts, language)
        yield from _texts(before.letter.text, after.letter.text, language)
    yield "</article>"


def _fields(change: Change, contacts: bool, language: Language) -> Iterator[str]:
    colon = escape(said(COLON, language))
    if change.figures:
        figures = "；".join(
            f"<b>{escape(one_line(item.before))} → {escape(one_line(item.after))}</b>"
            for item in change.figures
        )
        yield f'<p class="figures">{escape(said(FIGURES, language))}{colon}{figures}</p>'
    for field in shown_fields(change.fields, language):
        values = f"{escape(field.before)} → {escape(field.after)}"
        yield f"<p>{escape(field.label)}{colon}{values}</p>"
    for item in change.fields:
        if item.field == "contacts" and contacts:
            label = escape(field_label("contacts", language))
            was, now = value_cell(item.before, language), value_cell(item.after, language)
            yield f"<p>{label}{colon}{was} → {now}</p>"
        elif item.field == "contacts":
            yield f'<p class="note">{escape(said(CONTACTS, language))}</p>'


def _texts(before: str, after: str, language: Language) -> Iterator[str]:
    """Both bodies whole, each with its annex, side by side, with what went and came marked."""
    if before == after:
        return
    diff = full_diff(before, after)
    yield '<div class="sides">'
    for head, left_out in ((BEFORE, "+"), (AFTER, "-")):
        yield f"<div><h4>{escape(said(head, language))}</h4>{_marked(diff, left_out)}</div>"
    yield "</div>"


def _marked(diff: Sequence[DiffOp], left_out: str) -> str:
    marks = {
        "=": "{}",
        "-": f'<del style="{DELETED}">{{}}</del>',
        "+": f'<ins style="{INSERTED}">{{}}</ins>',
    }
    text = "".join(marks[sign].format(text_cell(piece)) for sign, piece in diff if sign != left_out)
    return f'<p class="text">{text}</p>'
