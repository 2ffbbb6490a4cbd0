"""The value of `--after`: a place in the event log."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from schedules.words.language import say
from schedules.words.messages import BAD_CURSOR, CURSOR_BEYOND, CURSOR_FILE_BEYOND
from storage.errors import ConfigError
from storage.published import PublishedArchive

_LARGEST = 2**63 - 1  # SQLite's


class Cursor(click.ParamType[int]):
    """A whole number from 0 on; anything else is a usage error in the user's language."""

    name = "cursor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number."""
        text = str(value)
        if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= _LARGEST):
            raise click.UsageError(say(BAD_CURSOR, value=text), ctx)
        return int(text)


def refuse_beyond(archive: PublishedArchive, after: int | None, file: Path | None = None) -> None:
    """ConfigError for a cursor the archive has not come to: it is of another one, or of this one
    before a backup was restored, and whoever goes on from it would miss what comes up to it.

    `file` is the one it was read from, where it was.
    """
    last = archive.last_cursor()
    if after is None or after <= last:
        return
    if file is not None:
        raise ConfigError(say(CURSOR_FILE_BEYOND, after=after, last=last, path=file))
    raise ConfigError(say(CURSOR_BEYOND, after=after, last=last))
