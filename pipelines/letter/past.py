"""Owns what looks back: the words by which a sentence tells of what was done."""

from __future__ import annotations

import re
from datetime import date

PAST_WORDS = "已|截[至止]|去年|前年|近[几两三]?年|以来|曾|目前|了"  # what every look back has
# 已完成 · 截至2024年底 · 去年 · 近年来 · 完成了: looks back; never 已有基础 or 已列入计划
_PAST = re.compile(
    r"已(?!有|列入|纳入|建|出台的|责成|责令|约定|商定|(?:完成|建成)[^,。]{0,6}的"
    r"|(?:督促|敦促|协调|安排|部署|通知)[^,。]{0,20}前|[将把][^,。]{2,40}[列纳]入)|截[至止]|去年|前年|近[几两三]?年来?|以来|曾"
    r"|目前(?=[^,]{0,8}[有为达])"
    r"|了(?<=完成了|建成了|新增了|投入了|改造了|实施了|开展了|印发了|出台了|召开了|制定了|组织了"
    r"|建立了|取得了)"
)
_YEAR = re.compile(r"(20\d\d)(?<!\d20\d\d) ?年")
# 完成了 · 启用了; never 了解 · 为了 · 等路修好了
DONE = re.compile(r"(?<![为除好完到])了(?!解|然|却|结|么)")


def is_past(sentence: str) -> bool:
    """Whether a folded sentence looks back."""
    return bool(_PAST.search(sentence))


def lies_behind(sentence: str, signed: date | None) -> bool:
    """Whether the years a sentence names all lie before the year the letter was signed in."""
    if signed is None or "20" not in sentence:
        return False
    years = _YEAR.findall(sentence)
    return bool(years) and max(map(int, years)) < signed.year
