"""Owns how well pages are told apart: letters with copies and traps, saved in any order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.look_alike_copies import CONGRESS, GOVERNMENT
from benchmarks.look_alike_traps import ELSEWHERE
from benchmarks.look_alikes import Told, tell_letters
from benchmarks.saving import Crawled, crawl_pages
from crawler.demo.agencies import ECONOMY, SCIENCE, Agency
from crawler.demo.answers import answer
from crawler.demo.baseline import ECONOMY_MASTHEAD, SCIENCE_MASTHEAD, place_letters, science_site
from crawler.demo.elsewhere import Make, site_elsewhere
from crawler.demo.markup import Markup
from crawler.demo.placements import twin_of
from crawler.demo.site import DemoSite
from storage.archive import LetterArchive
from storage.clock import fixed_clock
from storage.records import ListColumn, Portal

NOW = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """One address with the bytes it answers with, and the letter that truly stands there."""

    told: Told
    portal: Portal
    url: str
    body: bytes
    media_type: str


@dataclass(frozen=True)
class Identified:
    """What identity made of the pages, saved in one order."""

    shown: tuple[Shown, ...]
    letters: Mapping[str, int]  # by address

    @cached_property
    def truths(self) -> int:
        """How many letters there truly are."""
        return len({each.told.truth for each in self.shown})

    @cached_property
    def unread(self) -> list[Shown]:
        """Pages no letter was read from."""
        return [each for each in self.shown if each.url not in self.letters]

    @cached_property
    def merged(self) -> list[tuple[Shown, ...]]:
        """Pages taken for one letter that are not: one of each true letter."""
        by_letter: dict[int, dict[str, Shown]] = defaultdict(dict)
        for each in self._read:
            by_letter[self.letters[each.url]].setdefault(each.told.truth, each)
        return [tuple(truths.values()) for truths in by_letter.values() if len(truths) > 1]

    @cached_property
    def split(self) -> list[Shown]:
        """Pages that are not with most other pages of their letter."""
        by_truth: dict[str, list[Shown]] = defaultdict(list)
        for each in self._read:
            by_truth[each.told.truth].append(each)
        return [page for pages in by_truth.values() for page in self._astray(pages)]

    @property
    def _read(self) -> Iterator[Shown]:
        return (each for each in self.shown if each.url in self.letters)

    def _astray(self, pages: Sequence[Shown]) -> list[Shown]:
        most, _ = Counter(self.letters[each.url] for each in pages).most_common(1)[0]
        return [each for each in pages if self.letters[each.url] != most]


def show_letters(count: int, seed: int) -> tuple[Shown, ...]:
    """About `count` letters with copies and traps, as their sites print them."""
    told = tell_letters(count, seed)
    by_site: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        by_site[each.site].append(each)
    return tuple(page for name, each in by_site.items() for page in _pages(name, each))


def identify(shown: Sequence[Shown], order: int) -> Identified:
    """Saves the pages in one order, by the crawl's own path, and looks up what they became."""
    pages = list(shown)
    Random(order).shuffle(pages)  # noqa: S311 - must repeat
    crawled = [Crawled(each.portal, each.url, each.body, each.media_type) for each in pages]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fuhan.db"
        with LetterArchive.open(path, clock=fixed_clock(NOW)) as archive:
            crawl_pages(archive, crawled, NOW)
            letters = {url: letter.id for letter in archive.letters() for url in letter.urls}
    return Identified(tuple(shown), letters)


# --- the sites -------------------------------------------------------------------------------

_OFFICES: Mapping[str, Agency] = {
    "science": SCIENCE,
    "economy": ECONOMY,
    "government": GOVERNMENT,
    "congress": CONGRESS,
    "elsewhere": ELSEWHERE,
}
_MAKES: Mapping[str, Make] = {
    "economy": "hanweb",
    "government": "ucap",
    "congress": "vsb",
    "elsewhere": "generic",
}
_MARKUPS = tuple(Markup)


def _pages(name: str, told: Sequence[Told]) -> Iterator[Shown]:
    site = _site(name, told)
    portal = _portal(name, site)
    for number, each in enumerate(told):
        path = site.address(site.placements[number])
        host = f"http://{site.masthead.domain}"
        if each.way == "twin" and site.template.twin is not None:
            path = twin_of(path)
        elif each.way == "www":
            host = f"http://www.{site.masthead.domain}"
        given = answer(site, path)
        yield Shown(each, portal, host + path, given.body, given.header("Content-Type") or "")


def _site(name: str, told: Sequence[Told]) -> DemoSite:
    """The site with its letters in the order given, each saved with another markup."""
    letters = [each.letter for each in told]
    empty = science_site(()) if name == "science" else site_elsewhere(_MAKES[name], ())
    placements = tuple(
        replace(
            place_letters([letter], empty.columns, first_running=1_000_000 + number)[0],
            markup=_MARKUPS[number % len(_MARKUPS)],
        )
        for number, letter in enumerate(letters)
    )
    masthead = SCIENCE_MASTHEAD if name == "science" else ECONOMY_MASTHEAD
    agency = _OFFICES[name]
    masthead = replace(masthead, agency=agency, domain=f"{name}.example", site=f"{agency.name}网站")
    return replace(empty, masthead=masthead, placements=placements, name=name)


def _portal(name: str, site: DemoSite) -> Portal:
    column = ListColumn(f"http://{site.masthead.domain}{site.columns[0].path}")
    agency = _OFFICES[name]
    return Portal(
        name=name,
        agency=agency.name,
        aliases=(agency.short,),
        platform=site.platform,
        lists=(column,),
    )
