"""Owns what follows a letter's date: contacts, copies, receipts and notes, told from annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise, zip_longest
from typing import NamedTuple

from pipelines.fold import fold_key
from pipelines.letter.contacts import (
    holds_contact,
    is_after_signature,
    is_contact,
    is_receipt_heading,
)
from pipelines.letter.division import Division
from pipelines.letter.handling import is_handling_line
from pipelines.letter.outcome import find_outcome_class, is_lone_class
from pipelines.letter.passages import Article, Passage
from pipelines.letter.titles import is_letter_title
from pipelines.page.furniture.rules import edge_rule, furniture_rule
from storage.records import Attachment

_LONGEST_CONTACT = 300  # characters; a longer passage behind the date is an annex
_LONGEST_NOTE = 60  # of a line that no label names
_MOST_CONTACTS = 60
_BLANKS = re.compile(r" +")

# 附件 · 附件1 · 附表2 · 附:委员提案原文 · 附件：提案原文, the head of what is annexed
_ANNEX_HEAD = re.compile(
    r"附(?:件|表|录|图) ?[\d一二三四五六七八九十]{0,2}"
    r"|附(?:件|录)? ?\d?[::].{0,24}(?:原文|原件|全文|提案|建议|议案|案由)"
    r"|(?:委员|代表)?(?:提案|建议|议案)(?:原文|原件|全文|内容)[::]?"
)
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


class _Kind(Enum):
    """What the line before was, where it has lines of its own behind it."""

    NOTE = "a contact line or note, or the date"
    COPIES = "抄送"
    RECEIPT = "a receipt's form"
    FILES = "a list of attachments"
    ANNEX = "an annex, the submission or another letter"
    LINKS = "links to other pages"


def contacts_behind(
    article: Article, division: Division, attachments: Sequence[Attachment]
) -> tuple[tuple[str, ...], str | None]:
    """Contact lines, copies, receipts and notes behind the date, and contacts before it.

    Names of attached files are no contacts, nor is furniture that clings to the letter's end.
    Of an annex's paragraphs only a warning is left.
    """
    found = [article.cut(p.start, p.end) for p in division.set_apart]
    found += _behind_on_its_line(article, division.end)
    names = [fold_key(file.name) for file in attachments]
    kept: list[_Row] = []
    annex = 0
    for row, kind in _sorted(_rows(division.tail)):
        if kind is _Kind.LINKS or _is_file(row.text, names):
            continue
        if kind is _Kind.ANNEX or len(found) + len(kept) >= _MOST_CONTACTS:
            annex += not _ANNEX_HEAD.fullmatch(row.text)
        else:
            kept.append(row)
    found += [article.cut(row.start, row.end) for row in _without_empty_list(kept)]
    warning = f"body: {annex} paragraphs behind the date are no part of the letter"
    return tuple(found), warning if annex else None


class _Row(NamedTuple):
    """A passage behind the date, or a table's row; folded, tabs between its cells."""

    start: int
    end: int
    text: str
    in_table: bool


def _rows(tail: Sequence[Passage]) -> Iterator[_Row]:
    row: list[Passage] = []
    for passage in tail:
        if row and not (passage.in_row and row[0].in_row and passage.line == row[0].line):
            yield _joined(row)
            row = []
        row.append(passage)
    if row:
        yield _joined(row)


def _joined(row: Sequence[Passage]) -> _Row:
    text = "\t".join([cell.text for cell in row])
    return _Row(row[0].start, row[-1].end, text, row[0].in_row)


def _sorted(rows: Iterable[_Row]) -> Iterator[tuple[_Row, _Kind]]:
    """Each row behind the date with what it is; furniture and the letter's own marks go."""
    kind = _Kind.NOTE
    for row in rows:
        text = row.text
        rule = furniture_rule(text) or edge_rule(text, tail=True)
        if rule and not is_contact(text):
            kind = _Kind.LINKS if rule == "related-links" else kind
        elif kind is _Kind.LINKS:
            yield row, kind
        elif not (is_lone_class(text) or is_mark(text)):
            kind = _kind(row, kind)
            yield row, kind


def is_mark(text: str) -> bool:
    """Whether a line tells the class, the signatory or the offices, each a field of its own."""
    if len(text) > 120 or is_contact(text) or holds_contact(text):
        return False
    short = len(text) <= 40 and find_outcome_class([text]) is not None
    return short or is_handling_line(text) or bool(_SIGNATORY.fullmatch(text))


def _kind(row: _Row, before: _Kind) -> _Kind:
    text = row.text
    if _is_annex_head(text) or len(text) > _LONGEST_CONTACT:
        return _Kind.ANNEX
    if is_receipt_heading(text):
        return _Kind.RECEIPT
    if is_after_signature(text) or _EMPTY_LIST.fullmatch(text):
        return _labelled(text, before)
    if before is _Kind.NOTE:
        unknown = len(text) > _LONGEST_NOTE or text.endswith("。") or row.in_table
        return _Kind.ANNEX if unknown else _Kind.NOTE
    if before in (_Kind.COPIES, _Kind.FILES) and (len(text) > _LONGEST_NOTE or row.in_table):
        return _Kind.ANNEX
    return before


def _labelled(text: str, before: _Kind) -> _Kind:
    if before is _Kind.RECEIPT:
        return before
    if _COPIES.match(text):
        return _Kind.COPIES
    if before is _Kind.ANNEX and not is_contact(text):
        return before
    return _Kind.FILES if _ATTACHMENT_LIST.match(text) else _Kind.NOTE


def _is_annex_head(text: str) -> bool:
    if len(text) > 160:
        return False
    return bool(
        _ANNEX_HEAD.fullmatch(text)
        or _SUBMISSION.fullmatch(text)
        or _SALUTATION.match(text)
        or is_letter_title(text)
    )


def _is_file(text: str, names: Sequence[str]) -> bool:
    key = fold_key(text)
    bare = key[match.end() :] if (match := _LISTED.match(key)) else key
    return any(
        name in (key, bare)
        or (len(bare) > 2 and _LISTED.sub("", name, count=1).startswith(bare + "."))
        for name in names
    )


def _without_empty_list(kept: Sequence[_Row]) -> list[_Row]:
    """The rows without an `附件:` that no names follow."""
    return [
        row
        for row, following in zip_longest(kept, kept[1:])
        if not _EMPTY_LIST.fullmatch(row.text)
        or (following and not is_after_signature(following.text))
    ]


def _behind_on_its_line(article: Article, end: int) -> list[str]:
    """What follows the date within its own passage, a piece for each label."""
    passage = next((p for p in article.passages if p.start < end < p.end), None)
    if passage is None:
        return []
    starts = [end, *(m.end() for m in _BLANKS.finditer(article.folded, end, passage.end))]
    labels = [at for at in starts if is_after_signature(article.folded[at : passage.end])]
    cuts = [end, *(at for at in labels if at > end), passage.end]
    pieces = (article.cut(left, right) for left, right in pairwise(cuts))
    return [piece for piece in pieces if piece.strip("。 ")]
