"""Which addresses a portal may ask for, checked by name at each request and by number at connect.

A portal asks only its own hosts (those of `lists` and `pages`). Names are resolved by
`GuardedResolver`, which hands private addresses to nobody but portals that say
`private_network`; the connection is made to the very address that was checked, so that a name
which answers differently the second time (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import SplitResult, urlsplit

from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer  # type: ignore[import-untyped]

from storage.errors import ForbiddenAddress
from storage.records import Portal

if TYPE_CHECKING:
    from twisted.internet.base import ReactorBase

Origin = tuple[str, int]
"""A host, lower-case in A-form, and its port."""

_PORTS = {"http": 80, "https": 443}
# http:\\gov.cn\a.html, "http://gov.cn/a b.html"
_UNPLAIN = re.compile(r"[\x00-\x20\x7f\\]")
# 64:ff9b::/96 carries an IPv4 address to a NAT64 gateway (RFC 6052)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@lru_cache(maxsize=1024)  # a page's is asked for when its request is made, and at each hop
def origin_of(url: str) -> Origin | None:
    """Host and port an address leads to; None where it is no plain http(s) address.

    Refused are other schemes, a user before the host (`http://gov.cn@evil/`), backslashes and
    control characters: browsers and libraries disagree about what host they name.
    """
    if _UNPLAIN.search(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        return None
    return _ascii_host(parts), port or _PORTS[parts.scheme]


def place_of(url: str) -> str:
    """What one robots.txt is about: `https://kjj.cq.gov.cn` (RFC 9309, 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def allowed_origins(portal: Portal) -> frozenset[Origin]:
    """The hosts and ports of a portal's lists and pages; http and https go together."""
    urls = [column.url for column in portal.lists] + list(portal.pages)
    origins = {origin for url in urls if (origin := origin_of(url))}
    standard = {host for host, port in origins if port in _PORTS.values()}
    return frozenset(origins | {(host, port) for host in standard for port in _PORTS.values()})


def check_allowed(url: str, origins: frozenset[Origin]) -> None:
    """Raises ForbiddenAddress unless the address is plain http(s) on one of `origins`."""
    origin = origin_of(url)
    if origin is None:
        raise ForbiddenAddress(f"no plain http or https address: {url[:200]}", url=url)
    if origin not in origins:
        raise ForbiddenAddress(f"{origin[0]}:{origin[1]} is no host of this portal", url=url)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet.

    Loopback, private, link-local, CGNAT (100.64/10), reserved and multicast addresses are not
    (IANA special-purpose registries), nor their IPv4-mapped, 6to4 and NAT64 forms.
    """
    try:
        number = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(number, ipaddress.IPv6Address):
        inner = number.ipv4_mapped or number.sixtofour
        if inner is None and number in _NAT64:
            inner = ipaddress.IPv4Address(number.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
        if number.is_site_local:
            return False
    return number.is_global and not number.is_multicast


def private_hosts(portals: Iterable[Portal]) -> frozenset[str]:
    """The hosts that may stand on loopback or private addresses."""
    return frozenset(
        host for portal in portals if portal.private_network for host, _ in allowed_origins(portal)
    )


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


@implementer(IResolutionReceiver)
class _Filter:
    """Hands on the addresses that may be connected to, and notes the others."""

    def __init__(self, receiver: Any, host: str, refused: dict[str, str]) -> None:
        self._receiver = receiver
        self._host = host
        self._refused = refused

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._refused.pop(self._host, None)
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        number = str(getattr(address, "host", ""))
        if is_public(number):
            self._receiver.addressResolved(address)
        else:
            self._refused[self._host] = number

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Twisted's own resolver, without the addresses that are not public (`TWISTED_DNS_RESOLVER`).

    Literal addresses pass here as well as names. `refused` says for which hosts an address was
    held back, and which.
    """

    def __init__(self, reactor: ReactorBase, private: frozenset[str]) -> None:
        self._reactor = reactor
        self._resolver: Any = reactor.nameResolver
        self._private = private
        self.refused: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: ReactorBase) -> GuardedResolver:
        return cls(reactor, private_hosts(crawler.settings["FUHAN_SESSION"].portals))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(cast(IHostnameResolver, self))

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        receiver: Any = resolutionReceiver
        if hostName.lower().rstrip(".") not in self._private:
            receiver = _Filter(resolutionReceiver, hostName.lower(), self.refused)
        return self._resolver.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )
