"""Owns what a page says of its letter outside the article: metadata regions and `<meta>` tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from pipelines.page.article import select_all
from pipelines.page.label_lines import MetadataGroup, find_groups, parse_label_line
from pipelines.page.labels import LabelTable
from pipelines.page.text import read_lines
from pipelines.page.tree import Element, is_longer_than
from storage.records import Portal

# <li>11500000009276804M/2022-00245</li>
_BARE_INDEX_NUMBER = re.compile(r">\s*([0-9A-Z]{9,18}/(?:19|20)\d{2}-\d{3,6})\s*<$")
_SERIAL = re.compile(r"/(?:19|20)\d{2}-\d{3,6}\s*<")  # its end: quicker to look for
_LONGEST_LABELLED = 400  # characters of a text that can begin with a label
_LARGEST_REGION = 4000  # characters around the labels
_MOST_REGIONS = 20
_MOST_LABELS = 300
_HIGHEST = 8  # levels above a label


def metadata_groups(
    root: Element,
    source: str,
    articles: tuple[Element, ...],
    portal: Portal | None,
    table: LabelTable,
) -> list[MetadataGroup]:
    """The groups of metadata that stand outside the article, in order of the page.

    `[select].metadata` overrules; elsewhere a group counts where one of its labels is metadata's
    alone. Below the article stand other letters' labels, too: they only fill what is missing
    above. `source` is the page's markup.
    """
    if portal and portal.select.metadata:
        selected = select_all(root, portal.select.metadata)
        groups = [group for each in selected for group in _groups(each, table)]
        if groups:
            return groups
    if not table.telling.search(source):
        return []
    above: list[MetadataGroup] = []
    below: list[MetadataGroup] = []
    for region, is_below in _regions(root, articles, table):
        strong = [group for group in _groups(region, table) if group.strong]
        (below if is_below else above).extend(strong)
    known = {label for group in above for label, value in group.pairs if value}
    return [*above, *(_without(group, known) for group in below)]


def _groups(element: Element, table: LabelTable) -> list[MetadataGroup]:
    lines = (line for line in read_lines(element) if line.aside in (None, "hidden"))
    return find_groups([line.text for line in lines], table)


def _without(group: MetadataGroup, labels: set[str]) -> MetadataGroup:
    return replace(group, pairs=tuple(pair for pair in group.pairs if pair[0] not in labels))


def meta_date_published(root: Element) -> str | None:
    """`<meta name="PubDate" content="2026-05-18 10:19">`, the last resort for that date."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").strip().lower() == "pubdate":
            return (meta.get("content") or "").strip() or None
    return None


def bare_index_number(source: str) -> str | None:
    """An index number that stands without label in a bullet or cell of its own."""
    for tail in _SERIAL.finditer(source):
        if found := _BARE_INDEX_NUMBER.search(source[max(0, tail.start() - 60) : tail.end()]):
            return found.group(1)
    return None


def _regions(
    root: Element, articles: tuple[Element, ...], table: LabelTable
) -> Iterator[tuple[Element, bool]]:
    """The largest small elements around labels, clear of the article; whether they are below it."""
    above = {ancestor for article in articles for ancestor in article.iterancestors()}
    closed = set(articles)
    taken: set[Element] = set()
    body = next(root.iter("body"), root)
    for label, is_below in islice(_labelled(body, articles, table), _MOST_LABELS):
        region = _region(label, above, closed | taken)
        if region is not None:
            taken.add(region)
            yield region, is_below
            if len(taken) >= _MOST_REGIONS:
                return


def _labelled(
    body: Element, articles: tuple[Element, ...], table: LabelTable
) -> Iterator[tuple[Element, bool]]:
    """Elements outside the article whose text begins with a label only metadata has.

    With each comes whether the article begins before it.
    """
    inside = {element for article in articles for element in article.iter()}
    is_below = False
    for element in body.iter():
        if element in inside:
            is_below = True
            continue
        if (text := element.text) and not text.isspace() and _begins(text, table):
            yield element, is_below
        if (text := element.tail) and not text.isspace() and _begins(text, table):
            parent = element.getparent()
            yield element if parent is None else parent, is_below


def _begins(text: str, table: LabelTable) -> bool:
    text = text.lstrip()
    if text[:1] not in table.first or not table.strong_opening.match(text):
        return False
    first_line = text[:_LONGEST_LABELLED].split("\n", 1)[0].strip()
    pairs = parse_label_line(first_line, table)
    return bool(pairs) and any(label not in table.weak for label, _ in pairs or ())


def _region(label: Element, above: set[Element], closed: set[Element]) -> Element | None:
    """The highest element around a label that is small and clear of the article."""
    if any(each in closed for each in (label, *label.iterancestors())):
        return None
    region = label
    for ancestor, _ in zip(label.iterancestors(), range(_HIGHEST), strict=False):
        if (
            ancestor in above
            or ancestor.tag in ("body", "html")
            or is_longer_than(ancestor, _LARGEST_REGION)
        ):
            break
        region = ancestor
    return None if region in above or region.tag in ("body", "html") else region
