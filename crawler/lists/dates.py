"""Dates as list pages print them beside a link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

# 2024-10-12 · [2024/5/6] · 2024.10.12 · 2024年10月12日 · 2024-10-12 10:19
_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?"
)
# 2024-10 (with the day in an element of its own: <em>12</em><i>2024-10</i>) · 2024年10月
_MONTH = re.compile(r"^((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*月?$")
_DAY = re.compile(r"^(\d{1,2})\s*日?$")
_AROUND = " \t\r\n[]()（）【】<>〔〕:：|发布日期时间"


def find_date(texts: Sequence[str]) -> date | None:
    """The date among the texts around a link; a text that is only a date goes before others.

    Of several (成文日期, 发布日期) the latest: what is listed was published after it was written.
    """
    bare = [text.strip(_AROUND) for text in texts]
    whole = [
        printed
        for text in bare
        if (found := _DATE.match(text)) and len(text) - found.end() <= 10
        if (printed := _date(*found.groups()))
    ]
    return max(whole, default=None) or _split_date(bare) or _last_date(bare)


def is_date(text: str) -> bool:
    """Whether a text is a date and nothing else."""
    text = text.strip(_AROUND)
    found = _DATE.match(text)
    return bool(found and len(text) - found.end() <= 10) or bool(_MONTH.match(text))


def without_date(text: str) -> str:
    """A link's text without the date at its end."""
    dates = list(_DATE.finditer(text))
    if dates and len(text) - dates[-1].end() <= 10 and dates[-1].start() > 0:
        text = text[: dates[-1].start()]
    return text.strip(" \t\r\n[(（【")


def _split_date(texts: Sequence[str]) -> date | None:
    """A date whose day stands in another element than its month and year."""
    months = [found for text in texts if (found := _MONTH.match(text))]
    days = [found for text in texts if (found := _DAY.match(text))]
    return _date(months[0][1], months[0][2], days[0][1]) if months and days else None


def _last_date(texts: Sequence[str]) -> date | None:
    """A date at the end of a longer text: `关于…的复函 2024-10-12`."""
    for text in reversed(texts):
        found = list(_DATE.finditer(text))
        if found and len(text) - found[-1].end() <= 10:
            return _date(*found[-1].groups())
    return None


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
