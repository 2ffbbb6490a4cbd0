"""Owns the steps by which an article's lines are told apart, each under the rule it fell to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter

from pipelines.fold import fold
from pipelines.page.days.boxes import boxes_at_head
from pipelines.page.days.day_forms import line_with_box, with_boxes
from pipelines.page.days.printed_days import day_by_label, day_with_label, is_label_over_day
from pipelines.page.files.attachments import is_attachment_heading, is_attachment_line
from pipelines.page.furniture.rules import (
    edge_rule,
    furniture_rule,
    is_bare_neighbour,
    is_disclaimer,
    is_footer_head,
    is_furniture_row,
    is_related_heading,
)
from pipelines.page.headings import heading_spans, is_document_heading, names_letter, part_names
from pipelines.page.markup.lines import Line
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.label_lines import labelled, parse_label_line
from pipelines.page.metadata.label_runs import BARE_INDEX_NUMBER, find_groups, is_unknown_label
from pipelines.page.metadata.labels import LabelTable

# 2024年5月16日 · 二〇二四年五月十六日 · 2022525, a date that lost its characters
_DATE_LINE = re.compile(
    r"[12]\d{3}年\d{1,2}月\d{1,2}日|[一二][〇○零九O].{1,3}年.{1,3}月.{1,4}日|20\d{4,6}"
)
_LINKED, _ASIDE = attrgetter("linked"), attrgetter("aside")
_LONG_LINE = 100  # characters; no title, label line or tool is longer
_MOST_NEAR_TOP = 12  # lines within which a label may stand over its day
_MOST_ABOVE = 6  # lines above a body that is printed twice


class Sorting:
    """The state of one sorting: each line's rule, None where it is still undecided.

    `pairs`, `headings` and `dates` are what was found.
    """

    def __init__(self, lines: list[Line], table: LabelTable) -> None:
        self.lines = lines
        self._table = table
        self.rules: list[str | None] = [None] * len(lines)
        self.pairs: list[tuple[str, str]] = []
        self.headings: list[str] = []
        self.dates: list[str] = []
        self._kept_links = any(map(_LINKED, lines))
        self._labelled = [labelled(line, table) if line.pieces else line.text for line in lines]
        # whether a line is running text, of those that were asked for: the first and the last few
        self._running: dict[int, bool] = {}
        self._labelled_days = self._days_under_labels()
        self._boxes = boxes_at_head(lines, self._runs)
        self._running |= dict.fromkeys(self._boxes, False)
        self._head = self._tail = len(lines)

    def drop_asides(self) -> None:
        """Hidden text, forms and frames; hidden text stays where next to nothing else is there."""
        if not any(map(_ASIDE, self.lines)):
            return
        shown = sum(len(line.text) for line in self.lines if not line.aside)
        hidden = sum(len(line.text) for line in self.lines if line.aside == "hidden")
        uncovered = hidden > 3 * shown and hidden > 30
        for at, line in enumerate(self.lines):
            if line.aside and not (uncovered and line.aside == "hidden"):
                self.rules[at] = line.aside

    def drop_second_copy(self) -> None:
        """A body printed again from its first lines on, for PC and mobile.

        Most of what stands between a line and its copy must be repeated behind the copy; equal
        rows of a table, or a paragraph pasted twice, are the letter's.
        """
        open_lines = self._undecided()
        keys = [self.lines[at].text for at in open_lines]
        if len(set(keys)) == len(keys):
            return
        firsts: dict[str, int] = {}
        at = 0
        while at < len(keys):
            first = firsts.setdefault(keys[at], at)
            if first == at:
                at += 1
                continue
            run = _equal_run(keys, first, at)
            whole = first <= _MOST_ABOVE and run >= 0.7 * (at - first)
            copied = set(keys[at : at + run])
            enough = len(copied) >= 3 or len(keys) <= 2 * run + 2
            if whole and enough and sum(map(len, copied)) >= 60:
                for copy in open_lines[at : at + run]:
                    self.rules[copy] = "second-copy"
            at += run

    def drop_furniture(self) -> None:
        """Lines that are furniture wherever they stand, and what hangs on them."""
        for at in self._undecided():
            line = self.lines[at]
            if not line.row:
                self.rules[at] = furniture_rule(line.text, line.linked)
        if "neighbours" in self.rules or "related-links" in self.rules:
            self._drop_links()
        for at in self._undecided():
            if is_disclaimer(self.lines[at].text):
                self.rules[at] = "disclaimer"
        if "footer" in self.rules:
            for at in reversed(range(len(self.lines) - 1)):
                if self.rules[at + 1] == "footer" and is_footer_head(self.lines[at].text):
                    self.rules[at] = "footer"

    def _drop_links(self) -> None:
        """The links that hang on `上一篇：` or stand below `相关阅读`."""
        for at in range(len(self.lines) - 1):
            if self.rules[at] == "neighbours" and is_bare_neighbour(self.lines[at].text):
                self._drop_link(at + 1, "neighbours")
            elif self.rules[at] == "related-links" and is_related_heading(self.lines[at].text):
                self._drop_links_from(at + 1)

    def _drop_link(self, at: int, rule: str) -> bool:
        line = self.lines[at]
        if self.rules[at] is None and line.linked * 2 > len(line.text):
            self.rules[at] = rule
        return self.rules[at] == rule

    def _drop_links_from(self, start: int) -> None:
        """The links below a heading of them; of a text that kept no links, the lines like links."""
        for at in range(start, len(self.lines)):
            if not self._kept_links and self.rules[at] is None and not self._runs(at):
                self.rules[at] = "related-links"
            if not self._drop_link(at, "related-links"):
                break

    def take_metadata(self) -> None:
        """Label lines above and below the article; a form inside it is the letter's own."""
        open_lines = self._undecided()
        self._find_edges(open_lines)
        head, tail = self._head, self._tail
        texts = [self._labelled[at] for at in open_lines]
        for group in find_groups(texts, self._table):
            labels = {label for label, _ in group.pairs if label not in self._table.weak}
            at_edge = open_lines[group.start] < head or open_lines[group.start] > tail
            if group.strong and (at_edge or len(labels) >= 3):
                self.pairs.extend(group.pairs)
                taken = open_lines[group.start : group.end]
                for at in (
                    *taken,
                    *self._beside_labels(taken[0], -1),
                    *self._beside_labels(taken[-1], 1),
                ):
                    self.rules[at] = "metadata"
        for at in self._above():  # bullets without labels
            if BARE_INDEX_NUMBER.fullmatch(self.lines[at].text):
                self.pairs.append(("索引号", self.lines[at].text))
                self.rules[at] = "metadata"
        if self.pairs:
            self._find_edges(self._undecided())

    def _beside_labels(self, at: int, step: int) -> Iterator[int]:
        """Unknown labels in the table or list of the known ones: they go with it, unread."""
        region = _region(self.lines[at])
        while region is not None and 0 <= (at := at + step) < len(self.lines):
            line = self.lines[at]
            if self.rules[at] or _region(line) is not region or not is_unknown_label(line.text):
                return
            yield at

    def drop_site_head(self) -> None:
        """What stands above the breadcrumb: the site's name, its columns."""
        crumbs = [at for at in range(self._head) if self.rules[at] == "breadcrumb"]
        for at in range(crumbs[-1] if crumbs else 0):
            if self.rules[at] is None and not names_letter(self.lines[at].text):
                self.rules[at] = "site-bar"

    def drop_part_names(self) -> None:
        """The names of a case's parts above the text, tabs as a rule: 提案内容 · 办理复函"""
        above = self._above()
        for n in part_names([self.lines[at].text for at in above]):
            self.rules[above[n]] = "navigation"

    def take_titles(self, titles: Sequence[str]) -> None:
        """The title where the article prints it again, over several lines, too."""
        if not (above := [at for at in self._above() if not self.lines[at].row]):
            return
        texts = [self.lines[at].text for at in above]
        breaks = {n for n in range(1, len(above)) if above[n] - above[n - 1] > 1}
        spans = heading_spans(texts, titles, breaks)
        marked = (n for n, at in enumerate(above) if is_document_heading(self.lines[at]))
        for start, end in spans or [(n, n + 1) for n in islice(marked, 1)]:
            self.headings.append("".join(texts[start:end]))
            for at in above[start:end]:
                self.rules[at] = "title"

    def drop_edges(self) -> None:
        """What is furniture only above the first paragraph or below the last."""
        head, tail = self._head, self._tail
        for at in (*self._above(), *self._undecided(tail + 1)):
            line = self.lines[at]
            text = self._boxes.get(at, line_with_box(line.text, line.pieces))
            labels_day = at in self._labelled_days or at + 1 in self._labelled_days
            told = labels_day or at in self._boxes
            rule = "publish-info" if told else edge_rule(text, tail=at > tail)
            if rule is None and at < head and len(line.pieces) > 1:
                # <em>2024-05-22</em><em>315</em><em>管理员</em>, parts that style keeps apart
                apart = " | ".join(with_boxes(line.pieces))
                rule = edge_rule(apart, tail=False)
                text = apart if rule == "publish-info" else text
            if line.row and is_furniture_row(text.split("\t")):
                rule = "publish-info"
            self.rules[at] = rule
            if rule == "publish-info" and at < head:
                above = self.lines[at - 1].text if at else ""
                if day := day_with_label((above, text), 1, self._table):
                    self.dates.append(day)
            elif rule == "publish-info" and (day := day_by_label(text, self._table)):
                self.dates.append(day)

    def take_attachments(self, names: Sequence[str]) -> None:
        """Lines of nothing but links to files, and the heading above them."""
        if not self._kept_links:
            return
        for at in self._undecided():
            if is_attachment_line(self.lines[at], names):
                self.rules[at] = "attachments"
        for at in reversed(range(len(self.lines) - 1)):
            follows = self.rules[at + 1] == "attachments"
            if follows and self.rules[at] is None and is_attachment_heading(self.lines[at].text):
                self.rules[at] = "attachments"
        if "attachments" in self.rules:  # 附件： may have been the first that ran
            self._find_edges(self._undecided())

    def drop_navigation(self) -> None:
        """Rows of links above the first paragraph, an old layout's `首页 | 政务公开 | 互动交流`."""
        if self._head == len(self.lines):
            return
        for at in self._above():
            line = self.lines[at]
            if line.row and _is_linked(line):
                self.rules[at] = "navigation"

    def _undecided(self, start: int = 0) -> list[int]:
        return [at for at, rule in enumerate(self.rules[start:], start) if rule is None]

    def _above(self) -> list[int]:
        """The undecided lines above the running text."""
        return [at for at in range(self._head) if self.rules[at] is None]

    def _find_edges(self, open_lines: Sequence[int]) -> None:
        """Sets the first and the last line of running text: what lies beyond is head or tail.

        Without any running text all is head.
        """
        nowhere = len(self.lines)
        self._head = next(filter(self._runs, open_lines), nowhere)
        self._tail = next(filter(self._runs, reversed(open_lines)), nowhere)

    def _runs(self, at: int) -> bool:
        """Whether a line is running text."""
        if (known := self._running.get(at)) is None:
            known = self._running[at] = self._is_text(self.lines[at], self._labelled[at])
        return known

    def _days_under_labels(self) -> set[int]:
        """Days near the top that are a label's value, each on a line of its own; no text either."""
        near = range(1, min(len(self.lines), _MOST_NEAR_TOP))
        days = {
            at
            for at in near
            if is_label_over_day(self.lines[at - 1].text, self.lines[at].text)
            and not self.lines[at].row
        }
        for at in days:
            self._running |= {at - 1: False, at: False}
        return days

    def _is_text(self, line: Line, text: str) -> bool:
        """A sentence, a salutation, the date under the signature, a row of the letter's table."""
        if parse_label_line(text, self._table):
            return False
        if line.row:
            return not (_is_linked(line) or is_furniture_row(line.text.split("\t")))
        if "。" in line.text or len(line.text) >= _LONG_LINE:
            return True
        folded = fold(line.text)
        if folded.endswith(":") and edge_rule(line.text, tail=False) == "publish-info":
            return False  # 发稿时间：2024-05-17　点击数：
        return folded.endswith((":", ";")) or bool(_DATE_LINE.fullmatch(folded.replace(" ", "")))


def _region(line: Line) -> Element | None:
    """The table or list a line stands in, if it is a row or an item."""
    if line.row or line.element.tag in ("td", "th"):
        return next(line.element.iterancestors("table"), None)
    return line.element.getparent() if line.element.tag in ("li", "dd", "dt") else None


def _is_linked(line: Line) -> bool:
    return line.linked * 2 > len(line.text)


def _equal_run(keys: list[str], first: int, at: int) -> int:
    """How many lines from `at` on repeat those from `first` on."""
    run = 0
    while first + run < at and at + run < len(keys) and keys[first + run] == keys[at + run]:
        run += 1
    return run
