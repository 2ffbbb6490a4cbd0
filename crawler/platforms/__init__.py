"""The crawler's half of each CMS: one small module a platform, chosen by the portal's `platform`.

A platform without a module of its own here is read as `generic`.
"""

from __future__ import annotations

from crawler.list_pages import ListPlatform
from crawler.platforms import generic, trs
from storage.records import PlatformName

_PLATFORMS: dict[PlatformName, ListPlatform] = {
    "trs": trs.PLATFORM,
    "generic": generic.PLATFORM,
}


def platform_for(name: PlatformName) -> ListPlatform:
    """List items and paging of a platform."""
    return _PLATFORMS.get(name, generic.PLATFORM)
