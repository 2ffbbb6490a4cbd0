"""What one link of a list says: where it leads, its title, the texts in it.

A link is an `a`, or a row that a click opens: `<li onclick="window.open('…')">`, `data-url`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from crawler.lists.dates import is_date, without_date
from crawler.lists.pages import ListPage
from crawler.network.address_forms import is_article_address
from crawler.paging.jumps import Jumps

_MOST_SEEN = 50_000  # links of any kind
_MOST_PARTS = 600
_DATA = ("data-href", "data-url", "data-link", "tagname")
_OPENING = "//*[@onclick or @data-href or @data-url or @data-link][not(self::a)]"
_NOT_TEXT = frozenset({"script", "style", "ul", "ol"})
# onclick="openUrl('./202406/t20240603_31.html')" · javascript:view('/art/2024/6/3/art_1_2.html')
_OPENED = re.compile(
    r"[\"']([^\"'<>\s]{1,500}(?:\.(?:s?html?|jsp|aspx?|php|pdf|docx?)|\?)[^\"'<>\s]{0,300})[\"']"
)


def link_href(element: html.HtmlElement) -> str:
    """Where a link leads; of one that a script opens, the address among its words."""
    href: str = (element.get("href") or "").strip()
    if href not in ("", "#") and href[:11].lower() != "javascript:":
        return href
    for name in _DATA:
        if element.get(name):
            return str(element.get(name)).strip()
    opened = _OPENED.search(f"{element.get('onclick') or ''} {href[11:]}"[:1000])
    return opened[1] if opened else href


def opened_links(page: ListPage) -> Iterator[tuple[html.HtmlElement, str]]:
    """Every link of a page with its address: the `a`s, then rows that a click opens as articles."""
    jumps = Jumps(page)
    for element in islice(page.root.iter("a"), _MOST_SEEN):
        if url := page.resolve(link_href(element)) or _jump(page, jumps, element):
            yield element, url
    for element in islice(page.root.xpath(_OPENING), _MOST_SEEN):
        url = page.resolve(link_href(element)) if link_href(element) else None
        url = url or _jump(page, jumps, element)
        if url and is_article_address(url) and not _holds_links(element):
            yield element, url


def _jump(page: ListPage, jumps: Jumps, element: html.HtmlElement) -> str | None:
    """Where a click leads by a function of the page: `showInfo('8ae5')`."""
    code = f"{element.get('onclick') or ''};{(element.get('href') or '')[11:]}"[:1000]
    address = jumps.address(code) if "(" in code else None
    return page.resolve(address) if address else None


def _holds_links(element: html.HtmlElement) -> bool:
    """Whether a row has a link of its own: then that is the letter's."""
    return any((link.get("href") or "").strip() for link in islice(element.iter("a"), 5))


def link_title(element: html.HtmlElement) -> str:
    """A link's title: its attribute, else its text without the date."""
    attribute = " ".join((element.get("title") or "").split())
    text = without_date(
        " ".join(" ".join(part.split()) for part in texts_of(element) if not is_date(part)).strip()
    )
    if len(attribute) >= 4 and (len(attribute) >= len(text) or text.endswith(("…", "..."))):
        return attribute
    return text or attribute


def texts_of(element: html.HtmlElement) -> Iterator[str]:
    """The texts inside an element, those of scripts and of lists within it left out.

    Only its first few hundred parts are looked at: an item is small.
    """
    walk = etree.iterwalk(element, events=("start", "end", "comment"))
    for event, part in islice(walk, _MOST_PARTS):
        inside = part is not element
        if event == "start" and inside and part.tag in _NOT_TEXT:
            walk.skip_subtree()
        elif event == "start" and part.text and part.text.strip():
            yield part.text
        if event != "start" and inside and part.tail and part.tail.strip():
            yield part.tail
