"""Lists that are data, not mark-up: jpage's records and JSON, read into the same listing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html
from parsel import Selector

from crawler.lists.datastores import (
    Datastore,
    is_datastore,
    names_column,
    page_store,
)
from crawler.lists.frames import framed_pages
from crawler.lists.items import find_links, links_of
from crawler.lists.jpage import is_proxy
from crawler.lists.json_lists import JsonItem, is_data_address, looks_like_json, read_json_list
from crawler.lists.json_pages import further_data_pages
from crawler.lists.pages import Listing, ListPage
from crawler.lists.script_lists import script_items


def expected_form(url: str) -> str | None:
    """`XML` or `JSON` where the address is known to answer with nothing else."""
    if is_proxy(url):
        return "XML"
    return "JSON" if is_data_address(url) else None


def is_data(page: ListPage) -> bool:
    """Whether the answer is a whole list of one of the forms read here."""
    if expected_form(page.url) == "XML" or page.source.lstrip("\ufeff \r\n\t")[:1] == "<":
        return is_datastore(page.source)
    return looks_like_json(page.source) and read_json_list(page.source) is not None


def data_links(page: ListPage) -> Listing | None:
    """The letters of a list that is data; None where the page has none such.

    Records are taken as they are where they are the column's by number or the whole answer; else
    they are grouped and weighed with the page's other links.
    """
    if looks_like_json(page.source):
        found = read_json_list(page.source)
        return links_of(page, _anchors(found.items)) if found else None
    store = page_store(page)
    if store is None or not store.records:
        return _script_links(page)
    written = _written(page, store)
    if page.portal.select.list_item:
        return find_links(written)
    if is_proxy(page.url) or names_column(page, store):
        return links_of(page, _items(written))
    return find_links(written)


def _script_links(page: ListPage) -> Listing | None:
    """The entries of a list in the page's script, where its mark-up shows no letters."""
    items = script_items(page.source)
    if not items or page.portal.select.list_item or find_links(page).links:
        return None
    listing = links_of(page, _anchors(items))
    return listing if listing.links else None


def pages_behind(page: ListPage) -> tuple[str, ...]:
    """A JSON list's further pages; of an HTML page the list a script asks for, if it shows none."""
    if looks_like_json(page.source):
        return further_data_pages(page)
    return () if find_links(page).links else framed_pages(page)


def _written(page: ListPage, store: Datastore) -> ListPage:
    """The page with the store's records as a list in it."""
    records = "".join(f"<div class='record'>{record}</div>" for record in store.records)
    shown = "" if is_proxy(page.url) else page.source
    # before the page: what stands behind </html> is dropped
    text = f"<div class='records'>{records}</div>{shown}"
    return replace(page, selector=Selector(text=text, type="html", base_url=page.url))


def _items(page: ListPage) -> Iterator[html.HtmlElement]:
    for held in page.root.iter("div"):
        if held.get("class") == "record":
            yield held


def _anchors(items: tuple[JsonItem, ...]) -> Iterator[html.HtmlElement]:
    """Each entry as the link a page would show."""
    for item in items:
        held = etree.Element("li")
        link = etree.SubElement(held, "a", href=_plain(item.url))
        link.text = _plain(item.title)
        if item.listed:
            etree.SubElement(held, "span").text = item.listed.isoformat()
        yield held


def _plain(text: str) -> str:
    """Without what no tree may hold: control characters and lone surrogates."""
    return "".join(c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe")
