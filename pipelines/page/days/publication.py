"""Owns when a page says it was published, where no label of its metadata does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from pipelines.page.days.day_forms import PADDED, with_boxes
from pipelines.page.days.printed_days import PRINTED_DAY, day_by_label, day_in_row, day_with_label
from pipelines.page.furniture.rules import edge_rule
from pipelines.page.metadata.label_lines import parse_label_line
from pipelines.page.metadata.labels import LabelTable
from pipelines.page.metadata.values import MetadataValues

_WEEKDAY = re.compile(r"星期|周[一二三四五六日]")
_MOST_ROWS = 20  # lines of an article in which its form may stand


def stamped_day(stamps: Sequence[str]) -> str | None:
    """The first day among the stamps; bare ones do not count where they differ.

    Two days in bullets of their own: nothing says which of them is which. A day with its weekday
    may be the site's clock: it comes last.
    """
    bare = {text for text in stamps if PRINTED_DAY.fullmatch(text)}
    ambiguous = bare if len(bare) > 1 else set()
    for text in sorted(stamps, key=lambda text: bool(_WEEKDAY.search(text))):
        if text not in ambiguous and (found := PRINTED_DAY.search(text)):
            return found.group()
    return None


def stamps_above(above: Sequence[str], table: LabelTable) -> list[str]:
    """The lines above an article that say when it was published."""
    above = with_boxes(above)
    found = (
        day_with_label(above, at, table)
        for at, text in enumerate(above)
        if _says_when(text, table) and not _means_another_date(text, table)
    )
    return [text for text in found if text]


def _says_when(text: str, table: LabelTable) -> bool:
    if PADDED.fullmatch(text) or edge_rule(text, tail=False) == "publish-info":
        return True
    return day_by_label(text, table) is not None


def day_behind(lines: Iterable[str], table: LabelTable) -> str | None:
    """`（责任编辑：王某　发布日期：2022-11-09）` below an article: the day its label names."""
    days = (day_by_label(text, table) for text in lines)
    return next(filter(None, days), None)


def day_in_form(lines: Iterable[str], table: LabelTable) -> str | None:
    """The day of publication in a form's row at the head of an article: `发布 | 2024-09-10`."""
    rows = (text for text in islice(lines, _MOST_ROWS) if "\t" in text)
    return next(filter(None, (day_in_row(text, table) for text in rows)), None)


def _means_another_date(text: str, table: LabelTable) -> bool:
    """`制发时间：2026-01-05`, where the portal's file says that this is `date_written`."""
    values = MetadataValues(table)
    values.add(parse_label_line(text, table) or ())
    return bool(values.by_key()) and "date_published" not in values.by_key()
