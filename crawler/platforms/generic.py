"""Lists of sites whose CMS is not known: letters by content, further pages by links."""

from __future__ import annotations

from crawler.list_items import find_links
from crawler.list_pages import ListPlatform
from crawler.paging import linked_pages

PLATFORM = ListPlatform(find_links, linked_pages)
