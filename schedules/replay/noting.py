"""When the notes of WARC files are taken: before, among and after the captures they are about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from storage.archive import LetterArchive
from storage.clock import system_clock
from storage.replay.noted import ToldElsewhere
from storage.replay.replaying import Replay
from storage.warc.notes import Decision, FileAnswer, ForgottenThere, Listing, Told, note_of
from storage.warc.spool import Spool
from storage.warc.spooled import Noted

_AT_ONCE = 500  # notes of one durable write

Form = TypeVar("Form", Decision, FileAnswer, ForgottenThere, Listing, Told)


@dataclass(frozen=True, slots=True)
class ForgottenHere:
    """What was forgotten elsewhere of the letter at an address, and is not here; `letter` is None
    where a crawl would bring it again."""

    letter: int | None
    url: str
    kinds: tuple[str, ...]


@dataclass(slots=True)
class Notes:
    """What the notes about a portal's pages came to: how many were taken and how many were not,
    and the letters of which something was forgotten elsewhere."""

    taken: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    forgotten: list[ForgottenHere] = field(default_factory=list)


class Noting:
    """Takes the spool's notes about the portals that are replayed."""

    def __init__(self, archive: LetterArchive, spool: Spool, replays: Mapping[str, Replay]) -> None:
        self.notes = {name: Notes() for name in replays}
        self._archive = archive
        self._spool = spool
        self._replays = replays
        self._decisions = self._of(Decision, "decision")
        self._ahead = next(self._decisions, None)

    def begin(self) -> None:
        """Before any capture: which copies there are, in the order they were found in."""

        def take(replay: Replay, noted: Noted, listing: Listing) -> bool:
            return replay.note_listing(noted.url, listing)

        self._take(Listing, "listing", take)

    def decide(self, until: datetime | None = None) -> None:
        """What hands decided before an instant, inside a part of a batch; without one, all."""
        while self._ahead is not None and (until is None or self._ahead[1].decided_at < until):
            noted, decision = self._ahead
            done = self._replays[noted.portal].decide(self._runs, decision)
            self._count(noted, "decision", done)
            self._ahead = next(self._decisions, None)

    def elsewhere(self) -> dict[str, ToldElsewhere]:
        """What completes the events of each portal."""
        found = {name: ToldElsewhere() for name in self._replays}
        for noted, told in self._of(Told, "event"):
            found[noted.portal].add(noted.url, told)
        return found

    def end(self) -> None:
        """After the last capture and before the runs are closed: what only lists tell, what files
        answered last, and what was forgotten."""

        def tell(replay: Replay, noted: Noted, told: Told) -> bool:
            return told.event != "delisted" or replay.tell_delisted(noted.url, told)

        def keep(replay: Replay, noted: Noted, listing: Listing) -> bool:
            return listing.delisted_at is None or replay.keep_delisted(noted.url, listing)

        def answer(replay: Replay, noted: Noted, file: FileAnswer) -> bool:
            return replay.note_file(noted.url, file)

        def forgotten(replay: Replay, noted: Noted, there: ForgottenThere) -> bool:
            found = replay.forgotten_here(noted.url, there.kinds)
            if found is not None:
                left = ForgottenHere(found[0], noted.url, found[1])
                self.notes[noted.portal].forgotten.append(left)
            return True

        self._take(Told, "event", tell)
        self._take(Listing, "listing", keep, count=False)
        self._take(FileAnswer, "file", answer)
        self._take(ForgottenThere, "forgotten", forgotten)

    @property
    def _runs(self) -> list[int]:
        return [replay.run_id for replay in self._replays.values()]

    def _take(
        self,
        form: type[Form],
        kind: str,
        take: Callable[[Replay, Noted, Form], bool],
        *,
        count: bool = True,
    ) -> None:
        for some in _several(self._of(form, kind)):
            with self._archive.replaying_some():
                for noted, note in some:
                    with self._archive.replaying_one():
                        done = take(self._replays[noted.portal], noted, note)
                    if count:
                        self._count(noted, kind, done)

    def _count(self, noted: Noted, kind: str, done: bool) -> None:
        self.notes[noted.portal].taken[kind] += done
        self.notes[noted.portal].refused += not done

    def _of(self, form: type[Form], kind: str) -> Iterator[tuple[Noted, Form]]:
        """The spool's notes of a kind; their form and instants were checked when they came."""
        for noted in self._spool.notes(kind):
            if noted.portal not in self._replays:
                continue  # no page of it is in the files
            note = note_of(noted.text, system_clock())
            if isinstance(note, form):
                yield noted, note


Item = TypeVar("Item")


def _several(found: Iterable[Item]) -> Iterator[list[Item]]:
    """At most so many at a time."""
    ahead = iter(found)
    while some := list(islice(ahead, _AT_ONCE)):
        yield some
