"""What notes in a WARC file may bring about: less than its captures, and nothing besides them.

A note may stand in any file, also in one made to mislead. So it never touches what this archive
saw or decided by itself; it makes no version, no letter and no event that captures would have to
show, but completes those (`told_day`, `told_at`); what only lists show (`delisted`) is told of
letters that captures show; and a decision by hand is taken over only about letters that came with
the very same replay. That something was forgotten elsewhere is told to whoever replays, who
decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from storage.addresses import address_key
from storage.clock import beijing_date, from_text, to_text
from storage.copies import compared_version
from storage.database import Database, Row
from storage.forget.rules import rules_of
from storage.identity.decisions import join_letters, split_letter
from storage.json_forms import dump
from storage.records import EventKind, Portal
from storage.replay.telling import tell_now
from storage.replay.timeline import neighbours

if TYPE_CHECKING:  # with pydantic and warcio: whoever crawls needs neither
    from storage.warc.notes import Decision, FileAnswer, Listing, Told

NEVER = "9999-12-31T00:00:00.000Z"
"""When a page that no crawl has listed is due: it is history, and not asked for."""


class ToldElsewhere:
    """What notes say was told of a portal's copies, by address and kind."""

    def __init__(self) -> None:
        self._told: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)

    def add(self, url: str, told: Told) -> None:
        """One more event, of the copy at an address."""
        self._told[address_key(url), told.event].append(told)

    def last_day(self, key: str, kind: str, at: str, first: str, last: str) -> str:
        """The day a copy was seen last before an event: of unchanged visits an archive keeps no
        times, and captures show an earlier one; never outside of the two instants they do show."""
        shown = _day(first)
        for told in self._told.get((key, kind), ()):
            if to_text(told.observed_at) == at and told.day is not None:
                day = told.day.isoformat()
                return day if shown <= day <= _day(last) else shown
        return shown

    def instant(self, key: str, kind: str, shown: str, first: str, last: str) -> str:
        """When an event was observed, where that lies between the two instants; else `shown`."""
        for told in self._told.get((key, kind), ()):
            if first <= (at := to_text(told.observed_at)) <= last:
                return at
        return shown


def add_listed(database: Database, run_id: int, portal: Portal, url: str, listing: Listing) -> bool:
    """A copy as a list showed it, inside a `writing()` block: made where it is not known yet, so
    that copies stand in the order they were found in. False where a crawl of ours knows it."""
    copy = _copy(database, portal.name, url)
    portal_id = database.value("SELECT portal_id FROM runs WHERE id = ?", (run_id,))
    seen = to_text(listing.first_seen)
    if copy is None:
        database.insert(
            "copies",
            {
                "portal_id": portal_id,
                "key": address_key(url),
                "url": url,
                "first_seen": seen,
                "quiet_since": seen,
                "first_run": run_id,
                "due_at": NEVER,
            },
        )
    elif copy["last_visited"] is not None or copy["listed_run"] is not None:
        return False
    database.write(
        """UPDATE copies SET first_seen = min(first_seen, :seen),
           listed_title = coalesce(listed_title, :title), listed_date = coalesce(listed_date, :day),
           column_id = coalesce(column_id, :column) WHERE portal_id = :portal AND key = :key""",
        {
            "seen": seen,
            "title": listing.title,
            "day": listing.listed_on.isoformat() if listing.listed_on else None,
            "column": _column(database, portal, portal_id, listing.column),
            "portal": portal_id,
            "key": address_key(url),
        },
    )
    return True


def _column(database: Database, portal: Portal, portal_id: int, url: str | None) -> int | None:
    """The row of a column that the portal has here, too; no other is made known."""
    if url is None or all(column.url != url for column in portal.lists):
        return None
    known = database.value(
        "SELECT id FROM list_columns WHERE portal_id = ? AND url = ?", (portal_id, url)
    )
    if known is not None:
        return int(known)
    return database.insert("list_columns", {"portal_id": portal_id, "url": url})


def tell_delisted(
    database: Database, run_id: int, portal: str, url: str, told: Told, now: datetime
) -> bool:
    """Tells that a copy had left its column while it answered, inside a `writing()` block.

    Only of a letter that captures show by then, at a time no crawl of ours watched; once.
    """
    copy, at = _copy(database, portal, url), to_text(told.observed_at)
    if copy is None or copy["letter_id"] is None or not _is_before_crawls(database, copy, at):
        return False
    shown = neighbours(database, copy["id"], at)
    if shown.before is None or _is_delisted(database, copy["id"], at):
        return False
    reason = f"answers on {_day(at)}, but its column no longer shows it"
    if told.day is not None and told.day <= beijing_date(told.observed_at):
        reason += f"; last listed on {told.day.isoformat()}"
    last = compared_version(database, copy["id"])
    event_id = database.insert(
        "events",
        {
            "status": "pending",
            "run_id": run_id,
            "portal_id": copy["portal_id"],
            "copy_id": copy["id"],
            "letter_id": copy["letter_id"],
            "kind": EventKind.DELISTED.value,
            "observed_at": at,
            "recorded_at": to_text(now),
            "version_id": shown.before.version_id,
            "reading_after": last["reading_id"] if last else None,
            "replayed": "past" if shown.after else "present",
            "reason": reason,
        },
    )
    tell_now(database, event_id, now)
    return True


def keep_delisted(database: Database, portal: str, url: str, listing: Listing) -> bool:
    """A copy that was told as delisted still is, unless a list of ours has shown it since."""
    copy, at = _copy(database, portal, url), listing.delisted_at
    if copy is None or at is None or copy["listed_run"] is not None:
        return False
    if not _is_delisted(database, copy["id"]):
        return False
    database.write(
        "UPDATE copies SET delisted_at = coalesce(delisted_at, ?) WHERE id = ?",
        (to_text(at), copy["id"]),
    )
    return True


def save_file_answer(database: Database, portal: str, url: str, answer: FileAnswer) -> bool:
    """What a linked file's address answered last, where no crawl of ours has asked it."""
    return bool(
        database.write(
            """UPDATE attachment_files SET state = :state, status = :status, reason = :reason,
                   last_visited = :at
               WHERE key = :key AND visits = 0 AND coalesce(last_seen, '') <= :at
                 AND portal_id = (SELECT id FROM portals WHERE name = :portal)""",
            {
                "state": answer.state,
                "status": answer.status,
                "reason": answer.reason,
                "key": address_key(url),
                "at": to_text(answer.visited_at),
                "portal": portal,
            },
        )
    )


def decide(database: Database, runs: Collection[int], decision: Decision, now: datetime) -> bool:
    """Joins or splits as a hand did elsewhere, inside a `writing()` block.

    Only where every copy of the letters concerned came with this replay, so that a file cannot
    join or split what was here before it; and only once.
    """
    groups = [[_copy(database, p.portal, p.url) for p in group] for group in decision.letters]
    found = [[copy for copy in group if copy is not None] for group in groups]
    letters = [{copy["letter_id"] for copy in group} for group in found]
    concerned = set[int | None]().union(*letters)
    if not all(letters) or None in concerned or not _came_with(database, runs, concerned):
        return False
    if _is_decided(database, decision, found[1][0]["id"]):
        return False
    if decision.decision == "join":
        if any(len(each) != 1 for each in letters) or len(concerned) < 2:
            return False
        chosen = {int(letter) for letter in concerned if letter is not None}
        join_letters(database, chosen, decision.remark, now, decided_at=decision.decided_at)
        return True
    stayed, went = found[0], found[1]
    if len(concerned) != 1 or {copy["id"] for copy in stayed} & {copy["id"] for copy in went}:
        return False
    split_letter(
        database,
        stayed[0]["letter_id"],
        {copy["id"] for copy in went},
        decision.remark,
        now,
        decided_at=decision.decided_at,
    )
    return True


def _is_decided(database: Database, decision: Decision, copy_id: int) -> bool:
    return bool(
        database.value(
            """SELECT 1 FROM decisions JOIN identifications ON decision_id = decisions.id
               WHERE decisions.kind = ? AND decided_at = ? AND copy_id = ?""",
            (decision.decision, to_text(decision.decided_at), copy_id),
        )
    )


def _came_with(database: Database, runs: Collection[int], letters: set[int | None]) -> bool:
    """Whether this replay brought all copies of these letters, or one of the same files that was
    interrupted."""
    brought = {
        row["id"]
        for row in database.rows(
            """SELECT earlier.id FROM runs JOIN runs earlier ON earlier.source = runs.source
               AND (earlier.id = runs.id OR earlier.status = 'interrupted')
               WHERE runs.id IN (SELECT value FROM json_each(?))""",
            (dump(sorted(runs)),),
        )
    }
    return all(
        row["first_run"] in brought and row["last_visited"] is None
        for letter in letters
        for row in database.rows("SELECT * FROM copies WHERE letter_id = ?", (letter,))
    )


def forgotten_here(
    database: Database, portal: str, url: str, kinds: tuple[str, ...]
) -> tuple[int | None, tuple[str, ...]] | None:
    """The letter at a known address, and what of what was forgotten elsewhere is not forgotten
    here. No letter where nothing is left of it; None where all is as it was asked for."""
    copy = _copy(database, portal, url)
    if copy is None:
        return None
    if copy["letter_id"] is None:
        return None, kinds
    rules = rules_of(database, copy["id"])
    if rules and (rules.text or ("words" in kinds and rules.cuts.hashed)):
        return None
    left = tuple(kind for kind in kinds if not (rules and rules.contacts and kind == "contacts"))
    return (int(copy["letter_id"]), left) if left else None


def _copy(database: Database, portal: str, url: str) -> Row | None:
    return database.row(
        """SELECT copies.* FROM copies JOIN portals ON portals.id = portal_id
           WHERE key = ? AND portals.name = ?""",
        (address_key(url), portal),
    )


def _is_before_crawls(database: Database, copy: Row, at: str) -> bool:
    """Whether no crawl of ours had read the copy as a letter by then."""
    if copy["last_visited"] is None:
        return True
    began = database.value(
        """SELECT min(observed_at) FROM versions
           WHERE copy_id = ? AND NOT replayed AND status = 'published'""",
        (copy["id"],),
    )
    return bool(at < (began or copy["last_visited"]))


def _is_delisted(database: Database, copy_id: int, at: str | None = None) -> bool:
    return bool(
        database.value(
            """SELECT 1 FROM events WHERE copy_id = :copy AND kind = 'delisted'
               AND cursor IS NOT NULL AND (:at IS NULL OR observed_at = :at) LIMIT 1""",
            {"copy": copy_id, "at": at},
        )
    )


def _day(instant: str) -> str:
    return beijing_date(from_text(instant)).isoformat()
