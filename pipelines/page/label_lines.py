"""Owns which lines of a page print metadata beside labels, and the values they print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipelines.fold import fold, fold_key
from pipelines.page.labels import LabelTable

# What stands for an empty value: 发文字号:无
_PLACEHOLDERS = frozenset({"", "无", "暂无", "-", "--", "---", "—", "——", "/", "null", "N/A", "空"})
_LONGEST_VALUE = 300
_LONGEST_LINE = 600
# 2024-10-12 · 2024年10月12日 · 二〇〇六年九月七日 · 2024/10/12 10:19
_DATE_LIKE = re.compile(r"[12]\d{3}\s*[-/.年]|[一二][〇○零九Oo0]")
# 2022-02-11 08:52 内蒙古日报
_DATE_AT_START = re.compile(
    r"[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]+\d{1,2}:\d{2}(?::\d{2})?)?(?=\s|$)"
)
# 2022-02-11 08:52 · 2022年2月11日
_DAY = re.compile(r"([12]\d{3})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\d{1,2}:\d{2}(?::\d{2})?)?$")
# 渝科局函〔2024〕274号 · 潼民发【2024】275号 · 建提复字第29号
_NUMBER_LIKE = re.compile(r"[〔\[【﹝(]?[12]\d{3}[〕\]】﹞)]?|第?\d+号")
# 11500000MB15895317/2024-00078 · 01527918X-2020-153077 · 640104-107/2019-00169
_INDEX_LIKE = re.compile(r"[0-9A-Za-z_./-]{6,60}")
# A bullet without label: 11500000009276804M/2022-00245
BARE_INDEX_NUMBER = re.compile(r"[0-9A-Z]{9,18}/(?:19|20)\d{2}-\d{3,6}", re.I)
# · 索引号:1150… · 1、发文字号:…
_BULLETS = " \u3000·•●■*>-、,;|"

Pairs = list[tuple[str, str]]  # (label without blanks, value as printed)


@dataclass(slots=True)
class MetadataValues:
    """Values gathered from all places of a page, by label."""

    table: LabelTable
    by_label: dict[str, list[str]] = field(default_factory=dict)

    def add(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Takes label-value pairs; equal values of one label are one."""
        for label, printed in pairs:
            dated = (self.table.keys.get(label) or "").startswith("date_")
            value = _date_alone(printed) if dated else printed
            values = self.by_label.setdefault(label, [])
            if _is_value(value) and _same(value) not in map(_same, values):
                values.append(value)

    def by_key(self) -> dict[str, tuple[str, ...]]:
        """The values of each key, those of its nearest label first, without repetitions."""
        found: dict[str, dict[str, str]] = {}
        for label in sorted(self.by_label, key=lambda each: self.table.ranks.get(each, 0)):
            if key := self.table.keys.get(label):
                for value in self.by_label[label]:
                    found.setdefault(key, {}).setdefault(_same(value), value)
        return {key: tuple(values.values()) for key, values in found.items()}

    def conflicts(self) -> tuple[str, ...]:
        """A warning for each label the page prints with different values."""
        return tuple(
            f"{self.table.keys[label]}: the page prints {len(values)} values: {', '.join(values)}"
            for label, values in self.by_label.items()
            if len(values) > 1 and self.table.keys.get(label)
        )


def _date_alone(value: str) -> str:
    """A date's value without what else stands on its line: 2022-02-11 08:52 内蒙古日报"""
    found = _DATE_AT_START.match(value)
    return found.group() if found else value


def _same(value: str) -> str:
    """What is equal for values that say the same: 2022-02-11 and 2022-02-11 08:52."""
    key = fold_key(value)
    day = _DAY.match(key)
    return "-".join(part.zfill(2) for part in day.groups()) if day else key


def _is_value(value: str) -> bool:
    return fold(value).strip() not in _PLACEHOLDERS and len(value) <= _LONGEST_VALUE


@dataclass(frozen=True, slots=True)
class MetadataGroup:
    """Lines `start` to `end` (exclusive) that print metadata, with their pairs."""

    start: int
    end: int
    pairs: tuple[tuple[str, str], ...]
    strong: bool  # a label among them that only metadata has


def find_groups(texts: Sequence[str], table: LabelTable) -> list[MetadataGroup]:
    """The runs of lines that print labels and values; a row's cells stand between tabs.

    Whether a weak run is metadata or a form of the letter's own is for the caller to judge.
    """
    groups: list[MetadataGroup] = []
    at = 0
    while at < len(texts):
        end, pairs = _read_run(texts, at, table)
        if end > at:
            strong = any(label not in table.weak for label, _ in pairs)
            groups.append(MetadataGroup(at, end, tuple(pairs), strong))
        at = max(end, at + 1)
    return groups


def _read_run(texts: Sequence[str], start: int, table: LabelTable) -> tuple[int, Pairs]:
    """The end of the run of label lines that begins at `start`, and what it prints."""
    pairs: Pairs = []
    at = start
    while at < len(texts) and (found := parse_label_line(texts[at], table)):
        at += 1
        label, value = found[-1]
        # <dt>索引号</dt><dd>…</dd>: a label alone on its line, its value on the next
        alone = not value and len(found) == 1 and at < len(texts)
        if alone and _is_next_value(table.keys[label], texts[at], table):
            found[-1] = (label, texts[at])
            at += 1
        pairs.extend(found)
    return at, pairs


def _is_next_value(key: str | None, text: str, table: LabelTable) -> bool:
    """Whether the line after a bare label can be its value; the title or a paragraph cannot."""
    if len(text) > 60 or "\t" in text or parse_label_line(text, table):
        return False
    folded = fold(text)
    if key in ("date_written", "date_published"):
        return bool(_DATE_LIKE.match(folded)) and len(folded) <= 24
    if key == "document_number":
        return bool(_NUMBER_LIKE.search(folded)) and len(folded) <= 40 and "关于" not in folded
    if key == "index_number":
        return bool(_INDEX_LIKE.fullmatch(folded))
    if key == "title":
        return True
    return "关于" not in folded and not folded.endswith((":", "。")) and len(folded) <= 30


def parse_label_line(text: str, table: LabelTable) -> Pairs | None:
    """The pairs of a line that begins with a known label, else None."""
    if text[:1] not in table.first or len(text) > _LONGEST_LINE:
        return None
    if "\t" in text:
        return _parse_cells(text.split("\t"), table)
    if not table.opening.match(text):
        return None
    whole = table.label(text)
    if whole and (len(whole) > 2 or fold(text).rstrip().endswith((":", "]", "】"))):
        return [(whole, "")]
    return _parse_text(text, table)


def _parse_text(text: str, table: LabelTable) -> Pairs | None:
    """The pairs of running text: `[ 索引号 ] 1150… [ 发文字号 ]`; it must begin with a label."""
    folded = fold(text)
    if ":" not in folded and "[" not in folded and "【" not in folded and "〔" not in folded:
        return None
    first = table.pattern.search(folded)
    if not first or text[: first.start()].strip(_BULLETS):
        return None
    found = list(table.pattern.finditer(folded))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [
        (_label_of(match), text[match.end() : end].strip(_BULLETS))
        for match, end in zip(found, ends, strict=True)
    ]


def _label_of(match: re.Match[str]) -> str:
    return re.sub(r"\s+", "", match["boxed"] or match["named"] or match["inner"])


def _parse_cells(cells: list[str], table: LabelTable) -> Pairs | None:
    """The pairs of a table's row: label, value, label, value, or both in one cell."""
    pairs: Pairs = []
    waiting: str | None = None
    for cell in map(str.strip, cells):
        if not cell:
            continue
        if label := table.label(cell):
            if waiting:
                pairs.append((waiting, ""))
            waiting = label
        elif waiting:
            pairs.append((waiting, cell))
            waiting = None
        elif inner := _parse_text(cell, table):
            pairs.extend(inner)
        elif not pairs:
            return None  # the row begins with something else: a table of the letter
    if waiting:
        pairs.append((waiting, ""))
    return pairs or None
