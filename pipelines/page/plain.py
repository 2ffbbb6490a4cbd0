"""Owns the parts of a page that a corpus kept as plain text, furniture lines included."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from pipelines.page.account import draw_account
from pipelines.page.decode import clean_characters
from pipelines.page.headings import distinct_titles
from pipelines.page.labels import label_table
from pipelines.page.metadata_values import MetadataValues
from pipelines.page.text import MOST_LINES, Line
from pipelines.parts import PageParts


def plain_parts(text: str) -> PageParts:
    """The parts of a page's text: every line is a paragraph, its inner blanks as published.

    Title and metadata come from the lines themselves; a text without them has none. There are
    no attachments, since a corpus keeps no links. Never raises.
    """
    table = label_table()
    nowhere = etree.Element("p")
    stripped = (line.strip() for line in clean_characters(text).split("\n"))
    filled = (Line(line, nowhere) for line in stripped if line)
    lines = list(islice(filled, MOST_LINES + 1))
    account = draw_account(lines[:MOST_LINES], table)
    cut = f"page: more than {MOST_LINES} lines, the rest is not read"
    values = MetadataValues(table)
    values.add(account.pairs)
    metadata = values.by_key()
    titles = [*metadata.pop("title", ()), *account.headings]
    return PageParts(
        titles=distinct_titles(titles),
        lines=account.lines,
        metadata=metadata,
        blocks=account.blocks,
        warnings=(*([cut] if len(lines) > MOST_LINES else []), *values.conflicts()),
        refusal=None if account.lines else "unreadable: no article text found",
        method="general",
    )
