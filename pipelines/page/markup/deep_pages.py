"""Owns the tree of a page nested deeper than libxml2 follows, by way of BeautifulSoup."""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, Tag
from lxml import etree
from lxml.html import soupparser

from pipelines.page.markup.tree import BLOCK_TAGS, SHALLOW, Element

_INVISIBLE_TAGS = frozenset({"script", "style", "template", "noscript"})


def soup_tree(text: str) -> Element:
    """The tree of a page, flattened below `SHALLOW`.

    Raises `ValueError` or `RecursionError` where the soup holds what no tree can.
    """
    root: Element = soupparser.fromstring(
        text, beautifulsoup=_shallow_soup, makeelement=etree.HTMLParser().makeelement
    )
    return root


def _shallow_soup(source: str) -> BeautifulSoup:
    """A soup whose tags below depth 200 became text and `<br>`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(source, "lxml")
    level: list[Tag] = [soup]
    for _ in range(SHALLOW):
        level = [child for tag in level for child in tag.contents if isinstance(child, Tag)]
    for tag in level:
        pieces = _flat_pieces(tag)
        tag.clear()
        for piece in pieces:
            tag.append(soup.new_tag("br") if piece is None else piece)
    return soup


def _flat_pieces(tag: Tag) -> list[str | None]:
    """The strings below a tag in order, with None wherever a line ends between them."""
    pieces: list[str | None] = []
    waiting: list[PageElement | None] = list(reversed(tag.contents))
    while waiting:
        node = waiting.pop()
        if isinstance(node, Tag):
            if node.name in _INVISIBLE_TAGS:
                continue
            if node.name == "br" or node.name in BLOCK_TAGS:
                pieces.append(None)
                waiting.append(None)
            waiting.extend(reversed(node.contents))
        elif isinstance(node, NavigableString):
            if type(node) is NavigableString:  # its subclasses are comments and declarations
                pieces.append(str(node))
        else:
            pieces.append(None)
    return pieces
