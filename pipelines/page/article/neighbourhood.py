"""Owns the lines that stand just before and just behind a container: heading, date, overflow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipelines.fold import fold
from pipelines.page.days.day_forms import HOLDS_DIGIT, line_with_box
from pipelines.page.furniture.related import is_listed_with_link
from pipelines.page.furniture.rules import furniture_rule
from pipelines.page.markup.lines import Line, published
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import Element, is_longer_than, whole_text
from pipelines.page.metadata.label_lines import parse_label_line
from pipelines.page.metadata.labels import LabelTable

_LEVELS = 5  # above a container
_LARGEST = 3000  # characters of an element beside it; a larger one is another part of the page
MOST_BEFORE = 16  # lines
_MOST_BEHIND = 40
_LONGEST_DAY = 24  # characters of a day in an item of a list
_MOST_JUST_BEHIND = 6
# 2024年5月16日 · 二〇二四年五月十六日
_SIGNED_DATE = re.compile(r"[12]\d{3}年\d{1,2}月\d{1,2}日|[一二][〇○零九O].{1,3}年.{1,3}月.{1,4}日")

# Blanks that are no ASCII: a line keeps each of a run of them. Spelt out, they are found twice as
# quickly as by `[^\S \t\n\r\f\v]`.
_WIDE_BLANK = re.compile("[\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


def lines_before(element: Element) -> list[str]:
    """The nearest lines of text above a container that are no links, in the page's order."""
    nearest: list[str] = []
    linked = next(element.iterancestors("a"), None) is not None  # as a whole, with all around it
    for ancestor in _upwards(element):
        for sibling in ancestor.itersiblings(preceding=True):
            if not isinstance(sibling.tag, str) or len(text := whole_text(sibling)) > _LARGEST:
                return nearest[::-1]
            if not text.strip() or (not linked and _is_all_links(sibling, text)):
                continue
            nearest += reversed(unlinked(read_lines(sibling), element))
            if len(nearest) >= MOST_BEFORE:
                return nearest[:MOST_BEFORE][::-1]
    return nearest[::-1]


def _is_all_links(element: Element, text: str) -> bool:
    """Whether all the `text` of an element is its links', as in a site's navigation: a quick look.

    Not where blanks or cells may make a line longer than its links are.
    """
    if _WIDE_BLANK.search(text) or next(element.iter("td", "th"), None) is not None:
        return False
    links = (link for link in element.iter("a") if link.get("href"))
    linked = "".join([whole_text(each) if len(each) else each.text or "" for each in links])
    return "".join(linked.split()) == "".join(text.split())


def unlinked(lines: Sequence[Line], article: Element) -> list[str]:
    """The last of the lines above an article that are shown and no links."""
    shown = [line for line in lines if not line.aside and line.linked * 2 <= len(line.text)]
    near = shown[-2 * MOST_BEFORE :]
    return [
        line_with_box(each.text, each.pieces) for each in near if not _is_others_day(each, article)
    ][-MOST_BEFORE:]


def _is_others_day(line: Line, article: Element) -> bool:
    """Whether a line is the day of another document, linked beside it in a list."""
    text = line.text
    digits = len(text) <= _LONGEST_DAY and HOLDS_DIGIT.search(text)
    return bool(digits) and is_listed_with_link(line.element, (article,))


def overflow(element: Element, lines: Sequence[Line], table: LabelTable) -> list[Line]:
    """The end of a letter that stands behind its container, closed too early by a stray tag.

    Empty where the container itself holds the date under the signature, or where no such date
    follows before the first tool, link list or label.
    """
    if any(is_signed_date(line.text) for line in lines[:-13:-1]):
        return []
    behind: list[Line] = []
    end = 0
    for line in _lines_behind(element):
        stops = line.aside or line.linked * 2 > len(line.text)
        if stops or furniture_rule(line.text) or parse_label_line(line.text, table):
            break
        behind.append(line)
        if is_signed_date(line.text):
            end = len(behind)
        if len(behind) >= _MOST_BEHIND:
            break
    return behind[:end]


def lines_behind(element: Element) -> Iterator[str]:
    """The lines just behind a container, up to the first tool, link or neighbouring article."""
    for line in islice(_lines_behind(element), _MOST_JUST_BEHIND):
        if line.aside or line.linked * 2 > len(line.text) or furniture_rule(line.text):
            return
        yield line.text


def is_signed_date(text: str) -> bool:
    """Whether a line is a date as it stands under a signature, or ends with one behind a name."""
    if len(text) > 60:
        return False
    parts = fold(text).replace("\t", "  ").rsplit("  ", 1)
    return bool(_SIGNED_DATE.fullmatch(parts[-1].replace(" ", "")))


def _lines_behind(element: Element) -> Iterator[Line]:
    for ancestor in _upwards(element):
        if text := published(ancestor.tail or ""):
            yield Line(text, ancestor)
        for sibling in ancestor.itersiblings():
            if not isinstance(sibling.tag, str) or is_longer_than(sibling, _LARGEST):
                return
            yield from read_lines(sibling)
            if text := published(sibling.tail or ""):
                yield Line(text, sibling)


def _upwards(element: Element) -> Iterator[Element]:
    """The element and those above it, as far as they are parts of the page's body."""
    yield element
    for ancestor, _ in zip(element.iterancestors(), range(_LEVELS), strict=False):
        if ancestor.tag in ("body", "html"):
            return
        yield ancestor
