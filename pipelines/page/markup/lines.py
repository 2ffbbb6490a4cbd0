"""Owns a line of a page's text: what is known of it, and how it reads as published."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from pipelines.page.markup.decode import clean_characters
from pipelines.page.markup.tree import Element

# The source ends a line within a sentence: "推动产\n        业发展" shows no blank (CSS Text).
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u2018-\u201d\u2026"
_SOURCE_WRAP = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t\n]*(?=[{_WIDE}])")
_BLANKS = re.compile(r"[ \t\n]+")
_INDENT = " \t\n\xa0\u3000"
# &amp;nbsp; · &amp;ldquo; in the source: an editor escaped its own blanks and marks once more
_ESCAPED_TWICE = re.compile(r"&(?:nbsp|e[mn]sp|[lr][sd]quo|[mn]dash|hellip|middot|times|deg);")

# Ten times what the longest table in a letter has; a page made to exhaust a reader has more.
MOST_LINES = 20_000


@dataclass(slots=True, eq=False)
class Line:
    """One line of text, white space at its ends gone.

    `row` marks a table's row with tabs between its cells; `element` is the block the line
    stands in, or the row; `linked` counts its characters within links; `aside` names the rule
    under which it is no part of the article (`hidden`, `form`, …); `pieces` are its texts in
    and between inline elements, where there are several. `weight` is what it speaks for its
    place being the article, once that was asked for (`weights.line_weight`).
    """

    text: str
    element: Element
    row: bool = False
    linked: int = 0
    aside: str | None = None
    pieces: tuple[str, ...] = ()
    weight: float | None = None


def published(text: str) -> str:
    """A line as published: characters that are no text gone, white space as a browser shows it."""
    text = text.strip(_INDENT)
    if text.isprintable():  # no blank but the plain one, and no odd character
        if "&" not in text:
            return _BLANKS.sub(" ", text) if "  " in text else text
    else:
        text = clean_characters(text)
    if "&" in text:
        text = _ESCAPED_TWICE.sub(lambda found: html.unescape(found.group()), text)
    if "\n" in text:
        text = _SOURCE_WRAP.sub("", text)
    if "\n" in text or "\t" in text or "  " in text:
        text = _BLANKS.sub(" ", text)
    return text.replace("\xa0", " ").strip()
