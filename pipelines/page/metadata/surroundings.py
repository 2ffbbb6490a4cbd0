"""Owns what a page says of its letter outside the article: regions of metadata, bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice, takewhile

from pipelines.page.markup.selecting import select_all
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import BLOCK_TAGS, Element, is_longer_than
from pipelines.page.metadata.label_lines import labelled
from pipelines.page.metadata.label_runs import (
    INDEX_NUMBER,
    MetadataGroup,
    bare_pair,
    find_groups,
)
from pipelines.page.metadata.labels import LabelTable
from pipelines.page.metadata.telling_parts import Part, labelled_elements, telling_parts
from storage.records import Portal

# <li>11500000009276804M/2022-00245</li>
_BARE_INDEX_NUMBER = re.compile(rf">\s*({INDEX_NUMBER})\s*<$")
_SERIAL = re.compile(r"-\d{1,6}\s*<")  # its end: quicker to look for
_LARGEST_SIBLING = 400  # characters of an element beside a place with one label
_LARGEST_REGION = 4000  # characters around the labels
_MOST_REGIONS = 20
_MOST_LABELS = 300
_MOST_SIBLINGS = 30  # before a place, and behind it
_SHOWN = (None, "hidden")
_HIGHEST = 8  # levels above a label


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
    for groups, is_below in _regions(root, articles, table):
        for group in groups:
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
) -> Iterator[tuple[list[MetadataGroup], bool]]:
    """The groups of each place that prints labels clear of the article; whether it is below it."""
    above = {ancestor for article in articles for ancestor in article.iterancestors()}
    taken = set(articles)
    own: set[Element] = set()  # elements around the article whose own text was read
    places = 0
    body = next(root.iterchildren("body"), None)
    body = next(root.iter("body"), root) if body is None else body
    labelled_places = (
        (part, label)
        for part in telling_parts(body, frozenset(articles), above, table)
        for label in labelled_elements(part, taken, table)
    )
    for part, label in islice(labelled_places, _MOST_LABELS):
        place = _place(label, part, above, taken)
        if place is None or place in own:
            continue
        if place in above:
            own.add(place)
            groups = find_groups(_own_texts(place, table), table)
        else:
            groups = _groups_at(place, above, taken, table)
            taken.add(place)
        yield groups, part.is_below
        places += 1
        if places >= _MOST_REGIONS:
            return


def _groups_at(
    place: Element, above: set[Element], taken: set[Element], table: LabelTable
) -> list[MetadataGroup]:
    """The groups of a place, with those of the small elements beside it if it has one label."""
    texts = _texts(place, table)
    groups = find_groups(texts, table)
    if len(texts) <= 2 and sum(len(group.pairs) for group in groups) < 2:
        before, behind = _siblings(place, above | taken)
        taken.update(before, behind)
        if before or behind:
            texts = [*_all_texts(before, table), *texts, *_all_texts(behind, table)]
            groups = find_groups(texts, table)
    return groups


def _place(label: Element, part: Part, above: set[Element], closed: set[Element]) -> Element | None:
    """The highest element around a label that is small and clear of the article.

    Where the label is text of an element that holds the article, too, it is that element.
    """
    if label in above:
        return label
    around = [label, *takewhile(lambda each: each not in above, label.iterancestors())]
    if not closed.isdisjoint(around):
        return None
    place = label
    small = len(part.text) <= _LARGEST_REGION  # and so is whatever stands in it
    for ancestor in around[1 : _HIGHEST + 1]:
        if ancestor.tag in ("body", "html"):
            break
        if not small and is_longer_than(ancestor, _LARGEST_REGION):
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
        lambda each: each not in closed and not is_longer_than(each, _LARGEST_SIBLING), siblings
    )
    return list(islice(clear, _MOST_SIBLINGS))


def _all_texts(elements: Iterable[Element], table: LabelTable) -> list[str]:
    return [text for each in elements for text in _texts(each, table)]
