"""What goes to stdout and stderr: inert text for people, JSON lines for programs."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime

import click

from schedules.config.environment import in_colour
from storage.clock import BEIJING

# ESC and C1 (cursor, title, colours), NUL, U+202E and its like (reading direction), U+2028;
# tab and newline stay
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def inert(text: str) -> str:
    """`text` with control characters shown as `\\x1b`: no terminal obeys them (fault 47)."""
    escaped = _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode(), text)
    return escaped.encode("utf-8", "backslashreplace").decode("utf-8")


def one_line(text: str) -> str:
    """`text` inert and on one line."""
    return inert(" ".join(text.split()))


def show(text: str = "") -> None:
    """Writes text for people to stdout, inert."""
    click.echo(inert(text))


def tell(text: str) -> None:
    """Writes a message to stderr, inert and on one line."""
    click.echo(one_line(text), err=True)


def write_json(line: str) -> None:
    """Writes a line of JSON to stdout as UTF-8, whatever the locale; JSON escapes controls."""
    click.echo(line.encode("utf-8", "backslashreplace"))


def write_styled(text: str) -> None:
    """Writes text that carries its own colours, which go where stdout is no terminal."""
    click.echo(text, nl=not text.endswith("\n"), color=in_colour(sys.stdout))


def beijing_text(instant: datetime) -> str:
    """An instant as people are shown it: China's time, `2026-05-04 06:20`."""
    return f"{instant.astimezone(BEIJING):%Y-%m-%d %H:%M}"


def show_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes columns side by side; Chinese characters are two cells wide."""
    from rich.cells import cell_len  # only tables are measured

    table = [tuple(heads), *(tuple(one_line(cell) for cell in row) for row in rows)]
    widths = [max(cell_len(row[n]) for row in table) for n in range(len(heads))]
    for row in table:
        cells = (
            cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)
        )
        click.echo("  ".join(cells).rstrip())
