"""Why a message did not get through, and what may be done next."""

from __future__ import annotations

from datetime import timedelta

from storage.errors import DeliveryError


class NotDelivered(DeliveryError):
    """One attempt failed; the message stays in the outbox.

    `permanent`: the receiver will never take it. `retry_after`: how long it asks us to wait.
    `remaining`: recipients that did not get it, where others did.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: timedelta | None = None,
        remaining: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.retry_after = retry_after
        self.remaining = remaining


def os_reason(error: OSError) -> str:
    """What an operating system's error comes to, in a few words, without addresses."""
    if isinstance(error, TimeoutError):
        return "time-out"
    return (error.strerror or str(error) or type(error).__name__).lower()
