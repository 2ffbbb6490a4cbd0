"""Lists of VSB (博达站群): `/jyta.htm`, then `/jyta/9.htm` of ten pages, counting down."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from crawler.lists.data_lists import data_links, pages_behind
from crawler.lists.items import find_links
from crawler.lists.pages import MOST_PAGES, Listing, ListPage, ListPlatform
from crawler.paging.links import linked_pages

# <a onclick="_simple_list_gotopage_fun(31,&quot;u13_goto&quot;,2)">跳转</a>
_COUNT = re.compile(r"_simple_list_gotopage_fun\s{0,9}\(\s{0,9}(\d{1,6})")
_STATIC = re.compile(r"\.html?$")


def find_vsb_links(page: ListPage) -> Listing:
    """The letters of a page."""
    return data_links(page) or find_links(page)


def further_vsb_pages(page: ListPage) -> tuple[str, ...]:
    """The pages its links lead to; of a first page that counts itself alone, those it counts.

    Where the column is a file of its own (`/jyta.htm`), page 2 of n is `/jyta/{n-1}.htm` and the
    last one `/jyta/1.htm`: a new letter makes a page n+1 and leaves the addresses of the others.
    """
    return linked_pages(page) or _counted_down(page) or pages_behind(page)


def _counted_down(page: ListPage) -> tuple[str, ...]:
    count = _COUNT.search(page.source)
    parts = urlsplit(page.url)
    if count is None or page.url != page.column.url or not _STATIC.search(parts.path):
        return ()
    folder = _STATIC.sub("/", parts.path)
    numbers = range(min(int(count[1]), MOST_PAGES) - 1, 0, -1)
    return tuple(urljoin(page.url, f"{folder}{number}.htm") for number in numbers)


PLATFORM = ListPlatform(find_vsb_links, further_vsb_pages)
