"""Rounds of delivery: each change told once to each target, whatever clocks and targets do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from schedules.config.config import load_config
from schedules.delivery.backoff import next_attempt
from schedules.delivery.deliver import send_after_crawl
from storage.errors import ConfigError
from storage.outbox.lock import delivery_lock
from tests.archive_story import a_letter
from tests.delivery_scene import BEGIN, receiving, scene

ROOT = Path(__file__).parent.parent
FILE = '[[reports]]\nname = "daily"\ncron = "0 8 * * *"\nto = ["file:out/"]\n'


def reports(folder: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]


def told_cursors(folder: Path) -> list[int]:
    return [
        event["cursor"]
        for report in reports(folder)
        for group in report["groups"]  # type: ignore[attr-defined]
        for event in group["events"]
    ]


def hooked(url: str, extra: str = "") -> str:
    return f'[[reports]]\nname = "daily"\nto = ["{url}"]\n{extra}'


def test_each_change_is_told_once_and_a_new_target_begins_now(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE)
    assert made.send().exit_code == 0
    assert not (tmp_path / "out").exists()  # nothing since it began: silent
    made.edit(1, 11)
    made.edit(2, 22)
    made.send()
    made.edit(3, 33)
    made.send()
    made.send()
    assert told_cursors(tmp_path / "out") == [4, 5, 6]
    assert len(reports(tmp_path / "out")) == 2


def test_since_sends_what_a_target_was_told_or_never_was(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE)
    made.edit(1, 11)
    made.send()
    made.now += CHECK
    made.send(since=BEGIN)
    assert told_cursors(tmp_path / "out") == [4, 4]
    made.send()
    assert len(reports(tmp_path / "out")) == 2


def test_two_reports_of_one_minute_have_files_of_their_own(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE)
    made.edit(1, 11)
    made.send()
    made.edit(2, 22, days=0.0001)
    made.send()
    assert sorted(told_cursors(tmp_path / "out")) == [4, 5]


def test_report_is_due_at_its_time_and_once(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE)
    made.edit(1, 11, days=0.01)  # 06:34 in Beijing
    assert made.deliver().attempts == ()
    made.now += timedelta(hours=3)
    assert made.deliver().delivered == 1
    made.edit(2, 22, days=0.01)
    assert made.deliver().attempts == ()
    assert told_cursors(tmp_path / "out") == [4]


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(days=365), timedelta(days=-400)])
def test_f12_clock_that_jumps_repeats_nothing_and_loses_nothing(
    tmp_path: Path, jump: timedelta
) -> None:
    made = scene(tmp_path, FILE)
    made.edit(1, 11)
    made.send()
    made.now += jump
    made.deliver()
    made.edit(2, 22, days=0.001)
    made.send()
    made.deliver()
    made.now -= jump
    made.deliver()
    made.edit(3, 33, days=1)
    made.send()
    assert sorted(told_cursors(tmp_path / "out")) == [4, 5, 6]


def test_f12_message_planned_by_a_wrong_clock_is_tried(tmp_path: Path) -> None:
    with receiving(500, 204) as hook:
        made = scene(tmp_path, hooked(hook.url))
        made.now += timedelta(days=365)
        made.edit(1, 11)
        assert made.send().failed
        made.now -= timedelta(days=365)
        assert made.deliver().delivered == 1
        assert hook.ids[0] == hook.ids[1]


def test_empty_period_says_so_where_asked(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE + 'on_empty = "say"\n')
    made.send()
    (report,) = reports(tmp_path / "out")
    assert (report["count"], report["baseline"]) == (0, 0)


def test_alarm_is_news_once(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE, letters=8)
    made.story.crawl({})  # all gone alike: suspect
    made.send()
    made.now += CHECK
    made.send()
    (report,) = reports(tmp_path / "out")
    assert [alarm["name"] for alarm in report["alarms"]] == ["a"]  # type: ignore[attr-defined]


def test_f36_what_is_held_back_is_told_once_and_only_when_it_is_accepted(tmp_path: Path) -> None:
    made = scene(tmp_path, f'{FILE}[[sinks]]\nname = "s"\nto = "file:s.jsonl"\nbegin = "now"\n')
    made.deliver("s")
    for number in (1, 2, 3):
        body = f"{a_letter(number).body}\n本站已改版。"
        made.site[f"t{number}.html"] = a_letter(number, body=body)
    made.story.crawl(made.site)  # all changed alike: suspect
    made.send()
    made.deliver("s")
    assert told_cursors(tmp_path / "out") == []
    with made.story.open() as archive:
        archive.accept_held("a")
    for _ in range(2):
        made.now += timedelta(days=1)
        made.send()
        made.deliver("s")
    assert told_cursors(tmp_path / "out") == [4, 5, 6]
    assert len((tmp_path / "s.jsonl").read_text("utf-8").splitlines()) == 3


def test_word_that_was_struck_out_is_told_to_who_waits_for_it(tmp_path: Path) -> None:
    text = FILE.replace('name = "daily"', 'name = "daily"\nwords = ["另有１１处"]')
    sink = '[[sinks]]\nname = "s"\nto = "file:s.jsonl"\nwords = ["另有11处"]\n'
    made = scene(tmp_path, text + sink)
    made.edit(1, 11)
    made.edit(1, 12)
    made.edit(2, 13)
    made.send()
    made.deliver("s")
    assert told_cursors(tmp_path / "out") == [4, 5]
    assert len((tmp_path / "s.jsonl").read_text("utf-8").splitlines()) == 2


def test_first_reading_is_only_counted(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE, begun=False)
    made.folder.joinpath("fuhan.db").unlink()
    made.begin()  # as `fuhan crawl` does before it crawls
    made.story.crawl(made.site)
    made.send()
    (report,) = reports(tmp_path / "out")
    assert (report["count"], report["baseline"]) == (0, 3)


def test_f50_failing_target_is_tried_again_under_its_id_and_holds_up_no_other(
    tmp_path: Path,
) -> None:
    with receiving(500, 503, 204) as hook:
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = ["{hook.url}", "file:out/"]\n')
        made.edit(1, 11)
        first = made.send()
        assert (first.delivered, first.exit_code) == (1, 3)
        assert told_cursors(tmp_path / "out") == [4]
        (failure,) = first.failed
        assert failure.error == "HTTP 500"
        assert failure.next_attempt == made.now + timedelta(minutes=5)
        assert made.deliver().attempts == ()  # not yet
        made.now += timedelta(minutes=6)
        (failure,) = made.deliver().failed
        assert failure.next_attempt == made.now + timedelta(minutes=10)
        made.now += timedelta(minutes=11)
        assert made.deliver().delivered == 1
        assert made.deliver().attempts == ()
        assert len(set(hook.ids)) == 1 and len(hook.ids) == 3


def test_named_targets_keep_what_waits_for_them_when_they_change_places(tmp_path: Path) -> None:
    with receiving(500, 204) as hook:
        desk = f'{{ url = "{hook.url}", name = "desk" }}'
        editors = '{ url = "file:out/", name = "editors" }'
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = [{desk}, {editors}]\n')
        made.edit(1, 11)
        (failure,) = made.send().failed
        assert failure.key.target == "desk"
        again = f'[crawl]\nenabled = ["a"]\n[[reports]]\nname = "daily"\nto = [{editors}, {desk}]\n'
        (tmp_path / "fuhan.toml").write_text(again, encoding="utf-8")
        made.config = load_config(tmp_path / "fuhan.toml", {})
        made.now += timedelta(minutes=6)
        assert made.deliver().delivered == 1
        assert len(hook.ids) == 2 and len(set(hook.ids)) == 1
        assert told_cursors(tmp_path / "out") == [4]  # once, at its first place


def test_two_targets_of_one_name_are_refused(tmp_path: Path) -> None:
    desk = '{ url = "file:out/", name = "desk" }'
    file = tmp_path / "fuhan.toml"
    file.write_text(f'[[reports]]\nname = "daily"\nto = [{desk}, {desk}]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="desk"):
        load_config(file, {})


def test_f17_hanging_target_is_given_up_by_its_deadline_and_the_others_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.delivery.webhook.Webhook.seconds", 0.3)

    def hang(_: object) -> None:
        hook.let_go.wait(20)

    with receiving(hang) as hook:
        made = scene(tmp_path, f'[[reports]]\nname = "daily"\nto = ["{hook.url}", "file:out/"]\n')
        made.edit(1, 11)
        summary = made.send()
    assert [attempt.error for attempt in summary.failed] == ["not done within 0.3 s"]
    assert told_cursors(tmp_path / "out") == [4]


def test_stopped_round_ends_and_sends_again_later(tmp_path: Path) -> None:
    stop = threading.Event()

    def hang(_: object) -> None:
        stop.set()
        hook.let_go.wait(20)

    with receiving(hang, 204) as hook:
        made = scene(tmp_path, hooked(hook.url, 'cron = "* * * * *"\n'))
        made.edit(1, 11)
        assert made.deliver(stopped=stop.is_set).attempts == ()
        assert made.deliver().delivered == 1
        assert hook.ids[0] == hook.ids[1]


def test_message_is_given_up_after_days_of_attempts_and_told_of(tmp_path: Path) -> None:
    with receiving(500) as hook:
        made = scene(tmp_path, hooked(hook.url))
        made.edit(1, 11)
        made.send()
        for _ in range(60):
            made.now += timedelta(hours=7)
            made.deliver()
        assert 20 < len(hook.got) < 40
        with made.story.open() as archive:
            (told,) = archive.outbox.undelivered()
        assert (told.waiting, told.dead) == (0, 1)
        hook.answers = [204]
        assert made.deliver().attempts == ()
        assert made.deliver("daily").delivered == 1  # by hand, once it is mended
        assert len(set(hook.ids)) == 1


def test_message_the_target_never_takes_does_not_hold_up_later_ones(tmp_path: Path) -> None:
    with receiving(500, 500, 500, 204) as hook:
        made = scene(tmp_path, hooked(hook.url))
        made.edit(1, 11)
        made.send()
        made.edit(2, 22, days=0.001)
        for _ in range(2):
            made.now += timedelta(minutes=15)
            made.deliver()
        hook.answers = [500, 204]
        made.now += timedelta(hours=1)
        made.send()
        assert [len(hook.got), len(set(hook.ids))] == [5, 2]
        assert made.outbox("delivered_at IS NOT NULL") == [(0,), (1,)]


def test_leaping_clock_gives_nothing_up(tmp_path: Path) -> None:
    with receiving(500, 500, 204) as hook:
        made = scene(tmp_path, hooked(hook.url))
        made.edit(1, 11)
        made.send()
        made.now += timedelta(days=365)
        assert made.deliver().failed[0].next_attempt is not None
        made.now += timedelta(hours=7)
        assert made.deliver().delivered == 1


def test_waits_double_with_jitter_and_heed_the_receiver() -> None:
    waits = [
        next_attempt(n, BEGIN, BEGIN, jitter=lambda: 0.5) for n in (1, 2, 3, 4, 5, 6, 7, 8, 50)
    ]
    minutes = [int((at - BEGIN).total_seconds() // 60) for at in waits if at]
    assert minutes == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    assert next_attempt(1, BEGIN, BEGIN, jitter=lambda: 0) == BEGIN + timedelta(minutes=3.75)
    asked = next_attempt(1, BEGIN, BEGIN, jitter=lambda: 0.5, retry_after=timedelta(hours=2))
    assert asked == BEGIN + timedelta(hours=2)
    longest = next_attempt(1, BEGIN, BEGIN, jitter=lambda: 0.5, retry_after=timedelta(days=900))
    assert longest == BEGIN + timedelta(hours=24)


def test_second_process_sends_nothing_meanwhile(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE)
    made.edit(1, 11)
    with delivery_lock(made.config.archive) as ours:
        assert ours
        assert made.send().elsewhere
    assert made.send().delivered == 1


def test_target_that_is_none_is_named_and_loses_nothing(tmp_path: Path) -> None:
    text = '[[reports]]\nname = "daily"\nto = ["nosuch://x", "file:out/"]\n'
    made = scene(tmp_path, text)
    made.edit(1, 11)
    summary = made.send()
    assert (summary.exit_code, summary.delivered) == (3, 1)
    assert [bool(item.error) for item in summary.prepared] == [True, False]
    with made.story.open() as archive:
        state = archive.outbox.target_state(summary.prepared[0].key)
    assert state is not None and state.cursor == 3


def test_f51_killed_between_sending_and_marking_repeats_under_the_same_id(tmp_path: Path) -> None:
    with receiving(204) as hook:
        sink = f'[[sinks]]\nname = "corpus"\nto = "{hook.url}"\nbegin = "now"\n'
        made = scene(tmp_path, hooked(hook.url, sink))
        made.edit(1, 11)
        made.edit(2, 22)
        for what in ("report", "sinks", "report", "sinks"):  # killed after the first message
            config = str(tmp_path / "fuhan.toml")
            done = subprocess.run(
                [sys.executable, "-m", "tests.delivery_child", config, what],
                cwd=ROOT,
                env={**os.environ, "FUHAN_NOW": made.now.isoformat()},
                check=False,
            )
            assert done.returncode == -signal.SIGKILL
        made.deliver("daily")
        made.deliver("corpus")
        bodies: dict[str, bytes] = {}
        for headers, body in hook.got:
            assert bodies.setdefault(headers["webhook-id"], body) == body
    assert len(bodies) == 3  # one report, two events
    cursors = [json.loads(body).get("cursor") for body in bodies.values()]
    assert [cursor for cursor in cursors if cursor] == [4, 5]


def test_after_a_crawl_sinks_are_told_and_reports_wait_for_their_time(tmp_path: Path) -> None:
    text = FILE + '[[sinks]]\nname = "corpus"\nto = "file:letters.jsonl"\n'
    made = scene(tmp_path, text)
    made.edit(1, 11)
    summary = send_after_crawl(made.config, clock=made.clock)
    assert summary.delivered == 4
    assert not (tmp_path / "out").exists()


def test_nothing_is_made_where_there_is_no_archive(tmp_path: Path) -> None:
    made = scene(tmp_path, FILE)
    made.config.archive.unlink()
    assert made.deliver().attempts == ()
    assert not made.config.archive.exists()


CHECK = timedelta(hours=1)
