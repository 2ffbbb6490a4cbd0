"""Where the archive lies: all that a look needs of the configuration, and read without the rest."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

SECTIONS = frozenset({"archive", "crawl", "reports", "sinks", "feed", "daemon", "upkeep"})
"""The tables `fuhan.toml` may hold."""
DEFAULT_ARCHIVE = "fuhan.db"
"""Where it lies unless the configuration says otherwise."""


def archive_place(file: Path | None) -> Path | None:
    """The archive's path as `schedules.config.config.load_config` gives it, in a tenth of its time.

    None where the file cannot be read, or `[archive]` is not as plain as nearly always: then the
    whole configuration decides, and says what is wrong. What other tables hold is not checked.
    """
    if file is None:
        return Path(DEFAULT_ARCHIVE)
    try:
        content = tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    path = _plain_path(content)
    return None if path is None else file.parent / Path(path).expanduser()


def _plain_path(content: dict[str, Any]) -> str | None:
    section = content.get("archive", {})
    if not content.keys() <= SECTIONS or not isinstance(section, dict):
        return None
    if not section.keys() <= {"path", "keep_captures"}:
        return None
    if section.get("keep_captures", "changed") not in ("changed", "all"):
        return None
    path = section.get("path", DEFAULT_ARCHIVE)
    # "${DATA}/fuhan.db": the environment fills it in, and what it fills in is a secret
    return path if isinstance(path, str) and "$" not in path else None
