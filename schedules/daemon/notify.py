"""Tells systemd how the daemon stands, by the socket it names (sd_notify(3)); else does nothing."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress


class Notifier:
    """The service manager's side of the daemon."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        self._address = environment.get("NOTIFY_SOCKET", "")
        self.watched_seconds = _watchdog_seconds(environment)  # None: nobody waits for `alive`

    def ready(self, status: str) -> None:
        """It works; `status` is shown by `systemctl status`."""
        self._send(f"READY=1\nSTATUS={status}")

    def alive(self) -> None:
        """It still does; to be said at least every `watched_seconds`."""
        if self.watched_seconds is not None:
            self._send("WATCHDOG=1")

    def stopping(self) -> None:
        """It was told to end, and does."""
        self._send("STOPPING=1")

    def _send(self, message: str) -> None:
        if not self._address.startswith(("/", "@")):
            return
        # "@/org/x" is a socket of Linux's abstract namespace: its name begins with NUL
        address = self._address.replace("@", "\0", 1) if self._address[0] == "@" else self._address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.connect(address)
            out.sendall(message.encode())


def _watchdog_seconds(environment: Mapping[str, str]) -> float | None:
    """The interval of WATCHDOG_USEC, where it is meant for this process."""
    if environment.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    text = environment.get("WATCHDOG_USEC", "")
    return int(text) / 1e6 if text.isascii() and text.isdigit() and int(text) else None
