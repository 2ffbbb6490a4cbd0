"""Whether a page came whole, or its connection ended before it did."""

from __future__ import annotations

import re

from crawler.answers.page_text import PageText
from crawler.answers.records import ServerAnswer, Site

# <html …>, <body>: a page that opens them and never closes them was cut
_OPENED = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


def leaves_open(body: bytes, content_type: str | None) -> bool:
    """Whether a page opens `<html>` or `<body>` and closes neither."""
    text = PageText(body, content_type).whole
    return bool(_OPENED.search(text)) and not _CLOSED.search(text)


def was_cut(answer: ServerAnswer, page: PageText, site: Site) -> bool:
    """Whether the body is incomplete: connection or Content-Length ended before the page did.

    A body that ends with its connection is whole where the page is closed; one that never
    closes is cut, unless this site's pages never do.
    """
    if "dataloss" in answer.flags:
        return True
    if not page.is_markup:
        return "partial" in answer.flags
    if _CLOSED.search(page.whole):
        return False
    if "partial" in answer.flags:
        return True
    return bool(_OPENED.search(page.whole)) and not site.leaves_open
