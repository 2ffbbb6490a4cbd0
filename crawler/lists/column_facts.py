"""What a column's page says of itself: its name, its site, where it stands, what stands beside it.

BeautifulSoup reads here: pages of sites of unknown make, a few a command, where leniency matters
more than speed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from crawler.lists.pages import ListPage, column_folder
from crawler.network.address_forms import is_article_address, is_file_address, place_key
from crawler.network.addresses import origin_of
from storage.records import SubmissionKind

_MOST_TEXT = 1 << 22
_MOST_TAGS = 20_000  # BeautifulSoup takes 40 µs and a kilobyte for each
_MOST_LINKS = 5_000
_MOST_COLUMNS = 12
_MOST_CRUMBS = 8
_LONGEST_NAME = 24

# 当前位置：首页 > 政务公开 > 建议提案办理 · 您所在的位置：
_HERE = re.compile(r"(?:当前|您?所?在|您的?)的?位置")
_CRUMB = re.compile(r"crumb|position|location|dqwz|weizhi", re.IGNORECASE)
# 政协提案公开-重庆市科学技术局 · 建议提案_某某市人民政府 · 复函|某某区
_PARTS = re.compile(r"\s*[-_|—–·]+\s*")
# 网站标识码：5000000062 (ten digits, of which six are the region's; ministries have bm…)
_SITE_CODE = re.compile(r"网站标识码\D{0,12}(\d{10})(?!\d)")
_OF_PROPOSALS = re.compile(r"提案|政协|委员")
_OF_SUGGESTIONS = re.compile(r"建议|人大|代表|议案")
# 政协提案 · 人大代表建议 · 建议提案办理 · 议案;  not 意见建议, which citizens send
_OF_SUBMISSIONS = re.compile(
    r"提案|政协|人大|代表[^,，。]{0,4}建议|建议[^,，。]{0,4}(?:办理|复)|议案"
)
# 关于…第12号…: a letter's title, no column's name
_TITLE = re.compile(r"^关于|^对|第[^,，。]{1,20}号|《|收悉|会议")
# 202406 · 2024 · 6 · 2024-06: folders by month and day
_DATED = re.compile(r"[\d-]{1,10}")


@dataclass(frozen=True, slots=True)
class NamedColumn:
    """A column another page links to."""

    name: str
    url: str

    @property
    def kind(self) -> SubmissionKind | None:
        """Which submissions its name speaks of; None where of both or of neither."""
        return kind_of_column(self.name)


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What a page of a site prints about itself; absent is None or empty."""

    column: str | None = None
    site: str | None = None  # as the page names it: 重庆市科学技术局, 某某市人民政府门户网站
    site_code: str | None = None  # 网站标识码, ten digits
    source: str | None = None  # ContentSource: the office that wrote the page
    crumbs: tuple[NamedColumn, ...] = ()  # from the home page down
    columns: tuple[NamedColumn, ...] = ()  # of letters, by their names


def column_facts(page: ListPage) -> ColumnFacts:
    """Reads a page's head, breadcrumb, footer and links; only its first 20,000 tags. Never raises.

    Names of `<meta>`: 国办发〔2017〕47号.
    """
    soup = BeautifulSoup(_beginning(page.source), "lxml")
    meta = _metadata(soup)
    title = soup.find("title")
    parts = _PARTS.split(_text(title)) if isinstance(title, Tag) else []
    code = meta.get("siteidcode", "")
    printed = _SITE_CODE.search(page.source)
    crumbs = tuple(_crumbs(soup, page))
    return ColumnFacts(
        column=meta.get("columnname") or (parts[0] if parts and parts[0] else None),
        site=meta.get("sitename") or (parts[-1] if len(parts) > 1 else None),
        site_code=code if re.fullmatch(r"[0-9]{10}", code) else printed[1] if printed else None,
        source=meta.get("contentsource"),
        crumbs=crumbs,
        columns=tuple(islice(_columns(soup, page), _MOST_COLUMNS)),
    )


def kind_of_column(name: str) -> SubmissionKind | None:
    """`政协提案` proposal, `人大代表建议` suggestion; None for both or neither (`建议提案办理`)."""
    proposals, suggestions = _OF_PROPOSALS.search(name), _OF_SUGGESTIONS.search(name)
    if bool(proposals) == bool(suggestions):
        return None
    return "proposal" if proposals else "suggestion"


def columns_of_letter(page: ListPage, facts: ColumnFacts) -> tuple[str, ...]:
    """The columns a letter's page may stand in, likeliest first; not the home page.

    Those of its breadcrumb that are named after submissions, the folders around its address, the
    columns it links to by such a name, the nearest first, then the rest of its breadcrumb.
    """
    path = urlsplit(page.url).path
    crumbs = facts.crumbs[::-1]
    named = [each.url for each in crumbs if _OF_SUBMISSIONS.search(each.name)]
    linked = [each.url for each in facts.columns]
    linked.sort(key=lambda url: _shared_folders(urlsplit(url).path, path), reverse=True)
    found: dict[str, str] = {}
    for url in (*named, *_folders_around(page), *linked, *(each.url for each in crumbs)):
        if urlsplit(url).path not in ("", "/") and place_key(url) != place_key(page.url):
            found.setdefault(place_key(url), url)
    return tuple(found.values())


def _shared_folders(one: str, other: str) -> int:
    pairs = zip(one.split("/")[:-1], other.split("/")[:-1], strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _folders_around(page: ListPage) -> Iterator[str]:
    """`/jyta/`, then `/zw/`, of `/zw/jyta/202406/t20240603_31.html`; folders of dates are none.

    Hanweb's `/art/2024/6/3/art_1229_31.html` stands in `/col/col1229/index.html`.
    """
    path = urlsplit(page.url).path
    if found := re.search(r"^(.*)/art/\d{4}/\d+/\d+/art_(\d+)_", path):
        folders = [f"{found[1]}/col/col{found[2]}/index.html"]
    else:
        names = path.split("/")[1:-1]
        inner = [n for n in range(len(names), 0, -1) if not _DATED.fullmatch(names[n - 1])]
        folders = [f"/{'/'.join(names[:n])}/" for n in inner]
    yield from filter(None, map(page.resolve, folders))


def _beginning(source: str) -> str:
    """The source up to its twenty-thousandth tag: a bomb of tags costs no more than a page."""
    position = -1
    for _ in range(_MOST_TAGS):
        position = source.find("<", position + 1)
        if position < 0:
            return source[:_MOST_TEXT]
    return source[: min(position, _MOST_TEXT)]


def _metadata(soup: BeautifulSoup) -> dict[str, str]:
    """`<meta name content>` by name in lower case, the first that is not empty."""
    found: dict[str, str] = {}
    for tag in soup.find_all("meta", limit=200):
        name, content = (
            _attribute(tag, "name").lower(),
            " ".join(_attribute(tag, "content").split()),
        )
        if name and content:
            found.setdefault(name, content[:200])
    return found


def _crumbs(soup: BeautifulSoup, page: ListPage) -> Iterator[NamedColumn]:
    holder = _breadcrumb(soup)
    for link in holder.find_all("a", limit=_MOST_CRUMBS) if holder else ():
        url = page.resolve(_attribute(link, "href"))
        if (
            url is not None
            and _text(link)
            and origin_of(url) in page.origins
            and not is_article_address(url)
        ):
            yield NamedColumn(_text(link)[:_LONGEST_NAME], url)


def _breadcrumb(soup: BeautifulSoup) -> Tag | None:
    """The element around `当前位置：` and its links, else the one whose name says so."""
    for said in soup.find_all(string=_HERE, limit=5):
        around = said.parent if isinstance(said, NavigableString) else None
        for _ in range(4):
            if around is None or around.name in ("script", "style"):
                break
            links = len(around.find_all("a", limit=_MOST_CRUMBS + 1))
            if 0 < links <= _MOST_CRUMBS:  # more is the page's menu
                return around
            around = around.parent
    for tag in soup.find_all(("div", "p", "ul", "nav", "span", "td"), limit=3000):
        names = f"{_attribute(tag, 'class')} {_attribute(tag, 'id')}"
        links = len(tag.find_all("a", limit=_MOST_CRUMBS + 1)) if _CRUMB.search(names) else 0
        if 0 < links <= _MOST_CRUMBS:
            return tag
    return None


def _columns(soup: BeautifulSoup, page: ListPage) -> Iterator[NamedColumn]:
    """Linked columns named after submissions; not the page itself, nor what a column stands in."""
    here = "" if is_article_address(page.url) else column_folder(page.column.url)
    seen = {place_key(page.url), place_key(page.column.url)}
    for link in soup.find_all("a", limit=_MOST_LINKS):
        name = _text(link) or _attribute(link, "title")
        if not 2 <= len(name) <= _LONGEST_NAME or _TITLE.search(name):
            continue
        url = page.resolve(_attribute(link, "href"))
        if url is None or not _OF_SUBMISSIONS.search(name) or not _may_be_column(url, page, here):
            continue
        if place_key(url) not in seen:
            seen.add(place_key(url))
            yield NamedColumn(name, url)


def _may_be_column(url: str, page: ListPage, here: str) -> bool:
    if origin_of(url) not in page.origins or is_article_address(url) or is_file_address(url):
        return False
    folder = column_folder(url)
    # /zwgk/jytabl/ stands above /zwgk/jytabl/zxta/: it lists the same letters or none
    above = here.startswith(folder) and here != folder
    return folder != "/" and not above


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())[:200]


def _attribute(tag: Any, name: str) -> str:
    """An attribute as text; several classes parted by spaces."""
    value = tag.get(name) if isinstance(tag, Tag) else None
    return " ".join(value) if isinstance(value, list) else value or ""
