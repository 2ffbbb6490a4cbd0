"""Owns the letter's own document number (发文字号) where the article prints it at its head."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.fold import fold
from pipelines.letter.numbers import document_numbers
from pipelines.letter.passages import Article, Passage

# what may stand on the line beside the number: 发文字号: · A类 · 签发人:某某 · 某某市教育局文件
_BESIDE = re.compile(
    r"(?:发文字号|文 ?号|字 ?号|编 ?号)?"
    r"|[(]?[A-D][1-9]? ?类?[)]?"
    r"|[一-鿿]{0,4}签 ?发.{0,24}"
    r"|[一-鿿]{2,30}文件"
)
_CLOSES_TITLE = re.compile(r"[)〕\]】 ]{0,3}")


def own_document_number(article: Article, head: Iterable[Passage], title: str | None) -> str | None:
    """The number on a line of its own before the letter, as its title, or in brackets at its end.

    Numbers in sentences are cited ones and never taken.
    """
    for passage in head:
        if is_document_number_line(passage.text):
            left, right = next(document_numbers(passage.text))
            return article.cut(passage.start + left, passage.start + right)
    folded = fold(title or "")[:400]
    alone = is_document_number_line(folded)
    for left, right in document_numbers(folded):
        if title and (alone or (_CLOSES_TITLE.fullmatch(folded[right:]) and left > 8)):
            return title[left:right].strip()
    return None


def is_document_number_line(folded: str) -> bool:
    """Whether a passage is a document number with at most a form's label beside it."""
    if len(folded) > 80 or "号" not in folded or "。" in folded or "《" in folded:
        return False
    return any(
        _BESIDE.fullmatch((folded[:left] + folded[right:]).strip(" ()[]【】:"))
        for left, right in document_numbers(folded)
    )
