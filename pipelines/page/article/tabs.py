"""Owns the panes of which a page shows one at a time: the submission's text, the reply to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipelines.page.article.weights import ENOUGH, is_whole_letter, weighs
from pipelines.page.markup.lines import Line
from pipelines.page.markup.styles import hides
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.labels import LabelTable

_LEVELS = 3  # above what is shown
_MOST_PANES = 12
# 您提出的…收悉，现答复如下: what a reply says and a submission does not
_ANSWERS = re.compile(r"收悉|(?:答复|函复|回复|汇报)如下")


def answers(lines: Sequence[Line]) -> bool:
    """Whether lines are a reply: by its opening, or from a salutation to a signed date."""
    return any(_ANSWERS.search(line.text) for line in lines) or is_whole_letter(lines)


def answering_pane(shown: Element, table: LabelTable) -> tuple[Element, list[Line]] | None:
    """The hidden pane beside the shown one that holds a reply, with its lines.

    `<div>案由：…</div><div style="display:none">李某某委员：您提出的…收悉</div>`, under tabs
    called 提案内容 and 办理复函.
    """
    for pane in islice(_hidden_beside(shown), _MOST_PANES):
        lines = read_lines(pane)
        if answers(lines) and weighs(lines, ENOUGH, table):
            return pane, lines
    return None


def _hidden_beside(shown: Element) -> Iterator[Element]:
    for each in (shown, *islice(shown.iterancestors(), _LEVELS)):
        if each.tag in ("body", "html"):
            return
        for siblings in (each.itersiblings(), each.itersiblings(preceding=True)):
            for sibling in siblings:
                if sibling.tag == each.tag and hides(sibling):
                    yield sibling
