"""Owns the question whether a letter goes on behind an opinion a co-handler signed within it."""

from __future__ import annotations

import re

from pipelines.letter.contacts import is_after_signature
from pipelines.letter.passages import Article

# 二、我局意见 · (三)下一步: what a letter's numbering goes on with
_NUMBERED = re.compile(r"(?P<open>\(?)(?P<n>[二三四五六七八九十])(?P<mark>、|\))")
_ORDER = "一二三四五六七八九十"
# 我局意见 · 我局答复意见如下:
_OWN_OPINION = re.compile(r"(?:我|本)[局委办院厅部](?:办理|答复|主办)?意见(?:如下)?:?")
_NEAR = 2  # passages behind the sign-off; what stands further on is annex


def letter_goes_on(article: Article, begin: int, signed: int, end: int) -> bool:
    """Whether the letter that begins at `begin` goes on behind a sign-off from `signed` to `end`.

    It does where its own numbering does (一、市财政局意见 … 二、…), or where 我局意见 follows.
    """
    first = article.index_from(end)
    return any(
        _OWN_OPINION.fullmatch(passage.text) or _follows(article, begin, signed, passage.text)
        for passage in article.passages[first : first + _NEAR]
    )


def _follows(article: Article, begin: int, signed: int, text: str) -> bool:
    """Whether a passage has the number behind one that a line of the letter began with."""
    heading = _NUMBERED.match(text)
    if heading is None or is_after_signature(text):
        return False
    previous = _ORDER[_ORDER.index(heading["n"]) - 1]
    before = f"\n{heading['open']}{previous}{heading['mark']}"
    return article.folded.find(before, begin, signed) >= 0
