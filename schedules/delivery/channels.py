"""What a way of delivery is: it turns a report into messages, and hands messages over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from schedules.delivery.contents import Contents
from storage.outbox.records import Delivery, Draft


class Channel(Protocol):
    """Hands over messages that lie in the outbox."""

    @property
    def batch(self) -> int:
        """How many messages are handed over at once, all or none."""

    @property
    def seconds(self) -> float:
        """How long one `send` may take; then it counts as failed."""

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Hands messages over, at most `batch` of them; called from a thread of its own.

        Raises NotDelivered. Handing the same message over twice must do no harm.
        """

    def check(self) -> None:
        """Looks whether messages could be handed over, without sending any; DeliveryError."""


class ReportChannel(Channel, Protocol):
    """Hands over reports."""

    def drafts(self, contents: Contents) -> Sequence[Draft]:
        """The messages a report makes here; DeliveryError where the target is no target."""
