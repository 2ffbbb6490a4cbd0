"""docs/portals.md holds: its commands parse, its file loads, its tables name what there is."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path

import click

from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.portals.draft import portal_name
from schedules.portals.files import read_portal
from schedules.portals.sound import sound_portals
from storage.records import Portal

PAGE = (Path(__file__).parent.parent / "docs" / "portals.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.M | re.S)
    assert found
    return found[1]


def test_commands_exist_and_name_the_portal_that_is_added() -> None:
    lines = [shlex.split(line.removeprefix("$ ")) for line in block("console").splitlines()]
    for words in lines:
        arguments = words[3:] if words[1] == "--config" else words[1:]
        command: click.Command | None = cli
        while isinstance(command, click.Group):
            command = command.get_command(click.Context(command), arguments.pop(0))
        assert command is not None
        command.make_context("x", arguments)
    assert portal_name(lines[1][-1]) == lines[2][-1] == lines[3][-1]


def test_file_loads(tmp_path: Path) -> None:
    path = tmp_path / "example-kjj.toml"
    path.write_text(block("toml"), encoding="utf-8")
    assert read_portal(path, {}).select.list_item == "ul.news-list li"


def test_keys_that_are_explained_are_keys_of_a_portal() -> None:
    explained = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| `.*?\|", PAGE, re.M))))
    keys = {field.name for field in fields(Portal)}
    assert {name for name in explained if not name.startswith("cq")} <= keys


def test_built_in_portals_are_polite_and_named_after_their_host() -> None:
    portals = [entry.portal for entry in sound_portals(load_config(None, {})).known.values()]
    assert len({portal.cron for portal in portals}) == len(portals)
    for portal in portals:
        assert portal.delay >= 2 and portal.region == "500000" and portal.aliases
        for column in portal.lists:
            assert column.url.startswith("https://") and column.url.endswith("/")
            assert portal_name(column.url) == portal.name


def test_built_in_portals_are_those_there_are() -> None:
    sound = sound_portals(load_config(None, {}))
    rows = dict(re.findall(r"^\| `(cq-\w+)` \| ([一-鿿]+)", PAGE, re.M))
    assert rows == {name: entry.portal.agency for name, entry in sound.known.items()}
    assert len(sound.enabled(["cq-*"])) == len(sound.known)
