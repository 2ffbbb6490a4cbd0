"""The daemon: starts crawls as children when their cron time comes, one at a time."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import requests
import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from schedules.config import Config, ReportSection
from schedules.cron import cron_trigger
from schedules.delivery import send_report
from schedules.secrets import mask_target
from storage.clock import BEIJING
from storage.errors import FuhanError
from storage.records import Portal

RETRY_MINUTES = 5  # after a crawl that found the archive locked or full
CHILD_GRACE_SECONDS = 8.0  # of the 10 s in which we must have stopped
PING_SECONDS = 10.0


class Child(Protocol):
    """A crawl that was started: what of `subprocess.Popen` is needed."""

    @property
    def pid(self) -> int: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


StartChild = Callable[[Sequence[str]], Child]
WriteReport = Callable[[Config, ReportSection, Sequence[Portal]], object]


def start_child(arguments: Sequence[str]) -> Child:
    """Starts `fuhan ARGUMENTS` with this Python; it shares stderr, its stdout joins it."""
    command = [sys.executable, "-m", "schedules", *arguments]
    # a group of its own: a terminal's Ctrl-C reaches the daemon alone, which passes it on
    return subprocess.Popen(  # noqa: S603 - our own program, arguments as a list
        command, stdin=subprocess.DEVNULL, stdout=sys.stderr.fileno(), start_new_session=True
    )


class CrawlQueue:
    """Names of portals waiting for their crawl; the next child takes all that wait."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[str, None] = {}  # in the order they came
        self._running: frozenset[str] = frozenset()
        self._closed = False

    def add(self, names: Sequence[str]) -> list[str]:
        """Adds portals; gives those that were skipped, being crawled or waiting already."""
        with self._changed:
            skipped = [name for name in names if name in self._waiting or name in self._running]
            self._waiting.update(dict.fromkeys(name for name in names if name not in skipped))
            self._changed.notify_all()
            return skipped

    def take(self) -> tuple[str, ...]:
        """Waits for portals and takes them all; empty when the queue was closed."""
        with self._changed:
            self._running = frozenset()
            self._changed.wait_for(lambda: self._waiting or self._closed)
            if self._closed:
                return ()
            names = tuple(self._waiting)
            self._waiting.clear()
            self._running = frozenset(names)
            return names

    def close(self) -> None:
        """Lets whoever waits go; what is waiting is due again at the next start."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Daemon:
    """Portals crawled and reports written on their schedules, in Asia/Shanghai."""

    def __init__(
        self,
        config: Config,
        portals: Sequence[Portal],
        *,
        start: StartChild = start_child,
        write: WriteReport = send_report,
    ) -> None:
        self._config = config
        self._portals = portals
        self._start = start
        self._write = write
        # jobs that are late run, and once (fault 14): the default grace of a second drops them
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self.scheduler = BackgroundScheduler(timezone=BEIJING, job_defaults=defaults)
        self.queue = CrawlQueue()
        self._stop = threading.Event()
        self._child: Child | None = None
        self._child_lock = threading.Lock()
        self._log = structlog.get_logger("fuhan.daemon")

    def run(self) -> int:
        """Runs until SIGTERM or SIGINT, then stops within 10 s; gives the exit code 0.

        First catches up: portals whose time passed while nobody ran are crawled at once.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        self.add_jobs()
        worker = threading.Thread(target=self._work, name="crawls", daemon=True)
        self.scheduler.start()
        worker.start()
        self._log.info("daemon began", portals=len(self._portals))
        self._fire([portal.name for portal in self._portals])
        self._stop.wait()
        self._end(worker)
        self.scheduler.shutdown(wait=False)
        self._log.info("daemon ended")
        return 0

    def stop(self) -> None:
        """Makes `run` end; may be called from a signal handler or another thread."""
        self._stop.set()

    def add_jobs(self) -> None:
        """One job per cron expression of portals, one per report."""
        by_cron: defaultdict[str, list[str]] = defaultdict(list)
        for portal in self._portals:
            by_cron[portal.cron].append(portal.name)
        for cron, names in by_cron.items():
            self.scheduler.add_job(self._fire, cron_trigger(cron), [names], name=f"crawl {cron}")
        for report in self._config.reports:
            self.scheduler.add_job(
                self._report, cron_trigger(report.cron), [report], name=f"report {report.name}"
            )

    def _fire(self, names: Sequence[str]) -> None:
        for name in self.queue.add(names):
            self._log.warning("skipped: its last crawl has not ended", portal=name)

    def _work(self) -> None:
        while names := self.queue.take():
            self._crawl(names)
            for report in self._config.reports:
                if not self._stop.is_set():
                    self._report(report)

    def _crawl(self, names: Sequence[str]) -> None:
        """One child crawls those of the portals that are due; its failure is logged, no more."""
        self._ping("/start")
        try:
            code = self._run_child(names)
        except OSError as error:
            self._log.error("crawl could not be started", portals=names, reason=str(error))
            code = None
        if code is None or code not in (0, 3):
            self._log.error("crawl failed", portals=names, code=code)
            self._ping("/fail")
            if code == 4:
                self._try_later(names)
            return
        self._log.info("crawl ended", portals=names, code=code)
        self._ping("" if code == 0 else "/fail")

    def _try_later(self, names: Sequence[str]) -> None:
        """A crawl by hand may hold the archive: these portals stay due, and are asked again."""
        if not self._stop.is_set():
            at = datetime.now(BEIJING) + timedelta(minutes=RETRY_MINUTES)
            self.scheduler.add_job(self._fire, "date", [names], run_date=at, name="retry")

    def _run_child(self, names: Sequence[str]) -> int:
        options = ["--config", str(self._config.file)] if self._config.file else []
        with self._child_lock:
            if self._stop.is_set():
                return 0
            child = self._child = self._start([*options, "crawl", "--due", *names])
        self._log.info("crawl began", portals=names, child=child.pid)
        try:
            return child.wait()
        finally:
            self._child = None

    def _report(self, report: ReportSection) -> None:
        """Hands a report to its targets; reports without any are for `fuhan report` alone."""
        if not report.to:
            return
        try:
            self._write(self._config, report, self._portals)
        except (FuhanError, OSError) as error:
            reason = self._config.shown(str(error))
            self._log.error("report not written", report=report.name, reason=reason)

    def _ping(self, ending: str) -> None:
        address = self._config.daemon.ping
        if not address:
            return
        try:
            requests.get(address.rstrip("/") + ending, timeout=PING_SECONDS).close()
        except requests.RequestException as error:
            self._log.warning("ping failed", to=mask_target(address), reason=type(error).__name__)

    def _end(self, worker: threading.Thread) -> None:
        """Passes the signal on and waits; a child that does not stop in time is killed."""
        self.queue.close()
        with self._child_lock:
            child = self._child
        if child is not None:
            child.terminate()
            worker.join(CHILD_GRACE_SECONDS)
            if worker.is_alive():
                self._log.warning("child did not stop in time", child=child.pid)
                child.kill()
        worker.join(1.0)
