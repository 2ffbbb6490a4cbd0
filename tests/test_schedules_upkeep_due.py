"""Upkeep that is due: when, what of it, and what is known after a failure."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from schedules.cli.cli import cli
from schedules.config.config import Config, load_config
from schedules.upkeep.due import do_due
from schedules.upkeep.tasks import Task, TaskState, due_tasks, schedules_of, task_states
from storage.clock import fixed_clock, to_text
from storage.errors import ArchiveDamaged, ArchiveLocked
from storage.lock import crawl_lock
from storage.outbox.lock import upkeep_lock
from storage.upkeep.backup import is_archive
from tests.archive_story import Story, a_letter

# a Saturday, 12:00 in China
NOON = datetime(2026, 5, 2, 4, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    Story(tmp_path / "fuhan.db").crawl({"t1.html": a_letter(1)})
    (tmp_path / "fuhan.toml").write_text(
        '[upkeep]\nbackup = "backups/"\nkeep = 2\n', encoding="utf-8"
    )
    return load_config(tmp_path / "fuhan.toml", {})


def done(config: Config, now: datetime) -> list[Task]:
    results = do_due(config, fixed_clock(now))
    assert [result.error for result in results if result.error] == []
    return [result.task for result in results]


def backups(config: Config) -> list[Path]:
    return sorted((config.folder / "backups").iterdir())


def damage(archive: Path) -> None:
    """Another hand alters a recorded letter."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(archive)) as connection, connection:
        connection.execute("UPDATE readings SET body = body || '。'")


def test_each_task_is_done_once_when_its_time_has_passed(config: Config) -> None:
    assert done(config, NOON) == []  # heard of for the first time: counts from now
    assert done(config, NOON + DAY / 4) == []
    # on Sunday at 04:10 in China the full check is due as well, and is the quick one's too
    assert done(config, NOON + DAY) == [Task.TIDY, Task.VERIFY, Task.BACKUP]
    assert done(config, NOON + DAY) == []
    assert done(config, NOON + 2 * DAY) == [Task.TIDY, Task.QUICK_VERIFY, Task.BACKUP]


def test_f14_weeks_asleep_are_caught_up_once(config: Config) -> None:
    done(config, NOON)
    assert len(done(config, NOON + 30 * DAY)) == 3
    assert done(config, NOON + 30 * DAY) == []


def test_f12_done_in_the_future_is_due_now(config: Config) -> None:
    done(config, NOON)
    done(config, NOON + 300 * DAY)
    assert Task.TIDY in done(config, NOON + DAY / 2)
    assert done(config, NOON + DAY / 2) == []


def test_backups_are_whole_and_only_so_many_are_kept(config: Config) -> None:
    done(config, NOON)
    for day in range(1, 5):
        done(config, NOON + day * DAY)
    assert len(backups(config)) == 2
    assert all(is_archive(path) for path in backups(config))


def test_damage_is_told_and_not_looked_for_again_within_the_hour(config: Config) -> None:
    done(config, NOON)
    damage(config.archive)
    results = {r.task: r.error for r in do_due(config, fixed_clock(NOON + DAY))}
    assert isinstance(results[Task.VERIFY], ArchiveDamaged)
    state = task_states(config.archive)[Task.VERIFY]
    assert state.fault and state.done is None and state.tried == NOON + DAY
    later = NOON + DAY + timedelta(minutes=59)
    assert Task.VERIFY not in [r.task for r in do_due(config, fixed_clock(later))]
    later += timedelta(minutes=2)
    assert Task.VERIFY in [r.task for r in do_due(config, fixed_clock(later))]


def test_no_backup_is_removed_while_a_check_fails(config: Config) -> None:
    done(config, NOON)
    for day in range(1, 3):
        done(config, NOON + day * DAY)
    damage(config.archive)
    for day in range(3, 6):
        do_due(config, fixed_clock(NOON + day * DAY))
    assert len(backups(config)) == 5


def test_backups_of_another_archive_stay_and_are_told(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    done(config, NOON)
    done(config, NOON + DAY)
    lost = backups(config)
    for file in config.folder.glob("fuhan.db*"):
        file.unlink()
    Story(config.archive, now=NOON + DAY).crawl({"t1.html": a_letter(1)})
    done(config, NOON + DAY)
    for day in range(2, 6):
        results = do_due(config, fixed_clock(NOON + day * DAY))
        assert results[-1].of_others == tuple(lost)
    assert set(lost) < set(backups(config))
    assert len(backups(config)) == len(lost) + 2
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.setenv("FUHAN_NOW", to_text(NOON + 7 * DAY))
    result = CliRunner().invoke(cli, ["--config", str(config.file), "upkeep", "--due"])
    assert (result.exit_code, "of another archive" in result.stderr) == (0, True)


def test_failure_of_one_task_is_no_obstacle_to_the_next(config: Config) -> None:
    done(config, NOON)
    (config.folder / "backups").write_text("a file where the folder should be")
    results = do_due(config, fixed_clock(NOON + DAY))
    assert [result.task for result in results if result.error] == [Task.BACKUP]
    assert len(results) == 3


def test_f06_nothing_is_done_while_a_crawl_is_running_and_all_of_it_after(config: Config) -> None:
    done(config, NOON)
    with crawl_lock(config.archive), pytest.raises(ArchiveLocked):
        do_due(config, fixed_clock(NOON + DAY))
    assert all(state.fault is None for state in task_states(config.archive).values())
    assert len(done(config, NOON + DAY)) == 3


def test_f16_upkeep_that_outlasts_its_interval_is_not_begun_twice(config: Config) -> None:
    done(config, NOON)
    with upkeep_lock(config.archive):
        assert done(config, NOON + DAY) == []
    assert len(done(config, NOON + DAY)) == 3


def test_without_an_archive_there_is_nothing_to_do(tmp_path: Path) -> None:
    config = load_config(None, {})
    (tmp_path / "fuhan.toml").write_text("")
    config = load_config(tmp_path / "fuhan.toml", {})
    assert do_due(config, fixed_clock(NOON)) == []
    assert list(tmp_path.iterdir()) == [tmp_path / "fuhan.toml"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"tasks": 1}', b'{"tasks": {"tidy": 1}}', b'{"tasks": {"x": {}}}',
     b'{"tasks": {"tidy": {"since": "yesterday"}}}', b"\xff\xfe", b"[" * 60_000],
)  # fmt: skip
def test_state_that_cannot_be_read_begins_anew(config: Config, content: bytes) -> None:
    config.archive.with_name("fuhan.db.upkeep").write_bytes(content)
    assert done(config, NOON) == []
    assert task_states(config.archive).keys() == schedules_of(config).keys()


def test_what_is_never_to_be_done_is_not(tmp_path: Path) -> None:
    file = tmp_path / "fuhan.toml"
    file.write_text('[upkeep]\ntidy = "never"\nverify = "never"\n')
    config = load_config(file, {})
    assert list(schedules_of(config)) == [Task.QUICK_VERIFY]  # no folder: no backups
    states = {task: TaskState(NOON) for task in Task}
    assert due_tasks(config, states, NOON + DAY) == [Task.QUICK_VERIFY]


def test_command_tells_what_it_did_and_fails_where_the_archive_is_damaged(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")

    def run(now: datetime) -> tuple[int, str, str]:
        monkeypatch.setenv("FUHAN_NOW", to_text(now))
        result = CliRunner().invoke(cli, ["--config", str(config.file), "upkeep", "--due"])
        return result.exit_code, result.stdout, result.stderr

    assert run(NOON) == (0, "no upkeep is due\n", "")
    assert run(NOON + DAY) == (0, "tidied: done\nchecked in full: done\nbacked up: done\n", "")
    damage(config.archive)
    code, out, err = run(NOON + 2 * DAY)
    assert (code, out) == (4, "tidied: done\nbacked up: done\n")
    assert err.startswith("not checked quickly: ") and "fuhan.toml verify" in err
    assert json.loads(config.archive.with_name("fuhan.db.upkeep").read_bytes())["v"] == 1
