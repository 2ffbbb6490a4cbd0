"""The archive's captures as a WARC file (ISO 28500, WARC/1.1).

Nothing is made up: a body stands as it was digested, headers that no longer fit it are renamed
as archivists do, a request holds what must have been sent and nothing else, and a visit whose
bytes were not kept, or what no answer shows, is told in a `metadata` record. `warcinfo` says so in
the file itself.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import BinaryIO

from storage.attachments.contents import load_content
from storage.captures import load_capture
from storage.clock import from_text
from storage.database import Database, Row
from storage.errors import ArchiveDamaged
from storage.records import Capture
from storage.warc.marks import FILE
from storage.warc.noted import notes_chosen
from storage.warc.sources import (
    Observed,
    Origin,
    WarcFilter,
    captures_chosen,
    files_chosen,
    outcome_untold,
    times_seen,
    visits_without_body,
)
from storage.warc.writing import WarcFileWriter, WarcTally

__all__ = ["WarcFilter", "WarcTally", "write_warc"]


def write_warc(
    database: Database,
    out: BinaryIO,
    *,
    filename: str,
    software: str,
    now: datetime,
    chosen: WarcFilter | None = None,
) -> WarcTally:
    """Writes every capture chosen and the files their letters link to, one consistent view of
    them in constant memory; with gzip, unless `filename` ends in `.warc`.

    A damaged capture is left out and counted. Raises ArchiveErrors, and OSError where `out` does.
    """
    chosen = chosen or WarcFilter()
    # its name is all a program goes by that reads `.warc` as it is
    writer = WarcFileWriter(out, packed=not filename.lower().endswith(".warc"))
    writer.information(filename, software, now)
    with database.reading():
        sql, values = captures_chosen(database, chosen)
        writer.tally.letters = database.value(
            f"SELECT count(DISTINCT letter_id) FROM ({sql})",  # noqa: S608
            values,
        )
        for row in database.rows(sql, values):
            try:
                capture = load_capture(database, row["id"])
            except ArchiveDamaged:
                writer.tally.damaged += 1
                continue
            if capture is not None:
                _write_capture(database, writer, row, capture)
        for row in database.rows(*visits_without_body(database, chosen)):
            observed = Observed(row["at"], row["outcome"], row["reason"], row["state"])
            writer.note(row["url"], observed, Origin(row["portal"]))
        for row in database.rows(*files_chosen(database, chosen)):
            _write_file(database, writer, row)
        for url, portal, note in notes_chosen(database, chosen):
            writer.state(url, portal, note)
    return writer.tally


def _write_capture(database: Database, writer: WarcFileWriter, row: Row, capture: Capture) -> None:
    """A capture's response and request, and each later time the copy was seen like it."""
    origin = Origin(row["portal"], row["source"], row["told"])
    times = sorted(times_seen(database, row), key=lambda observed: observed.at)
    own = next((seen for seen in times if seen.at == row["fetched_at"]), None)
    own = own or Observed(row["fetched_at"], outcome_untold(database, row))
    whole = hashlib.sha256(capture.body).hexdigest() == row["digest"]
    response = writer.response(capture, own, origin, whole=whole)
    told = {own.at}
    for observed in times:
        if observed.at in told:
            continue
        told.add(observed.at)
        if observed.same_bytes:
            writer.revisit(capture, response, observed, origin)
        else:
            writer.note(capture.url, observed, origin, like=capture)


def _write_file(database: Database, writer: WarcFileWriter, row: Row) -> None:
    """A linked file's answer, and the last time it had these bytes."""
    try:
        body = load_content(database, row["content_id"])
    except ArchiveDamaged:
        writer.tally.damaged += 1
        return
    headers = tuple((name, value) for name, value in json.loads(row["headers"]))
    at, origin = row["observed_at"], Origin(row["portal"], told=row["told"])
    capture = Capture(row["url"], row["status"], headers, body or b"", from_text(at))
    response = writer.response(capture, Observed(at, row["outcome"]), origin, whole=True)
    if row["last_seen"] and row["last_seen"] > at:
        writer.revisit(capture, response, Observed(row["last_seen"], FILE), origin)
