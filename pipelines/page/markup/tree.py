"""Owns what is asked of a page's elements: which end a line, which frame the page, how long."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

# Plain elements: lxml.html's own classes cost a look-up each, a third of the time of a walk.
Element = etree._Element

# libxml2 stops at depth 256, with `huge_tree` at 2,048; whatever follows is silently lost.
SHALLOW = 200
# Tags that end a line where they stand; all others flow within it.
BLOCK_TAGS = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body caption center dd details dialog dir div dl dt"
        " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li"
        " main menu nav ol p pre section summary table tbody td tfoot th thead tr ul ucapcontent",
    )
)

# <div class="footer"> · <ul class="top-nav clearfix"> · <div id="copyright">
_FRAME_NAME = re.compile(
    r"(?:^|[\s_-])(?:foot(?:er)?|copyright|bottom|header|nav|navbar|menu|sidebar|crumbs?|breadcrumbs?"
    r"|friendlinks?)(?:$|[\s_\d-])"
)


def is_frame(element: Element) -> bool:
    """Whether an element's tag or name says that it frames the page."""
    if element.tag in ("footer", "nav", "header"):
        return True
    classes, identity = element.get("class"), element.get("id")
    if not (classes or identity):
        return False
    return _is_frame_name(f"{classes or ''} {identity or ''}".lower())


@lru_cache(maxsize=1024)
def _is_frame_name(names: str) -> bool:
    return _FRAME_NAME.search(names) is not None


def whole_text(element: Element) -> str:
    """All text in an element, white space included: had sooner than by XPath."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def is_longer_than(element: Element, size: int) -> bool:
    """Whether an element holds more text than `size` characters, white space included."""
    return len(whole_text(element)) > size
