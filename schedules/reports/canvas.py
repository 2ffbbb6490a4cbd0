"""Owns how styled lines become characters: rich, with nothing taken from the surroundings."""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from schedules.reports.excerpts import Excerpt, plain_marks

DELETED = "red strike"
INSERTED = "green bold"


def printed(lines: Iterable[Text], *, colour: bool) -> str:
    """The lines as a string that ends in a newline; escape sequences only with `colour`.

    Long lines are left to the terminal: rich wraps at blanks, which Chinese text has none of,
    and a terminal's own wrapping keeps addresses whole. The lines' text must be inert, for
    rich hands escape sequences on.
    """
    target = io.StringIO()
    console = Console(
        file=target,
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    for line in lines:
        console.print(line, soft_wrap=True)
    return target.getvalue()


def excerpt_text(excerpt: Excerpt, colour: bool) -> Text:
    """A passage with its changes in colour, or in `[-…-]` and `{+…+}`."""
    if not colour:
        return Text(plain_marks(excerpt))
    styles = {"=": "", "-": DELETED, "+": INSERTED}
    return Text.assemble(*((text, styles[sign]) for sign, text in excerpt))
