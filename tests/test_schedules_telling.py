"""`fuhan report --send`, `deliver` and `status`: what people read of delivery, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from schedules.cli.cli import cli
from schedules.delivery.trial import check_targets
from storage.clock import to_text
from tests.delivery_scene import Scene, free_port, receiving, scene

SCHEMA = Path(__file__).parent.parent / "docs" / "schema" / "status.json"


def fuhan(made: Scene, *arguments: str, language: str = "en") -> Result:
    environment = {"FUHAN_LANG": language, "FUHAN_NOW": to_text(made.now), "FUHAN_CONFIG": ""}
    options = ["--config", str(made.folder / "fuhan.toml")]
    return CliRunner().invoke(cli, [*options, *arguments], env=environment)


def two_targets(url: str) -> str:
    return f'[[reports]]\nname = "daily"\nto = ["{url}", "file:out/"]\n'


def test_what_was_sent_and_what_was_not_are_told_apart(tmp_path: Path) -> None:
    with receiving(503) as hook:
        made = scene(tmp_path, two_targets(hook.url))
        result = fuhan(made, "report", "daily", "--send")
        assert (result.exit_code, result.stdout.count("nothing new")) == (0, 2)
        made.edit(1, 11)
        result = fuhan(made, "report", "daily", "--send")
    assert result.exit_code == 3
    assert "daily → file:out/: daily-2026-03-04-0620" in result.stdout
    assert "http://127.0.0.1/***: not delivered (HTTP 503); tried again after" in result.stderr


def test_new_target_says_that_it_begins_now(tmp_path: Path) -> None:
    made = scene(tmp_path, '[[reports]]\nname = "daily"\nto = ["file:out/"]\n', begun=False)
    result = fuhan(made, "report", "daily", "--send", language="zh")
    assert "从现在起报告" in result.stdout
    result = fuhan(made, "report", "daily", "--send", "--since", "2026-01-01", language="zh")
    assert (result.exit_code, len(list((tmp_path / "out").iterdir()))) == (0, 3)


def test_status_lists_what_was_not_delivered_until_it_is(tmp_path: Path) -> None:
    with receiving(503) as hook:
        made = scene(tmp_path, two_targets(hook.url))
        made.edit(1, 11)
        fuhan(made, "report", "daily", "--send")
        shown = fuhan(made, "status")
        assert "Not delivered:" in shown.stdout and "HTTP 503" in shown.stdout
        assert "未送达" in fuhan(made, "status", language="zh").stdout
        status = json.loads(fuhan(made, "status", "--json").stdout)
        Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(status)
        (entry,) = status["undelivered"]
        assert (entry["name"], entry["target"]) == ("daily", "http://127.0.0.1/***")
        assert (entry["waiting"], entry["attempts"], entry["error"]) == (1, 1, "HTTP 503")
        hook.answers = [204]
        assert fuhan(made, "deliver").stdout == "nothing to deliver\n"  # its time has not come
        assert fuhan(made, "deliver", "daily").exit_code == 0
    assert json.loads(fuhan(made, "status", "--json").stdout)["undelivered"] == []


def test_target_taken_out_of_the_configuration_is_no_longer_told_of(tmp_path: Path) -> None:
    made = scene(tmp_path, two_targets(f"http://127.0.0.1:{free_port()}/x"))
    made.edit(1, 11)
    fuhan(made, "report", "daily", "--send")
    text = (tmp_path / "fuhan.toml").read_text("utf-8")
    (tmp_path / "fuhan.toml").write_text(
        text.split("[[reports]]")[0] + '[[reports]]\nname = "daily"\nto = ["file:out/"]\n', "utf-8"
    )
    assert json.loads(fuhan(made, "status", "--json").stdout)["undelivered"] == []


@pytest.mark.parametrize("to", ["file:out/", "2", "file"])
def test_one_target_may_be_chosen(tmp_path: Path, to: str) -> None:
    with receiving() as hook:
        made = scene(tmp_path, two_targets(hook.url))
        made.edit(1, 11)
        assert fuhan(made, "report", "daily", "--send", "--to", to).exit_code == 0
        assert (len(hook.got), (tmp_path / "out").exists()) == (0, True)
        assert fuhan(made, "report", "daily", "--send").exit_code == 0
        assert len(hook.got) == 1


def test_sample_is_marked_and_overwrites_no_report(tmp_path: Path) -> None:
    made = scene(tmp_path, '[[reports]]\nname = "daily"\nto = ["file:latest.html"]\n')
    (tmp_path / "latest.html").write_text("真的报告", "utf-8")
    result = fuhan(made, "report", "daily", "--test")
    assert result.exit_code == 0
    assert "latest-test.html; file:latest.html is as it was" in result.stdout
    assert (tmp_path / "latest.html").read_text("utf-8") == "真的报告"
    assert "2648" in (tmp_path / "latest-test.html").read_text("utf-8")
    result = fuhan(made, "report", "daily", "--test", "--to", "file:elsewhere/")
    assert (result.exit_code, (tmp_path / "elsewhere" / "daily-test.md").exists()) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "--test"], "none is configured yet ([[reports]], see docs/reports.md)"),
        (["report", "--test"], "fuhan report --test --to file:latest.html"),
        (["report", "--send"], "none is configured yet"),
        (["report", "daily", "--test"], "no report named daily; none is configured yet"),
        (["report", "--test", "--to", "latest.html"], "--to latest.html is no address"),
    ],
)
def test_without_any_report_one_learns_how_to_try_or_make_one(
    tmp_path: Path, arguments: list[str], said: str
) -> None:
    result = fuhan(scene(tmp_path, ""), *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "--send"], "name a report; there are: daily"),
        (["report", "daily", "--to", "2"], "--to goes with"),
        (["report", "daily", "--send", "--test"], "--test does not go"),
        (["report", "daily", "--send", "--to", "mailto"], "no target mailto"),
        (["report", "daily", "--send", "--since", "yesterday"], "--since"),
        (["deliver", "dayly"], "did you mean daily?"),
    ],
)
def test_wrong_usage_is_told_in_a_line(tmp_path: Path, arguments: list[str], said: str) -> None:
    made = scene(tmp_path, two_targets("file:other/"))
    result = fuhan(made, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_checks_look_at_every_target_and_send_nothing(tmp_path: Path) -> None:
    with receiving() as hook:
        text = (
            f'[[reports]]\nname = "daily"\nto = ["{hook.url}", "http://127.0.0.1:{free_port()}/x", '
            '"file:out/", "nosuch://x", "wecombot://8f14e45fceea467f", "file:/dev/null/x/"]\n'
            '[[sinks]]\nname = "a"\nto = "tree:letters/"\n'
            '[[sinks]]\nname = "b"\nto = { exec = ["./nowhere"] }\n'
            '[[sinks]]\nname = "c"\nto = { exec = ["sh"] }\n'
        )
        made = scene(tmp_path, text)
        checks = list(check_targets(made.config))
        assert hook.got == []
    good = [check.error is None for check in checks]
    assert good == [True, False, True, False, True, False, True, False, True]
    assert checks[1].error == "connection refused"
    assert list((tmp_path / "out").iterdir()) == []
