"""The columns a column is split into: by year (`2024年`), by kind (`人大建议`, `政协提案`)."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from crawler.answers.sorting import place_key
from crawler.lists.links import link_title
from crawler.lists.pages import ListPage, column_folder, is_article_address, is_file_address
from crawler.network.addresses import origin_of

MOST_BRANCHES = 24
"""Columns within one column that are walked besides it."""

_MOST_LINKS = 5_000
_LONGEST_NAME = 20
# 2024年 · 2023年度 · 2022年办理情况 · 2024年政协提案
_YEAR = re.compile(r"^\W*(?:19|20)\d{2}(?!\d)\s*年?[^,，。\d]{0,12}$")
# 人大代表建议 · 政协提案 · 建议答复 · 议案办理
_KIND = re.compile(r"提案|议案|人大|政协|建议[^,，。]{0,4}(?:办理|答复|复函|回复)|(?:答复|复函)$")


def sub_columns(page: ListPage) -> tuple[str, ...]:
    """The columns below the page's own column that a page of it links to, the latest year first.

    They lie in its folder and are no articles; other columns of the portal are left out, they are
    walked by themselves.
    """
    folder = column_folder(page.column.url)
    if folder == "/":
        return ()
    walked = {place_key(column.url) for column in page.portal.lists}
    found: dict[str, tuple[str, str]] = {}
    for element in islice(page.root.iter("a"), _MOST_LINKS):
        name = link_title(element)
        if len(name) > _LONGEST_NAME or not (_YEAR.match(name) or _KIND.search(name)):
            continue
        url = page.resolve((element.get("href") or "").strip())
        if url is None or origin_of(url) not in page.origins or not _is_below(name, url, folder):
            continue
        key = place_key(url)
        if key not in walked and key != place_key(page.url):
            found.setdefault(key, (name, url))
    named = sorted(found.values(), key=lambda each: _year(each[0]), reverse=True)
    return tuple(url for _, url in named[:MOST_BRANCHES])


def _is_below(name: str, url: str, folder: str) -> bool:
    """Whether an address may be that of a list below the column's folder."""
    path = urlsplit(url).path
    below = path.startswith(folder) and path != folder
    if name.isdigit() and f"/{name}/" not in path:  # page 2034 of a list that long
        return False
    return below and not is_article_address(url) and not is_file_address(url)


def _year(name: str) -> str:
    """The year of a column's name; a name without one goes before all years."""
    found = re.search(r"(?:19|20)\d{2}", name)
    return found[0] if found else "9999"
