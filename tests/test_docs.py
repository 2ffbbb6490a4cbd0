"""What README and help say of the program holds; test_docs_blocks.py tries what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from crawler.demo.days import DAYS
from schedules.cli.cli import cli
from schedules.cli.help_words import HELP, option_key
from schedules.demo.words import DEMO_DAY, DEMO_RIGHT
from schedules.words.language import Words
from tests.archive_story import Story, a_letter
from tests.doc_blocks import commands as doc_commands

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group = cli, path: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        full = f"{path} {name}".strip()
        yield full, command
        if isinstance(command, click.Group):
            yield from commands(command, full)


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


def code_block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```", README, re.M | re.S)
    assert found
    return found[1]


def test_readme_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = a_letter(1)
    Story(tmp_path / "fuhan.db").crawl({"t1.html": letter})
    monkeypatch.chdir(tmp_path)
    exec(compile(code_block("python"), "README.md", "exec"), {})
    assert capsys.readouterr().out == f"1 {letter.title} http://a.example/jyta/t1.html\n"


def test_readme_shows_both_ways_in() -> None:
    lines = [command.typed for command in doc_commands("README.md")]
    assert {"make demo", "make test"} <= set(lines)


def test_readme_shows_the_demo_as_it_is_told() -> None:
    expected = sum(len(day.expects) for day in DAYS)
    assert DEMO_RIGHT.zh.format(expected=expected) in README
    for day in (DAYS[2], DAYS[6]):
        assert DEMO_DAY.zh.format(number=day.number, date=day.date, title=day.title_zh) in README


def test_every_figure_of_the_comparison_is_one_the_benchmarks_printed() -> None:
    printed = (ROOT / "benchmarks" / "README.md").read_text(encoding="utf-8")
    tables = README.partition("## 和别的程序比")[2].partition("## 还不能做的")[0]
    rows = [line.split("|")[2:-1] for line in tables.splitlines() if line.startswith("|")]
    figures = [cell.strip() for row in rows for cell in row if re.search(r"\d", cell)]
    assert len(figures) >= 12
    for figure in figures:
        assert re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d.,])", printed), figure


def test_every_message_is_used_and_fills_the_same_values_in_both_languages() -> None:
    from schedules.config import value_words
    from schedules.words import messages as words

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
