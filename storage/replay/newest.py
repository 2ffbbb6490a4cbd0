"""What the copies a replay brought showed last: captures come in the order of time, and each but a
copy's first is about the one before it."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from storage.replay.timeline import Neighbours, Seen

_MOST = 50_000  # copies, some 500 bytes each


@dataclass(frozen=True, slots=True)
class _Last:
    """The newest instant of which anything is recorded of a copy, and what it then last showed."""

    at: str
    seen: Seen | None


class Newest:
    """Of copies that were made by this replay, under the archive's run lock, all is known: what
    comes after the newest of it falls between that and nothing. Of others nothing is remembered.

    Instants are as the archive writes them. Bounded: the copies that were made first are forgotten.
    """

    def __init__(self) -> None:
        self._copies: OrderedDict[str, int] = OrderedDict()
        self._last: dict[int, _Last] = {}

    def begin(self, copy_id: int, key: str, at: str) -> None:
        """A copy is made at the address of that key, for what comes at an instant."""
        self._copies[key] = copy_id
        self._last[copy_id] = _Last(at, None)
        if len(self._copies) > _MOST:
            _, forgotten = self._copies.popitem(last=False)
            self._last.pop(forgotten, None)

    def copy_at(self, key: str) -> int | None:
        """The copy that was made at an address; None where the archive has to be asked."""
        return self._copies.get(key)

    def around(self, copy_id: int, at: str) -> Neighbours | None:
        """What is known of a copy around a later instant than all that is recorded of it; None
        where the archive has to be asked."""
        last = self._last.get(copy_id)
        return Neighbours(last.seen, None) if last is not None and at > last.at else None

    def add(self, copy_id: int, at: str, seen: Seen | None) -> None:
        """Something was recorded of a copy: that it showed a version, or none of its own."""
        last = self._last.get(copy_id)
        if last is None:
            return
        if at < last.at:  # between what was known: what follows may have been told anew
            del self._last[copy_id]
        else:
            self._last[copy_id] = _Last(at, seen or last.seen)
