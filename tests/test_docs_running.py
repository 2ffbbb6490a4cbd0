"""docs/running.md holds: its commands run, its configuration is what it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.config.running import UpkeepSection
from schedules.config.starter_files import CONFIG

PAGE = (Path(__file__).parent.parent / "docs" / "running.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


def commands() -> list[list[str]]:
    lines = "".join(blocks("console")).splitlines()
    return [shlex.split(line.removeprefix("$ fuhan ")) for line in lines]


def test_commands_run_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUHAN_LANG", "zh")
    codes = {}
    for arguments in commands():
        if "crawl" in arguments:  # which would ask real portals
            arguments = [*arguments, "--dry-run"]
        result = CliRunner().invoke(cli, arguments)
        codes[" ".join(arguments)] = result.exit_code
        assert result.exception is None or isinstance(result.exception, SystemExit)
    doctor = "--config watch/fuhan.toml doctor --offline"
    assert codes.pop(doctor) in (0, 3)  # nothing was crawled yet
    assert set(codes.values()) == {0}
    assert len(codes) == 9


def test_configuration_is_the_default_as_it_says(tmp_path: Path) -> None:
    file = tmp_path / "fuhan.toml"
    file.write_text(blocks("toml")[0], encoding="utf-8")
    config = load_config(file, {})
    assert config.upkeep == UpkeepSection(backup=Path("backups/"))
    assert config.daemon.metrics and config.daemon.metrics_file and config.daemon.ping
    assert "8f14e45f-ceea-467f" not in config.shown(config.daemon.ping)


def test_starters_section_is_the_one_described(tmp_path: Path) -> None:
    section = CONFIG[CONFIG.index("[upkeep]") :].partition("\n\n")[0]
    file = tmp_path / "fuhan.toml"
    file.write_text(re.sub("^# ", "", section, flags=re.M), encoding="utf-8")
    assert load_config(file, {}).upkeep == UpkeepSection(backup=Path("backups/"))


def test_every_exit_code_is_told() -> None:
    table = PAGE[PAGE.index("退出码 · Exit codes") :]
    assert re.findall(r"^\| (\d) \|", table, re.M) == ["0", "1", "2", "3", "4"]
