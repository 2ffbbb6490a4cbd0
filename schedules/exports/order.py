"""What an export is asked for, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Order:
    """One `fuhan export`: from which cursor on, and where to."""

    after: int | None  # None: every letter
    output: Path | None  # None: stdout
    contacts: bool = False  # contact lines are personal data
    portals: tuple[str, ...] = ()  # of a WARC file: only captures of these, if any are named
    letters: tuple[int, ...] = ()  # and of these


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many letters, and the cursor the next export goes on from."""

    letters: int
    cursor: int
    damaged: int = 0  # captures that could not be written
