"""`fuhan.env`: read by fuhan itself, by systemd's rules."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.config.env_file import left_out, variables
from schedules.portals.sound import sound_portals
from storage.errors import ConfigError

CONFIG = """\
[[reports]]
name = "daily"
to = ["mailtos://robot:${MAIL_PASSWORD}@smtp.example.org/?to=li@example.org"]
"""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.delenv("MAIL_PASSWORD", raising=False)


def target(file: Path, environment: dict[str, str]) -> str:
    return load_config(file, environment).reports[0].to[0].url


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "fuhan.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path / "fuhan.toml"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("N=ab&cd;e $HOME `x`", "ab&cd;e $HOME `x`"),  # a shell would run half of it
        ("  N  =  two words  ", "two words"),
        ("N='it is $5 '", "it is $5 "),
        (r'N="a \"b\" \$5 \n"', r'a "b" $5 \n'),
        ("N=a'b\"c", "a'b\"c"),  # a quote inside is itself
        ("N='a' \"b\"c d", "abc d"),
        ("N=a\\\\b\\ ", "a\\b "),  # an escaped blank at the end stays
        ("N=one\\\ntwo", "onetwo"),
        ('N="one\ntwo"', "one\ntwo"),
        ("N=", ""),
        ("N=x\r\nM=y", "x"),
        ("# N=no\n; N=no\nN=yes#1", "yes#1"),
        ("N=first\nno assignment\nN=last", "last"),
        ("\ufeffN=x".removeprefix("\ufeff"), "x"),
    ],
)
def test_values_are_those_systemd_reads(line: str, value: str) -> None:
    assert variables(line)["N"] == value


@pytest.mark.parametrize("text", ["", "export N=x", "1N=x", "N", "=x", "'", "N\n=x", "#N=x"])
def test_what_is_no_assignment_is_left_out(text: str) -> None:
    assert "N" not in variables(text)


@pytest.mark.parametrize("line", ["export MAIL_PASSWORD=geheim", "  export\tMAIL_PASSWORD = 'x'"])
def test_line_with_export_is_named_where_its_variable_is_needed(file: Path, line: str) -> None:
    written = file.with_suffix(".env")
    written.write_text(f"# for a shell\nA=x\n\n{line}\nexport B=y\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"fuhan\.env, line 4: .*write MAIL_PASSWORD=") as caught:
        load_config(file, {})
    assert "geheim" not in str(caught.value)
    assert "robot:other@" in target(file, {"MAIL_PASSWORD": "other"})
    written.write_text(f"MAIL_PASSWORD=good\n{line}\n", encoding="utf-8")
    assert "robot:good@" in target(file, {})


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("A=x\n# no\n; no\n\n  B = y\nC='two\nlines'\nD=", []),
        ("A='two\nlines'\r\n\nexport B=y\nhalf of a password\n1C=x\nD=z", [4, 5, 6]),
        ("MY-KEY=x\n=y", [1, 2]),
    ],
)
def test_lines_that_set_nothing_are_found(text: str, lines: list[int]) -> None:
    assert [line.number for line in left_out(text)] == lines


def test_doctor_names_lines_that_set_nothing_and_shows_none_of_them(file: Path) -> None:
    written = file.with_suffix(".env")
    written.write_text("MAIL_PASSWORD=x\nexport HOOK=geheim\ngeheimer Rest\n", encoding="utf-8")
    said = CliRunner().invoke(cli, ["--config", str(file), "doctor", "--offline"]).output
    assert f"{written}, line 2: no shell reads this file" in said and "write HOOK=value" in said
    assert f"{written}, line 3 is no NAME=value" in said
    assert "geheim" not in said


def test_variables_beside_the_configuration_are_read_and_the_environment_wins(file: Path) -> None:
    file.with_suffix(".env").write_text("MAIL_PASSWORD=ab&cd $5\n", encoding="utf-8")
    assert "robot:ab%26cd%20%245@" in target(file, {})
    assert "robot:other@" in target(file, {"MAIL_PASSWORD": "other"})
    assert load_config(file, {}).shown("ab&cd $5") == "***"


def test_portal_files_take_from_it_too(file: Path) -> None:
    file.with_suffix(".env").write_text("MAIL_PASSWORD=x\nHOST=kjj.example.org\n")
    (file.parent / "portals").mkdir()
    (file.parent / "portals" / "mine.toml").write_text(
        'name = "mine"\nagency = "某市科学技术局"\nplatform = "generic"\n'
        'lists = [{ url = "https://${HOST}/jytabl/" }]\n',
        encoding="utf-8",
    )
    (column,) = sound_portals(load_config(file, {})).known["mine"].portal.lists
    assert column.url == "https://kjj.example.org/jytabl/"


def test_missing_variable_names_both_places(file: Path) -> None:
    with pytest.raises(ConfigError, match=r"MAIL_PASSWORD.*environment.*\.env file"):
        load_config(file, {})


def test_file_that_cannot_be_read_is_named_only_where_it_is_needed(file: Path) -> None:
    file.with_suffix(".env").write_bytes(b"A=x\nMAIL_PASSWORD=\xff\n")
    assert "robot:other@" in target(file, {"MAIL_PASSWORD": "other"})
    with pytest.raises(ConfigError, match=r"fuhan\.env.*UTF-8.*line 2"):
        load_config(file, {})


def test_programs_get_the_variables(file: Path) -> None:
    file.write_text('[[sinks]]\nname = "s"\nto = { exec = ["true"] }\n')
    file.with_suffix(".env").write_text("HOOK=a b\n")
    assert load_config(file, dict(os.environ)).variables["HOOK"] == "a b"


@pytest.mark.parametrize(("mode", "told"), [(0o644, True), (0o600, False)])
def test_doctor_tells_of_variables_others_can_read(file: Path, mode: int, told: bool) -> None:
    variables_file = file.with_suffix(".env")
    variables_file.write_text("MAIL_PASSWORD=geheim\n")
    variables_file.chmod(mode)
    output = CliRunner().invoke(cli, ["--config", str(file), "doctor", "--offline"]).output
    assert (f"chmod 600 {variables_file}" in output) is told
    assert "geheim" not in output


@pytest.mark.parametrize("configured", [True, False])
def test_configuration_can_be_handed_to_the_daemons_children(file: Path, configured: bool) -> None:
    known = {**os.environ, "MAIL_PASSWORD": "x"}
    config = load_config(file, known) if configured else load_config(None)
    handed = pickle.loads(pickle.dumps(config))
    assert handed.variables["PATH"] == os.environ["PATH"]
