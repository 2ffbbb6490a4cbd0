"""Crawl runs as processes: exit codes, interruption, and what is due."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.demo.portals import write_portals
from crawler.demo.server import DemoServer
from schedules.runs.run import CrawlResult
from storage.records import Portal, PortalState, RunSummary
from tests.test_storage_broken_disk import small_disk

ROOT = Path(__file__).parent.parent
ECONOMY = "lanjiang-economy"


def summary(portal: str, state: PortalState) -> RunSummary:
    now = datetime(2026, 5, 4, tzinfo=UTC)
    return RunSummary(
        run_id=1,
        portal=portal,
        state=state,
        reason=None,
        started_at=now,
        ended_at=now,
        listed=0,
        outcomes={},
        events={},
        held=0,
    )


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ([PortalState.OK, PortalState.OK], 0),
        ([PortalState.OK, PortalState.BLOCKED], 3),
        ([PortalState.FAILING, PortalState.OK], 3),
        ([PortalState.SUSPECT, PortalState.OK], 3),
        ([PortalState.BLOCKED], 1),  # the other portal was interrupted
        ([], 1),
    ],
)
def test_exit_code_of_a_crawl(states: list[PortalState], code: int) -> None:
    portals = tuple(Portal(name=n, agency="甲局", platform="trs") for n in ("a", "b"))
    summaries = tuple(summary(n, state) for n, state in zip("ab", states, strict=False))
    result = CrawlResult(portals, summaries)
    assert result.exit_code == code
    assert result.unfinished == tuple("ab"[len(states) :])


@pytest.fixture
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


def start(folder: Path, *arguments: str, now: str | None = None) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FUHAN_LANG": "en"}
    if now:
        environment["FUHAN_NOW"] = now
    return subprocess.Popen(
        [sys.executable, "-m", "schedules", "--config", str(folder / "fuhan.toml"), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=folder,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    with process:
        out, err = process.communicate(timeout=90)
    return process.returncode, out, err


def watch(folder: Path, server: DemoServer) -> None:
    """A configuration that watches the smaller of the demo's portals."""
    write_portals(server, folder / "portals")
    (folder / "fuhan.toml").write_text(f'[crawl]\nenabled = ["{ECONOMY}"]\n', encoding="utf-8")


def test_crawl_due_and_blocked(tmp_path: Path, server: DemoServer) -> None:
    watch(tmp_path, server)
    code, out, err = ended(start(tmp_path, "crawl", now="2026-03-02T06:20:00+08:00"))
    assert (code, f"{ECONOMY}: ok" in out) == (0, True), err
    assert server.count("lanjiang-science") == 0  # not enabled

    asked = server.count()
    code, out, _ = ended(start(tmp_path, "crawl", "--due", now="2026-03-02T23:00:00+08:00"))
    assert (code, "no portal is due" in out) == (0, True)
    assert server.count() == asked

    server.day = 7  # a firewall
    code, out, err = ended(start(tmp_path, "crawl", "--due", now="2026-03-08T06:20:00+08:00"))
    assert (code, "blocked" in out) == (3, True)
    line = json.loads(err.splitlines()[-1])  # stderr is no terminal: a log for programs
    assert {"run", "portal", "url", "level", "event", "timestamp"} <= line.keys()

    code, out, _ = ended(start(tmp_path, "changes", "--json"))
    events = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert {event["portal"] for event in events} == {ECONOMY}
    assert all(event["baseline"] for event in events)
    cursors = [event["cursor"] for event in events]
    assert cursors == sorted(set(cursors))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_f11_interrupted_crawl_ends_in_time_and_the_next_goes_on(
    tmp_path: Path, server: DemoServer, number: int
) -> None:
    watch(tmp_path, server)
    server.latency = 0.3
    process = start(tmp_path, "crawl")
    deadline = time.monotonic() + 60
    while server.count(ECONOMY, 200) < 5 and time.monotonic() < deadline:
        threading.Event().wait(0.02)
    process.send_signal(number)
    began = time.monotonic()
    code, _, err = ended(process)
    assert (code, "interrupted" in err) == (1, True), err
    assert time.monotonic() - began < 10
    server.latency = 0.0
    code, out, _ = ended(start(tmp_path, "crawl"))
    assert (code, f"{ECONOMY}: ok" in out) == (0, True)
    _, out, _ = ended(start(tmp_path, "letters", "--json"))
    assert len(out.splitlines()) == len(server.sites[ECONOMY].placements)


def test_f04_full_disk_ends_a_crawl_in_one_line(tmp_path: Path, server: DemoServer) -> None:
    watch(tmp_path, server)
    with small_disk(tmp_path / "disk", 1) as disk, (tmp_path / "fuhan.toml").open("a") as file:
        file.write(f'[archive]\npath = "{disk}/fuhan.db"\n')
        file.flush()
        code, _, err = ended(start(tmp_path, "crawl"))
        assert (code, err.splitlines()) == (
            4,
            [f"error: {disk}/fuhan.db: the disk is full — free some room, then run this again"],
        )
        code, _, err = ended(start(tmp_path, "-v", "crawl"))  # with all it can tell
        assert (code, err.splitlines()[-1].startswith("error: ")) == (4, True)


def test_portal_is_a_scrapy_spider_whose_run_settles(tmp_path: Path, server: DemoServer) -> None:
    watch(tmp_path, server)
    scrapy = [sys.executable, "-m", "scrapy"]
    settings = {**os.environ, "FUHAN_CONFIG": str(tmp_path / "fuhan.toml"), "FUHAN_LANG": "en"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*scrapy, *arguments],
            cwd=ROOT,
            env=settings,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )

    assert {ECONOMY, "cq-kjj"} <= set(run("list").stdout.split())
    crawled = run("crawl", ECONOMY)
    assert (crawled.returncode, crawled.stdout) == (0, ""), crawled.stderr
    _, out, _ = ended(start(tmp_path, "status", "--json"))
    (portal,) = json.loads(out)["portals"]
    assert (portal["name"], portal["state"], portal["letters"]) == (ECONOMY, "ok", 26)
