"""Owns the day of publication in a page's linked data: `<script type="application/ld+json">`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from pipelines.fold import fold_key
from pipelines.page.days.stated_days import machine_day
from pipelines.page.markup.scripts import inline_scripts
from pipelines.page.markup.tree import Element

# Of the schema.org names and Baidu's (pubDate), the nearest to the meaning first.
_PUBLISHED = ("datePublished", "pubDate", "dateIssued", "uploadDate", "dateCreated")
_NAMES = ("headline", "name", "title")
# Where a thing tells of the page's own article; elsewhere (itemListElement, comment) of others.
_OWN = ("@graph", "mainEntity", "mainEntityOfPage")
# "@type": "NewsArticle" · "WebPage" · "DigitalDocument"; none with Baidu
_ARTICLE = re.compile(r"Article|Report|BlogPosting|Document|Legislation|CreativeWork")
_PAGE = re.compile(r"WebPage|ItemPage")
# //<![CDATA[ … //]]> · <!-- … --> · …};
_WRAPPING = re.compile(r"^\s*(?:(?://)?\s*<!\[CDATA\[|<!--)|(?:(?://)?\s*\]\]>|-->|;)\s*$")
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_MOST_THINGS = 200
_DEEPEST = 4
_LONGEST = 200_000  # characters

_Thing = Mapping[str, object]


def linked_day(root: Element, titles: Sequence[str]) -> str | None:
    """The day the page's own article was published by its linked data.

    The article is the thing whose name is one of the page's `titles`, else the only article,
    else the page. None where there are several that differ.
    """
    things = [each for each in _things(root) if _day(each)]
    keys = {fold_key(title) for title in titles}
    own = [each for each in things if _name(each) in keys and _name(each)]
    articles = [each for each in things if _is_a(each, _ARTICLE)]
    pages = [each for each in things if _is_a(each, _PAGE)]
    for found in (own, articles, pages):
        if days := {day for each in found if (day := _day(each))}:
            return days.pop() if len(days) == 1 else None
    return None


def _things(root: Element) -> Iterator[_Thing]:
    """The things all of a page's linked data tells of."""
    left = _MOST_THINGS
    for script, text in inline_scripts(root):
        if "ld+json" not in (script.get("type") or "") or len(text) > _LONGEST:
            continue
        for thing in _within(_loaded(text), _DEEPEST):
            if (left := left - 1) < 0:
                return
            yield thing


def _loaded(text: str) -> object:
    """The data of a script; None where it is cut off, or made to exhaust a reader."""
    for source in (text, _TRAILING_COMMA.sub(r"\1", _WRAPPING.sub("", text))):
        try:
            return json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _within(data: object, levels: int) -> Iterator[_Thing]:
    if isinstance(data, list):
        for each in data[:_MOST_THINGS]:
            yield from _within(each, levels - 1) if levels else ()
    elif isinstance(data, dict):
        yield data
        for name in _OWN if levels else ():
            if name in data:
                yield from _within(data[name], levels - 1)


def _day(thing: _Thing) -> str | None:
    values = (thing.get(name) for name in _PUBLISHED)
    days = (machine_day(each) for each in values if isinstance(each, str))
    return next(filter(None, days), None)


def _name(thing: _Thing) -> str:
    values = (thing.get(name) for name in _NAMES)
    return fold_key(next((each for each in values if isinstance(each, str)), ""))


def _is_a(thing: _Thing, kind: re.Pattern[str]) -> bool:
    """Whether a thing is of a kind; one that does not say what it is counts as an article."""
    said = thing.get("@type")
    if said is None:
        return kind is _ARTICLE
    return any(
        kind.search(each)
        for each in (said if isinstance(said, list) else [said])
        if isinstance(each, str)
    )
