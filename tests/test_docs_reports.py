"""docs/reports.md holds: its configuration loads, its commands parse, its Python runs."""

from __future__ import annotations

import re
import shlex
import subprocess
import time
from pathlib import Path

import click
import pytest

from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.config.starter_files import CONFIG
from schedules.config.telling import signing_key
from schedules.delivery.mail_address import mail_server
from schedules.delivery.targets import report_channel, sink_channel
from schedules.delivery.webhook import signature

PAGE = (Path(__file__).parent.parent / "docs" / "reports.md").read_text(encoding="utf-8")
ENVIRONMENT = {
    "MAIL_PASSWORD": "geheim",
    "WECOM_KEY": "8f14e45fceea467f",
    "WECOM_DESK": "45c48cce2e2d7fbd",
    "WECOM_EDITORS": "d3d9446802a44259",
    "HOOK_SECRET": "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)


def test_configuration_loads_and_its_targets_are_targets(tmp_path: Path) -> None:
    file = tmp_path / "fuhan.toml"
    file.write_text(blocks("toml")[0], encoding="utf-8")
    config = load_config(file, ENVIRONMENT)
    (report,) = config.reports
    kinds = [type(report_channel(config, target)).__name__ for target in report.to]
    assert kinds == ["FileTarget", "Mail", "Webhook", "Chat"]
    assert [type(sink_channel(config, sink)).__name__ for sink in config.sinks] == [
        "JsonLines",
        "Program",
    ]
    assert config.feed is not None and config.feed.entries == 100
    assert "geheim" not in config.shown_target(report.to[1].url)


def test_mail_address_is_one(tmp_path: Path) -> None:
    file = tmp_path / "fuhan.toml"
    (mail,) = [block for block in blocks("toml") if block.startswith('to = ["mailtos:')]
    file.write_text(f'[[reports]]\nname = "a"\n{mail}', encoding="utf-8")
    url = load_config(file, ENVIRONMENT).reports[0].to[0].url
    server = mail_server(url, "…")
    assert (server.mode, server.port) == ("ssl", 465)
    assert server.sender == ("复函", "robot@example.org")
    assert server.recipients == ("chen@example.org",)


def test_commands_exist() -> None:
    lines = [
        shlex.split(line.removeprefix("$ ")) for b in blocks("console") for line in b.splitlines()
    ]
    ours = [words[1:] for words in lines if words[0] == "fuhan"]
    assert len(ours) == 7
    for name, *arguments in ours:
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        command.make_context(name, arguments)


def test_secret_that_is_made_so_is_a_secret() -> None:
    (line,) = [line for b in blocks("console") for line in b.splitlines() if "python3" in line]
    made = subprocess.run(
        shlex.split(line.removeprefix("$ ")), capture_output=True, text=True, check=True
    )
    assert len(signing_key(made.stdout.strip())) == 24


def test_receiver_takes_what_is_signed_and_nothing_else() -> None:
    space: dict[str, object] = {}
    exec(blocks("python")[0], space)
    received = space["received"]
    assert callable(received)
    headers = {"webhook-id": "msg_1", "webhook-timestamp": str(int(time.time()))}
    body = b'{"v":1}'
    key = signing_key(ENVIRONMENT["HOOK_SECRET"])
    signed = headers | {"webhook-signature": signature(key, headers, body)}
    assert received(signed, body.decode()) == {"v": 1}
    with pytest.raises(Exception, match="signature"):
        received(signed, '{"v":2}')


def test_starters_comments_are_configuration(tmp_path: Path) -> None:
    """Every commented key of the starter file is one, once its mark is taken away."""
    text = re.sub(r'^# (?=\w+ = |\[|\]|  ["{])', "", CONFIG, flags=re.M)
    text = text.replace('to = ["file:reports/"]  ', '# to = ["file:reports/"]')
    file = tmp_path / "fuhan.toml"
    (tmp_path / "portals").mkdir()
    file.write_text(text, encoding="utf-8")
    config = load_config(file, ENVIRONMENT)
    assert len(config.reports[0].to) == 4 and config.sinks and config.feed
    assert config.reports[0].words == ("新能源",)
