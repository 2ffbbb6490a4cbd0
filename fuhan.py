"""fuhan's public Python API: typed re-exports; the rooms behind them may change their shape.

import fuhan

with fuhan.open_archive("fuhan.db") as archive:
    for letter in archive.letters():
        print(letter.id, letter.title, letter.url)

page = fuhan.read_page(body, "https://kjj.cq.gov.cn/…/t20241012_1.html")

More in docs/python.md. What reads pages or opens archives is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from storage.attachments.records import FileState, FileVersion, LetterAttachment
from storage.errors import ArchiveError, FuhanError
from storage.records import (
    Attachment,
    Block,
    Capture,
    Change,
    CopyEvidence,
    Event,
    EventKind,
    FieldChange,
    FigureChange,
    LetterRecord,
    LetterRef,
    LetterVersion,
    PageReading,
    Portal,
    PortalState,
    PortalStatus,
    ReplyLetter,
    Significance,
)
from storage.search.records import Context, Search, SearchHit

if TYPE_CHECKING:
    from pipelines.compare import compare_letters
    from pipelines.read import explain_page, read_page, read_text
    from storage.archive import LetterArchive
    from storage.export import Snapshot

__all__ = [
    "ArchiveError",
    "Attachment",
    "Block",
    "Capture",
    "Change",
    "Context",
    "CopyEvidence",
    "Event",
    "EventKind",
    "FieldChange",
    "FigureChange",
    "FileState",
    "FileVersion",
    "FuhanError",
    "LetterArchive",
    "LetterAttachment",
    "LetterRecord",
    "LetterRef",
    "LetterVersion",
    "PageReading",
    "Portal",
    "PortalState",
    "PortalStatus",
    "ReplyLetter",
    "Search",
    "SearchHit",
    "Significance",
    "Snapshot",
    "compare_letters",
    "explain_page",
    "open_archive",
    "read_page",
    "read_text",
]

_LATER = {
    "LetterArchive": "storage.archive",
    "Snapshot": "storage.export",
    "compare_letters": "pipelines.compare",
    "explain_page": "pipelines.read",
    "read_page": "pipelines.read",
    "read_text": "pipelines.read",
}


def __getattr__(name: str) -> object:
    """Imports what takes long to import when it is first asked for (PEP 562)."""
    if name not in _LATER:
        raise AttributeError(f"module 'fuhan' has no attribute {name!r}")
    value: object = getattr(import_module(_LATER[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


def open_archive(path: str | Path) -> LetterArchive:
    """Opens an existing archive to read, also while a crawl is running; a context manager.

    Raises ArchiveError, a FuhanError, where there is none, it cannot be read, or it was written by
    a newer fuhan.
    """
    from storage.archive import LetterArchive

    return LetterArchive.open_to_read(Path(path))
