"""Owns what a page of the benchmark is: its bytes, and everything a good reader gives of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from benchmarks.scores import Gold, furniture_of
from crawler.demo.letters import DemoLetter, Line, Table, body_of
from storage.records import Portal, SiteProfile

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class BenchPage:
    """A page with its gold. What a page does not have is None or empty, and is not counted.

    `form` names the kind of page in the tables; `links` are absolute addresses of attached
    files; `readable` is false for a page whose text is not there, which a reader has to refuse.
    """

    name: str
    form: str
    body: bytes
    encoding: str  # what the bytes really are
    url: str
    gold: Gold
    portal: Portal | None = None
    profile: SiteProfile | None = None  # learnt from the site's own pages, as a crawl does
    salutation: str | None = None
    signature: str | None = None
    date: str | None = None
    tables: tuple[Rows, ...] = ()
    links: tuple[str, ...] = ()
    readable: bool = True

    @cached_property
    def text(self) -> str:
        """The page decoded rightly: what peers are given, and fuhan is not."""
        return self.body.decode(self.encoding, "replace")

    @cached_property
    def furniture(self) -> tuple[str, ...]:
        """Every piece of the page's text, folded, that is not the article's."""
        return furniture_of(self.text, self.gold)


def letter_page(
    letter: DemoLetter, markup: str, form: str, url: str, *, encoding: str = "utf-8",
    portal: Portal | None = None, name: str | None = None,
) -> BenchPage:  # fmt: skip
    """The page that prints an invented letter as `markup`, with what the letter's parts are."""
    signature, day = _sign_off(letter)
    return BenchPage(
        name=name or f"{form}: {letter.key}",
        form=form,
        body=markup.encode(encoding),
        encoding=encoding,
        url=url,
        portal=portal,
        gold=Gold(
            body=body_of(letter.text),
            before=(letter.title, *(line.text for line in letter.head)),
            after=(*(line.text for line in letter.tail), *_file_lines(letter)),
        ),
        salutation=_salutation(letter),
        signature=signature,
        date=day,
        tables=tuple(block.rows for block in letter.text if isinstance(block, Table)),
        links=tuple(f"{url.rpartition('/')[0]}/{file.name}" for file in letter.files),
    )


def _file_lines(letter: DemoLetter) -> Sequence[str]:
    """`附件：` and the links' words; a template may print the first before every file."""
    return [piece for file in letter.files for piece in ("附件：", file.label)]


def _salutation(letter: DemoLetter) -> str | None:
    """The line that names the addressees, if the letter begins with one."""
    first = letter.text[0] if letter.text else None
    if not isinstance(first, Line) or not letter.addressees:
        return None
    return first.text if first.text.endswith(("：", ":")) else None


def _sign_off(letter: DemoLetter) -> tuple[str | None, str | None]:
    """The office and the date under a letter, as printed; both may stand on one line."""
    right = [line.text for line in letter.text if isinstance(line, Line) and line.place == "right"]
    if not right:
        return None, None
    if len(right) == 1:  # 澜江市科学技术局　2025年5月16日
        office, _, day = right[0].partition("　")
        return office, day or None
    return right[-2], right[-1]
