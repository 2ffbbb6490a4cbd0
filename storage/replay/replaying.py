"""Captures from elsewhere, put where their dates belong: they become history and make no news.

What a crawl recorded stays as it is: ids, version numbers, events, states, what is due. A replay
adds versions in their places, sightings of versions that were known, and events marked as
replayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

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
from storage.replay.presence import settle_presence
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

NEVER = "9999-12-31T00:00:00.000Z"
"""When a page that no crawl has listed is due: it is history, and not asked for."""


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
        found = self._database.value(
            """SELECT copies.id FROM copies JOIN portals ON portals.id = portal_id
               WHERE key = ? AND portals.name = ?""",
            (address_key(url), self.portal.name),
        )
        return int(found) if found is not None else None

    def is_recorded(self, copy_id: int, at: datetime) -> bool:
        """Whether the archive has something of that very instant."""
        return is_recorded(self._database, copy_id, to_text(at))

    def neighbours(self, copy_id: int, at: datetime) -> Neighbours:
        """What the copy showed before and after an instant."""
        return neighbours(self._database, copy_id, to_text(at))

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

    def save_refusal(
        self,
        copy_id: int,
        capture: Capture,
        outcome: Outcome,
        reason: str | None,
        source: str,
        *,
        vouched: bool = False,
    ) -> None:
        """The copy gave no letter at that instant; the body is kept as evidence of gone.

        `vouched`: a crawl of the portal saw it so, in a run that found the portal well.
        """
        capture_id = None
        if outcome is Outcome.GONE and capture.body:
            capture_id = evidence_capture(self._database, copy_id, capture, self._clock())
            self._name_source(capture_id, capture, source)
        self._add_sighting(
            copy_id,
            to_text(capture.fetched_at),
            outcome,
            capture_id=capture_id,
            reason=reason,
            vouched=int(vouched),
        )

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
    ) -> int:
        """The copy showed another text than its neighbours: a version in its place.

        Makes the copy where there is none, finds or makes its letter. `texts` are neighbours'
        versions as the same reader reads them. Gives the version's id.
        """
        if copy_id is None:
            copy_id = self._add_copy(capture)
        rules = recall(self._database, copy_id, self.portal.name, reading)
        capture_id = save_capture(self._database, copy_id, capture, reading)
        self._name_source(capture_id, capture, source)
        arrival = Arrival(
            run_id=self.run_id,
            portal=self.portal.name,
            copy_id=copy_id,
            url=capture.url,
            at=capture.fetched_at,
            capture_id=capture_id,
            body_digest=body_digest(capture.body),
            reading=rules.cut_letter(reading) if rules else reading,
            printed=reading,
            reader=reader,
            texts=texts,
        )
        return insert_between(self._database, arrival, between, compare, self._clock())

    def save_file(self, capture: Capture) -> Found:
        """A linked file's bytes at that instant, for every copy that links or linked to it."""
        return save_replayed_file(
            self._database, self.portal.name, self.run_id, capture, self._clock()
        )

    def end(self, compare: Compare, confirmation: Confirmation) -> Counter[EventKind]:
        """Closes the run: presence follows from what was seen, and what waited is told, also what
        a replay that was killed left. Gives the events told since the run began, by kind."""
        now = self._clock()
        with self._database.writing(), indexing_together(self._database):
            settle_presence(
                self._database, self.portal.name, self.run_id, compare, confirmation, now
            )
            told = Counter(
                {
                    EventKind(row["kind"]): row["count"]
                    for row in self._database.rows(_TOLD, (self._began_after, self.portal.name))
                }
            )
            self._database.write(
                "UPDATE runs SET ended_at = ?, status = 'replayed', summary = ? WHERE id = ?",
                (to_text(now), dump({"events": told}), self.run_id),
            )
        return told

    def _add_copy(self, capture: Capture) -> int:
        at = to_text(capture.fetched_at)
        portal_id = self._database.value("SELECT portal_id FROM runs WHERE id = ?", (self.run_id,))
        return self._database.insert(
            "copies",
            {
                "portal_id": portal_id,
                "key": address_key(capture.url),
                "url": capture.url,
                "first_seen": at,
                "quiet_since": at,
                "first_run": self.run_id,
                "due_at": NEVER,
            },
        )

    def _add_sighting(self, copy_id: int, at: str, outcome: Outcome, **columns: object) -> None:
        self._database.insert(
            "sightings",
            {
                "copy_id": copy_id,
                "observed_at": at,
                "outcome": outcome.value,
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
