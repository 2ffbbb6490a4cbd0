"""The account of a page for people: where each of its blocks went, and how the page was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.cells import cell_len
from rich.text import Text

from schedules.one_page.account_words import (
    DECIDED,
    ENCODING,
    FOUND,
    METHODS,
    SIZE,
    TOTAL,
    WARNING,
    rule_name,
)
from schedules.one_page.letter_view import refusal_text
from schedules.reports.canvas import printed
from schedules.terminal import one_line
from schedules.words.language import language, say
from schedules.words.reasons import warning_text
from storage.records import Block, PageReading

_EXCERPT = 48  # characters shown of a dropped block


def account_text(reading: PageReading, *, colour: bool) -> str:
    """How a page was read, then a line for each of its blocks in the page's order.

    `+` is kept and shown whole, `-` dropped and shown by its first words, with its rule's name
    and the number of its characters, blanks not counted. Inert: nothing of the page reaches the
    terminal as a command.
    """
    blocks = [block for block in reading.blocks if block.text.strip()]
    width = max((cell_len(_label(block)) for block in blocks), default=0)
    lines = [*_head(reading), Text(), *(_line(block, width) for block in blocks)]
    return printed([*lines, Text(), Text(_total(blocks), style="bold")], colour=colour)


def account_object(reading: PageReading) -> dict[str, Any]:
    """The account as `clean --explain --json` adds it under `account`."""
    return {
        "encoding": reading.encoding,
        "decided_by": reading.decided_by,
        "method": reading.method,
        "container": reading.container,
        "blocks": [
            {"text": block.text, "kept": block.kept, "rule": block.rule} for block in reading.blocks
        ],
    }


def _head(reading: PageReading) -> Iterator[Text]:
    """How the article and the encoding were found, and what was odd."""
    if reading.letter.refusal:
        refusal = refusal_text(reading.letter.refusal, is_letter=reading.letter.is_letter)
        yield Text(one_line(refusal), style="bold red")
    if reading.method:
        method = say(METHODS[reading.method]) if reading.method in METHODS else reading.method
        yield Text(one_line(say(FOUND, container=reading.container or "-", method=method)))
    if reading.encoding:
        decided = DECIDED.get(reading.decided_by or "")
        how = say(decided) if decided else "-"
        yield Text(one_line(say(ENCODING, encoding=reading.encoding, decided=how)))
    for warning in reading.letter.warnings:
        yield Text(
            one_line(say(WARNING, warning=warning_text(warning, language()))), style="yellow"
        )


def _label(block: Block) -> str:
    """`+ [body] 正文` · `- [share] 分享`"""
    mark = "+" if block.kept else "-"
    name = rule_name(block.rule, language())
    return f"{mark} [{block.rule}] {name}" if name != block.rule else f"{mark} [{block.rule}]"


def _line(block: Block, width: int) -> Text:
    label = _label(block)
    label += " " * (width - cell_len(label))
    text = one_line(block.text)
    if block.kept:
        return Text.assemble((label, "green"), "  ", text)
    if len(text) > _EXCERPT:
        count = f"{_size(block):,}"
        text = f"{text[:_EXCERPT]}… ({say(SIZE, count=count)})"
    return Text.assemble((label, "red"), "  ", (text, "dim"))


def _size(block: Block) -> int:
    return len("".join(block.text.split()))


def _total(blocks: list[Block]) -> str:
    kept = [_size(block) for block in blocks if block.kept]
    dropped = [_size(block) for block in blocks if not block.kept]
    return say(
        TOTAL,
        kept=f"{sum(kept):,}",
        kept_blocks=len(kept),
        dropped=f"{sum(dropped):,}",
        dropped_blocks=len(dropped),
    )
