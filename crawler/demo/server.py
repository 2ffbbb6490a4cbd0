"""Serves the sites of a day on loopback, each on a port of its own, as HTTP/1.1."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import NamedTuple

from crawler.demo.answers import answer
from crawler.demo.days import sites_on
from crawler.demo.refusals import DemoResponse
from crawler.demo.site import DemoSite

SitesOfDay = Callable[[int], Mapping[str, DemoSite]]


class Request(NamedTuple):
    """A request as it was counted."""

    site: str
    path: str  # with its query
    status: int


class DemoServer:
    """Serves `sites_of_day(day)`; a context manager.

    `day` may be set at any time and holds for all sites from the next request on. `ports` gives
    sites fixed ports; the others get free ones. Each answer waits `latency` seconds. Entering
    opens sockets on 127.0.0.1 and starts a thread a site; raises OSError where a port is taken.
    """

    def __init__(
        self,
        sites_of_day: SitesOfDay = sites_on,
        *,
        day: int = 1,
        ports: Mapping[str, int] | None = None,
        latency: float = 0.0,
    ) -> None:
        self.day = day
        self.latency = latency
        self.requests: Counter[Request] = Counter()
        self._sites_of_day = sites_of_day
        self._ports = dict(ports or {})
        self._lock = Lock()
        self._servers: dict[str, ThreadingHTTPServer] = {}
        self._threads: list[Thread] = []

    @property
    def sites(self) -> Mapping[str, DemoSite]:
        """The sites as they stand now, by name."""
        return self._sites_of_day(self.day)

    def url(self, site: str) -> str:
        """The address of a site's root, `http://127.0.0.1:PORT`, without a slash at its end."""
        return f"http://127.0.0.1:{self._servers[site].server_port}"

    def count(self, site: str | None = None, status: int | None = None) -> int:
        """How many requests were answered, by all sites or one, in all ways or one."""
        return sum(
            times
            for request, times in self.requests.items()
            if site in (None, request.site) and status in (None, request.status)
        )

    def answer(self, site: str, path: str, headers: Mapping[str, str], method: str) -> DemoResponse:
        """Answer for one site, and count the request."""
        if self.latency:
            time.sleep(self.latency)
        given = answer(self.sites[site], path, headers, method)
        with self._lock:
            self.requests[Request(site, path, given.status)] += 1
        return given

    def __enter__(self) -> DemoServer:
        try:
            for name in self.sites:
                self._open(name)
        except OSError:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving and close the sockets; doing it twice is harmless."""
        for server in self._servers.values():
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join()
        self._servers.clear()
        self._threads.clear()

    def _open(self, name: str) -> None:
        serving = partial(_Handler, self, name)
        server = _Server(("127.0.0.1", self._ports.get(name, 0)), serving)
        thread = Thread(target=server.serve_forever, args=(0.05,), name=name, daemon=True)
        thread.start()
        self._servers[name] = server
        self._threads.append(thread)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # clients keep connections open
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a client that leaves early is no event here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "nginx"
    sys_version = ""
    disable_nagle_algorithm = True  # head and body leave as two writes
    wbufsize = -1
    timeout = 60

    def __init__(self, portal_server: DemoServer, site: str, *connection: object) -> None:
        self.demo = portal_server
        self.site = site
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        given = self.demo.answer(self.site, self.path, dict(self.headers.items()), self.command)
        self.send_response(given.status)
        for name, value in given.headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(given.body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""
