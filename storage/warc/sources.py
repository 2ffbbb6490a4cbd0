"""What of the archive goes into a WARC file: captures, and the times at which they were seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from storage.attachments.files import PAST, TOLD
from storage.database import Database, Row
from storage.events import SURVIVING
from storage.forget.rules import FORGOTTEN
from storage.warc.marks import FILE


@dataclass(frozen=True, slots=True)
class WarcFilter:
    """Which captures are written: of these portals and letters, told after a cursor; all if
    empty."""

    portals: Sequence[str] = ()
    letters: Sequence[int] = ()
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Observed:
    """A copy at an instant, by what is recorded of it."""

    at: str
    outcome: str
    reason: str | None = None
    state: str | None = None  # of the portal, at the end of the run
    same_bytes: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose capture it is, and which file it came from where a replay brought it; how it was
    told."""

    portal: str
    source: str | None = None
    told: str | None = None


def captures_chosen(database: Database, chosen: WarcFilter) -> tuple[str, dict[str, Any]]:
    """The captures of pages that are chosen, in the order they were recorded in."""
    where, values = conditions(database, chosen)
    if chosen.after is not None:
        where += """ AND EXISTS (
            SELECT 1 FROM events WHERE events.copy_id = copies.id AND cursor > :after
            AND kind NOT IN ('reread', 'joined', 'split', 'split-from') AND (
                EXISTS (SELECT 1 FROM versions
                        WHERE versions.id = events.version_id AND capture_id = captures.id)
                -- what a replay put before all that was told is told by what it became
                OR events.replayed IS NOT NULL AND EXISTS (
                    SELECT 1 FROM readings JOIN versions ON versions.id = readings.version_id
                    WHERE readings.id = events.reading_before AND capture_id = captures.id)
                OR EXISTS (SELECT 1 FROM visits WHERE visits.copy_id = copies.id
                           AND visits.capture_id = captures.id AND visits.run_id = events.run_id)
                OR EXISTS (SELECT 1 FROM sightings WHERE sightings.copy_id = copies.id
                           AND sightings.capture_id = captures.id
                           AND sightings.run_id = events.run_id)))"""
    return (
        f"""SELECT captures.id, captures.digest, captures.fetched_at, captures.source,
                   copies.id AS copy_id, copies.letter_id, portals.name AS portal,
                   {_TOLD_AS} AS told
            FROM captures JOIN copies ON copies.id = captures.copy_id
            JOIN portals ON portals.id = portal_id
            WHERE {where} ORDER BY captures.id""",  # noqa: S608 - constants
        values,
    )


_TOLD_AS = """(
    SELECT rtrim(iif(baseline, 'baseline ', '') || iif(backdated, 'backdated ', '')
                 || iif(EXISTS (SELECT 1 FROM attachment_versions WHERE event_id = events.id),
                        'with-files', ''))
    FROM versions JOIN events ON events.version_id = versions.id
    WHERE versions.capture_id = captures.id AND events.copy_id = copies.id
      AND events.cursor IS NOT NULL AND kind IN ('new', 'copy-found', 'changed')
    ORDER BY events.cursor LIMIT 1)"""


def visits_without_body(database: Database, chosen: WarcFilter) -> tuple[str, dict[str, Any]]:
    """Visits and sightings that found a copy gone or were refused, of which no bytes came."""
    where, values = conditions(database, chosen)
    if chosen.after is not None:
        where += """ AND EXISTS (SELECT 1 FROM events WHERE events.copy_id = copies.id
                                 AND cursor > :after AND events.run_id = seen.run_id)"""
    return (
        f"""SELECT copies.url, seen.observed_at AS at, seen.outcome, seen.reason,
                   iif(source IS NULL, runs.state, iif(vouched, 'ok', NULL)) AS state,
                   portals.name AS portal
            FROM (SELECT copy_id, observed_at, outcome, reason, run_id, 0 AS vouched FROM visits
                  WHERE capture_id IS NULL AND outcome IN ('gone', 'blocked')
                  UNION ALL
                  SELECT copy_id, observed_at, outcome, reason, run_id, vouched FROM sightings
                  WHERE capture_id IS NULL AND outcome = 'gone') seen
            JOIN runs ON runs.id = seen.run_id JOIN copies ON copies.id = seen.copy_id
            JOIN portals ON portals.id = copies.portal_id
            WHERE {where} ORDER BY seen.run_id, at""",  # noqa: S608 - constants
        values,
    )


def files_chosen(database: Database, chosen: WarcFilter) -> tuple[str, dict[str, Any]]:
    """The contents linked files were seen with, in the order they were recorded in.

    One row for all copies that link to an address; how long they went on showing the same bytes
    is told by the last of them. Forgotten ones are left out.
    """
    where, values = conditions(database, chosen)
    if chosen.after is not None:
        where += """ AND EXISTS (
            SELECT 1 FROM events told WHERE told.copy_id = copies.id AND told.cursor > :after
            AND (told.id = v.event_id OR told.run_id = v.run_id))"""
    return (
        f"""SELECT *, iif(observed_at = max(observed_at) OVER same,
                          max(link_last_seen) OVER same, NULL) AS last_seen FROM (
            SELECT min(v.id) AS id, v.content_id, v.url, v.status, v.headers, v.observed_at,
                   portals.name AS portal, f.key,
                   replace(group_concat(DISTINCT iif(e.cursor IS NOT NULL, e.observed_at, NULL)),
                           ',', ' ') AS told,
                   CASE WHEN v.fate = '{PAST}' OR {TOLD} THEN '{FILE}'
                        WHEN v.fate IS NULL AND e.status = 'held' THEN 'file-held'
                        ELSE 'file-dropped' END AS outcome,
                   max(CASE WHEN f.content_id = v.content_id AND {TOLD} AND v.number = (
                           SELECT max(number) FROM attachment_versions
                           WHERE file_id = f.id AND fate IS NULL)
                       THEN f.last_seen END) AS link_last_seen
            FROM attachment_versions v JOIN attachment_files f ON f.id = v.file_id
            JOIN attachment_contents c ON c.id = v.content_id
            LEFT JOIN events e ON e.id = v.event_id
            JOIN copies ON copies.id = f.copy_id JOIN portals ON portals.id = f.portal_id
            WHERE c.codec != '{FORGOTTEN}' AND {where}
            GROUP BY portals.id, f.key, v.observed_at, v.content_id)
            WINDOW same AS (PARTITION BY portal, key, content_id, outcome) ORDER BY id""",  # noqa: S608
        values,
    )


def conditions(database: Database, chosen: WarcFilter) -> tuple[str, dict[str, Any]]:
    """The part of the question that portals and letters make, with its values."""
    letters = [
        database.value(f"SELECT {SURVIVING}", {"letter": letter}) for letter in chosen.letters
    ]
    values: dict[str, Any] = {f"portal{n}": name for n, name in enumerate(chosen.portals)}
    parts = []
    if chosen.portals:
        parts.append(f"portals.name IN ({', '.join(f':{name}' for name in values)})")
    if chosen.letters:
        named = {f"letter{n}": letter for n, letter in enumerate(letters)}
        parts.append(f"copies.letter_id IN ({', '.join(f':{name}' for name in named)})")
        values |= named
    return " AND ".join(parts) or "1", {**values, "after": chosen.after}


def outcome_untold(database: Database, row: Row) -> str:
    """What a capture came to that no visit tells of: a version's state, else `unchanged`."""
    status = database.value(
        "SELECT status FROM versions WHERE capture_id = ? ORDER BY id LIMIT 1", (row["id"],)
    )
    return {"published": "letter", None: "unchanged"}.get(status, str(status))


def times_seen(database: Database, row: Row) -> Iterator[Observed]:
    """When the copy was seen as this capture shows it, as far as that was recorded.

    An unchanged visit leaves but a time; that its bytes were the same is known where the copy's
    last digest is this one's. (Whether the server sent them again or answered 304 is not.)
    """
    values = {"capture": row["id"], "digest": row["digest"], "copy": row["copy_id"]}
    for found in database.rows(_TIMES, values):
        yield Observed(
            at=found["at"],
            outcome=found["outcome"],
            reason=found["reason"],
            state=found["state"],
            same_bytes=bool(found["same_bytes"]),
        )


_TIMES = """
    SELECT versions.observed_at AS at,
           iif(versions.status = 'published', 'letter', versions.status) AS outcome,
           NULL AS reason, NULL AS state,
           versions.observed_at = captures.fetched_at AS same_bytes
    FROM versions JOIN captures ON captures.id = capture_id WHERE capture_id = :capture
    UNION ALL
    SELECT observed_at, outcome, visits.reason, runs.state, outcome NOT IN ('new', 'changed')
    FROM visits JOIN runs ON runs.id = run_id
    WHERE capture_id = :capture AND outcome NOT IN ('new', 'changed')
    UNION ALL
    SELECT observed_at, outcome, reason, iif(vouched, 'ok', NULL), 1
    FROM sightings WHERE capture_id = :capture
    UNION ALL
    SELECT sightings.observed_at, sightings.outcome, NULL, NULL, sightings.digest IS :digest
    FROM sightings JOIN versions ON versions.id = version_id WHERE versions.capture_id = :capture
    UNION ALL
    SELECT events.observed_at, 'unchanged', NULL, NULL, 0  -- it answered as before
    FROM events JOIN versions ON versions.id = version_id
    WHERE versions.capture_id = :capture AND events.cursor IS NOT NULL
      AND events.kind IN ('restored', 'delisted') AND events.copy_id = versions.copy_id
    UNION ALL
    SELECT last_success, 'unchanged', NULL, NULL, outcome = 'letter' AND body_digest = :digest
    FROM copies WHERE copies.id = :copy AND last_success IS NOT NULL
      AND :capture = (SELECT capture_id FROM versions
                      WHERE copy_id = :copy AND versions.status = 'published'
                      ORDER BY place DESC, number DESC LIMIT 1)
      AND NOT EXISTS (SELECT 1 FROM versions
                      WHERE copy_id = :copy AND versions.status IN ('held', 'pending'))
"""
