"""Owns what each line behind a letter's date is: a contact, a receipt, annex, another letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from pipelines.fold import fold_key
from pipelines.letter.annex import (
    ends_annex,
    is_annex_heading,
    is_annex_title,
    is_contact_in_annex,
    is_note_behind_annex,
    speaks,
)
from pipelines.letter.contacts import (
    holds_contact,
    is_after_signature,
    is_contact,
    is_receipt_heading,
)
from pipelines.letter.handling import is_handling_line
from pipelines.letter.outcome import find_outcome_class, is_lone_class
from pipelines.letter.passages import Passage
from pipelines.letter.titles import is_letter_title
from pipelines.page.furniture.rules import edge_rule, furniture_rule

_LONGEST_CONTACT = 300  # characters; a longer passage behind the date is no contact or note
_LONGEST_NOTE = 60  # of a line that no label names

# 相关附件: · 附件: with names below it, or nothing
_EMPTY_LIST = re.compile(r"(?:相关)?附(?:件|表)?(?:下载|列表)? ?[::]")
# 附件:1.改造清单
_ATTACHMENT_LIST = re.compile(r"(?:相关)?附(?:件|表)?[^::]{0,4}[::]")
_LISTED = re.compile(r"(?:附(?:件|表)?\d{0,2}[::]?)?(?:\d{1,2}[.、])?")
_COPIES = re.compile(r"抄 {0,4}[送报致]|分 {0,4}送")
# 关于改善供暖条件的建议 · 市政协第0124号提案
_SUBMISSION = re.compile(r"(?:关于.{2,60}|.{0,30}号)(?:的?建议|的?提案|的?议案)(?:的.{0,12})?")
# 陆明远委员: · 尊敬的陈某代表:
_SALUTATION = re.compile(r"[^:。]{1,40}(?:委员|代表)们?[^:。]{0,8}:")
# 签发人:李某 · 领导署名:林某 · 负责人(签字):王某
_SIGNATORY = re.compile(
    r"(?:(?:签 ?发|审 ?签|审 ?定|核 ?发|签 ?批) ?(?:人|领导)?"
    r"|(?:领导|负责人) ?\(?(?:署名|签[名字发])\)?) ?[:\t][^:]{0,20}"
)
# (原文数据有误,特此更正) · 更正说明:… · 勘误:…; never 如内容有误,请联系…, 附件:更正登记流程
_CORRECTION = re.compile(
    r"(?!附|.{0,20}(?:如(?!下)|若|欢迎)).{0,80}?"
    r"(?:特此(?:更正|订正)|(?:予以|现|已|作了?|进行了?)(?:更正|订正)|原文[^,。]{0,12}有误"
    r"|(?<![\u4e00-\u9fff])(?:更正(?:说明|启事)?|勘误):).{0,120}"
)


class Kind(Enum):
    """What a line is, and what lines of its own it has behind it."""

    NOTE = "a contact line or note, or the date"
    COPIES = "抄送"
    RECEIPT = "a receipt's form"
    FILES = "a list of attachments"
    LINKED = "a list of attachments that the page links to"
    TITLE = "an annex's title, or the only name of such a list"
    HEADING = "an annex's heading"
    ANNEX = "what is annexed"
    CORRECTION = "the page's word on what it corrected"
    OTHER = "the submission, another letter, or what no heading says is annexed"
    LINKS = "links to other pages"


ANNEXED = (Kind.HEADING, Kind.ANNEX)
_NAMES = (Kind.FILES, Kind.TITLE)  # of what is annexed: its text may follow


class Row(NamedTuple):
    """A passage behind the date, or a table's row; folded, tabs between its cells."""

    start: int
    end: int
    text: str
    in_table: bool


def sorted_rows(tail: Sequence[Passage], names: Sequence[str]) -> Iterator[tuple[Row, Kind]]:
    """Each row behind the date with what it is; furniture, the letter's own marks, links to other
    pages and `names` of attached files, folded, are left out."""
    return _with_titles(_sorted(_rows(tail), names))


def _rows(tail: Sequence[Passage]) -> Iterator[Row]:
    row: list[Passage] = []
    for passage in tail:
        if row and not (passage.in_row and row[0].in_row and passage.line == row[0].line):
            yield _joined(row)
            row = []
        row.append(passage)
    if row:
        yield _joined(row)


def _joined(row: Sequence[Passage]) -> Row:
    text = "\t".join([cell.text for cell in row])
    return Row(row[0].start, row[-1].end, text, row[0].in_row)


def _with_titles(rows: Iterable[tuple[Row, Kind]]) -> Iterator[tuple[Row, Kind]]:
    """An annex's title goes with the text that follows it: 附件1:重点任务清单 over a table."""
    waiting: list[tuple[Row, Kind]] = []
    for row, kind in rows:
        if kind is Kind.ANNEX:
            waiting = [(title, Kind.HEADING) for title, _ in waiting]
        if kind not in _NAMES or is_annex_title(row.text):
            yield from waiting
            waiting = []
        if kind in _NAMES:
            waiting.append((row, kind))
        else:
            yield row, kind
    yield from waiting


def _sorted(rows: Iterable[Row], names: Sequence[str]) -> Iterator[tuple[Row, Kind]]:
    kind = Kind.NOTE
    for row in rows:
        text = row.text
        is_content = kind in ANNEXED and "\t" in text  # cells, whatever they say
        rule = None if is_content else furniture_rule(text) or edge_rule(text, tail=True)
        if rule and not is_contact(text):
            if rule == "related-links":
                kind = Kind.LINKS
            elif kind in ANNEXED and ends_annex(rule):
                kind = Kind.OTHER
        elif kind is not Kind.LINKS and (is_content or not _is_own_mark(text, kind)):
            kind = _kind(row, kind)
            if is_content or not _is_file(text, names):
                yield row, kind
            elif kind in _NAMES:
                kind = Kind.LINKED
            elif kind in ANNEXED:
                kind = Kind.OTHER


def _is_own_mark(text: str, kind: Kind) -> bool:
    """Whether a line tells what is a field of its own; an annex names offices in charge, too."""
    if kind in ANNEXED and is_handling_line(text):
        return False
    return is_lone_class(text) or is_mark(text)


def is_empty_list(text: str) -> bool:
    """Whether a line only announces attachments: 附件: with names below it, or nothing."""
    return _EMPTY_LIST.fullmatch(text) is not None


def is_mark(text: str) -> bool:
    """Whether a line tells the class, the signatory or the offices, each a field of its own."""
    if len(text) > 120 or is_contact(text) or holds_contact(text):
        return False
    short = len(text) <= 40 and find_outcome_class([text]) is not None
    return short or is_handling_line(text) or bool(_SIGNATORY.fullmatch(text))


def _kind(row: Row, before: Kind) -> Kind:
    text = row.text
    if is_annex_heading(text):
        return Kind.HEADING
    if before in ANNEXED:
        return _behind_heading(row, before)
    if _is_correction(row):
        return Kind.CORRECTION
    return _by_its_text(row, Kind.NOTE if before is Kind.CORRECTION else before)


def _by_its_text(row: Row, before: Kind) -> Kind:
    """What a line is that stands in no annex."""
    text = row.text
    if _opens_another(text):
        return Kind.OTHER
    if len(text) > _LONGEST_CONTACT:
        return Kind.ANNEX if before in _NAMES else Kind.OTHER
    if is_receipt_heading(text):
        return Kind.RECEIPT
    if is_after_signature(text) or is_annex_title(text) or is_empty_list(text):
        return _labelled(text, before)
    if before is Kind.NOTE:
        unknown = len(text) > _LONGEST_NOTE or text.endswith("。") or row.in_table
        return Kind.OTHER if unknown else Kind.NOTE
    is_long = len(text) > _LONGEST_NOTE or row.in_table
    if before in _NAMES and (is_long or speaks(text, titled=before is Kind.TITLE)):
        return Kind.ANNEX
    if before in (Kind.COPIES, Kind.LINKED) and is_long:
        return Kind.OTHER
    return before


def _is_correction(row: Row) -> bool:
    if row.in_table or is_contact(row.text) or holds_contact(row.text):
        return False
    return _CORRECTION.fullmatch(row.text) is not None


def _behind_heading(row: Row, before: Kind) -> Kind:
    """What a line is below an annex's heading: its text, unless something else begins."""
    text = row.text
    if is_receipt_heading(text):
        return Kind.RECEIPT
    if _COPIES.match(text):
        return Kind.COPIES
    if is_contact_in_annex(text, in_row=row.in_table):
        return Kind.NOTE
    if not row.in_table and is_note_behind_annex(text):
        return Kind.NOTE
    # right below its heading it is the annex's own: the answer of an office that helped
    return Kind.OTHER if before is Kind.ANNEX and is_letter_title(text) else Kind.ANNEX


def _labelled(text: str, before: Kind) -> Kind:
    if before is Kind.RECEIPT:
        return before
    if _COPIES.match(text):
        return Kind.COPIES
    if before is Kind.OTHER and not is_contact(text):
        return before
    if is_annex_title(text):
        return Kind.TITLE
    return Kind.FILES if _ATTACHMENT_LIST.match(text) else Kind.NOTE


def _opens_another(text: str) -> bool:
    """Whether a line opens the submission, or another letter."""
    if len(text) > 160:
        return False
    return bool(
        (("议" in text or "案" in text) and _SUBMISSION.fullmatch(text))
        or (("委员" in text or "代表" in text) and _SALUTATION.match(text))
        or is_letter_title(text)
    )


def _is_file(text: str, names: Sequence[str]) -> bool:
    if not names:
        return False
    key = fold_key(text)
    bare = key[match.end() :] if (match := _LISTED.match(key)) else key
    # `附件1` may be the text of a link, or the heading of what is printed below it
    return bool(bare) and any(
        name in (key, bare)
        or (len(bare) > 2 and _LISTED.sub("", name, count=1).startswith(bare + "."))
        for name in names
    )
