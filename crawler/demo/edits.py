"""What an office does to its site from one day to the next: each edit a value, applied purely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from crawler.demo.baseline import column_for
from crawler.demo.forms import print_date
from crawler.demo.furniture import furnish
from crawler.demo.letters import DemoLetter, Line, map_text
from crawler.demo.markup import Markup
from crawler.demo.placements import Placement, Standing
from crawler.demo.refusals import Firewall
from crawler.demo.site import DemoSite

# What a careless editor folds: ，：（）；！ to ASCII
_FULL_WIDTH = str.maketrans("，：（）；！", ",:();!")


class Edit(Protocol):
    """One thing done to the site `site` (the name of its portal) on a day."""

    @property
    def site(self) -> str:
        """The name of the site's portal."""

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        """Give the site after the edit; raises ValueError where the edit finds nothing to do."""


@dataclass(frozen=True, slots=True)
class Refurnish:
    """The site's templates are published again: counters, dates, banners, recommendations."""

    site: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return replace(site, furniture=furnish(today))


@dataclass(frozen=True, slots=True)
class SaveAgain:
    """Letters are opened in other editors and saved unchanged: every second, third, fourth."""

    site: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        markups = tuple(Markup)
        placements = tuple(
            replace(placement, markup=markups[number % len(markups)], saved=today)
            for number, placement in enumerate(site.placements)
        )
        return replace(site, placements=placements)


@dataclass(frozen=True, slots=True)
class Reword:
    """Words in a letter's text become others."""

    site: str
    key: str
    before: str
    after: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return _edit_letter(
            site, self.key, today, lambda letter: reword(letter, self.before, self.after)
        )


@dataclass(frozen=True, slots=True)
class Redate:
    """The date under the signature, a line of its own, becomes another."""

    site: str
    key: str
    signed: date

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        last = Line(print_date(self.signed, "2025年5月16日"), "right")
        return _edit_letter(
            site,
            self.key,
            today,
            lambda letter: replace(letter, text=(*letter.text[:-1], last), date_signed=self.signed),
        )


@dataclass(frozen=True, slots=True)
class Recategorise:
    """The metadata table names another subject."""

    site: str
    key: str
    subject_category: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return _edit_letter(
            site,
            self.key,
            today,
            lambda letter: replace(letter, subject_category=self.subject_category),
        )


@dataclass(frozen=True, slots=True)
class FoldWidth:
    """Full-width punctuation in a letter's text becomes ASCII."""

    site: str
    key: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return _edit_letter(
            site,
            self.key,
            today,
            lambda letter: map_text(letter, lambda text: text.translate(_FULL_WIDTH)),
        )


@dataclass(frozen=True, slots=True)
class Publish:
    """A letter appears; a backdated one says it was published long ago."""

    site: str
    letter: DemoLetter
    published: date

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        placement = Placement(
            letter=self.letter,
            column=column_for(self.letter, site.columns).path,
            running=_next_running(site),
            published=self.published,
            uploaded=today,
            saved=today,
        )
        return replace(site, placements=(*site.placements, placement))


@dataclass(frozen=True, slots=True)
class Withdraw:
    """A letter's address stops answering with it, and the lists no longer show it."""

    site: str
    key: str
    standing: Standing = Standing.GONE

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return _edit_placement(
            site,
            self.key,
            today,
            lambda old: replace(old, standing=self.standing, listed=False),
        )


@dataclass(frozen=True, slots=True)
class Restore:
    """A letter's address answers with it again, and the lists show it."""

    site: str
    key: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return _edit_placement(
            site,
            self.key,
            today,
            lambda old: replace(old, standing=Standing.PRESENT, listed=True),
        )


@dataclass(frozen=True, slots=True)
class ReplaceFile:
    """A letter's first attached file is another one now, at the same address; the page stays."""

    site: str
    key: str
    text: str  # of the new one

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        def change(letter: DemoLetter) -> DemoLetter:
            if not letter.files:
                raise ValueError(f"{letter.key} has no file")
            first, *others = letter.files
            return replace(letter, files=(replace(first, text=self.text), *others))

        return _edit_letter(site, self.key, today, change)


@dataclass(frozen=True, slots=True)
class Stumble:
    """A letter's address answers wrongly for a while; the lists still show it."""

    site: str
    key: str
    standing: Standing

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return _edit_placement(
            site, self.key, today, lambda old: replace(old, standing=self.standing)
        )


@dataclass(frozen=True, slots=True)
class Delist:
    """The lists no longer show a letter; its address still answers."""

    site: str
    key: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return _edit_placement(site, self.key, today, lambda old: replace(old, listed=False))


@dataclass(frozen=True, slots=True)
class Move:
    """A letter is published anew at another address, with words changed, and the old one ends."""

    site: str
    key: str
    before: str
    after: str

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        old = _placement(site, self.key)
        letter = reword(old.letter, self.before, self.after)
        new = replace(old, letter=letter, running=_next_running(site), uploaded=today, saved=today)
        without = Withdraw(self.site, self.key, Standing.NOT_FOUND).apply(site, today)
        return replace(without, placements=(*without.placements, new))


@dataclass(frozen=True, slots=True)
class Shield:
    """A firewall stands before the site, or (None) no longer does."""

    site: str
    firewall: Firewall | None

    def apply(self, site: DemoSite, today: date) -> DemoSite:
        return replace(site, firewall=self.firewall)


def reword(letter: DemoLetter, before: str, after: str) -> DemoLetter:
    """Replace words in a letter's text; raises ValueError unless they stand there exactly once."""
    if letter.body.count(before) != 1:
        raise ValueError(f"{letter.key}: {before!r} stands {letter.body.count(before)} times")
    return map_text(letter, lambda text: text.replace(before, after))


def _placement(site: DemoSite, key: str) -> Placement:
    """The letter's newest placement; raises ValueError where it has none."""
    for placement in reversed(site.placements):
        if placement.letter.key == key:
            return placement
    raise ValueError(f"{site.name}: no letter {key}")


def _edit_placement(
    site: DemoSite, key: str, today: date, change: Callable[[Placement], Placement]
) -> DemoSite:
    old = _placement(site, key)
    new = change(old)
    if new == old:
        raise ValueError(f"{site.name}: {key} is that already")
    saved = replace(new, saved=today)
    return replace(site, placements=tuple(saved if p is old else p for p in site.placements))


def _edit_letter(
    site: DemoSite, key: str, today: date, change: Callable[[DemoLetter], DemoLetter]
) -> DemoSite:
    return _edit_placement(site, key, today, lambda old: replace(old, letter=change(old.letter)))


def _next_running(site: DemoSite) -> int:
    return max((placement.running for placement in site.placements), default=1000000) + 41
