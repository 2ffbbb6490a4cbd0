"""Owns the printed shapes of dates; a date that is damaged is no date, and never repaired."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from pipelines.fold import fold

_CN_DIGIT = {"〇": 0, "○": 0, "◯": 0, "零": 0, "O": 0, "o": 0, "О": 0, "0": 0} | {
    char: value for value, char in enumerate("一二三四五六七八九", start=1)
}
# 贰零贰肆年, the numerals of cheques
_CHEQUE = str.maketrans("壹贰貳叁肆伍陆柒捌玖拾", "一二二三四五六七八九十")
_CN_YEAR = r"[一二壹贰貳][ ]?(?:[一二三四五六七八九〇○◯零OoО0壹贰貳叁肆伍陆柒捌玖][ ]?){3}"
_CN_PART = (
    r"[零一二三四五六七八九十廿卅元正壹贰貳叁肆伍陆柒捌玖拾][ ]?"
    r"(?:[一二三四五六七八九十壹贰貳叁肆伍陆柒捌玖拾][ ]?){0,2}"
)
_PART = rf"(?:\d ?\d?|{_CN_PART})"

# 2023年4月16日 · 2023 年 4 月 6 日 · 二○二三年四月十六日 · 二〇二四年10月12日
_WORDS = (
    rf"(?P<y>[12] ?[09] ?\d ?\d|{_CN_YEAR}) {{0,6}}年 {{0,6}}(?P<m>{_PART}) {{0,6}}月"
    rf" {{0,6}}(?P<d>{_PART}) {{0,6}}[日号]"
)
# 2024-10-12 · 2024/10/12 · 2024.10.12 · 2024—10—12
_MARKS = (
    r"(?P<y2>[12][09]\d{2}) ?(?P<mark>[-./‐‑–—―−]) ?(?P<m2>\d{1,2})"
    r" ?(?P=mark) ?(?P<d2>\d{1,2})(?!\d)"
)

PRINTED_DATE = rf"(?:{_WORDS}|{_MARKS})"

_DATE = re.compile(PRINTED_DATE)
# 2024年5月16日 · (2024年5月16日) · 日期:2024年5月16日 · 2024年5月16日(印章)
DATE_ALONE = re.compile(
    rf"[(\s]{{0,3}}(?:(?:落款|发文|答复|回复|成文|办结)?(?:日期|时间)[::] ?)?"
    rf"{PRINTED_DATE}[)\s]{{0,3}}(?:\([^()]{{0,20}}\))?[。 ]{{0,2}}"
)
# 2024-|5-16 · 2024 —|5—16, what every numeric date has; a date in words has 月, and 日 or 号
_YEAR_IN_MARKS = re.compile(r"[12][09]\d\d ?[-./‐‑–—―−]")
# 20241012, as some systems print 成文日期
_COMPACT = re.compile(r"(?P<y>[12][09]\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)")

# What is left of a date: 2022525 · 20220525 · 2022年5月 · 2023年 月 日 · 202年5月25日
# · 二〇二三年四月 · 2023年6月l0日
_REMAINS = re.compile(
    r"(?:19|20)[\d ./-]{2,7}"
    r"|(?:[\d〇○零Oo一二三四五六七八九] ?){1,5}[年月]"
    r"(?:[\d〇○零一二三四五六七八九十年月日号.,/ ?*_xX×|lIoO-]){0,20}"
)
# The last character of what is left of a date, or of a date in brackets.
REMAINS_ENDS = frozenset("0123456789〇○零Oo一二三四五六七八九十年月日号.,/ ?*_xX×|lI-()")
# 年  月  日, a form nobody filled in
_EMPTY_FORM = re.compile(r"(?:20 ?\d?\d?)? {0,12}年 {0,12}\d{0,2} {0,12}月 {0,12}\d{0,2} {0,12}日")


def date_of(match: re.Match[str]) -> date | None:
    """The date a match of `PRINTED_DATE` names; None where the calendar has no such day."""
    year, month, day, *in_marks = match.group("y", "m", "d", "y2", "m2", "d2")
    return _build(year, month, day) if year else _build(*in_marks)


def parse_date(text: str) -> date | None:
    """The date a label's value begins with, in any printed shape; a time after it is ignored."""
    return _parsed(text) if len(text) <= _LONGEST_VALUE else _parse(text)


def _parse(text: str) -> date | None:
    folded = fold(text).strip(" []()〔〕【】")
    match = _DATE.match(folded)
    if match:
        return date_of(match)
    compact = _COMPACT.match(folded)
    return _build(compact["y"], compact["m"], compact["d"]) if compact else None


# The same day stands beside several labels of a page, and beside those of the next.
_LONGEST_VALUE = 40
_parsed = lru_cache(maxsize=1024)(_parse)


def may_be_dated(folded: str) -> bool:
    """Whether a text holds what every `PRINTED_DATE` has: quicker to look for than a date."""
    if "月" in folded and ("日" in folded or "号" in folded):
        return True
    may = "0" in folded or "9" in folded
    return may and _YEAR_IN_MARKS.search(folded) is not None


def which_may_be_dated(texts: Sequence[str], folded: str) -> list[bool]:
    """Of each text whether it `may_be_dated`; `folded` is the text they all stand in."""
    if _YEAR_IN_MARKS.search(folded):
        return list(map(may_be_dated, texts))
    return ["月" in text and ("日" in text or "号" in text) for text in texts]


def may_be_damaged(folded: str) -> bool:
    """Whether a text holds anything of a date at all."""
    return "年" in folded or "月" in folded or "1" in folded or "2" in folded


def is_damaged_date(folded: str) -> bool:
    """Whether a whole passage is what is left of a date, or a date the calendar does not have."""
    text = folded.strip(" ()")
    if len(text) > 40 or not (text[:1] in ("1", "2") or "年" in text or "月" in text):
        return False
    whole = _DATE.fullmatch(text)
    if whole:
        return date_of(whole) is None
    return bool(_REMAINS.fullmatch(text) or _EMPTY_FORM.fullmatch(text))


@lru_cache(maxsize=1024)
def _build(year: str, month: str, day: str) -> date | None:
    try:
        built = date(_year(year), _number(month), _number(day))
    except ValueError:
        return None
    return built if 1949 <= built.year <= 2099 else None


def _year(text: str) -> int:
    if text.isdecimal():
        return int(text)
    plain = text.translate(_CHEQUE)
    return int("".join(str(_CN_DIGIT.get(char, char)) for char in plain if char != " "))


def _number(text: str) -> int:
    """`16`, `十六`, `二十一`, `廿一`, `元` (of 元月) as a number."""
    if text.isdecimal():
        return int(text)
    text = text.replace(" ", "").translate(_CHEQUE).lstrip("零")
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    if text in {"元", "正"}:
        return 1
    if "十" not in text:
        return int("".join(str(_CN_DIGIT[char]) for char in text if char in _CN_DIGIT) or 0)
    tens, _, units = text.partition("十")
    return _CN_DIGIT.get(tens, 1 if not tens else 9) * 10 + (_CN_DIGIT.get(units, 0))
