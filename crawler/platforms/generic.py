"""Lists of sites whose CMS is not known: letters by content, further pages in any known form."""

from __future__ import annotations

from crawler.lists.data_lists import data_links, pages_behind
from crawler.lists.items import find_links
from crawler.lists.jpage import further_groups
from crawler.lists.pages import Listing, ListPage, ListPlatform
from crawler.paging.links import linked_pages
from crawler.paging.scripts import script_pages


def find_any_links(page: ListPage) -> Listing:
    """The letters of a page, in mark-up, in records or in JSON."""
    return data_links(page) or find_links(page)


def further_pages(page: ListPage) -> tuple[str, ...]:
    """What a script counts or asks for, else what links lead to, else the JSON behind a frame."""
    return script_pages(page) or further_groups(page) or linked_pages(page) or pages_behind(page)


PLATFORM = ListPlatform(find_any_links, further_pages)
