"""The daemon: one child at a time, catching up, reloading, surviving its children and the clock."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from schedules.config.config import Config, ReportSection, load_config
from schedules.daemon.children import CommandChild
from schedules.daemon.clock_watch import ClockWatch
from schedules.daemon.daemon import Daemon
from schedules.daemon.notify import Notifier
from schedules.daemon.once import Once, do_once
from schedules.daemon.queue import Work, WorkQueue
from schedules.daemon.watch import Watch
from schedules.delivery.deliver import DeliverySummary
from storage.clock import BEIJING
from storage.errors import ArchiveLocked, ConfigError, DeliveryError
from storage.lock import crawl_lock, daemon_lock
from storage.records import Portal

PORTALS = (
    Portal(name="early", agency="甲局", platform="trs", cron="0 6 * * 1"),
    Portal(name="late", agency="乙局", platform="trs", cron="0 7 * * *"),
    Portal(name="also-late", agency="丙局", platform="trs", cron="0 7 * * *"),
)
ROUNDS = ("crawl", "upkeep", "deliver")
ROOT = Path(__file__).parent.parent
MONDAY = datetime(2026, 5, 4, tzinfo=BEIJING)


class FakeChild:
    """A command that ends with `code` when it is let go or terminated."""

    def __init__(self, code: int = 0, *, ended: bool = True) -> None:
        self.pid = 4242
        self.last_words = ""
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
    """Starts fake children and tells what they were asked, and with which configuration."""

    def __init__(self, *codes: int, ended: bool = True) -> None:
        self.codes = list(codes)
        self.ended = ended
        self.asked: list[tuple[str, ...]] = []
        self.watches: list[Watch] = []
        self.started: list[FakeChild] = []
        self.news = threading.Event()

    def __call__(self, watch: Watch, arguments: Sequence[str]) -> FakeChild:
        self.asked.append(tuple(arguments))
        self.watches.append(watch)
        child = FakeChild(self.codes.pop(0) if self.codes else 0, ended=self.ended)
        self.started.append(child)
        self.news.set()
        return child


class Clocks:
    """A wall clock and a monotonic one, set by hand."""

    def __init__(self) -> None:
        self.wall = datetime(2026, 5, 4, 6, tzinfo=UTC)
        self.monotonic = 1000.0

    def pass_time(self, seconds: float, *, asleep: float = 0) -> None:
        self.wall += timedelta(seconds=seconds + asleep)
        self.monotonic += seconds


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "fuhan.toml").write_text("", encoding="utf-8")
    return load_config(tmp_path / "fuhan.toml", {})


@pytest.fixture(autouse=True)
def _signals() -> Iterator[None]:
    numbers = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
    kept = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, before in kept.items():
        signal.signal(number, before)


def a_daemon(
    config: Config,
    children: Children | None = None,
    *,
    portals: tuple[Portal, ...] = PORTALS,
    load: Callable[[], Watch] | None = None,
    clocks: Clocks | None = None,
    send: Callable[[Watch, Callable[[], bool]], DeliverySummary] | None = None,
    begin: Callable[[Watch, ExitStack], None] = lambda _watch, _stack: None,
) -> Daemon:
    watch = Watch(config, portals)
    clocks = clocks or Clocks()
    return Daemon(
        watch,
        load or (lambda: watch),
        begin=begin,
        start=children or Children(),
        send=send or (lambda _watch, _stopped: DeliverySummary()),
        wall=lambda: clocks.wall,
        monotonic=lambda: clocks.monotonic,
        notifier=Notifier({}),
    )


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


def fires(daemon: Daemon, after: datetime) -> dict[str, datetime]:
    return {
        job.name: job.trigger.get_next_fire_time(None, after) for job in daemon.scheduler.get_jobs()
    }


# --- time ------------------------------------------------------------------------------------


def test_f14_catches_up_at_start_with_what_is_due(config: Config) -> None:
    children = Children()
    assert run_until(a_daemon(config, children), lambda: len(children.asked) == 2) == 0
    assert children.asked == [
        ("-v", "crawl", "--due", "early", "late", "also-late"),
        ("-v", "upkeep", "--due"),
    ]


def test_f14_machine_that_slept_past_a_time_runs_once_on_waking(config: Config) -> None:
    clocks = Clocks()
    daemon = a_daemon(config, clocks=clocks)
    daemon.scheduler.start(paused=True)
    daemon.plan()
    clocks.pass_time(20)
    daemon.look_at_clock()
    assert not waiting(daemon)
    clocks.pass_time(20, asleep=9 * 3600)
    with capture_logs() as logs:
        daemon.look_at_clock()
        daemon.look_at_clock()  # all that went by is behind us
    assert [entry["seconds"] for entry in logs] == [9 * 3600]
    assert waiting(daemon) == [
        Work("crawl", ("early", "late", "also-late")),
        Work("upkeep"),
    ]
    daemon.scheduler.shutdown(wait=False)


def test_f12_clock_set_back_a_day_plans_anew_from_its_new_time(config: Config) -> None:
    clocks = Clocks()
    daemon = a_daemon(config, clocks=clocks)
    daemon.scheduler.start(paused=True)
    daemon.plan()
    planned = {job.id: job for job in daemon.scheduler.get_jobs()}
    clocks.pass_time(20, asleep=-24 * 3600)
    daemon.look_at_clock()
    after = {job.id: job for job in daemon.scheduler.get_jobs()}
    assert after.keys() == planned.keys()
    assert all(after[name] is not planned[name] for name in planned)
    assert [work.kind for work in waiting(daemon)] == ["crawl", "upkeep"]
    daemon.scheduler.shutdown(wait=False)


@pytest.mark.parametrize("asleep", [-25.0, 0.0, 25.0])
def test_f12_clock_that_a_time_server_corrects_is_no_jump(asleep: float) -> None:
    clocks = Clocks()
    watch = ClockWatch(lambda: clocks.wall, lambda: clocks.monotonic)
    clocks.pass_time(20, asleep=asleep)
    assert not watch.jump()


def test_f13_jobs_fire_in_chinas_time_on_a_host_in_berlin(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        daily = replace(PORTALS[0], cron="30 2 * * *")
        daemon = a_daemon(config, portals=(daily,))
        daemon.plan()
        # the nights of both changes in 2026: Berlin has no 02:30 on the one, two on the other
        for night in (
            datetime(2026, 3, 28, tzinfo=BEIJING),
            datetime(2026, 10, 24, tzinfo=BEIJING),
        ):
            seen = [fires(daemon, night + timedelta(days=day, hours=1)) for day in range(3)]
            assert [each["crawl 30 2 * * *"] for each in seen] == [
                night + timedelta(days=day, hours=2, minutes=30) for day in range(3)
            ]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_f15_jobs_fire_on_the_weekday_the_crontab_means(config: Config) -> None:
    daemon = a_daemon(config)
    daemon.plan()
    planned = fires(daemon, MONDAY - timedelta(days=3))
    assert planned["crawl 0 6 * * 1"] == MONDAY.replace(hour=6)
    assert planned["crawl 0 7 * * *"] == datetime(2026, 5, 1, 7, tzinfo=BEIJING)
    # one job an expression: portals of one time share a crawl
    assert sum(name.startswith("crawl") for name in planned) == 2


def test_f14_f16_late_jobs_run_once_and_one_at_a_time(config: Config) -> None:
    report = ReportSection(name="daily", to=("file:reports/",))  # type: ignore[arg-type]
    daemon = a_daemon(replace(config, reports=(report,)))
    daemon.plan()
    daemon.scheduler.start(paused=True)
    try:
        for job in daemon.scheduler.get_jobs():
            assert (job.misfire_grace_time, job.coalesce, job.max_instances) == (None, True, 1)
            assert job.next_run_time.utcoffset() == timedelta(hours=8)
    finally:
        daemon.scheduler.shutdown(wait=False)


def test_f16_portal_being_crawled_is_skipped_and_the_skip_is_recorded(config: Config) -> None:
    daemon = a_daemon(config)
    daemon.plan()
    crawl = next(job for job in daemon.scheduler.get_jobs() if job.name == "crawl 0 7 * * *")
    crawl.func(*crawl.args)
    daemon.queue.add(Work("crawl", ("early",)))
    assert daemon.queue.take() == Work("crawl", ("late", "also-late", "early"))
    with capture_logs() as logs:
        crawl.func(*crawl.args)
    assert [entry["portal"] for entry in logs] == ["late", "also-late"]
    assert all(entry["log_level"] == "warning" for entry in logs)


def test_f16_queue_keeps_crawls_and_upkeep_apart_and_doubles_nothing() -> None:
    queue = WorkQueue()
    assert queue.add(Work("crawl", ("a", "b"))) == []
    assert queue.add(Work("upkeep")) == []
    assert queue.add(Work("crawl", ("b", "c"))) == ["b"]
    assert queue.take() == Work("crawl", ("a", "b", "c"))
    assert queue.add(Work("crawl", ("a", "d"))) == ["a"]
    assert queue.take() == Work("upkeep")
    assert queue.add(Work("upkeep")) == ["upkeep"]
    assert queue.take() == Work("crawl", ("d",))
    assert queue.add(Work("crawl", ("a",))) == []
    queue.close()
    assert queue.take() is None


def waiting(daemon: Daemon) -> list[Work]:
    """What waits, which is taken."""
    found = []
    while daemon.queue._waiting:
        work = daemon.queue.take()
        assert work
        found.append(work)
    return found


# --- children --------------------------------------------------------------------------------


def test_failing_child_stops_neither_the_next_crawl_nor_the_daemon(config: Config) -> None:
    children = Children(1, 0, 4, -9, 0)
    daemon = a_daemon(config, children)

    def fifth_began() -> bool:
        daemon.queue.add(Work("crawl", ("early",)))
        return len(children.started) >= 5

    assert run_until(daemon, fifth_began) == 0


@pytest.mark.parametrize(("code", "minutes"), [(4, 5), (1, 60), (-9, 60)])
def test_what_failed_is_tried_again_sooner_where_the_archive_was_locked(
    config: Config, code: int, minutes: int
) -> None:
    daemon = a_daemon(config, Children(code))
    planned: list[datetime] = []

    def is_planned() -> bool:
        jobs = daemon.scheduler.get_jobs()
        planned.extend(job.trigger.run_date for job in jobs if job.name == "retry")
        return bool(planned)

    assert run_until(daemon, is_planned) == 0
    left = (planned[0] - datetime.now(UTC)).total_seconds() / 60
    assert minutes - 1 < left <= minutes


def test_child_that_cannot_be_started_is_no_end(config: Config) -> None:
    children = Children()
    failed = threading.Event()

    def start(watch: Watch, arguments: Sequence[str]) -> FakeChild:
        if not failed.is_set():
            failed.set()
            raise OSError("no more processes")
        return children(watch, arguments)

    daemon = Daemon(Watch(config, PORTALS), lambda: Watch(config, PORTALS), start=start)
    assert run_until(daemon, children.news.is_set) == 0


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_daemon_whose_worker_broke_ends_to_be_started_anew(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.daemon.daemon.LOOK_SECONDS", 0.05)

    def start(_watch: Watch, _arguments: Sequence[str]) -> FakeChild:
        raise RuntimeError("a fault of ours")

    watch = Watch(config, PORTALS)
    assert Daemon(watch, lambda: watch, start=start, notifier=Notifier({})).run() == 1


def test_f11_stop_reaches_the_child(config: Config) -> None:
    children = Children(ended=False)
    assert run_until(a_daemon(config, children), children.news.is_set) == 0
    assert children.started[0].terminated
    assert len(children.started) == 1


def test_child_works_by_the_configuration_in_force_not_by_the_file(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert config.file
    config.file.write_text("[broken", encoding="utf-8")
    monkeypatch.setenv("FUHAN_CONFIG", str(config.file))
    assert CommandChild(Watch(config, PORTALS), ["upkeep", "--due"]).wait() == 0
    failing = CommandChild(Watch(config, PORTALS), ["status", "nobody"])
    assert failing.wait() == 2
    assert failing.last_words


def test_childs_log_lines_pass_and_all_else_is_made_one(config: Config) -> None:
    with capture_logs() as logs:
        child = CommandChild(Watch(config, PORTALS), ["crawl", "--nonsense"])
        assert child.wait() == 2
    assert [entry["event"] for entry in logs] == ["child said", "child said"]
    assert "nonsense" in logs[0]["text"]


# --- reload ----------------------------------------------------------------------------------


def test_broken_configuration_is_logged_and_the_old_one_stays(config: Config) -> None:
    secret = replace(config, secrets=frozenset({"geheim"}))

    def load() -> Watch:
        raise ConfigError("fuhan.toml: reports[0].to: geheim")

    daemon = a_daemon(secret, load=load)
    daemon.plan()
    before = {job.id for job in daemon.scheduler.get_jobs()}
    with capture_logs() as logs:
        daemon.reload()
    assert daemon.watch.config is secret
    assert {job.id for job in daemon.scheduler.get_jobs()} == before
    assert [(entry["log_level"], entry["reason"]) for entry in logs] == [
        ("error", "fuhan.toml: reports[0].to: ***")
    ]


def test_portal_file_that_is_wrong_keeps_that_portal_as_it_was_and_no_other(
    config: Config,
) -> None:
    secret = replace(config, secrets=frozenset({"geheim"}))
    changed = replace(PORTALS[1], cron="0 9 * * *")
    faults = {
        "also-late": "also-late.toml: delay: geheim",  # which was right before
        "new": "new.toml: TOML syntax",  # which never was
    }
    read = Watch(secret, (PORTALS[0], changed), faults=faults)
    daemon = a_daemon(secret, load=lambda: read)
    for _ in range(2):  # a second reload, the file still wrong, keeps it as well
        with capture_logs() as logs:
            daemon.reload()
        assert daemon.watch.portals == (PORTALS[2], PORTALS[0], changed)
        assert daemon.watch.config.enabled == tuple(p.name for p in daemon.watch.portals)
        assert [(e["event"], e["portal"], e["reason"]) for e in logs if "reason" in e] == [
            ("a portal keeps its last settings", "also-late", "also-late.toml: delay: ***"),
            ("a portal is left out", "new", "new.toml: TOML syntax"),
        ]
        assert logs[-1]["event"] == "reloaded"


def test_second_daemon_of_an_archive_is_refused_and_starts_nothing(config: Config) -> None:
    children = Children()
    with daemon_lock(config.archive), pytest.raises(ArchiveLocked) as refused:
        a_daemon(config, children).run()
    assert refused.value.values["holder"] == str(os.getpid())
    assert children.asked == []
    assert run_until(a_daemon(config, children), children.news.is_set) == 0
    with daemon_lock(config.archive):
        pass  # let go at its end


def test_reload_does_not_take_an_archive_that_has_a_daemon(config: Config, tmp_path: Path) -> None:
    other = replace(config, archive=tmp_path / "other.db")
    daemon = a_daemon(config, load=lambda: Watch(other, PORTALS))
    with daemon_lock(other.archive), capture_logs() as logs:
        daemon.reload()
    assert daemon.watch.config is config
    assert [entry["log_level"] for entry in logs] == ["error"]
    daemon.reload()
    assert daemon.watch.config == other
    with pytest.raises(ArchiveLocked), daemon_lock(other.archive):
        pass
    daemon._held.close()


def test_reload_replaces_jobs_and_loses_and_doubles_no_run(config: Config) -> None:
    later = (replace(PORTALS[0], cron="0 9 * * *"), PORTALS[2])
    daemon = a_daemon(config, load=lambda: Watch(config, later))
    daemon.plan()
    kept = {job.id: job for job in daemon.scheduler.get_jobs()}
    daemon.queue.add(Work("crawl", ("late",)))  # which is no portal any more
    daemon.reload()
    jobs = {job.id: job for job in daemon.scheduler.get_jobs()}
    assert {name for name in jobs if name.startswith("crawl")} == {
        "crawl 0 7 * * *",
        "crawl 0 9 * * *",
    }
    assert jobs["crawl 0 7 * * *"] is kept["crawl 0 7 * * *"]  # with the time it was to fire at
    assert waiting(daemon) == [Work("crawl", ("early", "also-late")), Work("upkeep")]
    jobs["crawl 0 7 * * *"].func(*jobs["crawl 0 7 * * *"].args)
    assert waiting(daemon) == [Work("crawl", ("also-late",))]


def test_reload_closes_what_the_configuration_before_had_opened(config: Config) -> None:
    course: list[str] = []

    def begin(watch: Watch, until_next: ExitStack) -> None:
        name = f"{len(watch.portals)} portals"
        course.append(f"open {name}")
        until_next.callback(course.append, f"close {name}")

    daemon = a_daemon(config, load=lambda: Watch(config, PORTALS[:1]), begin=begin)
    began = threading.Event()

    def reloaded() -> bool:
        if len(course) == 1 and not began.is_set():
            began.set()
            os.kill(os.getpid(), signal.SIGHUP)
        return len(course) == 3

    run_until(daemon, reloaded)
    assert course == ["open 3 portals", "close 3 portals", "open 1 portals", "close 1 portals"]


def test_portal_that_went_with_a_reload_is_not_asked_for(config: Config) -> None:
    children = Children()
    daemon = a_daemon(config, children, portals=PORTALS[1:])
    daemon._do(Work("crawl", ("early", "late")))
    daemon._do(Work("crawl", ("early",)))
    assert children.asked == [("-v", "crawl", "--due", "late")]


# --- delivery --------------------------------------------------------------------------------


def test_reports_are_sent_at_their_time_and_what_failed_every_few_minutes(config: Config) -> None:
    reports = (ReportSection(name="daily", cron="0 8 * * *", to=("file:reports/",)),)  # type: ignore[arg-type]
    daemon = a_daemon(replace(config, reports=reports))
    daemon.plan()
    jobs = {job.name: job for job in daemon.scheduler.get_jobs()}
    fire = jobs["report daily 0 8 * * *"].trigger.get_next_fire_time(None, MONDAY)
    assert fire == MONDAY.replace(hour=8)
    assert jobs["deliver"].trigger.interval == timedelta(minutes=5)


def test_delivery_that_fails_is_survived(config: Config) -> None:
    asked: list[Watch] = []

    def send(watch: Watch, _stopped: Callable[[], bool]) -> DeliverySummary:
        asked.append(watch)
        raise DeliveryError("mailtos://…: not yet")

    reports = (ReportSection(name="daily", cron="* * * * *", to=("file:reports/",)),)  # type: ignore[arg-type]
    daemon = a_daemon(replace(config, reports=reports), send=send)
    daemon.plan()
    with capture_logs() as logs:
        for job in daemon.scheduler.get_jobs():
            if job.name.startswith(("report", "deliver")):
                job.func()
    assert len(asked) == 2
    assert [entry["event"] for entry in logs] == ["delivery failed"] * 2


# --- once, for cron --------------------------------------------------------------------------


def test_once_does_all_that_is_due_and_gives_the_worst_code(config: Config) -> None:
    report = ReportSection(name="daily", to=("file:reports/",))  # type: ignore[arg-type]
    children = Children(3, 0, 1)
    watch = Watch(replace(config, reports=(report,)), PORTALS)
    assert do_once(watch, ROUNDS, start=children) == Once(1, ROUNDS)
    assert children.asked == [("crawl", "--due"), ("upkeep", "--due"), ("deliver",)]


def test_f16_once_skips_what_a_running_crawl_keeps_it_from_and_says_so(config: Config) -> None:
    children = Children()
    with crawl_lock(config.archive), capture_logs() as logs:
        report = ReportSection(name="daily", to=("file:reports/",))  # type: ignore[arg-type]
        watch = Watch(replace(config, reports=(report,)), PORTALS)
        assert do_once(watch, ROUNDS, start=children) == Once(0, ("deliver",))
    assert children.asked == [("deliver",)]
    assert [entry["log_level"] for entry in logs] == ["warning"]


def test_once_counts_a_portal_file_that_is_wrong_as_a_portal_in_trouble(config: Config) -> None:
    for code, worst in ((0, 3), (1, 1), (4, 4)):
        watch = Watch(config, PORTALS, faults={"x": "x.toml: TOML syntax"})
        with capture_logs() as logs:
            assert do_once(watch, ["upkeep"], start=Children(code)).code == worst
        assert logs[0]["reason"] == "x.toml: TOML syntax"


def test_f11_once_passes_a_signal_on_and_ends(config: Config) -> None:
    children = Children(ended=False)

    def start(watch: Watch, arguments: Sequence[str]) -> FakeChild:
        child = children(watch, arguments)
        os.kill(os.getpid(), signal.SIGTERM)
        return child

    assert do_once(Watch(config, PORTALS), ROUNDS, start=start) == Once(1, ("crawl",))
    assert children.started[0].terminated
    assert children.asked == [("crawl", "--due")]


# --- the process -----------------------------------------------------------------------------


def test_systemd_is_told_that_it_works_lives_and_stops(tmp_path: Path) -> None:
    path = str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        environment = {"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "3000000"}
        notifier = Notifier(environment)
        notifier.ready("3 portals")
        notifier.alive()
        notifier.stopping()
        told = [manager.recv(200).decode() for _ in range(3)]
    assert told == ["READY=1\nSTATUS=3 portals", "WATCHDOG=1", "STOPPING=1"]
    assert notifier.watched_seconds == 3
    assert Notifier(environment | {"WATCHDOG_PID": "1"}).watched_seconds is None
    Notifier({"NOTIFY_SOCKET": "vsock:2:1234"}).ready("…")  # which is not ours to speak


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
            if "crawl began" in line:
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
