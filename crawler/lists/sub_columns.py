"""The columns a column is split into: by year (`2024年`), by kind (`人大建议`, `政协提案`)."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from crawler.lists.links import link_title
from crawler.lists.pages import ListPage, column_folder
from crawler.network.address_forms import is_article_address, is_file_address, place_key
from crawler.network.addresses import origin_of

MOST_BRANCHES = 24
"""Columns within one column that are walked besides it."""

_MOST_LINKS = 5_000
_LONGEST_NAME = 20
_BROAD = 2  # slashes of a folder like /zwgk/, which holds columns of every kind
# ?col=7&year=2024
_A_YEAR = re.compile(r"^(?:19|20)\d{2}$")
# 2024年 · 2023年度 · 2022年办理情况 · 2024年两会;  not 2024年财政预算
_YEAR = re.compile(
    r"^\W*(?:19|20)\d{2}(?!\d)\s*年?度?(?:[^,，。\d]{0,10}(?:办理|两会|会议?)[^,，。\d]{0,6})?\W*$"
)
# 人大代表建议 · 政协提案 · 建议答复 · 议案办理
_KIND = re.compile(r"提案|议案|人大|政协|建议[^,，。]{0,4}(?:办理|答复|复函|回复)|(?:答复|复函)$")
# 人大要闻 · 政协动态 · 人大任免:  of the congress, but no letters
_NEWS = re.compile(
    r"要闻|新闻|动态|任免|人事|公告|通知|公示|发布|决定|立法|法规|视察|调研|预算|决算|概况|领导|机构"
)


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
        if not _is_name(name):
            continue
        url = page.resolve((element.get("href") or "").strip())
        if url is None or origin_of(url) not in page.origins or not _is_below(name, url, folder):
            continue
        if _is_other_list(url, page.column.url) or not _is_near(name, url, page):
            continue
        key = place_key(url)
        if key not in walked and key != place_key(page.url):
            found.setdefault(key, (name, url))
    named = sorted(found.values(), key=lambda each: _year(each[0]), reverse=True)
    return tuple(url for _, url in named[:MOST_BRANCHES])


def _is_name(name: str) -> bool:
    """Whether a link is called as a column of letters is, by year or by kind."""
    if len(name) > _LONGEST_NAME or _NEWS.search(name):
        return False
    return bool(_YEAR.match(name) or _KIND.search(name))


def _is_near(name: str, url: str, page: ListPage) -> bool:
    """Whether a column that bears only a year can be this one's: `/zwgk/` holds years of all."""
    folder = column_folder(page.column.url)
    if _KIND.search(name) or folder.count("/") > _BROAD:
        return True
    own, path = column_folder(url), urlsplit(url).path
    parent = own[:-1].rpartition("/")[0] + "/"
    return parent in (folder, column_folder(page.url)) or path == urlsplit(page.url).path


def _is_other_list(url: str, column: str) -> bool:
    """Whether a script's address names another list: `?col=9`, not `?col=7`; years may differ."""
    one, other = urlsplit(column), urlsplit(url)
    if one.path != other.path:
        return False
    asked, found = dict(parse_qsl(one.query)), dict(parse_qsl(other.query))
    return any(
        found.get(key) != value and not (_A_YEAR.match(value) and key in found)
        for key, value in asked.items()
    )


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
