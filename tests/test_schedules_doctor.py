"""`fuhan doctor`: each thing that is wrong is named with its remedy, and nothing else is."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.doctor import Finding, Verdict, outside, setup, storing, worst
from storage.archive import LetterArchive
from storage.lock import crawl_lock
from storage.records import ListColumn, Portal, PortalState, PortalStatus, UnreadLetter
from tests.loopback import Site, serving

NOW = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
PORTAL = Portal("a-kjj", "某市科技局", "trs", (ListColumn("https://a.example/l/"),))
SCHEMA = Path(__file__).parent.parent / "docs" / "schema" / "doctor.json"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FUHAN_CONFIG", "FUHAN_NOW"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.chdir(tmp_path)


def doctor(*options: str) -> tuple[int, dict[str, Any]]:
    result = CliRunner().invoke(cli, ["--config", "fuhan.toml", "doctor", "--json", *options])
    told: dict[str, Any] = json.loads(result.stdout)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    return result.exit_code, told


def configure(text: str = '[crawl]\ncontact = "mailto:you@example.org"\n') -> None:
    Path("fuhan.toml").write_text(text, encoding="utf-8")


def wrong(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [(c["check"], c["verdict"]) for c in told["checks"] if c["verdict"] != "ok"]


def verdicts(findings: Sequence[Finding]) -> list[Verdict]:
    return [finding.verdict for finding in findings]


# --- the command -----------------------------------------------------------------------------


def test_new_watch_is_told_to_crawl() -> None:
    configure()
    code, told = doctor("--offline")
    assert (code, told["verdict"]) == (3, "warning")
    assert wrong(told) == [("archive", "warning")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[reports]]\nname = "a"\nto = ["file:r/"]\nportals = ["cq-kj"]', "did you mean cq-kjj"),
        ('[feed]\npath = "f.xml"\nportals = ["xx-*"]', 'feed: "xx-*" in portals'),
        ('[[reports]]\nname = "c"', "report c has no target"),
        ("[crawl]\nconfirm_withdrawal = { visits = 1 }", "confirm_withdrawal"),
        ("[crawl]\nconfirm_withdrawal = { hours = 0 }", "confirm_withdrawal"),
        ('[[reports]]\nname = "d"\nto = ["malto://x@y"]', "no address Apprise knows"),
    ],
)
def test_slips_nothing_else_would_catch_are_told_offline(text: str, told: str) -> None:
    configure(text)
    findings = doctor("--offline")[1]["checks"]
    (found,) = [check for check in findings if told in check["text"]]
    assert found["verdict"] != "ok" and found["remedy"]


def test_filters_that_match_and_usual_settings_are_no_slips() -> None:
    configure(
        '[crawl]\ncontact = "mailto:you@example.org"\n'
        '[[reports]]\nname = "a"\nto = ["file:r/"]\nportals = ["cq-*", "cq-kjj"]\n'
    )
    assert wrong(doctor("--offline")[1]) == [("archive", "warning")]


def test_broken_configuration_is_a_fault_and_ends_as_such() -> None:
    configure("[crawl]\nenabeld = []\n")
    code, told = doctor("--offline")
    assert (code, wrong(told)) == (2, [("configuration", "fault")])
    assert "enabled" in told["checks"][-1]["text"]


def test_damaged_archive_is_a_fault_with_its_remedy() -> None:
    configure()
    LetterArchive.open(Path("fuhan.db")).close()
    with Path("fuhan.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 20_000)
    code, told = doctor("--offline")
    assert code == 4
    (finding,) = [c for c in told["checks"] if c["check"] == "archive"]
    assert finding["verdict"] == "fault"
    assert "fuhan --config fuhan.toml restore" in finding["remedy"]


def test_portals_never_crawled_are_named_and_a_sound_archive_is_ok() -> None:
    configure('[crawl]\ncontact = "mailto:you@example.org"\nenabled = ["cq-kjj"]\n')
    LetterArchive.open(Path("fuhan.db")).close()
    code, told = doctor("--offline")
    assert (code, wrong(told)) == (3, [("portals", "warning")])
    assert [c["subject"] for c in told["checks"] if c["check"] == "portals"] == ["cq-kjj"]


def test_secrets_are_masked_in_what_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "s3cr3t-path")
    configure(
        '[crawl]\nenabled = ["cq-kjj"]\n[[reports]]\nname = "d"\n'
        'to = ["http://127.0.0.1:9/${HOOK}"]\n'
    )
    result = CliRunner().invoke(cli, ["--config", "fuhan.toml", "doctor"])
    assert result.exit_code == 1  # nobody listens there, and there is no network
    assert "127.0.0.1" in result.stdout
    assert "s3cr3t" not in result.stdout


# --- single checks ---------------------------------------------------------------------------


def test_library_with_known_holes_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert verdicts(list(setup.versions())) == [Verdict.OK]
    monkeypatch.setattr(setup, "version", lambda name: "1.0.9")
    assert worst(setup.versions()) is Verdict.FAULT


def test_secret_in_a_file_others_can_read_is_told() -> None:
    configure('[[reports]]\nname = "d"\nto = ["mailtos://me:hunter2@example.org?to=a@b.org"]\n')
    config = load_config(Path("fuhan.toml"))
    Path("fuhan.toml").chmod(0o644)
    open_file = [finding.text for finding in setup.configuration(config, 1)]
    Path("fuhan.toml").chmod(0o600)
    assert len(list(setup.configuration(config, 1))) == len(open_file) - 1


def test_clock_behind_the_last_run_is_a_fault() -> None:
    def at(now: datetime) -> list[Verdict]:
        return verdicts(list(storing.clock(now, NOW, {})))

    assert at(NOW + timedelta(hours=1)) == [Verdict.OK]
    assert at(NOW - timedelta(days=1)) == [Verdict.FAULT]
    fixed = storing.clock(NOW, NOW, {"FUHAN_NOW": "2026-05-04"})
    assert verdicts(list(fixed)) == [Verdict.WARNING]


def test_network_drive_is_told_by_its_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path}/nas nfs4 rw 0 0\n", encoding="utf-8"
    )
    (tmp_path / "nas").mkdir()
    assert verdicts(list(storing.drive(tmp_path / "nas" / "fuhan.db", mounts))) == [Verdict.WARNING]
    assert list(storing.drive(tmp_path / "fuhan.db", mounts)) == []


def test_running_crawl_is_told_and_not_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    (free,) = storing.lock(path)
    with crawl_lock(path):
        (held,) = storing.lock(path)
    assert free.text != held.text
    assert str(os.getpid()) in held.text
    with crawl_lock(path):
        pass  # the doctor did not keep it


def status(**values: Any) -> PortalStatus:
    return replace(PortalStatus("a-kjj", PortalState.OK, None, NOW, NOW, 10, 0, 0), **values)


def test_missed_time_and_trouble_of_portals_are_told() -> None:
    def found(when: timedelta, **values: Any) -> list[str]:
        findings = outside.portals([PORTAL], [status(**values)], NOW + when)
        return [finding.text for finding in findings if finding.verdict is not Verdict.OK]

    assert found(timedelta(hours=3)) == []
    (overdue,) = found(timedelta(days=3))
    assert "2026-05-05 06:20" in overdue
    paused = NOW + timedelta(days=5)
    (blocked,) = found(
        timedelta(days=3), state=PortalState.BLOCKED, reason="412", next_attempt=paused
    )
    assert "blocked" in blocked


def test_letters_long_unread_are_named_and_the_rest_counted() -> None:
    since = NOW - timedelta(days=9)
    unread = tuple(
        UnreadLetter(n, f"Letter {n}", "a-kjj", f"https://a.example/{n}.html", since, since, NOW, 9)
        for n in range(1, 9)
    )
    findings = list(outside.portals([PORTAL], [status(unread=unread)], NOW))
    assert verdicts(findings) == [Verdict.WARNING] * 6
    assert "https://a.example/1.html" in findings[0].text
    assert "not readable on 9 visits" in findings[0].text
    assert findings[0].remedy and "fuhan clean https://a.example/1.html" in findings[0].remedy
    assert "more letters not readable for long: 3" in findings[-1].text


def test_what_is_held_is_looked_at_with_its_own_command() -> None:
    suspect = status(state=PortalState.SUSPECT, reason="of 8 known letters", held=3)
    (finding,) = outside.portals([PORTAL], [suspect], NOW)
    assert finding.remedy and "fuhan changes --held --portal a-kjj" in finding.remedy


def test_server_far_from_our_clock_is_told() -> None:
    configure()
    config = load_config(Path("fuhan.toml"))
    with serving(Site()) as site:
        there = replace(PORTAL, lists=(ListColumn(f"{site.url}/l/"),), private_network=True)
        right = datetime.now(UTC)
        assert verdicts(list(outside.network([there], config, right))) == [Verdict.OK]
        late = list(outside.network([there], config, right - timedelta(hours=2)))
        assert sorted(verdicts(late)) == [Verdict.OK, Verdict.WARNING]
        fixed = {"FUHAN_NOW": "2024-01-01T00:00:00Z"}
        unlike = list(outside.network([there], config, right - timedelta(days=700), fixed))
        assert verdicts(unlike) == [Verdict.OK]
        assert dict(site.asked) == {"/robots.txt": 3}


def test_host_that_does_not_answer_is_a_fault() -> None:
    configure()
    config = load_config(Path("fuhan.toml"))
    gone = replace(PORTAL, lists=(ListColumn("http://127.0.0.1:9/l/"),), private_network=True)
    (finding,) = outside.network([gone], config, NOW)
    assert (finding.verdict, finding.subject) == (Verdict.FAULT, "127.0.0.1:9")
    assert finding.remedy
