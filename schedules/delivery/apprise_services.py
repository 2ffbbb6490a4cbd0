"""Owns Apprise: its services made from their addresses, and its log kept to ourselves.

Its log lines and exceptions may hold keys; nothing of them is shown that was not masked.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import apprise

_LOG = logging.getLogger("apprise")
_LOG.addHandler(logging.NullHandler())  # without any, Python would write warnings to stderr
_LOG.propagate = False


def service(url: str) -> Any | None:
    """The service of an address, ready to be notified; None where Apprise knows none.

    Nothing in a message is interpreted: no escapes, no emoji names, no attachments.
    """
    asset = apprise.AppriseAsset(
        app_id="fuhan",
        app_desc="fuhan",
        app_url="",
        interpret_escapes=False,
        interpret_emojis=False,
        async_mode=False,
        plugin_paths=[],
    )
    with kept_log():
        try:
            return apprise.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
        except Exception:  # noqa: BLE001 - plug-ins raise what they like for a bad address
            return None


@contextmanager
def kept_log() -> Iterator[list[str]]:
    """What Apprise logs in this thread meanwhile, warnings and worse, in place of logging it."""
    lines: list[str] = []
    keeper = _Keeper(lines)
    _LOG.addHandler(keeper)
    try:
        yield lines
    finally:
        _LOG.removeHandler(keeper)


class _Keeper(logging.Handler):
    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.WARNING)
        self._lines = lines
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self._thread and len(self._lines) < 20:
            self._lines.append(record.getMessage())
