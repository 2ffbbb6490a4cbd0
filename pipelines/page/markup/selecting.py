"""Owns the elements a CSS selector finds, those named by a class or an id the quick way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from pipelines.page.markup.tree import Element

MOST_SELECTED = 100
"""No template prints an article's container more often, other than to exhaust a reader."""

# What nearly all selectors of platforms and portals are: .TRS_Editor, #zoom, [id^=vsb_content]
_BY_MARK = re.compile(r"(?P<sign>[.#])(?P<name>[A-Za-z_][\w-]*)", re.ASCII)
_BY_START = re.compile(r"\[id\^=(?P<name>[A-Za-z_][\w-]*)\]", re.ASCII)
# XPath's own white space, which parts the classes of an element.
_XPATH_BLANKS = re.compile(r"[ \t\r\n]+")
# Attributes are found in half the time in which elements are asked for theirs.
_ATTRIBUTES = {
    ".": "descendant-or-self::*/@class[contains(., '{}')]",
    "#": "descendant-or-self::*/@id[. = '{}']",
    "^": "descendant-or-self::*/@id[starts-with(., '{}')]",
}


def classed_like(root: Element, part: str) -> Iterator[Element]:
    """The elements whose class holds a text, in order: `tit` for `<div class="xl-tit">`."""
    return (element for element, _ in _holding(root, ".", part))


def _by_mark(root: Element, sign: str, name: str) -> Iterator[Element]:
    """The elements with a class (`.`), an id (`#`), or an id that begins so (`^`), in order."""
    for element, value in _holding(root, sign, name):
        if sign != "." or name in _XPATH_BLANKS.split(value):
            yield element


def _holding(root: Element, sign: str, name: str) -> Iterator[tuple[Element, str]]:
    """The elements whose class holds a name, or whose id is it or begins with it, each with
    that attribute."""
    values = _attributes(sign, name)(root)
    for value in values if isinstance(values, list) else ():
        if not isinstance(value, etree._ElementUnicodeResult):
            continue
        if (element := value.getparent()) is not None:
            yield element, value


@lru_cache(maxsize=512)
def _attributes(sign: str, name: str) -> etree.XPath:
    """Finds these attributes; a name that is written out is no variable to look up for each.

    Names are letters, digits and dashes: nothing to quote.
    """
    return etree.XPath(_ATTRIBUTES[sign].format(name))


@lru_cache(maxsize=512)
def _selector(css: str) -> CSSSelector | None:
    try:
        return CSSSelector(css, translator="html")
    except (SelectorError, etree.XPathError):
        return None


def select_all(root: Element, css: str) -> list[Element]:
    """The elements a CSS selector finds, in order; none for a selector that is no CSS."""
    if mark := _BY_MARK.fullmatch(css):
        return list(islice(_by_mark(root, mark["sign"], mark["name"]), MOST_SELECTED))
    if start := _BY_START.fullmatch(css):
        return list(islice(_by_mark(root, "^", start["name"]), MOST_SELECTED))
    selector = _selector(css)
    found = selector(root) if selector else []
    if not isinstance(found, list):
        return []
    return [each for each in found[:MOST_SELECTED] if isinstance(each, etree._Element)]
