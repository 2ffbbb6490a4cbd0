"""Owns how one line of a page prints metadata: its labels, and the values beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipelines.fold import fold
from pipelines.page.days.day_forms import line_with_box
from pipelines.page.markup.lines import Line, published
from pipelines.page.metadata.fitting import Pairs, are_fitting
from pipelines.page.metadata.labels import LABEL_START, LabelTable

_LONGEST_LINE = 600
# · 索引号:1150… · 1、发文字号:…
_BULLETS = " \u3000\u2002\u2003\u2009·•●■*>-、,;|"
# 007241890/2023-00311 分类: 政协提案: an unknown label ends a value, too, be it an empty one
_NEXT_LABEL = re.compile(r"(?:^|[ \u3000|丨]+)[\u4e00-\u9fff]{2,6}[ \u3000]*[:：]")
# 007241890/2023-00311栏目: · 柳文函〔2024〕12号栏目: · 2024年6月1日栏目:, numbers and dates that
# have their end in themselves
_SHAPED_BEFORE_LABEL = re.compile(
    r"(?P<value>[0-9A-Za-z_/-]{6,60}|[\u4e00-\u9fff]{2,12}[〔\[【﹝（(]\d{4}[〕\]】﹞）)]第?\d{1,5}号"
    r"|\d{4}年\d{1,2}月\d{1,2}日)[\u4e00-\u9fff]{2,6}[ \u3000]*[:：]"
)
# 栏目：建议提案, how an inline element begins that has its label in it
_OWN_LABEL = re.compile(r"\s*[\[【]?\s*[\u4e00-\u9fff](?:\s*[\u4e00-\u9fff]){1,7}\s*[:：]")
_GAP = "\u3000"  # set between inline elements that a browser's style keeps apart
# 承办单位：市体育局　: an unknown label with its value, before a label that is known; never
# 下一篇：关于…的答复　发布时间：, where it is another letter's
_UNKNOWN_FIRST = re.compile(
    r"[\[【]?(?![上下前后]一)[\u4e00-\u9fff]{2,8}[\]】]?[ \u3000]?[:：]"
    r" ?[^:：。；;《]{0,30}?[ \u3000|丨]+"
    r"(?=[\[【]?[\u4e00-\u9fff][\u4e00-\u9fff \u3000]{1,10}[\]】]? ?[:：\]】])"
)
_MOST_UNKNOWN = 6  # labels before the first known one


def labelled(line: Line, table: LabelTable) -> str:
    """A line's text, with tabs around inline elements that are labels, as in a table's row.

    `<li><span>索引号</span><span>1150…</span></li>` · `<p><strong>文号</strong>：渝…</p>`
    """
    if not line.pieces or "。" in line.text:
        return line.text
    if (boxed := line_with_box(line.text, line.pieces)) != line.text:
        return boxed
    if not (first := table.label(line.pieces[0])) or not table.keys[first]:
        return line.text if line.row else _set_apart(line)
    cells: list[str] = []
    for piece in map(published, line.pieces):
        if table.label(piece):
            cells += [piece, ""]
        else:
            cells[-1] += piece
    values = [value.lstrip(" \u3000:：") for value in cells[1::2]]
    if not any(values) or any(table.pattern.search(fold(value)) for value in values):
        return line.text if line.row else _set_apart(line)
    return "\t".join(cell for pair in zip(cells[::2], values, strict=True) for cell in pair)


def _set_apart(line: Line) -> str:
    """A line's text, with a blank before each inline element that begins with a label.

    `<span>索引号：11-22</span><span>栏目：建议提案</span>`: a value ends with its element.
    """
    if not any(_OWN_LABEL.match(piece) for piece in line.pieces[1:]):
        return line.text
    return published(
        "".join(_GAP + piece if _OWN_LABEL.match(piece) else piece for piece in line.pieces)
    ).strip(_GAP)


def parse_label_line(text: str, table: LabelTable) -> Pairs | None:
    """The pairs of a line that begins with a known label, else None.

    Unknown labels, each with its value, may stand before it: `承办单位：市体育局 发布时间：…`
    """
    return _parse_line(text, table) if may_begin(text, table) else None


def may_begin(text: str, table: LabelTable) -> bool:
    """Whether a line can begin with a label, or hold cells: most lines of a letter cannot."""
    head = text[:LABEL_START]
    return text[:1] in table.first or ":" in head or "：" in head or "\t" in text


@lru_cache(maxsize=4096)
def _parse_line(text: str, table: LabelTable) -> Pairs | None:
    if len(text) > _LONGEST_LINE:
        return None
    if "\t" in text:
        return _parse_cells(text.split("\t"), table)
    if text[:1] not in table.first or not table.opening.match(text):
        return _parse_from_known(text, table)
    whole = table.label(text)
    if whole and (len(whole) > 2 or fold(text).rstrip().endswith((":", "]", "】"))):
        return ((whole, ""),)
    found = _parse_text(text, table) or _parse_unmarked(text, table)
    return found or _parse_from_known(text, table)


def _parse_from_known(text: str, table: LabelTable) -> Pairs | None:
    """The pairs from the first known label on, where unknown ones stand before it.

    One of them must be metadata's alone: a letter's form prints labels that are not known, too.
    """
    start = text[:LABEL_START]
    if (":" not in start and "：" not in start) or "。" in text:
        return None
    at = 0
    for _ in range(_MOST_UNKNOWN):
        if not (found := _UNKNOWN_FIRST.match(text, at)):
            return None
        at = found.end()
        if table.opening.match(text, at) and (pairs := _parse_text(text[at:], table)):
            return pairs if any(label not in table.weak for label, _ in pairs) else None
    return None


def _parse_text(text: str, table: LabelTable) -> Pairs | None:
    """The pairs of running text: `[ 索引号 ] 1150… [ 发文字号 ]`; it must begin with a label."""
    folded = fold(text)
    if ":" not in folded and "[" not in folded and "【" not in folded and "〔" not in folded:
        return None
    return parted(text, list(table.pattern.finditer(folded)))


def _parse_unmarked(text: str, table: LabelTable) -> Pairs | None:
    """The same where only blanks part labels from values: `索引号 1150…　成文日期 2024-05-16`."""
    if len(text) > 2 * _LONGEST_LINE // 3 or "。" in text:
        return None
    pairs = parted(text, list(table.unmarked.finditer(fold(text))))
    return pairs if pairs and are_fitting(pairs, table) else None


def parted(text: str, found: Sequence[re.Match[str]]) -> Pairs | None:
    """The labels found in a text, each with what stands before the next."""
    if not found or text[: found[0].start()].strip(_BULLETS):
        return None
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(
        (_label_of(match), _until_label(text[match.end() : end]).strip(_BULLETS))
        for match, end in zip(found, ends, strict=True)
    )


def _until_label(value: str) -> str:
    """A value without the unknown label, and what that prints, behind it on its line."""
    value = value.lstrip(_BULLETS)
    if ":" not in value and "：" not in value:
        return value
    if shaped := _SHAPED_BEFORE_LABEL.match(value):
        return shaped["value"]
    behind = _NEXT_LABEL.search(value)
    return value[: behind.start()] if behind else value


def _label_of(match: re.Match[str]) -> str:
    return "".join(next(filter(None, match.groups())).split())


def _parse_cells(cells: list[str], table: LabelTable) -> Pairs | None:
    """The pairs of a table's row: label, value, label, value, or both in one cell.

    Unknown labels may stand first where what follows them is unmistakable.
    """
    if found := _parse_known_cells(cells, table):
        return found
    labelled_first = _OWN_LABEL.match(cells[0]) or _is_short(cells[0])
    for known in range(1, min(len(cells), 2 * _MOST_UNKNOWN) if labelled_first else 1):
        cell = cells[known].strip()
        in_cells = _parse_text(cell, table) and all(map(_OWN_LABEL.match, cells[:known]))
        if in_cells or (
            known % 2 == 0 and table.label(cell) and all(map(_is_short, cells[:known:2]))
        ):
            found = _parse_known_cells(cells[known:], table)
        if found:
            strong = any(label not in table.weak for label, _ in found)
            return found if strong and are_fitting(found, table) else None
    return None


def _is_short(cell: str) -> bool:
    return 1 < len(cell.strip()) <= 8


def _parse_known_cells(cells: list[str], table: LabelTable) -> Pairs | None:
    """The same of a row that begins with a known label."""
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
