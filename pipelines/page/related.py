"""Owns the boxes of related matter, whose links are no attachments of a letter."""

from __future__ import annotations

from itertools import islice

from pipelines.fold import fold_key
from pipelines.page.furniture import is_related_heading
from pipelines.page.lines import published
from pipelines.page.tree import Element, is_longer_than

_LEVELS = 5  # above a link
_SIBLINGS = 12  # before it on each level
_LONGEST_HEADING = 20
# 附件: · 相关文件下载: what is listed below is the letter's
_OWN = ("附件", "附表", "下载", "材料", "文件")


def is_beside(link: Element) -> bool:
    """Whether the nearest heading before a link is one of a related box: 相关解读, 相关链接."""
    element = link
    for _ in range(_LEVELS):
        for sibling in islice(element.itersiblings(preceding=True), _SIBLINGS):
            if (told := _tells(sibling)) is not None:
                return told
        parent = element.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return False
        element = parent
    return False


def _tells(element: Element) -> bool | None:
    """True for a related box's heading, False for other text, None for links and small matter."""
    if is_longer_than(element, 400):
        return False
    text = published("".join(map(str, element.itertext())))
    if not text:
        return None
    if any(word in text for word in _OWN) and len(text) <= 2 * _LONGEST_HEADING:
        return False
    if len(text) <= _LONGEST_HEADING and is_related_heading(text):
        return True
    linked = "".join(str(text) for each in element.iter("a") for text in each.itertext())
    return None if 2 * len(fold_key(linked)) >= len(fold_key(text)) else False
