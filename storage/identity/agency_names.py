"""What offices are called: names from portals' files, short forms, signatures under letters."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from weakref import WeakKeyDictionary

from storage.database import Database

_LONGEST_NAME = 40

# 2025年5月16日 · 二〇二五年五月十六日 · 2025 年 5 月 16 日, at the end of a letter's last line
_DAY = re.compile(
    r"[\d〇○零一二三四五六七八九十]{2,}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日?$"
)
# 澜江市科学技术局 · 某县人民政府办公室(盖章) · 区教育委员会, and not 特此函复
_OFFICE = re.compile(
    r"(?:局|委|委员会|办公室|办|厅|部|院|政府|中心|会|处|队|社|站|所|公司|集团|银行|学校|大学|法院|馆)"
    r"(?:\([^()]{1,6}\))?$"
)
_STAMPED = re.compile(r"\([^()]{1,6}\)$")


# Chinese, ASCII and the marks between them (，。“”—…《》〔〕①℃㎡Ａ１): each is normalised by itself
_EACH_BY_ITSELF = re.compile(
    r"[\x00-\x7f·\u2010-\u2016\u2018-\u2027\u2030-\u203d\u2040-\u205f\u2100-\u218b\u2460-\u24ff\u25a0-\u25ff"
    r"\u3000-\u3029\u3030-\u303f\u3200-\u321e\u3220-\u33ff\u3400-\u4dbf\u4e00-\u9fef"
    r"\uff01-\uff5e\uffe0-\uffe2\uffe4-\uffe6]*"
)
_NOT_CHINESE = re.compile(r"[^\x00-\x7f\u4e00-\u9fef]+")
# nearly all that is altered of an ordinary letter; 。、《》“” stay as they are
_WIDE = [(mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；？！（）％…\u3000"]


def fold_text(text: str | None) -> str | None:
    """Text as it is compared: NFKC, no white space; None where nothing is left."""
    if not text:
        return None
    return "".join(_normalized(text).split()) or None


def _normalized(text: str) -> str:
    """NFKC, of a letter's text in a tenth of the time: its marks are few, and what stands for one
    of them by itself may be put in its place at once."""
    if len(text) > _LONGEST_NAME:
        for wide, plain in _WIDE:
            text = text.replace(wide, plain)
        if unicodedata.is_normalized("NFKC", text):
            return text
        if _EACH_BY_ITSELF.fullmatch(text):
            return _NOT_CHINESE.sub(lambda marks: _normalized_marks(marks[0]), text)
    return unicodedata.normalize("NFKC", text)


@lru_cache(maxsize=4096)
def _normalized_marks(marks: str) -> str:
    return unicodedata.normalize("NFKC", marks)


class AgencyNames:
    """Every name that portals' files give their agencies.

    Takes (portal, agency, other names of it). A name that two agencies share, as every city's
    市科技局 is, says nothing on a portal that is neither's.
    """

    def __init__(self, portals: Iterable[tuple[str, str, Iterable[str]]] = ()) -> None:
        self._everywhere: dict[str, set[str]] = defaultdict(set)
        self._at_home: dict[tuple[str, str], str] = {}
        for portal, agency, aliases in portals:
            for name in filter(None, map(fold_text, (agency, *aliases))):
                self._everywhere[name].add(agency)
                self._at_home[portal, name] = agency

    def agency_of(self, printed: str | None, portal: str) -> str | None:
        """The agency a folded name stands for on a portal; None where that is not known."""
        if printed is None:
            return None
        agencies = self._everywhere.get(printed, ())
        alone = next(iter(agencies)) if len(agencies) == 1 else None
        return self._at_home.get((portal, printed), alone)


# Read again only when a run has begun since, which is when portals come in or are renamed: a page
# costs the same however many portals there are.
_known: WeakKeyDictionary[Database, tuple[int | None, AgencyNames]] = WeakKeyDictionary()


def known_names(database: Database) -> AgencyNames:
    """The names in the files of all portals that were ever crawled; a read-only operation."""
    last_run = database.value("SELECT max(id) FROM runs")
    known = _known.get(database)
    if known is None or known[0] != last_run:
        rows = database.rows("SELECT name, agency, aliases FROM portals")
        names = AgencyNames(
            (row["name"], row["agency"], json.loads(row["aliases"] or "[]")) for row in rows
        )
        known = _known[database] = (last_run, names)
    return known[1]


def may_be_one(one: str, other: str) -> bool:
    """Whether a folded name may be short for the other: 市科技局 for 重庆市科学技术局."""
    short, long = sorted((one, other), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def cut_sign_off(body: str) -> tuple[str, str | None]:
    """A letter's text without the office and the date under it, and the office's folded name.

    Of several offices that signed it is the last one's.
    """
    lines = body.split("\n")
    signer: str | None = None
    for _ in range(4):  # blank or not: office, date, and the office once more on one line
        line = fold_text(lines[-1]) if lines else None
        if line is None or len(line) > _LONGEST_NAME:
            break
        undated = _DAY.sub("", line)
        if undated and not (signer is None and _OFFICE.search(undated)):
            break
        signer = _STAMPED.sub("", undated) if undated else signer
        lines.pop()
    return "\n".join(lines), signer
