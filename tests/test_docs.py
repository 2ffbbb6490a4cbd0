"""What is written of the program holds: commands in the README exist, every command has help."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from schedules.cli import cli
from schedules.help_words import HELP, option_key
from schedules.portal_files import read_portal
from schedules.words import Words
from tests.archive_story import Story, a_letter

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

# ```console … ``` and ```sh … ``` blocks
_BLOCK = re.compile(r"^```(?:console|sh)\n(.*?)^```", re.M | re.S)


def commands(group: click.Group = cli, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        full = f"{path} {name}".strip()
        yield full, command
        if isinstance(command, click.Group):
            yield from commands(command, full)


def shown_lines() -> list[str]:
    """The `fuhan …` and `make …` lines of the README's shell blocks."""
    lines = "\n".join(_BLOCK.findall(README)).splitlines()
    stripped = (line.removeprefix("$ ").strip() for line in lines)
    return [line for line in stripped if line.startswith(("fuhan ", "make "))]


def test_every_command_and_option_has_help_in_both_languages_and_no_help_is_left_over() -> None:
    keys = {"", "--help"} | {option_key("", p) for p in cli.params if isinstance(p, click.Option)}
    for path, command in commands():
        keys.add(path)
        keys |= {option_key(path, p) for p in command.params if isinstance(p, click.Option)}
    assert keys == HELP.keys()
    for key, words in HELP.items():
        assert isinstance(words, Words)
        assert any("一" <= character <= "鿿" for character in words.zh), key
        assert words.en.isascii(), key


@pytest.mark.parametrize("line", shown_lines())
def test_readme_command_exists(line: str) -> None:
    words = shlex.split(line.partition("#")[0].partition("|")[0].partition(">")[0])
    if words[0] == "make":
        targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M)
        assert set(words[1:]) <= set(targets)
        return
    arguments = words[1:]
    if arguments[0] == "--config":
        arguments = arguments[2:]
    if arguments[0] == "--version":
        return
    path, command = arguments[0], cli.get_command(click.Context(cli), arguments[0])
    assert command is not None
    if isinstance(command, click.Group):
        path, command = f"{path} {arguments[1]}", command.commands[arguments[1]]
    values = arguments[len(path.split()) :]
    command.make_context(path, values)  # a UsageError where the line could not be run


def code_block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", README, re.M | re.S)
    assert found
    return found[1]


def test_readme_portal_file_is_valid(tmp_path: Path) -> None:
    (tmp_path / "my-kjj.toml").write_text(code_block("toml"), encoding="utf-8")
    assert read_portal(tmp_path / "my-kjj.toml", {}).platform == "trs"


def test_readme_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = a_letter(1)
    Story(tmp_path / "fuhan.db").crawl({"t1.html": letter})
    monkeypatch.chdir(tmp_path)
    exec(compile(code_block("python"), "README.md", "exec"), {})
    assert capsys.readouterr().out == f"1 {letter.title} http://a.example/jyta/t1.html\n"


def test_every_console_line_of_the_readme_is_checked() -> None:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", README, re.M | re.S)
    lines = "\n".join(text for _, text in blocks).splitlines()
    prompted = [line.removeprefix("$ ").strip() for line in lines if line.startswith("$ ")]
    assert prompted == shown_lines()


def test_readme_shows_both_ways_in() -> None:
    assert "make demo" in shown_lines()
    assert "make test" in shown_lines()


def test_every_file_the_readme_links_to_exists() -> None:
    # [CHANGELOG](CHANGELOG.md) · ![diff](docs/diff.svg)
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    for link in links:
        assert (ROOT / link).exists(), link


def test_every_message_is_used_and_fills_the_same_values_in_both_languages() -> None:
    from schedules import value_words, words

    sources = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "schedules").rglob("*.py")
        if path.name not in ("words.py", "value_words.py") or path.parent.name == "reports"
    )
    for name, value in (vars(words) | vars(value_words)).items():
        if not name.isupper() or name.startswith("_"):
            continue
        assert re.search(rf"\b{name}\b", sources), f"{name} is not used"
        if isinstance(value, Words):
            fields = [set(re.findall(r"{(\w+)", text)) for text in value]
            assert fields[0] == fields[1], name
