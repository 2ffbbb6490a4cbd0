"""Owns the question whether an article goes on at further pages of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from urllib.parse import urljoin, urlsplit

from pipelines.page.markup.tree import Element, whole_text

_MOST_LINKS = 3000
_LONGEST_LINK = 12  # characters of a pager's link
_LONGEST_ADDRESS = 2048  # characters
# 下一页 · 下页> · [下一页]
_NEXT = re.compile(r"[\[<(【\s]*下一?页[\])】>»\s]*")
# createPageHTML(3, 0, "t20240516_88", "html"): how many pages, which one this is, their name
_WRITTEN = re.compile(
    r"""createPage(?:HTML)?\(\s{0,9}(\d{1,3})\s{0,9},\s{0,9}(\d{1,3})\s{0,9},\s{0,9}["']([^"']{1,80})"""
)
_NUMBER = re.compile(r"[_-]\d{1,2}")
_LAST_LINES, _LONGEST_SIGN_OFF = 12, 60  # characters
# 2024年5月16日 · 二〇二四年五月十六日
_DAY = re.compile(r"年 {0,2}[\d一-十]{1,2} {0,2}月 {0,2}[\d一-十]{1,3} {0,2}日")


def goes_on(text: str, root: Element, url: str) -> bool:
    """Whether a page's own pager leads on to pages named after it; `text` is its source.

    t20240516_88.html goes on at t20240516_88_1.html; a pager of other names is that of a list,
    or leads to the neighbouring article.
    """
    linked, written = "下一页" in text or "下页" in text, "createPage" in text
    if not (linked or written) or not (own := _file_name(url)):
        return False
    return (written and _writes_pager(text, own)) or (linked and _links_on(root, url, own))


def is_signed(lines: Sequence[str]) -> bool:
    """Whether a date stands near the end of an article, which then is whole."""
    last = lines[-_LAST_LINES:]
    return any(_DAY.search(line) for line in last if len(line) <= _LONGEST_SIGN_OFF)


def _writes_pager(text: str, own: str) -> bool:
    """Whether a script writes a pager of several pages with this page's name."""
    calls = islice(_WRITTEN.finditer(text), 20)
    return any(
        int(at) + 1 < int(pages) and name == own.rpartition(".")[0]
        for pages, at, name in (call.groups() for call in calls)
    )


def _links_on(root: Element, url: str, own: str) -> bool:
    """Whether a link `下一页` leads to a page with this one's name and a number behind it."""
    for link in islice(root.iter("a"), _MOST_LINKS):
        href = link.get("href") or ""
        if len(href) > _LONGEST_ADDRESS or len(said := whole_text(link)) > _LONGEST_LINK:
            continue
        if _NEXT.fullmatch(said) and _is_further(own, _file_name(url, href)):
            return True
    return False


def _is_further(own: str, other: str) -> bool:
    stem, dot, ending = own.rpartition(".")
    name, _, kind = other.rpartition(".")
    same = bool(dot) and kind == ending and name.startswith(stem)
    return same and _NUMBER.fullmatch(name, len(stem)) is not None


def _file_name(url: str, href: str = "") -> str:
    """The last part of an address's path; none of what is no address."""
    try:
        return urlsplit(urljoin(url, href.strip())).path.rpartition("/")[2]
    except ValueError:  # http://[
        return ""
