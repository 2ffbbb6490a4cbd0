"""Owns how an event's recorded observation reads in the report's language."""

from __future__ import annotations

import re

from schedules.words import Language

_DAY = r"(\d{4}-\d{2}-\d{2})"
_CHINESE: tuple[tuple[re.Pattern[str], str], ...] = (
    # last seen on 2026-05-02
    (re.compile(rf"^last seen on {_DAY}$"), r"最后一次见到：\1"),
    # last listed on 2026-05-02
    (re.compile(rf"^last listed on {_DAY}$"), r"最后一次见于列表：\1"),
    # answered again on 2026-05-09
    (re.compile(rf"^answered again on {_DAY}$"), r"\1 再次可以打开"),
    # first gone on 2026-05-03
    (re.compile(rf"^first gone on {_DAY}$"), r"\1 起打不开"),
    # answers on 2026-05-04, but its column no longer shows it
    (
        re.compile(rf"^answers on {_DAY}, but its column no longer shows it$"),
        r"\1 仍可打开，但栏目列表中已不见",
    ),
    (re.compile(r"^found at another address$"), "在另一地址见到"),
    # 404 on 2026-05-03 and 2026-05-04
    (re.compile(rf"^(.+) on {_DAY} and {_DAY}$"), r"\2 和 \3 得到 \1"),
    # soft 404: 页面不存在 on 2026-05-03
    (re.compile(rf"^(.+) on {_DAY}$"), r"\2 得到 \1"),
)


def observation(reason: str, language: Language) -> str:
    """The recorded words (English, clauses between semicolons) in the language asked for.

    A clause of another form stays as it was recorded: an observation is never reworded by guess.
    """
    if language == "en":
        return reason
    return "；".join(_in_chinese(clause) for clause in reason.split("; "))


def _in_chinese(clause: str) -> str:
    for form, chinese in _CHINESE:
        if form.match(clause):
            return form.sub(chinese, clause)
    return clause
