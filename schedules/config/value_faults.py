"""What is wrong with a value in a TOML file and what to write instead, by pydantic's types."""

from __future__ import annotations

import re
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from schedules.config.value_words import CHOICE, FAULTS, LIST, OTHER, TABLE
from schedules.words.hints import nearest
from schedules.words.language import say

_TABLES = frozenset({"model_type", "model_attributes_type", "dict_type", "mapping_type"})
_LISTS = frozenset({"tuple_type", "list_type"})
_CHOICES = frozenset({"literal_error", "enum"})
# 'trs', 'hanweb' or 'generic'
_QUOTED = re.compile(r"'([^']*)'")


def value_fault(fault: ErrorDetails, expected: Any) -> str:
    """One sentence that says what to write; `expected` is the annotation of the faulty key.

    Texts of validators of our own are taken as they are.
    """
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in _TABLES:
        return say(TABLE, example=_table(model_in(expected)))
    if kind in _LISTS:
        model = model_in(expected)
        return say(LIST, example=f"[{_table(model)}]" if model else '["…", "…"]')
    if kind in _CHOICES:
        choices = _QUOTED.findall(context["expected"])
        hint = nearest(str(fault["input"]), choices)
        return say(CHOICE, choices=", ".join(f'"{choice}"' for choice in choices), hint=hint)
    return say(FAULTS.get(kind, OTHER), **context)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model within an annotation: of `tuple[ListEntry, ...]` ListEntry; None where none is."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := model_in(part))), None)


def _table(model: type[BaseModel] | None) -> str:
    """`{ url = …, kind = … }`: the keys there must be, else those there may be."""
    if model is None:
        return '{ "…" = "…" }'
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    return "{ " + ", ".join(f"{name} = …" for name in required or model.model_fields) + " }"
