"""A sink that appends to a file of JSON lines, whole lines only, each once."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from schedules.delivery.failures import NotDelivered, os_reason
from schedules.delivery.files import check_folder
from storage.outbox.records import Delivery


class JsonLines:
    """`file:letters.jsonl`: a hundred lines in one write that is on disk before it counts.

    After a crash of ours the file's end tells which of the lines it has already; half a line is
    cut off. A file that was moved away is begun anew.
    """

    batch = 100
    seconds = 120.0

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Appends what is not there yet. Raises NotDelivered."""
        lines = [delivery.content.encode("utf-8", "backslashreplace") for delivery in deliveries]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644), "r+b") as file:
                _append(file, lines)
        except OSError as error:
            raise NotDelivered(f"{self.path.name}: {os_reason(error)}") from error

    def check(self) -> None:
        """Whether the folder can be written; DeliveryError."""
        check_folder(self.path.parent)


def _append(file: BinaryIO, lines: Sequence[bytes]) -> None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - sum(map(len, lines)) - 1))
    tail = file.read()
    whole, torn = _ending(tail)
    if torn and not any(line.startswith(torn) for line in lines):
        torn = b""  # not ours: somebody's line without its end
    kept = size - len(torn)
    missing = lines[_already(whole if torn else tail, lines) :]
    begin = b"\n" if kept and not torn and not tail.endswith(b"\n") and missing else b""
    file.truncate(kept)
    file.seek(kept)
    file.write(begin + b"".join(missing))
    file.flush()
    os.fsync(file.fileno())


def _ending(tail: bytes) -> tuple[bytes, bytes]:
    """The whole lines of a file's end, and what stands behind the last newline."""
    cut = tail.rfind(b"\n") + 1
    return tail[:cut], tail[cut:]


def _already(tail: bytes, lines: Sequence[bytes]) -> int:
    """How many of the lines the file ends with: a crash leaves the first ones, never others."""
    for count in range(len(lines), 0, -1):
        if tail.endswith(b"".join(lines[:count])):
            return count
    return 0
