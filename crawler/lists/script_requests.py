"""Which list a page's own script asks for: `axios.get('/api/list?page=1')`, `$.ajax({url: …})`.

Only what is written out is understood: an address, and values that are given or that a variable
of the page names. What asks for no page of anything (a counter, the weather) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import parse_qsl, urlencode

from crawler.lists.json_lists import SIZE_KEYS
from crawler.lists.json_pages import PAGE_KEYS
from crawler.lists.pages import ListPage
from crawler.network.addresses import origin_of
from crawler.paging.posts import posted
from crawler.paging.sums import sum_of

_MOST_CALLS = 40
_MOST_ASKED = 2  # lists that one page may be filled from
_CALL_TEXT = 1_500  # characters of a call that are looked at
# axios.get( · this.$http.get( · $.getJSON( · $.get( · jQuery.post( · request.post(
_CALL = re.compile(r"\.\s{0,3}(get|getJSON|post)\s{0,3}\(")
_CALLER = re.compile(r"(?:\$|jQuery|axios|\$?http|request|service)\s{0,3}$")
# fetch('/api/list?page=1');  not: function fetch(url)
_FETCH = re.compile(r"fetch\s{0,3}\((?=\s{0,9}[\"'`])")
# $.ajax({ · axios({ · uni.request({
_AJAX = (
    re.compile(r"ajax\s{0,3}\(\s{0,9}\{"),
    re.compile(r"axios\s{0,3}\(\s{0,9}\{"),
    re.compile(r"request\s{0,3}\(\s{0,9}\{"),
)
# url: "/common/list" · url:'/api/list?channelId='+id,
_URL = re.compile(r"\burl[\"']?\s{0,3}:\s{0,3}([\"'][^,\n{}]{1,300})")
# type: "POST" · method:'get'
_METHOD = re.compile(r"\b(?:type|method)[\"']?\s{0,3}:\s{0,3}[\"'](get|post)[\"']", re.IGNORECASE)
# data: {channelId: 88, pageNo: 1} · params: {page: this.page, size: 10} · data: $.param({…})
_VALUES = re.compile(r"\b(?:data|params)[\"']?\s{0,3}:\s{0,3}[^{},]{0,40}\{([^{}]{0,800})\}")
# '/api/list', { params: { page: 1 } } · "/api/list", {page: 1}
_ARGUMENT = re.compile(r"\s{0,9},\s{0,9}\{([^{}]{0,800})\}")
_WRITTEN = re.compile(r"\s{0,9}([\"'`][^,\n{}]{1,400}?)\s{0,9}(?=[,)])")
# channelId: 88 · "siteId":"3f2a" · pageNo: page · _isJson: true
_PAIR = re.compile(
    r"[\"']?([\w.]{1,40})[\"']?\s{0,3}:\s{0,3}(?:\"([^\"]{0,200})\"|'([^']{0,200})'|([\w.$]{1,60}))"
)


def scripted_lists(page: ListPage) -> tuple[str, ...]:
    """The first addresses of the lists a page's script asks for, marked where by POST."""
    found: dict[str, None] = {}
    for written, values, by_post in _calls(page.source):
        url = _address(page, written, values)
        if url is not None:
            found[posted(url) if by_post else url] = None
    return tuple(islice(found, _MOST_ASKED))


def _calls(source: str) -> Iterator[tuple[str, str, bool]]:
    """Each call's address as written, its values, and whether it posts them."""
    calls = (
        call
        for call in _CALL.finditer(source)
        if _CALLER.search(source[max(0, call.start() - 20) : call.start()])
    )
    for call in (*islice(calls, _MOST_CALLS), *islice(_FETCH.finditer(source), _MOST_CALLS)):
        text = source[call.end() : call.end() + _CALL_TEXT]
        if written := _WRITTEN.match(text):
            argument = _ARGUMENT.match(text, written.end())
            closed = text.find(")", written.end())
            values = argument or _VALUES.search(text, written.end(), max(closed, 0))
            yield written[1], values[1] if values else "", "post" in call[0]
    for named in _AJAX:
        for call in islice(named.finditer(source), _MOST_CALLS):
            text = source[call.end() : call.end() + _CALL_TEXT]
            following = named.search(text)
            yield from _configured(text[: following.start()] if following else text)


def _configured(text: str) -> Iterator[tuple[str, str, bool]]:
    """A call that is told everything by name: `{url: …, type: 'POST', data: {…}}`."""
    written, values, method = _URL.search(text), _VALUES.search(text), _METHOD.search(text)
    if written:
        by_post = bool(method and method[1].lower() == "post")
        yield written[1], values[1] if values else "", by_post


def _address(page: ListPage, written: str, values: str) -> str | None:
    """The address asked for; None where it names no page, or leads to another site."""
    text = sum_of(written.replace("`", '"'), "", "", page.source)
    if text is None or "${" in text:
        return None
    path, _, query = text.partition("?")
    pairs = {**dict(parse_qsl(query, keep_blank_values=True)), **_values(page.source, values)}
    paged = [key for key in pairs if key.lower() in PAGE_KEYS]
    if not paged and not any(key.lower() in SIZE_KEYS for key in pairs):
        return None
    pairs |= dict.fromkeys(paged, "1")
    url = page.resolve(f"{path}?{urlencode(pairs)}")
    return url if url and origin_of(url) in page.origins else None


def _values(source: str, written: str) -> dict[str, str]:
    """The values of a call; of one whose name says nothing here only that it is there."""
    found = {}
    for pair in islice(_PAIR.finditer(written), 40):
        plain = next((group for group in pair.groups()[1:3] if group is not None), None)
        if plain is None:
            plain = _value(pair[4], source)
        if plain is not None:
            found[pair[1]] = plain
        elif pair[1].lower() in PAGE_KEYS:
            found[pair[1]] = "1"
    return found


def _value(name: str, source: str) -> str | None:
    """A number, true or false as written; of a variable what the page gives it."""
    if name.isdigit() or name in ("true", "false"):
        return name
    last = name.rpartition(".")[2]  # this.pageSize, with  pageSize: 10  in the page's data
    if not last.isidentifier():
        return None
    found = re.search(
        rf"\b{re.escape(last)}[\"']?\s{{0,3}}[:=]\s{{0,3}}(?:\"([^\"\n]{{0,200}})\"|'([^'\n]{{0,200}})'|(\d{{1,12}})\b)",
        source,
    )
    return next((group for group in found.groups() if group is not None), None) if found else None
