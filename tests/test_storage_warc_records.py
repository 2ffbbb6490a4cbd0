"""Records are read from whatever bytes there are: bounded, counted, never an exception."""

from __future__ import annotations

import gzip
import io
import random
import tracemalloc
import zlib
from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.warc.records import MOST_BLOCK, Record, read_records
from tests.warc_files import OLD, in_one_member, shot, warc

SHOTS = [shot(number, OLD + timedelta(days=number)) for number in range(1, 5)]
PACKED, PLAIN = warc(SHOTS), warc(SHOTS, packed=False)
ARC_PAGE = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>"
ARC_HEAD = b"1 0 Archive\nURL IP-address Archive-date Content-type Archive-length\n\n"
ARC = (
    f"filedesc://x.arc 0.0.0.0 20030101000000 text/plain {len(ARC_HEAD)}\n".encode()
    + ARC_HEAD
    + f"\nhttp://a.example/1.html 1.2.3.4 20030101123000 text/html {len(ARC_PAGE)}\n".encode()
    + ARC_PAGE
    + b"\n"
)


def read(data: bytes) -> tuple[list[Record], Counter[str]]:
    skipped: Counter[str] = Counter()
    found = list(read_records(io.BytesIO(data), lambda kind, _: kind == "response", skipped))
    return found, +skipped


@pytest.mark.parametrize("data", [PACKED, PLAIN, in_one_member(PACKED)])
def test_packed_singly_packed_together_and_plain_are_read_alike(data: bytes) -> None:
    found, skipped = read(data)
    assert [record.fields["warc-target-uri"] for record in found] == [s.url for s in SHOTS]
    assert all("收悉" in record.block.decode() for record in found)
    assert skipped == {}


def test_arc_is_read() -> None:
    for data in (ARC, gzip.compress(ARC, mtime=0)):
        found, skipped = read(data)
        assert [(r.fields["uri"], r.block, r.arc) for r in found] == [
            ("http://a.example/1.html", ARC_PAGE, True)
        ]
        assert skipped == {}


@pytest.mark.parametrize("data", [PACKED, PLAIN, in_one_member(PACKED)])
def test_file_cut_anywhere_gives_what_came_before(data: bytes) -> None:
    whole, _ = read(data)
    for end in range(0, len(data), 97):
        found, skipped = read(data[:end])
        assert found == whole[: len(found)]
        assert sum(skipped.values()) <= 1


def test_record_cut_short_is_named() -> None:
    found, skipped = read(PLAIN[:-200])
    assert (len(found), skipped) == (3, {"truncated": 1})


@pytest.mark.parametrize("data", [PACKED, PLAIN])
def test_bytes_flipped_anywhere_never_raise(data: bytes) -> None:
    chance = random.Random(7)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        read(bytes(broken))


def test_damaged_member_costs_its_own_record_alone() -> None:
    members = _members(PACKED)
    members[2] = members[2][:40] + b"\xff" * 30 + members[2][70:]
    found, skipped = read(b"".join(members))
    assert [record.fields["warc-target-uri"] for record in found] == [
        SHOTS[n].url for n in (0, 2, 3)
    ]
    assert set(skipped) == {"damaged"}


@pytest.mark.parametrize("length", [b"-5", b"99999999999999999999", b"1e9", b"abc", b"", b"0x10"])
def test_wrong_length_is_damage_and_the_next_record_is_found(length: bytes) -> None:
    at = PLAIN.index(b"Content-Length: ", PLAIN.index(b"WARC-Type: response"))
    end = PLAIN.index(b"\r\n", at)
    found, skipped = read(PLAIN[:at] + b"Content-Length: " + length + PLAIN[end:])
    assert [record.fields["warc-target-uri"] for record in found] == [s.url for s in SHOTS[1:]]
    assert skipped == {"damaged": 1}


def test_length_that_reaches_into_the_next_record_hides_no_more_than_it_covers() -> None:
    at = PLAIN.index(b"Content-Length: ", PLAIN.index(b"WARC-Type: response"))
    end = PLAIN.index(b"\r\n", at)
    longer = int(PLAIN[at + 16 : end]) + 50
    found, _ = read(PLAIN[:at] + f"Content-Length: {longer}".encode() + PLAIN[end:])
    assert [record.fields["warc-target-uri"] for record in found[-2:]] == [s.url for s in SHOTS[2:]]


def test_record_larger_than_is_read_is_passed_over() -> None:
    head = f"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {MOST_BLOCK + 1}\r\n\r\n".encode()
    found, skipped = read(head + bytes(MOST_BLOCK + 1) + b"\r\n\r\n" + PLAIN)
    assert (len(found), skipped) == (4, {"too large": 1})


def test_bomb_is_left_early_and_the_next_member_is_read() -> None:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000000\r\n\r\n"
    bomb = _packed_zeros(head, 400)
    tracemalloc.start()
    found, skipped = read(bomb + PACKED)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [record.fields["warc-target-uri"] for record in found] == [s.url for s in SHOTS]
    assert skipped["bomb"] == 1
    assert peak < 8_000_000


def test_endless_header_is_no_record() -> None:
    line = b"WARC/1.0\r\nX: " + b"a" * 3_000_000 + b"\r\n\r\n"
    many = b"WARC/1.0\r\n" + b"X: a\r\n" * 400_000 + b"\r\n"
    for data in (line, many):
        found, skipped = read(data + b"\r\n" + PLAIN)
        assert len(found) == 4
        assert set(skipped) == {"damaged"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x1f\x8b",
        b"\x1f\x8b\x08\x00",
        b"\x00" * 100_000,
        b"\n" * 100_000,
        b"WARC/1.0",
        b"WARC/1.0\r\n\r\n",
        b"WARC/9.9\r\nWARC-Type: response\r\n\r\n",
        b"WARC/1.0\r\n: \r\n\x00: \x00\r\nContent-Length: 0\r\n\r\n",
        b"http://a.example/ x y z w\n",
        b"<html>no archive</html>",
        b"PK\x03\x04 no zip",
        gzip.compress(b"no archive at all", mtime=0),
        zlib.compress(b"other packing"),
    ],
)
def test_what_is_no_archive_gives_nothing(data: bytes) -> None:
    assert read(data)[0] == []


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=2000), st.booleans())
def test_any_bytes_are_read_to_their_end(data: bytes, packed: bool) -> None:
    read(gzip.compress(data, mtime=0) if packed else data)
    read(b"WARC/1.0\r\n" + data)


def test_a_hundred_thousand_records_take_no_more_memory_than_one() -> None:
    record = b"WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"
    data = record * 30_000
    tracemalloc.start()
    found, skipped = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found, skipped) == ([], {})
    assert peak < 2_000_000


def _members(data: bytes) -> list[bytes]:
    members = []
    while data:
        unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
        unpack.decompress(data)
        members.append(data[: len(data) - len(unpack.unused_data)])
        data = unpack.unused_data
    return members


def _packed_zeros(head: bytes, megabytes: int) -> bytes:
    pack = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    pieces = [pack.compress(head)]
    pieces += [pack.compress(bytes(1_000_000)) for _ in range(megabytes)]
    return b"".join([*pieces, pack.flush()])
