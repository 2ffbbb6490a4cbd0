"""How a list of unknown make is best read: which platform finds its letters and its pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from urllib.parse import urlsplit

from crawler.answers.page_text import PageText
from crawler.lists.item_selectors import item_selector, letter_anchors
from crawler.lists.links import link_title, opened_links
from crawler.lists.pages import ListPage
from crawler.lists.titles import has_letter_title
from crawler.network.address_forms import is_article_address
from crawler.network.addresses import origin_of
from crawler.platform_marks import ranked_platforms
from crawler.platforms import platform_for
from storage.addresses import address_key
from storage.records import ListedLink, PlatformName

# 第1/34页 · 共34页 · 页次：1/34
_PAGES_PRINTED = re.compile(r"(?<![\d/-])\d{1,5}\s*/\s*(\d{1,5})(?![\d/-])|共\s*(\d{1,5})\s*[页頁]")
# <div id="pages" pagecount="4"> · data-total-pages="34"
_PAGES_GIVEN = re.compile(
    r"\s(?:data-)?(?:page-?count|total-?pages?)\s{0,3}=\s{0,3}[\"'](\d{1,5})[\"']", re.IGNORECASE
)
# 加载更多 · 点击加载更多>>
_LOADS_MORE = re.compile(r"^\W*(?:点击)?(?:加载|显示)更多\W*$")
_LONGEST_STRIP = 120  # characters of a line that is a strip of page numbers


@dataclass(frozen=True, slots=True)
class ListProbe:
    """A list page as one platform reads it: its letters, the pages it leads to, and why so.

    `list_item` is a selector the portal's file needs, because the platform's own rule misses the
    letters; `marks` is what was seen of the platform, empty for `generic`.
    """

    platform: PlatformName
    links: tuple[ListedLink, ...]
    further: tuple[str, ...]
    list_item: str | None = None
    marks: tuple[str, ...] = ()


def probe_list(page: ListPage, sources: Sequence[str] = ()) -> ListProbe:
    """The platform that reads a list page best; `sources` are letters' pages, which bear marks too.

    The likeliest platform is taken that finds no fewer letters and loses no further page that
    `generic` finds. Where even the best misses most links with a letter's title, a selector for
    the list's items is looked for. Pure; never raises.
    """
    fallback = read_list(page, "generic")
    chosen = fallback
    for platform, marks in ranked_platforms([page.source, page.url, *sources]):
        read = read_list(page, platform)
        if len(read.links) >= len(fallback.links) and (read.further or not fallback.further):
            chosen = replace(read, marks=marks)
            break
    return _with_selector(page, chosen)


def read_list(page: ListPage, platform: PlatformName) -> ListProbe:
    """A list page as one platform reads it, with the portal's own selector."""
    half = platform_for(platform)
    links = half.find_links(page).links
    return ListProbe(platform, links, half.further_pages(page), page.portal.select.list_item)


def pages_printed(page: ListPage) -> int | None:
    """How many pages the list says it has (`第1/34页`, `共34页`); None where it says nothing.

    A script may be told so by an attribute; `加载更多` tells of a second page.
    """
    text = PageText(page.source.encode("utf-8", "replace"), "text/html; charset=utf-8")
    lines = (line for line in text.lines if len(line) <= _LONGEST_STRIP and "页" in line)
    counts = [
        int(found[1] or found[2]) for line in lines for found in _PAGES_PRINTED.finditer(line)
    ]
    counts += [int(found[1]) for found in islice(_PAGES_GIVEN.finditer(page.source), 9)]
    counts += [2 for line in text.lines if _LOADS_MORE.match(line)]
    return max(counts, default=None)


def letters_elsewhere(page: ListPage) -> Counter[str]:
    """The hosts of other sites that a list's articles stand on, with how many stand there."""
    hosts: Counter[str] = Counter()
    for element, url in opened_links(page):
        origin = origin_of(url)
        if origin is None or origin in page.origins:
            continue
        if is_article_address(url) and has_letter_title(link_title(element)):
            hosts[urlsplit(url).netloc.lower()] += 1
    return hosts


def _with_selector(page: ListPage, read: ListProbe) -> ListProbe:
    titled = {address_key(url) for url in letter_anchors(page)}
    listed = {address_key(link.url) for link in read.links}
    if not titled or 2 * len(titled & listed) >= len(titled):
        return read
    css = item_selector(page)
    if css is None:
        return read
    portal = replace(page.portal, select=replace(page.portal.select, list_item=css))
    again = read_list(replace(page, portal=portal), read.platform)
    return replace(again, marks=read.marks)
