"""Hosts on one server keep one pace."""

from __future__ import annotations

import asyncio

from crawler.network.servers import merge_slots, shared_slots

ADDRESSES = {
    "kj.qinglan.gov.cn": frozenset({"8.8.4.4"}),
    "ms.qinglan.gov.cn": frozenset({"8.8.8.8", "8.8.4.4"}),
    "jw.qinglan.gov.cn": frozenset({"9.9.9.9"}),
    "lost.qinglan.gov.cn": frozenset[str](),
    "gone.qinglan.gov.cn": frozenset[str](),
}


async def lookup(host: str) -> frozenset[str]:
    return ADDRESSES[host]


async def never(host: str) -> frozenset[str]:
    await asyncio.Event().wait()
    return frozenset()


def test_hosts_that_share_an_address_share_a_slot() -> None:
    slots = asyncio.run(shared_slots(ADDRESSES, lookup))
    assert slots["ms.qinglan.gov.cn"] == slots["kj.qinglan.gov.cn"] == "kj.qinglan.gov.cn"
    assert slots["jw.qinglan.gov.cn"] == "jw.qinglan.gov.cn"


def test_hosts_that_are_not_found_share_nothing() -> None:
    slots = asyncio.run(shared_slots(ADDRESSES, lookup))
    assert slots["lost.qinglan.gov.cn"] != slots["gone.qinglan.gov.cn"]


def test_lookup_that_hangs_is_not_waited_for() -> None:
    slots = asyncio.run(shared_slots(["a.qinglan", "b.qinglan"], never, wait=0.01))
    assert slots == {"a.qinglan": "a.qinglan", "b.qinglan": "b.qinglan"}


def test_server_is_asked_at_the_slowest_pace_of_its_hosts() -> None:
    settings = {
        "a.qinglan": {"concurrency": 8, "delay": 0.0, "jitter": 0.0},
        "b.qinglan": {"concurrency": 1, "delay": 3.0, "jitter": 0.0},
    }
    merged = merge_slots({"a.qinglan": "a.qinglan", "b.qinglan": "a.qinglan"}, settings)
    assert merged == {"a.qinglan": {"concurrency": 1, "delay": 3.0, "jitter": 0.0}}
