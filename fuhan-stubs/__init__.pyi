# Types of the module `fuhan` for type checkers: a single module cannot carry `py.typed`, so a
# stub package beside it names what it gives (PEP 561). The rooms it names carry theirs.
from pathlib import Path

from pipelines.compare import compare_letters as compare_letters
from pipelines.read import explain_page as explain_page
from pipelines.read import read_page as read_page
from pipelines.read import read_text as read_text
from storage.archive import LetterArchive as LetterArchive
from storage.attachments.records import FileState as FileState
from storage.attachments.records import FileVersion as FileVersion
from storage.attachments.records import LetterAttachment as LetterAttachment
from storage.errors import ArchiveError as ArchiveError
from storage.errors import FuhanError as FuhanError
from storage.export import Snapshot as Snapshot
from storage.records import Attachment as Attachment
from storage.records import Block as Block
from storage.records import Capture as Capture
from storage.records import Change as Change
from storage.records import CopyEvidence as CopyEvidence
from storage.records import Event as Event
from storage.records import EventKind as EventKind
from storage.records import FieldChange as FieldChange
from storage.records import FigureChange as FigureChange
from storage.records import LetterRecord as LetterRecord
from storage.records import LetterRef as LetterRef
from storage.records import LetterVersion as LetterVersion
from storage.records import PageReading as PageReading
from storage.records import Portal as Portal
from storage.records import PortalState as PortalState
from storage.records import PortalStatus as PortalStatus
from storage.records import ReplyLetter as ReplyLetter
from storage.records import Significance as Significance
from storage.search.records import Context as Context
from storage.search.records import Search as Search
from storage.search.records import SearchHit as SearchHit

__all__: list[str]

def open_archive(path: str | Path) -> LetterArchive: ...
