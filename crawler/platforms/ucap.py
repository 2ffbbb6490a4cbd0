"""Lists of UCAP: `common_list.shtml` and `common_list_2.shtml`, or JSON that a script asks for."""

from __future__ import annotations

from crawler.lists.data_lists import data_links, pages_behind
from crawler.lists.items import find_links
from crawler.lists.pages import Listing, ListPage, ListPlatform
from crawler.paging.links import linked_pages
from crawler.paging.scripts import script_pages


def find_ucap_links(page: ListPage) -> Listing:
    """The letters of a page, of a JSON list its entries."""
    return data_links(page) or find_links(page)


def further_ucap_pages(page: ListPage) -> tuple[str, ...]:
    """The pages its script counts or its links lead to; where there are none, its JSON's."""
    return script_pages(page) or linked_pages(page) or pages_behind(page)


PLATFORM = ListPlatform(find_ucap_links, further_ucap_pages)
