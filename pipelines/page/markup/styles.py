"""Owns what an element's style says of its text: hidden, with its line ends, a block or not."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.page.markup.tree import Element

PLAIN_STYLE = (False, False, None)
"""What most styles say: shown, line ends as blanks, a block where its tag is one."""

# style="DISPLAY: none" · style="visibility:hidden"
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
# style="white-space: pre-wrap"
_PRE_STYLE = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
# style="display:block" on a span, style="display: inline" on a div
_DISPLAY = re.compile(r"display\s*:\s*(block|inline)\s*(?:;|$|!)", re.I)


def hides(element: Element) -> bool:
    """Whether an element's own attributes keep it from being shown."""
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and style_of(style)[0])


@lru_cache(maxsize=4096)
def style_of(style: str) -> tuple[bool, bool, bool | None]:
    """Whether a style hides, keeps line ends, and shows as a block (None: as its tag does)."""
    shown = _DISPLAY.search(style)
    return (
        _HIDDEN_STYLE.search(style) is not None,
        _PRE_STYLE.search(style) is not None,
        shown.group(1).lower() == "block" if shown else None,
    )
