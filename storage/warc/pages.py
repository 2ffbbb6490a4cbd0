"""What a WARC record says was fetched: address, time, status, headers and the unpacked body."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from warcio.statusandheaders import StatusAndHeadersParser

from storage.clock import from_text
from storage.records import Capture
from storage.warc.bodies import BadRecord, unpacked, without_chunks
from storage.warc.heads import Fields, plain_head
from storage.warc.marks import ORIGINAL
from storage.warc.records import Record

_MOST_HEAD = 256 * 1024
_MOST_HEADERS = 200
_LONGEST_VALUE = 8 * 1024
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)  # of our clock
_HASHES = {"sha1": 20, "sha256": 32, "md5": 16, "sha512": 64}  # bytes

# http://web.archive.org/web/20190501093000id_/http://kjj.example.gov.cn/a.html
_WAYBACK = re.compile(
    r"^https?://web\.archive\.org/web/(?P<time>\d{14})(?P<form>[a-z]{2}_)?/(?P<url>https?://.+)$",
    re.IGNORECASE,
)
# 20030101123000
_DIGITS = re.compile(r"^\d{14}$")
# NUL, line feeds, lone surrogates and their like: never in a header that is stored
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
# content-type, X-Archive-Orig-Date
_NAME = re.compile(r"^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,100}$")


@dataclass(frozen=True, slots=True)
class Target:
    """What a record is about, known before its block is read."""

    url: str
    at: datetime
    unwrapped: bool = False  # out of a web archive's own address, which says when


def target_of(record_type: str, fields: dict[str, str], now: datetime) -> Target:
    """The address and the time of a capture; that of the original where a web archive's answer
    was itself captured.

    Raises BadRecord: `no address`, `bad date` (none, before 1990, or in the future), or
    `rewritten` for a web archive's page with its own links and banner in place of the original.
    """
    url = (fields.get("warc-target-uri") or fields.get("uri") or "").strip().strip("<>")
    url = url.partition("#")[0]
    if not url.lower().startswith(("http://", "https://")) or len(url) > 2000:
        raise BadRecord("no address")
    if _CONTROL.search(url) or " " in url:
        raise BadRecord("no address")
    if found := _WAYBACK.match(url):
        if (found["form"] or "").lower() != "id_":
            raise BadRecord("rewritten")
        return Target(found["url"], instant_of(found["time"], now), unwrapped=True)
    return Target(url, instant_of(fields.get("warc-date") or fields.get("archive-date"), now))


def instant_of(text: str | None, now: datetime) -> datetime:
    """An aware instant, cut to milliseconds as the archive writes them; BadRecord `bad date`.

    Takes WARC's `2019-05-01T09:30:00Z` with or without fractions, ARC's `20190501093000`, and
    HTTP's `Wed, 01 May 2019 09:30:00 GMT`.
    """
    text = (text or "").strip()
    try:
        if _DIGITS.match(text):
            found = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        elif "," in text:
            found = parsedate_to_datetime(text)
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
        else:
            found = from_text(text)
        found = found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError) as error:
        raise BadRecord("bad date") from error
    if not _OLDEST <= found <= now + _AHEAD:
        raise BadRecord("bad date")
    return found.replace(microsecond=found.microsecond // 1000 * 1000)


def capture_of(record: Record, target: Target, now: datetime) -> Capture:
    """The answer a response record holds, its body unpacked.

    Raises BadRecord: `wrong digest`, `damaged`, `truncated` (shorter than its Content-Length),
    `too large`, `bad date`.
    """
    head, payload = _head_and_payload(record)
    check_digest(record, payload)
    headers = _headers(head.headers)
    named = {name.lower(): value for name, value in headers}
    if _is_short(payload, named):
        raise BadRecord("truncated")
    body = unpacked(payload, named)
    at = _captured_at(named, target, now)
    return Capture(target.url, _status(head), _as_they_were(headers), body, at)


def head_of(record: Record, target: Target) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Status and headers of a revisit record; (200, ()) where it has none."""
    if not record.block.strip():
        return 200, ()
    head, _ = _head_and_payload(record)
    return _status(head), _as_they_were(_headers(head.headers))


def check_digest(record: Record, payload: bytes) -> None:
    """Raises BadRecord where the bytes are not those the record's digests are of.

    The block's digest decides. Tools disagree on what the payload is: as it was sent, or without
    its transfer encoding, or unpacked; any of them is taken.
    """
    of_block = _digest_of(record.fields.get("warc-block-digest"))
    if of_block is not None:
        if not _is_digest(of_block, record.block):
            raise BadRecord("wrong digest")
        return
    of_payload = _digest_of(record.fields.get("warc-payload-digest"))
    if of_payload is None:
        return
    if not any(_is_digest(of_payload, form) for form in _payload_forms(record, payload)):
        raise BadRecord("wrong digest")


def is_digest_of(text: str | None, data: bytes) -> bool:
    """Whether `sha1:…` and its like is the digest of these bytes; false where it cannot be told."""
    digest = _digest_of(text)
    return digest is not None and _is_digest(digest, data)


def _is_digest(digest: tuple[str, bytes], data: bytes) -> bool:
    name, value = digest
    return hashlib.new(name, data, usedforsecurity=False).digest() == value


def _payload_forms(record: Record, payload: bytes) -> Iterable[bytes]:
    yield payload
    head, _ = _head_and_payload(record)
    named = {name.lower(): value for name, value in _headers(head.headers)}
    if "transfer-encoding" in named:
        yield without_chunks(payload)
    if "transfer-encoding" in named or "content-encoding" in named:
        yield unpacked(payload, named)


def _digest_of(text: str | None) -> tuple[str, bytes] | None:
    """`sha1:` with base 32 or hexadecimal, `sha256:`, `md5:`; None for what cannot be checked."""
    name, _, value = (text or "").strip().partition(":")
    name = name.lower().replace("-", "")
    size = _HASHES.get(name)
    if size is None:
        return None
    try:
        if len(value) == 2 * size:
            return name, bytes.fromhex(value)
        found = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except ValueError:
        return None
    return (name, found) if len(found) == size else None


class _Head(NamedTuple):
    """What stands over an answer's payload: `HTTP/1.1`, `200 OK`, and the headers."""

    protocol: str
    status: str
    headers: Fields


def _head_and_payload(record: Record) -> tuple[_Head, bytes]:
    if plain := plain_head(record.block, _MOST_HEAD - 1):
        line, fields, end = plain
        protocol, _, status = line.partition(" ")
        return _Head(protocol, status.strip(), fields), record.block[end:]
    stream = io.BytesIO(record.block[:_MOST_HEAD])
    try:
        head = StatusAndHeadersParser([], verify=False).parse(stream)
    except (EOFError, ValueError, TypeError, IndexError, AttributeError) as error:
        raise BadRecord("damaged") from error
    if stream.tell() >= _MOST_HEAD:
        raise BadRecord("too large")
    found = _Head(str(head.protocol), str(head.statusline), head.headers)
    return found, record.block[stream.tell() :]


def _status(head: _Head) -> int:
    """`200 OK` gives 200."""
    found = head.status.split(" ", 1)[0]
    if not head.protocol.upper().startswith("HTTP/") or not re.fullmatch(r"[1-5]\d\d", found):
        raise BadRecord("damaged")
    return int(found)


def _headers(found: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    kept: list[tuple[str, str]] = []
    for name, value in found:
        if len(kept) < _MOST_HEADERS and _NAME.match(name):
            kept.append((name, _CONTROL.sub(" ", value[:_LONGEST_VALUE]).strip()))
    return tuple(kept)


def _as_they_were(headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The names that an archive gave other headers taken back; its own `date` beside it goes."""
    original = {
        name[len(ORIGINAL) :].lower() for name, _ in headers if name.lower().startswith(ORIGINAL)
    }
    return tuple(
        (name[len(ORIGINAL) :] if name.lower().startswith(ORIGINAL) else name, value)
        for name, value in headers
        if name.lower() not in original
    )


def _is_short(payload: bytes, named: dict[str, str]) -> bool:
    length = named.get("content-length", "").strip()
    whole = "transfer-encoding" in named or not (length.isascii() and length.isdecimal())
    return not whole and len(payload) < int(length[:12])


def _captured_at(named: dict[str, str], target: Target, now: datetime) -> datetime:
    """The record's time, or when a web archive captured what it answered with then."""
    original = named.get("x-archive-orig-date")
    if target.unwrapped or original is None:
        return target.at
    return instant_of(named.get("memento-datetime") or original, now)
