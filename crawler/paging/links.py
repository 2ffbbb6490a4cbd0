"""Finds the further pages of a list from its links: the next page, numbers, selects, jumps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from lxml import html

from crawler.lists.links import link_href
from crawler.lists.pages import MOST_PAGES, ListPage, column_folder
from crawler.network.address_forms import is_article_address, is_file_address, place_key
from crawler.network.addresses import origin_of
from crawler.paging.jumps import Jumps
from crawler.paging.posts import is_posted, posted

_MOST_LINKS = 50_000
_MOST_TEXT = 40  # characters of a paging link
_MOST_OPTIONS = 3_000
_LINKS = "//*[self::a or self::link or @onclick]"

# 下一页 · 下页> · [下一页] · 后一页 · next page · 加载更多
_NEXT = re.compile(
    r"^\W*(?:下一?[页頁]|[后後]一?[页頁]|next(?:page)?|(?:点击)?(?:加载|显示)(?:更多|下一页))\W*$",
    re.IGNORECASE,
)
_NEXT_SIGNS = frozenset({">", "›", "»", ">>", "→", "＞", "＞＞"})
# 尾页 · 末页 · 最后一页 · last
_LAST = re.compile(r"^\W*(?:[尾末][页頁]|最[后後]一?[页頁]|last(?:page)?)\W*$", re.IGNORECASE)
# 2 · [2] · 第2页
_PAGE_NUMBER = re.compile(r"^[\[(（第]?\s*(\d{1,5})\s*[\])）页頁]?$")
# 更多 · 更多>> · 查看更多 · more
_MORE = re.compile(r"^\W*(?:查看|点击)?(?:更多|more)\W*$", re.IGNORECASE)
# 1/34 · 第1页/共34页 · 共34页 · 页次：1/34
_OF_PAGES = re.compile(
    r"(?<![\d/])(\d{1,5})\s*页?\s*/\s*共?\s*(\d{1,5})(?![\d/])|共\s*(\d{1,5})\s*[页頁]"
)
_DIGITS = re.compile(r"(\d+)")
# _page=2 · pageNo=2 · curpage=2 · a204502p=2 (VSB) · PAGENUM=2
_PAGE_KEY = re.compile(
    r"^(?:.*page.*|p|pn|pg|cur|curr|current|start|offset|a\d+p|no|index)$", re.IGNORECASE
)
# /t20240603_31.html, /art/…, 32 hexadecimal digits: letters, not pages
_LETTER_PATH = re.compile(r"/t\d{6,8}_|/art_|[0-9a-f]{32}|/info/\d+/\d+\.", re.IGNORECASE)


@dataclass(slots=True)
class _Strip:
    """What a page's paging links say."""

    following: list[str]  # the next page's address
    numbered: dict[int, str]
    last: str | None = None
    count: int | None = None
    here: int | None = None
    more: list[str] | None = None


def linked_pages(page: ListPage) -> tuple[str, ...]:
    """The pages that links lead to: the next one first, then those with a number, in order.

    Numbers that a strip leaves out (`1 2 3 … 34`) are filled in where its other links show how
    addresses follow from numbers. Without any of these, `更多` leads on within the column.
    """
    strip = _read_strip(page)
    pages = strip.following + list(_fill(strip).values())
    return tuple(dict.fromkeys(pages or strip.more or ()))[:MOST_PAGES]


def _read_strip(page: ListPage) -> _Strip:
    strip = _Strip([], {}, more=[])
    for element, url in _page_links(page):
        _read_link(page, strip, element, url)
    for text, url in _options(page):
        strip.numbered.setdefault(text, url)
    if strip.here is None:
        strip.here = 1 if place_key(page.url) == place_key(page.column.url) else None
    elif strip.count and strip.here >= strip.count:
        strip.following.clear()  # 第4/4页: what its 下一页 names is no page
    strip.numbered.pop(1, None)  # `?page=1` is the column's own address once more
    return strip


def _page_links(page: ListPage) -> Iterator[tuple[html.HtmlElement, str]]:
    """Links that could be paging links, with the address each leads to."""
    jumps = Jumps(page)
    for element in islice(page.root.xpath(_LINKS), _MOST_LINKS):
        if len(element) > 3:
            continue
        href = (element.get("href") or "").strip()
        if href[:11].lower() == "javascript:" or href in ("", "#"):
            href = jumps.address(f"{element.get('onclick') or ''};{href[11:]}") or link_href(
                element
            )
        url = _page_link(page, href)
        if url is not None:
            yield element, url


def _read_link(page: ListPage, strip: _Strip, element: html.HtmlElement, url: str) -> None:
    text = _text(element)
    if "next" in (element.get("rel") or "").lower().split():
        strip.following.append(url)
    elif element.tag == "link" or len(text) > _MOST_TEXT:
        return
    elif _NEXT.match(text) or text in _NEXT_SIGNS:
        strip.following.append(url)
        _read_counts(strip, element)
    elif _LAST.match(text):
        strip.last = url
        _read_counts(strip, element)
    elif number := _PAGE_NUMBER.match(text):
        strip.numbered.setdefault(int(number[1]), url)
    elif _MORE.match(text) and strip.more is not None and _is_own(page, url):
        strip.more.append(url)


def _text(element: html.HtmlElement) -> str:
    """A link's text without white space; of a picture its words."""
    text = "".join("".join(islice(element.itertext(), 20)).split())
    if text:
        return text
    value = element.get("value") or "" if element.tag == "input" else ""
    words = [
        value or element.get("title") or "",
        *(img.get("alt") or "" for img in element.iter("img")),
    ]
    return "".join("".join(words).split())


def _read_counts(strip: _Strip, element: html.HtmlElement) -> None:
    """`第1页/共34页` around the link: which page this is, and how many there are."""
    for around in islice(element.iterancestors(), 3):
        text = "".join(islice(around.itertext(), 200))
        if len(text) > 600:
            return
        for found in _OF_PAGES.finditer(text):
            if found[3]:
                strip.count = strip.count or int(found[3])
            elif 0 < int(found[1]) <= int(found[2]):
                strip.here, strip.count = int(found[1]), int(found[2])
        if strip.count:
            return


def _options(page: ListPage) -> Iterator[tuple[int, str]]:
    """The numbers and addresses of a select that leads to pages."""
    jumps = Jumps(page)
    for select in islice(page.root.iter("select"), 50):
        code = select.get("onchange") or ""
        function = re.search(r"([\w$]{1,60})\s*\(\s*(?:this|self|value)", code)
        for option in islice(select.iter("option"), _MOST_OPTIONS):
            value = (option.get("value") or "").strip()
            number = _PAGE_NUMBER.match("".join((option.text or "").split()))
            if value.isascii() and value.isdigit():
                called = jumps.called(function[1], value[:6]) if function else None
                value = called or jumps.changed_to(code, value[:6]) or ""
            if number and any(sign in value for sign in "./?") and (url := _page_link(page, value)):
                yield int(number[1]), url


def _fill(strip: _Strip) -> dict[int, str]:
    """The numbered pages, with those between them that the strip leaves out."""
    known = dict(strip.numbered)
    if strip.here is not None and strip.following:
        known.setdefault(strip.here + 1, strip.following[0])
    if strip.last and strip.count and strip.count > 1:
        known.setdefault(strip.count, strip.last)
    filled = _between(known) if len(known) > 1 else {}
    return dict(sorted((filled | strip.numbered).items()))


def _between(known: dict[int, str]) -> dict[int, str]:
    """Every page from the lowest to the highest number; empty where addresses don't follow.

    They follow where one number in them grows or falls by the same step from page to page:
    index_1 for page 2, index_33 for page 34; `?start=15`, `?start=30`; VSB's 33 for page 2.
    """
    numbers = sorted(known)
    pieces = {n: _DIGITS.split(known[n]) for n in numbers}
    first, last = pieces[numbers[0]], pieces[numbers[-1]]
    if len({tuple(piece[::2]) for piece in pieces.values()}) > 1:
        return {}
    places = [n for n, (one, other) in enumerate(zip(first, last, strict=True)) if one != other]
    if len(places) != 1:
        return {}
    place = places[0]
    values = {n: int(piece[place][:12]) for n, piece in pieces.items()}
    span = numbers[-1] - numbers[0]
    step, rest = divmod(values[numbers[-1]] - values[numbers[0]], span)
    if rest or not step or span > MOST_PAGES:
        return {}
    if any(values[n] != values[numbers[0]] + step * (n - numbers[0]) for n in numbers):
        return {}
    if any(part.startswith("0") and len(part) > 1 for part in (first[place], last[place])):
        return {}
    return {
        n: "".join(
            [*first[:place], str(values[numbers[0]] + step * (n - numbers[0])), *first[place + 1 :]]
        )
        for n in range(numbers[0], numbers[-1] + 1)
    }


def _page_link(page: ListPage, href: str | None) -> str | None:
    """An address a link to another page of this column may have."""
    url = page.resolve(href) if href else None
    if url is None or origin_of(url) not in page.origins or is_file_address(url):
        return None
    if place_key(url) == place_key(page.url):
        return None
    if not _is_beside(page, url):
        return None
    dated = is_article_address(url) and bool(_LETTER_PATH.search(urlsplit(url).path))
    return None if dated else posted(url) if is_posted(href or "") else url


def _is_beside(page: ListPage, url: str) -> bool:
    """Whether an address lies in the column's folder, beside the page, or is the same script's."""
    path, here = urlsplit(url).path, urlsplit(page.url).path
    if path == here:
        return bool(urlsplit(url).query) and _same_but_page(page.url, url)
    beside = path.rpartition("/")[0] == here.rpartition("/")[0]
    return beside or path.startswith(column_folder(page.column.url))


def _same_but_page(one: str, other: str) -> bool:
    """Whether two queries of one script ask for the same list: `?col=7`, `?col=7&page=2`."""
    before, after = (dict(parse_qsl(urlsplit(url).query)) for url in (one, other))
    shared = set(before) & set(after)
    return all(before[key] == after[key] or _PAGE_KEY.match(key) for key in shared)


def _is_own(page: ListPage, url: str) -> bool:
    """Whether an address lies in the column's folder, and that is not the whole site."""
    folder = column_folder(page.column.url)
    return folder != "/" and urlsplit(url).path.startswith(folder) and not is_article_address(url)
