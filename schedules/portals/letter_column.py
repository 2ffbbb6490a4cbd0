"""The column a letter stands in, where a letter's own address was given in place of a column's."""

from __future__ import annotations

from dataclasses import replace

from crawler.lists.column_facts import ColumnFacts, columns_of_letter
from crawler.lists.titles import has_letter_title
from crawler.network.address_forms import is_article_address
from pipelines.selectors import FetchedPage
from schedules.one_page.polite_fetch import PoliteFetch
from schedules.portals.trial import OpenedList, probe_column, read_letter
from schedules.portals.words import (
    IS_A_LETTER,
    IS_A_LETTER_ALONE,
    IS_A_LETTER_NEAR,
    NONE_LISTS_LETTERS,
)
from schedules.words.language import say
from storage.addresses import address_key
from storage.errors import Blocked, FetchError, PageError
from storage.records import ListColumn

_FEW = 3  # links that a letter's page may show besides
_ENOUGH_ASKED = 7  # requests of one command after which no further column is tried
_MOST_NAMED = 3  # of the columns tried in vain


def refuse_letter(fetching: PoliteFetch, opened: OpenedList, facts: ColumnFacts) -> None:
    """Raises PageError where the address is a letter's own; it names the column that lists it.

    The columns that page and address suggest are tried one after the other, at the portal's pace.
    """
    page = opened.page
    if len(opened.links) >= _FEW and not is_article_address(page.url):
        return
    body = page.source.encode("utf-8", "replace")
    fetched = FetchedPage(body, page.url, "text/html; charset=utf-8")
    if not read_letter(fetched, page.portal).letter.is_letter:
        return
    raise PageError(_advice(fetching, opened, facts), url=page.url)


def _advice(fetching: PoliteFetch, opened: OpenedList, facts: ColumnFacts) -> str:
    """Which column to add instead: one that lists the letter, else one that lists letters."""
    url = opened.page.url
    near: str | None = None
    tried: list[str] = []
    for column in columns_of_letter(opened.page, facts):
        if fetching.asked >= _ENOUGH_ASKED:
            break
        tried.append(column)
        try:
            found = probe_column(
                fetching, ListColumn(column), replace(opened.page.portal, lists=())
            )
        except Blocked:
            break
        except FetchError:
            continue
        if _lists(found, url):
            return say(IS_A_LETTER, url=url, column=found.page.column.url)
        if near is None and _lists_letters(found):
            near = found.page.column.url
    if near is not None:
        return say(IS_A_LETTER_NEAR, url=url, column=near)
    if not tried:
        return say(IS_A_LETTER_ALONE, url=url)
    return say(NONE_LISTS_LETTERS, url=url, columns=" · ".join(tried[:_MOST_NAMED]))


def _lists(column: OpenedList, letter: str) -> bool:
    key = address_key(letter)
    return any(address_key(link.url) == key for link in column.links)


def _lists_letters(column: OpenedList) -> bool:
    """Whether at least half of what a column lists has a letter's title."""
    titled = sum(has_letter_title(link.title or "") for link in column.links)
    return 0 < len(column.links) <= 2 * titled
