"""Finds the letters a list page links to: by `select.list_item`, or by content.

By content: links that have an article's address, stand with a date, or are titled as a letter, are
grouped by where they stand in the page; the groups that are the column's own are taken. What makes
a link the column's own: an address under the column's folder or with the column's number, a
platform's known form of item, a title such as reply letters have.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from urllib.parse import urlsplit

import cssselect
from lxml import html

from crawler.answers.letter_marks import is_letter_title
from crawler.lists.dates import find_date
from crawler.lists.links import link_href, link_title, opened_links, texts_of
from crawler.lists.pages import Listing, ListPage, column_folder, is_section_address
from crawler.lists.titles import is_companion, is_no_title, may_title_letter
from crawler.network.address_forms import is_article_address, is_file_address
from crawler.network.addresses import origin_of
from storage.addresses import address_key
from storage.errors import PortalError
from storage.records import ListedLink

MOST_LINKS = 20_000
"""Links of one page that may be letters: a trap with a million costs no more than a long list."""

_DEEPEST = 60
_MOST_BESIDE = 12  # links in one row: the letter's, and what is related to it
_FURNITURE = re.compile(
    r"^(?:nav|navbar|navigation|menu|submenu|sub-?nav|breadcrumbs?|crumbs?|position|location|path"
    r"|dqwz|footer|foot|header|share|pagination|pager|pages?|paging|fenye|friend-?links?|popbox"
    r"|xgjd|related|hot|rank|recommend)$",
    re.IGNORECASE,
)
_ROWS = frozenset({"li", "tr", "dl"})
_HOLDERS = frozenset({"ul", "ol", "table", "tbody", "body", "html"})
# /col/col1229/index.html · /info/1023/4567.htm · art_1229_391.html
_COLUMN_NUMBER = re.compile(r"/col(\d{2,})(?:/|$)")


@dataclass(slots=True)
class _Link:
    element: html.HtmlElement
    url: str
    title: str
    listed: date | None
    article: bool
    own: bool  # the column's own, by address, form or title
    place: str = ""

    @property
    def weight(self) -> int:
        return 4 * self.own + 2 * (self.listed is not None) + self.article


def find_links(page: ListPage, forms: Sequence[str] = ()) -> Listing:
    """The links to letters on a list page, in order, each address once.

    `forms` are CSS selectors of a platform's known list items. Raises PortalError where the
    portal's `select.list_item` is no CSS.
    """
    if page.portal.select.list_item:
        return _selected_links(page, page.portal.select.list_item)
    links, offsite = _candidates(page, _form_links(page, forms))
    return Listing(_listed(page, _main_links(links)), offsite)


def _selected_links(page: ListPage, css: str) -> Listing:
    """The first link of every element the selector matches, whatever its address."""
    try:
        items = page.selector.css(css)
    except (cssselect.SelectorError, ValueError) as error:
        raise PortalError(f"select.list_item: {error}", portal=page.portal.name) from error
    return links_of(page, (item.root for item in items))


def links_of(page: ListPage, items: Iterable[html.HtmlElement]) -> Listing:
    """The first link of every item, whatever its address."""
    links, offsite = [], 0
    for item in islice(items, MOST_LINKS):
        found, url = _first_link(page, item)
        if found is None or url is None:
            continue
        if origin_of(url) not in page.origins:
            offsite += 1
            continue
        listed = find_date(tuple(texts_of(item)))
        links.append(_Link(found, url, link_title(found), listed, True, True))
    return Listing(_listed(page, links), offsite)


def _first_link(
    page: ListPage, item: html.HtmlElement
) -> tuple[html.HtmlElement | None, str | None]:
    for element in [item] if item.tag == "a" else islice(item.iter("a"), _MOST_BESIDE):
        if (url := page.resolve(link_href(element))) is not None:
            return element, url
    return None, None


def _candidates(page: ListPage, formed: set[html.HtmlElement]) -> tuple[list[_Link], int]:
    """Every link that might lead to a letter, and how many lead to articles elsewhere."""
    links, offsite = [], 0
    rows: set[html.HtmlElement] = set()
    for element, url in opened_links(page):
        if is_section_address(url, page.column.url):
            continue
        if origin_of(url) not in page.origins:
            offsite += is_article_address(url)
            continue
        title = link_title(element)
        if is_no_title(title) or _is_secondary(element, rows):
            continue
        link = _link(page, element, url, title, element in formed)
        if link.article or link.listed or is_letter_title(title):
            links.append(link)
            rows.update(islice(element.iterancestors("li"), 1))
            if len(links) >= MOST_LINKS:
                break
    links = _without_companions(links)
    return [link for link in links if not _in_furniture(link.element)] or links, offsite


def _without_companions(links: list[_Link]) -> list[_Link]:
    """Without the links a row has beside its letter's: its office, its file, 查看."""
    rows: dict[html.HtmlElement, list[_Link]] = defaultdict(list)
    for link in links:
        if (row := next(link.element.iterancestors(*_ROWS), None)) is not None:
            rows[row].append(link)
    dropped: set[int] = set()
    for beside in rows.values():
        if 1 < len(beside) <= _MOST_BESIDE:
            dropped.update(id(link) for link in _companions(beside))
    return [link for link in links if id(link) not in dropped]


def _companions(row: list[_Link]) -> list[_Link]:
    """Which links of a row are not its letter's; a row of layout may hold several letters."""
    named = [link for link in row if not is_companion(link.title)] or row
    own = [link for link in named if link.own]
    kept = own if len(own) == 1 else named
    return [link for link in row if link not in kept]


def _link(page: ListPage, element: html.HtmlElement, url: str, title: str, formed: bool) -> _Link:
    row = _row(element)
    own = formed or _is_under(url, page) or may_title_letter(title)
    listed = find_date(tuple(texts_of(row))) if row is not None else None
    return _Link(element, url, title, listed, is_article_address(url), own, _place(element))


def _main_links(links: list[_Link]) -> list[_Link]:
    """The links of the groups that are the column's own.

    Without any sign of the column's own, the weightiest group is taken where its addresses name
    no folder of another column.
    """
    groups: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        groups[link.place].append(link)
    own = [group for group in groups.values() if 2 * sum(link.own for link in group) >= len(group)]
    if own:
        best = max(sum(link.weight for link in group) for group in own)
        chosen = {id(group) for group in own if _is_worth(group, best)}
        return [link for link in links if id(groups[link.place]) in chosen]
    return max(
        (group for group in groups.values() if not any(_names_column(link.url) for link in group)),
        key=lambda group: sum(link.weight for link in group),
        default=[],
    )


def _is_worth(group: list[_Link], best: int) -> bool:
    """A group of the column's own counts beside the best one unless it is a stray link."""
    weight = sum(link.weight for link in group)
    return weight == best or (weight >= 5 and any(link.article for link in group))


def _listed(page: ListPage, links: Sequence[_Link]) -> tuple[ListedLink, ...]:
    first: dict[str, ListedLink] = {}
    for link in links:
        first.setdefault(
            address_key(link.url),
            ListedLink(link.url, link.title or None, link.listed, page.column.kind),
        )
    return tuple(first.values())


def _form_links(page: ListPage, forms: Sequence[str]) -> set[html.HtmlElement]:
    """The links inside a platform's known list items."""
    return {
        element
        for form in forms
        for item in islice(page.selector.css(form), MOST_LINKS)
        for element in ([item.root] if item.root.tag == "a" else islice(item.root.iter("a"), 1))
    }


def _is_under(url: str, page: ListPage) -> bool:
    """Whether an address lies in the column's folder or carries the column's number."""
    path = urlsplit(url).path
    folders = {column_folder(page.column.url), column_folder(page.url)} - {"/"}
    if any(path.startswith(folder) for folder in folders):
        return True
    number = _COLUMN_NUMBER.search(urlsplit(page.column.url).path)
    return bool(number and f"art_{number[1]}_" in path)


def _names_column(url: str) -> bool:
    """Whether the address tells its column: TRS and UCAP put articles into the column's folder."""
    return not is_file_address(url) and bool(re.search(r"/\d{6}/(?:t\d|[0-9a-f]{32})", url))


def _is_secondary(element: html.HtmlElement, rows: set[html.HtmlElement]) -> bool:
    """Whether a link stands in a list inside an item that has its own link: 相关解读."""
    items = list(islice(element.iterancestors("li"), _DEEPEST))
    return any(item in rows for item in items[1:])


def _in_furniture(element: html.HtmlElement) -> bool:
    for ancestor in islice(element.iterancestors(), _DEEPEST):
        if ancestor.tag in ("nav", "header", "footer"):
            return True
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}".split()
        if ancestor.tag not in _HOLDERS and any(_FURNITURE.match(name) for name in names):
            return True
    return False


def _row(element: html.HtmlElement) -> html.HtmlElement | None:
    """The element around a link that holds its date too: its row, else what holds no other link."""
    row = element
    for ancestor in islice(element.iterancestors(), _DEEPEST):
        if ancestor.tag in _HOLDERS:
            return row
        links = len(list(islice(ancestor.iter("a"), _MOST_BESIDE + 1)))
        if ancestor.tag in _ROWS and links <= _MOST_BESIDE:
            return ancestor
        if links > 1:
            return row
        row = ancestor
    return row


def _place(element: html.HtmlElement) -> str:
    """Where in the page a link stands: tags and classes of what is around its row."""
    row = _row(element)
    around = element if row is None else row
    steps = [
        f"{ancestor.tag}.{ancestor.get('class') or ''}"
        for ancestor in islice(around.iterancestors(), 4)
    ]
    return "/".join([str(around.tag), *steps])
