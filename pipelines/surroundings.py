"""Owns what a page says of its letter outside the article: metadata regions and `<meta>` tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from pipelines.article import select_all
from pipelines.label_lines import MetadataGroup, find_groups, parse_label_line
from pipelines.labels import LabelTable
from pipelines.text import read_lines
from pipelines.tree import Element, is_longer_than
from storage.records import Portal

# <li>11500000009276804M/2022-00245</li>
_BARE_INDEX_NUMBER = re.compile(r">\s*([0-9A-Z]{9,18}/(?:19|20)\d{2}-\d{3,6})\s*<")
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

    `[select].metadata` is taken whatever its labels; elsewhere a group counts where one of its
    labels is metadata's alone. `source` is the page's markup.
    """
    groups: list[MetadataGroup] = []
    if portal and portal.select.metadata:
        for element in select_all(root, portal.select.metadata):
            groups += find_groups([line.text for line in read_lines(element)], table)
    if not table.telling.search(source):
        return groups
    for region in _regions(root, articles, table):
        lines = [line.text for line in read_lines(region) if line.aside in (None, "hidden")]
        groups += [group for group in find_groups(lines, table) if group.strong]
    return groups


def meta_date_published(root: Element) -> str | None:
    """`<meta name="PubDate" content="2026-05-18 10:19">`, the last resort for that date."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").strip().lower() == "pubdate":
            return (meta.get("content") or "").strip() or None
    return None


def bare_index_number(source: str) -> str | None:
    """An index number that stands without label in a bullet or cell of its own."""
    found = _BARE_INDEX_NUMBER.search(source)
    return found.group(1) if found else None


def _regions(root: Element, articles: tuple[Element, ...], table: LabelTable) -> Iterator[Element]:
    """The largest small elements around labels, none of them holding or within the article."""
    above = {ancestor for article in articles for ancestor in article.iterancestors()}
    closed = set(articles)
    taken: set[Element] = set()
    body = next(root.iter("body"), root)
    for label in islice(_labelled(body, articles, table), _MOST_LABELS):
        region = _region(label, above, closed | taken)
        if region is not None:
            taken.add(region)
            yield region
            if len(taken) >= _MOST_REGIONS:
                return


def _labelled(body: Element, articles: tuple[Element, ...], table: LabelTable) -> Iterator[Element]:
    """The elements outside the article whose text begins with a label only metadata has."""
    walk = etree.iterwalk(body, events=("start",))
    for _, element in walk:
        if element in articles:
            walk.skip_subtree()
        elif (text := element.text) and _begins(text, table):
            yield element
        if (text := element.tail) and element is not body and _begins(text, table):
            parent = element.getparent()
            yield element if parent is None else parent


def _begins(text: str, table: LabelTable) -> bool:
    if text.isspace() or not table.strong_opening.match(text):
        return False
    first_line = text[:_LONGEST_LABELLED].strip().split("\n", 1)[0].strip()
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
