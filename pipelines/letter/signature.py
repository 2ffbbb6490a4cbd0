"""Owns which sign-off is the letter's own: there its body ends, and what follows is annex."""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.letter.agencies import OFFICE_ENDS, signing_office
from pipelines.letter.closing import closing_from
from pipelines.letter.dates import REMAINS_ENDS, may_be_damaged, which_may_be_dated
from pipelines.letter.inner_opinion import letter_goes_on
from pipelines.letter.passages import Article, Passage
from pipelines.letter.sign_offs import Signature, sign_off_at

_MOST_OPINIONS = 12  # of helpers, each signed, within one letter
_SHORT = 160  # characters; a longer passage is a sign-off only where the letter ends
_SIGN_OFF_ENDS = OFFICE_ENDS | REMAINS_ENDS  # headings and sentences end otherwise


def find_signature(article: Article, begin: int) -> Signature | None:
    """The sign-off of the letter that begins at offset `begin`; None where there is none.

    An office's name on a line and a date after it is a sign-off wherever it stands behind the
    first sentence; what follows is annex. A lone date or name, and what stands in a table's row,
    counts only at the letter's end.
    """
    passages = article.passages
    texts = [passage.text for passage in passages]
    dated = [*which_may_be_dated(texts, article.folded), False, False]
    closes: int | None = None  # worked out where it is asked for: most letters end without it
    first, opinions = article.index_from(begin), 0
    spoken = _first_sentence(texts, first)
    for index, text in enumerate(texts[first:], first):
        near = dated[index + 1] or dated[index + 2]
        if not (dated[index] or near or text[-1:] in _SIGN_OFF_ENDS):
            continue
        if not (dated[index] or _may_sign(text, near, dated[index + 1])):
            continue
        if len(text) > _SHORT:
            closes = closing_from(article) if closes is None else closes
            if index + 1 < closes:
                continue
        found = sign_off_at(article, index)
        if found is None:
            continue
        last = _index_behind(passages, index, found.end)
        whole = spoken < index and _is_whole(found) and not _beside_others(passages, index, last)
        if not whole:
            closes = closing_from(article) if closes is None else closes
            if last < closes:
                continue
        if opinions == _MOST_OPINIONS or not letter_goes_on(article, begin, found.start, found.end):
            return found
        opinions += 1
    return None


def _first_sentence(texts: Sequence[str], first: int) -> int:
    """The index of the first passage that says something; behind the last where none does."""
    sentences = (at for at in range(first, len(texts)) if "。" in texts[at] or len(texts[at]) > 30)
    return next(sentences, len(texts))


def _may_sign(text: str, near: bool, next_dated: bool) -> bool:
    """Whether a sign-off can begin at a passage without a date: most are sentences.

    `白石市水利局。` may be a name, where a date stands on the next line; `白石市`, `水利局` may be
    one over two lines, a date `near` them.
    """
    if len(text) > _SHORT:
        return False
    if "。" in text:
        return next_dated and "。" not in text.rstrip("。:; ")
    return near or may_be_damaged(text) or signing_office(text) is not None


def _index_behind(passages: Sequence[Passage], index: int, end: int) -> int:
    """The index of the first passage behind a sign-off that begins at `index`."""
    behind = index + 1
    while behind < len(passages) and passages[behind].start < end:
        behind += 1
    return behind


def _is_whole(found: Signature) -> bool:
    """Whether a sign-off has both an office and a date, be it damaged."""
    dated = found.signed is not None or found.damaged is not None
    return dated and found.agency is not None


def _beside_others(passages: Sequence[Passage], first: int, behind: int) -> bool:
    """Whether one of these passages is a cell of a row in which others stand too."""
    for at in range(first, behind):
        if passages[at].in_row:
            near = (*passages[max(0, at - 1) : at], *passages[at + 1 : at + 2])
            if any(passage.line == passages[at].line for passage in near):
                return True
    return False
