"""Profiles of portals' pages: the rows learnt so far, and the captures to learn from."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from storage.captures import load_capture
from storage.clock import to_text
from storage.database import Database
from storage.errors import ArchiveDamaged
from storage.json_forms import dump
from storage.records import Capture, SiteProfile

_Item = TypeVar("_Item")

# The bodies last read from a copy and refused; gone and blocked ones are no pages of the site's.
_REFUSED = "copies.outcome IN ('unreadable', 'not-a-letter')"


def current_profile(database: Database, portal: str) -> SiteProfile | None:
    """What was learnt of a portal's pages last; None where nothing was tried yet."""
    row = database.row(
        """SELECT containers, pages FROM profiles JOIN portals ON portals.id = portal_id
           WHERE portals.name = ? ORDER BY profiles.id DESC LIMIT 1""",
        (portal,),
    )
    return SiteProfile(tuple(json.loads(row["containers"])), row["pages"]) if row else None


def save_profile(database: Database, portal: str, profile: SiteProfile, now: datetime) -> bool:
    """Adds a profile; false where it knows the very containers of the one before."""
    with database.writing():
        before = current_profile(database, portal)
        if before and before.containers == profile.containers:
            return False
        database.insert(
            "profiles",
            {
                "portal_id": database.value("SELECT id FROM portals WHERE name = ?", (portal,)),
                "learnt_at": to_text(now),
                "newest_capture": database.value("SELECT coalesce(max(id), 0) FROM captures"),
                "pages": profile.pages,
                "containers": dump(list(profile.containers)),
                "digest": profile.digest,
            },
        )
    return True


def count_readable(database: Database, portal: str) -> int:
    """How many of a portal's copies were last read as letters."""
    return int(
        database.value(
            """SELECT count(*) FROM copies JOIN portals ON portals.id = portal_id
               WHERE portals.name = ? AND copies.outcome = 'letter'""",
            (portal,),
        )
    )


def captures_since_learnt(database: Database, portal: str, limit: int) -> list[Capture]:
    """The newest captures of a portal's pages that its profile was not learnt from."""
    rows = database.rows(
        f"""SELECT captures.id FROM captures JOIN copies ON copies.id = copy_id
            JOIN portals ON portals.id = copies.portal_id
            WHERE portals.name = ?
            AND captures.id > (SELECT coalesce(max(newest_capture), 0) FROM profiles
                               WHERE profiles.portal_id = portals.id)
            AND (EXISTS (SELECT 1 FROM versions
                         WHERE versions.copy_id = copies.id AND capture_id = captures.id)
                 OR ({_REFUSED} AND captures.digest = copies.body_digest))
            ORDER BY captures.id DESC LIMIT ?""",  # noqa: S608 — a constant
        (portal, limit),
    )
    return _load(database, [int(row["id"]) for row in rows])


def sample_captures(database: Database, portal: str, limit: int) -> list[Capture]:
    """The newest captures of up to `limit` pages, spread over all that a portal has.

    One page a letter, its copies by turns; up to a half are pages that were refused.
    """
    letters = _letter_captures(database, portal)
    refused = _spread(_refused_captures(database, portal), max(limit // 2, limit - len(letters)))
    chosen = _spread(letters, limit - len(refused))
    turns = [copies[at % len(copies)] for at, copies in enumerate(chosen)]
    return _load(database, [*turns, *refused])


def _letter_captures(database: Database, portal: str) -> list[list[int]]:
    """For each letter on a portal the newest capture of each of its copies, held ones too."""
    by_letter: defaultdict[int, list[int]] = defaultdict(list)
    for row in database.rows(
        """SELECT letter_id, (SELECT capture_id FROM versions WHERE copy_id = copies.id
                              AND status != 'dropped'
                              ORDER BY place DESC, number DESC LIMIT 1) AS capture_id
           FROM copies JOIN portals ON portals.id = portal_id
           WHERE portals.name = ? AND letter_id IS NOT NULL ORDER BY copies.id""",
        (portal,),
    ):
        if row["capture_id"] is not None:
            by_letter[row["letter_id"]].append(row["capture_id"])
    return list(by_letter.values())


def _refused_captures(database: Database, portal: str) -> list[int]:
    rows = database.rows(
        f"""SELECT max(captures.id) AS id FROM copies JOIN portals ON portals.id = portal_id
            JOIN captures ON captures.copy_id = copies.id AND captures.digest = copies.body_digest
            WHERE portals.name = ? AND {_REFUSED} GROUP BY copies.id ORDER BY copies.id""",  # noqa: S608
        (portal,),
    )
    return [int(row["id"]) for row in rows]


def _spread(items: Sequence[_Item], limit: int) -> list[_Item]:
    """At most `limit` of the items, at equal distances, the last one always among them."""
    if len(items) <= limit:
        return list(items)
    return [items[len(items) * (at + 1) // limit - 1] for at in range(limit)]


def _load(database: Database, ids: Iterable[int]) -> list[Capture]:
    """The captures, without those whose bytes are damaged: `verify` names them."""
    found: list[Capture] = []
    for each in ids:
        try:
            capture = load_capture(database, each)
        except ArchiveDamaged:
            continue
        if capture is not None and capture.body:
            found.append(capture)
    return found
