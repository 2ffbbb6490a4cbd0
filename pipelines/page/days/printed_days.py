"""Owns which day printed above a letter is the day it was published, and which another label's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.fold import fold
from pipelines.page.days.day_forms import in_numbers
from pipelines.page.days.info_lines import OWN_LABEL
from pipelines.page.metadata.labels import LabelTable

# 2024-10-12 · 2024年10月12日 · 2024 年 5 月 6 日
PRINTED_DAY = re.compile(r"[12]\d{3} ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2}(?: ?日)?")
_BARE = re.compile(
    rf"[\[(【]?{PRINTED_DAY.pattern}(?:[ T]*\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[\])】]?"
)
# 失效日期 · 终止时间: · 更新时间: · 发 布 时 间:, a label that names its date; what stands before
# it is parted by a blank: 来源:市海洋局 时间:
_DATE_LABEL = re.compile(
    r"((?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff] ){0,6}[日时] [期间]"
    r"|[\u4e00-\u9fff]{0,8}(?:日期|时间)) ?[\])】]? ?:? ?$"
)
# 办理时限: · 更新: · 发布于:, any label before a date
_ANY_LABEL = re.compile(r"([\u4e00-\u9fff]{1,12}) ?: ?$")
# 更新于 · 最后修改 · 截止 · Last updated on: what says without a colon that a date is another
_ANOTHER = re.compile(
    r"(?:更新|修改|编辑|修订|截[止至]|有效期?[至到]?|提[交出])(?:[于到至在]|时间)? ?:? ?$"
    r"|\b(?:updated|modified|edited|revised|expires?|deadline|until)(?: on| at)? ?:? ?$",
    re.I,
)
# 2024-05-20 09:12更新
_ANOTHER_BEHIND = re.compile(
    r"(?: *\d{1,2}:\d{2}(?::\d{2})?)? ?(?:最[后近])?(?:更新|修改|修订|编辑)(?! ?[:于时日者人])"
)
# 发布时间 · 挂网时间 · 公开 · 发布于 · 信息时间 · 日期, labels of the day a page was published;
# what an inline element left before them is another's value: 市海洋局发布时间
_PUBLISHING = re.compile(
    r".*(?:发布|发表|公布|(?<!未)公开|上网|挂网|登载|刊登|刊发|刊载|发稿|录入|上传|推送|添加|加入|入库)"
    r"(?:日期|时间|于)?|(?:信息|文章|稿件|.*[局委办院厅部府社网站队])?(?:日期|时间)"
)
_LONGEST_LABEL = 20
_LONGEST_LINE = 160  # characters of a line whose labels are looked through


def day_with_label(lines: Sequence[str], at: int, table: LabelTable) -> str | None:
    """A line as it says when a page was published, or None where its date is another label's.

    A bare date below a label that stands alone is that label's value, known or not:
    `<dt>失效日期：</dt><dd>2032-06-01</dd>`.
    """
    text = in_numbers(fold(lines[at])).strip()
    above = fold(lines[at - 1]).strip() if at else ""
    if _BARE.fullmatch(text) and len(above) <= _LONGEST_LABEL:
        label = _DATE_LABEL.search(above)
        labels = label or above.endswith((":", "\t")) or table.label(above)
        if labels and not (label and _publishes(label.group(1), table)):
            return None
    if not PRINTED_DAY.search(text):
        return text  # damaged, or in another form: for others to judge
    start = 0
    for day in PRINTED_DAY.finditer(text):
        behind = _ANOTHER_BEHIND.match(text, day.end())
        if not (behind or is_another_label(text[start : day.start()], table)):
            return text[start:].strip()
        start = day.end()
    return None


def is_label_over_day(label: str, day: str) -> bool:
    """Whether two lines are a page's label of a date and its value: `撰写日期` over `2024-05-06`.

    `答复日期` and its like are a letter's own.
    """
    if len(label) > _LONGEST_LABEL or not day[:2].strip("[【（( ").startswith(("1", "2")):
        return False
    folded = fold(label).strip()
    return bool(
        _DATE_LABEL.fullmatch(folded)
        and not OWN_LABEL.search(folded)
        and _BARE.fullmatch(fold(day).strip())
    )


def day_by_label(text: str, table: LabelTable) -> str | None:
    """The day a line prints behind a label of publishing, the label not the plain 日期 or 时间."""
    folded = in_numbers(fold(text)) if len(text) <= _LONGEST_LINE else ""
    for day in PRINTED_DAY.finditer(folded):
        label = _ANY_LABEL.search(folded, 0, day.start())
        if label and len(label.group(1)) > 2 and _publishes(label.group(1), table):
            return day.group()
    return None


def day_in_row(row: str, table: LabelTable) -> str | None:
    """The day in the cell behind a label of publishing, in a row of a letter's own form.

    `建议编号 | 021 | 发布 | 2024-09-10`
    """
    for label, value in pairwise(map(str.strip, row.split("\t"))):
        name = fold(label).rstrip(": ")
        telling = len(name) > 1 and name not in ("日期", "时间") and _publishes(name, table)
        if telling and _BARE.fullmatch(fold(value)):
            return value
    return None


def is_another_label(before: str, table: LabelTable) -> bool:
    """Whether what stands, folded, before a date on its line ends with another date's label."""
    if _ANOTHER.search(before):
        return True
    label = _DATE_LABEL.search(before) or _ANY_LABEL.search(before)
    return bool(label) and not _publishes(label.group(1) if label else "", table)


def _publishes(label: str, table: LabelTable) -> bool:
    label = label.replace(" ", "")
    key = table.keys.get(label)
    return key == "date_published" if key else bool(_PUBLISHING.fullmatch(label))
