"""The value of `--after`: a place in the event log."""

from __future__ import annotations

from typing import Any

import click

from schedules.words.language import say
from schedules.words.messages import BAD_CURSOR

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
