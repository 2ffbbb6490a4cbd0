"""What one link of a list says: where it leads, its title, the texts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree, html

from crawler.list_dates import is_date, without_date

_MOST_PARTS = 600
_NOT_TEXT = frozenset({"script", "style", "ul", "ol"})
# onclick="openUrl('./202406/t20240603_31.html')" · javascript:view('/art/2024/6/3/art_1_2.html')
_OPENED = re.compile(
    r"[\"']([^\"'<>\s]{1,500}(?:\.(?:s?html?|jsp|aspx?|php|pdf|docx?)|\?)[^\"'<>\s]{0,300})[\"']"
)


def link_href(element: html.HtmlElement) -> str:
    """Where a link leads; of one that a script opens, the address among its words."""
    href: str = (element.get("href") or "").strip()
    if href not in ("", "#") and href[:11].lower() != "javascript:":
        return href
    for name in ("data-href", "data-url", "data-link"):
        if element.get(name):
            return str(element.get(name)).strip()
    opened = _OPENED.search(f"{element.get('onclick') or ''} {href[11:]}"[:1000])
    return opened[1] if opened else href


def link_title(element: html.HtmlElement) -> str:
    """A link's title: its attribute, else its text without the date."""
    attribute = " ".join((element.get("title") or "").split())
    text = without_date(
        " ".join(" ".join(part.split()) for part in texts_of(element) if not is_date(part)).strip()
    )
    if len(attribute) >= 4 and (len(attribute) >= len(text) or text.endswith(("…", "..."))):
        return attribute
    return text or attribute


def texts_of(element: html.HtmlElement) -> Iterator[str]:
    """The texts inside an element, those of scripts and of lists within it left out.

    Only its first few hundred parts are looked at: an item is small.
    """
    walk = etree.iterwalk(element, events=("start", "end", "comment"))
    for event, part in islice(walk, _MOST_PARTS):
        inside = part is not element
        if event == "start" and inside and part.tag in _NOT_TEXT:
            walk.skip_subtree()
        elif event == "start" and part.text and part.text.strip():
            yield part.text
        if event != "start" and inside and part.tail and part.tail.strip():
            yield part.tail
