"""Owns pairs of pages of one address: what stood there, what stands there a week later, and what
an editor did in between, if anything. Furniture moves on all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random

from crawler.demo.agencies import ECONOMY, SCIENCE
from crawler.demo.answers import answer
from crawler.demo.baseline import FIRST_DAY, economy_site, science_site
from crawler.demo.elsewhere import MAKES, site_elsewhere
from crawler.demo.furniture import furnish
from crawler.demo.invent import invent_letters
from crawler.demo.letters import DemoLetter, File, Line, map_text
from crawler.demo.markup import Markup
from crawler.demo.placements import Placement
from crawler.demo.portals import portal_of
from crawler.demo.site import DemoSite
from storage.records import Portal, Significance

LATER = FIRST_DAY + timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Edit:
    """What was done to a letter, and what must be told of it.

    `significance` is None where nothing was edited. `gone` and `come` are what the difference of
    the body marks, in order, where that is known to the character; `figure` what the figure was
    and became, with its unit.
    """

    significance: Significance | None
    field: str = "body"
    gone: str | None = None
    come: str | None = None
    figure: tuple[str, str] | None = None
    short: bool = False  # one character among hundreds


NOTHING = Edit(None)


@dataclass(frozen=True, slots=True)
class PagePair:
    """One address on two visits."""

    site: str
    form: str  # of the edit
    url: str
    portal: Portal
    media_type: str
    encoding: str
    before: bytes
    after: bytes
    edit: Edit


def page_pairs(per_site: int, seed: int) -> Iterator[PagePair]:
    """`per_site` pairs of each of six sites on all five platforms, the edits in turn."""
    science = invent_letters(per_site, seed, SCIENCE)
    economy = invent_letters(per_site, seed, ECONOMY)
    sites = [science_site(science), economy_site(economy)]
    sites += [site_elsewhere(make, economy) for make in MAKES]
    for site in sites:
        yield from _pairs(site, seed)


def _pairs(site: DemoSite, seed: int) -> Iterator[PagePair]:
    old, new, forms = [], [], []
    for number, placement in enumerate(site.placements):
        draw = Random(f"{seed}:{site.name}:{number}")  # noqa: S311 - must repeat
        form, before, after, edit = _edited(placement, number, draw)
        old.append(before)
        new.append(after)
        forms.append((form, edit))
    then = replace(site, placements=tuple(old))
    now = replace(site, placements=tuple(new), furniture=furnish(LATER))
    url = f"http://{site.masthead.domain}"
    for number, (form, edit) in enumerate(forms):
        path = then.address(old[number])
        first, second = answer(then, path), answer(now, path)
        yield PagePair(
            site=site.name,
            form=form,
            url=url + path,
            portal=portal_of(site, url),
            media_type=first.header("Content-Type") or "",
            encoding=site.encoding,
            before=first.body,
            after=second.body,
            edit=edit,
        )


def _edited(
    placement: Placement, number: int, draw: Random
) -> tuple[str, Placement, Placement, Edit]:
    """The first edit in turn that this letter has a place for; saved in another markup each third
    time."""
    names = list(_EDITS)
    markups = tuple(Markup)
    for step in range(len(names)):
        form = names[(number + step) % len(names)]
        made = _EDITS[form](placement, draw)
        if made is not None:
            before, after, edit = made
            again = form == "saved again" or number % 3 == 1
            markup = markups[1 + number % (len(markups) - 1)] if again else after.markup
            return form, before, replace(after, markup=markup, saved=LATER), edit
    raise ValueError(f"{placement.letter.key}: no edit fits")


_Made = tuple[Placement, Placement, Edit] | None
_Edit = Callable[[Placement, Random], _Made]


def _untouched(placement: Placement, draw: Random) -> _Made:
    return placement, placement, NOTHING


def _letter(placement: Placement, letter: DemoLetter, edit: Edit) -> _Made:
    return placement, replace(placement, letter=letter), edit


# --- words and figures -----------------------------------------------------------------------

# A word in running text that no field is read from: 建成, 推进, 企业
_WORD = re.compile(r"(?<=[一-鿿]{4})[建推企产研服](?=[一-鿿]{4})")


def _one_character(placement: Placement, draw: Random) -> _Made:
    found = _places(placement.letter, _WORD)
    if not found:
        return None
    line, match = draw.choice(found)
    edit = Edit(Significance.SUBSTANCE, gone=match[0], come="暨", short=True)
    return _letter(placement, _put(placement.letter, line, match, "暨"), edit)


def _figure_edit(pattern: re.Pattern[str], change: Callable[[str], str]) -> _Edit:
    def edited(placement: Placement, draw: Random) -> _Made:
        found = _places(placement.letter, pattern)
        if not found:
            return None
        line, match = draw.choice(found)
        figure = match[0], change(match[0])
        edit = Edit(Significance.SUBSTANCE, figure=figure)
        return _letter(placement, _put(placement.letter, line, match, figure[1]), edit)

    return edited


def _places(letter: DemoLetter, pattern: re.Pattern[str]) -> list[tuple[int, re.Match[str]]]:
    """Where the pattern stands in the letter's running text, salutation and sign-off left out."""
    return [
        (number, match)
        for number, block in enumerate(letter.text[2:-3], 2)
        if isinstance(block, Line) and block.place == "text"
        for match in pattern.finditer(block.text)
    ]


def _put(letter: DemoLetter, number: int, match: re.Match[str], text: str) -> DemoLetter:
    block = letter.text[number]
    assert isinstance(block, Line)  # noqa: S101 - `_places` gives lines alone
    line = replace(block, text=block.text[: match.start()] + text + block.text[match.end() :])
    return replace(letter, text=(*letter.text[:number], line, *letter.text[number + 1 :]))


# 2484家, 37名: a count with its unit
_COUNT = re.compile(r"(?<![\d.年月第])\d{2,4}(?:家|个|项|名|件|条|场次|户)")
# 35.6亿元, 1200万元
_AMOUNT = re.compile(r"(?<![\d.])\d+(?:\.\d+)?[亿万]元")
# 2025年9月
_MONTH = re.compile(r"(?<!\d)20\d\d年\d{1,2}月")
# 35.6%
_SHARE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?%")
_NUMBER = re.compile(r"\d+")


def _more(text: str) -> str:
    """The figure with another number."""
    return _NUMBER.sub(lambda number: str(int(number[0]) * 2 + 7), text, count=1)


def _later(text: str) -> str:
    year, month = text[:4], int(text[5:-1])
    return f"{year}年{month % 12 + 1}月"


# --- paragraphs, files, values around the letter ---------------------------------------------


def _paragraph(letter: DemoLetter, draw: Random) -> tuple[int, Line] | None:
    found = [
        (number, block)
        for number, block in enumerate(letter.text[2:-3], 2)
        if isinstance(block, Line) and block.place == "text" and len(block.text) > 30
    ]
    return draw.choice(found) if found else None


def _removed(placement: Placement, draw: Random) -> _Made:
    text = placement.letter.text
    if (found := _paragraph(placement.letter, draw)) is None:
        return None
    number, line = found
    letter = replace(placement.letter, text=text[:number] + text[number + 1 :])
    return _letter(placement, letter, Edit(Significance.SUBSTANCE, gone=line.text, come=""))


def _added(placement: Placement, draw: Random) -> _Made:
    words = "同时，我们将把办理情况纳入年度督查，逐项销号，并在门户网站公开结果，请社会各界监督。"
    text = placement.letter.text
    number = draw.randrange(2, len(text) - 2)
    letter = replace(placement.letter, text=(*text[:number], Line(words), *text[number:]))
    return _letter(placement, letter, Edit(Significance.SUBSTANCE, gone="", come=words))


def _moved(placement: Placement, draw: Random) -> _Made:
    text = placement.letter.text
    if (found := _paragraph(placement.letter, draw)) is None or len(text) < 8:
        return None
    number, line = found
    rest = text[:number] + text[number + 1 :]
    to = 2 if number > 3 else len(rest) - 3
    if (*rest[:to], line, *rest[to:]) == text:
        return None
    letter = replace(placement.letter, text=(*rest[:to], line, *rest[to:]))
    return _letter(placement, letter, Edit(Significance.SUBSTANCE))


def _swapped(placement: Placement, draw: Random) -> _Made:
    """The same words lead to another file."""
    first, second = (f"P0{draw.randint(10**17, 10**18 - 1)}.pdf" for _ in range(2))
    old = replace(placement.letter, files=(File("重点任务清单.pdf", first),))
    new = replace(old, files=(File("重点任务清单.pdf", second),))
    before = replace(placement, letter=old)
    edit = Edit(Significance.SUBSTANCE, field="attachments")
    return before, replace(before, letter=new), edit


def _republished(placement: Placement, draw: Random) -> _Made:
    after = replace(placement, published=placement.published + timedelta(days=3))
    return placement, after, Edit(Significance.METADATA, field="date_published")


def _reindexed(placement: Placement, draw: Random) -> _Made:
    number = placement.letter.index_number
    if number is None:
        return None
    letter = replace(
        placement.letter, index_number=f"{number[:-2]}{(int(number[-2:]) + 1) % 100:02d}"
    )
    return _letter(placement, letter, Edit(Significance.METADATA, field="index_number"))


_FOLDED = str.maketrans("，：；！", ",:;!")


def _typeset(placement: Placement, draw: Random) -> _Made:
    letter = map_text(placement.letter, lambda text: text.translate(_FOLDED))
    return _letter(placement, letter, Edit(Significance.TYPOGRAPHY))


def _retitled(placement: Placement, draw: Random) -> _Made:
    title = placement.letter.title
    new = title[:-1] + ("信" if not title.endswith("信") else "函")
    letter = replace(placement.letter, title=new)
    return _letter(placement, letter, Edit(Significance.SUBSTANCE, field="title"))


_EDITS: dict[str, _Edit] = {
    "furniture alone": _untouched,
    "one character": _one_character,
    "a figure": _figure_edit(_COUNT, _more),
    "an amount": _figure_edit(_AMOUNT, _more),
    "saved again": _untouched,
    "a date": _figure_edit(_MONTH, _later),
    "a percentage": _figure_edit(_SHARE, _more),
    "paragraph removed": _removed,
    "paragraph added": _added,
    "paragraph moved": _moved,
    "attachment swapped": _swapped,
    "date of publication": _republished,
    "index number": _reindexed,
    "typography": _typeset,
    "title": _retitled,
}
FORMS: Sequence[str] = tuple(_EDITS)
