"""A reply letter as lines of text for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schedules.words.absent_text import absent_text
from schedules.words.fields import FIELDS, VALUES, field_label
from schedules.words.language import COLON, COMMA, language, say
from schedules.words.messages import REFUSED, UNTITLED
from schedules.words.reasons import refusal_reason, warning_text
from storage.json_forms import letter_fields
from storage.records import ReplyLetter


def letter_lines(letter: ReplyLetter, *, contacts: bool = False) -> Iterator[str]:
    """The letter for people: title, one line a field that is there, then body and annex.

    Contacts, which are personal data, only where asked for.
    """
    yield letter.title or say(UNTITLED)
    if letter.refusal:
        yield refusal_text(letter.refusal, is_letter=letter.is_letter)
    yield ""
    told = tuple(warning_text(warning, language()) for warning in letter.warnings)
    shown = letter_fields(replace(letter, warnings=told), contacts=contacts)
    for key, value in shown.items():
        if key in FIELDS and value:
            yield from _field_lines(say(FIELDS[key]), value)
    if letter.body:
        yield ""
        yield letter.body
    if letter.annex:
        yield ""
        yield f"{field_label('annex', language())}{say(COLON)}".rstrip()
        yield from letter.annex


def refusal_text(refusal: str, *, is_letter: bool) -> str:
    """Why a page gives no letter, or where the text of one is that the page does not hold."""
    if is_letter:
        return say(absent_text(refusal))
    return say(REFUSED, reason=refusal_reason(refusal, language()))


def _field_lines(label: str, value: object) -> Iterator[str]:
    if not isinstance(value, list):
        text = str(value)
        yield f"{label}{say(COLON)}{say(VALUES[text]) if text in VALUES else text}"
        return
    texts = [f"{item['name']} {item['url']}" if isinstance(item, dict) else item for item in value]
    if sum(map(len, texts)) <= 60:
        yield f"{label}{say(COLON)}{say(COMMA).join(texts)}"
        return
    yield f"{label}{say(COLON)}".rstrip()
    yield from (f"  · {text}" for text in texts)
