"""Owns the parts of a page that may print metadata: those outside the article that hold a label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from pipelines.fold import fold
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.label_lines import parse_label_line
from pipelines.page.metadata.label_runs import OWN_NUMBER, is_numbered
from pipelines.page.metadata.labels import LabelTable

_LONGEST_LABELLED = 400  # characters of a text that can begin with a label
_SHORT = 200  # characters of a text that is as soon folded as its places are looked at
_LONGEST_SPACED = 80  # characters of a label with blanks between its own
_NO_TEXT = ("script", "style")
# ⽂ · ㊐ · 﨩, where forms of a character stand that `fold` may make one of a label
_OTHER_FORMS = "\u2e80-\u2fdf\u3190-\u33ff\uf900-\ufaff"


class Part(NamedTuple):
    """A part of the page outside the article.

    It is the highest element clear of the article, or an element around the article, of which
    only its own text counts.
    """

    element: Element
    text: str  # all in it, and what stands behind it
    is_around: bool  # around the article
    is_below: bool  # the article begins before it


def telling_parts(
    body: Element, articles: Set[Element], above: Set[Element], table: LabelTable
) -> Iterator[Part]:
    """The parts that hold a label, wherever in them, that only metadata has; in order.

    `above` are the elements around the articles. Next to no part of a page's frame holds one.
    """
    is_below = False
    open_elements = [iter((body,))]
    while open_elements:
        for element in open_elements[-1]:
            if element in articles:
                is_below = True
                continue
            if is_around := element is body or element in above:
                text = f"{element.text or ''}\n{element.tail or ''}"
                open_elements.append(iter(element))
            elif element.tag in _NO_TEXT:
                text = element.tail or ""
            else:  # its text as one is had in a fifth of the time of its texts
                text = etree.tostring(element, method="text", encoding="unicode")
            if _holds_label(text, table):
                yield Part(element, text, is_around, is_below)
            if is_around:
                break
        else:
            open_elements.pop()


def _holds_label(text: str, table: LabelTable) -> bool:
    """Whether a label that is metadata's alone stands in a text."""
    begins, whole = _telling(table)
    if not begins.search(text):
        return False
    if len(text) <= _SHORT:
        return whole.search(fold(text)) is not None
    places = (found.start() for found in begins.finditer(text))
    return any(whole.match(fold(text[at : at + _LONGEST_SPACED])) for at in places)


@lru_cache(maxsize=256)
def _telling(table: LabelTable) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Finds where a label that is metadata's alone, or 文号, may begin, by its first two
    characters; and such labels in folded text: 索引号 · 文  号

    Most parts are done with after the first, and no long text need be folded as a whole.
    """
    labels = {OWN_NUMBER, *(table.keys.keys() - table.weak)}
    firsts, seconds = (_forms({label[at : at + 1] for label in labels}) for at in (0, 1))
    any_second = rf"(?=[\s\u180e]*[{seconds}])" if all(len(label) > 1 for label in labels) else ""
    return re.compile(f"[{firsts}]{any_second}"), re.compile(_any_of(labels))


def _any_of(labels: Set[str]) -> str:
    """A pattern of labels, by their first characters, then by the next, and so on."""
    rests: dict[str, set[str]] = {}
    for label in labels:
        rests.setdefault(label[0], set()).add(label[1:])
    return "|".join(
        re.escape(first) + ("" if "" in rest else rf"\s*(?:{_any_of(rest)})")
        for first, rest in sorted(rests.items())
    )


def _forms(characters: Set[str]) -> str:
    """Characters as they may be printed, for a pattern's class: full-width, too."""
    wide = (chr(ord(each) + 0xFEE0) for each in characters if "!" <= each <= "~")
    return "".join(map(re.escape, sorted({*characters, *wide}))) + _OTHER_FORMS


def labelled_elements(part: Part, taken: Set[Element], table: LabelTable) -> Iterator[Element]:
    """The elements that hold a text of a part which begins with a label only metadata has.

    It stands at their beginning, or behind an element in them. Once the part was `taken` no more
    are looked for in it: labels behind the first of a table.
    """
    whole = part.element
    for element in (whole,) if part.is_around else whole.iter():
        if whole in taken and element is not whole:
            return
        if isinstance(element.tag, str) and _begins_with_label(element.text, table):
            yield element
        if _begins_with_label(element.tail, table):
            parent = element.getparent()
            yield element if parent is None else parent


def _begins_with_label(text: str | None, table: LabelTable) -> bool:
    if not text or not table.beginning.match(text):
        return False
    return _is_labelled(text.lstrip()[:_LONGEST_LABELLED], table)


@lru_cache(maxsize=1024)
def _is_labelled(text: str, table: LabelTable) -> bool:
    """Whether the first line of a text is one of labels; a site prints the same on each page."""
    first_line = text.split("\n", 1)[0].strip()
    pairs = parse_label_line(first_line, table)
    if table.label(first_line) == OWN_NUMBER:  # alone: the value decides, wherever it stands
        return True
    if not pairs:
        return False
    return is_numbered(pairs, table) or any(label not in table.weak for label, _ in pairs)
