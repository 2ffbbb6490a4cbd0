"""The daemon itself: what fires is queued, one child at a time works it off, signals are obeyed."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

import structlog

from schedules.daemon.children import Child, CommandChild, StartChild
from schedules.daemon.clock_watch import ClockWatch
from schedules.daemon.jobs import RETRY, Actions, new_scheduler, plan, planned_jobs
from schedules.daemon.notify import Notifier
from schedules.daemon.queue import Work, WorkQueue
from schedules.daemon.watch import Watch
from schedules.delivery.deliver import DeliverySummary, send_due
from schedules.runs.pings import Pinger
from schedules.words.language import say
from schedules.words.running import WATCHED
from storage.clock import BEIJING, Clock, system_clock
from storage.errors import FuhanError
from storage.lock import daemon_lock

RETRY_MINUTES = {"locked": 5, "failed": 60}
CHILD_GRACE_SECONDS = 8.0  # of the 10 s in which we must have stopped
LOOK_SECONDS = 20.0  # between two looks at the clock
LOCKED = 4  # a child's exit code: another process holds the archive, or it is full or damaged
WELL = (0, 3)

Send = Callable[[Watch, Callable[[], bool]], DeliverySummary]
Begin = Callable[[Watch, ExitStack], None]
"""Is told every configuration that comes into force, and may open what ends with it."""


class Daemon:
    """Portals crawled, the archive looked after and reports sent, in Asia/Shanghai.

    `load` reads the configuration anew, for SIGHUP; `begin` is told each that comes into force.
    """

    def __init__(
        self,
        watch: Watch,
        load: Callable[[], Watch],
        *,
        begin: Begin = lambda _watch, _until_next: None,
        start: StartChild = CommandChild,
        send: Send = lambda watch, stopped: send_due(
            watch.config, stopped=stopped, portals=watch.portals
        ),
        wall: Clock = system_clock,
        monotonic: Callable[[], float] = time.monotonic,
        notifier: Notifier | None = None,
        verbosity: int = 1,
    ) -> None:
        self.watch = watch
        self._load = load
        self._begin = begin
        self._open = ExitStack()
        self._held = ExitStack()  # the archive's daemon lock
        self._start = start
        self._send = send
        self._sending = threading.Lock()
        self._clock_watch = ClockWatch(wall, monotonic)
        self._notifier = notifier or Notifier()
        self._options = ["-" + "v" * verbosity] if verbosity else []
        self.scheduler = new_scheduler()
        self.queue = WorkQueue()
        # signals put their orders here: unlike an Event's, its `put` may interrupt a `get`
        self._orders: SimpleQueue[str] = SimpleQueue()
        self._stop = threading.Event()
        self._child: Child | None = None
        self._child_lock = threading.Lock()
        self._log = structlog.get_logger("fuhan.daemon")

    def run(self) -> int:
        """Runs until SIGTERM or SIGINT, then stops within 10 s; gives the exit code 0.

        1 where a thread of its own broke: whoever watches over it is to start it anew.
        First catches up: what should have run while nobody did is run once, now. SIGHUP reads
        the configuration anew. Raises ArchiveLocked where the archive has another daemon.
        """
        self._hold(self.watch)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop())
        signal.signal(signal.SIGHUP, lambda *_: self._orders.put("reload"))
        self._begin(self.watch, self._open)
        self.plan()
        worker = threading.Thread(target=self._work, name="children", daemon=True)
        self.scheduler.start()
        worker.start()
        self._log.info("daemon began", portals=len(self.watch.portals))
        self._notifier.ready(say(WATCHED, count=len(self.watch.portals)))
        self.catch_up()
        code = self._obey(worker)
        self._end(worker)
        return code

    def stop(self) -> None:
        """Makes `run` end; may be called from a signal handler or another thread."""
        self._orders.put("stop")

    def plan(self, *, anew: bool = False) -> None:
        """Gives the scheduler the jobs of the configuration in force."""
        actions = Actions(self._fire, self._fire_upkeep, self._deliver)
        plan(self.scheduler, planned_jobs(self.watch, actions), anew=anew)

    def catch_up(self) -> None:
        """Queues everything: the archive knows what of it is due (fault 14).

        What is at work or waiting already is left at that.
        """
        self.queue.add(Work("crawl", tuple(portal.name for portal in self.watch.portals)))
        self.queue.add(Work("upkeep"))

    def look_at_clock(self) -> None:
        """Where the clock jumped, plans anew and catches up (faults 12 and 14)."""
        if jump := self._clock_watch.jump():
            self._log.warning("the clock jumped", seconds=round(jump.total_seconds()))
            self.plan(anew=True)
            self.catch_up()
        # waits of the scheduler do not count while the machine sleeps: it looks again now
        self.scheduler.wakeup()

    def reload(self) -> None:
        """Reads the configuration anew; a broken one is logged, and the old one stays in force.

        Of a broken portal file alone only that portal's settings stay as they were.
        Jobs that stay the same keep their next time; what is at work ends with what it began with.
        """
        try:
            watch = self._load().going_on_from(self.watch)
            if _other_archive(watch, self.watch):
                self._hold(watch)
        except (FuhanError, OSError) as error:
            reason = self.watch.config.shown(str(error))
            self._log.error("not reloaded: the old configuration stays in force", reason=reason)
            return
        if _other_archive(watch, self.watch):
            self._log.warning("reloaded with another archive", archive=str(watch.config.archive))
        self.watch = watch
        self._open.close()
        self._begin(watch, self._open)
        watch.log_faults()
        self.queue.keep_only({portal.name for portal in watch.portals})
        self.plan()
        self.catch_up()
        self._log.info("reloaded", portals=len(watch.portals))
        self._notifier.ready(say(WATCHED, count=len(watch.portals)))

    def _hold(self, watch: Watch) -> None:
        """Takes the lock of a configuration's archive, then lets that of the one before go."""
        with ExitStack() as taken:
            taken.enter_context(daemon_lock(watch.config.archive))
            self._held.close()
            self._held = taken.pop_all()

    def _obey(self, worker: threading.Thread) -> int:
        """Waits for orders, and looks at the clock in between, until told to stop; gives 0, or 1
        where work goes on no longer."""
        pause = min(LOOK_SECONDS, (self._notifier.watched_seconds or LOOK_SECONDS * 2) / 2)
        while True:
            try:
                order = self._orders.get(timeout=pause)
            except Empty:
                order = "look"
            if order == "stop":
                return 0
            if order == "reload":
                self.reload()
            self.look_at_clock()
            if not (worker.is_alive() and self.scheduler.running):
                self._log.error("work goes on no longer: ending")
                return 1
            self._notifier.alive()

    def _fire(self, cron: str) -> None:
        names = self.watch.fired_by(cron)
        for name in self.queue.add(Work("crawl", names)) if names else ():
            self._log.warning("skipped: its last crawl has not ended", portal=name)

    def _fire_upkeep(self) -> None:
        self.queue.add(Work("upkeep"))  # what waits already will find this due as well

    def _work(self) -> None:
        while work := self.queue.take():
            self._do(work)

    def _do(self, work: Work) -> None:
        """One child does it; its failure is logged and told, no more."""
        watch = self.watch
        enabled = {portal.name for portal in watch.portals}  # a reload may have come in between
        names = [name for name in work.names if name in enabled]
        if work.kind == "crawl" and not names:
            return
        child = None
        try:
            child = self._run_child(watch, [work.kind, "--due", *names])
            code = child.wait() if child else 0
        except OSError as error:
            self._log.error(f"{work.kind} could not be started", reason=str(error))
            code = 1
        self._child = None
        if self._stop.is_set():
            return
        if code in WELL:
            self._log.info(f"{work.kind} ended", portals=names, code=code)
            return
        self._log.error(f"{work.kind} failed", portals=names, code=code)
        if child is None or code < 0:  # it could not say so itself
            with Pinger(watch.config) as pinger:
                pinger.fail(f"{work.kind} failed ({code}) {child.last_words if child else ''}")
        self._try_later(RETRY_MINUTES["locked" if code == LOCKED else "failed"])

    def _run_child(self, watch: Watch, arguments: list[str]) -> Child | None:
        with self._child_lock:
            if self._stop.is_set():
                return None
            child = self._child = self._start(watch, [*self._options, *arguments])
        self._log.info(f"{arguments[0]} began", child=child.pid)
        return child

    def _try_later(self, minutes: int) -> None:
        """What failed stays due, and is asked again."""
        if not self._stop.is_set():
            at = datetime.now(BEIJING) + timedelta(minutes=minutes)
            self.scheduler.add_job(
                self.catch_up,
                "date",
                run_date=at,
                name=RETRY,
                id=f"{RETRY} {minutes}",
                replace_existing=True,
            )

    def _deliver(self) -> None:
        """Sends reports that are due and what failed before; a fault is logged, no more."""
        watch = self.watch
        with self._sending:
            try:
                summary = self._send(watch, self._stop.is_set)
            except (FuhanError, OSError) as error:
                self._log.error("delivery failed", reason=watch.config.shown(str(error)))
                return
        for item in summary.prepared:
            if item.error:
                self._log.error("report not made", report=item.key.name, reason=item.error)
        for attempt in summary.failed:
            self._log.warning(
                "not delivered",
                to=attempt.key.target,
                report=attempt.key.name,
                reason=attempt.error,
                given_up=attempt.next_attempt is None,
            )

    def _end(self, worker: threading.Thread) -> None:
        """Passes the signal on and waits; a child that does not stop in time is killed."""
        self._notifier.stopping()
        self._stop.set()
        self.scheduler.shutdown(wait=False)
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
        self._open.close()
        self._held.close()
        self._log.info("daemon ended")


def _other_archive(one: Watch, other: Watch) -> bool:
    return one.config.archive.absolute() != other.config.archive.absolute()
