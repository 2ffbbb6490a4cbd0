"""Owns what looks back: the words by which a sentence tells of what was done."""

from __future__ import annotations

import re
from datetime import date

PAST_WORDS = "已|截[至止]|去年|前年|近[几两三]?年|以来|曾|目前|了"  # what every look back has
# 已完成 · 截至2024年底 · 去年 · 近年来 · 完成了: looks back; never 已有基础, 已列入计划, nor
# 对已出让的4宗地, which is what something is done to
_PAST = re.compile(
    r"已(?!经?决定|(?<=[对将把]已)[^,。]{2,10}的|有(?:的|[^,。]{0,6}基础)|列入|纳入|建|出台的|责成|责令|约定|商定|(?:完成|建成)[^,。]{0,6}的"
    r"|(?:督促|敦促|协调|安排|部署|通知)[^,。]{0,20}前|[将把][^,。]{2,40}[列纳]入)|截[至止]|去年|前年|近[几两三]?年来?|以来|曾"
    r"|目前(?=[^,]{0,8}[有为达])"
    r"|了(?<=完成了|建成了|新增了|投入了|改造了|实施了|开展了|印发了|出台了|召开了|制定了|组织了"
    r"|建立了|取得了)"
)
# 2023年,|共整治36处 · 今年3月,|制定了方案 · 今年1—5月,|受理47件 · 前期,|计划调整线路: when a
# sentence begins
_BEGINS = re.compile(
    r"(?:(?:(?P<y>20\d\d) ?|今)?年?(?:(?:\d{1,2} ?月?(?:至|到|[-—–~]{1,2}) ?)?"
    r"(?P<m>\d{1,2}) ?月(?:份|[底末初]|[上中下]旬|\d{1,2} ?日)?"
    r"|初|第?(?P<q>一)季度|(?P<half>上半年))(?:以来)?|(?P<over>20\d\d) ?年[^,。\d]{0,6}"
    r"|前期|此前|早前|起初|原先|当初),"
)
_NEAR = 5  # months within which one without a year is still to come
_MAY_BEGIN = frozenset("0123456789今年初上前此早起原当")
_YEAR = re.compile(r"(20\d\d)(?<!\d20\d\d) ?年")
# 完成了 · 启用了; never 了解 · 为了 · 等路修好了
DONE = re.compile(r"(?<![为除好完到])了(?!解|然|却|结|么)")


def is_past(sentence: str) -> bool:
    """Whether a folded sentence looks back."""
    return bool(_PAST.search(sentence))


def begins_behind(sentence: str, signed: date | None) -> bool:
    """Whether a folded sentence begins with a time that was over when the letter was signed."""
    if signed is None or sentence[:1] not in _MAY_BEGIN:
        return False
    found = _BEGINS.match(sentence)
    if found is None:
        return False
    year, month = found["y"] or found["over"], found["m"]
    if (year and int(year) != signed.year) or found["over"]:
        return int(year) < signed.year
    last = int(month) if month else 3 if found["q"] else 5 if found["half"] else 0
    if month and not year and sentence[0] != "今" and (last - signed.month) % 12 <= _NEAR:
        return False  # 1月,|启动招标, in a letter of November
    return last < signed.month


def lies_behind(sentence: str, signed: date | None) -> bool:
    """Whether the years a sentence names all lie before the year the letter was signed in."""
    if signed is None or "20" not in sentence:
        return False
    years = _YEAR.findall(sentence)
    return bool(years) and max(map(int, years)) < signed.year
