"""Which of the two languages is spoken, and how a message in both is said in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """One message in both languages; `{name}` stands for a value, `{name:file|files}` for a number
    with its noun: `1 file`, `2 files`."""

    zh: str
    en: str


def language(environment: Mapping[str, str] = os.environ) -> Language:
    """The language of messages: FUHAN_LANG, else the locale's (LC_ALL, LC_MESSAGES, LANG).

    The first of these that is set decides, as POSIX has it; only a value beginning with `zh`
    speaks Chinese.
    """
    for name in ("FUHAN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name)
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    return "en"


def say(words: Words, **values: object) -> str:
    """`words` in the present language with its values put in."""
    return said(words, language(), **values)


def said(words: Words, spoken: Language, **values: object) -> str:
    """`words` in one of the languages with its values put in."""
    text = words.zh if spoken == "zh" else words.en
    return text.format(
        **{name: _Number(value) if type(value) is int else value for name, value in values.items()}
    )


class _Number(int):
    """A number that knows, in English, whether it takes the plural."""

    def __format__(self, form: str) -> str:
        one, is_noun, many = form.partition("|")
        if not is_noun:
            return super().__format__(form)
        return f"{int(self)} {one if self == 1 else many}"


COMMA = Words("、", ", ")
COLON = Words("：", ": ")
