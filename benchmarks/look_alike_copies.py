"""Owns how one letter looks at its other addresses: republished, cut, retitled, quietly edited."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from crawler.demo.agencies import Agency
from crawler.demo.codes import organisation_code
from crawler.demo.letters import Block, DemoLetter, Line

GOVERNMENT = Agency(
    key="government",
    name="澜江市人民政府办公室",
    short="市政府办公室",
    head="主任",
    document_word="澜府办函",
    organisation=organisation_code("00990011"),
    pronoun="我办",
)
CONGRESS = replace(GOVERNMENT, key="congress", name="澜江市人大常委会办公室", short="市人大办")


def _republished(base: DemoLetter, draw: Random) -> DemoLetter:
    """The government's portal prints itself as the office and numbers the page anew."""
    serial = draw.randint(10000, 99999)
    published = base.date_published + timedelta(days=draw.randint(0, 40))
    return replace(
        base,
        agency=GOVERNMENT,
        index_number=f"{GOVERNMENT.credit_code}/{published.year}-{serial}",
        document_number=base.document_number,
        date_published=published,
        date_written=published,
    )


def _without_salutation(base: DemoLetter, draw: Random) -> DemoLetter:
    """The congress's copy: neither the deputy's name, nor what stands above and below."""
    text = base.text[1:] if base.addressees else base.text
    return replace(
        base, text=text, addressees=(), head=(), tail=(), index_number=None, document_number=None
    )


def _retitled(base: DemoLetter, draw: Random) -> DemoLetter:
    """The congress's copy under a title of its own, which names the submission by title alone.

    The number still stands in the text: a page without it could as well be another's.
    """
    copy = _without_salutation(base, draw)
    matter = base.submission
    if matter is None or matter.title is None or f"第{matter.number}号" not in base.body:
        return copy
    return replace(copy, title=f"对《{matter.title}》的答复")


def _edited_figure(base: DemoLetter, draw: Random) -> DemoLetter:
    """One figure of the text is another."""
    places = [n for n, block in enumerate(base.text[2:-2], 2) if _has_digit(block)]
    if not places:
        return base
    return _with_line(base, draw.choice(places), _other_digit)


def _has_digit(block: Block) -> bool:
    return isinstance(block, Line) and any(c in "12345678" for c in block.text[4:])


def _other_digit(text: str) -> str:
    place = next(n for n in range(4, len(text)) if text[n] in "12345678")
    return f"{text[:place]}{int(text[place]) + 1}{text[place + 1 :]}"


def _edited_sentence(base: DemoLetter, draw: Random) -> DemoLetter:
    """A sentence is put in behind a paragraph of the text."""
    place = draw.randrange(2, max(3, len(base.text) - 2))
    return _with_line(base, place, lambda text: f"{text}有关情况将及时向社会公开。")


def _same(base: DemoLetter, draw: Random) -> DemoLetter:
    return base


def _with_line(base: DemoLetter, place: int, change: Callable[[str], str]) -> DemoLetter:
    block = base.text[place]
    if not isinstance(block, Line):
        return base
    text = (*base.text[:place], replace(block, text=change(block.text)), *base.text[place + 1 :])
    return replace(base, text=text)


_Shown = Callable[[DemoLetter, Random], DemoLetter]
COPIES: dict[str, tuple[str | None, _Shown]] = {
    "republished, other agency": ("government", _republished),
    "congress, no salutation": ("congress", _without_salutation),
    "congress, other title": ("congress", _retitled),
    "saved again elsewhere": (None, _same),
    "quiet edit of a figure": (None, _edited_figure),
    "quiet sentence": (None, _edited_sentence),
}
"""On whose site each stands, None for the letter's own, and what makes it of the letter."""

WAYS = {"mobile twin": "twin", "www variant": "www"}
"""Other ways to the page itself."""
