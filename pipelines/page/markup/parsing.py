"""Owns the one parse of a page: text to an lxml tree from which nothing was cut off."""

from __future__ import annotations

import re

from lxml import etree

from pipelines.page.markup.tree import BLOCK_TAGS, SHALLOW, Element

# BeautifulSoup takes 40 µs and 1 KB a tag; larger pages are flattened as text instead.
_SOUP_TAGS = 20_000

# <div class="x"> · </p> · <br/>; a lone < is text
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)[^<>]*>")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})

# </body> · </HTML >: browsers go on behind them, libxml2 drops whatever follows. In UTF-8, where
# a search takes two thirds of the time; the blanks are those of `\s` in a text.
_END_OF_PAGE = re.compile(
    rb"</[hHbB](?:(?<=[hH])[tT][mM][lL]|(?<=[bB])[oO][dD][yY])(?:[\s\x1c-\x1f]|\xc2[\x85\xa0]|\xe1\x9a\x80"
    rb"|\xe2(?:\x80[\x80-\x8a\xa8\xa9\xaf]|\x81\x9f)|\xe3\x80\x80)*>"
)


def parse(source: str | bytes) -> Element:
    """The page's tree, comments and processing instructions left out; never raises.

    Bytes are valid UTF-8; all is parsed as UTF-8 whatever its `<meta>` declares. A page nested
    deeper than libxml2 follows is read by BeautifulSoup and flattened below depth 200; very large
    ones are flattened before parsing.
    """
    markup = source if isinstance(source, bytes) else source.encode("utf-8", "replace")
    markup = _END_OF_PAGE.sub(b"", markup)
    root, cut_off = _parse_once(markup)
    if not cut_off:
        return root
    text = markup.decode("utf-8", "replace")
    if text.count("<") <= _SOUP_TAGS:
        return _parse_leniently(text)
    return _parse_flattened(text)


def _parse_once(markup: bytes) -> tuple[Element, bool]:
    """lxml's tree, and whether libxml2 gave up on the page's depth."""
    parser = etree.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(markup, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:  # no element at all: an empty page
        root = etree.Element("html")
    cut_off = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, cut_off


def _parse_flattened(text: str) -> Element:
    return _parse_once(_flatten_markup(text).encode("utf-8", "replace"))[0]


def _parse_leniently(text: str) -> Element:
    """The tree by way of BeautifulSoup, which knows no limit of depth."""
    from pipelines.page.markup.deep_pages import soup_tree  # a fifth of a second that few runs need

    try:
        return soup_tree(text)
    except (ValueError, RecursionError):  # a tag or attribute name no XML tree can hold: <o:p>
        return _parse_flattened(text)


def _flatten_markup(text: str) -> str:
    """The markup with every tag below depth 200 taken out, blocks leaving a `<br>`."""
    depth = 0

    def flatten(match: re.Match[str]) -> str:
        nonlocal depth
        name = match.group(2).lower()
        if name in _VOID:
            return match.group()
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth < SHALLOW or (match.group(1) and depth == SHALLOW):
            return match.group()
        return "<br>" if name in BLOCK_TAGS else ""

    return _TAG.sub(flatten, text)
