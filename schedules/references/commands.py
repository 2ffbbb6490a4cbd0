"""The references: fills the tables of docs/commands.md and docs/configuration.md.

`python -m schedules.references.commands`, in a checkout, brings both up to date. Commands,
arguments and options are click's, keys and defaults the configuration's; what they mean is said
once, in `schedules/cli/help_words.py` and `schedules/config/settings_words.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from schedules.cli.cli import cli
from schedules.cli.help_words import HELP, option_key
from schedules.references import settings as settings_reference
from schedules.references.doc_tables import code, fill, table
from schedules.references.words import EXITS, GROUPS, VARIABLES
from schedules.words.language import Words

DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = DOCS / "commands.md"
CONFIGURATION = DOCS / "configuration.md"


def main() -> None:
    """Writes the references anew."""
    for page in (COMMANDS, CONFIGURATION):
        page.write_text(filled(page), encoding="utf-8")


def filled(page: Path) -> str:
    """The page with each of its tables made anew; what stands between them is kept.

    Raises ValueError for a command that stands in no group, KeyError for a key without words.
    """
    makers = _MAKERS if page == COMMANDS else settings_reference.makers()
    return fill(page.read_text("utf-8"), makers)


def grouped() -> Iterator[tuple[Words, str]]:
    """Every command, subcommands too, with its group's heading.

    Raises ValueError where `GROUPS` has a command twice, leaves one out or names one there is not.
    """
    named = Counter(name for names in GROUPS.values() for name in names)
    there = Counter(cli.list_commands(click.Context(cli)))
    if named != there:
        wrong = ", ".join([*(there - named), *(named - there)])
        raise ValueError(f"GROUPS of schedules/references/words.py, not once or not there: {wrong}")
    for heading, names in GROUPS.items():
        for name in names:
            yield from ((heading, path) for path in _with_subcommands(name))


def the_command(path: str) -> click.Command:
    """The command of a path: `letters join`. Raises ValueError where there is none."""
    name, _, rest = path.partition(" ")
    command = cli.get_command(click.Context(cli), name)
    if rest and isinstance(command, click.Group):
        command = command.get_command(click.Context(command), rest)
    if command is None:
        raise ValueError(f"no command {path}")
    return command


def _with_subcommands(path: str) -> Iterator[str]:
    command = the_command(path)
    yield path
    if isinstance(command, click.Group):
        yield from (f"{path} {name}" for name in command.list_commands(click.Context(command)))


def _index() -> str:
    """Each group with its commands, which lead to their sections."""
    rows: dict[Words, list[str]] = {}
    for heading, path in grouped():
        rows.setdefault(heading, []).append(f"[`{path}`](#fuhan-{path.replace(' ', '-')})")
    lines = ((heading.zh, heading.en, " · ".join(links)) for heading, links in rows.items())
    return table(("用途", "for", "fuhan …"), lines)


def _exits() -> str:
    rows = ((code(str(number)), *words) for number, words in EXITS.items())
    return table(("code", "含义", "meaning"), rows)


def _variables() -> str:
    rows = ((code(name), *words) for name, words in VARIABLES.items())
    return table(("variable", "含义", "meaning"), rows)


def _before() -> str:
    """The options that stand before the command."""
    return _options("", cli)


def _commands() -> str:
    """A section for every command, under the headings of the groups."""
    sections: list[str] = []
    last: Words | None = None
    for heading, path in grouped():
        if heading != last:
            sections.append(f"## {heading.zh} · {heading.en}")
        sections.append(_section(path, the_command(path)))
        last = heading
    return "\n\n".join(sections)


def _section(path: str, command: click.Command) -> str:
    words = HELP[path]
    parts = [f"### `fuhan {path}`", _usage(path, command), words.zh, words.en]
    return "\n\n".join(filter(None, [*parts, _options(path, command)]))


def _usage(path: str, command: click.Command) -> str:
    """`fuhan show [OPTIONS] ID`, as code; a group may need one of its subcommands."""
    context = click.Context(command)
    options = [each for each in command.params if isinstance(each, click.Option)]
    pieces = ["fuhan", path]
    pieces += ["[OPTIONS]"] * bool(options)
    pieces += [each.make_metavar(context) for each in command.params if each not in options]
    if isinstance(command, click.Group):
        pieces.append("[COMMAND]" if command.invoke_without_command else "COMMAND")
    return code(" ".join(pieces))


def _options(path: str, command: click.Command) -> str:
    options = [each for each in command.params if isinstance(each, click.Option)]
    rows = (
        (code(_written(option, command)), *_meaning(HELP[option_key(path, option)], option))
        for option in options
    )
    return table(("选项 option", "含义", "meaning"), rows) if options else ""


def _written(option: click.Option, command: click.Command) -> str:
    """`--output, -o PATH`; `--kind suggestion|proposal`; `--portal NAME …` where it repeats."""
    written = ", ".join(option.opts)
    if not option.is_flag and not option.count:
        written += f" {_value(option, command)}"
    return written + " …" * option.multiple


def _value(option: click.Option, command: click.Command) -> str:
    if isinstance(option.type, click.Choice):
        return "|".join(map(str, option.type.choices))
    return option.make_metavar(click.Context(command))


def _meaning(words: Words, option: click.Option) -> Words:
    """The option's help; its default where it is a word or number the help leaves unsaid."""
    default = option.default
    if option.is_flag or not isinstance(default, (str, int, float, Path)) or default == 0:
        return words
    if f"{default:g}" in words.en if isinstance(default, float) else str(default) in words.en:
        return words
    return Words(f"{words.zh}（默认 `{default}`）", f"{words.en} (default: `{default}`)")


_MAKERS: Mapping[str, Callable[[], str]] = {
    "index": _index,
    "before": _before,
    "exits": _exits,
    "variables": _variables,
    "commands": _commands,
}

if __name__ == "__main__":
    main()
