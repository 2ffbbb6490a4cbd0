"""What the environment puts into a portal file is masked like the configuration's own secrets."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
import structlog
from click.testing import CliRunner, Result
from w3lib.url import safe_url_string

from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.config.secrets import mask_all
from schedules.daemon.watch import read_watch
from schedules.logs import LogWatcher, configure_logs
from schedules.runs.run import open_session
from storage.clock import system_clock
from storage.records import ListWalk
from tests.one_portal import PORTAL_FILE, watch_one_portal

KEY = "p@ss[w/rd+%é"
PORTAL = PORTAL_FILE.replace("http://a.example/jyta/", "http://127.0.0.1:9/jyta/?key=${LIST_KEY}")
PORTAL += "private_network = true\ndelay = 0\n"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    watch_one_portal(tmp_path, monkeypatch)
    monkeypatch.setenv("FUHAN_LANG", "en")
    Path("portals/a.toml").write_text(PORTAL, encoding="utf-8")
    Path("fuhan.env").write_text(f"LIST_KEY={KEY}\n", encoding="utf-8")


def fuhan(*arguments: str) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def is_hidden(text: str) -> bool:
    return "***" in text and "w/rd" not in text and "w%2Frd" not in text


@pytest.mark.parametrize("key", [KEY, "a b&c=d", '密钥 "x"\\y', "p%40ss#1", "tilde~'[1]'"])
def test_value_is_shown_in_no_form(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("LIST_KEY", key)
    config = load_config(Path("fuhan.toml"))
    asked = safe_url_string(f"http://h.example/?key={key}")
    written = [key, quote(key), quote(key, safe=""), quote_plus(key), quote(key, safe="").lower()]
    for text in (*written, json.dumps(key, ensure_ascii=False), asked.partition("=")[2]):
        assert config.shown(f"<{text}>").strip('<">') == "***", text


def test_value_that_says_little_once_decoded_masks_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LIST_KEY", "%20")
    assert load_config(Path("fuhan.toml")).shown("a b %20") == "a b ***"


def test_strings_inside_of_json_are_masked_one_by_one() -> None:
    told: dict[str, Any] = {"url": "http://h/?geheim", "more": ["geheim", 1, None, "a@b"]}
    assert mask_all(told, ["geheim"]) == {"url": "http://h/?***", "more": ["***", 1, None, "a@b"]}


def test_check_and_plan_show_the_lists_without_it() -> None:
    for command in (["portals", "check", "a"], ["crawl", "--dry-run"]):
        assert is_hidden(fuhan(*command).stdout), command
    told = fuhan("portals", "check", "a", "--json").stdout
    assert json.loads(told)["lists"][0]["url"] == "http://127.0.0.1:9/jyta/?key=***"


def test_error_of_the_file_does_not_show_it() -> None:
    wrong = PORTAL.replace("http://127", "ftp://127")
    Path("portals/a.toml").write_text(wrong, encoding="utf-8")
    assert is_hidden(fuhan("crawl").stderr)
    assert is_hidden(fuhan("status", "--json").stdout)
    assert is_hidden(fuhan("doctor", "--offline", "--json").stdout)


def test_logs_do_not_show_it() -> None:
    stream = io.StringIO()
    configure_logs("info", secrets=load_config(Path("fuhan.toml")).secrets, stream=stream)
    structlog.get_logger("fuhan.crawl").info("page", url=f"http://h/?key={quote(KEY)}")
    assert is_hidden(stream.getvalue())


def test_reason_of_a_run_is_recorded_without_it() -> None:
    config = load_config(Path("fuhan.toml"))
    portals = read_watch(Path("fuhan.toml")).portals
    with open_session(config, portals, clock=system_clock, watcher=LogWatcher()) as session:
        run = session.archive.begin_run(portals[0], full=True)
        reason = f"redirected to http://h/login?key={quote(KEY, safe='')}"
        session.settle(run, ListWalk(False, failed=1, columns_failed=1, asked=1, reason=reason))
    assert is_hidden(fuhan("status", "--json").stdout)
    assert is_hidden(fuhan("report").stdout)


def test_file_that_cannot_be_filled_in_stops_no_other() -> None:
    for text in (PORTAL.replace("LIST_KEY", "NOT_SET"), 'name = "${LIST_KEY}'):
        Path("portals/a.toml").write_text(text, encoding="utf-8")
        assert load_config(Path("fuhan.toml")).secrets == frozenset()
    Path("portals/a.toml").write_text(PORTAL, encoding="utf-8")
    Path("fuhan.env").unlink()
    Path("fuhan.env").mkdir()  # cannot be read
    assert load_config(Path("fuhan.toml")).secrets == frozenset()
    assert "its file is wrong" in fuhan("status").stdout


def test_reload_keeps_the_secrets_of_before() -> None:
    before = read_watch(Path("fuhan.toml"))
    Path("portals/a.toml").write_text(PORTAL.replace("agency", "agancy"), encoding="utf-8")
    Path("fuhan.env").write_text("LIST_KEY=another\n", encoding="utf-8")
    watch = read_watch(Path("fuhan.toml")).going_on_from(before)
    assert watch.config.shown(f"{KEY} another") == "*** ***"
