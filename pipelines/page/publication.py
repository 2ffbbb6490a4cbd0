"""Owns when a page says it was published, where no label of its metadata does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipelines.page.furniture import edge_rule
from pipelines.page.label_lines import parse_label_line
from pipelines.page.labels import LabelTable
from pipelines.page.metadata_values import MetadataValues
from pipelines.page.printed_days import PRINTED_DAY, day_by_label, day_with_label


def stamped_day(stamps: Sequence[str]) -> str | None:
    """The first day among the stamps; bare ones do not count where they differ.

    Two days in bullets of their own: nothing says which of them is which.
    """
    bare = {text for text in stamps if PRINTED_DAY.fullmatch(text)}
    ambiguous = bare if len(bare) > 1 else set()
    for text in stamps:
        if text not in ambiguous and (found := PRINTED_DAY.search(text)):
            return found.group()
    return None


def stamps_above(above: Sequence[str], table: LabelTable) -> list[str]:
    """The lines above an article that say when it was published."""
    found = (
        day_with_label(above, at, table)
        for at, text in enumerate(above)
        if (edge_rule(text, tail=False) == "publish-info" or day_by_label(text, table))
        and not _means_another_date(text, table)
    )
    return [text for text in found if text]


def day_behind(lines: Iterable[str], table: LabelTable) -> str | None:
    """`（责任编辑：王某　发布日期：2022-11-09）` below an article: the day its label names."""
    days = (day_by_label(text, table) for text in lines)
    return next(filter(None, days), None)


def _means_another_date(text: str, table: LabelTable) -> bool:
    """`制发时间：2026-01-05`, where the portal's file says that this is `date_written`."""
    values = MetadataValues(table)
    values.add(parse_label_line(text, table) or ())
    return bool(values.by_key()) and "date_published" not in values.by_key()
