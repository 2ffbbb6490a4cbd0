"""Owns how a site's profile is learnt from its own pages: which containers hold what is theirs.

On every page an element is weighed by the text that stands on no other page - 4 x the text that
recurs on others - 2 x the text of links (`sample.py`). What weighs most on most pages, by its
name (`containers.py`), is a container of articles; pages it does not explain are asked for
another one, since a site has several templates. Recurrence only ever chooses the container:
sign-offs recur, too, and nothing inside is dropped for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set

from pipelines.page.article.article import known_article
from pipelines.page.article.containers import LONGEST, SHORTEST, find_named, name_of, numbered
from pipelines.page.article.neighbourhood import is_signed_date
from pipelines.page.article.places import Place, PlacedPage, place_articles
from pipelines.page.article.sample import SamplePage, read_sample
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.labels import label_table
from storage.records import SiteProfile

MOST_PAGES = 20
"""Pages of a sample; more teach no more."""

_MOST_CONTAINERS = 8
_ENOUGH_PAGES = 2  # that a container is learnt from
# A page whose heaviest element weighs more than this has no more than one vote.
_FULL = 400.0
# A container explains a page where it holds this part of what the heaviest element holds.
_EXPLAINS = 0.6
# Names that hold this part of what the best one holds are as good: the outermost of them counts.
_AS_GOOD = 0.998
# What a container must hold of another one to take its place, where that holds furniture, too.
_NEARLY_ALL = 0.8
# The same of a container that ends as letters do: what stands behind the date is none of it.
_SIGNED_PART = 0.4
_MOSTLY = 2 / 3  # of the pages, for that


def learn_profile(
    pages: Sequence[tuple[bytes, str, str | None]], known: SiteProfile | None = None
) -> SiteProfile | None:
    """What pages of one site teach, each its bytes, address and `Content-Type`; pure.

    None where fewer than two different pages can be read. Of `known` those containers are kept
    that stand on none of these pages: their template may stand on others. Bounded by
    `MOST_PAGES`, and linear in what they hold; never raises, whatever the bytes are.
    """
    read = (read_sample(body, content_type) for body, _, content_type in pages[:MOST_PAGES])
    sample = _different([page for page in read if page is not None])
    if len(sample) < _ENOUGH_PAGES:
        return None
    containers = list(_containers(place_articles(sample)))
    for name in known.containers if known else ():
        if not any(find_named(page.root, (name,)) for page in sample):
            containers.append(name)
    unique = tuple(dict.fromkeys(containers))[:_MOST_CONTAINERS]
    return SiteProfile(unique, len(sample))


# --- the pages -------------------------------------------------------------------------------


def _different(pages: Sequence[SamplePage]) -> list[SamplePage]:
    """The pages without those that print the same letter once more: mobile twins, mirrors.

    Two pages are one letter where most of the running text of either stands on both. What
    stands on more pages than a letter has copies is the site's.
    """
    texts = [page.sentences() for page in pages]
    counts = Counter(key for text in texts for key in text)
    common = {key for key, count in counts.items() if count > max(3, len(pages) // 4)}
    chosen: list[int] = []
    for at, text in enumerate(texts):
        own = text - common
        if not any(_mostly(own, texts[other] - common) for other in chosen):
            chosen.append(at)
    return [pages[at] for at in chosen]


def _mostly(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = sum(map(len, one & other))
    smaller = min(sum(map(len, one)), sum(map(len, other)))
    return shared * 2 > smaller > 0


# --- the containers --------------------------------------------------------------------------


def _containers(pages: Sequence[PlacedPage]) -> Iterator[str]:
    """Names of the containers that together explain the pages, the one of most pages first."""
    left = list(pages)
    for _ in range(_MOST_CONTAINERS):
        name = _best_name(left)
        explained = [page for page in left if name and page.share(name) >= _EXPLAINS]
        if name is None or len(explained) < _ENOUGH_PAGES:
            return
        name = _narrowed(name, explained)
        if found := _told_apart(name, explained):
            yield found
        left = [page for page in left if page not in explained]


def _best_name(pages: Sequence[PlacedPage], among: Set[str] | None = None) -> str | None:
    """The name whose places hold most, every page with its vote; the outermost of as good ones."""
    votes: defaultdict[str, float] = defaultdict(float)
    depths: defaultdict[str, list[int]] = defaultdict(list)
    for page in pages:
        for name, place in page.places.items():
            if among is None or name in among:
                votes[name] += page.share(name) * min(1.0, page.heaviest / _FULL)
                depths[name].append(place.depth)
    shared = [name for name in votes if len(depths[name]) >= _ENOUGH_PAGES]
    most = max((votes[name] for name in shared), default=0.0)
    as_good = [name for name in shared if votes[name] >= most * _AS_GOOD]
    return min(
        as_good,
        key=lambda name: (sum(depths[name]) / len(depths[name]), "*" in name, -votes[name], name),
        default=None,
    )


def _narrowed(name: str, pages: Sequence[PlacedPage]) -> str:
    """The container inside that holds the article, where this one holds more than that.

    One inside takes the place where what it lacks stands among links and recurring text (a box
    of comments, a list of other letters), or behind it where it ends as letters do. A piece of
    clean text before it is the article's own.
    """
    inner = {other for other in pages[0].places if _is_core(other, name, pages)}
    return _best_name(pages, inner) or name


def _is_core(inner: str, outer: str, pages: Sequence[PlacedPage]) -> bool:
    found = [page.places[inner] for page in pages if inner in page.places]
    shares = [
        place.worth / page.places[outer].worth for place, page in zip(found, pages, strict=False)
    ]
    if len(found) < len(pages) or min(shares) < _SIGNED_PART:
        return False
    signed = sum(map(_is_signed, found, pages)) >= len(pages) * _MOSTLY
    return (signed or min(shares) >= _NEARLY_ALL) and all(
        _stands_clear(place.element, page.places[outer].element, page, signed)
        for place, page in zip(found, pages, strict=True)
    )


def _stands_clear(inner: Element, outer: Element, page: PlacedPage, signed: bool) -> bool:
    """Whether an element stands in another one with no clean text of the article beside it."""
    within: Element | None = inner
    while within is not outer:
        if within is None or any(_is_clean(each, page) for each in _beside(within, signed)):
            return False
        within = within.getparent()
    return inner is not outer


def _beside(element: Element, signed: bool) -> Iterator[Element]:
    """The elements before and behind one; none behind where it ends as letters do."""
    yield from element.itersiblings(preceding=True)
    if not signed:
        yield from element.itersiblings()


def _is_clean(element: Element, page: PlacedPage) -> bool:
    weight = page.weights.get(element)
    return weight is not None and weight.worth > 0 and weight.against == 0


def _is_signed(place: Place, page: PlacedPage) -> bool:
    inside = set(place.element.iter())
    lines = [line.text for line in page.sample.lines if line.element in inside]
    return any(map(is_signed_date, lines[-3:]))


def _told_apart(name: str, pages: Sequence[PlacedPage]) -> str | None:
    """The shortest name of these places by which just they are found again on their pages."""
    elements = [page.places[name].element for page in pages]
    for steps in range(SHORTEST, LONGEST + 1):
        for varying in (False, True):
            names = [name_of(each, steps, varying=varying) for each in elements]
            common, count = Counter(names).most_common(1)[0]
            if common is None or count < max(_ENOUGH_PAGES, len(pages) * _NEARLY_ALL):
                continue
            named = [at for at, own in enumerate(names) if own == common]
            found = [(pages[at].sample.root, elements[at]) for at in named]
            certain = _positioned(common, found)
            if all(_finds(certain, root, element) for root, element in found):
                return certain
    return None


def _positioned(name: str, found: Sequence[tuple[Element, Element]]) -> str:
    """The name with the position of what is meant, where every page prints several alike."""
    positions = set()
    for root, element in found:
        same = find_named(root, (name,))
        positions.add((same.index(element) if element in same else -1, len(same)))
    position, count = positions.pop()
    return (
        numbered(name, position, count) if not positions and position >= 0 and count > 1 else name
    )


def _finds(name: str, root: Element, element: Element) -> bool:
    article = known_article(root, (name,), label_table())
    return article is not None and article.elements == (element,)
