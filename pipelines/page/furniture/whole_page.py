"""Owns the account of a whole page in its own order: the article's blocks and all around them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pipelines.fold import fold_key
from pipelines.page.article.article import Article
from pipelines.page.files.attachments import is_attachment_line
from pipelines.page.furniture.account import Account
from pipelines.page.furniture.rules import edge_rule, furniture_rule
from pipelines.page.markup.lines import Line, published
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import BLOCK_TAGS, Element
from pipelines.page.metadata.label_runs import find_groups
from pipelines.page.metadata.labels import LabelTable
from storage.records import Block

OUTSIDE = "outside"  # the article: the rule of all that no rule of furniture names
SILENT = "no-text"  # scripts, styles, drawings: nothing a reader of the page sees
# No text of a page stands in these, yet the account of an article names them.
_NO_TEXT = ("script", "style", "template", "title", "svg", "math", "map", "rt", "rp")


@dataclass(frozen=True, slots=True)
class KeptAround:
    """What was taken from outside the article: label-value pairs, titles, names of files."""

    pairs: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]
    files: tuple[str, ...]


def whole_page_blocks(
    root: Element,
    article: Article | None,
    account: Account,
    kept: KeptAround,
    table: LabelTable,
) -> tuple[Block, ...]:
    """The blocks of a page in its order, every character of its text in one of them.

    The article's blocks are those of its account, with what shows no text (scripts, styles)
    behind them; around it a run of dropped lines is one block, under the rule that drops them
    all, else `outside`.
    """
    elements = article.elements if article else ()
    body = next(root.iter("body"), root)
    inline = any(each.tag not in BLOCK_TAGS for each in elements)
    around = _Surroundings(kept, table, _moved(article, inline))
    before: list[Block] = []
    behind: list[Block] = []
    told = False
    regions = _around_inline(body, article) if article and inline else _regions(body, elements)
    for region in regions:
        told = told or region is None
        (behind if told else before).extend(around.blocks(region or []))
    own = (*account.blocks, *_silent(elements))
    return (*_merged(before, across=False), *own, *_merged(behind, across=False))


def _moved(article: Article | None, inline: bool) -> Counter[str]:
    """The texts an article took from behind its container, a signature as a rule."""
    if article is None:
        return Counter()
    if inline:
        return Counter(line.text for line in article.lines)
    inside = {each for element in article.elements for each in element.iter()}
    return Counter(line.text for line in article.lines if line.element not in inside)


def _regions(body: Element, elements: Sequence[Element]) -> Iterator[list[Line] | None]:
    """The lines of each part of the page around the article; None where an article stands."""
    articles = set(elements)
    above = {ancestor for element in elements for ancestor in element.iterancestors()}
    if body not in above and body not in articles:  # none, or one that a script keeps
        yield read_lines(body)
        return
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            if element is not body:
                yield _loose(element.tail, element)
            continue
        if element in articles:
            yield None
            walk.skip_subtree()
        elif element in above:
            yield _loose(element.text, element)
        else:
            yield read_lines(element)
            walk.skip_subtree()


def _around_inline(body: Element, article: Article) -> Iterator[list[Line] | None]:
    """The same for an article in an inline element, whose lines may begin before it."""
    lines = read_lines(body)
    first = article.lines[0].text if article.lines else None
    at = next((at for at, line in enumerate(lines) if line.text == first), len(lines))
    yield lines[:at]
    yield None
    yield lines[at:]


def _loose(text: str | None, element: Element) -> list[Line]:
    """Text that stands between elements as a line."""
    line = published(text or "")
    return [Line(line, element)] if line else []


def _silent(elements: Sequence[Element]) -> Iterator[Block]:
    """What stands in an article and shows no text: its scripts and styles."""
    for element in elements:
        done: set[Element] = set()
        for each in element.iter(*_NO_TEXT):
            if done.isdisjoint(each.iterancestors()):
                done.add(each)
                if text := published("".join(map(str, each.itertext()))):
                    yield Block(text, False, SILENT)


class _Surroundings:
    """Tells what became of the lines around an article."""

    def __init__(self, kept: KeptAround, table: LabelTable, moved: Counter[str]) -> None:
        self._pairs = set(kept.pairs)
        self._titles = {fold_key(title) for title in kept.titles}
        names = filter(None, map(fold_key, kept.files))
        self._files = sorted(names, key=len, reverse=True)
        self._table = table
        self._moved = moved

    def blocks(self, lines: list[Line]) -> list[Block]:
        """The account of one part of the page, lines the article took left out."""
        own: list[Line] = []
        for line in lines:
            if self._moved[line.text] > 0:
                self._moved[line.text] -= 1
            else:
                own.append(line)
        labelled = self._labelled(own)
        blocks = (
            Block(line.text, True, "metadata") if at in labelled else self._block(line)
            for at, line in enumerate(own)
        )
        return _merged(blocks, across=True)

    def _block(self, line: Line) -> Block:
        if fold_key(line.text) in self._titles:
            return Block(line.text, True, "title")
        if is_attachment_line(line, self._files):
            return Block(line.text, True, "attachments")
        rule = line.aside or furniture_rule(line.text, line.linked)
        return Block(line.text, False, rule or edge_rule(line.text, tail=False) or OUTSIDE)

    def _labelled(self, lines: list[Line]) -> set[int]:
        """Which of the lines print metadata that was taken."""
        shown = [at for at, line in enumerate(lines) if line.aside in (None, "hidden")]
        return {
            at
            for group in find_groups([lines[at].text for at in shown], self._table)
            if self._pairs.issuperset(group.pairs)
            for at in shown[group.start : group.end]
        }


def _merged(blocks: Iterable[Block], *, across: bool) -> list[Block]:
    """The blocks with each run of dropped ones as one: of any rule with `across`, else of one."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else None
        if last is None or last.kept or block.kept or not (across or last.rule == block.rule):
            merged.append(block)
        else:
            rule = last.rule if last.rule == block.rule else OUTSIDE
            merged[-1] = Block(f"{last.text} {block.text}", False, rule)
    return merged
