"""Owns the values a page prints beside labels: gathered from all its places, one for each label."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipelines.fold import fold, fold_key
from pipelines.page.days.day_forms import plain_day
from pipelines.page.metadata.labels import LabelTable

# What stands for an empty value: 发文字号:无
_PLACEHOLDERS = frozenset({"", "无", "暂无", "-", "--", "---", "—", "——", "/", "null", "N/A", "空"})
_LONGEST_VALUE = 300
# 2022-02-11 08:52 内蒙古日报
_DATE_AT_START = re.compile(
    r"[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?(?=\s|$)"
)
# 2022-02-11 08:52 · 2022年2月11日
_DAY = re.compile(r"([12]\d{3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\d{1,2}:\d{2}(?::\d{2})?)?$")


@dataclass(slots=True)
class MetadataValues:
    """Values gathered from all places of a page, by label."""

    table: LabelTable
    by_label: dict[str, dict[str, str]] = field(default_factory=dict)  # value by what it says

    def add(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Takes label-value pairs; equal values of one label are one."""
        for label, printed in pairs:
            dated = (self.table.keys.get(label) or "").startswith("date_")
            value = _date_alone(printed) if dated else printed
            values = self.by_label.setdefault(label, {})
            if _is_value(value):
                values.setdefault(_same(value), value)

    def by_key(self) -> dict[str, tuple[str, ...]]:
        """The values of each key, those of its nearest label first, without repetitions."""
        found: dict[str, dict[str, str]] = {}
        for label in sorted(self.by_label, key=lambda each: self.table.ranks.get(each, 0)):
            if key := self.table.keys.get(label):
                for same, value in self.by_label[label].items():
                    found.setdefault(key, {}).setdefault(same, value)
        return {key: tuple(values.values()) for key, values in found.items()}

    def conflicts(self) -> tuple[str, ...]:
        """A warning for each label the page prints with different values."""
        several = ((label, list(values.values())) for label, values in self.by_label.items())
        return tuple(
            f"{key}: the page prints {len(values)} values: {', '.join(values)}"
            for label, values in several
            if len(values) > 1 and (key := self.table.keys.get(label))
        )


def _date_alone(value: str) -> str:
    """A date's value without what else stands on its line: 2022-02-11 08:52 内蒙古日报"""
    found = _DATE_AT_START.match(value)
    return found.group() if found else plain_day(value)


def _same(value: str) -> str:
    """What is equal for values that say the same: 2022-02-11 and 2022-02-11 08:52."""
    key = fold_key(value)
    day = _DAY.match(key)
    return "-".join(part.zfill(2) for part in day.groups()) if day else key


def _is_value(value: str) -> bool:
    return fold(value).strip() not in _PLACEHOLDERS and len(value) <= _LONGEST_VALUE
