"""Owns the set of known sites: invented letters as all five platforms print them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from benchmarks.pages import BenchPage, letter_page
from crawler.demo.agencies import ECONOMY, REGION, SCIENCE
from crawler.demo.answers import answer
from crawler.demo.baseline import economy_site, science_site
from crawler.demo.elsewhere import MAKES, site_elsewhere
from crawler.demo.invent import invent_letters
from crawler.demo.site import DemoSite
from pipelines.page.article.learning import learn_profile
from storage.records import Portal


def known_pages(seed: int, per_site: int = 20) -> list[BenchPage]:
    """The pages of six sites, `per_site` letters each, read as pages of a known portal.

    Where the platform is `generic`, that takes the profile learnt from the site's own pages.
    """
    science = invent_letters(per_site, seed, SCIENCE)
    economy = invent_letters(per_site, seed, ECONOMY)
    sites = [science_site(science), economy_site(economy)]
    sites += [site_elsewhere(make, economy) for make in MAKES]
    return [page for site in sites for page in _learnt(list(_pages(site)))]


def _learnt(pages: list[BenchPage]) -> list[BenchPage]:
    if not pages or pages[0].portal is None or pages[0].portal.platform != "generic":
        return pages
    profile = learn_profile([(page.body, page.url, None) for page in pages])
    return [replace(page, profile=profile) for page in pages]


def _pages(site: DemoSite) -> Iterator[BenchPage]:
    agency = site.masthead.agency
    portal = Portal(
        name=site.name,
        agency=agency.name,
        aliases=(agency.short,),
        region=REGION,
        platform=site.platform,
    )
    for path, place in site.articles.items():
        yield letter_page(
            site.placements[place].letter,
            answer(site, path).body.decode(site.encoding),
            form=site.name,
            url=f"https://{site.masthead.domain}{path}",
            encoding=site.encoding,
            portal=portal,
        )
