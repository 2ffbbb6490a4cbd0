"""Owns whether a text can be the value of a metadata label, by the form that values have."""

from __future__ import annotations

import re

from pipelines.fold import fold
from pipelines.page.metadata.labels import LabelTable

# 2024-10-12 · 2024年10月12日 · 二〇〇六年九月七日 · 2024/10/12 10:19 · 20241012 · May 20, 2024
_DATE_LIKE = re.compile(
    r"[12]\d{3}\s*[-/.年]|[一二][〇○零九Oo0]|(?:19|20)\d\d(?:0[1-9]|1[0-2])[0-3]\d(?![\d/-])"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}, 20\d\d"
)
# 渝科局函〔2024〕274号 · 潼民发【2024】275号 · 建提复字第29号
_NUMBER_LIKE = re.compile(r"[〔\[【﹝(]?[12]\d{3}[〕\]】﹞)]?|第?\d+号")
# 11500000MB15895317/2024-00078 · 01527918X-2020-153077 · 640104-107/2019-00169
_INDEX_LIKE = re.compile(r"[0-9A-Za-z_./-]{6,60}")
# Keys whose values have a form of their own.
SHAPED = frozenset({"index_number", "document_number", "date_written", "date_published"})
# 对省十四届人大一次会议第0234号代表建议的答复: a title, no keyword
LETTERS_NAME = re.compile(
    r"第.{1,20}号.{0,12}(?:建议|提案|议案)|(?:建议|提案|议案).{0,4}(?:复函|答复|回复)$"
)
Pairs = tuple[tuple[str, str], ...]  # (label without blanks, value as printed)


def are_fitting(pairs: Pairs, table: LabelTable) -> bool:
    """Whether values that no mark ties to their labels look like theirs, one unmistakably."""
    keyed = [(table.keys[label], value) for label, value in pairs if value]
    return all(fits(key, value) for key, value in keyed) and any(key in SHAPED for key, _ in keyed)


def fits(key: str | None, text: str) -> bool:
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
    if LETTERS_NAME.search(folded):
        return False
    return "关于" not in folded and not folded.endswith((":", "。")) and len(folded) <= 30
