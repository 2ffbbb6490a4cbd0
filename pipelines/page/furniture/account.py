"""Owns the account of an article's lines: each goes to body, title, metadata or attachments, or
is dropped under a named rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from pipelines.fold import fold_key
from pipelines.page.furniture.sorting import Sorting
from pipelines.page.markup.lines import Line
from pipelines.page.metadata.labels import LabelTable
from storage.records import Block

# A letter's last paragraph in a page pasted from Word: …2024年5月16日<!--EndFragment-->
_FRAGMENT_MARK = re.compile(r"\s*<!?-+\s*(?:Start|End)Fragment\s*-+>\s*")
_MOST_TURNS = 200  # pages of a paper
_KEPT = ("body", "title", "metadata", "attachments")


@dataclass(frozen=True, slots=True)
class Account:
    """Where every line of an article went, and what was found on the way."""

    lines: tuple[str, ...]
    told: tuple[tuple[str, str], ...]  # every line's text, with the rule it fell to
    pairs: tuple[tuple[str, str], ...]  # metadata printed within the article
    headings: tuple[str, ...]  # titles printed within the article
    dates: tuple[str, ...]  # bare publishing dates dropped with the line they stood on

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The lines that print the title, which may take several of them."""
        return tuple([text for text, rule in self.told if rule == "title"])

    @property
    def page_turns(self) -> tuple[int, ...]:
        """Indexes of the `lines` above which the number of a paper's page stood."""
        rules = [rule for _, rule in self.told]
        if "page-break" not in rules:  # as in nearly all
            return ()
        found = (at for at, rule in enumerate(rules) if rule == "page-break")
        return tuple(rules[:at].count("body") for at in islice(found, _MOST_TURNS))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every line as a block: for those who ask what became of the page."""
        return tuple(Block(text, rule in _KEPT, rule) for text, rule in self.told)


def draw_account(
    lines: Sequence[Line],
    table: LabelTable,
    titles: Sequence[str] = (),
    attachment_names: Iterable[str] = (),
) -> Account:
    """Sorts the lines of an article; every one of them ends up in exactly one block or more.

    `titles` are candidates known from elsewhere, whose repetition in the article is no text.
    """
    sorting = Sorting(_without_fragment_marks(lines), table)
    sorting.drop_asides()
    sorting.drop_second_copy()
    sorting.drop_furniture()
    sorting.take_metadata()
    sorting.drop_site_head()
    sorting.drop_part_names()
    sorting.take_titles(titles)
    sorting.drop_edges()
    names = filter(None, map(fold_key, attachment_names))
    sorting.take_attachments(sorted(names, key=len, reverse=True))
    sorting.drop_navigation()
    texts = [line.text for line in sorting.lines]
    told = [(text, rule or "body") for text, rule in zip(texts, sorting.rules, strict=True)]
    return Account(
        tuple([text for text, rule in told if rule == "body"]),
        tuple(told),
        tuple(sorting.pairs),
        tuple(sorting.headings),
        tuple(sorting.dates),
    )


def _without_fragment_marks(lines: Sequence[Line]) -> list[Line]:
    """The lines with the marks of a paste cut off as lines of their own."""
    parted: list[Line] = []
    for line in lines:
        if "Fragment" not in line.text:
            parted.append(line)
            continue
        rest = 0
        for mark in _FRAGMENT_MARK.finditer(line.text):
            parted += [_part(line, line.text[rest : mark.start()]), _part(line, mark.group())]
            rest = mark.end()
        parted.append(_part(line, line.text[rest:]))
    return [line for line in parted if line.text]


def _part(line: Line, text: str) -> Line:
    return Line(text.strip(), line.element, line.row, min(line.linked, len(text)), line.aside)
