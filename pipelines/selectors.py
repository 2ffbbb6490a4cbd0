"""Finds the selector a site's letters need, and those of a portal's that find nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from pipelines.page.markup.decode import decode
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.selecting import select_all
from pipelines.page.markup.tree import Element
from pipelines.read import read_page
from storage.records import Portal, Select

_MOST_TRIED = 16  # selectors; each costs a reading of every page
_HIGHEST = 12  # ancestors of a passage that may hold the letter
_MOST_PASSAGES = 4

# 您提出的《…》收悉 · 现答复如下： · 感谢您对…工作的关心
_PASSAGE = re.compile(r"收悉|[答回]复如下|感谢您?对|此[复函]")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
# content_8812: a number that is the page's own
_OWN_NUMBER = re.compile(r"\d{3,}")


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A letter's page as it came: body after content decoding, address, `Content-Type`."""

    body: bytes
    url: str
    content_type: str | None = None


def body_selector(pages: Sequence[FetchedPage], portal: Portal) -> str | None:
    """A selector for the article with which every page reads as a letter; None without one.

    Elements around a letter's passages (`收悉`, `现答复如下`) are tried from the inside out, those
    that have an id or a class. Pure; reads every page at most sixteen times.
    """
    if not pages:
        return None
    for css in islice(_candidates(_tree(pages[0])), _MOST_TRIED):
        tried = replace(portal, select=replace(portal.select, body=css))
        if all(_is_read(page, tried) for page in pages):
            return css
    return None


def empty_selectors(page: FetchedPage, select: Select) -> tuple[str, ...]:
    """The keys of `[select]` for letters' pages (body, title, metadata) that find no element."""
    wanted = {"body": select.body, "title": select.title, "metadata": select.metadata}
    named = {key: css for key, css in wanted.items() if css}
    if not named:
        return ()
    root = _tree(page)
    return tuple(key for key, css in named.items() if not select_all(root, css))


def _tree(page: FetchedPage) -> Element:
    return parse(decode(page.body, page.content_type).text)


def _is_read(page: FetchedPage, portal: Portal) -> bool:
    reading = read_page(page.body, page.url, portal, page.content_type)
    return reading.method == "select" and reading.letter.is_letter and bool(reading.letter.body)


def _candidates(root: Element) -> Iterator[str]:
    seen: set[str] = set()
    for element in islice(_passages(root), _MOST_PASSAGES):
        for around in (element, *islice(element.iterancestors(), _HIGHEST)):
            for css in _selectors(around):
                if css not in seen:
                    seen.add(css)
                    yield css


def _passages(root: Element) -> Iterator[Element]:
    for element in root.iter("p", "div", "td", "span", "section", "font", "pre"):
        if element.text and _PASSAGE.search(element.text):
            yield element


def _selectors(element: Element) -> Iterator[str]:
    """`div#zoom`, `td.nr`: names that other pages of the site will have too."""
    if not isinstance(element.tag, str) or element.tag in ("html", "body"):
        return
    names = [("#", element.get("id") or "")]
    names += [(".", name) for name in (element.get("class") or "").split()[:4]]
    for sign, name in names:
        if _NAME.fullmatch(name) and not _OWN_NUMBER.search(name):
            yield f"{element.tag}{sign}{name}"
