"""Finds a stable CSS selector for the items of a list that no platform's rule reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import html

from crawler.lists.items import MOST_LINKS, links_of
from crawler.lists.links import link_href, link_title
from crawler.lists.pages import ListPage
from crawler.lists.titles import has_letter_title
from crawler.network.addresses import origin_of
from storage.addresses import address_key

_MOST_TRIED = 24  # selectors; each is a walk through the page
_HIGHEST = 6  # ancestors of a link that may be its item
_FOUND = 0.9  # of the links with a letter's title a selector must find
_STRANGERS = 0.5  # for each of these, links without such a title it may find besides

# active, odd, first, item12, a1f3c9…: what differs from item to item or from day to day
_UNSTABLE = re.compile(
    r"^(?:active|on|cur|current|selected|hover|first|last|odd|even|show|hide)$|\d{2,}|[0-9a-f]{8,}",
    re.IGNORECASE,
)
# ./hf/ · /zwgk/d/ · https://a.example.org/hf/;  not / or ./, where all links begin
_FOLDER = re.compile(r"[A-Za-z0-9_.:/-]{0,300}[A-Za-z0-9_-]/")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")


def letter_anchors(page: ListPage) -> dict[str, html.HtmlElement]:
    """The links of a page that bear a letter's title, by address, on the portal's own hosts."""
    found: dict[str, html.HtmlElement] = {}
    for element in islice(page.root.iter("a"), MOST_LINKS):
        if not has_letter_title(link_title(element)):
            continue
        url = page.resolve(link_href(element))
        if url is not None and origin_of(url) in page.origins:
            found.setdefault(url, element)
    return found


def item_selector(page: ListPage) -> str | None:
    """The shortest selector by tags, ids and lasting classes that finds the letters' items.

    Where nothing around them has a name, one by the beginning of their addresses. It finds nine
    tenths of the links with a letter's title, and at most half as many others. None where there
    is no such selector.
    """
    titled = letter_anchors(page)
    wanted = {address_key(url) for url in titled}
    if not wanted:
        return None
    tried = dict.fromkeys(css for element in _samples(titled) for css in _candidates(element))
    shortest = sorted(islice(tried, _MOST_TRIED), key=len)
    for css in (*shortest, *_by_address(titled)):
        listed = {
            address_key(link.url)
            for link in links_of(page, (item.root for item in page.selector.css(css))).links
        }
        strangers = len(listed - wanted)
        if len(listed & wanted) >= _FOUND * len(wanted) and strangers <= _STRANGERS * len(wanted):
            return css
    return None


def _samples(titled: dict[str, html.HtmlElement]) -> list[html.HtmlElement]:
    """The first, the middle and the last link."""
    elements = list(titled.values())
    return [elements[n] for n in dict.fromkeys((0, len(elements) // 2, len(elements) - 1))]


def _candidates(link: html.HtmlElement) -> Iterator[str]:
    """Selectors for the item around a link: each of its ancestors, within what has a name."""
    items = [link, *islice(link.iterancestors(), _HIGHEST)]
    for item in items:
        if item.tag in ("body", "html") or not isinstance(item.tag, str):
            return
        own = str(item.tag) + "".join(f".{name}" for name in _classes(item))
        if own != item.tag:
            yield own
        for holder in islice(item.iterancestors(), _HIGHEST):
            for name in _names(holder):
                yield f"{holder.tag}{name} {own}"


def _by_address(titled: dict[str, html.HtmlElement]) -> list[str]:
    """`a[href^='/d/']`: the folder the links have in common, as their addresses are written."""
    written = [str(element.get("href") or "").strip() for element in titled.values()]
    low, high = min(written), max(written)  # what these two begin with, all begin with
    differing = (n for n, (one, other) in enumerate(zip(low, high, strict=False)) if one != other)
    folder = low[: next(differing, len(low))].rpartition("/")[0] + "/"
    return [f"a[href^='{folder}']"] if _FOLDER.fullmatch(folder) else []


def _names(element: html.HtmlElement) -> list[str]:
    """`#list`, `.news_list`: what an element may be told by."""
    number = element.get("id") or ""
    named = [f"#{number}"] if _is_stable(number) else []
    return named + [f".{name}" for name in _classes(element)]


def _classes(element: html.HtmlElement) -> list[str]:
    return [name for name in (element.get("class") or "").split()[:6] if _is_stable(name)]


def _is_stable(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and not _UNSTABLE.search(name)
