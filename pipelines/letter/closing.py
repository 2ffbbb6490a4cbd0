"""Owns a letter's close: from which passage on only contacts, copies and notes follow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.letter.contacts import is_after_signature, is_receipt_heading
from pipelines.letter.dates import DATE_ALONE, may_be_dated
from pipelines.letter.outcome import is_class_line
from pipelines.letter.passages import Article, Passage
from pipelines.page.furniture.rules import edge_rule, furniture_rule

# 面商情况:已面商 · 办理类型 A · (此页无正文), behind the date
_LABEL = re.compile(r"[(【\[]?[一-鿿 ]{2,10}(?: ?[:\t][^。]*| [A-D][)】\]]?)|\([^()。]{1,30}\)")
_MOST_LABELS, _LONGEST_LABEL = 8, 40  # lines behind a date, and characters of one
_RECEIPT_ROWS = 40  # passages at the end of an article among which a receipt may begin


def closing_from(article: Article) -> int:
    """Index of the first passage from which on only contacts, copies and notes follow."""
    passages = article.passages
    index = _before_receipt(passages)
    while index > 0:
        text = passages[index - 1].text
        if passages[index - 1].in_row:
            text = _row_up_to(passages, index - 1)
        behind = is_after_signature(text) or is_class_line(text)
        if not (behind or furniture_rule(text) or edge_rule(text, tail=True)):
            break
        index -= 1
    return _behind_date(passages, index)


def _before_receipt(passages: Sequence[Passage]) -> int:
    """The index of the heading of a form to be sent back; behind the last passage without one."""
    ends = len(passages)
    for at, passage in enumerate(passages[-_RECEIPT_ROWS:], max(0, ends - _RECEIPT_ROWS)):
        if "。" not in passage.text and is_receipt_heading(passage.text):
            return at
    return ends


def _behind_date(passages: Sequence[Passage], closes: int) -> int:
    """The index behind a lone date that only short labelled lines follow, whatever their labels."""
    for index in range(closes - 1, max(0, closes - _MOST_LABELS), -1):
        text = passages[index].text
        if may_be_dated(text) and DATE_ALONE.fullmatch(text):
            return index + 1
        if passages[index].in_row or len(text) > _LONGEST_LABEL or not _LABEL.fullmatch(text):
            break
    return closes


def _row_up_to(passages: Sequence[Passage], at: int) -> str:
    """The cells of a row up to this one, tabs between them: a label goes with its value."""
    first = at
    while first > 0 and at - first < 8 and passages[first - 1].line == passages[at].line:
        first -= 1
    return "\t".join(passage.text for passage in passages[first : at + 1])
