"""Records of a WARC/1.1 file, plain or a gzip member each, with nothing in them but what is
known."""

from __future__ import annotations

import base64
import hashlib
import io
import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import BinaryIO
from urllib.parse import urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from storage.clock import from_text, to_text
from storage.records import Capture
from storage.warc.marks import NOTE, OUTCOME, PORTAL, REASON, SAME_AS, SOURCE, STATE, TOLD_AS
from storage.warc.notes import Note, block_of, instant_of_note
from storage.warc.sources import Observed, Origin

_VERSION = "WARC/1.1"
_REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_FIELDS = "application/warc-fields"
_RESPONSE = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"
_RENAMED = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(slots=True)
class WarcTally:
    """How many records of each type were written, of how many letters; captures that are
    damaged are left out. `notes` are those of the `metadata` records that tell of no visit,
    `forgotten` addresses of letters that lack something here."""

    letters: int = 0
    records: Counter[str] = field(default_factory=Counter)
    notes: int = 0
    damaged: int = 0
    forgotten: int = 0


class WarcFileWriter:
    """Writes records, and counts them. Their ids follow from what they hold: two exports of one
    archive have the same."""

    def __init__(self, out: BinaryIO, *, packed: bool = True) -> None:
        self._writer = WARCWriter(out, gzip=packed, warc_version=_VERSION)
        self.tally = WarcTally()

    def information(self, filename: str, software: str, now: datetime) -> None:
        """The `warcinfo` record: by what it was written, and what is not recorded."""
        lines = {"software": software, **_INFORMATION}
        self._write("warcinfo", None, now, _FIELDS, _lines(lines), {"WARC-Filename": filename})

    def response(self, capture: Capture, observed: Observed, origin: Origin, *, whole: bool) -> str:
        """A response and the request it answered; gives the response's id.

        `whole` is false where a part of the body was forgotten on request.
        """
        head = _head(capture)
        more = {
            "WARC-Payload-Digest": _digest(capture.body),
            **_marks(observed, origin),
            **({TOLD_AS: origin.told} if origin.told else {}),
            **({} if whole else {"WARC-Truncated": "unspecified"}),
        }
        at, url = capture.fetched_at, capture.url
        response = self._write("response", url, at, _RESPONSE, head + capture.body, more)
        request = _request(url)
        concurrent = {"WARC-Concurrent-To": response, "WARC-Payload-Digest": _digest(b"")}
        if request is not None:
            self._write("request", url, at, _REQUEST, request, concurrent)
        return response

    def revisit(self, capture: Capture, response: str, observed: Observed, origin: Origin) -> None:
        """The same bytes another time."""
        more = {
            "WARC-Profile": _REVISIT,
            "WARC-Refers-To": response,
            "WARC-Refers-To-Target-URI": capture.url,
            "WARC-Refers-To-Date": _date(capture.fetched_at),
            "WARC-Payload-Digest": _digest(capture.body),
            **_marks(observed, origin),
        }
        self._write("revisit", capture.url, from_text(observed.at), _RESPONSE, b"", more)

    def note(
        self, url: str, observed: Observed, origin: Origin, like: Capture | None = None
    ) -> None:
        """A visit whose bytes were not kept; `like` shows the same letter."""
        same = {SAME_AS: _date(like.fetched_at)} if like else {}
        lines = {"outcome": observed.outcome, "reason": observed.reason or ""}
        more = {**_marks(observed, origin), **same}
        self._write("metadata", url, from_text(observed.at), _FIELDS, _lines(lines), more)

    def state(self, url: str, portal: str, note: Note) -> None:
        """What no answer shows of an address."""
        more = {NOTE: note.note, PORTAL: portal}
        self.tally.notes += 1
        self.tally.forgotten += note.note == "forgotten"
        self._write("metadata", url, instant_of_note(note), _FIELDS, block_of(note), more)

    def _write(
        self,
        kind: str,
        url: str | None,
        at: datetime,
        content_type: str,
        block: bytes,
        more: Mapping[str, str],
    ) -> str:
        marked = f"{kind} {url} {to_text(at)} {hashlib.sha256(block).hexdigest()}"
        record_id = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, marked)}>"
        fields = [
            ("WARC-Type", kind),
            ("WARC-Record-ID", record_id),
            ("WARC-Date", _date(at)),
            *([("WARC-Target-URI", _one_line(url))] if url else []),
            *((name, _one_line(value)) for name, value in more.items()),
            ("WARC-Block-Digest", _digest(block)),
        ]
        headers = StatusAndHeaders("", fields, protocol=_VERSION)
        self._writer.write_record(
            ArcWarcRecord("warc", kind, headers, io.BytesIO(block), None, content_type, len(block))
        )
        self.tally.records[kind] += 1
        return record_id


_INFORMATION = {
    "format": "WARC File Format 1.1",
    "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "description": (
        "Captures kept by fuhan. Requests were not stored: each request record holds the method, "
        "the address and the Host that must have been sent, and no other header. Of an answer "
        "the status, the headers (names in lower case, the first value of each) and the body "
        "after content decoding were stored; the protocol version and the reason phrase are "
        "conventional, and headers that describe the body as it was sent begin with "
        "X-Archive-Orig-. A revisit record stands for a visit that brought the same bytes or was "
        "answered 304, which is not told apart; a metadata record for one whose bytes were not "
        "kept. Fuhan-Outcome says what each visit came to. A metadata record with Fuhan-Note holds "
        "as JSON, in the field json-metadata, what no answer shows: when and where an address was "
        "listed, what was told of it and decided by hand, what a linked file answered last, and "
        "that something was forgotten."
    ),
}


def _head(capture: Capture) -> bytes:
    """Status line and headers as stored; those that describe the body as it was sent renamed."""
    try:
        phrase = HTTPStatus(capture.status).phrase
    except ValueError:
        phrase = ""
    lines = [f"HTTP/1.1 {capture.status} {phrase}"]
    for name, value in capture.headers:
        describes = name.lower() in _RENAMED and not (
            name.lower() == "content-length" and value.strip() == str(len(capture.body))
        )
        lines.append(f"{'X-Archive-Orig-' if describes else ''}{name}: {_one_line(value)}")
    text = "\r\n".join([*lines, "", ""])
    try:
        return text.encode("latin-1")  # as headers were decoded when they came
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _request(url: str) -> bytes | None:
    """The least a request for the address must have held; None for an address that is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    place = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = host if port is None else f"{host}:{port}"
    return f"GET {place} HTTP/1.1\r\nHost: {named}\r\n\r\n".encode()


def _marks(observed: Observed, origin: Origin) -> dict[str, str]:
    marks = {
        OUTCOME: observed.outcome,
        REASON: observed.reason,
        STATE: observed.state,
        PORTAL: origin.portal,
        SOURCE: origin.source,
    }
    return {name: value for name, value in marks.items() if value}


def _lines(fields: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items()).encode()


def _one_line(text: str) -> str:
    """`text` as a header may hold it: no line feeds, no NUL, no lone surrogates."""
    shown = "".join(
        " " if character < " " or character == "\x7f" else character for character in text
    )
    return shown.encode("utf-8", "replace").decode()


def _digest(data: bytes) -> str:
    """`sha1:` with base 32, which every tool checks."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def _date(instant: datetime) -> str:
    """`2026-05-03T22:20:00Z`, with milliseconds only where there are any."""
    return to_text(instant).replace(".000Z", "Z")
