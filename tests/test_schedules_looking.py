"""What the archive's holdings and a crawl's outcome look like to people, above all in Chinese."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from schedules.cli.cli import cli
from schedules.commands.crawling import show_summaries
from storage.lock import crawl_lock, lock_path
from storage.records import EventKind, ListWalk, Outcome, PortalState, RunSummary
from tests.archive_story import Page, Story, a_letter
from tests.one_portal import PORTAL_FILE, watch_one_portal

NOW = datetime(2026, 5, 4, tzinfo=UTC)
SUMMARY = RunSummary(
    run_id=1,
    portal="a",
    state=PortalState.OK,
    reason=None,
    started_at=NOW,
    ended_at=NOW,
    listed=15,
    outcomes={Outcome.NEW: 25},
    events={EventKind.NEW: 60},
    held=0,
    baseline=60,
)


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    watch_one_portal(tmp_path, monkeypatch)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "fuhan.db")


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{number}.html": a_letter(number) for number in range(1, 9)}


def fuhan(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


# --- status -----------------------------------------------------------------------------------


def test_status_before_the_first_crawl_lists_portals_as_never_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = fuhan("status")
    assert result.exit_code == 0
    assert "未运行" in result.stdout and "从未" in result.stdout
    assert "正常" not in result.stdout
    assert "fuhan crawl" in result.stderr
    monkeypatch.setenv("FUHAN_LANG", "en")
    assert "never run" in fuhan("status").stdout
    assert not Path("fuhan.db").exists()


def test_status_json_before_the_first_crawl_is_the_contracts_object() -> None:
    result = fuhan("status", "--json")
    (portal,) = json.loads(result.stdout)["portals"]
    assert (result.exit_code, result.stderr) == (0, "")
    assert (portal["name"], portal["state"], portal["last_run"]) == ("a", "ok", None)


def test_portal_added_after_the_first_crawl_is_never_run(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    other = PORTAL_FILE.replace('"a"', '"b"').replace("a.example", "b.example")
    Path("portals/b.toml").write_text(other, encoding="utf-8")
    Path("fuhan.toml").write_text('[crawl]\nenabled = ["a", "b"]\n', encoding="utf-8")
    _, first, second = fuhan("status").stdout.splitlines()
    assert "正常" in first and "未运行" not in first
    assert "未运行" in second


def test_f11_interrupted_run_is_told_by_status_until_the_next_one_ends(
    story: Story, site: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    story.crawl(site)
    assert "中断" not in fuhan("status").stdout
    story.crawl(site, settle=False)
    assert "上次运行（2026-03-04 06:20 开始）中断" in fuhan("status").stdout
    (portal,) = json.loads(fuhan("status", "--json").stdout)["portals"]
    assert portal["interrupted"] == "2026-03-03T22:20:00.000Z"
    monkeypatch.setenv("FUHAN_LANG", "en")
    assert "the run of 2026-03-04 06:20 was interrupted" in fuhan("status").stdout
    story.crawl(site)
    assert "interrupted" not in fuhan("status").stdout


def test_first_run_that_was_interrupted_is_not_ok(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site, settle=False)
    shown = fuhan("status").stdout
    assert "未完成" in shown and "中断" in shown
    assert "正常" not in shown


def test_run_that_goes_on_is_not_called_interrupted(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site, settle=False)
    with crawl_lock(story.path):
        assert int(lock_path(story.path).read_text()) == os.getpid()
        shown = fuhan("status").stdout
    assert "还没有结束" in shown and "中断" not in shown


def test_status_tells_a_portals_trouble_in_chinese(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    walk = ListWalk(complete=False, failed=1, columns_failed=1, asked=1, reason="time-out")
    story.crawl(site, walk=walk)
    assert "1 个列表页未能读取（超时）" in fuhan("status").stdout
    (portal,) = json.loads(fuhan("status", "--json").stdout)["portals"]
    assert portal["reason"] == "1 list page could not be read (time-out)"


# --- changes and letters ----------------------------------------------------------------------


def test_changes_and_show_tell_reasons_and_fields_in_chinese(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    site["t2.html"] = a_letter(2, title="关于另一件事的复函")
    site["t1.html"] = "soft 404: 页面不存在"
    for _ in range(2):
        story.crawl(site)
    changes = fuhan("changes").stdout
    assert "页面显示“页面不存在”（软 404）；最后一次见到：2026-03-0" in changes
    assert "标题" in changes
    assert "soft 404" not in changes and "title" not in changes
    letter = next(e for e in story.events() if e.kind is EventKind.WITHDRAWN).letter
    shown = fuhan("show", str(letter.id)).stdout
    assert "软 404" in shown and "last seen" not in shown
    assert "soft 404: 页面不存在 on 2026-03-0" in fuhan("changes", "--json").stdout


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "²", "9" * 30])
@pytest.mark.parametrize("command", ["changes", "export"])
def test_cursor_that_is_no_number_is_refused_in_words_of_our_own(command: str, value: str) -> None:
    result = fuhan(command, "--after", value)
    assert result.exit_code == 2
    assert f"--after 应为变化的序号，即不小于 0 的整数，如 120：{value}" in result.stderr
    assert "Invalid" not in result.stderr


def test_page_that_is_no_letter_is_refused_in_chinese() -> None:
    text = "关于召开全市科技工作会议的通知\n各区县科技局：\n兹定于5月召开会议。\n"
    Path("page.txt").write_text(text * 3, encoding="utf-8")
    shown = fuhan("clean", "page.txt").stdout
    assert "不是可读的复函" in shown
    assert "not a letter" not in shown


# --- crawl ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        (SUMMARY, "列表 15 件 · 新增 25 · 首次收录 60 件"),
        (
            replace(SUMMARY, events={EventKind.NEW: 61, EventKind.MOVED: 1}),
            "新发布 61、移址 1（其中首次收录 60 件）",
        ),
        (replace(SUMMARY, baseline=0), "新增 25 · 新发布 60"),
        (replace(SUMMARY, baseline=0, events={}), "新增 25 · 没有变化"),
        (
            replace(SUMMARY, state=PortalState.BLOCKED, reason="25 answers blocked (412)"),
            "原因：25 次被拒绝访问（412）",
        ),
    ],
)
def test_crawl_line_counts_what_was_published(
    summary: RunSummary, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_summaries([summary])
    assert told in capsys.readouterr().out


def test_total_says_how_much_belongs_to_a_first_reading(
    capsys: pytest.CaptureFixture[str],
) -> None:
    later = replace(SUMMARY, portal="b", events={EventKind.CHANGED: 2}, baseline=0)
    show_summaries([SUMMARY, later])
    total = capsys.readouterr().out.splitlines()[-1]
    assert "新发布 60、改动 2（其中首次收录 60 件）" in total


def test_run_after_an_interrupted_one_counts_what_both_read(
    story: Story, site: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    story.crawl(site, settle=False)
    summary = story.crawl(site)
    assert summary is not None
    show_summaries([summary])
    assert len(story.events()) == len(site)
    assert f"首次收录 {len(site)} 件" in capsys.readouterr().out
