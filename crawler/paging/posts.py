"""List pages that are asked for by POST: their addresses carry a mark no server sees.

A form's values stand in the address, so that each page has its own; the mark is a fragment.
"""

from __future__ import annotations

_MARK = "#post"


def posted(url: str) -> str:
    """The address with its mark."""
    return url.partition("#")[0] + _MARK


def is_posted(url: str) -> bool:
    """Whether an address bears the mark."""
    return url.endswith(_MARK)


def marked_like(url: str, other: str) -> str:
    """The address that answered, marked where the one asked for was; not after a redirect."""
    is_same = url.partition("#")[0] == other.partition("#")[0]
    return posted(url) if is_same and is_posted(other) else url
