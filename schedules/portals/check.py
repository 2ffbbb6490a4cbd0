"""What is wrong with a portal, from one look at its lists and a few letters, and what to try."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.lists.item_selectors import item_selector, letter_anchors
from crawler.lists.probe import pages_printed, probe_list
from crawler.network.address_forms import place_key
from pipelines.selectors import body_selector, empty_selectors
from schedules.one_page.polite_fetch import PoliteFetch, pause
from schedules.portals.agency import is_short_for
from schedules.portals.trial import (
    LETTERS,
    OpenedList,
    TriedLetter,
    letters_to_try,
    next_links,
    open_list,
    try_letter,
)
from schedules.portals.words import (
    FOUND_BY_CONTENT,
    LETTERS_MISSED,
    LIST_EMPTY,
    MOVED_ADDRESS,
    NO_INDEX_NUMBERS,
    NONE_READ,
    NOT_READ,
    OTHER_AGENCY,
    PAGING_MISSED,
    PAGING_NONE,
    PAGING_PROVED,
    PAGING_SAME,
    PAGING_UNPROVED,
    SELECT_FINDS_NOTHING,
    TOO_FEW,
    TRY_PLATFORM,
    TRY_SELECT,
)
from schedules.words.language import language, say
from schedules.words.reasons import refusal_reason
from storage.addresses import address_key
from storage.errors import Blocked, FuhanError
from storage.records import ListColumn, ListedLink, Portal, SiteProfile


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that was seen; a fault is what keeps the portal from being read whole."""

    text: str
    fault: bool = True


@dataclass(frozen=True, slots=True)
class CheckedList:
    """A column's first page: the letters it links to, and what is to be said about it."""

    url: str
    links: tuple[ListedLink, ...] = ()
    leads_on: bool = False  # there are further pages
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedLetter:
    """A letter's page as it was read, and what is to be said about it."""

    tried: TriedLetter
    remarks: tuple[Remark, ...] = ()


class PortalCheck:
    """Asks a portal for a few pages, with its delay between them and robots.txt obeyed."""

    def __init__(
        self,
        portal: Portal,
        *,
        now: datetime,
        contact: str | None,
        profile: SiteProfile | None = None,
        wait: Callable[[float], None] = pause,
    ) -> None:
        self._portal = portal
        self._profile = profile
        self._fetching = PoliteFetch(portal, now=now, contact=contact, wait=wait)

    def lists(self) -> Iterator[CheckedList]:
        """The first page of each list, and whether a second one follows, as they are fetched."""
        for column in self._portal.lists:
            try:
                yield self._list(column)
            except FuhanError as error:
                yield CheckedList(column.url, remarks=(Remark(str(error)),))
                if isinstance(error, Blocked):  # who refuses us is left alone
                    return

    def letters(self, lists: Sequence[CheckedList]) -> Iterator[CheckedLetter]:
        """Up to three letters, of every list and known page in turn, as they are fetched."""
        of_lists = [letters_to_try(each.links) for each in lists]
        for url in _in_turn([list(self._portal.pages), *of_lists])[:LETTERS]:
            tried = try_letter(self._fetching, url, self._portal, self._profile)
            yield CheckedLetter(tried, tuple(self._of_letter(tried)))

    def together(
        self, lists: Sequence[CheckedList], letters: Sequence[CheckedLetter]
    ) -> Iterator[Remark]:
        """What only all lists, or all letters, can show."""
        listed = {address_key(link.url) for each in lists for link in each.links}
        count = len(listed) + len(self._portal.pages)
        least = self._portal.min_letters
        read_whole = not any(each.leads_on for each in lists) and all(e.links for e in lists)
        if count < least and read_whole:
            yield Remark(say(TOO_FEW, count=count, least=least))
        readings = [each.tried.reading for each in letters if each.tried.reading]
        good = [reading.letter for reading in readings if reading.letter.is_letter]
        if letters and not good:
            yield from self._none_read(letters)
        elif good and not any(letter.index_number for letter in good):
            yield Remark(say(NO_INDEX_NUMBERS), fault=False)
        printed = dict.fromkeys(letter.issuing_agency for letter in good)
        strangers = [name for name in printed if name and not self._is_ours(name)]
        if strangers:
            names = "、".join(strangers)
            text = say(OTHER_AGENCY, names=names, agency=self._portal.agency)
            yield Remark(text, fault=False)

    def _list(self, column: ListColumn) -> CheckedList:
        opened = open_list(self._fetching, column, self._portal)
        remarks = [*_of_address(opened), *_of_items(opened)]
        if opened.links:
            remarks += paging_remarks(self._fetching, opened)[1]
        return CheckedList(column.url, opened.links, bool(opened.read.further), tuple(remarks))

    def _of_letter(self, tried: TriedLetter) -> Iterator[Remark]:
        if tried.page is None or tried.reading is None:
            yield Remark(tried.fault or "")
            return
        for key in empty_selectors(tried.page, self._portal.select):
            css = getattr(self._portal.select, key)
            yield Remark(say(SELECT_FINDS_NOTHING, key=key, css=css))
        letter = tried.reading.letter
        if letter.refusal:
            reason = refusal_reason(letter.refusal, language())
            unreadable = letter.refusal.startswith("unreadable")
            yield Remark(say(NOT_READ, reason=reason), fault=unreadable)
        elif tried.reading.method == "general" and self._portal.platform != "generic":
            yield Remark(say(FOUND_BY_CONTENT, platform=self._portal.platform), fault=False)

    def _none_read(self, letters: Sequence[CheckedLetter]) -> Iterator[Remark]:
        yield Remark(say(NONE_READ, tried=len(letters)))
        pages = [each.tried.page for each in letters if each.tried.page]
        if css := body_selector(pages, self._portal):
            yield Remark(say(TRY_SELECT, key="body", css=css), fault=False)

    def _is_ours(self, name: str) -> bool:
        names = (self._portal.agency, *self._portal.aliases)
        return any(name == ours or is_short_for(name, ours) for ours in names)


def paging_remarks(
    fetching: PoliteFetch, opened: OpenedList
) -> tuple[tuple[ListedLink, ...], list[Remark]]:
    """What page 2 adds to a list's first page, and what to say of it; at most two requests."""
    try:
        more = next_links(fetching, opened)
    except FuhanError as error:
        return (), [Remark(say(PAGING_UNPROVED, reason=error))]
    if more is None:
        printed = pages_printed(opened.shown) or 1
        if printed > 1:
            return (), [Remark(say(PAGING_MISSED, pages=printed))]
        return (), [Remark(say(PAGING_NONE), fault=False)]
    if not more:
        return (), [Remark(say(PAGING_UNPROVED, reason=say(PAGING_SAME)))]
    text = say(PAGING_PROVED, pages=pages_known(opened), count=len(more))
    return more, [Remark(text, fault=False)]


def pages_known(opened: OpenedList) -> int:
    """How many pages of a list its first page tells of, itself among them."""
    first = place_key(opened.shown.url)
    further = {place_key(url) for url in opened.read.further}
    return 1 + len(further - {first, place_key(opened.page.url)})


def _of_address(opened: OpenedList) -> Iterator[Remark]:
    if opened.is_redirected:
        yield Remark(say(MOVED_ADDRESS, url=opened.page.url), fault=False)


def _of_items(opened: OpenedList) -> Iterator[Remark]:
    """Whether the list's items are found, and what would find more of them."""
    css = opened.page.portal.select.list_item
    listed = {address_key(link.url) for link in opened.links}
    missed = {address_key(url) for url in letter_anchors(opened.shown)} - listed
    if not opened.links:
        text = say(SELECT_FINDS_NOTHING, key="list_item", css=css) if css else say(LIST_EMPTY)
        yield Remark(text)
    elif len(missed) > len(listed):
        yield Remark(say(LETTERS_MISSED, count=len(missed)), fault=False)
    else:
        return
    yield from _what_finds_more(opened)


def _what_finds_more(opened: OpenedList) -> Iterator[Remark]:
    portal = opened.page.portal
    bare = replace(portal, select=replace(portal.select, list_item=None))
    better = probe_list(replace(opened.shown, portal=bare))
    if len(better.links) <= len(opened.links):
        return
    if better.platform != portal.platform:
        text = say(TRY_PLATFORM, platform=better.platform, count=len(better.links))
        yield Remark(text, fault=False)
    if better.list_item and (css := item_selector(opened.shown)):
        yield Remark(say(TRY_SELECT, key="list_item", css=css), fault=False)


def _in_turn(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first of each row, then the second of each, each address once."""
    longest = max(map(len, rows), default=0)
    taken = (row[n] for n in range(longest) for row in rows if n < len(row))
    return list(dict.fromkeys(taken))
