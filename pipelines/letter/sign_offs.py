"""Owns the shapes of a sign-off: office and date on lines of their own, on one line, in cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from pipelines.letter.agencies import (
    agency_alone,
    is_second_name,
    may_be_office,
    signing_office,
    without_seal,
)
from pipelines.letter.contacts import is_after_signature, is_certain_contact
from pipelines.letter.dates import (
    DATE_ALONE,
    PRINTED_DATE,
    date_of,
    is_damaged_date,
    may_be_damaged,
    may_be_dated,
)
from pipelines.letter.passages import Article, Passage

_DATE = re.compile(PRINTED_DATE)
# (盖章) · (联合答复单位:某某市财政局) · 局长:王某某 · 主要负责人(签字):王某某, on a line of its
# own between office and date
_BETWEEN = re.compile(
    r"\((?![^()]*(?:年|\d[-./]))[^()。]{1,30}\)"
    r"|(?:签 ?发|审 ?签|审 ?定|核 ?发)(?: ?人)? ?: ?[^。:]{0,14}"
    r"|[一-鿿]{0,6}(?:局长|主任|厅长|部长|[市区县镇乡]长|院长|负责人|领导)"
    r"(?:\(?签[字名章]\)?)?[: ][^。:]{0,14}"
)
# 签发人 · 负责人 · 日期, labels in cells of a form
_NAME_CELL = re.compile(r"(?:签发|审签|审核|审定|负责|经办|承办)(?:人|领导) ?:?")
_DATE_CELL = re.compile(r"(?:答复|回复|办结|落款|签发)?(?:日 ?期|时 ?间) ?:?")
# 白石市|水利局 · 白石市人力资源和|社会保障局: a name's first line
_BROKEN_OFF = re.compile(r"[一-鿿()]{1,24}")
_GOES_ON = re.compile(r"(?:[省市区县州盟旗镇乡]|人民|委员|[和与及])$")
# 重庆市科学技术委员会    2016年4月21日   联 系 人
# · …改进工作。 某某市民政局 2023年5月4日 (此件公开发布)
_ONE_LINE = re.compile(
    r"(?:^|(?<=[。!;)\s:]))\s{0,8}(?P<agency>[一-鿿〇()· ]{3,44}?)"
    rf"\s{{0,40}}(?P<date>{PRINTED_DATE})(?=\s|$|[(。])"
)
_HAS_DAY = re.compile(r"\d ?[日号]|[一-十壹贰叁肆伍陆柒捌玖拾] ?日|\d[-./]\d")
_YEAR_BEGINS = ("1", "2", "一", "二", "壹", "贰", "貳")
_TAIL = 600  # characters of a passage searched for a signature inside it


class Signature(NamedTuple):
    """The sign-off: its office as published, its date, and where date and body end.

    `damaged` is the text of a date that is there and cannot be read.
    """

    start: int
    end: int
    agency: str | None = None
    signed: date | None = None
    damaged: str | None = None


def sign_off_at(article: Article, index: int) -> Signature | None:
    """A sign-off that begins at this passage: office then date, both in one, or one of them."""
    passages = article.passages
    passage = passages[index]
    text = passage.text
    if signing_office(text):
        found = _after_agency(article, index)
        if found.signed or found.damaged or text[:1] == "(":
            return found
        return found if agency_alone(text) else None  # no label alone
    if broken := _broken_off(article, index):
        return broken
    dated = may_be_dated(text)
    if dated and (inside := _inside(article, passage)):
        return inside
    if named := _above_date(article, index):
        return named
    if not dated:
        return _damaged_at(article, passage)
    if match := DATE_ALONE.fullmatch(text):
        following = passages[index + 1] if index + 1 < len(passages) else None
        if following and agency_alone(following.text):
            agency = _name(article, following)
            return Signature(passage.start, following.end, agency, *_dated(match))
        return Signature(passage.start, passage.end, None, *_dated(match))
    return _date_first(article, passage) or _damaged_at(article, passage)


def _above_date(article: Article, index: int) -> Signature | None:
    """`白石市水利局。` or `中国移动白石`: what only the date on the next line tells for a name."""
    if index + 1 >= len(article.passages):
        return None
    passage, behind = article.passages[index], article.passages[index + 1]
    if not may_be_dated(behind.text):
        return None
    name = passage.text.rstrip("。:; ")
    match = DATE_ALONE.fullmatch(behind.text) if may_be_office(name) else None
    if match is None:
        return None
    agency = _joined(article.cut(passage.start, passage.start + without_seal(name)))
    return Signature(passage.start, behind.end, agency, *_dated(match))


def _date_first(article: Article, passage: Passage) -> Signature | None:
    """`2024年5月16日  白石市水利局` in one passage."""
    match = _DATE.match(passage.text) if passage.text[:1] in _YEAR_BEGINS else None
    if match is None or not agency_alone(passage.text[match.end() :].strip()):
        return None
    agency = _joined(article.cut(passage.start + match.end(), passage.end))
    return Signature(passage.start, passage.end, agency, *_dated(match))


def _broken_off(article: Article, index: int) -> Signature | None:
    """A name that goes on on the next line, a date behind it: `白石市`, `水利局`, `2024年…`."""
    passages = article.passages
    if index + 2 >= len(passages):
        return None
    first, rest, dated = passages[index : index + 3]
    if len(rest.text) > 12 or len(first.text) > 24 or not may_be_dated(dated.text):
        return None
    if not _BROKEN_OFF.fullmatch(first.text):
        return None
    match = DATE_ALONE.fullmatch(dated.text)
    if match is None or not agency_alone(first.text + rest.text):
        return None
    if agency_alone(rest.text) and not _GOES_ON.search(first.text):
        return None
    agency = _joined(article.cut(first.start, first.end)) + _name(article, rest)
    return Signature(first.start, dated.end, agency, *_dated(match))


def _damaged_at(article: Article, passage: Passage) -> Signature | None:
    """What is left of a date, alone or behind an office's name on one line."""
    text = passage.text
    if not may_be_damaged(text):
        return None
    agency, gap, remains = text.partition(" ")
    if is_damaged_date(passage.text):
        return Signature(passage.start, passage.end, None, None, passage.text)
    if gap and agency_alone(agency) and is_damaged_date(remains.strip()):
        named = article.cut(passage.start, passage.start + without_seal(agency))
        return Signature(passage.start, passage.end, named, None, remains.strip())
    return None


def _after_agency(article: Article, index: int) -> Signature:
    """One office or several on lines of their own, then the date, whole or damaged.

    Each office that signs is named, a blank between them; the second name of one office, in
    brackets, is left out, and so is one behind a label (`承办单位:…`) where another signs without.
    """
    passages = article.passages
    behind = index
    named = index
    names: list[str] = []
    labelled: list[str] = []
    while behind < len(passages) and behind - index < 10:
        text = passages[behind].text
        if office := signing_office(text):
            signs = labelled if ":" in text else names
            signs.append(_name(article, passages[behind], office))
            named = behind + 1
        elif is_second_name(text):
            named = behind + 1
        elif not _may_stand_between(passages, behind):
            break
        behind += 1
    names = names or labelled
    agency = " ".join(names)
    start = passages[index].start
    if behind < len(passages):
        date_passage = passages[behind]
        if match := DATE_ALONE.fullmatch(date_passage.text):
            end = _repeated(passages, behind, match[0])
            return Signature(start, end, agency, *_dated(match))
        if is_damaged_date(date_passage.text):
            return Signature(start, date_passage.end, agency, None, date_passage.text)
        if found := _inside(article, date_passage):
            names.append(found.agency or "")
            return Signature(start, found.end, " ".join(names), found.signed, found.damaged)
    return Signature(start, passages[named - 1].end, agency)


def _may_stand_between(passages: Sequence[Passage], at: int) -> bool:
    """Whether a passage between office and date is neither, as who signs or how to reach them."""
    text = passages[at].text
    if (":" in text or " " in text or text[:1] == "(") and _BETWEEN.fullmatch(text):
        return True
    return is_certain_contact(text) or _in_form(passages, at)


def _in_form(passages: Sequence[Passage], at: int) -> bool:
    """Whether a cell is a form's label between office and date, or the name behind 签发人."""
    if not passages[at].in_row:
        return False
    text = passages[at].text
    named = at > 0 and _NAME_CELL.fullmatch(passages[at - 1].text) and len(text) <= 8
    return bool(_NAME_CELL.fullmatch(text) or _DATE_CELL.fullmatch(text) or named)


def _repeated(passages: Sequence[Passage], at: int, dated: str) -> int:
    """The end of a date that each of several offices prints in its own cell of a row."""
    line = passages[at].line
    while at + 1 < len(passages) and (passages[at + 1].line, passages[at + 1].text) == (
        line,
        dated,
    ):
        at += 1
    return passages[at].end


def _inside(article: Article, passage: Passage) -> Signature | None:
    """Office and date within one passage, at its end or before contact lines."""
    if not may_be_dated(passage.text):
        return None
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
                return Signature(start, end, _joined(named), *_dated(match))
    return None


def _dated(match: re.Match[str]) -> tuple[date | None, str | None]:
    """The date a match names, or the text of one that no calendar has."""
    day = date_of(match)
    return day, None if day else match[0].strip()


def _name(article: Article, passage: Passage, office: tuple[int, int] | None = None) -> str:
    """The office a passage names; `office` is its `signing_office` where that is known."""
    left, right = office or signing_office(passage.text) or (0, without_seal(passage.text))
    return _joined(article.cut(passage.start + left, passage.start + right))


def _joined(name: str) -> str:
    """`重 庆 市 教 育 委 员 会` in one word; two offices on one line keep a blank between them."""
    words = name.split()
    if len(words) == 1:
        return words[0]
    if all(len(word) == 1 for word in words):
        return "".join(words)
    return " ".join(words)
