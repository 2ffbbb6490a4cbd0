"""The end of a portal's run: its verdict, presence, and what is told; one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from storage import presence, run_counts
from storage.attachments.files import reject_told_by
from storage.clock import from_text, to_text
from storage.database import Database
from storage.events import publish
from storage.evidence import journal
from storage.json_forms import dump
from storage.policies import Compare, Confirmation
from storage.records import (
    EventKind,
    ListWalk,
    PortalState,
    Run,
    RunSummary,
)
from storage.search.waiting import indexing_together
from storage.verdict import Verdict, judge
from storage.versions import drop_version

_FIRST_PAUSE = timedelta(hours=6)  # after a blocked run; doubles with each further one
_LONGEST_PAUSE = timedelta(days=7)


def settle(
    database: Database,
    run: Run,
    walk: ListWalk,
    compare: Compare,
    confirmation: Confirmation,
    now: datetime,
    *,
    min_letters: int,
) -> RunSummary:
    """Ends a run: decides its verdict and what of its events is told.

    Events of a suspect run, and those earlier runs left behind that this run did not see again,
    stay held. Settling a run twice is an error of the caller.
    """
    with database.writing(), indexing_together(database):
        verdict = judge(database, run, walk, min_letters)
        presence.forget_healed(database, run)
        known_gone = run_counts.gone_letters(database, run, "withdrawn", "moved")
        if verdict.state is PortalState.OK:
            presence.decide(database, run, walk, compare, confirmation, now)
        if not verdict.held:
            _mark_first_complete_walk(database, run, walk)
        told = database.value("SELECT coalesce(max(cursor), 0) FROM events")
        published = Counter[EventKind]() if verdict.held else _publish(database, run, now)
        baseline = database.value(
            "SELECT count(*) FROM events WHERE cursor > ? AND baseline", (told,)
        )
        held = _hold(database, run)
        _save_state(database, run, walk, verdict, now)
        summary = _summary(database, run, walk, verdict, published, held, int(baseline), now)
        summary = replace(
            summary,
            known_gone=known_gone,
            unconfirmed=run_counts.gone_letters(database, run, "present"),
            files_changed=run_counts.pages_with_other_files(database, run),
            rejected=run_counts.read_as_rejected(database, run.portal),
        )
        _close(database, run, verdict, summary)
    return summary


def accept_held(database: Database, portal: str, now: datetime) -> int:
    """Publishes everything the circuit breaker holds back; gives the number of events."""
    with database.writing(), indexing_together(database):
        held = _event_ids(database, portal, "held")
        for event_id in held:
            _publish_one(database, event_id, now)
        _clear_state(database, portal, "accept", held, now)
    return len(held)


def reject_held(database: Database, portal: str, now: datetime) -> int:
    """Takes back everything held: its captures were misread; gives the number of events.

    It is not told again as long as the pages read so (`storage/rejected.py`).
    """
    with database.writing():
        held = _event_ids(database, portal, "held")
        for event_id in held:
            version = database.value("SELECT version_id FROM events WHERE id = ?", (event_id,))
            database.write("UPDATE events SET status = 'rejected' WHERE id = ?", (event_id,))
            reject_told_by(database, event_id)
            if version is not None:
                drop_version(database, version)
        _clear_state(database, portal, "reject", held, now)
    return len(held)


def _publish(database: Database, run: Run, now: datetime) -> Counter[EventKind]:
    """Tells what this run found, and what earlier ones left if this run saw it again."""
    published: Counter[EventKind] = Counter()
    rows = list(
        database.rows(
            """SELECT events.id, events.kind, events.status, events.run_id, copies.visited_run
               FROM events JOIN copies ON copies.id = events.copy_id
               JOIN portals ON portals.id = events.portal_id
               WHERE portals.name = ? AND events.status IN ('pending', 'held')
                 AND events.replayed IS NULL  -- those wait for their replay's end
               ORDER BY events.run_id, events.observed_at, kind != 'restored', events.id""",
            (run.portal,),
        )
    )
    for row in rows:
        if row["status"] == "held" and row["visited_run"] != run.id:
            continue
        _publish_one(database, row["id"], now)
        published[EventKind(row["kind"])] += 1
    return published


def _publish_one(database: Database, event_id: int, now: datetime) -> None:
    event = database.row("SELECT * FROM events WHERE id = ?", (event_id,))
    if event is None:
        return
    database.write(
        "UPDATE versions SET status = 'published' WHERE id = ? AND status != 'dropped'",
        (event["version_id"],),
    )
    database.write(
        """UPDATE letters SET published_at = coalesce(published_at, ?), status = ? WHERE id = ?""",
        (to_text(now), letter_status(database, event["letter_id"]), event["letter_id"]),
    )
    database.write(
        "UPDATE events SET baseline = ? WHERE id = ?",
        (_is_baseline(database, event["copy_id"], event["kind"]), event_id),
    )
    publish(database, event_id, now)


def letter_status(database: Database, letter_id: int) -> str:
    """Withdrawn when no copy of the letter is left, and one was withdrawn."""
    present = database.value(
        "SELECT 1 FROM copies WHERE letter_id = ? AND status = 'present' LIMIT 1", (letter_id,)
    )
    return "present" if present else "withdrawn"


def _is_baseline(database: Database, copy_id: int, kind: str) -> bool:
    """Whether a first event belongs to the portal's first complete walk, or comes before it."""
    if kind not in {EventKind.NEW, EventKind.COPY_FOUND}:
        return False
    row = database.row(
        """SELECT first_run, first_complete_run FROM copies
           JOIN portals ON portals.id = portal_id WHERE copies.id = ?""",
        (copy_id,),
    )
    if row is None:
        return False
    return row["first_complete_run"] is None or row["first_run"] <= row["first_complete_run"]


def _mark_first_complete_walk(database: Database, run: Run, walk: ListWalk) -> None:
    if walk.complete:
        database.write(
            """UPDATE portals SET first_complete_run = coalesce(first_complete_run, ?)
               WHERE name = ?""",
            (run.id, run.portal),
        )


def _hold(database: Database, run: Run) -> int:
    """Holds what was not told; the copies concerned are due at once, so that it clears up."""
    database.write(
        """UPDATE versions SET status = 'held' WHERE status = 'pending' AND id IN (
               SELECT version_id FROM events JOIN portals ON portals.id = portal_id
               WHERE portals.name = ? AND events.status = 'pending'
                 AND events.replayed IS NULL)""",
        (run.portal,),
    )
    database.write(
        """UPDATE events SET status = 'held' WHERE status = 'pending' AND replayed IS NULL
           AND portal_id = (SELECT id FROM portals WHERE name = ?)""",
        (run.portal,),
    )
    database.write(
        """UPDATE copies SET due_at = last_visited WHERE id IN (
               SELECT copy_id FROM events JOIN portals ON portals.id = events.portal_id
               WHERE portals.name = ? AND events.status = 'held')""",
        (run.portal,),
    )
    return len(_event_ids(database, run.portal, "held"))


def _event_ids(database: Database, portal: str, status: str) -> list[int]:
    return [
        row["id"]
        for row in database.rows(
            """SELECT events.id FROM events JOIN portals ON portals.id = portal_id
               WHERE portals.name = ? AND events.status = ? ORDER BY events.id""",
            (portal, status),
        )
    ]


def _save_state(
    database: Database, run: Run, walk: ListWalk, verdict: Verdict, now: datetime
) -> None:
    blocked = verdict.state is PortalState.BLOCKED
    before = int(
        database.value("SELECT blocked_runs FROM portals WHERE name = ?", (run.portal,)) or 0
    )
    pause = min(_FIRST_PAUSE * 2**before, _LONGEST_PAUSE) if blocked else None
    database.write(
        """UPDATE portals SET state = ?, reason = ?, blocked_runs = ?, not_before = ?,
           listed_when_healthy = iif(?, (SELECT listed FROM runs WHERE id = ?),
                                     listed_when_healthy)
           WHERE name = ?""",
        (
            verdict.state.value,
            verdict.reason,
            before + 1 if blocked else 0,
            to_text(now + pause) if pause else None,
            verdict.state is PortalState.OK and walk.complete,
            run.id,
            run.portal,
        ),
    )


def _clear_state(
    database: Database, portal: str, decision: str, events: list[int], now: datetime
) -> None:
    cleared = database.write(
        "UPDATE portals SET state = 'ok', reason = NULL WHERE name = ? AND state = 'suspect'",
        (portal,),
    )
    if not events and not cleared:
        return  # nothing was decided
    journal.append(
        database,
        "decision",
        None,
        {"decision": decision, "portal": portal, "events": events},
        observed_at=None,
        recorded_at=to_text(now),
    )


def _summary(
    database: Database,
    run: Run,
    walk: ListWalk,
    verdict: Verdict,
    published: Counter[EventKind],
    held: int,
    baseline: int,
    now: datetime,
) -> RunSummary:
    row = database.row("SELECT * FROM runs WHERE id = ?", (run.id,))
    return RunSummary(
        run_id=run.id,
        portal=run.portal,
        state=verdict.state,
        reason=verdict.reason,
        started_at=run.started_at,
        ended_at=now,
        listed=row["listed"] if row else 0,
        outcomes=run_counts.outcomes(database, run),
        events=dict(published),
        held=held,
        baseline=baseline,
        disallowed=walk.disallowed,
    )


def _close(database: Database, run: Run, verdict: Verdict, summary: RunSummary) -> None:
    database.write(
        """UPDATE runs SET ended_at = ?, status = ?, state = ?, reason = ?, summary = ?
           WHERE id = ?""",
        (
            to_text(summary.ended_at),
            "held" if verdict.held else "published",
            verdict.state.value,
            verdict.reason,
            dump({"outcomes": summary.outcomes, "events": summary.events, "held": summary.held}),
            run.id,
        ),
    )


def blocked_until(database: Database, portal: str) -> datetime | None:
    """When a portal that blocked us may be asked again on schedule."""
    text = database.value("SELECT not_before FROM portals WHERE name = ?", (portal,))
    return from_text(text) if text else None
