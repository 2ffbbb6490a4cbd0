"""Owns which tree an article is read from: the page's own, or markup the page keeps elsewhere."""

from __future__ import annotations

import html
from dataclasses import dataclass

from pipelines.page.article.article import Article, find_article
from pipelines.page.article.embedded import as_markup, embedded_sources, shows_markup
from pipelines.page.article.weights import ENOUGH, total_weight, weighs
from pipelines.page.markup.parsing import parse
from pipelines.page.markup.tree import Element
from pipelines.page.metadata.labels import LabelTable
from storage.records import Portal, SiteProfile

# An article that weighs less is compared with what the page's scripts keep …
_ENOUGH = 150.0
# … and gives way where that is so much heavier.
_FAR_HEAVIER = 3.0


@dataclass(frozen=True, slots=True)
class ArticleSource:
    """The tree an article was found in: the page's own, or that of markup a script keeps."""

    root: Element
    text: str
    article: Article | None
    embedded: bool = False

    @property
    def elements(self) -> tuple[Element, ...]:
        return self.article.elements if self.article else ()


def article_source(
    root: Element,
    text: str,
    portal: Portal | None,
    table: LabelTable,
    profile: SiteProfile | None,
) -> ArticleSource:
    """The article in the page's markup, or, where that holds little, in what scripts keep."""
    article = find_article(root, text, portal, table, profile)
    if article and weighs(article.lines, _ENOUGH, table) and not _is_escaped(article):
        return ArticleSource(root, text, article)
    best = ArticleSource(root, text, article)
    weight = total_weight(article.lines, table) if article else 0.0
    if article and _is_escaped(article):
        best = _embedded(html.unescape("".join(_texts(article))), table) or best
        weight = total_weight(best.article.lines, table) if best.article else weight
    for markup in embedded_sources(root):
        found = _embedded(as_markup(markup), table)
        if found and found.article:
            heavier = total_weight(found.article.lines, table)
            if heavier > max(ENOUGH, _FAR_HEAVIER * weight):
                best, weight = found, heavier
    return best


def _embedded(markup: str, table: LabelTable) -> ArticleSource | None:
    root = parse(markup)
    article = find_article(root, markup, None, table)
    return ArticleSource(root, markup, article, embedded=True) if article else None


def _texts(article: Article) -> list[str]:
    return [line.text for line in article.lines]


def _is_escaped(article: Article) -> bool:
    """Whether an article shows its markup as text: `<p>` was printed as `&lt;p&gt;`."""
    return any("</" in line.text for line in article.lines[:3]) and shows_markup(
        "".join(_texts(article))
    )
