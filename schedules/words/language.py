"""Which of the two languages is spoken, and how a message in both is said in it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Words(NamedTuple):
    """One message in both languages; `{name}` stands for a value."""

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
    text = words.zh if language() == "zh" else words.en
    return text.format(**values)


COMMA = Words("、", ", ")
COLON = Words("：", ": ")
