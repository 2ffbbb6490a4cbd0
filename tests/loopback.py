"""A web server on loopback whose pages a test sets, and the `fuhan` command run against it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@dataclass
class Site:
    """What a server answers: a path's body, or (status, headers, body); else 404."""

    pages: dict[str, bytes | str | tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    validators: bool = True
    asked: Counter[str] = field(default_factory=Counter)
    answered: Counter[int] = field(default_factory=Counter)
    url: str = ""

    def answer(self, path: str, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        self.asked[path] += 1
        page = self.pages.get(path)
        if page is None:
            return 404, {}, b"<html><title>404</title><body>Not Found</body></html>"
        if isinstance(page, tuple):
            return page
        body = page.encode() if isinstance(page, str) else page
        headers = {"Content-Type": "text/html; charset=utf-8"}
        if self.validators:
            headers["ETag"] = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"'
            if etag == headers["ETag"]:
                return 304, headers, b""
        return 200, headers, body


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serves a site on a free port of loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = site.answer(self.path, self.headers.get("If-None-Match"))
            site.answered[status] += 1
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass(frozen=True)
class Desk:
    """A folder with a configuration, and the command run in it."""

    folder: Path

    def write_config(self, text: str = "") -> None:
        (self.folder / "portals").mkdir(exist_ok=True)
        (self.folder / "fuhan.toml").write_text(
            '[archive]\npath = "fuhan.db"\n[crawl]\nportals = "portals"\n'
            f'enabled = ["test-*"]\n{text}',
            encoding="utf-8",
        )

    def write_portal(self, name: str, text: str) -> None:
        (self.folder / "portals" / f"{name}.toml").write_text(
            f'name = "{name}"\nprivate_network = true\ndelay = 0\n{text}', encoding="utf-8"
        )

    def fuhan(
        self, *arguments: str, now: str | None = None, expect: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Runs one command as a user would; the exit code must be `expect`."""
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith("FUHAN_")
        }
        environment |= {"PYTHONPATH": str(ROOT), "FUHAN_LANG": "en"}
        if now:
            environment["FUHAN_NOW"] = now
        done = subprocess.run(
            [sys.executable, "-m", "schedules", "--config", "fuhan.toml", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == expect, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def crawl_until_killed(self, reached: Callable[[], bool], *, now: str) -> None:
        """Starts a crawl and kills it (SIGKILL) as soon as `reached` holds."""
        environment = os.environ | {"PYTHONPATH": str(ROOT), "FUHAN_NOW": now}
        crawl = subprocess.Popen(
            [sys.executable, "-m", "schedules", "--config", "fuhan.toml", "crawl"],
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while crawl.poll() is None and not reached():
            time.sleep(0.002)
        crawl.kill()
        crawl.wait()

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        """The JSON lines a command prints."""
        return [json.loads(line) for line in self.fuhan(*arguments).stdout.splitlines()]
