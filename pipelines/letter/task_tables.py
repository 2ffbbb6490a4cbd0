"""Owns the tables of tasks: rows that say what is to be done, by whom and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator

# 任务 · 工作内容 · 具体措施 · 整改事项
_TASK = re.compile(r"(?:[一-鿿]{0,4})(?:任务|事项|措施|内容|举措|项目|办法|打算|安排)(?:名称)?")
# 完成时限 · 时间节点 · 完成时间: what tells a table of things to do from one of things that are
_BY_WHEN = re.compile(
    r"[一-鿿]{0,4}(?:时限|期限|节点)|[一-鿿]{0,2}(?:完成|办结|落实|整改)(?:时间|日期)"
)
_MAY_BE_HEAD = re.compile("时限|期限|节点|时间|日期")
_DONE = re.compile("已|了|完成率|办结$")
# 取消平行线路 | 暂不采纳 | —
_DECLINED = re.compile(
    r"(?:^|\t)[ 　]*(?:暂?(?:不予?|未|缓)|无法|难以)(?:采纳|办理|实施|安排|列入|落实)?"
    r"[ 　]*(?:\t|$)"
)
_SHORTEST = 6


def tasks(body: str, folded: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of the cells, from `start` on, that say what is to be done.

    They stand below a cell like 任务, in a table that has one like 完成时限 beside it; a row that
    says anything is done already, or that it is not taken up, is left out.
    """
    column = -1
    at = start
    for line in body[start:].split("\n"):
        cells = line.split("\t")
        if len(cells) == 1:
            column = -1
        elif _MAY_BE_HEAD.search(line) and (head := _column(cells)) >= 0:
            column = head
        elif 0 <= column < len(cells) and not (_DONE.search(line) or _DECLINED.search(line)):
            left = at + sum(len(cell) + 1 for cell in cells[:column])
            if len(cells[column].strip()) >= _SHORTEST:
                yield left, left + len(cells[column])
        at += len(line) + 1


def _column(cells: list[str]) -> int:
    """Which cell of a table's head says that tasks stand below it; -1: it is no such head."""
    names = [cell.strip() for cell in cells]
    if not any(map(_BY_WHEN.fullmatch, names)):
        return -1
    return next((at for at, name in enumerate(names) if _TASK.fullmatch(name)), -1)
