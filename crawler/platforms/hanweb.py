"""Lists of Hanweb (jpage): records in the page, further groups from its data proxy."""

from __future__ import annotations

from crawler.lists.data_lists import data_links, pages_behind
from crawler.lists.items import find_links
from crawler.lists.jpage import further_groups
from crawler.lists.pages import Listing, ListPage, ListPlatform
from crawler.paging.links import linked_pages
from crawler.paging.scripts import script_pages


def find_hanweb_links(page: ListPage) -> Listing:
    """The records of the column; of a page without any, its links."""
    return data_links(page) or find_links(page)


def further_hanweb_pages(page: ListPage) -> tuple[str, ...]:
    """Further groups of records; where there is no jpage, the pages scripts and links lead to.

    jpage's own links (`?uid=1737&pageNum=2`) show the first group again whatever their number.
    """
    return further_groups(page) or script_pages(page) or linked_pages(page) or pages_behind(page)


PLATFORM = ListPlatform(find_hanweb_links, further_hanweb_pages)
