"""Owns what a platform's half for pages says: where its templates put article and metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# The name a simple selector looks for: .TRS_Editor, #zoom, ucapcontent, [id^=vsb_content]
_NAME = re.compile(r"[\w-]{3,}(?=\]?$)")


@dataclass(frozen=True, slots=True)
class PagePlatform:
    """CSS selectors of one CMS, the most certain first.

    `bodies` hold an article's text and little else; `wrappers` hold title, tools and metadata
    too. Selectors are simple: a tag, a class, an id, or the beginning of an id.
    """

    name: str
    bodies: tuple[str, ...] = ()
    wrappers: tuple[str, ...] = ()


@cache
def marker(selector: str) -> str:
    """The string a page must hold for a selector to find anything: cheaper to look for first."""
    found = _NAME.search(selector)
    return found.group() if found else selector
