"""Owns the forms of a day besides 2024-05-20: English months, digits alone, a box of pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipelines.fold import fold

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CN_NUMBERS = (*"一二三四五六七八九十", "十一", "十二")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_YEAR = r"(?P<y>(?:19|20)\d\d)"
# May 20, 2024 · Monday, May 20th 2024 · May202024 of pieces without a blank
_MONTH_FIRST = re.compile(
    rf"(?<![A-Za-z]){_MONTH} ?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: ?, ?| ){_YEAR}(?!\d)", re.I
)
# 20 May 2024 · 20-May-2024 · Mon, 20 May 2024
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -]?{_MONTH}(?:, ?|[ -]){_YEAR}(?!\d)", re.I
)
# 5/20/2024 9:12:00 AM, as a server that was set up in English prints it
_AMERICAN = re.compile(
    rf"(?<!\d)(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})/{_YEAR}(?= \d{{1,2}}:\d\d(?::\d\d)? [AP]M\b)"
)
_MONTH_NAME = re.compile(rf"{_MONTH}(?![a-z])", re.I)
# 发布时间:20240520 · 日期: 20240520091200 · date:20240520, digits alone behind a label
_DIGITS = re.compile(
    r"(?P<label>(?:时 ?间|日 ?期|发布|发表于|发布于|date|time) ?: ?)"
    r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?:\d{4}|\d{6})?(?![\d/-])",
    re.I,
)
# 20240520091200, such a value by itself
_LONG_DIGITS = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:\d{4}|\d{6})")

_D, _M = r"(?P<d>\d{1,2})日?", r"(?P<m>\d{1,2})"
_D2, _M2 = r"(?P<d>\d\d)", r"(?P<m>\d\d)"
_AFTER_12 = r"(?P<d>1[3-9]|2\d|3[01])"  # no month: 20|05|2024 can be read in one way only
# What a box with a day says, `|` between its pieces; each form says which number is which.
_BOXES = tuple(
    re.compile(form)
    for form in (
        rf"{_D}\|{_YEAR}[-/.年]\|?{_M}月?",  # 20|2024-05 · 20日|2024年5月
        rf"{_YEAR}[-/.年]\|?{_M}月?\|{_D}",  # 2024.05|20 · 2024年|5月|20日
        rf"{_M}[-/.月]\|?{_D}[,|]+{_YEAR}年?",  # 05-20|2024 · 5月|20|2024, which is May|20|2024
        rf"{_YEAR}年?\|{_M}[-/.月]\|?{_D}",  # 2024|05/20
        rf"{_D}\|{_M}[-/.月][,|]*{_YEAR}年?",  # 20|05/2024 · 20|5月|2024
        rf"{_YEAR}\|{_M2}\|{_D2}",  # 2024|05|20
        rf"{_AFTER_12}\|{_M2}\|{_YEAR}",  # 20|05|2024
        rf"{_M2}\|{_AFTER_12}\|{_YEAR}",
    )
)
HOLDS_DIGIT = re.compile(r"\d")  # quicker by far than to ask each character
_MOST_PIECES = 3  # of one day
_LONGEST_BOX = 24  # characters
_LONGEST_LINE = 60
_MOST_ON_LINE = 16  # pieces
_HOLDS_YEAR = re.compile(r"(?:19|20)\d\d")
_CN_MONTHS = {f"{name}月": number for number, name in enumerate(_CN_NUMBERS, start=1)}
_CN_MONTH = re.compile("十[一二]月|[一二三四五六七八九十]月")
_MARKS = " -/.,|·•丨"
# 2024年05月20日, as systems print a day: an office writes 5月 in its own documents
PADDED = re.compile(r"(?:19|20)\d\d ?年 ?(?:0\d ?月 ?\d\d|\d\d ?月 ?0\d) ?日")
# 2024年5月20日 set in several pieces, as Word does it: the document's own, no box
_IN_WORDS = re.compile(r"\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日?")


def in_numbers(folded: str) -> str:
    """A folded line with the days it prints in other forms as 2024-05-20.

    `Posted on May 20, 2024 by admin` · `发布时间:20240520 来源:某某局`
    """
    if not _HOLDS_YEAR.search(folded):
        return folded
    if _MONTH_NAME.search(folded):
        folded = _MONTH_FIRST.sub(_spelt, _DAY_FIRST.sub(_spelt, folded)).replace("  ", " ")
    if folded.endswith("M") or "M " in folded:
        folded = _AMERICAN.sub(_spelt, folded).replace("  ", " ")
    return _DIGITS.sub(lambda found: found["label"] + _spelt(found), folded)


def plain_day(value: str) -> str:
    """The value of a label with its day as 2024-05-20, where nobody else reads its form."""
    if not value[:1].isascii():
        return value
    if digits := _LONG_DIGITS.fullmatch(value.strip()):
        return _iso(digits["y"], digits["m"], digits["d"]) or value
    other = _MONTH_NAME.search(value) or _AMERICAN.search(value)
    return in_numbers(fold(value)).strip() if other else value


def boxed_day(pieces: Sequence[str]) -> str | None:
    """The day that the pieces of a box say together: `20` over `2024-05` is 2024-05-20.

    None where anything else stands in it, or where it may be read in two ways.
    """
    text = "|".join(pieces)
    if len(text) > _LONGEST_BOX or not _HOLDS_YEAR.search(text) or _IN_WORDS.search(fold(text)):
        return None
    text = _MONTH_NAME.sub(lambda found: f"{_number(found['month'])}月", fold(text))
    text = _CN_MONTH.sub(lambda found: f"{_CN_MONTHS[found.group()]}月", text)
    text = re.sub(r" ?([-/.,]) ?", r"\1", text).replace(" ", "|")
    joined = "|".join(piece for each in text.split("|") if (piece := each.strip(_MARKS)))
    found = next(filter(None, (box.fullmatch(joined) for box in _BOXES)), None)
    return _iso(found["y"], found["m"], found["d"]) if found else None


def with_boxes(pieces: Sequence[str]) -> list[str]:
    """The pieces of a line, or lines one below the other, each run that is a box as its day."""
    texts = [text for each in pieces if (text := each.strip())]
    if len(texts) > _MOST_ON_LINE and sum(map(len, texts)) > _LONGEST_LINE:
        return texts
    found: list[str] = []
    at = 0
    while at < len(texts):
        size, day = box_at(texts, at)
        found.append(day or texts[at])
        at += size
    return found


def line_with_box(text: str, pieces: Sequence[str]) -> str:
    """A short line with the box it holds as a day, parted from what else it says.

    `<b>20</b><i>2024-05</i><em>浏览：12</em>`
    """
    if len(pieces) < 2 or len(text) > _LONGEST_LINE or not _HOLDS_YEAR.search(text):
        return text
    if _IN_WORDS.search(text):
        return text
    bare = [each for each in pieces if each.strip(_MARKS + "\n\t\xa0\u3000")]
    boxed = with_boxes(bare)
    return " ".join(boxed) if len(boxed) < len(bare) else text


def box_at(texts: Sequence[str], at: int) -> tuple[int, str | None]:
    """How many of the lines from `at` on are one box, and its day; (1, None) for none."""
    if len(texts[at]) > _LONGEST_BOX or not _may_be_piece(texts[at]):
        return 1, None
    for size in range(min(_MOST_PIECES, len(texts) - at), 0, -1):
        parts = texts[at : at + size]
        if size == 1:
            parts = parts[0].split()
        if len(parts) > 1 and (day := boxed_day(parts)):
            return size, day
    return 1, None


def _may_be_piece(text: str) -> bool:
    return bool(HOLDS_DIGIT.search(text) or _MONTH_NAME.match(text) or _CN_MONTH.match(text))


def _number(month: str) -> int:
    return _MONTHS.index(month[:3].lower()) + 1


def _spelt(found: re.Match[str]) -> str:
    """A day that was found as 2024-05-20; as it stands where no calendar has it."""
    groups = found.groupdict()
    month = groups.get("m") or str(_number(groups["month"] or ""))
    day = _iso(found["y"], month, found["d"])
    return f" {day} " if day else found.group().removeprefix(groups.get("label") or "")


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
