"""Which portal a page from elsewhere belongs to: by host, and where portals share one by place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.network.addresses import Origin, allowed_origins, origin_of
from storage.records import Portal

_MOST_HOSTS = 10_000


@dataclass(slots=True)
class Strangers:
    """Hosts of captures that are no portal's, with how many captures each has.

    Beyond `_MOST_HOSTS` of them only the captures are counted.
    """

    captures: int = 0
    hosts: Counter[str] = field(default_factory=Counter)

    def add(self, host: str) -> None:
        """One more capture of a host."""
        self.captures += 1
        if host in self.hosts or len(self.hosts) < _MOST_HOSTS:
            self.hosts[host] += 1


class PortalFinder:
    """Finds the portal an address belongs to.

    With `only`, every address is that portal's, whatever its host: sites move to other names.
    `known` gives the portals that have a copy at an address already.
    """

    def __init__(
        self,
        portals: Sequence[Portal],
        only: Portal | None,
        known: Callable[[str], Sequence[str]],
    ) -> None:
        self.strangers = Strangers()
        self._only = only
        self._known = known
        self._named = {portal.name: portal for portal in portals}
        self._of_origin: defaultdict[Origin, list[Portal]] = defaultdict(list)
        for portal in portals:
            for origin in allowed_origins(portal):
                self._of_origin[origin].append(portal)

    def portal_of(self, url: str, marked: str | None) -> Portal | None:
        """The portal of an address; `marked` is the one an export of ours names.

        None, and counted among the strangers, where there is none.
        """
        origin = origin_of(url)
        if origin is not None:
            if self._only is not None:
                return self._only
            if marked in self._named:
                return self._named[marked]
            if found := self._of_origin.get(origin):
                return found[0] if len(found) == 1 else self._nearest(url, found)
        self.strangers.add(origin[0] if origin else "")
        return None

    def _nearest(self, url: str, portals: Sequence[Portal]) -> Portal:
        """Of portals on one host the one that knows the address, else whose lists are nearest."""
        known = self._known(url)
        for portal in portals:
            if portal.name in known:
                return portal
        return max(portals, key=lambda portal: _shared(url, portal))


def _shared(url: str, portal: Portal) -> int:
    """How many folders an address has in common with the nearest list or page of a portal."""
    return max((_common(_folders(url), _folders(other)) for other in _addresses(portal)), default=0)


def _addresses(portal: Portal) -> list[str]:
    return [*(column.url for column in portal.lists), *portal.pages]


def _folders(url: str) -> list[str]:
    return urlsplit(url).path.split("/")[1:-1]


def _common(one: list[str], other: list[str]) -> int:
    same = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        same += 1
    return same
