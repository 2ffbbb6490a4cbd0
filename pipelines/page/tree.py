"""Owns the one parse of a page: text to an lxml tree from which nothing was cut off."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning
from bs4.element import NavigableString, PageElement, Tag
from lxml import etree
from lxml.html import soupparser

# Plain elements: lxml.html's own classes cost a look-up each, a third of the time of a walk.
Element = etree._Element

# libxml2 stops at depth 256, with `huge_tree` at 2,048; whatever follows is silently lost.
_SHALLOW = 200
# BeautifulSoup takes 40 µs and 1 KB a tag; larger pages are flattened as text instead.
_SOUP_TAGS = 20_000

# Tags that end a line where they stand; all others flow within it.
BLOCK_TAGS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li"
        " main menu nav ol p pre section summary table tbody td tfoot th thead tr ul ucapcontent",
    )
)

# <div class="x"> · </p> · <br/>; a lone < is text
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)[^<>]*>")
_INVISIBLE_TAGS = frozenset({"script", "style", "template", "noscript"})
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta"})


# </body> · </HTML >: browsers go on behind them, libxml2 drops whatever follows
_END_OF_PAGE = re.compile(r"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])\s*>")


def parse(text: str) -> Element:
    """The page's tree, comments and processing instructions left out; never raises.

    The text is parsed as UTF-8 whatever its `<meta>` declares. A page nested deeper than
    libxml2 follows is read by BeautifulSoup and flattened below depth 200; very large ones are
    flattened before parsing.
    """
    text = _END_OF_PAGE.sub("", text)
    root, cut_off = _parse_once(text)
    if not cut_off:
        return root
    if text.count("<") <= _SOUP_TAGS:
        return _parse_leniently(text)
    return _parse_once(_flatten_markup(text))[0]


# <div class="footer"> · <ul class="top-nav clearfix"> · <div id="copyright">
_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|copyright|bottom|header|nav|navbar|menu|sidebar|crumbs?|breadcrumbs?"
    r"|friendlinks?)(?:$|[\s_\d-])"
)


def is_frame(element: Element) -> bool:
    """Whether an element's tag or name says that it frames the page."""
    if element.tag in ("footer", "nav", "header"):
        return True
    names = (element.get("class"), element.get("id"))
    return any(name and _FRAME_NAME.search(name.lower()) for name in names)


_LENGTH = etree.XPath("string-length()")


def is_longer_than(element: Element, size: int) -> bool:
    """Whether an element holds more text than `size` characters, white space included."""
    length = _LENGTH(element)
    return isinstance(length, float) and length > size


def _parse_once(text: str) -> tuple[Element, bool]:
    """lxml's tree, and whether libxml2 gave up on the page's depth."""
    parser = etree.HTMLParser(
        huge_tree=True, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None:  # no element at all: an empty page
        root = etree.Element("html")
    cut_off = any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)
    return root, cut_off


def _parse_leniently(text: str) -> Element:
    """The tree by way of BeautifulSoup, which knows no limit of depth."""
    try:
        root: Element = soupparser.fromstring(
            text, beautifulsoup=_shallow_soup, makeelement=etree.HTMLParser().makeelement
        )
        return root
    except (ValueError, RecursionError):  # a tag or attribute name no XML tree can hold: <o:p>
        return _parse_once(_flatten_markup(text))[0]


def _shallow_soup(source: str) -> BeautifulSoup:
    """A soup whose tags below depth 200 became text and `<br>`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(source, "lxml")
    level: list[Tag] = [soup]
    for _ in range(_SHALLOW):
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


def _flatten_markup(text: str) -> str:
    """The markup with every tag below depth 200 taken out, blocks leaving a `<br>`."""
    depth = 0

    def flatten(match: re.Match[str]) -> str:
        nonlocal depth
        name = match.group(2).lower()
        if name in _VOID:
            return match.group()
        depth = max(0, depth - 1) if match.group(1) else depth + 1
        if depth < _SHALLOW or (match.group(1) and depth == _SHALLOW):
            return match.group()
        return "<br>" if name in BLOCK_TAGS else ""

    return _TAG.sub(flatten, text)
