"""`GET /metrics` for Prometheus, on the address the configuration names, and nothing else."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST

from schedules.config.running import Listen

FRESH_SECONDS = 10.0  # a look at the archive serves all that ask within
_AT_ONCE = 8  # who asks; others are turned away
_SILENCE_SECONDS = 5.0


class Exporter(AbstractContextManager["Exporter"]):
    """Serves what `look` gives, from a thread of its own; raises OSError where the port is taken.

    On a loopback address only a Host of this machine is answered: a page in a browser that
    points its own name here (DNS rebinding) reads nothing.
    """

    def __init__(self, listen: Listen, look: Callable[[], bytes]) -> None:
        self._server = _Server(listen, _Cached(look))
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.2,), name="metrics", daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """The port in use."""
        return int(self._server.server_address[1])

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Cached:
    """What `look` gave last, while it is fresh; one look at a time."""

    def __init__(self, look: Callable[[], bytes]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._text = b""
        self._at = -FRESH_SECONDS

    def __call__(self) -> bytes:
        with self._lock:
            if time.monotonic() - self._at >= FRESH_SECONDS or not self._text:
                self._text = self._look()
                self._at = time.monotonic()
            return self._text


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, listen: Listen, look: Callable[[], bytes]) -> None:
        if ":" in listen.host:
            self.address_family = socket.AF_INET6
        self.look = look
        self.loopback = listen.is_loopback
        self._places = threading.BoundedSemaphore(_AT_ONCE)
        super().__init__((listen.host, listen.port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answers in a thread, where there is a place left."""
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Gives the place back."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked went away: nothing to tell."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = _SILENCE_SECONDS
    server_version = "fuhan"
    sys_version = ""

    def do_GET(self) -> None:
        """The metrics, or 404 and 403 without a word about what was asked."""
        if self.server.loopback and not _is_own_name(self.headers.get("Host", "")):
            self._answer(403, b"")
        elif self.path.partition("?")[0] != "/metrics":
            self._answer(404, b"")
        else:
            self._answer(200, self.server.look())

    def log_message(self, format: str, *args: object) -> None:
        """Being asked is no news."""

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", CONTENT_TYPE_LATEST)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


def _is_own_name(host: str) -> bool:
    """Whether a Host header names this machine: `localhost`, `127.0.0.1:9108`, `[::1]`."""
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return Listen(name.strip("[]").lower(), 0).is_loopback
