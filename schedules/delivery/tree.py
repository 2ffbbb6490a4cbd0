"""A sink that keeps a tree of text files, one a letter, as `fuhan export --format text` does."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from schedules.delivery.failures import NotDelivered, os_reason
from schedules.delivery.files import check_folder
from storage.errors import DeliveryError, FuhanError
from storage.outbox.records import Delivery


class LetterTree:
    """`tree:letters/`: a letter's file is written, moved to `withdrawn/` or taken away."""

    batch = 100  # the index is written once for all of them
    seconds = 300.0

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, deliveries: Sequence[Delivery], now: datetime) -> None:
        """Brings the files of these letters up to date; done twice, they are the same."""
        from schedules.exports.tree import update_tree

        last: dict[int, dict[str, Any]] = {}
        for delivery in deliveries:
            line = json.loads(delivery.content)
            last[line["id"]] = {name: line[name] for name in line if name != "event"}
        try:
            update_tree(self.folder, (last[number] for number in sorted(last)))
        except DeliveryError:
            raise
        except FuhanError as error:
            raise NotDelivered(str(error)) from error
        except OSError as error:
            raise NotDelivered(f"{self.folder.name}: {os_reason(error)}") from error

    def check(self) -> None:
        """Whether the folder can be written; DeliveryError."""
        check_folder(self.folder)
