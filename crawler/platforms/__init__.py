"""The crawler's half of each CMS: a small module a platform, chosen by the portal's `platform`."""

from __future__ import annotations

from crawler.lists.pages import ListPlatform
from crawler.platforms import generic, hanweb, trs, ucap, vsb
from storage.records import PlatformName

_PLATFORMS: dict[PlatformName, ListPlatform] = {
    "trs": trs.PLATFORM,
    "hanweb": hanweb.PLATFORM,
    "vsb": vsb.PLATFORM,
    "ucap": ucap.PLATFORM,
    "generic": generic.PLATFORM,
}


def platform_for(name: PlatformName) -> ListPlatform:
    """List items and paging of a platform."""
    return _PLATFORMS[name]
