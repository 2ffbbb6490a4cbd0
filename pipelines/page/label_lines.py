"""Owns which lines of a page print metadata beside labels, and the values they print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.fold import fold
from pipelines.page.labels import LabelTable
from pipelines.page.text import Line, published

_LONGEST_LINE = 600
# 2024-10-12 · 2024年10月12日 · 二〇〇六年九月七日 · 2024/10/12 10:19
_DATE_LIKE = re.compile(r"[12]\d{3}\s*[-/.年]|[一二][〇○零九Oo0]")
# 渝科局函〔2024〕274号 · 潼民发【2024】275号 · 建提复字第29号
_NUMBER_LIKE = re.compile(r"[〔\[【﹝(]?[12]\d{3}[〕\]】﹞)]?|第?\d+号")
# 11500000MB15895317/2024-00078 · 01527918X-2020-153077 · 640104-107/2019-00169
_INDEX_LIKE = re.compile(r"[0-9A-Za-z_./-]{6,60}")
# A bullet without label: 11500000009276804M/2022-00245
BARE_INDEX_NUMBER = re.compile(r"[0-9A-Z]{9,18}/(?:19|20)\d{2}-\d{3,6}", re.I)
# The same of a document number: 渝科局函〔2024〕274号 · 潼民发【2024】275号
_BARE_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,12}[〔\[【﹝(](?:19|20)\d{2}[〕\]】﹞)]第?\d{1,5}号"
)
# · 索引号:1150… · 1、发文字号:…
_BULLETS = " \u3000\u2002\u2003\u2009·•●■*>-、,;|"
# Keys whose values have a form of their own.
_SHAPED = frozenset({"index_number", "document_number", "date_written", "date_published"})

Pairs = tuple[tuple[str, str], ...]  # (label without blanks, value as printed)


@dataclass(frozen=True, slots=True)
class MetadataGroup:
    """Lines `start` to `end` (exclusive) that print metadata, with their pairs."""

    start: int
    end: int
    pairs: Pairs
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


def _read_run(
    texts: Sequence[str], start: int, table: LabelTable
) -> tuple[int, list[tuple[str, str]]]:
    """The end of the run of label lines that begins at `start`, and what it prints."""
    pairs: list[tuple[str, str]] = []
    at = end = start
    while at < len(texts):
        below = texts[at + 1] if at + 1 < len(texts) else ""
        if found := parse_label_line(texts[at], table) or _short_label(texts[at], below, table):
            found, taken = _with_values_below(found, texts[at], below, table)
            end = at = at + 1 + taken
        elif bare := bare_pair(texts[at]):  # counts only before a bullet that has its label
            found, at = (bare,), at + 1
        else:
            break
        pairs.extend(found)
    return end, pairs if end > start else []


def _short_label(text: str, below: str, table: LabelTable) -> Pairs | None:
    """`文　号` alone on its line: a label only where the next line looks like its value."""
    label = table.label(text)
    if label is None or table.keys[label] not in _SHAPED or not _fits(table.keys[label], below):
        return None
    return ((label, ""),)


def _with_values_below(found: Pairs, text: str, below: str, table: LabelTable) -> tuple[Pairs, int]:
    """The pairs of a label line, and 1 where the next line is the value, or a row of values.

    `<dt>索引号</dt><dd>…</dd>`: a label alone on its line; `<tr>` of labels over `<tr>` of values.
    """
    if any(value for _, value in found) or not below or parse_label_line(below, table):
        return found, 0
    cells = text.split("\t")
    values = below.split("\t")
    if len(cells) != len(found) or len(values) != len(cells):
        return found, 0
    if len(cells) > 1:
        pairs = tuple(
            (label, value.strip()) for (label, _), value in zip(found, values, strict=True)
        )
        return (pairs, 1) if _are_fitting(pairs, table) else (found, 0)
    label = found[0][0]
    return (((label, below),), 1) if _fits(table.keys[label], below) else (found, 0)


def _are_fitting(pairs: Pairs, table: LabelTable) -> bool:
    """Whether values that no mark ties to their labels look like theirs, one unmistakably."""
    keyed = [(table.keys[label], value) for label, value in pairs if value]
    return all(_fits(key, value) for key, value in keyed) and any(
        key in _SHAPED for key, _ in keyed
    )


def _fits(key: str | None, text: str) -> bool:
    """Whether a text beside or below a bare label can be its value; a paragraph cannot."""
    if len(text) > 60:
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


def bare_pair(text: str) -> tuple[str, str] | None:
    """The pair of a line that is an index number or a document number without its label."""
    if len(text) > 40:
        return None
    if BARE_INDEX_NUMBER.fullmatch(text):
        return "索引号", text
    return ("发文字号", text) if _BARE_DOCUMENT_NUMBER.fullmatch(fold(text)) else None


def labelled(line: Line, table: LabelTable) -> str:
    """A line's text, with tabs around inline elements that are labels, as in a table's row.

    `<li><span>索引号</span><span>1150…</span></li>` · `<p><strong>文号</strong>：渝…</p>`
    """
    if not line.pieces or "。" in line.text:
        return line.text
    if not (first := table.label(line.pieces[0])) or not table.keys[first]:
        return line.text
    cells: list[str] = []
    for piece in map(published, line.pieces):
        if table.label(piece):
            cells += [piece, ""]
        else:
            cells[-1] += piece
    values = [value.lstrip(" \u3000:：") for value in cells[1::2]]
    if not any(values) or any(table.pattern.search(fold(value)) for value in values):
        return line.text
    return "\t".join(cell for pair in zip(cells[::2], values, strict=True) for cell in pair)


@lru_cache(maxsize=4096)
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
        return ((whole, ""),)
    return _parse_text(text, table) or _parse_unmarked(text, table)


def _parse_text(text: str, table: LabelTable) -> Pairs | None:
    """The pairs of running text: `[ 索引号 ] 1150… [ 发文字号 ]`; it must begin with a label."""
    folded = fold(text)
    if ":" not in folded and "[" not in folded and "【" not in folded and "〔" not in folded:
        return None
    return _parted(text, list(table.pattern.finditer(folded)))


def _parse_unmarked(text: str, table: LabelTable) -> Pairs | None:
    """The same where only blanks part labels from values: `索引号 1150…　成文日期 2024-05-16`."""
    if len(text) > 2 * _LONGEST_LINE // 3 or "。" in text:
        return None
    pairs = _parted(text, list(table.unmarked.finditer(fold(text))))
    return pairs if pairs and _are_fitting(pairs, table) else None


def _parted(text: str, found: Sequence[re.Match[str]]) -> Pairs | None:
    """The labels found in a text, each with what stands before the next."""
    if not found or text[: found[0].start()].strip(_BULLETS):
        return None
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        (_label_of(match), text[match.end() : end].strip(_BULLETS))
        for match, end in zip(found, ends, strict=True)
    )


def _label_of(match: re.Match[str]) -> str:
    return "".join(next(filter(None, match.groups())).split())


def _parse_cells(cells: list[str], table: LabelTable) -> Pairs | None:
    """The pairs of a table's row: label, value, label, value, or both in one cell."""
    pairs: list[tuple[str, str]] = []
    waiting: str | None = None
    for cell in map(str.strip, cells):
        if not cell:
            continue
        if label := table.label(cell):
            if waiting:
                pairs.append((waiting, ""))
            waiting = label
        elif inner := _parse_text(cell, table):
            if waiting:
                pairs.append((waiting, ""))
            waiting = None
            pairs.extend(inner)
        elif waiting:
            pairs.append((waiting, cell))
            waiting = None
        elif not pairs:
            return None  # the row begins with something else: a table of the letter
    if waiting:
        pairs.append((waiting, ""))
    return tuple(pairs) or None
