"""Owns the parts of a page that a corpus kept as plain text, furniture lines included."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from lxml import etree

from pipelines.page.furniture.account import draw_account
from pipelines.page.furniture.one_line import part_title
from pipelines.page.headings import distinct_titles
from pipelines.page.markup.decode import clean_characters
from pipelines.page.markup.lines import MOST_LINES, Line
from pipelines.page.metadata.labels import label_table
from pipelines.page.metadata.values import MetadataValues
from pipelines.parts import PageParts
from storage.records import Block

_MOST_HEAD = 60  # lines above a text
# 发布时间:2023-06-01 来源:本站 · 来源：某某局发布时间：2022-05-06访问量：312 · 2023-06-01 10:19
_PUBLISHED = re.compile(
    r"[\[(（【]?(?:(?:信息|文章)?来源|(?:发布|更新|发表)?(?:时间|日期)|[12]\d{3}[-/.年]\d)"
)
_ENDS_NO_TITLE = (":", "：", "。", ";", "；", "，", ",")


def plain_parts(text: str) -> PageParts:
    """The parts of a page's text: every line is a paragraph, its inner blanks as published.

    A title set on one line with its letter is parted from it, and from the site's name.

    Title and metadata come from the lines themselves; a text without them has none. There are
    no attachments, since a corpus keeps no links. Never raises.
    """
    table = label_table()
    nowhere = etree.Element("p")
    stripped = (line.strip() for line in clean_characters(text).split("\n"))
    filled = (Line(part, nowhere) for line in stripped if line for part in part_title(line))
    lines = list(islice(filled, MOST_LINES + 1))
    account = draw_account(lines[:MOST_LINES], table)
    if not account.headings and (title := _line_over_date(account.blocks)):
        account = draw_account(lines[:MOST_LINES], table, (title,))
    cut = f"page: more than {MOST_LINES} lines, the rest is not read"
    values = MetadataValues(table)
    values.add(account.pairs)
    metadata = values.by_key()
    titles = [*metadata.pop("title", ()), *account.headings]
    return PageParts(
        titles=distinct_titles(titles),
        lines=account.lines,
        title_lines=account.title_lines,
        page_turns=account.page_turns,
        metadata=metadata,
        blocks=account.blocks,
        warnings=(*([cut] if len(lines) > MOST_LINES else []), *values.conflicts()),
        refusal=None if account.lines else "unreadable: no article text found",
        method="general",
    )


def _line_over_date(blocks: Sequence[Block]) -> str | None:
    """The line just above `发布时间:… 来源:…`, which is a page's title in no letter's form."""
    for title, stamp in pairwise(blocks[:_MOST_HEAD]):
        if title.rule == "body" and _PUBLISHED.match(stamp.text) and stamp.rule != "body":
            is_title = 6 < len(title.text) <= 100 and not title.text.endswith(_ENDS_NO_TITLE)
            return title.text if is_title else None
    return None
