"""A list page as platforms see it, and which addresses have the form of an article's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import html
from parsel import Selector

from crawler.answers.page_text import decode_page
from crawler.answers.sorting import place_key
from crawler.network.addresses import Origin, allowed_origins
from storage.records import ListColumn, ListedLink, Portal

MOST_PAGES = 5_000
"""Pages of one column asked for in one walk, whatever its scripts and links say."""

# /202410/t20241012_13700173.html, _wap.html, .shtml (TRS) · /art/2019/12/23/art_1229_3912.html
# (Hanweb) · /202305/8c3e…32 hex….shtml (UCAP) · /info/1023/4567.htm (VSB) · /post_1234567.html
# (gkmlpt) · /content/2024-05/16/content_123.htm · /t123_456.html · /20240516/1234.html
_ARTICLE_PATH = re.compile(
    r"/t\d{6,8}_\d+[^/]*\.s?html?$"
    r"|/art_\d+_[0-9a-f]+[^/]*\.html?$"
    r"|/[0-9a-f]{32}(?:_\w+)?\.s?html?$"
    r"|/info/\d+/\d+\.html?$"
    r"|/(?:post|content|article|detail|show|view|c)[-_/]?\d+(?:_\d+)*\.(?:s?html?|jhtml|aspx?|jspx?|php)$"
    r"|/\d{4}[-/]?\d{2}[-/]?(?:\d{2})?/(?:[^/]+/)?[^/]*\d[^/]*\.(?:s?html?|jhtml)$"
    r"|/\d{3,}(?:_\d+)?\.(?:s?html?|jhtml|aspx?)$",
    re.IGNORECASE,
)
# view.jsp?id=1023 · show.aspx?infoid=77&cid=3 · content.php?aid=9
_ARTICLE_QUERY = re.compile(
    r"(?:^|&)(?:\w*id|aid|n|infoid|articlekey|guid)=[0-9a-f-]{1,40}", re.IGNORECASE
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|wps|ofd|xlsx?|zip|rar|7z|jpe?g|png|gif|bmp|mp[34]|apk|exe|css|js)$",
    re.IGNORECASE,
)
# /list.do;jsessionid=1A2B3C?col=7
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
# ?PHPSESSID=4f3a&id=7 · &jsessionid=1A2B
_SESSION_QUERY = re.compile(r"([?&])(?:phpsessid|jsessionid)=[^&#]*(&(?=[^&#])|)", re.IGNORECASE)
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


def without_session(url: str) -> str:
    """An address without the number a server gives each of its visitors."""
    if "sess" not in url.lower():
        return url
    url = _SESSION.sub("", url)
    return _SESSION_QUERY.sub(lambda found: found[1] if found[2] else "", url)


def _base(selector: Selector, url: str) -> str:
    declared = selector.xpath("//base/@href").get()
    try:
        return urljoin(url, declared) if declared else url
    except ValueError:
        return url


def is_article_address(url: str) -> bool:
    """Whether the address has the form a CMS gives to one article."""
    parts = urlsplit(url)
    if _FILE.search(parts.path):
        return False
    return bool(_ARTICLE_PATH.search(parts.path) or _ARTICLE_QUERY.search(parts.query))


def is_file_address(url: str) -> bool:
    """Whether the address is that of a document or a picture, by its ending."""
    return bool(_FILE.search(urlsplit(url).path))


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
