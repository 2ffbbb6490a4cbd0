"""Metrics: what Prometheus reads, from the daemon and from a file, and who may ask."""

from __future__ import annotations

import http.client
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from schedules.config.config import Config, load_config
from schedules.config.running import Listen, listen_address
from schedules.daemon.exporter import Exporter
from schedules.daemon.metrics import metrics_text, write_metrics_file
from schedules.upkeep.due import do_due
from storage.clock import fixed_clock
from storage.outbox.records import Draft, TargetKey
from storage.records import Outcome
from tests.archive_story import PORTAL, Story, a_letter

DOCS = Path(__file__).parent.parent / "docs" / "running.md"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path / "fuhan.db")
    site = {f"t{number}.html": a_letter(number) for number in range(1, 5)}
    story.crawl(site)
    story.crawl(site | {"t1.html": replace(a_letter(1), body="改了。")})
    return story


@pytest.fixture
def config(tmp_path: Path) -> Config:
    file = tmp_path / "fuhan.toml"
    file.write_text('[daemon]\nmetrics_file = "metrics/fuhan.prom"\n[upkeep]\nbackup = "b"\n')
    return load_config(file, {})


def samples(text: bytes) -> dict[tuple[str, ...], float]:
    """Name and labels' values of every sample, as a Prometheus reads them."""
    return {
        (sample.name, *(sample.labels[key] for key in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_archive_is_told_in_numbers(story: Story, config: Config) -> None:
    clock = fixed_clock(story.now)
    do_due(config, clock)
    do_due(config, fixed_clock(story.now + timedelta(days=8)))
    key = TargetKey("report", "daily", "mailtos://mail.example.org/***")
    with story.open() as archive:
        state = archive.outbox.begin_target(key, 0)
        archive.outbox.put_in_outbox(state, [Draft("标题", "内容")], 3)
    told = samples(metrics_text(config, [PORTAL.name], clock))
    assert told["fuhan_archive_readable",] == 1
    assert told["fuhan_portal_state", "a", "ok"] == 1
    assert told["fuhan_portal_state", "a", "blocked"] == 0
    assert told["fuhan_portal_letters", "a"] == told["fuhan_letters", "present"] == 4
    assert told["fuhan_events_total", "new", "a"] == 4
    assert told["fuhan_events_total", "changed", "a"] == 1
    assert told["fuhan_last_run_visits", Outcome.CHANGED.value, "a"] == 1
    assert told["fuhan_last_run_visits", Outcome.UNCHANGED.value, "a"] == 3
    assert told["fuhan_delivery_undelivered", *astuple(key)] == 1
    assert told["fuhan_journal_seq",] > told["fuhan_cursor",] == 5
    assert told["fuhan_archive_size_bytes",] > 10_000
    backed_up = (story.now + timedelta(days=8)).timestamp()
    assert told["fuhan_upkeep_last_success_timestamp_seconds", "backup"] == backed_up
    assert told["fuhan_upkeep_failing", "verify"] == 0
    assert told["fuhan_portal_last_healthy_timestamp_seconds", "a"] > 0


def astuple(key: TargetKey) -> tuple[str, str, str]:
    return key.channel, key.name, key.target


def test_archive_that_cannot_be_read_is_told_as_that(config: Config) -> None:
    clock = fixed_clock(datetime(2026, 5, 4, tzinfo=UTC))
    assert samples(metrics_text(config, [PORTAL.name], clock))["fuhan_archive_readable",] == 0
    config.archive.write_bytes(b"no database" * 200)
    assert samples(metrics_text(config, [PORTAL.name], clock))["fuhan_archive_readable",] == 0


def test_every_metric_is_described_and_none_that_is_not_there(story: Story, config: Config) -> None:
    text = metrics_text(config, [PORTAL.name], fixed_clock(story.now)).decode()
    families = set(re.findall(r"^# TYPE (\S+)", text, re.M))
    described = set(re.findall(r"`(fuhan_\w+)", DOCS.read_text("utf-8")))
    assert described == families


def test_file_is_whole_and_readable_by_others(story: Story, config: Config) -> None:
    path = write_metrics_file(config, [PORTAL.name], fixed_clock(story.now))
    assert path and path.stat().st_mode & 0o777 == 0o644
    assert samples(path.read_bytes())["fuhan_portal_letters", "a"] == 4
    assert [each.name for each in path.parent.iterdir()] == ["fuhan.prom"]


# --- served ----------------------------------------------------------------------------------


@pytest.fixture
def exporter() -> Iterator[Exporter]:
    looks = iter(range(1, 100))
    with Exporter(Listen("127.0.0.1", 0), lambda: f"look {next(looks)}\n".encode()) as exporter:
        yield exporter


def asked(exporter: Exporter, path: str, host: str, method: str = "GET") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", exporter.port, timeout=5)
    connection.request(method, path, headers={"Host": host})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read()
    finally:
        connection.close()


def test_metrics_are_served_and_one_look_serves_all_that_ask(exporter: Exporter) -> None:
    assert asked(exporter, "/metrics", "127.0.0.1:9108") == (200, b"look 1\n")
    assert asked(exporter, "/metrics?x=1", "localhost") == (200, b"look 1\n")
    assert asked(exporter, "/metrics", "[::1]:9108") == (200, b"look 1\n")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:9108", "", "10.0.0.1"])
def test_f54_foreign_host_is_refused(exporter: Exporter, host: str) -> None:
    assert asked(exporter, "/metrics", host) == (403, b"")


def test_nothing_else_is_answered(exporter: Exporter) -> None:
    assert asked(exporter, "/<script>", "localhost") == (404, b"")
    assert asked(exporter, "/metrics", "localhost", "POST")[0] == 501


def test_who_asks_and_says_nothing_takes_no_ones_place(exporter: Exporter) -> None:
    silent = [socket.create_connection(("127.0.0.1", exporter.port)) for _ in range(4)]
    try:
        assert asked(exporter, "/metrics", "localhost")[0] == 200
    finally:
        for each in silent:
            each.close()


@pytest.mark.parametrize(
    ("text", "host", "port", "loopback"),
    [
        ("127.0.0.1:9108", "127.0.0.1", 9108, True),
        ("[::1]:9108", "::1", 9108, True),
        ("localhost:0", "localhost", 0, True),
        ("0.0.0.0:9108", "0.0.0.0", 9108, False),
        ("metrics.example.org:80", "metrics.example.org", 80, False),
    ],
)
def test_address_is_read(text: str, host: str, port: int, loopback: bool) -> None:
    listen = listen_address(text)
    assert (listen, listen.is_loopback) == ((host, port), loopback)


@pytest.mark.parametrize(
    "text", ["9108", ":9108", "127.0.0.1", "127.0.0.1:99999", "a b:1", "::1:1"]
)
def test_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=":"):
        listen_address(text)
