"""Composes what a site's template renders: the home page, list pages, letters' pages."""

from __future__ import annotations

from crawler.demo.pages import ArticlePage, ColumnLink, Link, ListPage
from crawler.demo.placements import Column, Placement, relative, twin_of, way_home
from crawler.demo.site import DemoSite


def view_home(site: DemoSite) -> str:
    """The home page: a list of the six newest letters, and links to the columns."""
    page = ListPage(
        masthead=site.masthead,
        furniture=site.furniture,
        column="首页",
        home="./",
        items=tuple(_link(site, placement, "/") for placement in site.newest[:6]),
        number=1,
        count=1,
        columns=_columns(site, "/"),
    )
    return site.template.listing(page)


def view_list(site: DemoSite, column: Column, number: int) -> str:
    """One page of a column, counted from 1."""
    here = site.list_addresses(column)[number - 1]
    shown = site.listed(column)[(number - 1) * site.page_size : number * site.page_size]
    links: list[Link] = []
    for placement in shown:
        link = _link(site, placement, here)
        links.append(link)
        if placement.twin_listed:
            links.append(Link(twin_of(link.href), f"{link.text}（手机版）", link.day))
    page = ListPage(
        masthead=site.masthead,
        furniture=site.furniture,
        column=column.name,
        home=way_home(here),
        items=tuple(links),
        number=number,
        count=site.page_count(column),
        columns=_columns(site, here),
    )
    return site.template.listing(page)


def view_article(site: DemoSite, place: int, path: str) -> ArticlePage:
    """What the page of the letter at that place in `site.placements` shows, asked for at `path`."""
    placement = site.placements[place]
    column = next(column for column in site.columns if column.path == placement.column)
    previous, following = _neighbours(site, placement, path)
    return ArticlePage(
        masthead=site.masthead,
        furniture=site.furniture,
        column=column.name,
        column_href=relative(site.list_addresses(column)[0], path),
        home=way_home(path),
        path=path,
        letter=placement.letter,
        published=placement.published,
        markup=placement.markup,
        previous=previous,
        following=following,
        related=tuple(_link(site, other, path) for other in _recommended(site, place)),
    )


def _neighbours(site: DemoSite, placement: Placement, path: str) -> tuple[Link | None, Link | None]:
    """The letters above and below in the list; none for a letter that is not listed."""
    rank = site.ranks.get(site.address(placement))
    if rank is None:
        return None, None
    listed = next(site.listed(c) for c in site.columns if c.path == placement.column)
    above = _link(site, listed[rank - 1], path) if rank > 0 else None
    below = _link(site, listed[rank + 1], path) if rank + 1 < len(listed) else None
    return above, below


def _recommended(site: DemoSite, place: int) -> list[Placement]:
    """Five letters placed earlier: others after a rotation, the same when new ones come."""
    if place == 0:
        return []
    start = place - 1 - 2 * site.furniture.rotation
    places = {(start - 3 * step) % place for step in range(5)}
    return [site.placements[earlier] for earlier in sorted(places, reverse=True)]


def _columns(site: DemoSite, path: str) -> tuple[ColumnLink, ...]:
    return tuple(
        ColumnLink(relative(site.list_addresses(column)[0], path), column.name)
        for column in site.columns
    )


def _link(site: DemoSite, placement: Placement, from_path: str) -> Link:
    href = relative(site.address(placement), from_path)
    return Link(href, placement.letter.title, placement.published)
