"""Owns the places on a sampled page where its article may stand: the heaviest of each name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipelines.page.article.containers import SHORTEST, name_of
from pipelines.page.article.sample import SamplePage, Weight, weigh_elements, without_numbers
from pipelines.page.markup.tree import Element

_MOST_NAMES = 200  # of one page, the heaviest
_LIGHTEST = 30.0  # a page on which nothing weighs this much teaches nothing
# An article's container, not one of its paragraphs or cells.
_HOLDERS = frozenset(
    ("div", "td", "section", "article", "main", "form", "dd", "center", "fieldset", "ucapcontent")
)


@dataclass(frozen=True, slots=True)
class Place:
    """The heaviest element of one name on one page."""

    element: Element
    worth: float
    depth: int


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPage:
    """A page of the sample with its weights, and the heaviest places by their names."""

    sample: SamplePage
    weights: Mapping[Element, Weight]
    places: Mapping[str, Place]
    heaviest: float  # the worth of the heaviest element

    def share(self, name: str) -> float:
        """What part of the heaviest element's worth a name's place has."""
        place = self.places.get(name)
        return place.worth / self.heaviest if place else 0.0


def place_articles(pages: Sequence[SamplePage]) -> list[PlacedPage]:
    """The pages with the places of their heaviest elements; without those that hold nothing."""
    counts = Counter(key for page in pages for key in set(page.keys))
    recurring = {key for key, count in counts.items() if count > 1}
    numberless = Counter(key for page in pages for key in {*map(without_numbers, page.keys)})
    alike = {key for key, count in numberless.items() if count > 1}
    weighed: list[PlacedPage] = []
    for page in pages:
        weights = weigh_elements(page, recurring, alike)
        heaviest = max((weight.worth for weight in weights.values()), default=0.0)
        if heaviest >= _LIGHTEST:
            weighed.append(PlacedPage(page, weights, _places(weights), heaviest))
    return weighed


def _places(weights: Mapping[Element, Weight]) -> dict[str, Place]:
    """The heaviest element of each name of two steps, exact and with its numbers left out."""
    places: dict[str, Place] = {}
    for element, weight in sorted(weights.items(), key=lambda entry: -entry[1].worth):
        if weight.worth <= 0 or len(places) >= _MOST_NAMES:
            break
        if _can_hold(element):
            depth = sum(1 for _ in element.iterancestors())
            place = Place(element, weight.worth, depth)
            for varying in (False, True):
                if name := name_of(element, SHORTEST, varying=varying):
                    places.setdefault(name, place)
    return places


def _can_hold(element: Element) -> bool:
    """Whether an element can be a container of articles: `<div>`, `<td>`, `<font id="zoom">`."""
    if element.get("id") is None:
        return element.tag in _HOLDERS
    return str(element.tag).isalnum() and element.tag not in ("body", "html", "tr", "table")
