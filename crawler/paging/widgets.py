"""Counts the pages of a list from the call of a common pager: laypage, kkpager, jQuery's.

laypage({pages: 34, curr: 1, jump: function(obj){ location.href = "index_" + obj.curr + ".html" }})
laypage.render({elem: "page", count: 512, limit: 15, curr: 1, jump: function(obj, first){ … }})
kkpager.generPageHtml({pno: 1, total: 34, hrefFormer: "index", hrefLatter: ".html"})
$("#page").pagination(512, {items_per_page: 15, link_to: "index_" + "__id__" + ".html"})
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from math import ceil

from crawler.lists.pages import MOST_PAGES, ListPage
from crawler.paging.sums import sum_of

_MOST_CALLS = 20
_SETTINGS = 3_000  # characters of a call that are looked at
# laypage({ · laypage.render({ · kkpager.generPageHtml({ · .pagination(512, { · .createPage({ ·
# .Paging({ · new Page({
_CALL = re.compile(r"\(\s{0,9}(?:(\d{1,7})\s{0,3},\s{0,9})?\{")
_CALLED = re.compile(
    r"\b(?:laypage|laypage\.render|kkpager\.generPageHtml|pagination|pager|paging|paginator|createPage|page)"
    r"\s{0,3}$",
    re.IGNORECASE,
)
# pages: 34 · total: '34' · count: 512
_NUMBER = r"[\"']?\b{name}[\"']?\s{{0,3}}:\s{{0,3}}[\"']?(\d{{1,7}})\b"
_PAGES = ("pages", "pageCount", "totalPage", "totalPages", "pageTotal", "total_pages")
_ENTRIES = ("count", "totalRecords", "totalCount", "totalData", "totalRecord", "records")
_A_PAGE = ("limit", "items_per_page", "pageSize", "perPage", "showData", "num", "limitCount")
# jump: function(obj, first){ · callback: function(api){ · onPageChange: num =>
_CALLBACK = re.compile(
    r"(?:function\s{0,3}\(\s{0,3}([\w$]{1,40})[^()]{0,60}\)\s{0,3}\{|\(?([\w$]{1,40})[^()=]{0,40}\)?\s{0,3}=>)"
)
# location.href = "index_" + obj.curr + ".html"
_JUMP = re.compile(
    r"location(?:\.href)?\s{0,9}=(?!=)\s{0,9}([^;\n{}]{1,300})"
    r"|location\.(?:assign|replace)\s{0,9}\(([^;\n{}]{1,300})\)",
    re.IGNORECASE,
)
# link_to: "index_" + "__id__" + ".html" · link_to: "?page=__id__"
_LINK_TO = re.compile(r"\blink_to[\"']?\s{0,3}:\s{0,3}([^,\n}]{1,200})")
# hrefFormer: 'index', hrefLatter: '.html'
_FORMER = re.compile(r"\bhrefFormer[\"']?\s*:\s*[\"']([^\"'<>]{0,200})[\"']")
_LATTER = re.compile(r"\bhrefLatter[\"']?\s*:\s*[\"']([^\"'<>]{0,60})[\"']")
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def widget_pages(page: ListPage) -> tuple[str, ...]:
    """The pages a pager of a common make counts, the second first; empty without one."""
    source = page.source
    calls = (
        call
        for call in _CALL.finditer(source)
        if _CALLED.search(source[max(0, call.start() - 30) : call.start()])
    )
    for call in islice(calls, _MOST_CALLS):
        settings = source[call.end() : call.end() + _SETTINGS].partition("</script")[0]
        count = _count(settings, call[1])
        if count is not None and count > 1:
            pages = _addresses(page, settings, min(count, MOST_PAGES))
            if pages:
                return pages
    return ()


def _count(settings: str, first: str | None) -> int | None:
    """How many pages there are: as printed, else of all entries so many a page."""
    if pages := _setting(settings, _PAGES):
        return pages
    entries = _setting(settings, _ENTRIES) or (int(first) if first else None)
    a_page = _setting(settings, _A_PAGE)
    if entries and a_page:
        return ceil(entries / a_page)
    # jQuery's `total` are pages in kkpager, where `totalRecords` may stand beside it
    return _setting(settings, ("total",)) if _FORMER.search(settings) else None


def _setting(settings: str, keys: tuple[str, ...]) -> int | None:
    for key in keys:
        if found := re.search(_NUMBER.format(name=key), settings):
            return int(found[1])
    return None


def _addresses(page: ListPage, settings: str, count: int) -> tuple[str, ...]:
    """The addresses of pages 2 to `count`, as the pager's links or its callback make them."""
    numbered = (_address(page, settings, number) for number in range(2, count + 1))
    found: list[str] = []
    for address in numbered:
        url = page.resolve(address) if address else None
        if url is None:
            return ()
        found.append(url)
    return tuple(found) if len(set(found)) == len(found) else ()


def _address(page: ListPage, settings: str, number: int) -> str | None:
    former, latter = _FORMER.search(settings), _LATTER.search(settings)
    if former and latter:
        return f"{former[1]}_{number}{latter[1]}"
    if linked := _LINK_TO.search(settings):
        text = "".join(one or other for one, other in _STRING.findall(linked[1]))
        # its pages count from 0: __id__ is one less than what a reader sees
        return text.replace("__id__", str(number - 1)) if "__id__" in text else None
    return next(_called_back(page, settings, str(number)), None)


def _called_back(page: ListPage, settings: str, number: str) -> Iterator[str]:
    """Where the callback's jump leads: by `obj.curr`, `api.getCurrent()` or the number itself."""
    callback = _CALLBACK.search(settings)
    if callback is None:
        return
    given = callback[1] or callback[2]
    for jump in islice(_JUMP.finditer(settings, callback.end()), 4):
        written = (jump[1] or jump[2]).replace("getCurrent()", "curr")
        for name in (f"{given}.curr", f"{given}.current", f"{given}.page", given):
            if (text := sum_of(written, name, number, page.source)) and number_in(text, number):
                yield text
                return


def number_in(text: str, number: str) -> bool:
    """Whether an address holds a page's number, or the one before it."""
    return number in text or str(int(number) - 1) in text
