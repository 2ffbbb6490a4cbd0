"""A portal tried on a few of its pages: a column opened, its second page proved, letters read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from crawler.answers.records import Site, Verdict
from crawler.answers.sorting import sort_answer
from crawler.answers.wholeness import leaves_open
from crawler.lists.answers import may_want_other_method, sort_list
from crawler.lists.pages import ListPage
from crawler.lists.probe import ListProbe, probe_list, read_list
from crawler.lists.sub_columns import sub_columns
from crawler.lists.titles import has_letter_title
from crawler.lists.walk import ColumnWalk
from crawler.network.address_forms import is_file_address, place_key, without_session
from crawler.network.addresses import allowed_origins, origin_of
from crawler.paging.posts import marked_like
from crawler.platforms import platform_for
from pipelines.read import read_page
from pipelines.selectors import FetchedPage
from schedules.one_page.polite_fetch import PoliteFetch, server_answer
from schedules.portals.words import REMEDIES, REMEDY_BLOCKED, UNUSABLE
from schedules.words.language import language, say
from schedules.words.reasons import answer_reason
from storage.addresses import address_key
from storage.errors import Blocked, FetchError
from storage.records import (
    Answer,
    Capture,
    ListColumn,
    ListedLink,
    PageReading,
    PlatformName,
    Portal,
    SiteProfile,
)

LETTERS = 3


@dataclass(frozen=True, slots=True)
class OpenedList:
    """A column as it came: its first page, and the page that lists letters, which may be another.

    They differ where the first is a frame that a script fills from a JSON list.
    """

    asked: str
    page: ListPage
    shown: ListPage
    read: ListProbe

    @property
    def links(self) -> tuple[ListedLink, ...]:
        """The letters of the page that lists them."""
        return self.read.links

    @property
    def is_redirected(self) -> bool:
        """Whether another address answered than was asked for."""
        return self.page.url != self.asked.partition("#")[0]


@dataclass(frozen=True, slots=True)
class TriedLetter:
    """A letter's page as it was fetched and read, or why it could not be fetched."""

    url: str
    page: FetchedPage | None = None
    reading: PageReading | None = None
    fault: str | None = None

    @property
    def is_read(self) -> bool:
        """Whether a letter was read."""
        return self.reading is not None and self.reading.letter.is_letter


def letters_to_try(links: Sequence[ListedLink]) -> list[str]:
    """Up to three addresses, those first that are listed under a letter's title."""
    ranked = sorted(links, key=_unlikeliness)
    return [link.url for link in ranked[:LETTERS]]


def _unlikeliness(link: ListedLink) -> tuple[bool, bool]:
    """Pages go before files, which say little of a site; letters' titles before others."""
    return is_file_address(link.url), not has_letter_title(link.title or "")


def open_list(fetching: PoliteFetch, column: ListColumn, portal: Portal) -> OpenedList:
    """The first page of a portal's column, read as its platform reads it.

    Raises FetchError (Blocked where we are refused) that says what to do next.
    """
    capture = _ask_list(fetching, column.url)
    page = _parse(capture, column, portal)
    if origin_of(page.url) not in page.origins:  # a crawl does not follow there
        reason = f"redirected to another host: {page.url[:200]}"
        _raise_unless_page(column.url, Verdict(Answer.FAILED, reason))
    _refuse_unusable(column.url, capture, page, portal.platform)
    read = read_list(page, portal.platform)
    return _behind_frame(fetching, OpenedList(column.url, page, page, read))


def probe_column(fetching: PoliteFetch, column: ListColumn, draft: Portal) -> OpenedList:
    """The first page of a column of a site not known yet, by the platform that reads it best.

    Where the site redirects to another address, that becomes the column's. Raises FetchError
    (Blocked where we are refused) that says what to do next.
    """
    capture = _ask_list(fetching, column.url)
    own = replace(column, url=_own_address(column.url, capture.url))
    if urlsplit(capture.url).path in ("", "/") and urlsplit(column.url).path not in ("", "/"):
        own = column  # led to the home page: judged as that
    portal = replace(draft, lists=(own,))
    page = _parse(capture, own, portal)
    read = probe_list(page)
    _refuse_unusable(own.url, capture, page, read.platform)
    return _behind_frame(fetching, OpenedList(column.url, page, page, read))


def next_links(fetching: PoliteFetch, opened: OpenedList) -> tuple[ListedLink, ...] | None:
    """What the next page of a list shows that its first does not; None where there is none.

    A data proxy that refuses one of GET and POST is asked by the other. Raises FetchError.
    """
    shown = {address_key(link.url) for link in opened.links}
    ahead = [url for url in opened.read.further if place_key(url) != place_key(opened.shown.url)]
    if not ahead:
        return None
    _, read = _ask_page(fetching, ahead[0], opened)
    return tuple(link for link in read.links if address_key(link.url) not in shown)


def try_letter(
    fetching: PoliteFetch, url: str, portal: Portal, profile: SiteProfile | None = None
) -> TriedLetter:
    """One letter's page, fetched and read as a crawl of the portal would."""
    try:
        capture = fetching.ask(url)
        _refuse_unusable_letter(url, capture, portal)
    except FetchError as error:
        return TriedLetter(url, fault=str(error))
    page = FetchedPage(capture.body, capture.url, capture.content_type)
    return TriedLetter(url, page, read_letter(page, portal, profile))


def read_letter(
    page: FetchedPage, portal: Portal, profile: SiteProfile | None = None
) -> PageReading:
    """A fetched page as the portal reads it."""
    return read_page(page.body, page.url, portal, page.content_type, profile)


def _own_address(asked: str, final: str) -> str:
    """The address a column is known by from now on: the one that answered, session numbers apart.

    The fragment, which no server sees, is kept: gkmlpt's `index#368` names its category there.
    """
    address, sign, fragment = asked.partition("#")
    return without_session(final) + sign + fragment if final != address else asked


def _behind_frame(fetching: PoliteFetch, opened: OpenedList) -> OpenedList:
    """The list behind an empty frame, where the frame says where it comes from.

    Of a column that shows nothing but the columns within it, the first of these.
    """
    ahead = () if opened.links else opened.read.further or sub_columns(opened.page)
    if not ahead:
        return opened
    page, read = _ask_page(fetching, ahead[0], opened)
    return replace(opened, shown=page, read=replace(read, marks=opened.read.marks))


def _ask_page(fetching: PoliteFetch, url: str, opened: OpenedList) -> tuple[ListPage, ListProbe]:
    """A further page of a list, asked for by the method its walk would use."""
    walk = ColumnWalk(opened.page.column, full=True)
    platform = opened.read.platform
    half = platform_for(platform)
    while True:
        method = walk.method(url)
        capture = _ask_list(fetching, url, method.get("body"))
        capture = replace(capture, url=marked_like(capture.url, url))
        page = _parse(capture, opened.page.column, opened.page.portal)
        answer = server_answer(url, capture)
        verdict = sort_list(answer, _site(opened.page.portal, capture), page, half)
        refused = verdict.answer is not Answer.PAGE
        if refused and may_want_other_method(answer, verdict) and walk.ask_otherwise(url):
            continue
        _raise_unless_page(url, verdict)
        return page, read_list(page, platform)


def _ask_list(fetching: PoliteFetch, url: str, form: str | None = None) -> Capture:
    return fetching.ask(url.partition("#")[0], form)


def _parse(capture: Capture, column: ListColumn, portal: Portal) -> ListPage:
    return ListPage.parse(capture.body, capture.content_type, capture.url, column, portal)


def _site(portal: Portal, capture: Capture) -> Site:
    """What the crawl knows of the site; that a page was cut is not to be told from one page."""
    columns = frozenset(place_key(column.url) for column in portal.lists)
    is_open = leaves_open(capture.body, capture.content_type)
    return Site(columns, allowed_origins(portal), is_open)


def _refuse_unusable(url: str, capture: Capture, page: ListPage, platform: PlatformName) -> None:
    """Raises FetchError or Blocked where an answer is no list."""
    answer = server_answer(url.partition("#")[0], capture)
    verdict = sort_list(answer, _site(page.portal, capture), page, platform_for(platform))
    _raise_unless_page(url, verdict)


def _refuse_unusable_letter(url: str, capture: Capture, portal: Portal) -> None:
    """As for a list; a letter that is led elsewhere on its site is still a page to read."""
    verdict = sort_answer(server_answer(url, capture), _site(portal, capture))
    if verdict.moved_to is None:
        _raise_unless_page(url, verdict)


def _raise_unless_page(url: str, verdict: Verdict) -> None:
    if verdict.answer is Answer.PAGE:
        return
    recorded = verdict.reason or verdict.answer
    reason = answer_reason(recorded, language())
    blocked = verdict.answer is Answer.BLOCKED
    remedy = next((words for sign, words in REMEDIES if recorded.startswith(sign)), None)
    advice = REMEDY_BLOCKED if blocked else remedy
    text = say(UNUSABLE, url=url, reason=reason) + (say(advice) if advice else "")
    raise (Blocked if blocked else FetchError)(text, url=url)
