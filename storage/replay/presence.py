"""Withdrawn, restored and moved in the past: what the times of captures from elsewhere allow.

The rule of confirmation is that of crawls: gone on so many captures, so far apart, without a
success in between. While a crawl itself watched a copy its own visits decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.clock import beijing_date, from_text, to_text
from storage.database import Database, Row
from storage.events import change_columns
from storage.json_forms import letter_from_row
from storage.policies import Compare, Confirmation
from storage.presence import listed_days
from storage.records import EventKind
from storage.replay.absences import Absence, absences, doubtful_days
from storage.replay.noted import ToldElsewhere
from storage.replay.telling import Standing, drop_found

_MOST_DAYS = 1000  # of one absence that are told


@dataclass(frozen=True, slots=True)
class _Settling:
    """What all absences of one replay are settled with."""

    database: Database
    portal: str
    run_id: int
    compare: Compare
    confirmation: Confirmation
    now: datetime
    elsewhere: ToldElsewhere


def settle_presence(
    database: Database,
    portal: str,
    run_id: int,
    compare: Compare,
    confirmation: Confirmation,
    now: datetime,
    elsewhere: ToldElsewhere,
) -> None:
    """Adds events of what became of the portal's copies, which wait, inside a `writing()` block.

    Settling the same captures again adds none.
    """
    settling = _Settling(database, portal, run_id, compare, confirmation, now, elsewhere)
    doubtful = frozenset(doubtful_days(database, portal))
    for copy in list(database.rows(_CONCERNED, {"portal": portal})):
        _settle_copy(settling, copy, doubtful)


_CONCERNED = """
    SELECT copies.*, portals.name AS portal,
           (SELECT min(observed_at) FROM versions
            WHERE copy_id = copies.id AND NOT replayed AND status = 'published') AS watched_since
    FROM copies JOIN portals ON portals.id = copies.portal_id
    WHERE portals.name = :portal AND letter_id IS NOT NULL
      AND (EXISTS (SELECT 1 FROM sightings WHERE copy_id = copies.id AND outcome = 'gone')
           OR (copies.status IN ('withdrawn', 'moved')
               AND last_success > coalesce(last_visited, '')))
    ORDER BY copies.id
"""


def _settle_copy(settling: _Settling, copy: Row, doubtful: frozenset[str]) -> None:
    found = list(absences(settling.database, copy["id"], settling.confirmation, doubtful))
    for number, absence in enumerate(found):
        last = number + 1 == len(found)
        ends = "~" if last else found[number + 1].since  # after all instants
        if not _is_watched(copy, absence.since, absence.until):
            newest = last and absence.back is None
            if newest and _tell_moved(settling, copy, absence):
                continue
            _tell_withdrawn(settling, copy, absence, newest=newest)
            _tell_restored(settling, copy, absence, ends, newest=last)
        elif absence.back is not None and last and not _is_watched(copy, absence.back, "~"):
            _tell_restored(settling, copy, absence, ends, newest=True)


def _is_watched(copy: Row, since: str, until: str) -> bool:
    """Whether crawls visited the copy in that time, or after its beginning."""
    if copy["last_visited"] is None:
        return False
    began = copy["watched_since"] or copy["last_visited"]
    return bool(since <= copy["last_visited"] and until >= began)


def _tell_withdrawn(settling: _Settling, copy: Row, absence: Absence, *, newest: bool) -> None:
    at = absence.confirmed
    if at is None or _is_told(settling, copy, EventKind.WITHDRAWN, absence.since, absence.back):
        return
    scope = "copy"
    if newest:
        _set_status(settling, copy, "withdrawn", absence)
        if not settling.database.value(
            "SELECT 1 FROM copies WHERE letter_id = ? AND status = 'present' LIMIT 1",
            (copy["letter_id"],),
        ):
            scope = "letter"
    elif not settling.database.value(
        "SELECT 1 FROM copies WHERE letter_id = ? AND id != ? LIMIT 1",
        (copy["letter_id"], copy["id"]),
    ):
        scope = "letter"
    reason = _observation(settling, copy, absence, at, copy["key"], EventKind.WITHDRAWN, at)
    standing: Standing = "present" if newest else "past"
    _insert(settling, copy, EventKind.WITHDRAWN, at, standing, reason=reason, scope=scope)


def _tell_restored(
    settling: _Settling, copy: Row, absence: Absence, ends: str, *, newest: bool
) -> None:
    at = absence.back
    if at is None or _is_told(settling, copy, EventKind.RESTORED, at, ends):
        return
    status = settling.database.value("SELECT status FROM copies WHERE id = ?", (copy["id"],))
    newest = newest and not _is_watched(copy, at, "~")
    returned = newest and status in ("withdrawn", "moved")
    if absence.confirmed is None and not returned:
        return
    if returned:
        _set_status(settling, copy, "present")
    reason = f"answered again on {_day(at)}; first gone on {_day(absence.since)}"
    standing: Standing = "present" if newest else "past"
    _insert(settling, copy, EventKind.RESTORED, at, standing, reason=reason)


def _tell_moved(settling: _Settling, old: Row, absence: Absence) -> bool:
    """Gone, and the letter stands at an address first seen after the old one's last success.

    Gives whether it moved, now or before; one event in place of `withdrawn` and, where that was
    not told yet, `copy-found`.
    """
    database = settling.database
    status = database.value("SELECT status FROM copies WHERE id = ?", (old["id"],))
    new = database.row(
        """SELECT * FROM copies WHERE letter_id = :letter AND id != :old AND status = 'present'
           AND portal_id = :portal AND first_seen > :last AND gone_since IS NULL
           AND NOT EXISTS (SELECT 1 FROM events WHERE events.copy_id = copies.id
                           AND kind = 'moved' AND events.status != 'dropped')
           ORDER BY first_seen, id LIMIT 1""",
        {
            "letter": old["letter_id"],
            "old": old["id"],
            "portal": old["portal_id"],
            "last": absence.last_success,
        },
    )
    if status != "present" or new is None:
        return bool(status == "moved")
    _set_status(settling, old, "moved", absence)
    before, after = _end(database, old["id"], "DESC"), _end(database, new["id"], "ASC")
    change = (
        settling.compare(letter_from_row(before), letter_from_row(after))
        if before and after
        else None
    )
    if after:
        drop_found(database, after["version_id"])
    at = settling.elsewhere.instant(
        new["key"],
        EventKind.MOVED,
        max(absence.since, new["first_seen"]),
        new["first_seen"],
        max(absence.until, new["last_success"]),
    )
    until = max(at, absence.since)
    observed = _observation(settling, old, absence, until, new["key"], EventKind.MOVED, at)
    reason = f"{observed}; found at another address"
    _insert(
        settling,
        new,
        EventKind.MOVED,
        at,
        "present",
        reason=reason,
        from_url=old["url"],
        reading_before=before["id"] if before else None,
        reading_after=after["id"] if after else None,
        version_id=after["version_id"] if after else None,
        **change_columns(change),
    )
    return True


def _end(database: Database, copy_id: int, order: str) -> Row | None:
    """The reading of a copy's first or last version."""
    return database.row(
        f"""SELECT readings.* FROM versions JOIN readings ON readings.version_id = versions.id
            WHERE versions.copy_id = ? AND versions.status = 'published'
            ORDER BY versions.place {order}, versions.number {order}, readings.id DESC LIMIT 1""",  # noqa: S608
        (copy_id,),
    )


def _is_told(
    settling: _Settling, copy: Row, kind: EventKind, since: str, until: str | None
) -> bool:
    return bool(
        settling.database.value(
            """SELECT 1 FROM events WHERE copy_id = ? AND kind = ? AND cursor IS NOT NULL
               AND observed_at >= ? AND observed_at < ? LIMIT 1""",
            (copy["id"], kind.value, since, until or "~"),
        )
    )


def _set_status(
    settling: _Settling, copy: Row, status: str, absence: Absence | None = None
) -> None:
    """The copy's state from now on, and since when it has been gone: the next crawl goes on."""
    settling.database.write(
        "UPDATE copies SET status = ?, gone_since = ?, gone_visits = ? WHERE id = ?",
        (
            status,
            absence.since if absence else None,
            absence.visits if absence else 0,
            copy["id"],
        ),
    )


def _insert(
    settling: _Settling,
    copy: Row,
    kind: EventKind,
    at: str,
    standing: Standing,
    **columns: object,
) -> None:
    stood = _version_at(settling.database, copy["id"], at)
    settling.database.insert(
        "events",
        {
            "status": "pending",
            "run_id": settling.run_id,
            "portal_id": copy["portal_id"],
            "copy_id": copy["id"],
            "letter_id": copy["letter_id"],
            "kind": kind.value,
            "observed_at": at,
            "recorded_at": to_text(settling.now),
            "version_id": stood["version_id"] if stood else None,
            "reading_after": stood["reading_id"] if stood else None,
            "replayed": standing,
            **columns,
        },
    )


def _version_at(database: Database, copy_id: int, at: str) -> Row | None:
    """The version a copy had shown last, up to a time: what was gone is not what came later."""
    return database.row(
        """SELECT versions.id AS version_id, max(readings.id) AS reading_id
           FROM versions JOIN readings ON readings.version_id = versions.id
           WHERE copy_id = ? AND versions.status IN ('published', 'pending') AND place <= ?
           GROUP BY versions.id ORDER BY place DESC, number DESC LIMIT 1""",
        (copy_id, at),
    )


def _observation(
    settling: _Settling,
    copy: Row,
    absence: Absence,
    until: str,
    key: str,
    kind: EventKind,
    at: str,
) -> str:
    """`404 on 2019-05-03 and 2019-05-04; last seen on 2019-05-02`, as crawls tell it.

    `key`, `kind` and `at` are those of the event this is told with.
    """
    database = settling.database
    days: dict[str, list[str]] = {}
    for row in database.rows(
        """SELECT reason, observed_at FROM (
               SELECT reason, observed_at FROM sightings WHERE copy_id = :copy AND outcome = 'gone'
               UNION SELECT reason, observed_at FROM visits
               WHERE copy_id = :copy AND outcome = 'gone')
           WHERE observed_at BETWEEN :since AND :until ORDER BY observed_at LIMIT :most""",
        {"copy": copy["id"], "since": absence.since, "until": until, "most": _MOST_DAYS},
    ):
        seen = days.setdefault(row["reason"] or "gone", [])
        if (day := _day(row["observed_at"])) not in seen:
            seen.append(day)
    answers = [f"{answer} on {listed_days(seen)}" for answer, seen in days.items()]
    last = settling.elsewhere.last_day(key, kind, at, absence.last_success, absence.since)
    return "; ".join([*answers, f"last seen on {last}"])


def _day(instant: str) -> str:
    return beijing_date(from_text(instant)).isoformat()
