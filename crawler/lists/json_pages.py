"""The further pages of a list that is JSON, by the counts it tells or one after the other."""

from __future__ import annotations

from math import ceil
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.lists.json_lists import (
    SIZE_KEYS,
    JsonList,
    first_whole,
    looks_like_json,
    read_json_list,
    whole,
)
from crawler.lists.pages import MOST_PAGES, ListPage

PAGE_KEYS = (
    "page",
    "currpage",
    "curpage",
    "currentpage",
    "pageno",
    "pagenum",
    "pageindex",
    "pagenumber",
    "page_no",
    "page_num",
    "current",
    "p",
    "pn",
)
"""Names of the number of a page, in lower case."""


def further_data_pages(page: ListPage) -> tuple[str, ...]:
    """The addresses of a JSON list's other pages; empty where the page is none."""
    found = read_json_list(page.source) if looks_like_json(page.source) else None
    if found is None:
        return ()
    query = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    key = next((name for name in query if name.lower() in PAGE_KEYS), None)
    here = whole(query.get(key)) if key else 1
    if here is None:
        return ()
    key = key or "page"
    size = found.size or first_whole(query, SIZE_KEYS)
    return tuple(_with_page(page.url, key, number) for number in _numbers(found, size, here))


def _numbers(found: JsonList, size: int | None, here: int) -> range:
    """The numbers of the pages after this one: all that its counts tell of, or the next."""
    pages = found.pages
    per_page = size or (found.length if here <= 1 or found.total is None else None)
    if pages is None and found.total is not None and not per_page:
        return range(0)  # the last page may be a short one; the first has told of all
    if pages is None and found.total is not None and per_page:
        if here <= 1 and 0 < found.length < min(per_page, found.total):
            per_page = found.length  # the server gives fewer than were asked for
        pages = ceil(found.total / per_page)
    if pages is None:
        return range(here + 1, here + 2) if found.length else range(0)
    return range(here + 1, min(pages, here + MOST_PAGES) + 1)


def _with_page(url: str, key: str, number: int) -> str:
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    if not any(name == key for name, _ in pairs):
        pairs.append((key, ""))
    query = urlencode([(name, str(number) if name == key else value) for name, value in pairs])
    return urlunsplit(parts._replace(query=query))
