"""Which addresses may be asked for, by name and by number."""

from __future__ import annotations

from typing import Any, cast

import pytest
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.base import ReactorBase

from crawler.network.addresses import (
    GuardedResolver,
    allowed_origins,
    check_allowed,
    is_public,
    origin_of,
    private_hosts,
)
from storage.errors import ForbiddenAddress
from storage.records import ListColumn, Portal

HOST = "https://msj.qinglan.gov.cn/zwgk/jyta/"


def portal(*urls: str, private: bool = False) -> Portal:
    lists = tuple(ListColumn(url) for url in urls)
    return Portal("msj", "青岚市民生事务局", "trs", lists=lists, private_network=private)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.9.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1", "198.18.0.1", "192.0.2.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "no address"),
    ],
)
def test_f23_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://msj.qinglan.gov.cn/",
        "javascript:alert(1)",
        "https://msj.qinglan.gov.cn@evil.example.org/",
        "https://msj.qinglan.gov.cn:x/",
        "https://msj.qinglan.gov.cn\\@evil.example.org/",
        "https:\\\\msj.qinglan.gov.cn/",
        "https://msj.qinglan.gov.cn/\r\nHost: evil",
        "https://evil.example.org/",
        "https://msj.qinglan.gov.cn.evil.example.org/",
        "https://msj.qinglan.gov.cn:8443/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "//msj.qinglan.gov.cn/",
        "",
    ],
)
def test_f23_forbidden_addresses(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        check_allowed(url, allowed_origins(portal(HOST)))


@pytest.mark.parametrize(
    "url",
    [
        "https://msj.qinglan.gov.cn/x",
        "http://msj.qinglan.gov.cn/x",
        "https://MSJ.qinglan.gov.cn./x",
        "https://msj.qinglan.gov.cn:443/x",
    ],
)
def test_own_host_is_allowed_in_any_spelling(url: str) -> None:
    check_allowed(url, allowed_origins(portal(HOST)))


def test_port_belongs_to_the_host() -> None:
    origins = allowed_origins(portal("http://127.0.0.1:8080/jyta/"))
    check_allowed("http://127.0.0.1:8080/x", origins)
    with pytest.raises(ForbiddenAddress):
        check_allowed("http://127.0.0.1:9090/x", origins)
    with pytest.raises(ForbiddenAddress):
        check_allowed("http://127.0.0.1/x", origins)


def test_chinese_host_names_are_compared_in_a_form() -> None:
    assert origin_of("https://青岚.政务/x") == origin_of("https://xn--xit797k.xn--zfr164b/x")


def test_only_private_portals_hosts_are_private() -> None:
    inside, outside = portal("http://intra.qinglan/", private=True), portal(HOST)
    assert private_hosts([inside, outside]) == {"intra.qinglan"}


# --- resolving ---------------------------------------------------------------------------------


class FakeReactor:
    """A reactor whose names lead to given addresses."""

    def __init__(self, *addresses: Any) -> None:
        self.nameResolver = self
        self._addresses = addresses

    def resolveHostName(self, receiver: Any, name: str, *arguments: Any) -> None:  # noqa: N802
        receiver.resolutionBegan(None)
        for address in self._addresses:
            receiver.addressResolved(address)
        receiver.resolutionComplete()


class Receiver:
    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.complete = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.addresses.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.complete = True


def resolve(resolver: GuardedResolver, host: str) -> Receiver:
    receiver: Any = Receiver()
    resolver.resolveHostName(receiver, host)
    assert receiver.complete
    return cast(Receiver, receiver)


def guarded(*addresses: Any, private: frozenset[str] = frozenset()) -> GuardedResolver:
    return GuardedResolver(cast(ReactorBase, FakeReactor(*addresses)), private)


def test_f24_name_that_leads_inside_is_held_back_and_named() -> None:
    resolver = guarded(
        IPv4Address("TCP", "10.0.0.7", 80), IPv6Address("TCP", "::ffff:127.0.0.1", 80)
    )
    assert resolve(resolver, "rebound.qinglan.gov.cn").addresses == []
    assert resolver.refused == {"rebound.qinglan.gov.cn": "::ffff:127.0.0.1"}


def test_f24_of_two_addresses_only_the_public_one_is_connected_to() -> None:
    resolver = guarded(IPv4Address("TCP", "10.0.0.7", 80), IPv4Address("TCP", "8.8.8.8", 80))
    assert resolve(resolver, "mixed.qinglan.gov.cn").addresses == ["8.8.8.8"]


def test_private_portal_may_stand_inside() -> None:
    resolver = guarded(IPv4Address("TCP", "10.0.0.7", 80), private=frozenset({"intra.qinglan"}))
    assert resolve(resolver, "Intra.qinglan").addresses == ["10.0.0.7"]
    assert resolve(resolver, "other.qinglan").addresses == []
