"""The records of a WARC or ARC file, one after the other, whatever its bytes are.

Headers are parsed by warcio, but for the plainest. What lies under them is read here, because files
come from anywhere: no line, header or record is read beyond its bound, and what is damaged is
counted and passed over.
"""

from __future__ import annotations

import logging
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from storage.warc.heads import Fields, plain_fields

MOST_BLOCK = 32 * 1024 * 1024
"""Bytes of a record's block that are read; larger ones are passed over."""

_PIECE = 64 * 1024
_MOST_LINE = 64 * 1024
_MOST_HEADERS = 1024 * 1024
_MOST_BLANK = 8  # lines between two records
_GZIP = b"\x1f\x8b\x08"
_WARC = (b"WARC/1.0", b"WARC/1.1")
# deflate packs 1,032 to 1 at best; pages of text reach 20
_BOMB_RATIO, _BOMB_BYTES = 200, 256 * 1024 * 1024

logging.getLogger("warcio").setLevel(logging.ERROR)  # it tells of spaces in addresses


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its type, its header fields by lower-case name, and its block.

    `arc` where it stood in an ARC file.
    """

    type: str
    fields: dict[str, str]
    block: bytes
    arc: bool = False


class _Head(NamedTuple):
    """What stands over a record's block; `length` is the block's."""

    type: str
    fields: dict[str, str]
    length: int
    arc: bool = False


class _Unreadable(Exception):
    """The bytes at hand are no record; `kind` is what is counted."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def read_records(
    file: BinaryIO, wanted: Callable[[str, dict[str, str]], bool], skipped: Counter[str]
) -> Iterator[Record]:
    """The records whose type and fields are `wanted`, of a file that may be packed with gzip.

    What could not be read is counted in `skipped` by kind: `damaged` (no record where one should
    be, or one cut short), `truncated` (the file ends inside a record), `too large`, `bomb`.
    Constant memory; raises OSError alone.
    """
    stream = _Stream(file, skipped)
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    while stream.more():
        try:
            yield from _record(stream, loader, wanted, skipped)
        except _Unreadable as error:
            skipped[error.kind] += 1
            stream.find_next_record()


def _record(
    stream: _Stream,
    loader: ArcWarcRecordLoader,
    wanted: Callable[[str, dict[str, str]], bool],
    skipped: Counter[str],
) -> Iterator[Record]:
    line = stream.skip_blank_lines()
    if not line:
        return
    kind, fields, length, arc = _plain_head(stream, line) or _parsed_head(stream, loader, line)
    block = None
    if wanted(kind, fields):
        if length <= MOST_BLOCK:
            block = stream.read(length)
            length -= len(block)
        else:
            skipped["too large"] += 1
    stream.skip(length)
    if block is not None:
        yield Record(kind, fields, block, arc)


def _plain_head(stream: _Stream, line: bytes) -> _Head | None:
    """The head under a record's first line; None, and nothing is read, where it is not plain."""
    if not line.startswith(_WARC) or (found := stream.peek_fields()) is None:
        return None
    fields = {name.lower(): value for name, value in found[0]}
    length = _length(fields.get("content-length"))
    url = fields.get("warc-target-uri", "")
    # warcio takes the first of two fields for some, and mends addresses
    if length is None or len(fields) < len(found[0]) or " " in url or "<" in url:
        return None
    stream.go_to(found[1])
    return _Head(fields.get("warc-type", ""), fields, length)


def _parsed_head(stream: _Stream, loader: ArcWarcRecordLoader, line: bytes) -> _Head:
    """The head by warcio. Raises _Unreadable."""
    stream.begin_headers()
    try:
        parsed = loader.parse_record_stream(stream, line, no_record_parse=True)
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError) as error:
        raise _Unreadable("damaged") from error
    except (ValueError, TypeError, AttributeError, IndexError) as error:  # odd header lines
        raise _Unreadable("damaged") from error
    fields = {name.lower(): value for name, value in parsed.rec_headers.headers}
    arc = parsed.format == "arc"
    length = _length(fields.get("length" if arc else "content-length"))
    if length is None:
        raise _Unreadable("damaged")
    if arc:
        length = int(parsed.length)  # without the lines of the file's own head
    return _Head(parsed.rec_type or "", fields, length, arc)


def _length(text: str | None) -> int | None:
    """`1234`; None for `-5`, `1e9`, `１２` and nothing."""
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


class _Stream:
    """A file's bytes unpacked, with the ends of its gzip members: no record goes across one."""

    def __init__(self, file: BinaryIO, skipped: Counter[str]) -> None:
        self._file = file
        self._skipped = skipped
        self._raw = file.read(_PIECE)  # not yet unpacked
        self._packed = self._raw[:2] == _GZIP[:2]
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if self._packed else None
        self._ready = b""  # unpacked, not yet read
        self._at = 0  # in it
        self._taken = self._given = 0  # of this member
        self._headers = 0
        self._over = False  # the member is

    def more(self) -> bool:
        """Whether any byte is left; goes on to the next member where one is over."""
        while not self._fill():
            if not self._next_member():
                return False
        return True

    def read(self, length: int) -> bytes:
        """Exactly that many bytes; _Unreadable where the member or file ends before."""
        pieces = []
        while length > 0:
            if not self._fill():
                raise _Unreadable(self._ending())
            piece = self._ready[self._at : self._at + length]
            self._at += len(piece)
            length -= len(piece)
            pieces.append(piece)
        return b"".join(pieces)

    def skip(self, length: int) -> None:
        """Passes over that many bytes."""
        while length > 0:
            length -= len(self.read(min(length, _PIECE)))

    def readline(self, length: int | None = None) -> bytes:
        """A line with its end; what warcio reads headers by. _Unreadable beyond the bounds."""
        line = b""
        while self._fill():
            end = self._ready.find(b"\n", self._at)
            stop = len(self._ready) if end < 0 else end + 1
            line += self._ready[self._at : stop]
            self._at = stop
            if len(line) > _MOST_LINE:
                raise _Unreadable("damaged")
            if end >= 0:
                break
        self._headers += len(line)
        if self._headers > _MOST_HEADERS:
            raise _Unreadable("damaged")
        return line

    def peek_fields(self) -> tuple[Fields, int] | None:
        """A record's fields where they are plain and at hand, and the place behind them."""
        return plain_fields(self._ready, self._at, len(self._ready))

    def go_to(self, place: int) -> None:
        """Goes to a place that `peek_fields` gave."""
        self._at = place

    def begin_headers(self) -> None:
        """A record's header lines are counted from here on."""
        self._headers = 0

    def skip_blank_lines(self) -> bytes:
        """The first line that is not blank; nothing at a member's end."""
        self.begin_headers()
        for _ in range(_MOST_BLANK):
            line = self.readline()
            if not line or line.strip():
                return line
        raise _Unreadable("damaged")

    def find_next_record(self) -> None:
        """Goes to the next `WARC/` at a line's beginning, or to the end of the member."""
        tail = b""
        while self._fill():
            piece = tail + self._ready[self._at :]
            found = piece.find(b"\nWARC/")
            if found >= 0:
                self._ready, self._at = piece, found + 1
                return
            tail = piece[-5:]
            self._at = len(self._ready)

    def _ending(self) -> str:
        return "truncated" if not self._raw and not self._peek() else "damaged"

    def _peek(self) -> bool:
        self._raw = self._raw or self._file.read(_PIECE)
        return bool(self._raw)

    def _fill(self) -> bool:
        """Whether an unpacked byte is at hand, of this member."""
        while self._at >= len(self._ready):
            if self._over or not self._peek():
                return False
            if self._unpack is None:
                self._ready, self._raw, self._at = self._raw, b"", 0
            else:
                self._inflate(self._unpack)
        return True

    def _inflate(self, unpack: zlib._Decompress) -> None:
        before = len(self._raw)
        try:
            self._ready, self._at = unpack.decompress(self._raw, _PIECE), 0
        except zlib.error:
            self._ready, self._at = b"", 0
            self._skipped["damaged"] += 1
            self._leave_member()
            return
        self._raw = unpack.unconsumed_tail or unpack.unused_data
        self._taken += before - len(self._raw)
        self._given += len(self._ready)
        if unpack.eof:
            self._over = True
        elif self._given > _BOMB_BYTES and self._given > _BOMB_RATIO * self._taken:
            self._skipped["bomb"] += 1
            self._leave_member()

    def _leave_member(self) -> None:
        """Goes on at what looks like the beginning of another member."""
        self._over = True
        self._raw = self._raw[1:]
        while True:
            found = self._raw.find(_GZIP)
            if found >= 0:
                self._raw = self._raw[found:]
                return
            self._raw = self._raw[-2:] if len(self._raw) > 2 else self._raw
            piece = self._file.read(_PIECE)
            if not piece:
                self._raw = b""
                return
            self._raw += piece

    def _next_member(self) -> bool:
        if not self._packed or not self._peek():
            return False
        if len(self._raw) < len(_GZIP):
            self._raw += self._file.read(_PIECE)
        if not self._raw.startswith(_GZIP[:2]):
            self._skipped["damaged"] += bool(self._raw.strip(b"\x00"))
            self._leave_member()
            if not self._raw:
                return False
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
        self._ready, self._at, self._over = b"", 0, False
        self._taken = self._given = 0
        return True
