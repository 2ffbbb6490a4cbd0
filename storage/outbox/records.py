"""The records of delivery: targets, messages put into the outbox, and how they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from storage.records import Event, ReplyLetter

DeliveryChannel = Literal["report", "sink"]


@dataclass(frozen=True, slots=True)
class TargetKey:
    """Which target of which report or sink; `target` shows where to, without secrets."""

    channel: DeliveryChannel
    name: str
    target: str


@dataclass(frozen=True, slots=True)
class TargetState:
    """How far a target was told: events up to `cursor` are in its outbox or were delivered."""

    id: int
    key: TargetKey
    cursor: int
    begun_at: datetime
    prepared_at: datetime
    alarms: Mapping[str, str]  # portals in trouble told last, with their states


@dataclass(frozen=True, slots=True)
class Draft:
    """One message as it is put into the outbox, rendered once and for all its attempts."""

    title: str
    content: str
    upto: int | None = None  # the cursor of the one event it tells, where it tells only one


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message in the outbox, not delivered yet."""

    id: int
    message_id: str
    created_at: datetime
    title: str
    content: str
    attempts: int
    next_attempt: datetime | None
    remaining: tuple[str, ...] | None = None  # recipients still to be served; None: all


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A target with messages that did not get through: an entry of `fuhan status --json`."""

    key: TargetKey
    waiting: int
    dead: int  # given up
    since: datetime  # when the oldest was made
    attempts: int  # of the oldest
    next_attempt: datetime | None  # of the oldest
    error: str | None


@dataclass(frozen=True, slots=True)
class LetterNews:
    """One published event as sinks are told it: the letter's record, and the event.

    `event` is None for what only exports are told: a letter read again, joined or split.
    """

    cursor: int
    portal: str
    line: Mapping[str, Any]  # as `fuhan export` prints it
    letter: ReplyLetter
    event: Event | None = field(default=None)
