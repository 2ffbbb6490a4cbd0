"""A round's look finds what is due and nothing else, and starts nothing to find it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from schedules.cli.cli import cli
from schedules.daemon.look import due_rounds
from schedules.daemon.watch import read_watch
from schedules.upkeep.due import do_due
from storage.clock import to_text
from storage.errors import ConfigError, PortalError
from tests.delivery_scene import Scene, receiving, scene

ROOT = Path(__file__).parent.parent
HOUR = timedelta(hours=1)
REPORT = '[[reports]]\nname = "daily"\nto = ["file:reports/"]\ncron = "0 12 * * *"\n'


def rounds(made: Scene, after: timedelta = timedelta()) -> list[str]:
    return due_rounds(read_watch(made.config.file), made.now + after)


def quiet(folder: Path, text: str = "") -> Scene:
    """A portal crawled a moment ago, upkeep that was heard of, and whatever `text` has told."""
    made = scene(folder, text)
    made.deliver()
    do_due(made.config, made.clock)
    assert rounds(made) == []
    return made


def test_crawl_and_upkeep_are_due_at_their_times(tmp_path: Path) -> None:
    made = quiet(tmp_path)  # at 6:20 in China, when its portal is due
    assert rounds(made, 20 * HOUR) == []
    assert rounds(made, 22 * HOUR) == ["upkeep"]
    assert rounds(made, 24 * HOUR) == ["crawl", "upkeep"]


def test_upkeep_never_heard_of_begins_to_count(tmp_path: Path) -> None:
    assert rounds(scene(tmp_path, "")) == ["upkeep"]


def test_report_is_due_at_its_time_and_a_new_target_at_once(tmp_path: Path) -> None:
    made = quiet(tmp_path, REPORT)
    assert rounds(made, 5 * HOUR) == []
    assert rounds(made, 6 * HOUR) == ["deliver"]
    file = made.config.file
    assert file is not None
    file.write_text(file.read_text() + REPORT.replace("daily", "new"))
    assert rounds(made) == ["deliver"]


def test_what_a_sink_was_not_told_is_due(tmp_path: Path) -> None:
    made = quiet(tmp_path, '[[sinks]]\nname = "lines"\nto = "file:lines.jsonl"\n')
    made.edit(1, 11, days=1 / 24)
    assert rounds(made) == ["deliver"]
    made.deliver()
    assert rounds(made) == []


def test_f50_what_failed_is_due_when_it_is_to_be_tried_again(tmp_path: Path) -> None:
    with receiving(503) as hook:
        made = quiet(tmp_path, REPORT.replace("file:reports/", hook.url))
        made.edit(1, 11, days=1 / 24)
        made.send()
        assert rounds(made) == []
        assert rounds(made, timedelta(minutes=10)) == ["deliver"]


def test_feed_is_due_where_it_is_missing_or_older_than_what_it_tells(tmp_path: Path) -> None:
    made = quiet(tmp_path, '[feed]\npath = "feed.xml"\n')
    feed, file = tmp_path / "feed.xml", made.config.file
    assert file is not None
    at = (made.now + HOUR / 2).timestamp()
    os.utime(file, (at, at))
    os.utime(feed, (at + 60, at + 60))
    assert rounds(made) == []
    made.edit(1, 11, days=1 / 24)
    assert rounds(made) == ["deliver"]
    feed.unlink()
    assert rounds(made) == ["deliver"]


def test_archive_that_cannot_be_looked_at_leaves_the_saying_to_the_commands(
    tmp_path: Path,
) -> None:
    made = quiet(tmp_path, REPORT)
    made.story.path.write_bytes(b"")
    assert rounds(made) == ["crawl", "upkeep", "deliver"]
    made.story.path.unlink()
    assert rounds(made) == ["crawl", "upkeep", "deliver"]


def test_command_starts_nothing_and_says_so_only_when_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = quiet(tmp_path, REPORT)
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.setenv("FUHAN_NOW", to_text(made.now))
    started: list[object] = []
    monkeypatch.setattr("subprocess.Popen", lambda *a, **_: started.append(a))

    def once(*options: str) -> tuple[int, str]:
        result = CliRunner().invoke(
            cli, ["--config", str(made.config.file), *options, "daemon", "--once"]
        )
        return result.exit_code, result.output

    assert once() == (0, "")
    assert once("-v") == (0, "nothing is due\n")
    assert started == []


def test_look_loads_nothing_that_does_the_work(tmp_path: Path) -> None:
    made = quiet(tmp_path, REPORT)
    code = (
        "import sys; from schedules.cli.cli import cli\n"
        "try: cli()\n"
        "except SystemExit: pass\n"
        "heavy = {'structlog', 'scrapy', 'lxml', 'requests', 'prometheus_client', 'rich'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--config", str(made.config.file), "daemon", "--once"],
        cwd=ROOT,
        env={**os.environ, "FUHAN_NOW": to_text(made.now)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n", done.stderr


# --- portal files that are wrong -----------------------------------------------------------------


def test_broken_portal_file_stops_nothing_else_and_sets_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = quiet(tmp_path, REPORT)
    file = made.config.file
    assert file is not None
    monkeypatch.setenv("FUHAN_LANG", "en")

    def fuhan(*arguments: str, after: timedelta = timedelta()) -> tuple[int, str, str]:
        monkeypatch.setenv("FUHAN_NOW", to_text(made.now + after))
        result = CliRunner().invoke(cli, ["--config", str(made.config.file), *arguments])
        return result.exit_code, result.stdout, result.stderr

    (tmp_path / "portals" / "x.toml").write_text("garbage", encoding="utf-8")
    for command in (["daemon", "--once"], ["crawl", "--due"]):
        assert fuhan(*command)[::2] == (0, "")  # it is not enabled
    text = file.read_text(encoding="utf-8").replace('["a"]', '["a", "x"]')
    file.write_text(text, encoding="utf-8")
    code, out, err = fuhan("daemon", "--once")
    assert (code, out, err.count("x.toml")) == (3, "", 1)
    code, out, err = fuhan("daemon", "--once", after=22 * HOUR)
    assert (code, "upkeep, delivery" in out, err.count("x.toml")) == (3, True, 1)
    code, out, err = fuhan("crawl", "--due")
    assert (code, out, err.count("x.toml")) == (3, "no portal is due\n", 1)
    assert fuhan("upkeep", "--due")[::2] == (0, "")
    code, _, err = fuhan("deliver")
    assert (code, err.count("x.toml")) == (0, 1)
    assert fuhan("backup", str(tmp_path / "copy.db"))[::2] == (0, "")
    code, _, err = fuhan("crawl", "x")
    assert (code, "x.toml" in err) == (2, True)


def test_portal_that_is_enabled_by_name_is_left_out_where_its_file_is_wrong(
    tmp_path: Path,
) -> None:
    made = quiet(tmp_path)
    file = made.config.file
    assert file is not None
    file.write_text('[crawl]\nenabled = ["a", "x", "x-*"]\n', encoding="utf-8")
    with pytest.raises(PortalError):
        read_watch(file)
    for name in ("x", "x-y"):
        (tmp_path / "portals" / f"{name}.toml").write_text("garbage", encoding="utf-8")
    watch = read_watch(file)
    assert [portal.name for portal in watch.portals] == ["a"]
    assert watch.config.enabled == ("a",)
    assert len(watch.faults) == 2


def test_without_any_portal_upkeep_goes_on(tmp_path: Path) -> None:
    made = quiet(tmp_path)
    (tmp_path / "portals" / "a.toml").write_text("garbage", encoding="utf-8")
    assert rounds(made, 24 * HOUR) == ["upkeep"]
    (tmp_path / "portals" / "a.toml").unlink()
    file = made.config.file
    assert file is not None
    file.write_text("[crawl]\nenabled = []\n", encoding="utf-8")
    with pytest.raises(ConfigError):
        read_watch(file)
