"""What the process's environment says: the only place, besides the language, that reads it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TextIO

from schedules.words.language import say
from schedules.words.messages import BAD_INSTANT
from storage.clock import Clock, fixed_clock, from_text, system_clock
from storage.errors import ConfigError


def config_path(environment: Mapping[str, str] = os.environ) -> Path | None:
    """The configuration file FUHAN_CONFIG names; None where it names none."""
    value = environment.get("FUHAN_CONFIG")
    return Path(value) if value else None


def log_level(environment: Mapping[str, str] = os.environ) -> str | None:
    """The level FUHAN_LOG names: `debug`, `info`, `warning` or `error`; None for any other."""
    value = environment.get("FUHAN_LOG", "").lower()
    return value if value in ("debug", "info", "warning", "error") else None


def clock(environment: Mapping[str, str] = os.environ) -> Clock:
    """The clock of this run: FUHAN_NOW's instant, standing still, else the machine's.

    A FUHAN_NOW without a zone is UTC. Raises ConfigError where it is no ISO time.
    """
    value = environment.get("FUHAN_NOW")
    return fixed_clock(parse_instant("FUHAN_NOW", value)) if value else system_clock


def parse_instant(name: str, text: str) -> datetime:
    """An ISO date or time as an aware instant; ConfigError that names `name` where it is none."""
    try:
        return from_text(text)
    except (ValueError, OverflowError) as error:
        raise ConfigError(say(BAD_INSTANT, name=name, value=text)) from error


def in_colour(stream: TextIO = sys.stdout, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether `stream` is a terminal whose user did not ask for NO_COLOR (no-color.org)."""
    return on_terminal(stream, environment) and not environment.get("NO_COLOR")


def on_terminal(stream: TextIO, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether a person watches `stream` on a terminal that can redraw a line."""
    return stream.isatty() and environment.get("TERM") != "dumb"
