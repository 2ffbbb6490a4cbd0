"""What a copy is known to have shown, when: what a capture from elsewhere falls between."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Database, Row
from storage.json_forms import letter_from_row
from storage.records import ReplyLetter


@dataclass(frozen=True, slots=True)
class Seen:
    """A copy showed a version at an instant (as the archive writes it).

    `digest` is the sha256 of the body it showed then, None where that was not kept; `place` is
    the version's own.
    """

    at: str
    version_id: int
    place: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What a copy showed last before or at an instant, and first after it."""

    before: Seen | None
    after: Seen | None


@dataclass(frozen=True, slots=True)
class VersionText:
    """What a version says by its last reading, and by which reader."""

    reader: str
    letter: ReplyLetter


def neighbours(database: Database, copy_id: int, at: str) -> Neighbours:
    """What was told of a copy on both sides of an instant; a read-only operation.

    Costs the same however often the copy was seen.
    """
    known = [_seen(row) for row in database.rows(_AROUND, {"copy": copy_id, "at": at})]
    before = [seen for seen in known if seen.at <= at]
    after = [seen for seen in known if seen.at > at]
    return Neighbours(
        max(before, key=lambda seen: (seen.at, seen.place), default=None),
        min(after, key=lambda seen: (seen.at, seen.place), default=None),
    )


def version_text(database: Database, version_id: int) -> VersionText:
    """A version's last reading. Raises KeyError where there is none."""
    row = database.the_row(
        f"version {version_id}",
        "SELECT * FROM readings WHERE version_id = ? ORDER BY id DESC LIMIT 1",
        (version_id,),
    )
    return VersionText(row["reader"], letter_from_row(row))


def last_reading(database: Database, version_id: int) -> int:
    """The id of a version's last reading. Raises KeyError where there is none."""
    row = database.the_row(
        f"version {version_id}",
        "SELECT id FROM readings WHERE version_id = ? ORDER BY id DESC LIMIT 1",
        (version_id,),
    )
    return int(row["id"])


def is_recorded(database: Database, copy_id: int, at: str) -> bool:
    """Whether anything of that very instant is known of a copy: then a capture adds nothing."""
    return bool(
        database.value(
            """SELECT EXISTS (SELECT 1 FROM sightings WHERE copy_id = :copy AND observed_at = :at)
                   OR EXISTS (SELECT 1 FROM captures WHERE copy_id = :copy AND fetched_at = :at)
                   OR EXISTS (SELECT 1 FROM versions WHERE copy_id = :copy AND observed_at = :at)
                   OR EXISTS (SELECT 1 FROM visits WHERE copy_id = :copy AND observed_at = :at)
                   OR EXISTS (SELECT 1 FROM copies WHERE id = :copy
                              AND :at IN (last_success, last_visited))
                   OR EXISTS (SELECT 1 FROM events WHERE copy_id = :copy AND observed_at = :at
                              AND cursor IS NOT NULL AND kind IN ('restored', 'delisted'))""",
            {"copy": copy_id, "at": at},
        )
    )


def capture_shown(
    database: Database, copy_id: int, at: str | None, record_id: str | None
) -> int | None:
    """The capture that has the bytes a copy showed at that very instant, or in that record of a
    file replayed before; None where they were not kept. A read-only operation."""
    found = database.value(
        """SELECT id FROM captures WHERE copy_id = :copy
           AND (fetched_at = :at OR substr(source, -length(:record)) = :record OR digest = (
               SELECT digest FROM sightings WHERE copy_id = :copy AND observed_at = :at))
           ORDER BY fetched_at IS :at DESC, id LIMIT 1""",
        {"copy": copy_id, "at": at, "record": f" {record_id}" if record_id else None},
    )
    return int(found) if found is not None else None


# what waits for the end of a replay stands there already
_OF_VERSIONS = """
    SELECT place AS at, id AS version_id, place,
           (SELECT digest FROM captures WHERE captures.id = capture_id) AS digest
    FROM versions WHERE copy_id = :copy
    AND (status = 'published' OR status = 'pending' AND replayed)"""
_OF_SIGHTINGS = """
    SELECT sightings.observed_at AS at, version_id, versions.place, sightings.digest
    FROM sightings JOIN versions ON versions.id = version_id
    WHERE sightings.copy_id = :copy"""
# a crawl's last visit that found the letter as it stands: unchanged ones leave only a time; where a
# version is held back, that visit may have shown it instead
_LAST_SUCCESS = """
    SELECT last_success AS at, versions.id AS version_id, place,
           iif(outcome = 'letter', body_digest, NULL) AS digest
    FROM copies JOIN versions ON versions.id = (
        SELECT id FROM versions v WHERE v.copy_id = copies.id AND v.status = 'published'
        ORDER BY place DESC, number DESC LIMIT 1)
    WHERE copies.id = :copy AND last_success IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM versions h WHERE h.copy_id = copies.id
        AND h.status IN ('held', 'pending'))"""
# of one instant, versions and sightings know the bytes better than the time of a visit does
_SOURCES = (
    f"{_OF_VERSIONS} AND place <= :at ORDER BY place DESC, number DESC LIMIT 1",
    f"{_OF_VERSIONS} AND place > :at ORDER BY place, number LIMIT 1",
    f"{_OF_SIGHTINGS} AND sightings.observed_at <= :at ORDER BY sightings.observed_at DESC LIMIT 1",
    f"{_OF_SIGHTINGS} AND sightings.observed_at > :at ORDER BY sightings.observed_at LIMIT 1",
    _LAST_SUCCESS,
)
_TURNS = [f"SELECT *, {turn} AS turn FROM ({each})" for turn, each in enumerate(_SOURCES)]  # noqa: S608
_AROUND = f"{' UNION ALL '.join(_TURNS)} ORDER BY turn"


def _seen(row: Row) -> Seen:
    return Seen(row["at"], row["version_id"], row["place"], row["digest"])
