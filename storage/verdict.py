"""The circuit breaker: whether a run saw a portal as it is, or something in between broke."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from storage.database import Database, Row
from storage.records import ListWalk, Outcome, PortalState, Run

FEWEST_LETTERS = 3  # below this a share says nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a run went, and whether its events are held back."""

    state: PortalState
    reason: str | None
    held: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run met, counted: letters read in an earlier run and not known to be gone."""

    known: int  # visited in this run
    lost: int  # of these unreadable, no letter any more, or gone for the first time
    alike: int  # of these changed in one and the same way
    asked: int
    failed: int
    blocked: int


def judge(database: Database, run: Run, walk: ListWalk, min_letters: int) -> Verdict:
    """The verdict on a run, at its end; a read-only operation.

    A run is suspect when over half of at least three known letters came out unreadable, gone,
    or changed alike; or when a complete walk lists fewer letters than `min_letters`, or under
    half of the last healthy walk's and at least three fewer.
    """
    tally = collect(database, run)
    suspicion = _suspicion(tally) or _short_lists(database, run, walk, min_letters)
    held = suspicion is not None
    if walk.blocked or (tally.blocked and 2 * tally.blocked >= tally.asked):
        seen = walk.reason if walk.blocked else _first_reason(database, run, Outcome.BLOCKED)
        reason = _counted(tally.blocked + walk.blocked, "answer") + " blocked" + _in_brackets(seen)
        return Verdict(PortalState.BLOCKED, reason, held)
    if walk.columns_failed or 2 * walk.failed > walk.asked:
        reason = _counted(walk.failed, "list page") + " could not be read"
        reason += _in_brackets(walk.reason)
        return Verdict(PortalState.FAILING, reason, held)
    if 2 * tally.failed > tally.asked:
        reason = f"{tally.failed} of {tally.asked} pages could not be fetched"
        seen = _first_reason(database, run, Outcome.FAILED)
        return Verdict(PortalState.FAILING, reason + _in_brackets(seen), held)
    if suspicion:
        return Verdict(PortalState.SUSPECT, suspicion, held=True)
    return Verdict(PortalState.OK, None, held=False)


def collect(database: Database, run: Run) -> Tally:
    """Counts what a run has met so far."""
    outcomes = {
        row["outcome"]: row["count"]
        for row in database.rows(
            "SELECT outcome, count(*) AS count FROM visits WHERE run_id = ? GROUP BY outcome",
            (run.id,),
        )
    }
    unchanged = int(database.value("SELECT unchanged FROM runs WHERE id = ?", (run.id,)))
    known, lost = _known_and_lost(database, run)
    return Tally(
        known=known,
        lost=lost,
        alike=_changed_alike(database, run),
        asked=unchanged + sum(outcomes.values()),
        failed=outcomes.get(Outcome.FAILED.value, 0),
        blocked=outcomes.get(Outcome.BLOCKED.value, 0),
    )


def control_copies(database: Database, run: Run, limit: int) -> list[Row]:
    """Letters to visit though they are not due, where the run so far would be suspect.

    Enough of them that what was met so far would not be over half, if they are well. A run that
    visits one letter a day, and finds it lost or changed, must not take a fault of the site, or a
    redesign, for an event: it looks at as many as a share says something of.
    """
    tally = collect(database, run)
    trouble = tally.lost + tally.alike
    wanted = max(2 * trouble, FEWEST_LETTERS) - tally.known
    if not trouble or wanted <= 0:
        return []
    return list(
        database.rows(
            """SELECT copies.* FROM copies JOIN portals ON portals.id = portal_id
               WHERE portals.name = ? AND copies.status = 'present' AND gone_since IS NULL
                 AND letter_id IS NOT NULL AND visited_run < ?
               ORDER BY last_visited DESC, copies.id LIMIT ?""",
            (run.portal, run.id, min(limit, wanted)),
        )
    )


def _suspicion(tally: Tally) -> str | None:
    alike = tally.alike if tally.alike > 1 else 0  # one changes like no other
    if tally.known < FEWEST_LETTERS or 2 * (tally.lost + alike) <= tally.known:
        return None
    return (
        f"of {tally.known} known letters {tally.lost} came out unreadable or gone "
        f"and {alike} changed alike"
    )


def _short_lists(database: Database, run: Run, walk: ListWalk, min_letters: int) -> str | None:
    if not walk.complete:
        return None
    listed = int(database.value("SELECT listed FROM runs WHERE id = ?", (run.id,)))
    if listed < min_letters:
        return (
            _counted(listed, "letter") + f" listed, at least {min_letters} expected (min_letters)"
        )
    healthy = database.value(
        "SELECT listed_when_healthy FROM portals WHERE name = ?", (run.portal,)
    )
    if healthy is not None and 2 * listed < healthy and healthy - listed >= FEWEST_LETTERS:
        return _counted(listed, "letter") + f" listed, {healthy} in the last healthy walk"
    return None


def _counted(number: int, noun: str) -> str:
    """`1 letter`, `2 letters`: what is recorded is told in English as it stands."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _known_and_lost(database: Database, run: Run) -> tuple[int, int]:
    row = database.row(
        """
        SELECT count(*) AS known,
               count(*) FILTER (
                   WHERE visits.outcome IN ('gone', 'unreadable', 'not-a-letter')
                     AND NOT EXISTS (  -- a letter that moved is not lost
                         SELECT 1 FROM copies other WHERE other.letter_id = copies.letter_id
                         AND other.success_run = :run)) AS lost
        FROM copies LEFT JOIN visits ON visits.copy_id = copies.id AND visits.run_id = :run
        WHERE copies.visited_run = :run AND copies.status = 'present'
          AND copies.gone_since IS NULL
          AND coalesce(visits.outcome, 'unchanged') NOT IN ('failed', 'blocked')
          AND EXISTS (SELECT 1 FROM versions WHERE versions.copy_id = copies.id
                      AND versions.status != 'dropped' AND versions.run_id < :run
                      AND NOT versions.replayed)
        """,
        {"run": run.id},
    )
    return (row["known"], row["lost"]) if row else (0, 0)


def _changed_alike(database: Database, run: Run) -> int:
    """The largest number of copies of this run whose changes share one mark."""
    marks: Counter[str] = Counter()
    for row in database.rows(
        """SELECT events.fields, events.diff FROM events
           JOIN copies ON copies.id = events.copy_id
           WHERE copies.visited_run = :run AND events.kind = 'changed'
             AND events.status IN ('pending', 'held')
             AND EXISTS (SELECT 1 FROM versions WHERE versions.copy_id = copies.id
                         AND versions.run_id < :run AND NOT versions.replayed)""",
        {"run": run.id},
    ):
        marks.update(change_marks(json.loads(row["fields"]), json.loads(row["diff"])))
    return max(marks.values(), default=0)


def change_marks(fields: list[list[object]], diff: list[list[str]]) -> set[str]:
    """What a change may have in common with others when a page's make-up broke, not a letter.

    A field that was lost, or became the same value; the same text put in or taken out; the
    letter's beginning or end cut off.
    """
    marks = set()
    for name, _before, after in fields:
        if name == "body":
            continue
        if after in (None, "", []):
            marks.add(f"{name} lost")
        else:
            marks.add(f"{name} became {json.dumps(after, ensure_ascii=False)}")
            marks |= _files_became(after)
    marks |= {f"{op}{text.strip()}" for op, text in diff if op != "=" and len(text.strip()) > 3}
    if diff and diff[0][0] == "-":
        marks.add("beginning cut off")
    if diff and diff[-1][0] == "-":
        marks.add("end cut off")
    return marks


def _files_became(value: object) -> set[str]:
    """The bytes files have now: one placeholder in place of many files is no edit of a letter."""
    items = value if isinstance(value, list) else []
    return {f"file became {item['sha256']}" for item in items if "sha256" in item}


def _first_reason(database: Database, run: Run, outcome: Outcome) -> str | None:
    reason: str | None = database.value(
        """SELECT reason FROM visits WHERE run_id = ? AND outcome = ?
           AND reason IS NOT NULL ORDER BY observed_at LIMIT 1""",
        (run.id, outcome.value),
    )
    return reason


def _in_brackets(reason: str | None) -> str:
    return f" ({reason})" if reason else ""
