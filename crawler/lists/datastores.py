"""The records of jpage, Hanweb's list script: those in a page, and those its data proxy hands out.

A page holds the first records (three pages of them) as XML in `<script type="text/xml">`, or as
an array of its script; further groups come from `dataproxy.jsp` in the same XML. Forms as published
by Jiangsu's, Zhejiang's, Shandong's and Nantong's portals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from itertools import islice
from urllib.parse import urlsplit

from crawler.lists.pages import ListPage

_MOST_STORES = 40
_HEAD = 20_000  # characters of a store before or after its records
_MOST_RECORDS = 50_000

# <datastore>, <datastore xmlns="…">
_STORE = re.compile(r"<datastore\b[^<>]{0,200}>", re.IGNORECASE)
# <?xml version="1.0" encoding="utf-8"?>
_DECLARATION = re.compile(r"^\ufeff?\s*(?:<\?xml[^<>]{0,200}\?>)?\s*")
_STORE_END = re.compile(r"</datastore\s*>", re.IGNORECASE)
_RECORD = re.compile(r"<record\s*>", re.IGNORECASE)
_RECORD_END = re.compile(r"</record\s*>", re.IGNORECASE)
# <nextgroup><![CDATA[<a href="./dataproxy.jsp?page=5&appid=1&columnid=1229"></a>]]></nextgroup>
_NEXT_GROUP = re.compile(
    r"<nextgroup\s*>.{0,200}?href\s*=\s*[\"']([^\"']{1,4000})[\"']", re.IGNORECASE | re.DOTALL
)
# <totalrecord>131</totalrecord>, <totalpage>9</totalpage>
_XML_NUMBER = r"<{name}\s*>\s*(?:<!\[CDATA\[)?\s*(\d{{1,9}})"
# var InitData49468 = ['<li>…</li>','<li>…</li>'] · dataStore:["<li>…"]
_ARRAY = re.compile(r"\b(?:InitData\w{0,20}\s*=|dataStore\s*:)\s*\[", re.IGNORECASE)
_STRING = re.compile(r"\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")\s*,?", re.DOTALL)
# document.write('<li><a href="t20240603_31.html">…</a></li>');
_WRITE = re.compile(r"document\.write(?:ln)?\s{0,3}\(")
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
# /col/col1229145/index.html
_COLUMN_NUMBER = re.compile(r"/col/?(?:col)?(\d{2,})(?:/|$)")


@dataclass(frozen=True, slots=True)
class Datastore:
    """One unit's records: each the mark-up of a list item; `total` as the store or script says."""

    records: tuple[str, ...]
    next_group: str | None = None  # the address as written
    total: int | None = None
    total_pages: int | None = None

    def names(self, column: str) -> bool:
        """Whether the store says or shows that it is the column of that number."""
        if self.next_group and re.search(rf"\bcolumnid={column}(?!\d)", self.next_group):
            return True
        return any(f"art_{column}_" in record for record in self.records[:20])


def is_datastore(source: str) -> bool:
    """Whether a body is a data proxy's answer: the XML of one store, from beginning to end."""
    return begins_datastore(source) and bool(_STORE_END.search(source[-1000:]))


def begins_datastore(source: str) -> bool:
    """Whether a body begins as a data proxy's answer does."""
    return bool(_STORE.match(_DECLARATION.sub("", source[:1000])))


def page_store(page: ListPage) -> Datastore | None:
    """The records of the page's column: of several units, those that name its number."""
    stores = tuple(islice(read_stores(page.source), _MOST_STORES)) or _script_stores(page.source)
    stores = stores or _written_out(page.source)
    if len(stores) > 1 and (number := column_number(page)):
        stores = tuple(store for store in stores if store.names(number)) or stores
    if not stores:
        return None
    return max(stores, key=lambda store: len(store.records))


def names_column(page: ListPage, store: Datastore) -> bool:
    """Whether a store is that of the page's column, by the number in its address."""
    number = column_number(page)
    return number is not None and store.names(number)


def read_stores(source: str) -> Iterator[Datastore]:
    """The stores in a source, in order; linear in its length."""
    for opened in islice(_STORE.finditer(source), _MOST_STORES):
        end = _STORE_END.search(source, opened.end())
        yield _store(source[opened.end() : end.start() if end else len(source)])


def _store(inner: str) -> Datastore:
    head, *parts = islice(_RECORD.split(inner), _MOST_RECORDS + 1)
    last = parts[-1][-_HEAD:] if parts else ""
    following = _NEXT_GROUP.search(head[:_HEAD]) or _NEXT_GROUP.search(last)
    return Datastore(
        tuple(_record(_RECORD_END.split(part, 1)[0]) for part in parts),
        following[1].replace("&amp;", "&").strip() or None if following else None,
        _number(_XML_NUMBER, "totalrecord", head),
        _number(_XML_NUMBER, "totalpage", head),
    )


def _record(written: str) -> str:
    """A record's mark-up: in a CDATA section, or escaped."""
    bare = written.strip()
    if bare.startswith("<![CDATA["):
        return bare[9:].rpartition("]]>")[0] or bare[9:]
    return bare if "<" in bare else unescape(bare)


def _script_stores(source: str) -> tuple[Datastore, ...]:
    """Records in arrays of the page's script."""
    stores = []
    for array in islice(_ARRAY.finditer(source), _MOST_STORES):
        records: list[str] = []
        position = array.end()
        while len(records) < _MOST_RECORDS and (found := _STRING.match(source, position)):
            records.append(_unescaped(found[1] or found[2] or ""))
            position = found.end()
        if any("<a" in record for record in records):
            stores.append(Datastore(tuple(records)))
    return tuple(stores)


def _written_out(source: str) -> tuple[Datastore, ...]:
    """What a page's scripts write into it, piece by piece."""
    pieces = []
    for call in islice(_WRITE.finditer(source), _MOST_RECORDS):
        if found := _STRING.match(source, call.end()):
            pieces.append(_unescaped(found[1] or found[2] or ""))
    text = "".join(pieces)
    return (Datastore((text,)),) if "<a" in text else ()


def _unescaped(literal: str) -> str:
    def plain(found: re.Match[str]) -> str:
        code = found[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else {"n": "\n", "t": "\t"}.get(code, code)

    text = _ESCAPE.sub(plain, literal) if "\\" in literal else literal
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _number(pattern: str, name: str, text: str) -> int | None:
    found = re.search(pattern.format(name=name), text, re.IGNORECASE)
    return int(found[1]) if found else None


def column_number(page: ListPage) -> str | None:
    for url in (page.url, page.column.url):
        if found := _COLUMN_NUMBER.search(urlsplit(url).path):
            return found[1]
    return None
