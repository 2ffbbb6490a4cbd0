"""A list page as platforms see it, and what is its column's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import html
from parsel import Selector

from crawler.answers.page_text import decode_page
from crawler.network.address_forms import place_key, without_session
from crawler.network.addresses import Origin, allowed_origins
from storage.records import ListColumn, ListedLink, Portal

MOST_PAGES = 5_000
"""Pages of one column asked for in one walk, whatever its scripts and links say."""

# index.html, list_2.shtml, common_list.shtml, nav_list_3.shtml: a list's own pages
_LIST_NAME = r"(?:index|default|(?:[a-z]{1,20}_)?list)(?:_\d+)?"
_FOLDER = re.compile(rf"/(?:{_LIST_NAME}\.\w{{2,5}})?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListPage:
    """One answer of a column: `url` is the address that answered, after redirects."""

    url: str
    column: ListColumn
    portal: Portal
    source: str
    selector: Selector
    origins: frozenset[Origin]
    base: str  # what links are relative to
    _resolved: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def parse(
        cls, body: bytes, content_type: str | None, url: str, column: ListColumn, portal: Portal
    ) -> ListPage:
        """Reads a page's bytes; never raises, a body that is no HTML gives a page without links."""
        source = decode_page(body, content_type).replace("\x00", "")
        selector = Selector(text=source or "<html></html>", type="html", base_url=url)
        base = _base(selector, url)
        return cls(url, column, portal, source, selector, allowed_origins(portal), base)

    @property
    def root(self) -> html.HtmlElement:
        """The page's tree."""
        root: html.HtmlElement = self.selector.root
        return root

    def resolve(self, href: str) -> str | None:
        """An absolute address for a link as written; None for no web page.

        Fragments and session numbers are left out: with another one at each visit, every letter
        would be at a new address each day.
        """
        if href not in self._resolved:  # each way to read a list asks anew
            self._resolved[href] = self._absolute(href)
        return self._resolved[href]

    def _absolute(self, href: str) -> str | None:
        try:
            url = urljoin(self.base, href.strip().replace("\n", "").replace("\r", ""))
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.scheme not in ("http", "https") or not parts.netloc:
            return None
        return without_session(url.partition("#")[0])


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list page shows: links to letters in their order, and links to other sites counted."""

    links: tuple[ListedLink, ...]
    offsite: int = 0


@dataclass(frozen=True, slots=True)
class ListPlatform:
    """The crawler's half of a CMS: its list items and its paging.

    `further_pages` gives addresses of other pages of the list, the next one first; those asked
    for already may be among them.
    """

    find_links: Callable[[ListPage], Listing]
    further_pages: Callable[[ListPage], tuple[str, ...]]


def _base(selector: Selector, url: str) -> str:
    declared = selector.xpath("//base/@href").get()
    try:
        return urljoin(url, declared) if declared else url
    except ValueError:
        return url


def is_section_address(url: str, column: str) -> bool:
    """Whether the address is a folder's, a list's or the column's own."""
    return bool(_FOLDER.search(urlsplit(url).path)) or place_key(url) == place_key(column)


def column_folder(url: str) -> str:
    """The folder whose articles are a column's own: of `/a/b/` itself, of `/a/b.htm` `/a/b/`."""
    path = urlsplit(url).path or "/"
    if path.endswith("/"):
        return path
    folder, _, name = path.rpartition("/")
    stem = name.partition(".")[0]
    if re.fullmatch(_LIST_NAME, stem, re.IGNORECASE):
        return f"{folder}/"
    return f"{folder}/{stem}/"
