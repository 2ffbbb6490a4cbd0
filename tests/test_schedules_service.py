"""`fuhan service print`: files that the system takes as printed, whatever the paths."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.service.cron import crontab
from schedules.service.forms import Form, service_files
from schedules.service.setup import Setup, outermost, present_setup
from storage.errors import ConfigError

ODD = '档案 50% $HOME it\'s "x" \\n'
NEEDS_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here"
)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")


@pytest.fixture(params=["watch", ODD])
def setup(request: pytest.FixtureRequest, tmp_path: Path) -> Setup:
    folder = tmp_path / request.param
    folder.mkdir()
    (folder / "fuhan.toml").write_text(
        '[[reports]]\nname = "daily"\n'
        'to = ["file:reports/", "mailtos://a:${MAIL_PASSWORD}@example.org"]\n'
        f'[upkeep]\nbackup = "{tmp_path}/backups"\n',
        encoding="utf-8",
    )
    return present_setup(load_config(folder / "fuhan.toml", {"MAIL_PASSWORD": "geheim"}))


def printed(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def units(setup: Setup, folder: Path, **kinds: bool) -> list[Path]:
    chosen = {"user": False, "timer": False} | kinds
    folder.mkdir()
    paths = []
    for file in service_files("systemd", setup, **chosen):
        paths.append(folder / file.name)
        paths[-1].write_text(file.text, encoding="utf-8")
    return paths


@NEEDS_SYSTEMD
@pytest.mark.parametrize("user", [False, True])
@pytest.mark.parametrize("timer", [False, True])
def test_systemd_takes_the_units(setup: Setup, tmp_path: Path, user: bool, timer: bool) -> None:
    paths = units(setup, tmp_path / "units", user=user, timer=timer)
    runtime = tmp_path / "run"
    runtime.mkdir()
    done = subprocess.run(
        ["systemd-analyze", *(["--user"] if user else []), "verify", *map(str, paths)],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)},
    )
    ours = [line for line in done.stderr.splitlines() if "fuhan" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


@NEEDS_SYSTEMD
def test_systemd_finds_the_daemon_well_confined(setup: Setup, tmp_path: Path) -> None:
    (path,) = units(setup, tmp_path / "units")
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=30", str(path)],
        capture_output=True,
        text=True,
    )
    if "offline" in done.stderr:
        pytest.skip("this systemd-analyze looks at running units only")
    assert done.returncode == 0, done.stdout  # an exposure of at most 3.0


@NEEDS_SYSTEMD
def test_systemd_fires_the_timer_in_chinas_time(setup: Setup) -> None:
    timer = service_files("systemd", setup, user=False, timer=True)[1].text
    (when,) = re.findall(r"^OnCalendar=(.+)$", timer, re.M)
    assert "Persistent=true" in timer and when.endswith("Asia/Shanghai")
    subprocess.run(["systemd-analyze", "calendar", when], check=True, capture_output=True)


def test_unit_may_write_where_fuhan_writes_and_nowhere_else(setup: Setup, tmp_path: Path) -> None:
    text = service_files("systemd", setup, user=False, timer=False)[0].text
    assert text.count("ReadWritePaths=") == 2
    assert setup.writes == (setup.folder, tmp_path / "backups")
    assert f"mkdir -p {tmp_path}/backups" in text  # which is not there yet
    assert f"MAIL_PASSWORD=… into {setup.environment}" in text and "geheim" not in text


def test_tmp_of_its_own_only_where_nothing_lies_in_everybodys() -> None:
    setup = Setup(("/usr/bin/fuhan",), None, Path("/srv/w"), (), Path("/srv/w/e"), (), "a", 1, 1)
    for folder, private in (("/srv/w", True), ("/tmp/w", False), ("/var/tmp/w", False)):
        there = replace(setup, folder=Path(folder))
        text = service_files("systemd", there, user=False, timer=False)[0].text
        assert ("PrivateTmp=yes" in text) is private


def test_crons_line_runs_as_cron_reads_it(setup: Setup, tmp_path: Path) -> None:
    program = tmp_path / "recorder"
    program.write_text('#!/bin/sh\npwd\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    line = crontab(replace(setup, program=(str(program),))).splitlines()[-1]
    command = line.removeprefix("*/10 * * * * ")
    assert re.fullmatch(r"(?:[^%\\]|\\[%\\])*", command)  # no % of cron's own, no stray \
    subprocess.run(["/bin/sh", "-c", re.sub(r"\\([%\\])", r"\1", command)], check=True, env={})
    told = (setup.folder / "fuhan.log").read_text().splitlines()
    expected = ["--config", str(setup.config), "daemon", "--once"]
    assert told == [str(setup.folder), *expected]


def test_compose_file_is_yaml_that_says_what_is_meant(setup: Setup) -> None:
    (file,) = service_files("compose", setup, user=False, timer=False)
    fuhan = yaml.safe_load(file.text)["services"]["fuhan"]
    plain = {key: undollared(value) for key, value in fuhan.items()}
    assert plain["command"] == ["--config", str(setup.config), "daemon"]
    assert [mount["source"] for mount in plain["volumes"]] == [str(w) for w in setup.writes]
    assert all(mount["source"] == mount["target"] for mount in plain["volumes"])
    assert not {"env_file", "environment"} & fuhan.keys()  # fuhan reads it by its own rules
    assert (fuhan["read_only"], fuhan["cap_drop"]) == (True, ["ALL"])
    assert fuhan["security_opt"] == ["no-new-privileges:true"]
    assert fuhan["stop_grace_period"] == "20s"
    health = plain["healthcheck"]["test"][1]
    assert shlex.split(health.partition(" >")[0]) == [
        "fuhan", "--config", str(setup.config), "doctor", "--offline"
    ]  # fmt: skip
    meant = [line for line in file.text.splitlines() if not line.startswith("#")]
    assert "".join(meant).count("$") % 2 == 0  # compose would take a lone one for a variable


@pytest.mark.parametrize("form", ["systemd", "cron", "compose"])
def test_every_form_leaves_the_variables_to_fuhan(setup: Setup, form: Form) -> None:
    (file,) = service_files(form, setup, user=False, timer=False)
    lines = [line for line in file.text.splitlines() if not line.startswith("#")]
    assert not any(".env" in line or "set -a" in line for line in lines)
    assert f"put MAIL_PASSWORD=… into {setup.environment}" in file.text


@pytest.mark.parametrize(("code", "healthy"), [(0, True), (3, True), (1, False), (2, False)])
def test_container_with_warnings_is_healthy(setup: Setup, code: int, healthy: bool) -> None:
    text = service_files("compose", setup, user=False, timer=False)[0].text
    health = undollared(yaml.safe_load(text))["services"]["fuhan"]["healthcheck"]["test"][1]
    script = f"fuhan() {{ return {code}; }}\n{health}"
    assert (subprocess.run(["/bin/sh", "-c", script]).returncode == 0) is healthy


def test_docker_takes_the_compose_file(setup: Setup, tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if (
        docker is None
        or subprocess.run([docker, "compose", "version"], capture_output=True).returncode
    ):
        pytest.skip("docker's compose plugin is not here")
    setup.environment.write_text("MAIL_PASSWORD=geheim\n")
    path = tmp_path / "compose.yaml"
    path.write_text(service_files("compose", setup, user=False, timer=False)[0].text)
    subprocess.run([docker, "compose", "-f", str(path), "config", "--quiet"], check=True)


def undollared(value: Any) -> Any:
    """A value of a compose file as compose reads it."""
    if isinstance(value, str):
        return value.replace("$$", "$")
    if isinstance(value, list):
        return [undollared(item) for item in value]
    if isinstance(value, dict):
        return {key: undollared(item) for key, item in value.items()}
    return value


# --- the command -----------------------------------------------------------------------------


def test_several_files_stand_under_their_paths_or_go_to_a_folder(
    setup: Setup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "geheim")
    begin = ["--config", str(setup.config), "service", "print", "systemd", "--timer"]
    shown = printed(*begin)
    assert shown.exit_code == 0, shown.stderr
    assert re.findall(r"^# (/\S+)$", shown.stdout, re.M) == [
        "/etc/systemd/system/fuhan.service",
        "/etc/systemd/system/fuhan.timer",
    ]
    written = printed(*begin, "-o", str(tmp_path / "out"))
    assert written.exit_code == 0
    names = ["fuhan.service", "fuhan.timer"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    texts = [(tmp_path / "out" / name).read_text() for name in names]
    assert shown.stdout == "\n".join(texts)


def test_wrong_arguments_say_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FUHAN_CONFIG", raising=False)
    assert printed("service", "print", "cron", "--timer").exit_code == 2
    assert printed("service", "print", "launchd").exit_code == 2
    assert printed("service").exit_code == 2
    without = printed("service", "print", "compose")
    assert without.exit_code == 2 and "fuhan init" in without.stderr
    (tmp_path / "file").write_text("")
    assert printed("service", "print", "cron", "-o", str(tmp_path / "file")).exit_code == 2


def test_path_with_a_line_break_is_refused(setup: Setup) -> None:
    broken = replace(setup, folder=Path("/srv/a\nExecStartPre=/bin/evil"))
    for form in ("systemd", "cron", "compose"):
        with pytest.raises(ConfigError):
            service_files(form, broken, user=False, timer=False)


def test_folders_within_others_need_no_mention() -> None:
    folders = [Path("/a/b"), Path("/a/b/c/../d"), Path("/x"), Path("/a/b"), Path("/a/bc")]
    assert outermost(folders) == (Path("/a/b"), Path("/x"), Path("/a/bc"))


def test_files_are_named_as_the_system_looks_for_them(setup: Setup) -> None:
    names = [
        [file.name for file in service_files(form, setup, user=False, timer=False)]
        for form in ("systemd", "cron", "compose")
    ]
    assert names == [["fuhan.service"], ["fuhan.crontab"], ["compose.yaml"]]
