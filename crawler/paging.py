"""Finds the further pages of a list: from the paging script of TRS, or from links."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin, urlsplit

from crawler.answers import place_key
from crawler.list_pages import ListPage, column_folder, is_article_address
from crawler.network import origin_of

MOST_PAGES = 2_000
"""Pages of one column asked for in one walk, whatever its scripts and links say."""

_MOST_CALLS = 20
# createPage(34, 0, "index","html") · createPageHTML(20, 0, 'list', 'shtml') ·
# createPageHTML('page_div', 74, 1, 'index', 'html', 1478) · createPageHTML(countPage, 0, "index",…
_CALL = re.compile(r"\bcreatePage(?:HTML)?\s*\(([^(){}]{1,200})\)")
# var countPage = 20 · nPageCount=20;
_NUMBER = r"\b{name}\s*=\s*[\"']?(\d{{1,6}})"
_NAME = re.compile(r"[\w-]{1,80}")
_ENDING = re.compile(r"\.?\w{2,6}")

_NEXT = frozenset(
    {"下一页", "下页", "后一页", "下一頁", "下頁", "后页", "next", "nextpage", ">", "›", "»"}
)
_PAGE_NUMBER = re.compile(r"^[\[(（第]?\s*(\d{1,5})\s*[\])）页]?$")


def script_pages(page: ListPage) -> tuple[str, ...]:
    """The pages a TRS paging script counts, the second first; empty without such a script.

    Page 1 is `index.html`, page n is `index_{n-1}.html`, beside the page itself. Where two
    scripts differ (one for PC, one for mobile) the larger count holds.
    """
    written = islice(_CALL.finditer(page.source), _MOST_CALLS)
    calls = [found for call in written if (found := _call(call[1], page.source))]
    if not calls:
        return ()
    count, name, ending = max(calls)
    folder = _folder(page.url)
    return tuple(
        urljoin(folder, f"{name}_{number}.{ending}")
        for number in range(1, min(count, MOST_PAGES + 1))
    )


def linked_pages(page: ListPage) -> tuple[str, ...]:
    """The pages that links lead to: the next one first, then those with a number, in order."""
    following: list[str] = []
    numbered: dict[int, str] = {}
    for element in islice(page.root.iter("a", "link"), 20_000):
        url = _page_link(page, element.get("href"))
        if url is None:
            continue
        text = "".join("".join(element.itertext()).split()).lower()
        if "next" in (element.get("rel") or "").lower().split() or text in _NEXT:
            following.append(url)
        elif element.tag == "a" and (number := _PAGE_NUMBER.match(text)):
            numbered.setdefault(int(number[1]), url)
    pages = following + [url for _, url in sorted(numbered.items())]
    return tuple(dict.fromkeys(pages))


def _call(arguments: str, source: str) -> tuple[int, str, str] | None:
    """Count, name and ending a call of the script names; None for its definition."""
    values = [value.strip() for value in arguments.split(",")]
    numbers = [number for value in values[:3] if (number := _value(value, source)) is not None]
    words = [value.strip("\"' ") for value in values if value[:1] in "\"'"]
    if values[0][:1] in "\"'":  # 'page_div': the element the links are put into
        words = words[1:]
    if not numbers or len(words) < 2:
        return None
    name, ending = words[0], words[1].lstrip(".")
    if not _NAME.fullmatch(name) or not _ENDING.fullmatch(ending):
        return None
    return numbers[0], name, ending


def _value(text: str, source: str) -> int | None:
    """A number, or what the page's script gave to a variable."""
    if text.isdigit():
        return int(text[:6])
    if not text.isidentifier():
        return None
    found = re.search(_NUMBER.format(name=re.escape(text)), source)
    return int(found[1]) if found else None


def _folder(url: str) -> str:
    """The folder of the page; `…/jytabl` without a slash and a dot is a folder too."""
    path = urlsplit(url).path
    last = path.rpartition("/")[2]
    return url if not last or "." in last else urljoin(url, f"{last}/")


def _page_link(page: ListPage, href: str | None) -> str | None:
    """An address a link to another page of this column may have."""
    url = page.resolve(href) if href else None
    if url is None or origin_of(url) not in page.origins:
        return None
    if place_key(url) == place_key(page.url):
        return None
    path, here = urlsplit(url).path, urlsplit(page.url).path
    same_script = path == here and bool(urlsplit(url).query)
    folders = (column_folder(page.column.url), here.rpartition("/")[0] + "/")
    if not same_script and not any(path.startswith(folder) for folder in folders):
        return None
    dated = is_article_address(url) and bool(re.search(r"/t\d{6,8}_|/art_|[0-9a-f]{32}", path))
    return None if dated else url
