"""Owns what a report's foot says of letters that could not be read for long: no claim, no event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schedules.reports.words import said
from schedules.terminal import one_line
from schedules.words.held import UNREAD, UNREAD_LETTER, UNREAD_MORE, UNREAD_UNTITLED
from schedules.words.language import Language
from storage.clock import beijing_date
from storage.records import UnreadLetter

_MOST = 10
_LONGEST_TITLE = 80  # characters


def unread_lines(letters: Sequence[UnreadLetter], language: Language) -> Iterator[str]:
    """A line each of those that have been so longest, then how many more there are."""
    for letter in letters[:_MOST]:
        yield unread_line(letter, language)
    if left := len(letters[_MOST:]):
        yield said(UNREAD_MORE, language, count=left)


def unread_line(letter: UnreadLetter, language: Language) -> str:
    """Which letter, since when, how often it was asked for, when it was read last."""
    observed = said(
        UNREAD,
        language,
        since=beijing_date(letter.since),
        visits=letter.visits,
        days=letter.days,
        last=beijing_date(letter.last_read),
    )
    title = one_line(letter.title or "")[:_LONGEST_TITLE]
    words = UNREAD_LETTER if title else UNREAD_UNTITLED
    return said(words, language, title=title, url=one_line(letter.url), observed=observed)
