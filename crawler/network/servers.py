"""Which hosts stand on one server: their portals share a slot and the longest of their delays.

Offices of one city are often names of one machine; asked at two seconds each, thirty of them
would ask it fifteen times a second.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

Lookup = Callable[[str], Awaitable[frozenset[str]]]
"""The numeric addresses of a host; empty where they cannot be found."""

WAIT = 5.0
"""Seconds all look-ups together may take; a host not found by then keeps a slot of its own."""


async def look_up(host: str) -> frozenset[str]:
    """A host's addresses by the system's resolver; none where it knows none."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return frozenset()
    return frozenset(str(address[4][0]) for address in found)


async def shared_slots(
    hosts: Iterable[str], lookup: Lookup = look_up, wait: float = WAIT
) -> dict[str, str]:
    """The slot of each host: its own name, or the first host's that shares an address with it."""
    names = sorted(set(hosts))
    if len(names) < 2:
        return {name: name for name in names}
    tasks = [asyncio.ensure_future(lookup(name)) for name in names]
    done, late = await asyncio.wait(tasks, timeout=wait)
    for task in late:
        task.cancel()
    return _group(
        {
            name: task.result() if task in done else frozenset()
            for name, task in zip(names, tasks, strict=True)
        }
    )


def merge_slots(
    slots: Mapping[str, str], settings: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """`DOWNLOAD_SLOTS` by server: of the hosts on one, the longest delay and the least at once."""
    merged: dict[str, dict[str, Any]] = {}
    for host, slot in slots.items():
        own = settings.get(host, {})
        one = merged.setdefault(slot, dict(own))
        one["delay"] = max(one.get("delay", 0.0), own.get("delay", 0.0))
        one["concurrency"] = min(one.get("concurrency", 1), own.get("concurrency", 1))
    return merged


def _group(addresses: Mapping[str, frozenset[str]]) -> dict[str, str]:
    slots: dict[str, str] = {}
    holders: dict[str, str] = {}
    for host, numbers in addresses.items():
        slots[host] = next((holders[number] for number in numbers if number in holders), host)
        for number in numbers:
            holders.setdefault(number, slots[host])
    return slots
