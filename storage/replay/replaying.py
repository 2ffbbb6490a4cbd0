"""Captures from elsewhere, put where their dates belong: they become history and make no news.

What a crawl recorded stays as it is: ids, version numbers, events, states, what is due. A replay
adds versions in their places, sightings of versions that were known, and events marked as
replayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from storage.addresses import address_key
from storage.captures import body_digest, load_capture, save_capture
from storage.clock import Clock, to_text
from storage.database import Database
from storage.forget.recalling import recall
from storage.forget.rules import rules_of
from storage.json_forms import dump
from storage.listing import register_portal
from storage.pages import evidence_capture
from storage.policies import Compare, Confirmation
from storage.records import Capture, EventKind, Outcome, Portal, ReplyLetter
from storage.replay.files import Found, save_replayed_file
from storage.replay.newest import Newest
from storage.replay.noted import (
    NEVER,
    ToldElsewhere,
    add_listed,
    decide,
    forgotten_here,
    keep_delisted,
    save_file_answer,
    tell_delisted,
)
from storage.replay.presence import settle_presence
from storage.replay.succession import Read, tell_succession
from storage.replay.telling import order_found, publish_waiting
from storage.replay.timeline import (
    Neighbours,
    Seen,
    VersionText,
    capture_shown,
    is_recorded,
    neighbours,
    version_text,
)
from storage.replay.versions import Arrival, insert_between
from storage.search.waiting import indexing_together

if TYPE_CHECKING:
    from storage.warc.notes import Decision, FileAnswer, Listing, Told


class Replay:
    """One file's captures of one portal, given to the archive in any order.

    A run of its own kind: it has a `source`, and nothing that looks at runs to judge a portal or
    to say what is due counts it. What is saved belongs into a write that is open
    (`LetterArchive.replaying`). Every method raises ArchiveErrors.
    """

    def __init__(self, database: Database, clock: Clock, portal: Portal, source: str) -> None:
        self._database = database
        self._clock = clock
        self.portal = portal
        self.source = source
        self._newest = Newest()
        self._began_after = int(database.value("SELECT coalesce(max(cursor), 0) FROM events"))
        self.run_id = self._begin()

    def _begin(self) -> int:
        """What an interrupted run left waiting goes on waiting, for the end of this one."""
        with self._database.writing():
            portal_id = register_portal(self._database, self.portal)
            self._database.write(
                """UPDATE runs SET status = 'interrupted'
                   WHERE portal_id = ? AND status = 'replaying'""",
                (portal_id,),
            )
            return self._database.insert(
                "runs",
                {
                    "portal_id": portal_id,
                    "started_at": to_text(self._clock()),
                    "status": "replaying",
                    "source": self.source,
                },
            )

    # --- what is known -----------------------------------------------------------------------

    def copy_at(self, url: str) -> int | None:
        """The portal's copy at an address, http or https."""
        key = address_key(url)
        found = self._newest.copy_at(key) or self._database.value(
            """SELECT copies.id FROM copies JOIN portals ON portals.id = portal_id
               WHERE key = ? AND portals.name = ?""",
            (key, self.portal.name),
        )
        return int(found) if found is not None else None

    def is_recorded(self, copy_id: int, at: datetime) -> bool:
        """Whether the archive has something of that very instant."""
        text = to_text(at)
        if self._newest.around(copy_id, text) is not None:
            return False
        return is_recorded(self._database, copy_id, text)

    def neighbours(self, copy_id: int, at: datetime) -> Neighbours:
        """What the copy showed before and after an instant."""
        text = to_text(at)
        return self._newest.around(copy_id, text) or neighbours(self._database, copy_id, text)

    def version_text(self, version_id: int) -> VersionText:
        """What a version says by its last reading."""
        return version_text(self._database, version_id)

    def version_capture(self, version_id: int) -> Capture | None:
        """The capture a version was read from; ArchiveDamaged where its bytes are."""
        found = self._database.value("SELECT capture_id FROM versions WHERE id = ?", (version_id,))
        return load_capture(self._database, found) if found is not None else None

    def capture_shown(
        self, copy_id: int, at: datetime | None, record_id: str | None
    ) -> Capture | None:
        """The answer a copy gave at that very instant, or that record of a file replayed before
        held; ArchiveDamaged where its bytes are."""
        found = capture_shown(self._database, copy_id, to_text(at) if at else None, record_id)
        return load_capture(self._database, found) if found is not None else None

    def as_kept(self, copy_id: int, letter: ReplyLetter) -> ReplyLetter:
        """What may be kept of a letter: less where something of it is to stay forgotten."""
        rules = rules_of(self._database, copy_id)
        return rules.cut_letter(letter) if rules else letter

    # --- what is added -----------------------------------------------------------------------

    def save_sighting(self, copy_id: int, at: datetime, shown: Seen, digest: str | None) -> None:
        """The copy showed a known version at that instant too; its first and last time follow."""
        seen = to_text(at)
        self._add_sighting(
            copy_id, seen, Outcome.UNCHANGED, version_id=shown.version_id, digest=digest
        )
        self._database.write(
            """UPDATE copies SET first_seen = min(first_seen, :at),
               last_success = max(coalesce(last_success, ''), :at) WHERE id = :copy""",
            {"at": seen, "copy": copy_id},
        )
        self._newest.add(copy_id, seen, Seen(seen, shown.version_id, shown.place, digest))

    def save_refusal(
        self,
        copy_id: int | None,
        capture: Capture,
        outcome: str,
        reason: str | None,
        source: str,
        *,
        vouched: bool = False,
        evidence: bool = False,
    ) -> None:
        """The copy gave no letter at that instant; the body is kept as evidence of gone.

        `vouched`: a crawl of the portal saw it so, in a run that found the portal well.
        `evidence`: an archive of ours kept it, whatever it showed; the copy may be new then.
        """
        capture_id = None
        if copy_id is None:
            copy_id = self._add_copy(capture)
        if (evidence or outcome == Outcome.GONE) and capture.body:
            capture_id = evidence_capture(self._database, copy_id, capture, self._clock())
            self._name_source(capture_id, capture, source)
        at = to_text(capture.fetched_at)
        self._add_sighting(
            copy_id,
            at,
            outcome,
            capture_id=capture_id,
            reason=reason,
            vouched=int(vouched),
        )
        self._newest.add(copy_id, at, None)

    def save_version(
        self,
        copy_id: int | None,
        capture: Capture,
        reading: ReplyLetter,
        reader: str,
        between: Neighbours,
        texts: Mapping[int, ReplyLetter],
        compare: Compare,
        source: str,
        told: frozenset[str] = frozenset(),
        digest: str | None = None,
    ) -> int:
        """The copy showed another text than its neighbours: a version in its place.

        Makes the copy where there is none, finds or makes its letter. `texts` are neighbours'
        versions as the same reader reads them; `told` is how an archive of ours told it (marks.py);
        `digest` is the body's, where it is known. Gives the version's id.
        """
        if copy_id is None:
            copy_id = self._add_copy(capture)
        rules = recall(self._database, copy_id, self.portal.name, reading)
        digest = digest or body_digest(capture.body)
        capture_id = save_capture(self._database, copy_id, capture, reading, digest, source)
        arrival = Arrival(
            run_id=self.run_id,
            portal=self.portal.name,
            copy_id=copy_id,
            url=capture.url,
            at=capture.fetched_at,
            capture_id=capture_id,
            body_digest=digest,
            reading=rules.cut_letter(reading) if rules else reading,
            printed=reading,
            reader=reader,
            texts=texts,
            told=told,
        )
        version_id = insert_between(self._database, arrival, between, compare, self._clock())
        at = to_text(arrival.at)
        self._newest.add(copy_id, at, Seen(at, version_id, at, arrival.body_digest))
        return version_id

    def save_file(self, capture: Capture, told: frozenset[str] = frozenset()) -> Found:
        """A linked file's bytes at that instant, for every copy that links or linked to it; `told`
        are the instants of the events an archive of ours told it in."""
        return save_replayed_file(
            self._database, self.portal.name, self.run_id, capture, self._clock(), told
        )

    def keep_capture(self, copy_id: int, capture: Capture, source: str) -> None:
        """Keeps a page of which an archive of ours kept every capture."""
        capture_id = evidence_capture(self._database, copy_id, capture, self._clock())
        self._name_source(capture_id, capture, source)

    # --- what notes say (`storage/replay/noted.py`: what they may bring about) ----------------

    def note_listing(self, url: str, listing: Listing) -> bool:
        """A copy as a list showed it; false where a crawl knows better."""
        return add_listed(self._database, self.run_id, self.portal, url, listing)

    def tell_delisted(self, url: str, told: Told) -> bool:
        """A copy had left its column; false where no capture shows it, or it was told."""
        return tell_delisted(
            self._database, self.run_id, self.portal.name, url, told, self._clock()
        )

    def keep_delisted(self, url: str, listing: Listing) -> bool:
        """A copy is not listed any more, where that was told of it."""
        return keep_delisted(self._database, self.portal.name, url, listing)

    def decide(self, runs: Collection[int], decision: Decision) -> bool:
        """Joins or splits letters that came with these runs; false where others are concerned."""
        return decide(self._database, runs, decision, self._clock())

    def note_file(self, url: str, answer: FileAnswer) -> bool:
        """What a linked file's address answered last; false where a crawl knows better."""
        return save_file_answer(self._database, self.portal.name, url, answer)

    def forgotten_here(
        self, url: str, kinds: tuple[str, ...]
    ) -> tuple[int | None, tuple[str, ...]] | None:
        """The letter of an address, if there is one, and what was forgotten of it elsewhere and is
        not yet here."""
        return forgotten_here(self._database, self.portal.name, url, kinds)

    def end(
        self,
        compare: Compare,
        confirmation: Confirmation,
        elsewhere: ToldElsewhere | None = None,
        read: Read | None = None,
    ) -> Counter[EventKind]:
        """Closes the run: what follows from all that was seen is told, and what waited, also what
        a replay that was killed left. `elsewhere` completes it; `read` gives versions as one
        reader reads them, without it their last readings stand.

        Gives the events told since the run began, by kind.
        """
        now, database, portal = self._clock(), self._database, self.portal.name
        elsewhere, read = elsewhere or ToldElsewhere(), read or self._last_reading
        with database.writing(), indexing_together(database):
            order_found(database, portal, compare)
            tell_succession(database, portal, self.run_id, compare, read, now)
            settle_presence(database, portal, self.run_id, compare, confirmation, now, elsewhere)
            publish_waiting(database, portal, now)
            told = Counter(
                {
                    EventKind(row["kind"]): row["count"]
                    for row in database.rows(_TOLD, (self._began_after, portal))
                }
            )
            database.write(
                "UPDATE runs SET ended_at = ?, status = 'replayed', summary = ? WHERE id = ?",
                (to_text(now), dump({"events": told}), self.run_id),
            )
        return told

    def _last_reading(self, version_id: int) -> ReplyLetter:
        return self.version_text(version_id).letter

    def _add_copy(self, capture: Capture) -> int:
        at, key = to_text(capture.fetched_at), address_key(capture.url)
        portal_id = self._database.value("SELECT portal_id FROM runs WHERE id = ?", (self.run_id,))
        copy_id = self._database.insert(
            "copies",
            {
                "portal_id": portal_id,
                "key": key,
                "url": capture.url,
                "first_seen": at,
                "quiet_since": at,
                "first_run": self.run_id,
                "due_at": NEVER,
            },
        )
        self._newest.begin(copy_id, key, at)
        return copy_id

    def _add_sighting(self, copy_id: int, at: str, outcome: str, **columns: object) -> None:
        self._database.insert(
            "sightings",
            {
                "copy_id": copy_id,
                "observed_at": at,
                "outcome": str(outcome),
                "run_id": self.run_id,
                **columns,
            },
        )

    def _name_source(self, capture_id: int, capture: Capture, source: str) -> None:
        """Unless the archive had the very bytes before, from elsewhere or by itself."""
        self._database.write(
            """UPDATE captures SET source = coalesce(source, ?)
               WHERE id = ? AND fetched_at = ?""",
            (source, capture_id, to_text(capture.fetched_at)),
        )


_TOLD = """
    SELECT kind, count(*) AS count FROM events
    WHERE cursor > ? AND replayed IS NOT NULL
      AND portal_id = (SELECT id FROM portals WHERE name = ?) GROUP BY kind
"""


def portals_at(database: Database, url: str) -> list[str]:
    """Names of the portals that have a copy at an address; a read-only operation."""
    rows = database.rows(
        """SELECT name FROM copies JOIN portals ON portals.id = portal_id
           WHERE key = ? ORDER BY copies.id""",
        (address_key(url),),
    )
    return [row["name"] for row in rows]
