"""The folder a demo leaves behind: made afresh, and never where someone else's files lie."""

from __future__ import annotations

from pathlib import Path

from schedules.demo.words import DEMO_NOT_OURS
from schedules.words.language import say
from schedules.words.messages import CANNOT_WRITE_FILE
from schedules.words.system_faults import system_fault
from storage.errors import FuhanError

MARK = "# fuhan demo"

CONFIG = f"""\
{MARK}：这个目录由演示写成，再次演示时重写。 This folder is written anew by each demo.
[archive]
path = "fuhan.db"

[crawl]
portals = "portals"
enabled = ["lanjiang-*"]

[[reports]]
name = "demo"
to = ["file:reports/"]
"""

_OURS = ("fuhan.db*", "portals/lanjiang-*.toml", "reports/demo-*")


def prepare_folder(folder: Path) -> Path:
    """Empties `folder` of an earlier demo and writes its configuration, whose path it gives.

    Raises FuhanError where the folder holds anything but a demo, or cannot be written.
    """
    config = folder / "fuhan.toml"
    try:
        if folder.exists() and any(folder.iterdir()) and not _is_demo(config):
            raise FuhanError(say(DEMO_NOT_OURS, path=folder))
        for pattern in _OURS:
            for path in folder.glob(pattern):
                path.unlink()
        for name in ("portals", "reports"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        config.write_text(CONFIG, encoding="utf-8")
    except OSError as error:
        raise FuhanError(say(CANNOT_WRITE_FILE, path=folder, reason=system_fault(error))) from error
    return config


def _is_demo(config: Path) -> bool:
    try:
        return config.read_text(encoding="utf-8").startswith(MARK)
    except (OSError, UnicodeDecodeError):
        return False
