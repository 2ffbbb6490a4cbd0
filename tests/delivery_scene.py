"""An archive with news, a configuration, and receivers that fail, hang and die on demand."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from schedules.config.config import Config, load_config
from schedules.delivery.deliver import DeliverySummary, begin_targets, send_due, send_report
from storage.records import ReplyLetter
from tests.archive_story import Page, Story, a_letter
from tests.one_portal import PORTAL_FILE


@dataclass
class Scene:
    """A watch over one invented portal, its clock in our hands."""

    folder: Path
    config: Config
    story: Story
    site: dict[str, Page] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.story.now

    @now.setter
    def now(self, instant: datetime) -> None:
        self.story.now = instant

    def clock(self) -> datetime:
        return self.story.now

    def begin(self) -> None:
        begin_targets(self.config, clock=self.clock)

    def edit(self, number: int, figure: int, days: float = 1) -> None:
        """One letter's figure becomes another, and a crawl sees it."""
        page = self.site[f"t{number}.html"]
        assert isinstance(page, ReplyLetter)
        body = f"{a_letter(number).body}\n另有{figure}处在建。"
        self.site[f"t{number}.html"] = a_letter(number, body=body)
        self.story.crawl(self.site, days=days)

    def send(self, **options: Any) -> DeliverySummary:
        """`fuhan report NAME --send` of the first report."""
        report = self.config.reports[0]
        return send_report(self.config, report, clock=self.clock, jitter=lambda: 0.5, **options)

    def deliver(self, *names: str, **options: Any) -> DeliverySummary:
        """`fuhan deliver`."""
        return send_due(self.config, clock=self.clock, names=names, jitter=lambda: 0.5, **options)

    def outbox(self, columns: str = "*") -> list[tuple[Any, ...]]:
        with self.story.open() as archive:
            rows = archive.outbox._database.rows(f"SELECT {columns} FROM outbox ORDER BY id")
            return [tuple(row) for row in rows]


def scene(folder: Path, text: str, *, letters: int = 3, begun: bool = True) -> Scene:
    """A portal of some letters, crawled once; with `begun` its targets wait for what comes now."""
    (folder / "portals").mkdir()
    (folder / "portals" / "a.toml").write_text(PORTAL_FILE, encoding="utf-8")
    file = folder / "fuhan.toml"
    file.write_text(f'[crawl]\nenabled = ["a"]\n{text}', encoding="utf-8")
    made = Scene(folder, load_config(file, {}), Story(folder / "fuhan.db"))
    made.site = {f"t{number}.html": a_letter(number) for number in range(1, letters + 1)}
    made.story.crawl(made.site)
    if begun:
        made.begin()
    return made


# --- a webhook's receiver ------------------------------------------------------------------------

Answer = int | tuple[int, dict[str, str]] | Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Hook:
    """What was posted, in order; answers the first of `answers`, then the next, the last on."""

    answers: list[Answer]
    url: str = ""
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)

    @property
    def ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.got]


@contextmanager
def receiving(*answers: Answer) -> Iterator[Hook]:
    """A receiver on loopback; `hook.let_go` ends whatever hangs."""
    hook = Hook(list(answers) or [204])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            hook.got.append(({k.lower(): v for k, v in self.headers.items()}, body))
            answer = hook.answers.pop(0) if len(hook.answers) > 1 else hook.answers[0]
            if callable(answer):
                answer(self)
                return
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hook.url = f"http://127.0.0.1:{server.server_port}/hook"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield hook
    finally:
        hook.let_go.set()
        server.shutdown()
        server.server_close()


# --- a mail server -------------------------------------------------------------------------------


@dataclass
class Mailbox:
    """What an SMTP server was given; what it answers to recipients and after DATA is scripted."""

    after_data: list[str] = field(default_factory=list)  # `250 OK` once it is empty
    refuse: dict[str, str] = field(default_factory=dict)  # by recipient
    port: int = 0
    got: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: Any, session: Any, envelope: Any, address: str, options: Sequence[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.got.append((list(envelope.rcpt_tos), message))
        self.raw.append(envelope.content)
        answer = self.after_data.pop(0) if self.after_data else "250 OK"
        if answer == "die":
            server.transport.abort()
        return answer


@contextmanager
def mail_server(box: Mailbox, **options: Any) -> Iterator[Mailbox]:
    """An SMTP server on loopback that puts what comes into the box."""
    box.port = box.port or free_port()
    controller = Controller(box, hostname="127.0.0.1", port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


BEGIN = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
