"""Owns which day printed above a letter is the day it was published, and which another label's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.fold import fold
from pipelines.page.labels import LabelTable

# 日期:2024-10-12 · 发布时间:2024年10月12日 10:19
_DAY = re.compile(r"[12]\d{3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_BARE = re.compile(rf"[\[(【]?{_DAY.pattern}(?:[ T]*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[\])】]?")
# 失效日期 · 终止时间: · 更新时间: · 发 布 时 间:, a label that names its date; what stands before
# it is parted by a blank: 来源:市海洋局 时间:
_DATE_LABEL = re.compile(
    r"((?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff] ){0,6}[日时] [期间]"
    r"|[\u4e00-\u9fff]{0,8}(?:日期|时间)) ?[\])】]? ?:? ?$"
)
# 发布时间 · 录入时间 · 信息时间 · 日期, labels of the day a page was published
_PUBLISHING = re.compile(
    r".{0,4}(?:发布|发表|公布|公开|上网|登载|刊登|刊发|发稿|录入|上传|推送|添加|加入)(?:日期|时间)"
    r"|(?:信息|文章|稿件)?(?:日期|时间)"
)
_LONGEST_LABEL = 20


def day_with_label(lines: Sequence[str], at: int, table: LabelTable) -> str | None:
    """A line as it says when a page was published, or None where its date is another label's.

    A bare date below a label that stands alone is that label's value, known or not:
    `<dt>失效日期：</dt><dd>2032-06-01</dd>`.
    """
    text = fold(lines[at]).strip()
    above = fold(lines[at - 1]).strip() if at else ""
    if _BARE.fullmatch(text) and len(above) <= _LONGEST_LABEL:
        label = _DATE_LABEL.search(above)
        labels = label or above.endswith((":", "\t")) or table.label(above)
        if labels and not (label and _publishes(label.group(1), table)):
            return None
    if not _DAY.search(text):
        return text  # damaged, or in another form: for others to judge
    start = 0
    for day in _DAY.finditer(text):
        if not _is_another(text[start : day.start()], table):
            return text[start:].strip()
        start = day.end()
    return None


def _is_another(before: str, table: LabelTable) -> bool:
    """Whether what stands before a date on its line ends with another date's label."""
    label = _DATE_LABEL.search(before)
    return bool(label) and not _publishes(label.group(1) if label else "", table)


def _publishes(label: str, table: LabelTable) -> bool:
    label = label.replace(" ", "")
    key = table.keys.get(label)
    return key == "date_published" if key else bool(_PUBLISHING.fullmatch(label))
