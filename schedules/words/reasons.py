"""Recorded reasons and warnings in the language of their readers.

The archive and JSON keep them in English, in a closed set of forms (`reason_forms.py`).
One of no known form stays as it was recorded: an observation is never reworded by guess.
"""

from __future__ import annotations

import re
from functools import cache

from schedules.words.language import Language
from schedules.words.reason_forms import (
    ANSWERS,
    DAYS,
    DELIVERIES,
    EVENTS,
    FIELD_NAMES,
    PORTALS,
    REFUSALS,
    SIGNS,
    TOML,
    TOML_FAULTS,
    TOML_PLACES,
    WARNINGS,
    Forms,
)
from schedules.words.system_faults import SYSTEM_WORDS

_DAY = r"\d{4}-\d{2}-\d{2}"
# 2026-05-03 · 2026-05-03, 2026-05-04 and 2026-05-05 · 7 days from 2026-05-03 to 2026-05-09
_DAYS = rf"\d+ days from {_DAY} to {_DAY}|(?:{_DAY}, )*{_DAY} and {_DAY}|{_DAY}"
_VALUES = {"days": _DAYS, "status": r"\d{3}", "field": "[a-z_]+"}
_VALUES |= dict.fromkeys(("n", "m", "k"), r"\d+")
_VALUES |= dict.fromkeys(("day", "first", "second", "rest", "last"), _DAY)
_VALUES["system"] = "|".join(map(re.escape, SYSTEM_WORDS))
_ANY = r".+"  # of `{text}`, `{url}`, and of what has forms of its own: `{answer}`, `{sign}`
_FORMS_OF = {"answer": ANSWERS, "sign": SIGNS, "days": DAYS, "field": FIELD_NAMES}
_FORMS_OF |= {"system": tuple(SYSTEM_WORDS.items()), "place": TOML_PLACES, "fault": TOML_FAULTS}


def event_reason(reason: str, language: Language) -> str:
    """What was observed of a letter's presence: clauses between semicolons."""
    if language == "en":
        return reason
    return "；".join(_in_chinese(clause, EVENTS) for clause in reason.split("; "))


def portal_reason(reason: str, language: Language) -> str:
    """Why a portal is not ok."""
    return reason if language == "en" else _in_chinese(reason, PORTALS)


def refusal_reason(refusal: str, language: Language) -> str:
    """Why a page gives no letter."""
    return refusal if language == "en" else _in_chinese(refusal, REFUSALS)


def answer_reason(reason: str, language: Language) -> str:
    """Why an answer is no page to read (`Verdict.reason`)."""
    return reason if language == "en" else _in_chinese(reason, SIGNS)


def warning_text(warning: str, language: Language) -> str:
    """What was odd in a page (`ReplyLetter.warnings`)."""
    return warning if language == "en" else _in_chinese(warning, WARNINGS)


def delivery_reason(reason: str, language: Language) -> str:
    """Why a message was not delivered (`NotDelivered`)."""
    return reason if language == "en" else _in_chinese(reason, DELIVERIES)


def toml_fault(fault: str, language: Language) -> str:
    """What is wrong with a TOML file's syntax, and where."""
    return fault if language == "en" else _in_chinese(fault, TOML)


def _in_chinese(text: str, forms: Forms) -> str:
    for english, chinese in forms:
        if found := _pattern(english).fullmatch(text):
            values = {
                name: _in_chinese(value, _FORMS_OF[name]) if name in _FORMS_OF else value
                for name, value in found.groupdict().items()
            }
            return chinese.format(**values)
    return text


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """`last seen on {day}` as a pattern with the group `day`."""
    pieces = re.split(r"\{(\w+)\}", form)  # texts and, at odd places, names
    return re.compile(
        "".join(
            f"(?P<{piece}>{_VALUES.get(piece, _ANY)})" if place % 2 else re.escape(piece)
            for place, piece in enumerate(pieces)
        ),
        re.DOTALL,
    )
