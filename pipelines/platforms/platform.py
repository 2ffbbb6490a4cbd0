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


def may_stand(selector: str, source: str) -> bool:
    """Whether a page's source holds what it must for a selector to find anything: a quick look.

    Classes and ids are told apart by case, tags are not. Looked for from the end: CPython finds
    a rare word in a long text four times as quickly that way.
    """
    marker = _marker(selector)
    if source.rfind(marker) >= 0:
        return True
    return selector[0].isalpha() and source.rfind(marker.upper()) >= 0


@cache
def _marker(selector: str) -> str:
    found = _NAME.search(selector)
    return found.group() if found else selector
