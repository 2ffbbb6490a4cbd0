"""What is to be handed to people and programs: targets, how far they were told, and messages."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0015_outbox")
def _outbox(db: Database) -> None:
    db.table("outbox_targets").create(
        {
            "id": int,
            "channel": str,  # report, sink
            "name": str,  # of the report or sink
            "target": str,  # where to, without secrets
            "cursor": int,  # events up to this one were put into the outbox
            "begun_at": str,
            "prepared_at": str,  # when they were
            "alarms": str,  # JSON: the portals in trouble that were told last, with their states
        },
        pk="id",
        not_null={"channel", "name", "target", "cursor", "begun_at", "prepared_at"},
        defaults={"alarms": "{}"},
    )
    db.table("outbox_targets").create_index(["channel", "name", "target"], unique=True)
    db.table("outbox").create(
        {
            "id": int,  # messages of a target leave in this order
            "target_id": int,
            "message_id": str,  # the same at every attempt
            "after_cursor": int,  # tells the events after this one
            "upto_cursor": int,  # up to this one
            "part": int,  # from 1, of a report that was split
            "created_at": str,
            "title": str,
            "content": str,  # NULL some time after it was delivered
            "remaining": str,  # JSON: recipients still to be served; NULL: all
            "attempts": int,
            "next_attempt": str,
            "error": str,  # the last attempt's, masked
            "delivered_at": str,
            "dead_at": str,  # given up
        },
        pk="id",
        foreign_keys=[("target_id", "outbox_targets", "id")],
        not_null={"target_id", "message_id", "after_cursor", "upto_cursor", "part", "created_at"},
        defaults={"attempts": 0, "part": 1},
    )
    db.table("outbox").create_index(["message_id"], unique=True)
    db.table("outbox").create_index(["target_id", "delivered_at"])
