"""`show --capture`, `backup`, `restore`, `upkeep` and `forget` as a user runs them."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import pty
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from io import FileIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from schedules.cli.cli import cli
from schedules.config.config import load_config
from storage import schema
from storage.forget.forgetting import Request
from storage.lock import crawl_lock
from tests.archive_story import Page, Story, a_letter

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"
ROOT = Path(__file__).parent.parent
NUMBER = "0599-64098888"
FIRST = a_letter(1, contacts=(f"联系人：欧阳慕云；联系电话：{NUMBER}",))


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FUHAN_NOW", "FUHAN_LOG", "FUHAN_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUHAN_LANG", "zh")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 5)}
    site["t1.html"] = FIRST
    story.crawl(site)
    site["t1.html"] = replace(FIRST, body=FIRST.body.replace("7处", "9处"))
    story.crawl(site)
    return story


def fuhan(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=typed)


def checked(name: str, result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    described = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    assert [error.message for error in Draft202012Validator(described).iter_errors(found)] == []
    assert set(described["required"]) == set(found)
    return found


# --- captures --------------------------------------------------------------------------------


def test_captures_come_out_as_they_went_in(story: Story) -> None:
    first, latest = (
        repr(FIRST).encode(),
        repr(replace(FIRST, body=FIRST.body.replace("7处", "9处"))),
    )
    assert fuhan("show", "1", "--capture", "1").stdout_bytes == first
    assert fuhan("show", "1", "--capture").stdout_bytes == latest.encode()
    assert fuhan("show", "1", "--version", "1").stdout_bytes == first
    facts = checked("capture", fuhan("show", "1", "--capture", "--json"))
    assert facts["digest"] == hashlib.sha256(latest.encode()).hexdigest()
    assert (facts["capture"], facts["cut"]) == (2, False)
    assert "Content-Type: text/html" in fuhan("show", "1", "--capture", "--headers").stdout


def test_capture_goes_to_a_new_file_only(story: Story, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    result = fuhan("show", "1", "--capture", "1", "-o", str(target))
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_bytes() == repr(FIRST).encode()
    again = fuhan("show", "1", "--capture", "2", "-o", str(target))
    assert again.exit_code == 1
    assert "不覆盖" in again.stderr
    assert target.read_bytes() == repr(FIRST).encode()


def test_capture_cut_short_by_a_full_disk_leaves_no_file(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "page.html"
    with monkeypatch.context() as full:
        full.setattr(Path, "open", _open_on_a_full_disk)
        result = fuhan("show", "1", "--capture", "1", "-o", str(target))
    assert (result.exit_code, target.exists()) == (1, False)
    assert "磁盘已满" in result.stderr
    assert fuhan("show", "1", "--capture", "1", "-o", str(target)).exit_code == 0
    assert target.read_bytes() == repr(FIRST).encode()


def _open_on_a_full_disk(path: Path, mode: str = "r") -> FileIO:
    class Full(FileIO):
        def write(self, data: object, /) -> int:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    return Full(path, mode.replace("b", ""))


def test_capture_that_is_not_there_is_named(story: Story) -> None:
    for number in ("3", "0", "²", "x", "9" * 30):
        result = fuhan("show", "1", "--capture", number)
        assert result.exit_code == 1
        assert "共 2 个" in result.stderr
    assert fuhan("show", "1", "--version", "7").exit_code == 1


def test_capture_is_not_spilt_on_a_terminal(story: Story) -> None:
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "schedules", "show", "1", "--capture"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, stdout=terminal, stderr=subprocess.PIPE, env=environment, check=False
    )
    os.close(terminal)
    os.close(screen)
    assert done.returncode == 2
    assert "-o FILE" in done.stderr.decode()


def test_damaged_capture_exits_4_in_the_readers_language(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE captures SET body = zeroblob(length(body)) WHERE id = 1")
        connection.commit()
    result = fuhan("show", "1", "--capture", "1")
    assert result.exit_code == 4
    assert "快照 1 已损坏" in result.stderr
    monkeypatch.setenv("FUHAN_LANG", "en")
    assert "capture 1 of http" in fuhan("show", "1", "--capture", "1").stderr


# --- backup, restore, upkeep -----------------------------------------------------------------


def test_backup_and_restore_go_round(story: Story, tmp_path: Path) -> None:
    made = checked("backup", fuhan("backup", "safe/", "--json"))
    assert Path(made["path"]).parent == Path("safe")
    refused = fuhan("restore", made["path"])
    assert refused.exit_code == 4
    assert "--force" in refused.stderr
    restored = checked("restore", fuhan("restore", made["path"], "--force", "--json"))
    assert restored["rows"] == made["rows"]
    assert restored["head"] == made["head"]
    assert Path(restored["set_aside"]).exists()
    assert fuhan("verify").exit_code == 0
    story.path.unlink()
    shown = fuhan("restore", made["path"])
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert made["head"]["hash"] in shown.stdout


def test_keep_is_for_directories(story: Story) -> None:
    assert fuhan("backup", "one.db", "--keep", "2").exit_code == 2
    assert fuhan("backup", "safe/", "--keep", "0").exit_code == 2
    assert fuhan("backup", "safe/", "--keep", "1").exit_code == 0
    assert not Path("one.db").exists()


def test_missing_archive_and_missing_backup_are_named(tmp_path: Path) -> None:
    for command in (("backup", "x/"), ("upkeep",), ("forget", "1", "--text", "--yes")):
        result = fuhan(*command)
        assert result.exit_code == 4
        assert "还没有档案" in result.stderr
    assert fuhan("restore", "x.db").exit_code == 4
    assert [path.name for path in tmp_path.iterdir()] == ["fuhan.db.lock"] or not list(
        tmp_path.iterdir()
    )


def test_archive_that_was_cut_to_nothing_is_named_and_no_new_one_begun(story: Story) -> None:
    fuhan("backup", "copy.db")
    story.path.write_bytes(b"")
    for command in (
        ("status",),
        ("verify",),
        ("upkeep",),
        ("deliver",),
        ("backup", "copy.db"),
        ("crawl", "cq-kjj"),
    ):
        result = fuhan(*command)
        assert result.exit_code == 4, command
        assert "fuhan restore" in result.stderr and "保养" not in result.stderr
        assert story.path.read_bytes() == b""
    assert fuhan("restore", "copy.db", "--force").exit_code == 0
    assert fuhan("verify").exit_code == 0


def test_backups_of_another_archive_of_the_same_name_are_told(story: Story) -> None:
    assert fuhan("backup", "safe/").stderr == ""
    (lost,) = Path("safe").iterdir()
    lost = lost.rename("safe/fuhan-20260101T000000Z.db")
    for file in Path().glob("fuhan.db*"):
        file.unlink()
    Story(story.path, now=story.now).crawl({"t1.html": a_letter(1)})
    made = fuhan("backup", "safe/", "--keep", "1")
    assert made.exit_code == 0
    assert f"fuhan restore {lost} --force" in made.stderr
    told = checked("backup", fuhan("backup", "safe/", "--keep", "1", "--json"))
    assert told["of_others"] == [str(lost)]
    assert lost.exists()


def test_upkeep_tells_what_it_did(story: Story) -> None:
    assert checked("upkeep", fuhan("upkeep", "--json"))["runs_removed"] == 0
    assert "已保养" in fuhan("upkeep").stdout


def test_f06_nothing_is_done_beside_a_crawl(story: Story) -> None:
    fuhan("backup", "copy.db")
    with crawl_lock(story.path):
        for command in (
            ("upkeep",),
            ("restore", "copy.db", "--force"),
            ("forget", "1", "--contacts", "--yes"),
        ):
            result = fuhan(*command)
            assert result.exit_code == 4
            assert f"进程 {os.getpid()}" in result.stderr
        assert fuhan("backup", "copy.db").exit_code == 0, "a backup is made beside a crawl"


@pytest.mark.parametrize("command", [("letters",), ("backup", "b.db"), ("upkeep",), ("verify",)])
def test_f08_newer_archive_exits_4_by_name(story: Story, command: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    result = fuhan(*command)
    assert result.exit_code == 4
    assert "请升级 fuhan" in result.stderr


# --- forget ----------------------------------------------------------------------------------


def test_forgetting_shows_asks_and_does(story: Story) -> None:
    shown = fuhan("forget", "1", "--contacts", "--dry-run")
    assert shown.exit_code == 0
    assert NUMBER in shown.stdout
    assert "快照 2 个" in shown.stdout
    assert NUMBER in fuhan("show", "1", "--capture").stdout
    unasked = fuhan("forget", "1", "--contacts")
    assert unasked.exit_code == 2
    assert "--yes" in unasked.stderr
    assert fuhan("forget", "1", "--contacts", "--yes").exit_code == 0
    assert NUMBER not in fuhan("show", "1", "--capture").stdout
    verified = fuhan("verify")
    assert verified.exit_code == 0
    assert "1 次" in verified.stdout
    assert NUMBER.encode() not in story.path.read_bytes()


def test_person_is_asked_on_a_terminal(story: Story) -> None:
    command = [sys.executable, "-m", "schedules", "forget", "1", "--text"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    screen, terminal = pty.openpty()
    with subprocess.Popen(
        command, stdin=terminal, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as asked:
        os.write(screen, b"n\n")
        stderr = asked.communicate()[1].decode()
    os.close(terminal)
    os.close(screen)
    assert asked.returncode == 1
    assert "不能恢复" in stderr
    assert "未作改动" in stderr
    assert FIRST.body.splitlines()[2].encode() in story.path.read_bytes()


def test_archives_of_a_folder_that_are_not_cut_are_told(story: Story, tmp_path: Path) -> None:
    (tmp_path / "safe").mkdir()
    assert fuhan("backup", "safe").exit_code == 0
    assert fuhan("backup", "safe/before-may.db").exit_code == 0
    told = fuhan("forget", "1", "--contacts", "--yes", "--backup", "safe").stderr
    assert "--backup safe/before-may.db" in told
    assert NUMBER in fuhan_text(tmp_path / "safe" / "before-may.db")
    both = ("--backup", "safe", "--backup", "safe/before-may.db")
    assert "不是按日期" not in fuhan("forget", "1", "--contacts", "--yes", *both).stderr
    assert NUMBER not in fuhan_text(tmp_path / "safe" / "before-may.db")


def fuhan_text(archive: Path) -> str:
    """Every contact line that an archive's readings hold."""
    with closing(sqlite3.connect(archive)) as connection:
        return str(connection.execute("SELECT contacts FROM readings").fetchall())


def test_what_to_forget_must_be_said(story: Story) -> None:
    for command in (("forget", "1"), ("forget", "1", "--words", "王"), ("forget", "--text")):
        assert fuhan(*command, "--yes").exit_code == 2
    assert fuhan("forget", "99", "--text", "--yes").exit_code == 1
    assert fuhan("forget", "1", "--text", "--yes", "--backup", "none.db").exit_code == 1


def test_forget_speaks_json(story: Story) -> None:
    fuhan("backup", "safe/")
    tried = checked("forget", fuhan("forget", "1", "--text", "--dry-run", "--json"))
    assert tried["done"] is False
    done = checked(
        "forget",
        fuhan("forget", "1", "--words", "已建成", "--text", "--yes", "--json", "--backup", "safe"),
    )
    assert [one["kind"] for one in done["removed"]] == ["words", "text"]
    assert len(done["backups"]) == 1
    assert "已建成9处".encode() not in Path(done["backups"][0]).read_bytes()


def test_words_that_stand_nowhere_are_told_and_not_journaled(story: Story) -> None:
    def head() -> object:
        return checked("verify", fuhan("verify", "--json"))["head"]

    before = head()
    result = fuhan("forget", "1", "--words", "没有这个词", "--yes")
    assert result.exit_code == 1
    assert "没有找到：“没有这个词”" in result.stdout and "--guard" in result.stderr
    assert "已从复函" not in result.stdout
    told = fuhan("forget", "1", "--words", "没有这个词", "--yes", "--json")
    assert told.exit_code == 1 and json.loads(told.stdout)["not_found"] == ["没有这个词"]
    assert head() == before


def test_other_letters_that_hold_the_same_are_named(story: Story) -> None:
    story.crawl({"t1.html": FIRST, "t2.html": a_letter(2, contacts=(f"电话：{NUMBER}",))})
    asked = ("forget", "1", "--contacts", "--words", "没有这个词")
    assert f"“{NUMBER}”也在另外 1 份复函里，那些不动：2" in fuhan(*asked, "--dry-run").stdout
    told = checked("forget", fuhan(*asked, "--yes", "--json"))
    assert told["also_in"] == [{"word": NUMBER, "letters": [2]}]
    other = checked("forget", fuhan("forget", "2", "--contacts", "--yes", "--json"))
    assert other["also_in"] == []


def test_only_words_that_are_there_are_forgotten_and_the_others_named(story: Story) -> None:
    result = fuhan("forget", "1", "--words", "已建成", "--words", "没有这个词", "--yes")
    assert result.exit_code == 0 and "没有找到：“没有这个词”" in result.stdout
    again = fuhan("forget", "1", "--words", "已建成", "--yes")
    assert again.exit_code == 0 and "早已删去：“已建成”" in again.stdout


def test_json_tells_words_forgotten_before_from_those_never_there(story: Story) -> None:
    fuhan("forget", "1", "--words", "已建成", "--yes")
    both = ("--words", "已建成", "--words", "没有这个词")
    told = checked("forget", fuhan("forget", "1", *both, "--yes", "--json"))
    assert told["forgotten_before"] == ["已建成"]
    assert told["not_found"] == ["没有这个词"]
    assert told["removed"] == [] and told["done"] is False


def test_running_it_again_after_a_crash_says_that_the_file_was_cleaned(story: Story) -> None:
    with story.open() as archive:  # cut and journaled; the program ends before it writes anew
        archive.forget(1, Request("words", ("已建成",)))
    again = fuhan("forget", "1", "--words", "已建成", "--yes")
    assert again.exit_code == 0 and "早已删去：“已建成”" in again.stdout
    assert "文件已重写" in again.stdout
    assert "已建成9处".encode() not in story.path.read_bytes()
    assert "文件已重写" not in fuhan("forget", "1", "--contacts", "--yes").stdout
    assert "文件已重写" in fuhan("forget", "1", "--contacts", "--yes").stdout


def test_note_keeps_nothing_of_what_it_asks_to_be_forgotten(story: Story) -> None:
    asked = ("forget", "1", "--contacts", "--words", "已建成", "--note", "欧阳慕云来函，涉及已建成")
    assert "理由" in fuhan(*asked, "--dry-run").stdout
    fuhan(*asked, "--yes")
    with closing(sqlite3.connect(story.path)) as connection:
        notes = [note for (note,) in connection.execute("SELECT note FROM forgotten")]
    assert notes == ["■■来函，涉及■■"] * 2
    assert fuhan("verify").exit_code == 0
    assert "理由" not in fuhan("forget", "2", "--words", "已建成", "--note", "来函", "--yes").stdout


def test_damaged_archive_is_named_before_anything_of_it_is_cut(story: Story) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(  # an index that says other than its table
            "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master"
            " WHERE name = 'idx_copies_letter_id') WHERE name = 'idx_evidence_copy_id'"
        )
        connection.commit()
    before = story.path.read_bytes()
    result = fuhan("forget", "1", "--contacts", "--yes")
    assert result.exit_code == 4 and "损坏" in result.stderr
    assert "已从复函" not in result.stdout
    assert story.path.read_bytes() == before


def test_words_can_be_kept_out_before_they_come(story: Story) -> None:
    result = fuhan("forget", "1", "--words", "没有这个词", "--guard", "--yes")
    assert result.exit_code == 0 and "以后抓取也不存入" in result.stdout
    assert "已从复函" not in result.stdout
    again = fuhan("forget", "1", "--words", "没有这个词", "--yes")
    assert "早已删去" in again.stdout and "没有找到" not in again.stderr


def test_words_only_a_backup_has_are_forgotten_there(story: Story) -> None:
    fuhan("backup", "safe/")
    assert fuhan("forget", "1", "--words", "已建成", "--yes").exit_code == 0
    result = fuhan("forget", "1", "--words", "已建成", "--yes", "--json", "--backup", "safe")
    assert checked("forget", result)["done"] is True
    (backup,) = Path("safe").glob("*.db")
    assert "已建成9处".encode() not in backup.read_bytes()


def test_contacts_only_a_backup_has_are_told_as_removed(story: Story) -> None:
    fuhan("backup", "safe/b.db")
    assert fuhan("forget", "1", "--contacts", "--yes").exit_code == 0
    result = fuhan("forget", "1", "--contacts", "--yes", "--backup", "safe/b.db")
    assert "已从复函 1 删去" in result.stdout and "没有要删去的" not in result.stdout
    assert NUMBER.encode() not in Path("safe/b.db").read_bytes()


def test_damaged_backup_is_named_and_the_others_are_cut(story: Story) -> None:
    for name in ("a.db", "b.db", "c.db"):
        assert fuhan("backup", f"safe/{name}").exit_code == 0
    whole = Path("safe/b.db").read_bytes()
    Path("safe/b.db").write_bytes(whole[: len(whole) // 2])
    files = [word for name in "abc" for word in ("--backup", f"safe/{name}.db")]
    result = fuhan("forget", "1", "--contacts", "--yes", "--json", *files)
    assert result.exit_code == 4 and "safe/b.db 没有删成" in result.stderr
    told = json.loads(result.stdout)
    assert told["done"] and told["backups"] == ["safe/a.db", "safe/c.db"]
    for path in (story.path, Path("safe/a.db"), Path("safe/c.db")):
        assert NUMBER.encode() not in path.read_bytes()


def test_cut_capture_says_so(story: Story) -> None:
    fuhan("forget", "1", "--contacts", "--yes")
    facts = checked("capture", fuhan("show", "1", "--capture", "1", "--json"))
    assert facts["cut"]
    assert facts["digest_as_it_came"] == hashlib.sha256(repr(FIRST).encode()).hexdigest()
    result = fuhan("show", "1", "--capture", "1")
    assert hashlib.sha256(result.stdout_bytes).hexdigest() == facts["digest"]
    assert "应请求删去" in result.stderr


def test_capture_is_named_in_one_way_only(story: Story) -> None:
    result = fuhan("show", "1", "--version", "1", "--capture", "2")
    assert result.exit_code == 2 and "--version" in result.stderr
    latest = fuhan("show", "1", "--version", "1", "--capture", "--headers")
    assert latest.exit_code == 0


def test_keeping_all_captures_is_configured(story: Story, tmp_path: Path) -> None:
    file = tmp_path / "fuhan.toml"
    file.write_text('[archive]\nkeep_captures = "all"\n', encoding="utf-8")
    assert load_config(file).keep_captures == "all"
    assert load_config(None).keep_captures == "changed"
    file.write_text('[archive]\nkeep_captures = "some"\n', encoding="utf-8")
    result = fuhan("--config", str(file), "letters")
    assert result.exit_code == 2
    assert "keep_captures" in result.stderr
