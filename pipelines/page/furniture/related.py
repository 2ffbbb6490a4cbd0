"""Owns the boxes of related matter, whose links are no attachments of a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from pipelines.fold import fold_key
from pipelines.page.furniture.rules import is_related_heading
from pipelines.page.markup.lines import published
from pipelines.page.markup.tree import Element, is_longer_than

_LEVELS = 5  # above a link
_SIBLINGS = 12  # before it on each level
_LONGEST_HEADING = 20
# 附件: · 相关文件下载: what is listed below is the letter's
_OWN = ("附件", "附表", "下载", "材料", "文件")

# 关于市九届人大四次会议第99号建议的答复 · 某某市2023年建议提案办理情况的通报
_NAMES_DOCUMENT = re.compile(r"关于|[对就].{2,60}的|第.{1,14}号|答复|复函|建议|提案|通知|通报|报告")
_SHORTEST_NAME = 10
_MOST_LINKS = 40  # of an item
_LARGEST_ITEM = 240  # characters of an item of a list with its date


def is_listed_with_link(element: Element, articles: Sequence[Element]) -> bool:
    """Whether an element stands in an item of a list, beside the link to another document.

    `<li><b>02</b><i>2023-01</i><a href="/b/2.html">关于…的答复</a></li>`; a heading that links to
    its own page is none, and what holds one of the `articles` is no item.
    """
    around = {each for article in articles for each in article.iterancestors()}
    around.update(articles)
    for each in (element, *islice(element.iterancestors(), _LEVELS)):
        if each in around or each.tag in ("body", "html") or is_longer_than(each, _LARGEST_ITEM):
            return False
        if any(map(_leads_to_document, islice(each.iter("a"), _MOST_LINKS))):
            return True
    return False


def _leads_to_document(link: Element) -> bool:
    if (link.get("href") or "#")[:1] in "#jJ":
        return False
    text = published("".join(map(str, link.itertext())))
    if len(text) < _SHORTEST_NAME or not _NAMES_DOCUMENT.search(text):
        return False
    headed = next(link.iterancestors("h1", "h2"), None), next(link.iter("h1", "h2"), None)
    return headed == (None, None)


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
