"""Pings in the healthchecks.io manner: someone elsewhere hears that crawls begin and how they end.

`POST URL/start`, `URL` for success and `URL/fail`, each with a short reason as its body
(https://healthchecks.io/docs/http_api/). Whoever does not answer keeps no crawl waiting.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit, urlunsplit

import structlog

from schedules.config.config import Config
from schedules.config.secrets import mask_target
from schedules.terminal import inert
from schedules.words.archive import spoken
from storage.errors import ArchiveLocked, FuhanError
from storage.records import PortalState, RunSummary

SECONDS = 10.0  # for a ping, and for all that is still unsaid at the end
_LONGEST_BODY = 1000  # characters


class Pinger:
    """Tells of one crawl from a thread of its own; a context manager that waits at its end.

    Without `[daemon] ping`, and where it is `silent`, it does nothing. A block that raises is
    told as a failure, but for a crawl that found another one running: that one tells.
    """

    def __init__(self, config: Config, *, silent: bool = False) -> None:
        self._config = config
        self._address = None if silent else config.daemon.ping
        self._unsaid: SimpleQueue[tuple[str, str] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._begun = False
        self._ended = False

    def begin(self, note: str = "") -> None:
        """That a crawl began; once, whatever is called again."""
        if not self._begun:
            self._begun = True
            self._say("/start", note)

    def succeed(self, note: str = "") -> None:
        """That it ended well."""
        self._ended = True
        self._say("", note)

    def fail(self, reason: str) -> None:
        """That it did not."""
        self._ended = True
        self._say("/fail", reason)

    def tell(self, summaries: Sequence[RunSummary]) -> None:
        """What a crawl came to: a failure only where not one portal is ok.

        With many portals some site is always down, which is for the reports to tell; none that
        answers is more likely our own doing.
        """
        trouble = [s for s in summaries if s.state is not PortalState.OK]
        lines = [f"{s.portal}: {s.state.value}: {s.reason or ''}".rstrip(": ") for s in trouble]
        note = "\n".join([f"{len(summaries) - len(trouble)}/{len(summaries)} ok", *lines])
        if trouble and len(trouble) == len(summaries):
            self.fail(note)
        else:
            self.succeed(note)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        failed = isinstance(error, Exception) and not isinstance(error, ArchiveLocked)
        if failed and not self._ended:
            told = spoken(error) if isinstance(error, FuhanError | OSError) else str(error)
            self.fail(told or type(error).__name__)
        if self._thread is not None:
            self._unsaid.put(None)
            self._thread.join(SECONDS)

    def _say(self, ending: str, note: str) -> None:
        if not self._address:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="pings", daemon=True)
            self._thread.start()
        body = inert(self._config.shown(note))[:_LONGEST_BODY]
        self._unsaid.put((ping_address(self._address, ending), body))

    def _work(self) -> None:
        while True:
            try:
                item = self._unsaid.get(timeout=24 * 3600)
            except Empty:
                continue
            if item is None:
                return
            send_ping(*item)


def send_ping(address: str, body: str) -> None:
    """One ping; a failure is a line in the log, no more."""
    import requests  # most crawls tell nobody

    log = structlog.get_logger("fuhan.pings")
    try:
        with requests.post(
            address, data=body.encode(), timeout=SECONDS / 2, stream=True
        ) as answer:  # its body is not read: it may never end
            if not answer.ok:
                log.warning("ping failed", to=mask_target(address), reason=answer.status_code)
    except (requests.RequestException, ValueError) as error:
        log.warning("ping failed", to=mask_target(address), reason=type(error).__name__)


def ping_address(address: str, ending: str) -> str:
    """`https://hc.example.org/uuid?create=1` and `/fail`: the ending goes behind the path."""
    parts = urlsplit(address)
    return urlunsplit(parts._replace(path=parts.path.rstrip("/") + ending))
