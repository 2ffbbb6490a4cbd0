"""The references are what the program makes of them, and leave nothing out."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from schedules.cli import cli
from schedules.cli.cli import FuhanGroup
from schedules.references import words as reference_words
from schedules.references.commands import COMMANDS, CONFIGURATION, filled, grouped, the_command
from schedules.references.doc_tables import fill
from schedules.references.settings import keys, makers, sections
from schedules.words.language import Words
from tests.doc_blocks import ROOT

PAGE = COMMANDS.read_text("utf-8")


@pytest.mark.parametrize("page", [COMMANDS, CONFIGURATION], ids=lambda page: page.stem)
def test_reference_is_up_to_date(page: Path) -> None:
    assert filled(page) == page.read_text("utf-8"), "run: python -m schedules.references.commands"


def test_reference_that_is_out_of_date_is_noticed() -> None:
    page = CONFIGURATION.read_text("utf-8")
    old = page.replace("| `delay` | `2.0` |", "| `delay` | `1.0` |")
    assert old != page
    assert fill(old, makers()) == page


def test_every_key_of_the_configuration_has_words_and_no_words_are_left_over() -> None:
    for name, (section, words) in sections().items():
        assert {key for key, _ in keys(section)} == words.keys(), name
        assert f"<!-- table: {name} -->" in CONFIGURATION.read_text("utf-8")


def test_every_command_has_a_section_that_the_index_leads_to() -> None:
    paths = [path for _, path in grouped()]
    assert re.findall(r"^### `fuhan (.+)`$", PAGE, re.M) == paths
    assert {"crawl", "letters join", "portals add"} <= set(paths)


def test_every_option_and_argument_is_shown() -> None:
    for _, path in grouped():
        section = PAGE.partition(f"### `fuhan {path}`\n")[2].partition("\n### ")[0]
        command = the_command(path)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(f"{name}" in section for name in parameter.opts), (path, parameter.opts)
            else:
                assert parameter.make_metavar(click.Context(command)) in section


def test_command_without_a_group_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["demo", "overlooked"]
    monkeypatch.setattr(FuhanGroup, "list_commands", lambda self, context: names)
    with pytest.raises(ValueError, match="GROUPS"):
        list(grouped())


def test_every_exit_code_is_told() -> None:
    codes = {cli.DONE, cli.FAILED, cli.USAGE, cli.UNHEALTHY, cli.ARCHIVE}
    assert reference_words.EXITS.keys() == codes


def test_every_variable_of_the_environment_is_told() -> None:
    sources = "\n".join(
        path.read_text("utf-8")
        for room in ("schedules", "crawler", "pipelines", "storage")
        for path in (ROOT / room).rglob("*.py")
        if path.name != "reference_words.py"
    )
    read = set(re.findall(r'"(FUHAN_[A-Z_]+|NO_COLOR)"', sources)) - {"FUHAN_SESSION"}
    # FUHAN_SESSION is a setting of Scrapy's, not a variable
    assert read == reference_words.VARIABLES.keys()


def test_words_are_in_both_languages() -> None:
    told = [*reference_words.GROUPS, *reference_words.EXITS.values()]
    told += [each for _, words in sections().values() for each in words.values()]
    for words in told + list(reference_words.VARIABLES.values()):
        assert isinstance(words, Words)
        assert words.zh and words.en
