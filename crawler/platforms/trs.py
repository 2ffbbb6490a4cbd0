"""Lists of TRS WCM, the CMS of Chongqing and of most government sites."""

from __future__ import annotations

from crawler.lists.data_lists import data_links, pages_behind
from crawler.lists.items import find_links
from crawler.lists.pages import Listing, ListPage, ListPlatform
from crawler.paging.links import linked_pages
from crawler.paging.scripts import script_pages

# the forms of list items seen on Chongqing's sites; others are found by content
LIST_ITEMS = (
    "li.clearfix:has(> a[title] + span)",  # kjj
    "a:has(> p + span)",  # jjxxw
    "ul.tab-item li.clearfix",
    "table.zcwjk-list tr.zcwjk-list-c:has(p.tit)",
)


def find_trs_links(page: ListPage) -> Listing:
    """The letters of a TRS list page, those in its known forms first among equals."""
    return data_links(page) or find_links(page, LIST_ITEMS)


def further_trs_pages(page: ListPage) -> tuple[str, ...]:
    """The pages its script counts; where there is none, those its links lead to."""
    return script_pages(page) or linked_pages(page) or pages_behind(page)


PLATFORM = ListPlatform(find_trs_links, further_trs_pages)
