"""Owns what one page of a site's sample says: how much text of its own each element holds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipelines.fold import fold_key
from pipelines.page.article.neighbourhood import is_signed_date
from pipelines.page.article.weights import is_letters_phrase
from pipelines.page.headings import article_titles, page_titles
from pipelines.page.markup.decode import decode
from pipelines.page.markup.lines import Line
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.label_lines import parse_label_line
from pipelines.page.metadata.labels import label_table
from pipelines.page.metadata.metas import read_metas

# A letter's page has 200 to 3,000 tags; one with more teaches nothing that others don't.
_MOST_TAGS = 10_000
_LARGEST = 4 * 1024 * 1024  # bytes
_RECURRING = 4.0
_LINKED = 2.0
# 浏览次数：1024次, 浏览次数：977次
_NUMBER = re.compile(r"\d+")
_SHORT = 40  # characters of a signature's line
_SENTENCE = 25  # characters of a line that tells two copies of one letter


@dataclass(slots=True, eq=False)
class SamplePage:
    """A page's lines that are shown, with their keys."""

    root: Element
    lines: list[Line]
    keys: list[str]  # of the lines' text, for comparing pages
    title: str  # keys of what the head says the page is called

    def sentences(self) -> frozenset[str]:
        """The keys of its running text."""
        return frozenset(key for key in self.keys if len(key) >= _SENTENCE)


@dataclass(slots=True)
class Weight:
    """What an element's text says for its being the article, and the part that says against."""

    worth: float = 0.0
    against: float = 0.0  # as it enters worth, so negative

    def __iadd__(self, other: Weight) -> Weight:
        self.worth += other.worth
        self.against += other.against
        return self


def read_sample(body: bytes, content_type: str | None) -> SamplePage | None:
    """A page as one of a sample; None for one that is too large to learn from, or empty."""
    if len(body) > _LARGEST or body.count(b"<") > 2 * _MOST_TAGS:
        return None
    root = parse(decode(body, content_type).text)
    lines = read_lines(next(root.iter("body"), root))
    shown = [line for line in lines if not line.aside]
    if not shown:  # a page that a script uncovers when it has loaded
        shown = [line for line in lines if line.aside == "hidden"]
    metas = read_metas(root)
    titles = [*article_titles(metas), *page_titles(root, metas)]
    keys = [fold_key(line.text) for line in shown]
    return SamplePage(root, shown, keys, " ".join(map(fold_key, titles))) if shown else None


def weigh_elements(
    page: SamplePage, recurring: Collection[str], alike: Collection[str]
) -> dict[Element, Weight]:
    """The weight of every element that holds text: unique - 4 x recurring - 2 x linked.

    `recurring` are keys of lines that stand on other pages too, `alike` the same with their
    numbers left out: lines of which only the numbers differ say neither yes nor no, like the
    page's title, labels with their values, and a letter's signature and phrases.
    """
    weights: defaultdict[Element, Weight] = defaultdict(Weight)
    seen: set[str] = set()
    signature = _signature_lines(page.lines)
    for at, (line, key) in enumerate(zip(page.lines, page.keys, strict=True)):
        size = float(len(key))
        if at in signature or (key in recurring and is_letters_phrase(key)):
            worth = 0.0
        elif key in recurring:
            worth = -_RECURRING * size
        elif line.linked * 2 > len(line.text):
            worth = -_LINKED * size
        elif key in page.title or without_numbers(key) in alike or _is_labelled(line):
            worth = 0.0
        elif key in seen:  # the second copy of a text, for telephones
            worth = -0.5 * size
        else:
            worth = size - (1 + _LINKED) * min(line.linked, size)
        seen.add(key)
        weights[line.element] += Weight(worth, min(worth, 0.0))
    _add_up(weights, page.root)
    return dict(weights)


def without_numbers(key: str) -> str:
    """A line's key with every number as one sign."""
    return _NUMBER.sub("#", key)


def _is_labelled(line: Line) -> bool:
    return bool(parse_label_line(line.text, label_table()))


def _signature_lines(lines: Sequence[Line]) -> set[int]:
    """Dates as they stand under a signature, with the two lines above: they recur in letters."""
    dated = [at for at, line in enumerate(lines) if is_signed_date(line.text)]
    near = {at - above for at in dated for above in range(min(at, 2) + 1)}
    return {at for at in near if len(lines[at].text) <= _SHORT}


def _add_up(weights: defaultdict[Element, Weight], root: Element) -> None:
    """Makes each element's own weight that of all below it."""
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and element in weights:
            weights[parent] += weights[element]
