"""jpage's further groups of records: where they are asked for, and by which method.

By GET where `<nextgroup>` names the address; else by POST to the data proxy, with the numbers of
the records wanted: three pages of them at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from math import ceil
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.lists.datastores import Datastore, column_number, page_store, read_stores
from crawler.lists.pages import MOST_PAGES, ListPage

_PAGES_A_GROUP = 3  # jpage's groupSize where the page names none
_RECORDS_A_PAGE = 15  # and its perPage
_DEFAULT_PROXY = "/module/web/jpage/dataproxy.jsp"

# totalRecord:4895,perPage:19,groupSize:3
_SCRIPT_NUMBER = r"\b{name}[\"']?\s*[:=]\s*[\"']?(\d{{1,9}})"
# proxyUrl:'/module/jpage/dataproxy.jsp'
_PROXY = re.compile(r"[\"']([^\"'\s<>]{0,300}dataproxy\.jsp)\b[^\"'\s<>]{0,500}[\"']")
# var param_212860={col:1,appid:'1',webid:'1',path:'/',columnid:33718,unitid:'212860',…} ·
# ajaxParam:{col:1,appid:'1',webid:60,…}
_UNIT = re.compile(r"\bunitid\b")
_PARAMETER = re.compile(
    r"[\"']?(\w{1,40})[\"']?\s*:\s*(?:'([^']{0,300})'|\"([^\"]{0,300})\"|(-?\d+))"
)
# var unitid = '212860'; columnid="33718"
_LONE_PARAMETER = re.compile(
    r"\b(col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)"
    r"[\"']?\s*[:=]\s*(?:'([^'<>]{0,300})'|\"([^\"<>]{0,300})\"|(\d+))"
)


def is_proxy(url: str) -> bool:
    """Whether the address is a data proxy's, whose answers are records."""
    return urlsplit(url).path.endswith("/dataproxy.jsp")


def asks_by_post(url: str) -> bool:
    """Whether jpage asks this address by POST: where records are named by their numbers."""
    return is_proxy(url) and "startrecord=" in urlsplit(url).query


def further_groups(page: ListPage) -> tuple[str, ...]:
    """The addresses of further groups of records, the next one first; empty without jpage."""
    if is_proxy(page.url):
        return _after_group(page)
    store = page_store(page)
    number = column_number(page)
    if store is not None and store.next_group:
        return () if _is_of_another(store, number) else _resolved(page, store.next_group)
    parameters = _parameters(page)
    of_another = number is not None and parameters.get("columnid", number) != number
    if "unitid" not in parameters or of_another:
        return ()
    return _counted_groups(page, store or Datastore(()), parameters)


def _is_of_another(store: Datastore, number: str | None) -> bool:
    """Whether a store says that it belongs to another column: news beside the column's own list."""
    named = re.search(r"\bcolumnid=(\d+)", store.next_group or "")
    return bool(number and named and named[1] != number and not store.names(number))


def _resolved(page: ListPage, href: str) -> tuple[str, ...]:
    """An address as the proxy's page wrote it; names in Chinese are escaped by who asks."""
    url = page.resolve(href)
    return (url,) if url and is_proxy(url) else ()


def _after_group(page: ListPage) -> tuple[str, ...]:
    """What a data proxy's answer leads to: the group it names, or the next by number."""
    store = next(read_stores(page.source), None)
    if store is None:
        return ()
    if store.next_group:
        return _resolved(page, store.next_group) if store.records else ()
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    first, last = (_whole(query.get(name)) for name in ("startrecord", "endrecord"))
    if not first or not last or last < first or not store.records:
        return ()
    span = last - first + 1
    more = store.total > last if store.total is not None else len(store.records) >= span
    return (_asked(page.url, query, last + 1, span),) if more else ()


def _counted_groups(
    page: ListPage, store: Datastore, parameters: Mapping[str, str]
) -> tuple[str, ...]:
    """Every group after the records the page already holds, by their numbers."""
    script = _script_settings(page.source, parameters["unitid"])
    total = store.total
    if total is None:
        total = _number("totalRecord", script)
    held = len(store.records)
    if total is not None and total <= held:
        return ()
    per_page = _per_page(store, script, total)
    span = per_page * (_number("groupSize", script) or _PAGES_A_GROUP)
    begin = held // per_page * per_page + 1
    end = min(total or begin, begin + span * MOST_PAGES)  # a count unknown: one after the other
    query = {**parameters, "perpage": str(per_page)}
    proxy = _proxy(page, script)
    return tuple(_asked(proxy, query, start, span) for start in range(begin, end + 1, span))


def _per_page(store: Datastore, script: str, total: int | None) -> int:
    """How many records make a page: as the script says, else from the totals."""
    if printed := _number("perPage", script):
        return printed
    if total and store.total_pages:
        return max(1, ceil(total / store.total_pages))
    held = len(store.records)
    return held // _PAGES_A_GROUP if held and held % _PAGES_A_GROUP == 0 else _RECORDS_A_PAGE


def _asked(address: str, query: Mapping[str, str], start: int, span: int) -> str:
    numbers = {"startrecord": str(start), "endrecord": str(start + span - 1)}
    parts = urlsplit(address)
    return urlunsplit(parts._replace(query=urlencode({**query, **numbers}), fragment=""))


def _parameters(page: ListPage) -> dict[str, str]:
    """What jpage sends along, of the unit that shows the page's column."""
    written = [pairs for inner in _braces(page.source) if "unitid" in (pairs := _pairs(inner))]
    number = column_number(page)
    for parameters in written:
        if number and parameters.get("columnid") == number:
            return parameters
    if written:
        return written[0]
    lone = {
        found[1]: found[2] or found[3] or found[4] or ""
        for found in islice(_LONE_PARAMETER.finditer(page.source), 40)
    }
    return {"columnid": number, **lone} if number and "unitid" in lone else lone


def _braces(source: str) -> Iterator[str]:
    """What stands between the braces around `unitid`."""
    for found in islice(_UNIT.finditer(source), 50):
        begin = source.rfind("{", max(0, found.start() - 1500), found.start())
        end = source.find("}", found.end(), found.end() + 1500)
        if begin >= 0 and end >= 0:
            yield source[begin + 1 : end]


def _pairs(inner: str) -> dict[str, str]:
    return {
        found[1]: found[2] or found[3] or found[4] or "" for found in _PARAMETER.finditer(inner)
    }


def _script_settings(source: str, unit: str) -> str:
    """The part of the page where jpage is called for a unit: its counts stand there."""
    call = re.search(rf"#{re.escape(unit)}[\"'\s)]{{1,9}}\.\s*jpage\s*\(", source)
    return source[call.start() : call.start() + 4000] if call else source


def _proxy(page: ListPage, script: str) -> str:
    found = _PROXY.search(script) or _PROXY.search(page.source)
    address = page.resolve(found[1]) if found else None
    return address or urljoin(page.url, _DEFAULT_PROXY)


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _number(name: str, script: str) -> int | None:
    """What a setting of the script gives."""
    found = re.search(_SCRIPT_NUMBER.format(name=name), script, re.IGNORECASE)
    return int(found[1]) if found else None
