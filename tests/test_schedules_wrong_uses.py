"""Commands used wrongly: told in the user's language what is wrong and what to write instead."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from schedules.cli.cli import cli
from schedules.words.system_faults import placed_fault, system_fault, system_words
from tests.archive_story import Story, a_letter

# No such file or directory: a sentence of the system's, of click's or of Python's
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FUHAN_CONFIG", "FUHAN_NOW", "FUHAN_LOG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUHAN_LANG", "zh")


def fuhan(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


@pytest.mark.parametrize(
    ("arguments", "told", "see"),
    [
        (["portals", "chek"], "没有命令 chek；是否指 check？", "fuhan portals"),
        (["letters", "splt"], "没有命令 splt；是否指 split？", "fuhan letters"),
        (["service", "prnt"], "没有命令 prnt；是否指 print？", "fuhan service"),
        (["chnages"], "没有命令 chnages；是否指 changes？", "fuhan"),
        (["report", "--since", "7x"], "--since 应为日期、时间，或天数", "fuhan report"),
        (["search", "--since", "7x", "词"], "--since 应为日期", "fuhan search"),
        (["changes", "--after", "x"], "--after 应为变化的序号", "fuhan changes"),
        (["verify", "--head", "x"], "用法错误：--head 应为报告所印的", "fuhan verify"),
        (["diff", "1", "x"], "用法错误：A 的值不对：应为整数", "fuhan diff"),
        (["dossier", "1"], "缺少 -o DIR", "fuhan dossier"),
        (["forget", "1", "--words"], "选项 --words 后面缺少值", "fuhan forget"),
        (["portals", "add", "--name"], "选项 --name 后面缺少值", "fuhan portals add"),
        (["letters", "join", "1"], "请写至少两份复函", "fuhan letters join"),
        (
            ["service", "print", "x"],
            "用法错误：应为 systemd、cron、compose 之一",
            "fuhan service print",
        ),
        (["report", "--send"], "请写报告名", "fuhan report"),
    ],
)
def test_usage_error_says_what_to_write_and_where_to_read_more(
    arguments: Sequence[str], told: str, see: str
) -> None:
    result = fuhan(*arguments)
    assert result.exit_code == 2
    first, second = result.stderr.splitlines()
    assert first.startswith("用法错误：") and told in first
    assert second == f"用法见：{see} --help"


def test_value_is_named_once() -> None:
    assert fuhan("verify", "--head", "x").stderr.count("--head 应为") == 1


@pytest.mark.parametrize("group", ["portals", "service"])
def test_group_without_a_command_shows_its_help(group: str) -> None:
    result = fuhan(group)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"用法：fuhan {group}" in result.stderr
    assert "\n用法错误：缺少命令\n" in result.stderr


@pytest.mark.parametrize("command", [["crawl"], ["portals", "check"], ["portals", "accept"]])
def test_unknown_portal_is_told_with_those_there_are(command: list[str]) -> None:
    Path("portals").mkdir()
    Path("portals/zz.toml").write_text(
        'name = "zz"\nagency = "某局"\nplatform = "trs"\npages = ["http://z.example/1.html"]\n',
        encoding="utf-8",
    )
    Path("fuhan.toml").write_text("", encoding="utf-8")
    result = fuhan("--config", "fuhan.toml", *command, "nosuch")
    assert result.exit_code == 2
    assert "没有名为 nosuch 的门户；有：zz、cq-" in result.stderr


def test_unknown_report_is_told_with_those_there_are() -> None:
    Path("fuhan.toml").write_text('[[reports]]\nname = "每日"\n', encoding="utf-8")
    assert "；有：每日" in fuhan("--config", "fuhan.toml", "report", "nosuch").stderr
    assert "；有：每日" in fuhan("--config", "fuhan.toml", "deliver", "nosuch").stderr


def test_report_of_everything_has_no_name(tmp_path: Path) -> None:
    Story(tmp_path / "fuhan.db").crawl({"1.html": a_letter(1)})
    assert fuhan("report").stdout.splitlines()[0] == "复函变化报告"
    assert fuhan("report", "--format", "md").stdout.startswith("# 复函变化报告\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[crawl", "最后一行（第 1 行）：表名的后面缺少 ]"),
        ("a = x\nb = 1\n", "第 1 行第 5 列：值不对；文字要写在英文引号里"),
        ("[a]\nb = {c = 1\n", "表缺少右边的 }"),
        ("a = 1\na = 2\n", "第 2 行第 6 列：同一个键写了两次"),
        ("a 5", "键的后面缺少等号"),
    ],
)
def test_fault_of_a_configuration_is_told_in_chinese_with_its_place(
    content: str, told: str
) -> None:
    Path("x.toml").write_text(content, encoding="utf-8")
    result = fuhan("--config", "x.toml", "status")
    assert result.exit_code == 2
    assert "x.toml：TOML 语法错误：" in result.stderr and told in result.stderr
    assert not ENGLISH.search(result.stderr)


def test_configuration_that_lies_here_unused_is_named_to_whoever_only_looks() -> None:
    Path("fuhan.toml").write_text("", encoding="utf-8")
    assert "fuhan --config fuhan.toml" in fuhan("letters").stderr
    assert "提示" not in fuhan("--config", "fuhan.toml", "letters").stderr


@pytest.mark.parametrize("command", [("dossier",), ("search",), ("show",), ("portals", "add")])
def test_help_is_in_one_language(command: tuple[str, ...]) -> None:
    shown = fuhan(*command, "--help").stdout
    assert "[required]" not in shown and "<=x" not in shown and "x>=" not in shown
    assert not ENGLISH.search(shown.partition("\n")[2])


# --- files -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["clean", "nofile.html"], "无法读取 nofile.html：没有这个文件或文件夹"),
        (["clean", "."], "无法读取 .：这是文件夹，不是文件"),
        (["init", "file/x"], "无法写入 file/x：路径中有一段不是文件夹"),
        (["dossier", "1", "-o", "file/x"], "无法写入 file/x：路径中有一段不是文件夹"),
        (["show", "1", "--capture", "-o", "no/x"], "无法写入 no/x：没有这个文件或文件夹"),
        (["export", "-o", "file/x.jsonl"], "无法写入 file/x.jsonl：已有同名的文件"),
        (["replay", "nofile.warc"], "没有这个文件或文件夹"),
        (["backup", "file/b.db"], "打不开（已有同名的文件）"),
        (["restore", "nofile.db"], "没有这个备份"),
    ],
)
def test_what_the_system_refuses_is_told_in_chinese(
    arguments: list[str], told: str, tmp_path: Path
) -> None:
    Story(tmp_path / "fuhan.db").crawl({"1.html": a_letter(1)})
    Path("file").write_text("", encoding="utf-8")
    result = fuhan(*arguments)
    assert result.exit_code in (1, 2, 4) and told in result.stderr
    assert not ENGLISH.search(result.stderr), result.stderr


def test_system_fault_has_its_path_and_the_users_language(monkeypatch: pytest.MonkeyPatch) -> None:
    error = OSError(errno.EACCES, os.strerror(errno.EACCES), b"/x/y")
    assert placed_fault(error) == "/x/y：没有权限"
    assert system_fault(OSError("odd")) == system_fault(ValueError("odd")) == "odd"
    assert system_words("No space left on device") == "磁盘已满"
    monkeypatch.setenv("FUHAN_LANG", "en")
    assert placed_fault(error) == "/x/y: Permission denied"


def test_missing_file_is_told_before_anything_that_reads_pages_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom schedules.cli.cli import cli\n"
        "try: cli(['clean', 'nofile.html'])\nexcept SystemExit: pass\n"
        "print({'lxml', 'scrapy', 'requests', 'pydantic'} & sys.modules.keys())"
    )
    root = str(Path(__file__).parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("http://127.0.0.1:1/", "无法取得 http://127.0.0.1:1/：连接被拒绝"),
        ("https://127.0.0.1:1/", "无法取得 https://127.0.0.1:1/：连接被拒绝"),
        ("ftp://127.0.0.1/x", "只支持 http 和 https"),
    ],
)
def test_address_that_does_not_answer_is_told_in_chinese(address: str, told: str) -> None:
    result = fuhan("clean", address)
    assert result.exit_code == 1 and told in result.stderr


# --- exports -----------------------------------------------------------------------------------


def test_archive_for_archivists_counts_captures_once(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1), "2.html": a_letter(2)})
    result = fuhan("export", "--format", "warc", "-o", "x.warc.gz")
    (line,) = result.stderr.splitlines()
    assert line.startswith("已写出 2 件复函的快照 2 个（")
    assert line.endswith("x.warc.gz；下次接着导出：--after 2")
