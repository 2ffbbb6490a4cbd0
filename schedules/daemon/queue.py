"""What waits for its child: portals to be crawled, and upkeep; one child at a time."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["crawl", "upkeep"]


@dataclass(frozen=True, slots=True)
class Work:
    """What one child is to do: crawl the portals named, or the upkeep that is due."""

    kind: Kind
    names: tuple[str, ...] = ()


class WorkQueue:
    """Portals and upkeep waiting; the next child takes all portals that wait, or the upkeep."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[tuple[Kind, str], None] = {}  # in the order they came
        self._running: frozenset[tuple[Kind, str]] = frozenset()
        self._closed = False

    def add(self, work: Work) -> list[str]:
        """Adds work; gives the names that were skipped, being at work or waiting already.

        Upkeep has the one name "upkeep".
        """
        keys = [(work.kind, name) for name in work.names or ("upkeep",)]
        with self._changed:
            skipped = [key for key in keys if key in self._waiting or key in self._running]
            self._waiting.update(dict.fromkeys(key for key in keys if key not in skipped))
            self._changed.notify_all()
            return [name for _, name in skipped]

    def keep_only(self, portals: Collection[str]) -> None:
        """Forgets waiting portals that are no longer among these."""
        with self._changed:
            gone = [key for key in self._waiting if key[0] == "crawl" and key[1] not in portals]
            for key in gone:
                del self._waiting[key]

    def take(self) -> Work | None:
        """Waits for work and takes all of the kind that came first; None when the queue closed."""
        with self._changed:
            self._running = frozenset()
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return None
            kind = next(iter(self._waiting))[0]
            keys = [key for key in self._waiting if key[0] == kind]
            for key in keys:
                del self._waiting[key]
            self._running = frozenset(keys)
            return Work(kind, _names(kind, keys))

    def close(self) -> None:
        """Lets whoever waits go; what is waiting is due again at the next start."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def _names(kind: Kind, keys: Sequence[tuple[Kind, str]]) -> tuple[str, ...]:
    return tuple(name for _, name in keys) if kind == "crawl" else ()
