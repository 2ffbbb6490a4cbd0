"""What a renderer is given: a letter or a list, and everything a site prints around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from html import escape

from crawler.demo.agencies import Agency
from crawler.demo.letters import DemoLetter
from crawler.demo.markup import Markup


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who runs a site, as its head and foot print it."""

    site: str  # 澜江市科学技术局网站
    agency: Agency
    domain: str
    site_code: str  # 网站标识码
    icp: str
    police: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """What changes on a page from day to day without any meaning."""

    today: date
    visits: int  # added to every page's counter
    rotation: int  # which other letters are recommended
    build: str  # of the style sheets and scripts
    banner: str | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a letter with the date printed beside it."""

    href: str
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class ColumnLink:
    """A link to a column."""

    href: str
    name: str


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One letter's page; `home` leads from it to the site's root."""

    masthead: Masthead
    furniture: Furniture
    column: str  # its name
    column_href: str
    home: str
    path: str
    letter: DemoLetter
    published: date
    markup: Markup
    previous: Link | None = None
    following: Link | None = None
    related: tuple[Link, ...] = ()

    @property
    def views(self) -> int:
        """What the page's counter shows."""
        return sum(map(ord, self.path)) % 700 + self.furniture.visits


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a column, counted from 1; `home` leads from it to the site's root."""

    masthead: Masthead
    furniture: Furniture
    column: str
    home: str
    items: tuple[Link, ...]
    number: int
    count: int
    columns: tuple[ColumnLink, ...] = ()  # the site's


@dataclass(frozen=True, slots=True)
class Template:
    """One make of site: how it names and writes its pages.

    `list_name` gives a list page's name beside the column's address, of its number and how many
    there are; `letter_name` a letter's, of its date and its running number.
    """

    article: Callable[[ArticlePage], str]
    listing: Callable[[ListPage], str]
    list_name: Callable[[int, int], str]
    letter_name: Callable[[date, int], str]
    twin: Callable[[ArticlePage], str] | None = None  # the page for telephones


def tag_meta(page: ArticlePage) -> str:
    """The `<meta>` names that 国办发〔2017〕47号 asks for, with the empty ones portals leave."""
    letter, masthead = page.letter, page.masthead
    named = {
        "SiteName": masthead.site,
        "SiteDomain": masthead.domain,
        "SiteIDCode": masthead.site_code,
        "ColumnName": page.column,
        "ColumnType": "政务公开",
        "ArticleTitle": letter.title,
        "PubDate": f"{page.published:%Y-%m-%d} 10:19",
        "ContentSource": letter.agency.short,
        "Keywords": "",
        "Author": "",
        "Description": "",
        "Url": page.path,
    }
    return "\n".join(
        f'<meta name="{name}" content="{escape(content)}">' for name, content in named.items()
    )


def print_weekday(day: date) -> str:
    """Print today's date as sites greet with it: 2026年3月2日 星期一."""
    return f"{day.year}年{day.month}月{day.day}日 星期{'一二三四五六日'[day.weekday()]}"
