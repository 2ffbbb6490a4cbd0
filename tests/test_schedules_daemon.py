"""The daemon: one crawl at a time, catching up, surviving its children, stopping in time."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from schedules.config import Config, ReportSection, load_config
from schedules.daemon import CrawlQueue, Daemon
from storage.clock import BEIJING
from storage.errors import DeliveryError
from storage.records import Portal

PORTALS = (
    Portal(name="early", agency="甲局", platform="trs", cron="0 6 * * 1"),
    Portal(name="late", agency="乙局", platform="trs", cron="0 7 * * *"),
    Portal(name="also-late", agency="丙局", platform="trs", cron="0 7 * * *"),
)
ROOT = Path(__file__).parent.parent


class FakeChild:
    """A crawl that ends with `code` when it is let go or terminated."""

    def __init__(self, code: int = 0, *, ended: bool = True) -> None:
        self.pid = 4242
        self.code = code
        self.ended = threading.Event()
        self.terminated = False
        if ended:
            self.ended.set()

    def wait(self, timeout: float | None = None) -> int:
        assert self.ended.wait(timeout or 10)
        return self.code

    def terminate(self) -> None:
        self.terminated = True
        self.ended.set()

    def kill(self) -> None:
        self.ended.set()


class Children:
    """Starts fake children and tells what they were asked."""

    def __init__(self, *codes: int, ended: bool = True) -> None:
        self.codes = list(codes)
        self.ended = ended
        self.asked: list[tuple[str, ...]] = []
        self.started: list[FakeChild] = []
        self.news = threading.Event()

    def __call__(self, arguments: Sequence[str]) -> FakeChild:
        self.asked.append(tuple(arguments))
        child = FakeChild(self.codes.pop(0) if self.codes else 0, ended=self.ended)
        self.started.append(child)
        self.news.set()
        return child


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "fuhan.toml").write_text("", encoding="utf-8")
    return load_config(tmp_path / "fuhan.toml", {})


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, before in kept.items():
        signal.signal(number, before)


def run_until(daemon: Daemon, met: Callable[[], bool]) -> int:
    """Runs the daemon in this thread, where signals are, until `met` in another one."""

    seen: list[bool] = []

    def wait() -> None:
        deadline = time.monotonic() + 10
        while not (seen or time.monotonic() > deadline):
            seen.extend([True] if met() else [])
            threading.Event().wait(0.01)
        daemon.stop()

    watcher = threading.Thread(target=wait)
    watcher.start()
    code = daemon.run()
    watcher.join()
    assert seen
    return code


def test_f14_catches_up_at_start_with_what_is_due(config: Config) -> None:
    children = Children()
    assert run_until(Daemon(config, PORTALS, start=children), children.news.is_set) == 0
    assert children.asked == [
        ("--config", str(config.file), "crawl", "--due", "early", "late", "also-late")
    ]


def test_f15_jobs_fire_on_the_weekday_the_crontab_means(config: Config) -> None:
    daemon = Daemon(config, PORTALS, start=Children())
    daemon.add_jobs()
    monday = datetime(2026, 5, 4, tzinfo=BEIJING)
    fires = {
        job.name: job.trigger.get_next_fire_time(None, monday - timedelta(days=3))
        for job in daemon.scheduler.get_jobs()
    }
    assert fires["crawl 0 6 * * 1"] == monday.replace(hour=6)
    assert fires["crawl 0 7 * * *"] == datetime(2026, 5, 1, 7, tzinfo=BEIJING)
    assert len(fires) == 2  # one job an expression: portals of one time share a crawl


def test_f14_f16_late_jobs_run_once_and_one_at_a_time(config: Config) -> None:
    report = ReportSection(name="daily", to=("file:reports/",))
    daemon = Daemon(replace(config, reports=(report,)), PORTALS, start=Children())
    daemon.add_jobs()
    daemon.scheduler.start(paused=True)
    try:
        for job in daemon.scheduler.get_jobs():
            assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
            assert job.next_run_time.utcoffset() == timedelta(hours=8)
    finally:
        daemon.scheduler.shutdown(wait=False)


def test_failing_child_stops_neither_the_next_crawl_nor_the_daemon(config: Config) -> None:
    children = Children(1, 4, -9, 0)
    daemon = Daemon(config, PORTALS[:1], start=children)

    def fourth_began() -> bool:
        daemon.queue.add(["early"])
        return len(children.started) >= 4

    assert run_until(daemon, fourth_began) == 0


def test_crawl_that_found_the_archive_locked_is_tried_again(config: Config) -> None:
    daemon = Daemon(config, PORTALS[:1], start=Children(4))

    def is_planned() -> bool:
        return "retry" in [job.name for job in daemon.scheduler.get_jobs()]

    assert run_until(daemon, is_planned) == 0


def test_crawl_that_cannot_be_started_is_no_end(config: Config) -> None:
    children = Children()
    failed = threading.Event()

    def start(arguments: Sequence[str]) -> FakeChild:
        if not failed.is_set():
            failed.set()
            raise OSError("no more processes")
        return children(arguments)

    daemon = Daemon(config, PORTALS[:1], start=start)

    def second_began() -> bool:
        daemon.queue.add(["early"])
        return children.news.is_set()

    assert run_until(daemon, second_began) == 0


def test_f16_portal_being_crawled_is_skipped_not_queued_twice() -> None:
    queue = CrawlQueue()
    assert queue.add(["a", "b"]) == []
    assert queue.add(["b", "c"]) == ["b"]
    assert queue.take() == ("a", "b", "c")
    assert queue.add(["a", "d"]) == ["a"]
    assert queue.take() == ("d",)
    assert queue.add(["a"]) == []
    queue.close()
    assert queue.take() == ()


def test_f11_stop_reaches_the_child(config: Config) -> None:
    children = Children(ended=False)
    assert run_until(Daemon(config, PORTALS, start=children), children.news.is_set) == 0
    assert children.started[0].terminated
    assert len(children.started) == 1


def test_reports_are_written_after_each_crawl_and_their_faults_survived(config: Config) -> None:
    told: list[str] = []

    def write(_config: Config, report: ReportSection, _portals: Sequence[Portal]) -> None:
        told.append(report.name)
        if report.name == "broken":
            raise DeliveryError("mailtos://…: not yet")

    reports = (
        ReportSection(name="broken", to=("mailtos://u:p@example.org",)),
        ReportSection(name="unsent"),
        ReportSection(name="daily", to=("file:reports/",)),
    )
    daemon = Daemon(replace(config, reports=reports), PORTALS, start=Children(3), write=write)
    assert run_until(daemon, lambda: "daily" in told) == 0
    assert told == ["broken", "daily"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_f11_daemon_process_ends_within_ten_seconds(tmp_path: Path, number: int) -> None:
    (tmp_path / "portals").mkdir()
    (tmp_path / "portals" / "idle.toml").write_text(
        'name = "idle"\nagency = "甲局"\nplatform = "generic"\n'
        'pages = ["http://127.0.0.1:9/t1.html"]\nprivate_network = true\n',
        encoding="utf-8",
    )
    (tmp_path / "fuhan.toml").write_text('[crawl]\nenabled = ["idle"]\n', encoding="utf-8")
    command = [sys.executable, "-m", "schedules", "--config", str(tmp_path / "fuhan.toml")]
    daemon = subprocess.Popen(
        [*command, "daemon"], cwd=ROOT, stderr=subprocess.PIPE, text=True, env={**os.environ}
    )
    try:
        assert daemon.stderr is not None
        lines = []
        for line in daemon.stderr:
            lines.append(line)
            if "crawl began" in line or "daemon began" in line:
                break
        began = time.monotonic()
        daemon.send_signal(number)
        assert daemon.wait(timeout=10) == 0, lines
        assert time.monotonic() - began < 10
    finally:
        daemon.kill()
        daemon.wait()
        assert daemon.stderr is not None
        daemon.stderr.close()
