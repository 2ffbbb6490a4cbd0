"""Whether a crawl of an archive is going on, told without touching its lock."""

from __future__ import annotations

import os
from pathlib import Path

from storage.lock import lock_path


def is_crawl_running(archive: Path) -> bool:
    """Whether the process that took the run lock last is alive.

    The lock itself is not tried: a crawl that began in that moment would be refused. A process
    of another machine or container counts as not running.
    """
    try:
        holder = int(lock_path(archive).read_text("ascii"))
        os.kill(holder, 0)  # signal 0 only asks
    except PermissionError:
        return True
    except (OSError, ValueError, OverflowError):
        return False
    return holder > 0
