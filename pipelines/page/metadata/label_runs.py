"""Owns the runs of lines that print metadata: tables, lists, labels over their values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.fold import fold
from pipelines.page.days.day_forms import HOLDS_DIGIT
from pipelines.page.metadata.fitting import LETTERS_NAME, SHAPED, Pairs, are_fitting, fits
from pipelines.page.metadata.label_lines import may_begin, parse_label_line, parted
from pipelines.page.metadata.labels import LabelTable

# A bullet without label: 11500000009276804M/2022-00245 · 640104-107/2019-00169 · zkx_swj/2025-00008
# · 01527918X-2020-153077 · 20230407-233215-668
INDEX_NUMBER = (
    r"(?:[0-9A-Za-z][0-9A-Za-z_-]{5,17}/(?:19|20)\d{2}-\d{3,6}"
    r"|[0-9A-Z]{9}-(?:19|20)\d{2}-\d{4,6}|(?:19|20)\d{6}-\d{6}-\d{1,4})"
)
BARE_INDEX_NUMBER = re.compile(INDEX_NUMBER)
# The same of a document number: 渝科局函〔2024〕274号 · 潼民发【2024】275号
_BARE_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}[〔\[【﹝(](?:19|20)\d{2}[〕\]】﹞)]第?\d{1,5}号"
)
OWN_NUMBER = "文号"  # weak by itself, and yet often the only label of a page
_LONGEST_BARE = 40  # characters of a number without a label, and of a label without a value
_LONGEST_UNKNOWN = 100  # characters of a line under a label that is not known
# 分  类: · 概 述\t · 所属机构:
_UNKNOWN_LABEL = re.compile(r"[\u4e00-\u9fff](?:[\u4e00-\u9fff ]{0,10})[\u4e00-\u9fff] *[:\t]")
# 概 述: · 所属机构, on a line of its own
_LABEL_ALONE = re.compile(r"[\u4e00-\u9fff](?: *[\u4e00-\u9fff]){1,5} *:?")
# 提案编号 · 承办单位 · 王强委员: what a letter or its form begins with
_NO_LABEL = re.compile(
    r"提案|建议|议案|案 *由|案 *号|题 *目|[承主会协]办|答复|办理|代 *表|委 *员|同志|届"
    r"|签 *发|主 *送|抄 *送|[您你]|联系|电话|关于"
)


@dataclass(frozen=True, slots=True)
class MetadataGroup:
    """Lines `start` to `end` (exclusive) that print metadata, with their pairs."""

    start: int
    end: int
    pairs: Pairs
    strong: bool  # a label among them that only metadata has
    numbered: bool = False  # a document number beside its label: metadata, if above a letter


def find_groups(texts: Sequence[str], table: LabelTable) -> list[MetadataGroup]:
    """The runs of lines that print labels and values; a row's cells stand between tabs.

    Whether a weak run is metadata or a form of the letter's own is for the caller to judge.
    """
    groups: list[MetadataGroup] = []
    at = 0
    while at < len(texts):
        if not _may_begin(texts[at], table):
            at += 1
            continue
        end, pairs = _read_run(texts, at, table)
        if end > at:
            strong = any(label not in table.weak for label, _ in pairs)
            numbered = is_numbered(pairs, table)
            groups.append(MetadataGroup(at, end, tuple(pairs), strong, numbered))
        at = max(end, at + 1)
    return groups


def _may_begin(text: str, table: LabelTable) -> bool:
    """Whether a run can begin with a line: sentences without a label at their head are most."""
    return len(text) <= _LONGEST_BARE or may_begin(text, table)


def _read_run(
    texts: Sequence[str], start: int, table: LabelTable
) -> tuple[int, list[tuple[str, str]]]:
    """The end of the run of label lines that begins at `start`, and what it prints."""
    pairs: list[tuple[str, str]] = []
    at = end = start
    while at < len(texts):
        below = texts[at + 1] if at + 1 < len(texts) else ""
        if found := _label_line(texts[at], below, table, inside=bool(pairs)):
            found, taken = _with_values_below(found, texts[at], below, table)
            end = at = at + 1 + taken
        elif bare := bare_pair(texts[at]):  # counts only before a bullet that has its label
            found, at = (bare,), at + 1
        elif pairs and (unknown := _unknown_lines(texts, at, table)):
            found, at = (), at + unknown
        else:
            break
        pairs.extend(found)
    return end, pairs if end > start else []


def _label_line(text: str, below: str, table: LabelTable, *, inside: bool) -> Pairs | None:
    """The pairs of a line; `inside` a run a label proves itself by standing there.

    `标题` alone over the title · `发布机构 市公安局余杭分局 组配分类 建议提案`
    """
    found = parse_label_line(text, table) or _short_label(text, below, table)
    if found or not inside or "\t" in text or len(text) > _LONGEST_UNKNOWN:
        return found
    label = table.label(text)
    if label and table.keys[label] == "title" and LETTERS_NAME.search(fold(below)):
        return ((label, ""),)
    pairs = parted(text, list(table.unmarked.finditer(fold(text)))) or ()
    fitting = all(value and fits(table.keys[label], value) for label, value in pairs)
    return pairs if len(pairs) > 1 and fitting else None


def _unknown_lines(texts: Sequence[str], at: int, table: LabelTable) -> int:
    """How many lines an unknown label takes, with its value, before the next known label.

    `概 述：` between `信息分类：` and `文 号：`; 0 where no known label follows.
    """
    if not (_LABEL_ALONE.fullmatch(fold(texts[at])) or is_unknown_label(texts[at])):
        return 0
    for taken in (1, 2):
        label = texts[at + taken] if at + taken < len(texts) else ""
        below = texts[at + taken + 1] if at + taken + 1 < len(texts) else ""
        if _label_line(label, below, table, inside=True):
            return taken
        if len(label) > _LONGEST_UNKNOWN or "。" in label or _NO_LABEL.search(label):
            return 0
    return 0


def is_unknown_label(text: str) -> bool:
    """Whether a line looks like a label with its value, though the label is not known.

    `分  类：环境监测、保护与治理;通告`. A form's labels (提案编号, 承办单位) are the letter's.
    """
    if len(text) > _LONGEST_UNKNOWN or "。" in text:
        return False
    found = _UNKNOWN_LABEL.match(fold(text))
    return bool(found) and not _NO_LABEL.search(found.group() if found else "")


def _short_label(text: str, below: str, table: LabelTable) -> Pairs | None:
    """`文　号` alone on its line: a label only where the next line looks like its value."""
    label = table.label(text)
    if label is None or table.keys[label] not in SHAPED or not fits(table.keys[label], below):
        return None
    return ((label, ""),)


def _with_values_below(found: Pairs, text: str, below: str, table: LabelTable) -> tuple[Pairs, int]:
    """The pairs of a label line, and 1 where the next line is the value, or a row of values.

    `<dt>索引号</dt><dd>…</dd>`: a label alone on its line; `<tr>` of labels over `<tr>` of values.
    """
    if any(value for _, value in found) or not below or parse_label_line(below, table):
        return found, 0
    if table.label(below):  # 标题 on a line of its own, below 概 述: without a value
        return found, 0
    cells = text.split("\t")
    values = below.split("\t")
    if len(cells) != len(found) or len(values) != len(cells):
        return found, 0
    if len(cells) > 1:
        pairs = tuple(
            (label, value.strip()) for (label, _), value in zip(found, values, strict=True)
        )
        return (pairs, 1) if are_fitting(pairs, table) else (found, 0)
    label = found[0][0]
    return (((label, below),), 1) if fits(table.keys[label], below) else (found, 0)


def is_numbered(pairs: Sequence[tuple[str, str]], table: LabelTable) -> bool:
    """Whether 文号 has a whole document number beside it: 文号：柳文函〔2024〕12号"""
    return any(
        label == OWN_NUMBER and _BARE_DOCUMENT_NUMBER.fullmatch(fold(value))
        for label, value in pairs
    )


def bare_pair(text: str) -> tuple[str, str] | None:
    """The pair of a line that is an index number or a document number without its label."""
    if len(text) > _LONGEST_BARE or not HOLDS_DIGIT.search(text):
        return None
    if BARE_INDEX_NUMBER.fullmatch(text):
        return "索引号", text
    return ("发文字号", text) if _BARE_DOCUMENT_NUMBER.fullmatch(fold(text)) else None
