"""Owns how a container is named by its place in a template: `div.main > div#text_*`.

A name has two to six steps from an ancestor down to the container. A step is a tag with its id,
else its classes, else its width, the one mark of old layout tables. Where such a mark
holds a number that differs from page to page (`#art_20841`), the number is named `*`. Where a
template prints several containers of one name, the name ends with the one that is meant:
`div.column > div.text (1 of 2)`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipelines.page.markup.tree import Element

SHORTEST, LONGEST = 2, 6  # steps of a name

# id="vsb_content_501" · class="art-5f3a9b2c-77" · class="col-md-8"
_VARYING = re.compile(r"(?=[0-9a-f]*\d)[0-9a-f]{8,}|\d+", re.I)
# TRS_Editor · vsb_content_2 · 正文; what holds `>`, blanks or template leftovers is no mark
_MARK = re.compile(r"[\w-]{1,60}")
_MOST_CLASSES = 6
# div · td · ucapcontent
_TAG = re.compile(r"[a-z][a-z0-9]*")
# div.column > div.text (1 of 2)
_POSITION = re.compile(r" \((?P<at>\d{1,3}) of (?P<count>\d{1,3})\)$")
# Parsers and editors add and drop these at will.
_TRANSPARENT = frozenset({"tbody", "thead", "tfoot"})

_Step = str
_Steps = tuple[_Step, ...]


def name_of(element: Element, steps: int, *, varying: bool = False) -> str | None:
    """An element's name of so many steps, numbers as `*` where `varying`; None so near the root."""
    chain = list(islice(_chain(element), steps))
    if len(chain) < steps:
        return None
    return " > ".join([_step(each, varying) for each in reversed(chain)])


def numbered(name: str, position: int, count: int) -> str:
    """The name of the one at a position, counted from 0, among several."""
    return f"{name} ({position + 1} of {count})"


def find_named(root: Element, names: tuple[str, ...]) -> list[Element]:
    """The outermost elements of each name, in the page's order; linear in the page.

    Where a name says which of several it means, and the page has as many, only that one.
    """
    plan = _plan(names)
    steps, varying = plan.by_step, plan.varying
    found = [
        (at, element)
        for at, element in enumerate(root.iter(*plan.tags) if plan.tags else ())
        if (_step(element, False) in steps or (varying and _step(element, True) in steps))
        and plan.names_of(element)
    ]
    if len(found) < 2:  # as a rule
        return [element for _, element in found]
    chosen: dict[Element, int] = {}
    for name in names:
        same = [entry for entry in found if name in plan.names_of(entry[1])]
        chosen |= {element: at for at, element in _meant(name, _outermost(same))}
    return sorted(chosen, key=chosen.__getitem__)


def has_name(element: Element, names: tuple[str, ...]) -> bool:
    """Whether an element has one of the names, whichever of several it is."""
    return bool(_plan(names).names_of(element))


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to look at for some names: the tags, and by each last step the steps above it."""

    tags: tuple[str, ...]
    by_step: Mapping[_Step, Sequence[tuple[str, _Steps]]]
    varying: bool

    def names_of(self, element: Element) -> list[str]:
        above = self.by_step.get(_step(element, False), ())
        if self.varying:
            above = (*above, *self.by_step.get(_step(element, True), ()))
        return [name for name, steps in above if _stands_below(element, steps)] if above else []


@lru_cache(maxsize=256)
def _plan(names: tuple[str, ...]) -> _Plan:
    by_step: defaultdict[_Step, list[tuple[str, _Steps]]] = defaultdict(list)
    for name in names:
        *steps, last = _POSITION.sub("", name).split(" > ")
        if _TAG.match(last):
            by_step[last].append((name, tuple(reversed(steps))))
    tags = dict.fromkeys(tag.group() for last in by_step if (tag := _TAG.match(last)))
    return _Plan(tuple(tags), dict(by_step), any("*" in name for name in names))


def _outermost(found: Sequence[tuple[int, Element]]) -> list[tuple[int, Element]]:
    """The elements that stand in none of the others; they come in the page's order."""
    known: set[Element] = set()
    outermost: list[tuple[int, Element]] = []
    for at, element in found:
        if not any(ancestor in known for ancestor in element.iterancestors()):
            known.add(element)
            outermost.append((at, element))
    return outermost


def _meant(name: str, found: list[tuple[int, Element]]) -> list[tuple[int, Element]]:
    position = _POSITION.search(name)
    if position and len(found) == int(position["count"]):
        return [found[int(position["at"]) - 1]]
    return found


def _stands_below(element: Element, steps: _Steps) -> bool:
    chain = islice(_chain(element), 1, None)
    return all(
        (each := next(chain, None)) is not None and _step(each, "*" in step) == step
        for step in steps
    )


def _chain(element: Element) -> Iterator[Element]:
    """The element and those above it, the page's root left out."""
    each: Element | None = element
    while each is not None and (tag := each.tag) != "html":
        if tag not in _TRANSPARENT:
            yield each
        each = each.getparent()


def _step(element: Element, varying: bool) -> _Step:
    get = element.get
    return _named(element.tag, get("id"), get("class"), get("width"), varying)


@lru_cache(maxsize=8192)
def _named(
    tag: str, identity: str | None, classes: str | None, width: str | None, varying: bool
) -> _Step:
    name = tag
    identity = (identity or "").strip()
    if _MARK.fullmatch(identity):
        name += f"#{identity}"
    if name == tag or identity[0].isdigit():  # an id says enough by itself, unless it counts
        marks = {mark for mark in (classes or "")[:400].split() if _MARK.fullmatch(mark)}
        name += "".join(f".{mark}" for mark in sorted(marks)[:_MOST_CLASSES])
    if name == tag and width and _MARK.fullmatch(width.strip("% ")):
        name += f"[{width.strip()}]"
    return tag + _VARYING.sub("*", name[len(tag) :]) if varying else name
