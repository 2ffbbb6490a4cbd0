"""fuhan's public Python API: typed re-exports; the rooms behind them may change their shape.

import fuhan

with fuhan.open_archive("fuhan.db") as archive:
    for letter in archive.letters():
        print(letter.id, letter.letter.title, letter.urls[0])

reading = fuhan.read_page(body, "https://kjj.cq.gov.cn/…/t20241012_1.html")
"""

from __future__ import annotations

from pathlib import Path

from pipelines.compare import compare_letters
from pipelines.read import explain_page, read_page, read_text
from storage.archive import LetterArchive
from storage.errors import FuhanError
from storage.records import (
    Attachment,
    Capture,
    Change,
    Event,
    EventKind,
    FieldChange,
    FigureChange,
    LetterRecord,
    LetterVersion,
    PageReading,
    Portal,
    PortalState,
    ReplyLetter,
    Significance,
)

__all__ = [
    "Attachment",
    "Capture",
    "Change",
    "Event",
    "EventKind",
    "FieldChange",
    "FigureChange",
    "FuhanError",
    "LetterArchive",
    "LetterRecord",
    "LetterVersion",
    "PageReading",
    "Portal",
    "PortalState",
    "ReplyLetter",
    "Significance",
    "compare_letters",
    "explain_page",
    "open_archive",
    "read_page",
    "read_text",
]


def open_archive(path: str | Path) -> LetterArchive:
    """Opens an existing archive to read, also while a crawl is running; a context manager.

    Raises FuhanError where there is none, or it was written by a newer fuhan.
    """
    return LetterArchive.open_to_read(Path(path))
