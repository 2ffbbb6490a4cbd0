"""Lists that are JSON: gkmlpt's catalogue, UCAP's search, `getInfoCommon`.

    {"total": 34, "articles": [{"title": …, "url": …, "date": 1722441600}]}          gkmlpt
    {"data": {"total": 34, "rows": 15, "results": [{"url": …, "title": …, "publishedTimeStr": …}]}}

Which keys a site uses differs: the list is the array whose objects have an address and a title.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from crawler.lists.dates import find_date

_MOST_NODES = 5_000
_MOST_ITEMS = 20_000
_URL_KEYS = (
    "url",
    "link",
    "href",
    "post_url",
    "posturl",
    "docpuburl",
    "puburl",
    "linkurl",
    "infourl",
)
_TITLE_KEYS = ("title", "doctitle", "articletitle", "infotitle", "name", "subject", "topic")
_DATE_KEYS = (
    "publishedtimestr",
    "display_publish_time",
    "publishtime",
    "publish_time",
    "publishdate",
    "pubdate",
    "docreltime",
    "publishedtime",
    "first_publish_time",
    "date",
    "releasedate",
    "created_at",
    "createtime",
    "create_time",
)
_LIST_KEYS = frozenset(
    {"articles", "results", "result", "list", "rows", "data", "items", "records", "infolist"}
)
_TOTAL_KEYS = ("total", "totalcount", "totalrecord", "totalrecords", "recordcount", "totalnum")
_PAGES_KEYS = ("pages", "totalpage", "totalpages", "pagecount", "pagetotal")
SIZE_KEYS = ("pagesize", "_pagesize", "perpage", "per_page", "rows", "size", "limit", "prepage")
"""Names of how many entries a page has, in lower case."""
_COUNTS = frozenset({*_TOTAL_KEYS, *_PAGES_KEYS, *SIZE_KEYS, "count"})
_GOOD_CODES = frozenset({"0", "1", "200", "ok", "success", "true", "0000", "000000", ""})
_CHINA = timedelta(hours=8)
# /gkmlpt/api/all/5?page=1&sid=2 · /common/search/<channel>?… · /searchList/<channel>?_isJson=true ·
# /getInfoCommon?pagesize=15&currpage=1&channelid=…
_DATA_ADDRESS = re.compile(
    r"/gkmlpt/api/|/common/search/|/searchlist/|getinfocommon|[?&]_isjson=true", re.IGNORECASE
)
# jsonp123({"total":…})
_CALLBACK = re.compile(r"\s*[\w.$]{1,80}\s{0,9}\(\s{0,9}[{\[]")
_TAG = re.compile(r"<[^<>]{0,200}>")


@dataclass(frozen=True, slots=True)
class JsonItem:
    """One entry: its address and title as the list gives them."""

    url: str
    title: str
    listed: date | None


@dataclass(frozen=True, slots=True)
class JsonList:
    """A list's entries, and what it says of its size."""

    items: tuple[JsonItem, ...]
    length: int = 0  # of the array, entries that lead nowhere included
    total: int | None = None
    pages: int | None = None
    size: int | None = None


def is_data_address(url: str) -> bool:
    """Whether the address is one of those that answer with a JSON list."""
    return bool(_DATA_ADDRESS.search(url))


def looks_like_json(source: str) -> bool:
    """Whether a body begins as JSON does, or as a call around it."""
    start = source[:200].lstrip("\ufeff \r\n\t")
    return start[:1] in ("{", "[") or bool(_CALLBACK.match(start))


def read_json_list(source: str) -> JsonList | None:
    """The list a body is; None where it is no JSON, an error told in JSON, or without any list."""
    data = _load(source)
    if not isinstance(data, (dict, list)) or _tells_error(data):
        return None
    arrays = list(_arrays(data))
    lists = [array for array in arrays if array.items]
    if lists:
        return _counted(max(lists, key=lambda array: (array.named, len(array.items))))
    empty = next((array for array in arrays if array.named and not array.length), None)
    return _counted(empty) if empty else None


def json_items(data: Any) -> tuple[JsonItem, ...]:
    """The entries of an array that have an address and a title."""
    entries = data if isinstance(data, list) else ()
    return tuple(item for entry in islice(entries, _MOST_ITEMS) if (item := _item(entry)))


def _load(source: str) -> Any:
    text = source.lstrip("\ufeff").strip()
    if called := _CALLBACK.match(text[:100]):
        text = text[called.end() - 1 :].rstrip("; \n").removesuffix(")")
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _tells_error(data: Any) -> bool:
    """`{"code": 500, "msg": "系统异常", "data": []}`, `{"success": false}`."""
    if not isinstance(data, dict):
        return False
    low = {str(key).lower(): value for key, value in data.items()}
    if low.get("success") is False or low.get("error") not in (None, False, "", 0):
        return True
    for key in ("code", "status", "errcode"):
        value = low.get(key)
        if isinstance(value, (str, int)) and str(value).lower() not in _GOOD_CODES:
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Array:
    items: tuple[JsonItem, ...]
    length: int  # entries of any kind
    named: bool  # under a key that lists have
    around: dict[str, Any]  # the counts beside it and around it, the nearest value first


def _arrays(data: Any) -> Iterator[_Array]:
    """The arrays in a value, outermost first; only so many of its objects are looked at."""
    waiting: deque[tuple[Any, dict[str, Any], str]] = deque([(data, {}, "list")])
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        node, around, name = waiting.popleft()
        if isinstance(node, list):
            yield _Array(json_items(node), len(node), name in _LIST_KEYS, around)
            continue
        low = {str(key).lower(): value for key, value in node.items()}
        inner = {key: value for key, value in low.items() if isinstance(value, (dict, list))}
        counts = {key: low[key] for key in low.keys() & _COUNTS if key not in inner}
        waiting.extend((value, {**around, **counts}, key) for key, value in inner.items())


def _counted(array: _Array) -> JsonList:
    total = first_whole(array.around, _TOTAL_KEYS)
    if total is None and (count := whole(array.around.get("count"))) and count > array.length:
        total = count  # a count of what stands here says nothing of further pages
    return JsonList(
        array.items,
        array.length,
        total,
        first_whole(array.around, _PAGES_KEYS),
        first_whole(array.around, SIZE_KEYS),
    )


def _item(entry: Any) -> JsonItem | None:
    if not isinstance(entry, dict):
        return None
    low = {str(key).lower(): value for key, value in entry.items()}
    url = _first_text(low, _URL_KEYS)
    title = _TAG.sub("", _first_text(low, _TITLE_KEYS) or "")
    if not url or not title.strip():
        return None
    listed = next((day for key in _DATE_KEYS if (day := _date(low.get(key)))), None)
    return JsonItem(url, " ".join(title.split()), listed)


def _date(value: Any) -> date | None:
    """2024-05-16 10:19 · seconds or milliseconds since 1970, shown in China's time."""
    if isinstance(value, str) and not value.strip().isdigit():
        return find_date((value,))
    number = whole(value)
    if number is None or number < 10**8:
        return None
    seconds = number / 1000 if number > 10**11 else number
    try:
        return (datetime.fromtimestamp(seconds, UTC) + _CHINA).date()
    except (ValueError, OverflowError, OSError):
        return None


def _first_text(values: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = values.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def first_whole(values: dict[str, Any], keys: tuple[str, ...]) -> int | None:
    """The value of the first of these keys, in lower case, that is a whole number."""
    low = {str(key).lower(): value for key, value in values.items()}
    return next((number for key in keys if (number := whole(low.get(key))) is not None), None)


def whole(value: Any) -> int | None:
    """A whole number, from a text of digits too; None for anything else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if 0 <= value < 10**15 else None
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        return int(value.strip()[:15])
    return None
