"""When a portal's profile is learnt: between its runs, from what the archive holds of its pages.

What reads pages is imported where one is read: most runs find nothing new to learn from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from storage.archive import LetterArchive
from storage.records import Capture, Portal, SiteProfile

_GROWN = 2  # times the pages a profile was learnt from: learnt again, as far as MOST_PAGES
_UNFIT = 2  # pages a profile does not fit: as many as a container is learnt from


def learn_profiles(archive: LetterArchive, portals: Iterable[Portal]) -> dict[str, SiteProfile]:
    """The portals' profiles for the run that begins, by name; new ones are saved.

    Costs a look at the archive for a portal without new captures, else the reading of up to
    `MOST_PAGES` pages, however many it holds. Raises ArchiveErrors.
    """
    learnt = {portal.name: _profile(archive, portal) for portal in portals}
    return {name: profile for name, profile in learnt.items() if profile and profile.containers}


def _profile(archive: LetterArchive, portal: Portal) -> SiteProfile | None:
    known = archive.profile(portal.name)
    if not archive.captures_since_learnt(portal.name, 1):
        return known
    return _learnt(archive, portal, known)


def _learnt(
    archive: LetterArchive, portal: Portal, known: SiteProfile | None
) -> SiteProfile | None:
    """The profile as the newest captures would have it, where they ask for another one."""
    from pipelines.page.article.learning import MOST_PAGES, learn_profile

    fresh = archive.captures_since_learnt(portal.name, MOST_PAGES)
    if known and not _is_outgrown(archive, portal, known, fresh):
        return known
    sample = archive.sample_captures(portal.name, MOST_PAGES)
    pages = [(capture.body, capture.url, capture.content_type) for capture in sample]
    profile = learn_profile(pages, known)
    if profile is None or not archive.save_profile(portal.name, profile):
        return known
    return profile


def _is_outgrown(
    archive: LetterArchive, portal: Portal, known: SiteProfile, fresh: Sequence[Capture]
) -> bool:
    """Whether a portal has many more pages than its profile knows, or new ones it does not fit."""
    from pipelines.page.article.learning import MOST_PAGES

    grown = known.pages < MOST_PAGES and (
        archive.count_readable(portal.name) >= known.pages * _GROWN
    )
    return grown or sum(not _fits(capture, portal, known) for capture in fresh) >= _UNFIT


def _fits(capture: Capture, portal: Portal, known: SiteProfile) -> bool:
    from pipelines.read import read_page

    reading = read_page(capture.body, capture.url, portal, capture.content_type, known)
    return reading.method not in (None, "general")
