"""How two versions of a letter differ, on the terminal: by character, in colour or with marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from pipelines.compare import compare_letters
from pipelines.diff.differ import full_diff
from schedules.reports.canvas import excerpt_text, printed
from schedules.reports.entries import shown_fields
from schedules.reports.excerpts import one_row, text_sides
from schedules.reports.words import (
    ANNEX,
    BODY,
    COLON,
    CONTACTS,
    FIGURES,
    NO_DIFFERENCE,
    PARAGRAPHS_LEFT_OUT,
    VERSION,
    said,
)
from schedules.terminal import beijing_text, one_line
from schedules.words.absent_text import ALIKE_OF_REST, TEXT_FORGOTTEN
from schedules.words.held import HELD_VERSION
from schedules.words.language import Language, Words
from storage.forget.rules import FORGOTTEN
from storage.records import (
    Change,
    DiffOp,
    Event,
    LetterVersion,
    ReplyLetter,
    Significance,
)

_TEXTS = {"body": BODY, "annex": ANNEX}
_AROUND = 1  # unchanged paragraphs shown on each side of a changed one
_LONGEST_CONTEXT = 80  # characters of an unchanged paragraph


def render_diff(
    before: LetterVersion,
    after: LetterVersion,
    *,
    forgotten: bool = False,
    language: Language = "zh",
    colour: bool = False,
) -> str:
    """Both versions named, the fields that differ, then the paragraphs of body and annex that do.

    `forgotten`: something of the letter was forgotten on request, so alike is no more than what
    is left. With `colour` deletions are red and struck, insertions green; without, they stand in
    `[-…-]` and `{+…+}`. Ends in a newline; inert on a terminal (fault 47).
    """
    change = compare_letters(before.letter, after.letter)
    lines = [_version_line("−", before, language), _version_line("+", after, language)]
    if change is None:
        lines.append(Text(said(_alike(before.letter, after.letter, forgotten), language)))
        return printed(lines, colour=colour)
    lines += _change_lines(change, language, colour)
    return printed(lines, colour=colour)


def _alike(before: ReplyLetter, after: ReplyLetter, forgotten: bool) -> Words:
    """That they do not differ; of what was forgotten nobody can say so any more."""
    if FORGOTTEN in (before.refusal, after.refusal):
        return TEXT_FORGOTTEN
    return ALIKE_OF_REST if forgotten else NO_DIFFERENCE


def render_held_diff(event: Event, *, language: Language = "zh", colour: bool = False) -> str:
    """The same of a change that is held back, against the version that was told last."""
    time, url = beijing_text(event.observed_at), one_line(event.url)
    lines = [Text(f"+ {said(HELD_VERSION, language, time=time, url=url)}", style="bold")]
    significance = event.significance or Significance.SUBSTANCE
    change = Change(significance, event.fields, event.figures, event.diff)
    lines += _change_lines(change, language, colour)
    return printed(lines, colour=colour)


def _version_line(sign: str, version: LetterVersion, language: Language) -> Text:
    line = said(
        VERSION,
        language,
        number=version.number,
        time=beijing_text(version.observed_at),
        url=one_line(version.url),
    )
    return Text(f"{sign} {line}", style="bold")


def _change_lines(change: Change, language: Language, colour: bool) -> Iterator[Text]:
    """The fields that differ, then the paragraphs of body and annex that do."""
    yield from _field_lines(change, language)
    for field in change.fields:
        if sides := text_sides(field):
            head = said(_TEXTS[field.field], language)
            yield Text(f"{head}{said(COLON, language)}".rstrip(), style="bold")
            yield from _text_lines(full_diff(*sides), language, colour)


def _field_lines(change: Change, language: Language) -> list[Text]:
    colon = said(COLON, language)
    lines = [
        Text(f"{field.label}{colon}{field.before} → {field.after}")
        for field in shown_fields(change.fields, language)
    ]
    if any(field.field == "contacts" for field in change.fields):
        lines.append(Text(said(CONTACTS, language)))
    if change.figures:
        figures = "；".join(
            f"{one_line(figure.before)} → {one_line(figure.after)}" for figure in change.figures
        )
        lines.append(Text.assemble(said(FIGURES, language), colon, (figures, "bold")))
    return lines


def _text_lines(diff: Sequence[DiffOp], language: Language, colour: bool) -> Iterator[Text]:
    """Changed paragraphs with a little around them; what lies between is counted."""
    paragraphs = list(_paragraphs(diff))
    changed = [any(sign != "=" for sign, _ in paragraph) for paragraph in paragraphs]
    shown = [any(changed[max(0, n - _AROUND) : n + _AROUND + 1]) for n in range(len(changed))]
    left_out = 0
    for paragraph, is_shown, is_changed in zip(paragraphs, shown, changed, strict=True):
        if not is_shown:
            left_out += 1
            continue
        yield from _left_out_line(left_out, language)
        left_out = 0
        yield _paragraph_line(paragraph, is_changed, colour)
    yield from _left_out_line(left_out, language)


def _left_out_line(count: int, language: Language) -> Iterator[Text]:
    if count:
        yield Text(f"  {said(PARAGRAPHS_LEFT_OUT, language, count=count)}", style="dim")


def _paragraph_line(paragraph: Sequence[DiffOp], is_changed: bool, colour: bool) -> Text:
    if is_changed:
        shown = tuple((sign, one_row(text)) for sign, text in paragraph)
        return Text("│ ").append_text(excerpt_text(shown, colour))
    text = "".join(one_row(text) for _, text in paragraph)
    cut = text if len(text) <= _LONGEST_CONTEXT else text[: _LONGEST_CONTEXT - 1] + "…"
    return Text(f"  {cut}", style="dim")


def _paragraphs(diff: Sequence[DiffOp]) -> Iterator[list[DiffOp]]:
    """The diff cut after every newline; one that came or went is shown, an equal one is not."""
    paragraph: list[DiffOp] = []
    for sign, text in diff:
        *whole, rest = text.split("\n")
        for line in whole:
            ending = line if sign == "=" else line + "\n"
            paragraph += [(sign, ending)] if ending else []
            yield paragraph
            paragraph = []
        paragraph += [(sign, rest)] if rest else []
    if paragraph:
        yield paragraph
