"""A portal file that is wrong stops nothing that does without it, and is named."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from schedules.cli.cli import cli
from schedules.cli.invocation import Invocation
from schedules.commands.monitoring import leave_metrics
from schedules.daemon.child import invocation_of
from schedules.daemon.watch import read_watch
from storage.archive import LetterArchive
from tests.archive_story import Story, a_letter

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"
PORTAL = """
name = "a"
agency = "某市科学技术局"
platform = "trs"
lists = [{ url = "http://a.example/jyta/" }]
"""
OTHER = PORTAL.replace('"a"', '"b"').replace("a.example", "b.example")
CONFIG = '[crawl]\ncontact = "mailto:you@example.org"\nenabled = ["a", "b"]\n'
NOTE = "\n以上答复内容以最新公告为准，仅供参考。"
WRONG = {
    "syntax": b'name = "a\n',
    "key": PORTAL.replace("agency", "agancy").encode(),
    "bytes": PORTAL.encode("gb18030"),
}


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FUHAN_NOW", "FUHAN_LOG", "FUHAN_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    Path("portals").mkdir()
    Path("portals/a.toml").write_text(PORTAL, encoding="utf-8")
    Path("portals/b.toml").write_text(OTHER, encoding="utf-8")
    Path("fuhan.toml").write_text(CONFIG, encoding="utf-8")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A first crawl of `a`, and one that is held back."""
    made = Story(tmp_path / "fuhan.db")
    made.crawl({f"t{n}.html": a_letter(n) for n in range(1, 9)})
    made.crawl({f"t{n}.html": a_letter(n, body=a_letter(n).body + NOTE) for n in range(1, 9)})
    return made


@pytest.fixture(params=WRONG)
def wrong(request: pytest.FixtureRequest, story: Story) -> Story:
    """The same, the portal's file now being wrong."""
    Path("portals/a.toml").write_bytes(WRONG[request.param])
    return story


def fuhan(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["--config", "fuhan.toml", *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def as_json(name: str, *arguments: str) -> tuple[int, dict[str, Any]]:
    result = fuhan(*arguments)
    told: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator(json.loads((SCHEMAS / name).read_text("utf-8"))).validate(told)
    return result.exit_code, told


def test_status_gives_all_the_archive_has_and_names_the_file(wrong: Story) -> None:
    code, told = as_json("status.json", "status", "--json")
    assert code == 0
    assert [(p["name"], p["letters"], p["held"]) for p in told["portals"]] == [
        ("a", 8, 8),
        ("b", 0, 0),
    ]
    (fault,) = told["faults"]
    assert fault["portal"] == "a" and "portals/a.toml" in fault["reason"]
    shown = fuhan("status")
    assert (shown.exit_code, shown.stdout.count("its file is wrong")) == (0, 1)
    assert shown.stderr.startswith("a portal file is wrong: portals/a.toml")


def test_portals_list_shows_the_others_and_names_the_file(wrong: Story) -> None:
    result = fuhan("portals", "list")
    assert result.exit_code == 3
    assert [line.split()[0] for line in result.stdout.splitlines()[1:3]] == ["b", "cq-fzggw"]
    assert result.stderr.startswith("a portal file is wrong: portals/a.toml")


def test_doctor_warns_of_the_file_and_goes_on(wrong: Story) -> None:
    code, told = as_json("doctor.json", "doctor", "--offline", "--json")
    assert code == 3  # what the health check of a container takes for well
    (found,) = [check for check in told["checks"] if check["subject"] == "a"]
    assert (found["check"], found["verdict"]) == ("configuration", "warning")
    assert "portals/a.toml" in found["text"]
    assert "fuhan --config fuhan.toml portals check a" in found["remedy"]
    assert {"archive", "clock", "lock", "portals"} <= {each["check"] for each in told["checks"]}


def test_filter_that_names_the_portal_is_no_slip(wrong: Story) -> None:
    report = '[[reports]]\nname = "r"\nto = ["file:r/"]\nportals = ["a"]\n'
    Path("fuhan.toml").write_text(CONFIG + report, encoding="utf-8")
    assert "names no portal" not in fuhan("doctor", "--offline").stdout


def test_entry_that_names_no_portal_is_a_finding_too() -> None:
    Path("fuhan.toml").write_text('[crawl]\nenabled = ["zz-*"]\n', encoding="utf-8")
    code, told = as_json("doctor.json", "doctor", "--offline", "--json")
    assert (code, told["checks"][-1]["verdict"]) == (2, "fault")
    assert "zz-" in told["checks"][-1]["text"]


def test_what_is_held_can_be_looked_at_and_decided(wrong: Story) -> None:
    shown = fuhan("changes", "--held")
    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "reason: " in shown.stdout
    lines = fuhan("changes", "--held", "--portal", "a", "--json").stdout.splitlines()
    assert len(lines) == 8
    assert "published: 8" in fuhan("portals", "accept", "a").stdout
    assert "nothing is held back" in fuhan("portals", "reject", "a").stdout
    assert len(fuhan("changes", "--portal", "a", "--json").stdout.splitlines()) == 16


def test_report_search_and_export_do_without_the_file(wrong: Story, tmp_path: Path) -> None:
    report = fuhan("report", "--since", "2000-01-01")
    assert report.exit_code == 0 and "t1.html" in report.stdout + fuhan("letters").stdout
    assert report.stderr.startswith("a portal is left out: portals/a.toml")
    assert fuhan("search", "答复", "--portal", "a").exit_code == 0
    place = str(tmp_path / "a.warc.gz")
    exported = fuhan("export", "--portal", "a", "-o", place)
    assert exported.exit_code == 0, exported.stderr
    assert "of 8 letters" in exported.stderr
    replayed = fuhan("replay", place, "--dry-run")
    assert replayed.exit_code == 0 and "portals/a.toml" in replayed.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["crawl", "a"],
        ["reread", "a"],
        ["portals", "check", "a"],
        ["portals", "add", "http://127.0.0.1:1/x/", "--name", "a"],
        ["clean", "http://a.example/x", "--portal", "a"],
        ["replay", "fuhan.toml", "--portal", "a"],
    ],
)
def test_what_needs_the_file_says_what_is_wrong_with_it(wrong: Story, command: list[str]) -> None:
    result = fuhan(*command)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: portals/a.toml")


def test_pattern_leaves_out_the_wrong_ones_and_says_so(wrong: Story) -> None:
    result = fuhan("crawl", "[ab]", "--dry-run")
    assert (result.exit_code, "b.example" in result.stdout) == (0, True)
    assert result.stderr.startswith("a portal is left out: portals/a.toml")


def test_wrong_file_of_a_portal_that_is_not_enabled_is_nobodys_trouble(wrong: Story) -> None:
    Path("fuhan.toml").write_text(CONFIG.replace('"a", ', ""), encoding="utf-8")
    assert as_json("status.json", "status", "--json")[1]["faults"] == []
    assert fuhan("report").stderr == ""
    assert "portals/a.toml" in fuhan("portals", "list").stderr


def test_status_goes_on_where_no_file_is_right(wrong: Story) -> None:
    Path("fuhan.toml").write_text(CONFIG.replace(', "b"', ""), encoding="utf-8")
    code, told = as_json("status.json", "status", "--json")
    assert (code, [p["letters"] for p in told["portals"]], len(told["faults"])) == (0, [8], 1)
    assert fuhan("doctor", "--offline").exit_code == 3
    assert fuhan("report").exit_code == 0
    assert fuhan("crawl").exit_code == 2  # there is nothing it could ask for


def test_metrics_go_on_telling_of_the_portal(wrong: Story) -> None:
    metrics = '[daemon]\nmetrics_file = "fuhan.prom"\n'
    Path("fuhan.toml").write_text(CONFIG + metrics, encoding="utf-8")
    leave_metrics(Invocation(config_option=Path("fuhan.toml")))
    text = Path("fuhan.prom").read_text(encoding="utf-8")
    assert 'fuhan_portal_last_run_timestamp_seconds{portal="a"}' in text
    watch = read_watch(Path("fuhan.toml"))
    assert ([p.name for p in watch.portals], watch.names) == (["b"], ("a", "b"))
    Path("fuhan.prom").unlink()
    leave_metrics(invocation_of(watch))  # as a daemon's child does it
    assert Path("fuhan.prom").read_text(encoding="utf-8").count('portal="a"') == text.count(
        'portal="a"'
    )


# --- what is said --------------------------------------------------------------------------------


def test_counts_of_one_take_the_singular() -> None:
    Path("fuhan.toml").write_text(CONFIG.replace('"a", ', ""), encoding="utf-8")
    LetterArchive.open(Path("fuhan.db")).close()
    assert "1 portal enabled, 0 reports, 0 sinks" in fuhan("doctor", "--offline").stdout


def test_remedies_repeat_the_configuration(story: Story) -> None:
    said = fuhan("doctor", "--offline").stdout
    held = "look with fuhan --config fuhan.toml changes --held --portal a, "
    assert held + "then fuhan --config fuhan.toml portals accept or reject a" in said
    Path("fuhan.db").unlink()
    Path("fuhan.db-wal").unlink(missing_ok=True)
    assert fuhan("status").stderr.endswith("run: fuhan --config fuhan.toml crawl\n")
    assert "try: run: fuhan --config fuhan.toml crawl" in fuhan("doctor", "--offline").stdout
    assert fuhan("letters").stderr.endswith("run: fuhan --config fuhan.toml crawl\n")


def test_filter_by_agency_goes_by_what_the_file_said_when_it_was_right(
    story: Story, tmp_path: Path
) -> None:
    office = replace(story.portal, agency="某市科学技术局", aliases=("市科技局",))
    filters = 'agencies = ["市科技局"]\n'
    sink = f'[[sinks]]\nname = "s"\nto = "file:s.jsonl"\nbegin = "start"\n{filters}'
    report = f'[[reports]]\nname = "r"\nto = ["file:r/"]\n{filters}'
    feed = f'[feed]\npath = "feed.xml"\n{filters}'
    Path("fuhan.toml").write_text(CONFIG + sink + report + feed, encoding="utf-8")
    body = a_letter(1).body + "\n将于年内建成。"
    letters = {f"t{n}.html": a_letter(n) for n in range(1, 9)}
    story.crawl({**letters, "t1.html": a_letter(1, body=body)}, portal=office)
    Path("portals/a.toml").write_bytes(WRONG["key"])
    result = fuhan("deliver")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.startswith("a portal is left out: portals/a.toml")
    assert Path("s.jsonl").read_text(encoding="utf-8").count("\n") == 9
    assert "<name>某市科学技术局</name>" in Path("feed.xml").read_text(encoding="utf-8")
    assert "某市科学技术局" in fuhan("report", "r", "--since", "2000-01-01").stdout


def test_lines_that_name_a_command_repeat_the_configuration(story: Story, tmp_path: Path) -> None:
    ours = "fuhan --config fuhan.toml"
    assert f"later: {ours} verify --head" in fuhan("verify").stdout
    assert f"later: {ours} verify --head" in fuhan("backup", "b.db").stdout
    assert f"what is held: {ours} changes --held --portal a" in fuhan("report").stdout
    assert f"to undo: {ours} letters split" in fuhan("letters", "join", "1", "2").stdout
    database = sqlite3.connect("fuhan.db")
    with database:
        database.execute("UPDATE captures SET body = x'00'")
    database.close()
    file = str(tmp_path / "dossier")
    assert f"see: {ours} verify" in fuhan("dossier", "1", "-o", file).stderr
    assert f"see: {ours} verify" in fuhan("export", "-o", "x.warc.gz").stderr
