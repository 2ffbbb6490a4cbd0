"""Owns where on a page the article stands.

Asked in this order: `[select]`, the platform's marks, the profile learnt from the site's other
pages, the weight of each element's text. Marks stay where they fit; the profile decides where
they find nothing, too little to be sure of, or far less than a container it knows. A container
it knows is the article however short its text; a page without one falls to the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipelines.page.article.containers import find_named, has_name
from pipelines.page.article.neighbourhood import lines_before, overflow, unlinked
from pipelines.page.article.tabs import answering_pane, answers
from pipelines.page.article.weights import (
    ENOUGH,
    heaviest,
    is_whole_letter,
    speaks,
    total_weight,
    weighs,
)
from pipelines.page.files.attachments import holds_files
from pipelines.page.markup.lines import Line
from pipelines.page.markup.selecting import MOST_SELECTED, select_all
from pipelines.page.markup.styles import hides
from pipelines.page.markup.text import read_lines
from pipelines.page.markup.tree import BLOCK_TAGS, Element
from pipelines.page.metadata.labels import LabelTable
from pipelines.platforms import generic, hanweb, trs, ucap, vsb
from pipelines.platforms.platform import PagePlatform, may_stand
from storage.records import Portal, SiteProfile

Method = Literal["select", "platform", "profile", "general"]

_PLATFORMS: dict[str, PagePlatform] = {
    module.PLATFORM.name: module.PLATFORM for module in (trs, hanweb, ucap, vsb, generic)
}
# A marked container lighter than this is compared with the heaviest element of the page …
_DOUBTFUL = 150.0
# … and gives way where that one is so much heavier.
_FAR_HEAVIER = 3.0


@dataclass(frozen=True, slots=True)
class Article:
    """The elements an article stands in (as a rule one), their lines, and how it was found."""

    elements: tuple[Element, ...]
    lines: tuple[Line, ...]
    method: Method
    warnings: tuple[str, ...] = ()
    above: tuple[str, ...] | None = None  # the lines above it, where they are known already


def find_article(
    root: Element,
    source: str,
    portal: Portal | None,
    table: LabelTable,
    profile: SiteProfile | None = None,
) -> Article | None:
    """The article of a page, or None where no element holds any.

    Without a portal the marks of every platform are tried. `source` is the page's markup.
    """
    css = portal.select.body if portal else None
    if css and (selected := _readable(select_all(root, css))):
        return _best_of(selected, "select", table)
    platform = _PLATFORMS.get(portal.platform if portal else "generic", generic.PLATFORM)
    marked = _marked_article(root, source, platform, table)
    names = profile.containers if profile else ()
    found = _answering(_decided(root, marked, names, table), table)
    if found and css:
        return replace(found, warnings=(f"select.body: nothing readable under {css}",))
    return found


def _decided(
    root: Element, marked: Article | None, names: tuple[str, ...], table: LabelTable
) -> Article | None:
    """The article by marks, by the containers a profile knows, or by weight."""
    fits = _knows(names, marked)
    known = known_article(root, names, table) if names and not fits else None
    if marked and (fits or weighs(marked.lines, _DOUBTFUL, table)):
        return _with_overflow(_far_heavier(marked, known, table), table)
    certain = known and (weighs(known.lines, -ENOUGH, table) or holds_files(known.elements))
    if known and known.elements and certain:
        return _with_overflow(_wider(marked, known), table)
    general = _heavier(marked, _general_article(root, table), table)
    if known and not (general and weighs(general.lines, _DOUBTFUL, table)):
        # a sentence beside an empty container is not its text
        return known if known.elements else None
    return general


def _answering(shown: Article | None, table: LabelTable) -> Article | None:
    """The article, or the reply in a pane that a click would show in its place."""
    if not shown or len(shown.elements) != 1 or answers(shown.lines):
        return shown
    if not (hidden := answering_pane(shown.elements[0], table)):
        return shown
    pane, lines = hidden
    above = lines_before(shown.elements[0]) if shown.above is None else shown.above
    return replace(shown, elements=(pane,), lines=tuple(lines), above=tuple(above))


def known_article(root: Element, names: tuple[str, ...], table: LabelTable) -> Article | None:
    """The article in the containers of these names, without elements where all are empty."""
    found = find_named(root, names)[:MOST_SELECTED]
    if readable := _readable(found):
        return _best_of(readable, "profile", table)
    return Article((), (), "profile") if found else None


def _knows(names: tuple[str, ...], marked: Article | None) -> bool:
    """Whether what the marks found is a container the profile knows."""
    return bool(names and marked and has_name(marked.elements[0], names))


def _far_heavier(marked: Article, known: Article | None, table: LabelTable) -> Article:
    """What the marks found, unless a known container clear of it is far heavier."""
    if known is None or not known.elements or _stands_in(known, marked):
        return marked
    ours, theirs = total_weight(marked.lines, table), total_weight(known.lines, table)
    return known if theirs > ours * _FAR_HEAVIER else marked


def _wider(marked: Article | None, known: Article) -> Article:
    """The known container, or the marked one around it."""
    return marked if marked and _stands_in(known, marked) else known


def _stands_in(inner: Article, outer: Article) -> bool:
    return any(each in outer.elements for each in _with_ancestors(inner.elements[0]))


def _with_overflow(article: Article, table: LabelTable) -> Article:
    """The article with the signature that stands behind its container, if it does."""
    behind = overflow(article.elements[-1], article.lines, table)
    return replace(article, lines=(*article.lines, *behind)) if behind else article


def _marked_article(
    root: Element, source: str, platform: PagePlatform, table: LabelTable
) -> Article | None:
    """The article under the first of a platform's selectors that finds a plausible one."""
    fallback: Article | None = None
    for css in (*platform.bodies, *platform.wrappers):
        if not may_stand(css, source):
            continue
        candidates = _readable(select_all(root, css))
        if not candidates:
            continue
        article = _best_of(candidates, "platform", table)
        if weighs(article.lines, ENOUGH, table):
            return article
        fallback = fallback or article
    return fallback


def _readable(elements: Iterable[Element]) -> dict[Element, list[Line]]:
    """The outermost of the elements that hold text or links, with their lines."""
    outermost: dict[Element, list[Line]] = {}
    for element in elements:  # in document order: what contains comes before what is contained
        if not outermost or outermost.keys().isdisjoint(element.iterancestors()):
            lines = read_lines(element)
            if lines or next(element.iterdescendants("a", "img"), None) is not None:
                outermost[element] = lines
    return outermost


def _best_of(candidates: dict[Element, list[Line]], method: Method, table: LabelTable) -> Article:
    """The heaviest of several containers, visible before hidden, the first before its copy.

    Containers side by side that all hold text are one article, printed in pieces; beside a
    whole letter, from salutation to date, stand a site's notes.
    """
    if len(candidates) == 1:
        ((element, lines),) = candidates.items()
        return Article((element,), tuple(lines), method)
    weights = {each: total_weight(lines, table) for each, lines in candidates.items()}
    visible = {each for each in candidates if not is_hidden(each)} or set(candidates)
    best = max((each for each in candidates if each in visible), key=weights.__getitem__)
    if is_whole_letter(candidates[best]):
        return Article((best,), tuple(candidates[best]), method)
    texts = {_joined(candidates[best])}
    chosen: list[Element] = []
    for each in candidates:
        if each is not best:
            text = _joined(candidates[each])
            if (
                each not in visible
                or each.getparent() is not best.getparent()
                or weights[each] < ENOUGH
                or text in texts
            ):
                continue
            texts.add(text)
        chosen.append(each)
    chosen_lines = tuple(line for each in chosen for line in candidates[each])
    return Article(tuple(chosen), chosen_lines, method)


def _joined(lines: list[Line]) -> str:
    return "".join(line.text for line in lines)


def _general_article(root: Element, table: LabelTable) -> Article | None:
    """The element whose text weighs most, if it weighs enough."""
    body = next(root.iter("body"), root)
    lines = read_lines(body)
    element, weight = heaviest(lines, table)
    if element is None or weight < ENOUGH:  # a page that a script uncovers when it has loaded
        lines = _uncovered(lines)
        element, weight = heaviest(lines, table)
    if element is None or weight < ENOUGH:
        return None
    inside = set(element.iter())
    within = [at for at, line in enumerate(lines) if line.element in inside]
    own = tuple(lines[at] for at in within)
    if element.tag not in BLOCK_TAGS:
        own = (*own, *_last_line(element, own, lines[within[-1] + 1 :]))
    if weight < _DOUBTFUL and not speaks(own):
        return None
    return Article((element,), own, "general", above=tuple(unlinked(lines[: within[0]], element)))


def _last_line(element: Element, own: tuple[Line, ...], behind: list[Line]) -> list[Line]:
    """The last line of an inline element, which ends only where a block begins behind it."""
    last = read_lines(element)
    whole = [line.text for line in last] == [line.text for line in (*own, *behind[:1])]
    return behind[:1] if whole and len(last) > len(own) else []


def _uncovered(lines: list[Line]) -> list[Line]:
    """The lines with what is hidden taken as shown."""
    return [
        replace(line, aside=None, weight=None) if line.aside == "hidden" else line for line in lines
    ]


def _heavier(marked: Article | None, general: Article | None, table: LabelTable) -> Article | None:
    """The marked container, unless what stands elsewhere on the page is far heavier."""
    if not marked or not general:
        return marked or general
    ours, theirs = total_weight(marked.lines, table), total_weight(general.lines, table)
    enough = _FAR_HEAVIER * _DOUBTFUL if holds_files(marked.elements) else ENOUGH
    return general if theirs > max(enough, ours * _FAR_HEAVIER) else marked


def is_hidden(element: Element) -> bool:
    """Whether an element or one around it is not shown."""
    return any(map(hides, _with_ancestors(element)))


def _with_ancestors(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()
