"""Owns the readers that are compared: fuhan, and each peer in its best fair settings.

What is timed is the call that reads a page; taking text and links out of what it gives is not.
Peers are given the page as rightly decoded text, fuhan the bytes, so that its time includes the
decoding and every field of the letter. They are imported only when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from lxml import etree, html

from benchmarks.pages import BenchPage
from pipelines.read import read_page


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader gave of a page: the article's text, and the addresses it kept."""

    text: str
    links: tuple[str, ...] = ()


NOTHING = Given("")
OURS = "fuhan"
PARSING = "lxml parse alone"


@dataclass(frozen=True, slots=True)
class Reader:
    """A way to read pages: `read` is timed, `render` says what was given and is not."""

    name: str
    read: Callable[[BenchPage], Any]
    render: Callable[[Any], Given]
    settings: str = ""
    licence: str = ""


def fuhan_reader() -> Reader:
    """The whole of fuhan's reading: bytes to letter, its `body` and attachments given."""

    def read(page: BenchPage) -> object:
        return read_page(page.body, page.url, page.portal, profile=page.profile)

    def render(reading: Any) -> Given:
        letter = reading.letter
        return Given(letter.body, tuple(file.url for file in letter.attachments))

    return Reader(OURS, read, render)


def parse_alone() -> Reader:
    """A bare lxml parse that reads nothing: the yardstick of the machine."""
    parser = html.HTMLParser(huge_tree=True)

    def read(page: BenchPage) -> object:
        return html.document_fromstring(page.text, parser=parser)

    return Reader(PARSING, read, lambda tree: NOTHING)


def peers() -> list[Reader]:
    """The peers that are installed here, in the order of the tables."""
    makers = {
        "readability-lxml": _readability,
        "trafilatura": _trafilatura,
        "resiliparse": _resiliparse,
        "jusText": _justext,
    }
    return [make() for name, make in makers.items() if _installed(name)]


def _installed(distribution: str) -> bool:
    try:
        return bool(version(distribution))
    except PackageNotFoundError:
        return False


def _named(distribution: str) -> str:
    return f"{distribution} {version(distribution)}"


def _trafilatura() -> Reader:
    library = import_module("trafilatura")

    def read(page: BenchPage) -> Any:
        # Told the page's address, it makes ./P1.pdf an address at the site's root.
        return library.bare_extraction(
            page.text,
            favor_precision=True,
            include_tables=True,
            include_links=True,
            include_comments=False,
        )

    def render(document: Any) -> Given:
        if document is None or document.body is None:
            return NOTHING
        return _element_given(document.body, "ref", "target")

    settings = "favor_precision, include_tables, include_links, include_comments=False"
    return Reader(_named("trafilatura"), read, render, settings, "Apache-2.0")


def _readability() -> Reader:
    library = import_module("readability")

    def read(page: BenchPage) -> Any:
        return library.Document(page.text).summary(html_partial=True)

    settings = "summary(html_partial=True)"
    return Reader(_named("readability-lxml"), read, _markup_given, settings, "Apache-2.0")


def _resiliparse() -> Reader:
    library = import_module("resiliparse.extract.html2text")

    def read(page: BenchPage) -> Any:
        return library.extract_plain_text(
            page.text,
            preserve_formatting="minimal_html",
            main_content=True,
            links=True,
            list_bullets=False,
            alt_texts=False,
        )

    settings = "main_content, minimal_html, links, no bullets, no alt texts"
    return Reader(_named("resiliparse"), read, _markup_given, settings, "Apache-2.0")


def _justext() -> Reader:
    library = import_module("justext")

    def read(page: BenchPage) -> Any:
        # It has no Chinese stop list, and counts words between blanks, which Chinese has not.
        return library.justext(
            page.text, frozenset(), length_low=10, length_high=40, stopwords_low=0, stopwords_high=0
        )

    def render(paragraphs: Iterable[Any]) -> Given:
        return Given("\n".join(each.text for each in paragraphs if not each.is_boilerplate))

    settings = "empty stop list, stopwords 0, length 10/40; gives no addresses"
    return Reader(_named("jusText"), read, render, settings, "BSD-2-Clause")


def _markup_given(markup: str) -> Given:
    """Text and links of HTML; no links and no text of what lxml finds empty."""
    try:
        root = html.fragment_fromstring(markup, create_parent="div", parser=_DEEP)
    except (etree.ParserError, ValueError):
        return NOTHING
    return _element_given(root, "a", "href")


_DEEP = html.HTMLParser(huge_tree=True)


def _element_given(element: Any, link: str, address: str) -> Given:
    links = (each.get(address) for each in element.iter(link))
    return Given("\n".join(map(str, element.itertext())), tuple(each for each in links if each))
