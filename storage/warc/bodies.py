"""Bodies of WARC records as a page is read from: without chunks and content codings, bounded."""

from __future__ import annotations

import io
import zlib

import brotli
import zstandard
from warcio.bufferedreaders import ChunkedDataReader

MOST_BODY = 32 * 1024 * 1024
"""Bytes of a body after unpacking, as for pages a crawl fetches."""


class BadRecord(Exception):
    """A record that tells nothing; `kind` is what is counted."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def unpacked(payload: bytes, named: dict[str, str]) -> bytes:
    """The body under headers `named` in lower case. Raises BadRecord: `damaged`, `too large`."""
    body = payload
    if "chunked" in named.get("transfer-encoding", "").lower():
        body = without_chunks(body)
    for coding in reversed(named.get("content-encoding", "").lower().split(",")):
        body = _decoded(body, coding.strip())
    return body


def without_chunks(payload: bytes) -> bytes:
    """The body without the lengths of its chunks; as it is where there are none.

    Raises BadRecord.
    """
    try:
        body: bytes = ChunkedDataReader(io.BytesIO(payload)).read(MOST_BODY + 1)
    except Exception as error:
        raise BadRecord("damaged") from error
    return body


def _decoded(body: bytes, coding: str) -> bytes:
    """A body without one content coding; as it is where it does not have it, as many archives
    store unpacked bodies under the headers they came with."""
    try:
        if coding in ("gzip", "x-gzip") and body[:2] == b"\x1f\x8b":
            return _inflated(body, 16 + zlib.MAX_WBITS)
        if coding == "deflate" and body:
            return _deflated(body)
        if coding == "br" and body:
            return _from_brotli(body)
        if coding == "zstd" and body[:4] == b"\x28\xb5\x2f\xfd":
            found: bytes = zstandard.ZstdDecompressor().stream_reader(body).read(MOST_BODY + 1)
            return _bounded(found)
    except (zlib.error, brotli.error, zstandard.ZstdError) as error:
        raise BadRecord("damaged") from error
    return body


def _deflated(body: bytes) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return _inflated(body, bits)
        except zlib.error:
            continue
    return body


def _inflated(body: bytes, bits: int) -> bytes:
    unpack = zlib.decompressobj(bits)
    found = _bounded(unpack.decompress(body, MOST_BODY + 1))
    if not unpack.eof:
        raise BadRecord("damaged")  # cut in the middle
    return found


def _from_brotli(body: bytes) -> bytes:
    unpack = brotli.Decompressor()
    try:
        found: bytes = unpack.process(body, output_buffer_limit=MOST_BODY + 1)
    except brotli.error:
        return body
    if not unpack.is_finished() and len(found) <= MOST_BODY:
        raise BadRecord("damaged")  # cut in the middle
    return _bounded(found)


def _bounded(body: bytes) -> bytes:
    if len(body) > MOST_BODY:
        raise BadRecord("too large")
    return body
