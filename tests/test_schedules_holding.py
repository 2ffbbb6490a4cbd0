"""What is held back can be looked at before it is decided, and a decision says what it means."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from schedules.cli.cli import cli
from schedules.cli.invocation import Invocation
from schedules.commands.crawling import show_summaries
from storage.records import ReplyLetter
from tests.archive_story import Page, Story, a_letter
from tests.one_portal import PORTAL_FILE, watch_one_portal

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"
NOTE = "\n以上答复内容以最新公告为准，仅供参考。"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    watch_one_portal(tmp_path, monkeypatch)


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{n}.html": a_letter(n) for n in range(1, 9)}


@pytest.fixture
def broken(site: dict[str, Page]) -> dict[str, Page]:
    """A sentence more on seven pages, and one true edit."""
    made = {
        n: replace(p, body=p.body + NOTE) for n, p in site.items() if isinstance(p, ReplyLetter)
    }
    edited = a_letter(4, body=a_letter(4).body.replace("已建成28处", "已建成2处"))
    return {**made, "t4.html": edited}


@pytest.fixture
def story(tmp_path: Path, site: dict[str, Page], broken: dict[str, Page]) -> Story:
    """A first crawl, and one that is held back."""
    made = Story(tmp_path / "fuhan.db")
    made.crawl(site)
    made.crawl(broken)
    return made


def fuhan(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in fuhan(*arguments).stdout.splitlines()]


def test_held_changes_are_shown_with_figures_and_words(story: Story) -> None:
    shown = fuhan("changes", "--held").stdout
    assert "a：暂扣 8 项变化，未发布" in shown
    assert "8 份已知复函中，0 份读不出或已不在，7 份改动雷同" in shown
    assert "28处 → 2处" in shown and "已建成2[-8-]处" in shown
    assert "fuhan portals accept a" in shown and "fuhan portals reject a" in shown


def test_letters_that_changed_alike_are_told_once_and_last(story: Story) -> None:
    shown = fuhan("changes", "--held").stdout
    assert shown.count("仅供参考") == 1
    assert "同样的改动另有 6 件：复函" in shown
    assert shown.index("2处") < shown.index("仅供参考")


def test_held_change_of_a_letter_is_compared_as_a_whole(story: Story) -> None:
    (edit,) = [line for line in lines("changes", "--held", "--json") if line["figures"]]
    number = str(edit["letter"]["id"])
    assert f"fuhan diff {number} --held" in fuhan("changes", "--held").stdout
    shown = fuhan("diff", number, "--held").stdout
    assert shown.startswith("+ 暂扣，") and "t4.html" in shown
    assert "数字：28处 → 2处" in shown and "正文：" in shown and "略去" in shown
    assert fuhan("diff", number, "1", "--held").exit_code == 2
    fuhan("portals", "reject", "a")
    result = fuhan("diff", number, "--held")
    assert result.exit_code == 1 and "没有暂扣的改动" in result.stderr


def test_held_lines_have_the_keys_of_changes_and_no_cursor(story: Story) -> None:
    validator = Draft202012Validator(json.loads((SCHEMAS / "changes.json").read_text("utf-8")))
    held, told = lines("changes", "--held", "--json"), lines("changes", "--json")
    assert len(held) == 8
    for line in held:
        assert list(validator.iter_errors(line)) == []
        assert line["cursor"] is None and line["kind"] == "changed"
        assert set(line) == set(told[0])
    (edit,) = [line for line in held if line["url"].endswith("t4.html")]
    assert edit["figures"] == [{"before": "28处", "after": "2处"}]
    assert {field["field"] for field in edit["fields"]} >= {"body"}


def test_held_changes_of_one_portal(story: Story) -> None:
    other = PORTAL_FILE.replace('"a"', '"b"').replace("a.example", "b.example")
    Path("portals/b.toml").write_text(other, encoding="utf-8")
    assert len(lines("changes", "--held", "--portal", "a", "--json")) == 8
    assert lines("changes", "--held", "--portal", "b", "--json") == []
    assert "没有暂扣的变化" in fuhan("changes", "--held", "--portal", "b").stderr
    assert fuhan("changes", "--held", "--portal", "c").exit_code == 2
    assert lines("changes", "--portal", "b", "--json") == []
    assert len(lines("changes", "--portal", "a", "--json")) == 8


@pytest.mark.parametrize("option", [["--after", "3"], ["--after", "0"], ["--replayed"]])
def test_held_changes_have_no_cursor_to_begin_after(story: Story, option: list[str]) -> None:
    result = fuhan("changes", "--held", *option)
    assert result.exit_code == 2 and "--portal" in result.stderr


def test_crawl_status_and_report_name_the_command(
    story: Story, broken: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    summary = story.crawl(broken)
    assert summary is not None
    show_summaries([summary])
    assert "fuhan changes --held --portal a" in capsys.readouterr().out
    show_summaries([summary], Invocation(config_option=Path("w/fuhan.toml")).typed)
    said = capsys.readouterr().out
    assert "fuhan --config w/fuhan.toml changes --held --portal a" in said
    assert "fuhan --config w/fuhan.toml portals accept a" in said
    assert "暂扣 8 项变化，未发布；查看：fuhan changes --held" in fuhan("status").stdout
    assert "fuhan changes --held --portal a" in fuhan("report").stdout
    assert "fuhan changes --held --portal a" in fuhan("doctor", "--offline").stdout


def test_reject_says_what_it_means_and_can_be_taken_back(
    story: Story, broken: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    said = fuhan("portals", "reject", "a").stdout
    assert "8 项暂扣的变化作废" in said and "档案保留原来的文字" in said
    assert "fuhan portals accept a" in said
    summary = story.crawl(broken)
    assert summary is not None
    show_summaries([summary])
    assert "8 页仍是作废了的读法" in capsys.readouterr().out
    assert "a：8 页仍是已作废的读法" in fuhan("status").stdout
    (portal,) = json.loads(fuhan("status", "--json").stdout)["portals"]
    assert (portal["rejected"], portal["held"]) == (8, 0)
    said = fuhan("portals", "accept", "a").stdout
    assert "收回了 8 项作废" in said and "fuhan crawl a" in said
    assert "已作废" not in fuhan("status").stdout
    story.crawl(broken, full=False, days=0.01)
    assert len(lines("changes", "--held", "--json")) == 8


def test_accept_publishes_what_is_held_and_leaves_what_was_rejected(
    story: Story, site: dict[str, Page], broken: dict[str, Page]
) -> None:
    fuhan("portals", "reject", "a")
    again = {
        name: replace(page, body=page.body + "\n本页仅供参考。")
        for name, page in site.items()
        if isinstance(page, ReplyLetter) and name > "t3.html"
    }
    story.crawl({**broken, **again})
    assert len(lines("changes", "--held", "--json")) == 5
    assert "发布了 5 项" in fuhan("portals", "accept", "a").stdout
    assert len(lines("changes", "--json")) == 8 + 5
    (portal,) = json.loads(fuhan("status", "--json").stdout)["portals"]
    assert portal["rejected"] == 3


def test_deciding_nothing_is_no_decision(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    with story.open() as archive:
        head = archive.journal_head()
    for verb in ("accept", "reject"):
        assert "没有暂扣的变化" in fuhan("portals", verb, "a").stdout
    with story.open() as archive:
        assert archive.journal_head() == head
