"""The outbox: what a target is told is written in one transaction with how far it was told.

So a crash of ours neither loses a message nor makes two of one: before that transaction the events
are still ahead of the target's cursor, after it the message lies here under an id of its own until
it is marked as delivered. A crash between sending and marking repeats it under the same id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from storage.clock import Clock, from_text, to_text
from storage.database import Database, Row
from storage.evidence import journal
from storage.export import last_cursor
from storage.json_forms import dump
from storage.outbox.records import Delivery, Draft, TargetKey, TargetState, Undelivered

KEPT_CONTENT = timedelta(days=30)  # of what was delivered
KEPT_ROWS = 200  # of a target, delivered; as many given up


class Outbox:
    """The messages of one archive: written beside a running crawl, each method a transaction."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def target_state(self, key: TargetKey) -> TargetState | None:
        """How far a target was told; None where it was never begun."""
        row = self._database.row(
            "SELECT * FROM outbox_targets WHERE channel = ? AND name = ? AND target = ?",
            (key.channel, key.name, key.target),
        )
        return _state(row) if row else None

    def begin_target(self, key: TargetKey, cursor: int | None) -> TargetState:
        """A target's state; a new one begins after `cursor`, None: with what comes from now on."""
        now = self._clock()
        with self._database.writing():
            known = self.target_state(key)
            if known is not None:
                return known
            if cursor is None:
                cursor = last_cursor(self._database)
            at = to_text(now)
            identity = {"channel": key.channel, "name": key.name, "target": key.target}
            times = {"begun_at": at, "prepared_at": at}
            target = self._database.insert(
                "outbox_targets", {**identity, "cursor": cursor, **times}
            )
            return TargetState(target, key, cursor, now, now, {})

    def put_in_outbox(
        self,
        state: TargetState,
        drafts: Sequence[Draft],
        upto: int,
        *,
        after: int | None = None,
        alarms: Mapping[str, str] | None = None,
    ) -> bool:
        """Adds messages and advances their target to `upto`, in one transaction.

        `after` is where they begin if not at the target's cursor. False, and nothing done, where
        another process advanced the target since `state` was read.
        """
        now = self._clock()
        with self._database.writing():
            advanced = self._database.write(
                "UPDATE outbox_targets SET cursor = max(cursor, ?), prepared_at = ?, alarms = ?"
                " WHERE id = ? AND cursor = ? AND prepared_at = ?",
                (
                    upto,
                    to_text(now),
                    dump(dict(state.alarms if alarms is None else alarms)),
                    state.id,
                    state.cursor,
                    to_text(state.prepared_at),
                ),
            )
            if not advanced:
                return False
            begin = state.cursor if after is None else after
            for part, draft in enumerate(drafts, start=1):
                own = (begin, upto) if draft.upto is None else (draft.upto - 1, draft.upto)
                _insert(self._database, state, draft, own, part, now)
        return True

    def waiting(self, target_id: int, limit: int, *, dead: bool = False) -> list[Delivery]:
        """A target's next messages in their order; with `dead` those given up, too."""
        rows = self._database.rows(
            """SELECT * FROM outbox WHERE target_id = ? AND delivered_at IS NULL
               AND content IS NOT NULL  -- forgotten since
               AND (? OR dead_at IS NULL) ORDER BY id LIMIT ?""",
            (target_id, dead, limit),
        )
        return [_delivery(row) for row in rows]

    def mark_delivered(self, deliveries: Sequence[Delivery]) -> None:
        """Records that messages arrived."""
        with self._database.writing():
            for delivery in deliveries:
                self._database.write(
                    """UPDATE outbox SET delivered_at = ?, attempts = attempts + 1, error = NULL,
                       next_attempt = NULL, dead_at = NULL, remaining = NULL WHERE id = ?""",
                    (to_text(self._clock()), delivery.id),
                )

    def mark_failed(
        self,
        delivery: Delivery,
        error: str,
        *,
        next_attempt: datetime | None,
        remaining: Sequence[str] | None = None,
    ) -> None:
        """Records an attempt that failed; without `next_attempt` the message is given up."""
        left = delivery.remaining if remaining is None else tuple(remaining)
        with self._database.writing():
            self._database.write(
                """UPDATE outbox SET attempts = attempts + 1, error = ?, next_attempt = ?,
                   dead_at = ?, remaining = ? WHERE id = ?""",
                (
                    error,
                    to_text(next_attempt) if next_attempt else None,
                    None if next_attempt else to_text(self._clock()),
                    None if left is None else dump(list(left)),
                    delivery.id,
                ),
            )

    def has_title(self, target_id: int, title: str) -> bool:
        """Whether a target's outbox remembers a message of that title."""
        sql = "SELECT 1 FROM outbox WHERE target_id = ? AND title = ? LIMIT 1"
        return self._database.row(sql, (target_id, title)) is not None

    def undelivered(self) -> list[Undelivered]:
        """Every target with messages that failed or were given up; a read-only operation."""
        rows = self._database.rows(
            """
            SELECT target.*, first.created_at, first.attempts, first.next_attempt, first.error,
                (SELECT count(*) FROM outbox WHERE target_id = target.id
                 AND delivered_at IS NULL AND dead_at IS NULL) AS waiting,
                (SELECT count(*) FROM outbox WHERE target_id = target.id
                 AND delivered_at IS NULL AND dead_at IS NOT NULL
                 AND content IS NOT NULL) AS dead
            FROM outbox_targets AS target
            JOIN outbox AS first ON first.id = (
                SELECT min(id) FROM outbox
                WHERE target_id = target.id AND delivered_at IS NULL AND content IS NOT NULL)
            WHERE first.attempts > 0
            ORDER BY channel, name, target
            """
        )
        return [
            Undelivered(
                key=_key(row),
                waiting=row["waiting"],
                dead=row["dead"],
                since=from_text(row["created_at"]),
                attempts=row["attempts"],
                next_attempt=_instant(row["next_attempt"]),
                error=row["error"],
            )
            for row in rows
        ]

    def tidy_outbox(self) -> None:
        """Drops the content of what was delivered long ago, and all but each target's last rows.

        What waits stays; of what was given up the last `KEPT_ROWS` do.
        """
        with self._database.writing():
            self._database.write(
                "UPDATE outbox SET content = NULL WHERE content IS NOT NULL AND delivered_at < ?",
                (to_text(self._clock() - KEPT_CONTENT),),
            )
            self._database.write(
                """DELETE FROM outbox WHERE delivered_at IS NOT NULL AND id <= (
                       SELECT id FROM outbox AS kept
                       WHERE kept.target_id = outbox.target_id AND kept.delivered_at IS NOT NULL
                       ORDER BY id DESC LIMIT 1 OFFSET ?)""",
                (KEPT_ROWS,),
            )
            self._database.write(
                """DELETE FROM outbox WHERE dead_at IS NOT NULL AND id <= (
                       SELECT id FROM outbox AS kept
                       WHERE kept.target_id = outbox.target_id AND kept.dead_at IS NOT NULL
                       ORDER BY id DESC LIMIT 1 OFFSET ?)""",
                (KEPT_ROWS,),
            )


def _insert(
    database: Database,
    state: TargetState,
    draft: Draft,
    cursors: tuple[int, int],
    part: int,
    now: datetime,
) -> None:
    row = {
        "target_id": state.id,
        "message_id": "",
        "after_cursor": cursors[0],
        "upto_cursor": cursors[1],
        "part": part,
        "created_at": to_text(now),
        "title": draft.title,
        "content": draft.content,
    }
    row["message_id"] = _message_id(database, state, row)
    database.insert("outbox", row)


def _message_id(database: Database, state: TargetState, row: dict[str, object]) -> str:
    """`msg_9f3a…`: 128 bits of what is told to whom, and of when it was put together.

    A sink's message is named by its event alone, so that even an archive restored from a backup
    repeats it under the same id.
    """
    key = state.key
    told = [journal.archive_name(database), key.channel, key.name, key.target]
    told += [str(row["upto_cursor"])]
    if key.channel == "report":
        told += [str(row[name]) for name in ("after_cursor", "part", "created_at", "title")]
        told.append(str(database.value("SELECT coalesce(max(id), 0) FROM outbox")))
    return "msg_" + hashlib.sha256("\n".join(told).encode()).hexdigest()[:32]


def _state(row: Row) -> TargetState:
    return TargetState(
        id=row["id"],
        key=_key(row),
        cursor=row["cursor"],
        begun_at=from_text(row["begun_at"]),
        prepared_at=from_text(row["prepared_at"]),
        alarms=json.loads(row["alarms"]),
    )


def _key(row: Row) -> TargetKey:
    return TargetKey(row["channel"], row["name"], row["target"])


def _delivery(row: Row) -> Delivery:
    return Delivery(
        id=row["id"],
        message_id=row["message_id"],
        created_at=from_text(row["created_at"]),
        title=row["title"] or "",
        content=row["content"] or "",
        attempts=row["attempts"],
        next_attempt=_instant(row["next_attempt"]),
        remaining=tuple(json.loads(row["remaining"])) if row["remaining"] else None,
    )


def _instant(text: str | None) -> datetime | None:
    return from_text(text) if text else None
