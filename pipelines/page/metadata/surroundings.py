"""Owns what a page says of its letter outside the article: regions of metadata, bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from functools import lru_cache
from itertools import islice, takewhile
from typing import cast

from lxml import etree

from pipelines.fold import fold
from pipelines.page.markup.selecting import select_all
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import BLOCK_TAGS, Element, is_longer_than
from pipelines.page.metadata.label_lines import labelled, parse_label_line
from pipelines.page.metadata.label_runs import (
    INDEX_NUMBER,
    OWN_NUMBER,
    MetadataGroup,
    bare_pair,
    find_groups,
    is_numbered,
)
from pipelines.page.metadata.labels import LabelTable
from storage.records import Portal

# <li>11500000009276804M/2022-00245</li>
_BARE_INDEX_NUMBER = re.compile(rf">\s*({INDEX_NUMBER})\s*<$")
_SERIAL = re.compile(r"-\d{1,6}\s*<")  # its end: quicker to look for
_LONGEST_LABELLED = 400  # characters of a text that can begin with a label
_LARGEST_REGION = 4000  # characters around the labels
_MOST_REGIONS = 20
_MOST_LABELS = 300
_MOST_SIBLINGS = 30  # before a place, and behind it
_SHOWN = (None, "hidden")
_HIGHEST = 8  # levels above a label
_TEXTS = etree.XPath("descendant::text()", smart_strings=False)
_LONGEST_PART = 4000  # characters that are looked through for labels before each of their texts is


def metadata_groups(
    root: Element,
    articles: tuple[Element, ...],
    portal: Portal | None,
    table: LabelTable,
) -> list[MetadataGroup]:
    """The groups of metadata that stand outside the article, in order of the page.

    `[select].metadata` overrules; elsewhere a group counts where one of its labels is metadata's
    alone. Below the article stand other letters' labels, too: they only fill what is missing
    above.
    """
    if portal and portal.select.metadata:
        selected = select_all(root, portal.select.metadata)
        groups = find_groups(_all_texts(selected, table), table)
        if groups:
            return groups
    above: list[MetadataGroup] = []
    below: list[MetadataGroup] = []
    for texts, is_below in _regions(root, articles, table):
        for group in find_groups(texts, table):
            if group.strong:
                (below if is_below else above).append(group)
            elif group.numbered and not is_below:
                above.append(group)
    known = {label for group in above for label, value in group.pairs if value}
    return [*above, *(_without(group, known) for group in below)]


def _texts(element: Element, table: LabelTable) -> list[str]:
    """An element's lines, shown or hidden (the other device's copy), labels set off by tabs."""
    return [labelled(line, table) for line in read_lines(element) if line.aside in _SHOWN]


def _without(group: MetadataGroup, labels: set[str]) -> MetadataGroup:
    return replace(group, pairs=tuple(pair for pair in group.pairs if pair[0] not in labels))


def bare_values(root: Element, source: str) -> dict[str, str]:
    """Values that stand without label in bullets of their own: an index number, and beside it
    a document number.

    Dates beside them stay unread: nothing says which of them they are.
    """
    number = _bare_index_number(source)
    if number is None:
        return {}
    bullet = next((each for each in root.iter() if (each.text or "").strip() == number), None)
    beside = bullet.getparent() if bullet is not None else None
    values = {"index_number": number}
    for each in islice(beside if beside is not None else (), _MOST_LABELS):
        text = (each.text or "").strip()
        if not len(each) and (pair := bare_pair(text)) and pair[0] == "发文字号":
            values.setdefault("document_number", text)
    return values


def _bare_index_number(source: str) -> str | None:
    """An index number that stands without label in a bullet or cell of its own."""
    for tail in _SERIAL.finditer(source):
        if found := _BARE_INDEX_NUMBER.search(source[max(0, tail.start() - 60) : tail.end()]):
            return found.group(1)
    return None


def _regions(
    root: Element, articles: tuple[Element, ...], table: LabelTable
) -> Iterator[tuple[list[str], bool]]:
    """The lines of each place that prints labels clear of the article; whether it is below it."""
    above = {ancestor for article in articles for ancestor in article.iterancestors()}
    taken = set(articles)
    own: set[Element] = set()  # elements around the article whose own text was read
    places = 0
    body = next(root.iter("body"), root)
    labelled_elements = _labelled(body, set(articles), above, table)
    for label, part, is_below in islice(labelled_elements, _MOST_LABELS):
        if part in taken and label not in above:
            continue  # as the labels behind the first of a table
        place = _place(label, above, taken)
        if place is None or place in own:
            continue
        if place in above:
            own.add(place)
            yield _own_texts(place, table), is_below
        else:
            texts = _texts(place, table)
            if len(texts) <= 2 and sum(len(group.pairs) for group in find_groups(texts, table)) < 2:
                before, behind = _siblings(place, above | taken)
                taken.update(before, behind)
                texts = [*_all_texts(before, table), *texts, *_all_texts(behind, table)]
            taken.add(place)
            yield texts, is_below
        places += 1
        if places >= _MOST_REGIONS:
            return


def _labelled(
    body: Element, articles: set[Element], above: set[Element], table: LabelTable
) -> Iterator[tuple[Element, Element, bool]]:
    """Elements outside the article whose text begins with a label only metadata has.

    With each comes the part of the page it stands in, the highest element around it that is
    clear of the article, and whether the article begins before it.
    """
    is_below = False
    walk = etree.iterwalk(body, events=("start", "comment", "pi"))
    for _, part in walk:
        if part in articles:
            is_below = True
            walk.skip_subtree()
            continue
        if part in above or part is body or (not len(part) and isinstance(part.tag, str)):
            texts, elements = [part.text or ""], iter((part,))
        else:
            walk.skip_subtree()
            if not _may_print_labels(part, table):
                continue
            texts, elements = cast("list[str]", _TEXTS(part)), part.iter()
        if labels := _labels((*texts, part.tail or ""), table):
            yield from ((each, part, is_below) for each in _holders(elements, labels))


def _may_print_labels(part: Element, table: LabelTable) -> bool:
    """Whether a label that `_is_labelled` looks for stands anywhere in a part, or behind it.

    All its text as one is had in a fifth of the time of its texts, and next to no part of a
    page's frame holds any. A long text, with a script in it, is the slower to look through.
    """
    text = etree.tostring(part, method="text", encoding="unicode")
    return len(text) > _LONGEST_PART or _telling(table).search(fold(text)) is not None


@lru_cache(maxsize=256)
def _telling(table: LabelTable) -> re.Pattern[str]:
    """Finds the labels that are metadata's alone, and 文号, in folded text: 索引号 · 文  号"""
    rests: dict[str, list[str]] = {}  # of the labels with one first character: looked at as one
    for label in sorted({OWN_NUMBER, *(table.keys.keys() - table.weak)}):
        rest = "".join(rf"\s*{re.escape(each)}" for each in label[1:])
        rests.setdefault(re.escape(label[0]), []).append(rest)
    return re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items()))


def _labels(texts: Iterable[str], table: LabelTable) -> set[str]:
    """Those of the texts, white space before them gone, that are lines of labels, one of them
    metadata's alone: looked through as one text, as next to none are."""
    found = table.beginning.findall("\0".join(("", *texts)))
    return {text for text in found if _is_labelled(text[:_LONGEST_LABELLED], table)}


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


def _holders(elements: Iterable[Element], texts: Set[str]) -> Iterator[Element]:
    """The elements that hold one of the texts, at their beginning or behind one within them."""
    for element in elements:
        if (text := element.text) and text.lstrip() in texts:
            yield element
        if (text := element.tail) and text.lstrip() in texts:
            parent = element.getparent()
            yield element if parent is None else parent


def _place(label: Element, above: set[Element], closed: set[Element]) -> Element | None:
    """The highest element around a label that is small and clear of the article.

    Where the label is text of an element that holds the article, too, it is that element.
    """
    if not closed.isdisjoint((label, *label.iterancestors())):
        return None
    if label in above:
        return label
    place = label
    for ancestor, _ in zip(label.iterancestors(), range(_HIGHEST), strict=False):
        if (
            ancestor in above
            or ancestor.tag in ("body", "html")
            or is_longer_than(ancestor, _LARGEST_REGION)
        ):
            break
        place = ancestor
    parent = place.getparent()
    if place.tag not in BLOCK_TAGS and parent in above:
        return parent
    return None if place.tag in ("body", "html") else place


def _own_texts(place: Element, table: LabelTable) -> list[str]:
    """The lines of an element's own text, without those of the blocks in it."""
    return [labelled(line, table) for line in read_lines(place) if line.element is place]


def _siblings(place: Element, closed: set[Element]) -> tuple[list[Element], list[Element]]:
    """The small elements before and behind a place with one label: `<dl>` beside `<dl>`."""
    before = _small(place.itersiblings(preceding=True), closed)
    return before[::-1], _small(place.itersiblings(), closed)


def _small(siblings: Iterable[Element], closed: set[Element]) -> list[Element]:
    clear = takewhile(
        lambda each: each not in closed and not is_longer_than(each, _LONGEST_LABELLED), siblings
    )
    return list(islice(clear, _MOST_SIBLINGS))


def _all_texts(elements: Iterable[Element], table: LabelTable) -> list[str]:
    return [text for each in elements for text in _texts(each, table)]
