"""Which list fills a page that is only a frame: gkmlpt's catalogue, UCAP's search, an iframe."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode

from lxml import html

from crawler.lists.pages import ListPage
from crawler.lists.script_requests import scripted_lists
from crawler.network.address_forms import place_key
from crawler.network.addresses import origin_of

# SID: '755325' · "sid":"2" · var SID = 769033
_SID = re.compile(r"\bsid[\"']?\s*[:=]\s*[\"']?(\d{1,12})", re.IGNORECASE)
# CATEGORY_ID: 368 · "classify_main": 5
_CATEGORY = re.compile(
    r"\b(?:category_?id|cate_?id|classify_main)[\"']?\s*[:=]\s*[\"']?(\d{1,9})", re.I
)
# <meta name="channelid" content="a1a0…"> · var channelId='100782'
_CHANNEL_META = re.compile(
    r"<meta\b[^<>]{0,200}name\s*=\s*[\"']?channelid[\"'\s][^<>]{0,200}?content\s*=\s*[\"']([\w-]{1,64})",
    re.IGNORECASE,
)
_CHANNEL = re.compile(r"\bchannel_?id[\"']?\s*[:=]\s*[\"']([\w-]{1,64})[\"']", re.IGNORECASE)
# url: "/common/search/" + channelId · '/getInfoCommon?pagesize=15&currpage=1&channelid=…'
_SEARCH = re.compile(
    r"[\"']([^\"'\s<>]{0,300}(?:/common/search/|/searchList/|getInfoCommon)[^\"'\s<>]{0,500})[\"']",
    re.IGNORECASE,
)
_SEARCH_SIZE = 20
_MOST_FRAMES = 4
# display:none
_DISPLAY = re.compile(r"display\s{0,3}:\s{0,3}(\w+)", re.IGNORECASE)


def framed_pages(page: ListPage) -> tuple[str, ...]:
    """The first addresses of the lists that fill an HTML page, by script or in a frame.

    gkmlpt's catalogue page names its category behind `#` and its site as `SID`; UCAP's name their
    channel in `<meta name="channelid">` or a script, and the search they ask. Of other makes what
    the script asks for is taken as it is written, else the pages in the page's frames.
    """
    address = _gkmlpt_address(page) or _search_address(page)
    if address is None:
        return scripted_lists(page) or tuple(_inner_pages(page))
    return (address,) if origin_of(address) in page.origins else ()


def _inner_pages(page: ListPage) -> Iterator[str]:
    """What stands in the page's visible frames, on its own hosts."""
    frames = islice(page.root.iter("iframe", "frame"), _MOST_FRAMES)
    for frame in frames:
        if _is_hidden(frame):
            continue
        url = page.resolve(frame.get("src") or "")
        if url and origin_of(url) in page.origins and place_key(url) != place_key(page.url):
            yield url


def _is_hidden(frame: html.HtmlElement) -> bool:
    """Whether a frame shows nothing: a counter's."""
    small = any((frame.get(side) or "").strip("px ") in ("0", "1") for side in ("width", "height"))
    return small or "none" in _DISPLAY.findall(frame.get("style") or "")


def _gkmlpt_address(page: ListPage) -> str | None:
    """`/gkmlpt/index#368` with `SID: '769033'` asks `/gkmlpt/api/all/368?page=1&sid=769033`."""
    base, found, _ = page.column.url.partition("/gkmlpt/")
    if not found:
        return None
    sid = _SID.search(page.source)
    category = re.search(r"#/?(?:\w+/)?(\d+)", page.column.url) or _CATEGORY.search(page.source)
    if not sid or not category:
        return None
    return f"{base}/gkmlpt/api/all/{category[1]}?page=1&sid={sid[1]}"


def _search_address(page: ListPage) -> str | None:
    channel = _CHANNEL_META.search(page.source) or _CHANNEL.search(page.source)
    named = _SEARCH.search(page.source)
    if named is None:
        return None
    written = named[1]
    path, _, query = written.partition("?")
    if path.endswith("/"):
        if channel is None:
            return None
        path += channel[1]
    pairs = dict(parse_qsl(query, keep_blank_values=True))
    if "getinfocommon" in path.lower():
        wanted = {"pagesize": str(_SEARCH_SIZE), "currpage": "1"}
        wanted |= {"channelid": channel[1]} if channel else {}
    else:
        wanted = {"_isJson": "true", "_pageSize": str(_SEARCH_SIZE), "page": "1"}
    filled = {**wanted, **{key: value for key, value in pairs.items() if value}}
    return page.resolve(f"{path}?{urlencode(filled)}")
