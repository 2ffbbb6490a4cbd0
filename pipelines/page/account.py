"""Owns the account of an article's lines: each goes to body, title, metadata or attachments, or
is dropped under a named rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.fold import fold, fold_key
from pipelines.page.attachments import is_attachment_heading, is_attachment_line
from pipelines.page.furniture import (
    edge_rule,
    furniture_rule,
    is_bare_neighbour,
    is_disclaimer,
    is_footer_head,
    is_furniture_row,
    is_related_heading,
)
from pipelines.page.headings import heading_spans
from pipelines.page.label_lines import BARE_INDEX_NUMBER, find_groups, labelled, parse_label_line
from pipelines.page.labels import LabelTable
from pipelines.page.text import Line
from storage.records import Block

# A letter's last paragraph in a page pasted from Word: …2024年5月16日<!--EndFragment-->
_FRAGMENT_MARK = re.compile(r"\s*<!?-+\s*(?:Start|End)Fragment\s*-+>\s*")
# 2024年5月16日 · 二〇二四年五月十六日 · 2022525, a date that lost its characters
_DATE_LINE = re.compile(
    r"[12]\d{3}年\d{1,2}月\d{1,2}日|[一二][〇○零九O].{1,3}年.{1,3}月.{1,4}日|20\d{4,6}"
)
_LONG_LINE = 100  # characters; no title, label line or tool is longer
_MOST_ABOVE = 6  # lines above a body that is printed twice
_KEPT = ("body", "title", "metadata", "attachments")


@dataclass(frozen=True, slots=True)
class Account:
    """Where every line of an article went, and what was found on the way."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    pairs: tuple[tuple[str, str], ...]  # metadata printed within the article
    headings: tuple[str, ...]  # titles printed within the article
    dates: tuple[str, ...]  # bare publishing dates dropped with the line they stood on


def draw_account(
    lines: Sequence[Line],
    table: LabelTable,
    titles: Sequence[str] = (),
    attachment_names: Iterable[str] = (),
) -> Account:
    """Sorts the lines of an article; every one of them ends up in exactly one block or more.

    `titles` are candidates known from elsewhere, whose repetition in the article is no text.
    """
    sorting = _Sorting(_without_fragment_marks(lines), table)
    sorting.drop_asides()
    sorting.drop_second_copy()
    sorting.drop_furniture()
    sorting.take_metadata()
    sorting.take_titles(titles)
    sorting.drop_edges()
    names = filter(None, map(fold_key, attachment_names))
    sorting.take_attachments(sorted(names, key=len, reverse=True))
    sorting.drop_navigation()
    return sorting.account()


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


class _Sorting:
    """The state of one sorting: each line's rule, None where it is still undecided."""

    def __init__(self, lines: list[Line], table: LabelTable) -> None:
        self._lines = lines
        self._table = table
        self._rules: list[str | None] = [None] * len(lines)
        self._pairs: list[tuple[str, str]] = []
        self._headings: list[str] = []
        self._dates: list[str] = []
        self._running = [self._is_text(line) for line in lines]

    def drop_asides(self) -> None:
        """Hidden text, forms and frames; hidden text stays where next to nothing else is there."""
        shown = sum(len(line.text) for line in self._lines if not line.aside)
        hidden = sum(len(line.text) for line in self._lines if line.aside == "hidden")
        uncovered = hidden > 3 * shown and hidden > 30
        for at, line in enumerate(self._lines):
            if line.aside and not (uncovered and line.aside == "hidden"):
                self._rules[at] = line.aside

    def drop_second_copy(self) -> None:
        """A body printed again from its first lines on, for PC and mobile.

        Most of what stands between a line and its copy must be repeated behind the copy; equal
        rows of a table, or a paragraph pasted twice, are the letter's.
        """
        open_lines = self._undecided()
        keys = [self._lines[at].text for at in open_lines]
        firsts: dict[str, int] = {}
        at = 0
        while at < len(keys):
            first = firsts.setdefault(keys[at], at)
            run = _equal_run(keys, first, at) if first < at else 0
            whole = first <= _MOST_ABOVE and run >= 0.7 * (at - first)
            copied = set(keys[at : at + run])
            enough = len(copied) >= 3 or len(keys) <= 2 * run + 2
            if whole and enough and sum(map(len, copied)) >= 60:
                for copy in open_lines[at : at + run]:
                    self._rules[copy] = "second-copy"
            at += max(run, 1)

    def drop_furniture(self) -> None:
        """Lines that are furniture wherever they stand, and what hangs on them."""
        for at in self._undecided():
            line = self._lines[at]
            if not line.row:
                self._rules[at] = furniture_rule(line.text, line.linked)
        for at in range(len(self._lines) - 1):
            if self._rules[at] == "neighbours" and is_bare_neighbour(self._lines[at].text):
                self._drop_link(at + 1, "neighbours")
            elif self._rules[at] == "related-links" and is_related_heading(self._lines[at].text):
                self._drop_links_from(at + 1)
        for at in self._undecided():
            if is_disclaimer(self._lines[at].text):
                self._rules[at] = "disclaimer"
        for at in reversed(range(len(self._lines) - 1)):
            if self._rules[at + 1] == "footer" and is_footer_head(self._lines[at].text):
                self._rules[at] = "footer"

    def _drop_link(self, at: int, rule: str) -> bool:
        line = self._lines[at]
        if self._rules[at] is None and line.linked * 2 > len(line.text):
            self._rules[at] = rule
        return self._rules[at] == rule

    def _drop_links_from(self, start: int) -> None:
        for at in range(start, len(self._lines)):
            if not self._drop_link(at, "related-links"):
                break

    def take_metadata(self) -> None:
        """Label lines above and below the article; a form inside it is the letter's own."""
        open_lines = self._undecided()
        texts = [labelled(self._lines[at], self._table) for at in open_lines]
        head, tail = self._edges(open_lines)
        for group in find_groups(texts, self._table):
            labels = {label for label, _ in group.pairs if label not in self._table.weak}
            at_edge = open_lines[group.start] < head or open_lines[group.start] > tail
            if group.strong and (at_edge or len(labels) >= 3):
                self._pairs.extend(group.pairs)
                for at in open_lines[group.start : group.end]:
                    self._rules[at] = "metadata"
        for at in self._undecided():  # bullets without labels
            if at < head and BARE_INDEX_NUMBER.fullmatch(self._lines[at].text):
                self._pairs.append(("索引号", self._lines[at].text))
                self._rules[at] = "metadata"

    def take_titles(self, titles: Sequence[str]) -> None:
        """The title where the article prints it again, over several lines, too."""
        open_lines = self._undecided()
        head, _ = self._edges(open_lines)
        above = [at for at in open_lines if at < head and not self._lines[at].row]
        texts = [self._lines[at].text for at in above]
        for start, end in heading_spans(texts, titles):
            self._headings.append("".join(texts[start:end]))
            for at in above[start:end]:
                self._rules[at] = "title"

    def drop_edges(self) -> None:
        """What is furniture only above the first paragraph or below the last."""
        open_lines = self._undecided()
        head, tail = self._edges(open_lines)
        for at in open_lines:
            if head <= at <= tail:
                continue
            text = self._lines[at].text
            rule = edge_rule(text, tail=at > tail)
            if self._lines[at].row and is_furniture_row(text.split("\t")):
                rule = "publish-info"
            self._rules[at] = rule
            if rule == "publish-info" and at < head:
                self._dates.append(text)

    def take_attachments(self, names: Sequence[str]) -> None:
        """Lines of nothing but links to files, and the heading above them."""
        for at in self._undecided():
            if is_attachment_line(self._lines[at], names):
                self._rules[at] = "attachments"
        for at in reversed(range(len(self._lines) - 1)):
            follows = self._rules[at + 1] == "attachments"
            if follows and self._rules[at] is None and is_attachment_heading(self._lines[at].text):
                self._rules[at] = "attachments"

    def drop_navigation(self) -> None:
        """Rows of links above the first paragraph, an old layout's `首页 | 政务公开 | 互动交流`."""
        open_lines = self._undecided()
        head, _ = self._edges(open_lines)
        if head == len(self._lines):
            return
        for at in open_lines:
            line = self._lines[at]
            if at < head and line.row and _is_linked(line):
                self._rules[at] = "navigation"

    def account(self) -> Account:
        """What came of it; a line no rule took is the body's."""
        rules = [rule or "body" for rule in self._rules]
        return Account(
            tuple(line.text for line, rule in self._decided(rules) if rule == "body"),
            tuple(Block(line.text, rule in _KEPT, rule) for line, rule in self._decided(rules)),
            tuple(self._pairs),
            tuple(self._headings),
            tuple(self._dates),
        )

    def _decided(self, rules: list[str]) -> Iterable[tuple[Line, str]]:
        return zip(self._lines, rules, strict=True)

    def _undecided(self) -> list[int]:
        return [at for at, rule in enumerate(self._rules) if rule is None]

    def _edges(self, open_lines: list[int]) -> tuple[int, int]:
        """The first and the last line of running text: what lies beyond is head or tail.

        Without any running text all is head.
        """
        text_lines = [at for at in open_lines if self._running[at]]
        if not text_lines:
            return len(self._lines), len(self._lines)
        return text_lines[0], text_lines[-1]

    def _is_text(self, line: Line) -> bool:
        """A sentence, a salutation, the date under the signature, a row of the letter's table."""
        if parse_label_line(labelled(line, self._table), self._table):
            return False
        if line.row:
            return not (_is_linked(line) or is_furniture_row(line.text.split("\t")))
        if "。" in line.text or len(line.text) >= _LONG_LINE:
            return True
        folded = fold(line.text)
        return folded.endswith((":", ";")) or bool(_DATE_LINE.fullmatch(folded.replace(" ", "")))


def _is_linked(line: Line) -> bool:
    return line.linked * 2 > len(line.text)


def _equal_run(keys: list[str], first: int, at: int) -> int:
    """How many lines from `at` on repeat those from `first` on."""
    run = 0
    while first + run < at and at + run < len(keys) and keys[first + run] == keys[at + run]:
        run += 1
    return run
