"""Owns the sign-off: which office signed, on which date, and where the letter's body ends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipelines.letter.agencies import agency_alone, without_seal
from pipelines.letter.contacts import is_after_signature
from pipelines.letter.dates import PRINTED_DATE, date_of, is_damaged_date
from pipelines.letter.outcome import is_lone_class
from pipelines.letter.passages import Article, Passage

_DATE = re.compile(PRINTED_DATE)
# 2024年5月16日 · (2024年5月16日) · 日期:2024年5月16日 · 2024年5月16日(印章)
_DATE_ALONE = re.compile(
    rf"[(\s]{{0,3}}(?:(?:落款|发文|答复|成文)?(?:日期|时间)[::] ?)?"
    rf"{PRINTED_DATE}[)\s]{{0,3}}(?:\([^()]{{0,20}}\))?"
)
# 重庆市科学技术委员会    2016年4月21日   联 系 人
# · …改进工作。 某某市民政局 2023年5月4日 (此件公开发布)
_ONE_LINE = re.compile(
    r"(?:^|(?<=[。!;)\s:]))\s{0,8}(?P<agency>[一-鿿〇()· ]{3,44}?)"
    rf"\s{{0,40}}(?P<date>{PRINTED_DATE})(?=\s|$|[(。])"
)
_HAS_DAY = re.compile(r"\d ?[日号]|[一-十] ?日|\d[-./]\d")
_SHORT = 160  # characters; a longer passage is a sign-off only where the letter ends
_TAIL = 600  # characters of a passage searched for a signature inside it


@dataclass(frozen=True, slots=True)
class Signature:
    """The sign-off: its office as published, its date, and where date and body end.

    `damaged` is the text of a date that is there and cannot be read.
    """

    start: int
    end: int
    agency: str | None = None
    signed: date | None = None
    damaged: str | None = None


def find_signature(article: Article, begin: int) -> Signature | None:
    """The sign-off of the letter that begins at offset `begin`; None where there is none.

    An office's name on a line and a date after it is a sign-off wherever it stands behind the
    first sentence; what follows is annex. A lone date or name, and what stands in a table's row,
    counts only at the letter's end.
    """
    closes = _closing_from(article)
    spoken = False
    for index, passage in enumerate(article.passages):
        if passage.start < begin:
            continue
        if len(passage.text) <= _SHORT or index + 1 >= closes:
            found = _signature_at(article, index)
            if found and _ends_letter(article, found, index, closes, spoken):
                return found
        spoken = spoken or "。" in passage.text or len(passage.text) > 30
    return None


def _ends_letter(article: Article, found: Signature, index: int, closes: int, spoken: bool) -> bool:
    passage = article.passages[index]
    last = index + 2 if found.end > passage.end else index + 1
    if closes <= last:
        return True
    dated = found.signed is not None or found.damaged is not None
    return spoken and dated and found.agency is not None and not passage.in_row


def _closing_from(article: Article) -> int:
    """Index of the first passage from which on only contacts, copies and notes follow."""
    index = len(article.passages)
    while index > 0:
        text = article.passages[index - 1].text
        if not (is_after_signature(text) or is_lone_class(text)):
            break
        index -= 1
    return index


def _signature_at(article: Article, index: int) -> Signature | None:
    """A sign-off that begins at this passage: office then date, both in one, or one of them."""
    passages = article.passages
    passage = passages[index]
    if agency_alone(passage.text):
        return _after_agency(article, index)
    if found := _inside(article, passage):
        return found
    if match := _DATE_ALONE.fullmatch(passage.text):
        following = passages[index + 1] if index + 1 < len(passages) else None
        if following and agency_alone(following.text):
            agency = _name(article, following.start, following)
            return Signature(passage.start, following.end, agency, date_of(match), _damage(match))
        return Signature(passage.start, passage.end, None, date_of(match), _damage(match))
    return _damaged_at(article, passage)


def _damaged_at(article: Article, passage: Passage) -> Signature | None:
    """What is left of a date, alone or behind an office's name on one line."""
    agency, gap, remains = passage.text.partition(" ")
    if is_damaged_date(passage.text):
        return Signature(passage.start, passage.end, None, None, passage.text)
    if gap and agency_alone(agency) and is_damaged_date(remains.strip()):
        named = article.cut(passage.start, passage.start + without_seal(agency))
        return Signature(passage.start, passage.end, named, None, remains.strip())
    return None


def _after_agency(article: Article, index: int) -> Signature | None:
    """One office or several on lines of their own, then the date, whole or damaged."""
    passages = article.passages
    behind = index
    while behind < len(passages) and behind - index < 8 and agency_alone(passages[behind].text):
        behind += 1
    names = [_name(article, p.start, p) for p in passages[index:behind]]
    agency = " ".join(names)
    start = passages[index].start
    if behind < len(passages):
        date_passage = passages[behind]
        if match := _DATE_ALONE.fullmatch(date_passage.text):
            return Signature(start, date_passage.end, agency, date_of(match), _damage(match))
        if is_damaged_date(date_passage.text):
            return Signature(start, date_passage.end, agency, None, date_passage.text)
        if found := _inside(article, date_passage):
            names.append(found.agency or "")
            return Signature(start, found.end, " ".join(names), found.signed, found.damaged)
    return Signature(start, passages[behind - 1].end, agency)


def _inside(article: Article, passage: Passage) -> Signature | None:
    """Office and date within one passage, at its end or before contact lines."""
    base = max(0, len(passage.text) - _TAIL)
    if not _HAS_DAY.search(passage.text, base):
        return None
    for date_match in _DATE.finditer(passage.text, base):
        left = max(base, date_match.start() - 90)
        for match in _ONE_LINE.finditer(passage.text[left : date_match.end() + 2]):
            agency = match["agency"].strip()
            rest = passage.text[left + match.end() :].strip(" 。")
            if agency_alone(agency) and (not rest or is_after_signature(rest)):
                start = passage.start + left + match.start("agency")
                end = passage.start + left + match.end("date")
                named = article.cut(start, start + without_seal(agency))
                return Signature(start, end, _joined(named), date_of(match), _damage(match))
    return None


def _damage(match: re.Match[str]) -> str | None:
    return None if date_of(match) else match[0].strip()


def _name(article: Article, start: int, passage: Passage) -> str:
    return _joined(article.cut(start, start + without_seal(passage.text)))


def _joined(name: str) -> str:
    """`重 庆 市 教 育 委 员 会` in one word; two offices on one line keep a blank between them."""
    words = name.split()
    if all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)
