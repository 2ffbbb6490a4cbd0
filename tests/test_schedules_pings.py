"""Pings: who is told what, masked, and nobody is kept waiting."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from structlog.testing import capture_logs

from schedules.cli.cli import cli
from schedules.config.config import Config, load_config
from schedules.runs import pings
from schedules.runs.pings import Pinger, ping_address
from schedules.runs.run import CrawlResult
from storage.errors import ArchiveFull, ArchiveLocked, FuhanError
from storage.lock import crawl_lock
from storage.records import Portal, PortalState, RunSummary
from storage.upkeep.backup import back_up
from tests.archive_story import Story, a_letter

NOW = datetime(2026, 5, 4, tzinfo=UTC)
KEY = "8f14e45fceea467f"


@dataclass
class Receiver:
    """A monitoring service on loopback."""

    status: int = 200
    hangs: bool = False
    told: list[tuple[str, str]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    url: str = ""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.told.append((self.path, body.decode()))
            if found.hangs:
                found.let_go.wait(30)
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/{KEY}"
    yield found
    found.let_go.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def config(tmp_path: Path, receiver: Receiver) -> Config:
    file = tmp_path / "fuhan.toml"
    file.write_text(f'[daemon]\nping = "{receiver.url}"\n')
    return load_config(file, {})


def a_run(portal: str, state: PortalState, reason: str | None = None) -> RunSummary:
    return RunSummary(1, portal, state, reason, NOW, NOW, 3, {}, {}, 0)


def test_crawl_that_goes_well_is_told_from_its_beginning(
    config: Config, receiver: Receiver
) -> None:
    with Pinger(config) as pinger:
        pinger.begin()
        pinger.begin()
        pinger.tell([a_run("a", PortalState.OK)])
    assert receiver.told == [(f"/{KEY}/start", ""), (f"/{KEY}", "1/1 ok")]


def test_some_portals_in_trouble_are_a_note_all_of_them_a_failure(
    config: Config, receiver: Receiver
) -> None:
    runs = [a_run("a", PortalState.OK), a_run("b", PortalState.BLOCKED, "412")]
    with Pinger(config) as pinger:
        pinger.tell(runs)
        pinger.tell(runs[1:])
    assert receiver.told == [
        (f"/{KEY}", "1/2 ok\nb: blocked: 412"),
        (f"/{KEY}/fail", "0/1 ok\nb: blocked: 412"),
    ]


def test_what_raises_is_told_masked_and_inert(config: Config, receiver: Receiver) -> None:
    secret = replace(config, secrets=frozenset({"geheim"}))
    with pytest.raises(FuhanError), Pinger(secret):
        raise FuhanError("mailtos://a:geheim@x: \x1b[31mno" + "x" * 9000)
    ((path, body),) = receiver.told
    assert path.endswith("/fail")
    assert body.startswith("mailtos://a:***@x: \\x1b[31mno") and len(body) == 1000


def test_crawl_refused_because_another_is_running_is_that_ones_to_tell(
    config: Config, receiver: Receiver
) -> None:
    with crawl_lock(config.archive):
        arguments = ["--config", str(config.file), "crawl", "--due"]
        assert CliRunner().invoke(cli, arguments).exit_code == 4
    with pytest.raises(ArchiveLocked), Pinger(config):
        raise ArchiveLocked("…", path=config.archive, what="locked")
    assert receiver.told == []


def test_failure_is_told_in_the_readers_language(
    config: Config, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUHAN_LANG", "zh")
    with pytest.raises(ArchiveFull), Pinger(config):
        raise ArchiveFull("x.db: the disk is full", path=Path("x.db"), what="full")
    (told,) = receiver.told
    assert "磁盘已满" in told[1] and "the disk" not in told[1]


def test_damaged_archive_is_told_from_cron_and_not_by_hand(
    config: Config, receiver: Receiver
) -> None:
    config.archive.write_bytes(b"no database" * 100)
    for option in ([], ["--due"]):
        arguments = ["--config", str(config.file), "crawl", *option]
        assert CliRunner().invoke(cli, arguments).exit_code == 4
    assert [path for path, _ in receiver.told] == [f"/{KEY}/fail"]


@pytest.mark.parametrize("trace", ["upkeep", "backup"])
def test_archive_that_was_lost_and_is_begun_anew_is_an_alarm(
    config: Config, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, trace: str
) -> None:
    assert config.file is not None
    with config.file.open("a") as file:
        file.write('[upkeep]\nbackup = "safe/"\n')
    arguments = ["--config", str(config.file), "crawl", "--due"]

    def crawled(*_: object, **__: object) -> CrawlResult:
        portal = Portal(name="a", agency="甲局", platform="trs")
        return CrawlResult((portal,), (a_run("a", PortalState.OK),))

    monkeypatch.setattr("schedules.runs.run.crawl", crawled)
    assert CliRunner().invoke(cli, arguments).stderr == ""  # the first one there ever is
    if trace == "upkeep":
        (config.folder / "fuhan.db.upkeep").write_text("{}")
    else:
        Story(config.archive).crawl({"t1.html": a_letter(1)})
        (config.folder / "safe").mkdir()
        back_up(config.archive, config.folder / "safe", NOW)
        config.archive.unlink()
    assert "fuhan --config" in CliRunner().invoke(cli, arguments).stderr
    assert [path for path, _ in receiver.told] == [f"/{KEY}", f"/{KEY}/fail"]


def test_receiver_that_hangs_keeps_no_crawl_waiting(
    config: Config, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pings, "SECONDS", 0.2)
    receiver.hangs = True
    with capture_logs() as logs, Pinger(config) as pinger:
        pinger.begin()
        began = threading.active_count()
        pinger.succeed()
    assert began >= 1
    assert all(KEY not in str(entry) for entry in logs)
    assert {entry["event"] for entry in logs} <= {"ping failed"}


def test_receiver_that_refuses_or_is_not_there_is_a_line_in_the_log(
    config: Config, receiver: Receiver
) -> None:
    receiver.status = 404
    nowhere = config.daemon.model_copy(update={"ping": f"http://127.0.0.1:9/{KEY}"})
    with capture_logs() as logs:
        for each in (config, replace(config, daemon=nowhere)):
            with Pinger(each) as pinger:
                pinger.succeed()
    assert [entry["reason"] for entry in logs] == [404, "ConnectionError"]
    assert all(KEY not in str(entry) for entry in logs)


def test_without_an_address_nothing_is_sent(tmp_path: Path) -> None:
    with Pinger(load_config(None, {})) as pinger:
        pinger.fail("…")
        assert pinger._thread is None


@pytest.mark.parametrize(
    ("address", "ending", "expected"),
    [
        ("https://hc.example.org/uuid", "/start", "https://hc.example.org/uuid/start"),
        ("https://hc.example.org/uuid/", "", "https://hc.example.org/uuid"),
        ("https://hc.example.org/ping/a?create=1", "/fail",
         "https://hc.example.org/ping/a/fail?create=1"),
    ],
)  # fmt: skip
def test_ending_goes_behind_the_path(address: str, ending: str, expected: str) -> None:
    assert ping_address(address, ending) == expected
