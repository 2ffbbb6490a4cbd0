"""What WARC files hold of the portals' pages, put aside in the order of time."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast
from urllib.parse import urlsplit

from schedules.replay.matching import PortalFinder
from storage.records import Capture
from storage.warc.bodies import BadRecord
from storage.warc.marks import (
    ASIDE,
    DOUBTED,
    FILE,
    FILES_ASIDE,
    NOTE,
    NOTED,
    OUTCOME,
    PORTAL,
    REASON,
    SAME_AS,
    STATE,
    TOLD_AS,
)
from storage.warc.notes import note_in
from storage.warc.packing import unpacked_file
from storage.warc.pages import Target, capture_of, head_of, instant_of, target_of
from storage.warc.records import Record, read_records
from storage.warc.spool import Spool
from storage.warc.spooled import Marks, Revisit

SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz", ".wacz")
"""How the files end that are taken from a folder."""

_MOST_MEMBERS = 10_000  # of a WACZ
_LONGEST_REASON = 500
# NUL, ESC and their like
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_PAGES = ("text/html", "application/xhtml", "text/plain", "application/xml", "text/xml")
_DOCUMENTS = ("application/pdf", "application/msword", "application/vnd.", "application/ofd")
# /zwgk/jyta/P020240516.docx · /files/清单.PDF
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|wps|wpt|ofd|ceb|xlsx?|et|pptx?|dps|rtf|csv|zip|rar|7z)$", re.IGNORECASE
)
_MARKS = tuple(name.lower() for name in (OUTCOME, REASON, STATE, TOLD_AS))
_OUTCOME, _NOTE, _PORTAL, _SAME_AS = (name.lower() for name in (OUTCOME, NOTE, PORTAL, SAME_AS))
_PARTIAL = frozenset({"warc-truncated", "warc-segment-number"})
_ANSWERS = frozenset({200, 203, 404, 410})


@dataclass(slots=True)
class Gathered:
    """What the files came to, before any page was read.

    A record is a capture, or one of the `notes`, or one of `skipped`, by why it was passed over;
    `unreadable` are files that are none.
    """

    files: int = 0
    records: int = 0
    notes: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    unreadable: list[tuple[Path, str]] = field(default_factory=list)


def warc_files(paths: list[Path]) -> list[Path]:
    """The files named, and those in folders that are named, in the order of their names.

    Raises OSError for what is not there.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (p for p in path.rglob("*") if p.name.lower().endswith(SUFFIXES))
            found += sorted(p for p in inside if p.is_file())
        else:
            path.open("rb").close()
            found.append(path)
    return list(dict.fromkeys(found))


def gather(
    files: list[Path],
    spool: Spool,
    finder: PortalFinder,
    now: datetime,
    watch: Callable[[int], None] = lambda _: None,
) -> Gathered:
    """Puts every capture of a portal's page into the spool; constant memory.

    Whatever a file holds is counted and never raised; `watch` is told how many files are done.
    Raises ArchiveFull where the temporary disk is.
    """
    gathered = Gathered()
    for path in files:
        gathered.files += 1
        try:
            for name, stream in _streams(path, gathered):
                _Gathering(spool, finder, now, gathered, name).read(stream)
        except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
            # RuntimeError: a zip file's password, or a way of packing that Python does not know
            gathered.unreadable.append((path, str(error)))
        watch(gathered.files)
    gathered.skipped += spool.resolve_revisits()
    gathered.skipped = +gathered.skipped
    return gathered


def _streams(path: Path, gathered: Gathered) -> Iterator[tuple[str, BinaryIO]]:
    """The WARC data of a file: its own, or of a WACZ (a zip file) that of its `archive/`."""
    with path.open("rb") as stream:
        packed_files = stream.read(2) == b"PK"  # not by its end: a WARC's may be a zip file's
        stream.seek(0)
        if not packed_files:
            yield path.name, unpacked_file(stream)
            return
    with zipfile.ZipFile(path) as packed:
        inside = [info for info in packed.infolist() if _is_warc(info.filename)]
        gathered.skipped["too large"] += len(inside[_MOST_MEMBERS:])
        for info in inside[:_MOST_MEMBERS]:
            with packed.open(info) as member:
                yield f"{path.name}/{info.filename}", cast(BinaryIO, member)


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.lower().endswith((".warc", ".warc.gz"))


class _Gathering:
    """Reads one stream of records."""

    def __init__(
        self, spool: Spool, finder: PortalFinder, now: datetime, gathered: Gathered, name: str
    ) -> None:
        self._spool = spool
        self._finder = finder
        self._now = now
        self._gathered = gathered
        self._name = name
        self._target: Target | None = None
        self._portal = ""

    def read(self, stream: BinaryIO) -> None:
        skipped = self._gathered.skipped
        for record in read_records(stream, self._wanted, skipped):
            try:
                self._take(record)
            except BadRecord as error:
                skipped[error.kind] += 1

    def _wanted(self, kind: str, fields: dict[str, str]) -> bool:
        """Whether a record's block is to be read; notes whose it is."""
        self._gathered.records += 1
        told = fields.get(_OUTCOME)
        ours = told or fields.get(_NOTE)
        if kind not in ("response", "revisit") and not (kind == "metadata" and ours):
            self._gathered.skipped["other records"] += 1
            return False
        try:
            self._target = target_of(kind, fields, self._now)
        except BadRecord as error:
            self._gathered.skipped[error.kind] += 1
            return False
        portal = self._finder.portal_of(self._target.url, fields.get(_PORTAL))
        if portal is None:
            self._gathered.skipped["no portal"] += 1
            return False
        if told in FILES_ASIDE:
            self._gathered.skipped["not told"] += 1
            return False
        self._portal = portal.name
        return True

    def _take(self, record: Record) -> None:
        target = self._target
        assert target is not None  # noqa: S101 - set where the record was wanted
        if record.type == "metadata" and _NOTE in record.fields:
            self._spool.add_note(self._portal, target.url, note_in(record.block, self._now))
            self._gathered.notes += 1
        elif record.type == "metadata":
            self._take_note(record, target)
        elif record.type == "revisit":
            self._take_revisit(record, target)
        else:
            self._take_response(record, target)

    def _take_response(self, record: Record, target: Target) -> None:
        marks = _marks(record)
        if marks.outcome is None and _PARTIAL & record.fields.keys():
            raise BadRecord("truncated")
        capture = capture_of(record, target, self._now)
        if marks.outcome is None and _is_file(capture):
            marks = Marks(FILE)
        elif marks.outcome is None:
            _check_page(capture)
        elif marks.outcome in ASIDE and _is_file(capture):  # as older exports mark files
            raise BadRecord("not told")
        digest = record.fields.get("warc-payload-digest")
        if not self._spool.add(self._portal, capture, marks, self._source(record), digest):
            raise BadRecord("same instant")

    def _take_revisit(self, record: Record, target: Target) -> None:
        status, _ = head_of(record, target)
        fields = record.fields
        profile = fields.get("warc-profile", "")
        self._add_revisit(
            record,
            target,
            _marks(record),
            refers_to=self._referred(fields),
            not_modified=status == 304 or profile.endswith("server-not-modified"),
        )

    def _take_note(self, record: Record, target: Target) -> None:
        """A visit whose bytes an export of ours did not have."""
        same_as = record.fields.get(_SAME_AS)
        if same_as is not None:
            shown = (target.url, instant_of(same_as, self._now))
            self._add_revisit(record, target, Marks(NOTED), refers_to=shown, not_modified=False)
        elif (marks := _marks(record)).outcome in {"gone", *ASIDE}:
            capture = Capture(target.url, 404, (), b"", target.at)
            if not self._spool.add(self._portal, capture, marks, self._source(record)):
                raise BadRecord("same instant")
        else:
            raise BadRecord("other records")

    def _add_revisit(
        self,
        record: Record,
        target: Target,
        marks: Marks,
        *,
        refers_to: tuple[str, datetime] | None,
        not_modified: bool,
    ) -> None:
        self._spool.add_revisit(
            self._portal,
            Revisit(
                url=target.url,
                at=target.at,
                payload_digest=record.fields.get("warc-payload-digest"),
                refers_to=refers_to,
                refers_to_id=record.fields.get("warc-refers-to"),
                not_modified=not_modified,
                marks=marks,
                source=self._source(record),
            ),
        )

    def _referred(self, fields: dict[str, str]) -> tuple[str, datetime] | None:
        url, date = fields.get("warc-refers-to-target-uri"), fields.get("warc-refers-to-date")
        try:
            return (url.strip("<>"), instant_of(date, self._now)) if url and date else None
        except BadRecord:
            return None

    def _source(self, record: Record) -> str:
        return f"{self._name} {record.fields.get('warc-record-id', '')}".strip()[:500]


def _marks(record: Record) -> Marks:
    """What our exports say of a record; gone where the portal was not well counts for nothing."""
    outcome, reason, state, told = map(record.fields.get, _MARKS)
    if outcome == "gone" and state not in (None, "ok"):
        outcome = DOUBTED
    return Marks(outcome, _line(reason), state, told)


def _line(text: str | None) -> str | None:
    """What is shown of a record's header: a file may hold anything in it."""
    return _CONTROL.sub(" ", text[:_LONGEST_REASON]).strip() if text else None


def _is_file(capture: Capture) -> bool:
    """Whether an answer may be a file a letter links to: a document and no page."""
    kind = (capture.content_type or "").lower().strip()
    if capture.status != 200 or kind.startswith(_PAGES):
        return False
    return bool(_DOCUMENT.search(urlsplit(capture.url).path)) or kind.startswith(_DOCUMENTS)


def _check_page(capture: Capture) -> None:
    """Raises BadRecord for an answer that says nothing of a letter: a block, a picture, a fault."""
    if not (capture.status in _ANSWERS or 300 <= capture.status < 400):
        raise BadRecord("refused or failed")
    kind = (capture.content_type or "").lower()
    if capture.status in (200, 203) and kind and not kind.strip().startswith(_PAGES):
        raise BadRecord("no page")


@contextmanager
def spooling() -> Iterator[Spool]:
    """A spool that gives its room back at the end."""
    spool = Spool()
    try:
        yield spool
    finally:
        spool.close()
