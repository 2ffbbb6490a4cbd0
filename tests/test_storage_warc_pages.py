"""What a record says was fetched: dates, addresses, digests and bodies of hostile files."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import zstandard

from storage.records import Capture
from storage.warc.bodies import MOST_BODY, BadRecord
from storage.warc.pages import capture_of, instant_of, target_of
from storage.warc.records import Record

NOW = datetime(2026, 5, 1, tzinfo=UTC)
AT = datetime(2019, 5, 1, 9, 30, tzinfo=UTC)
URL = "http://kjj.lanjiang.example/t1.html"
PAGE = "<p>收悉</p>".encode()


def record(body: bytes, *headers: str, status: str = "HTTP/1.1 200 OK", **fields: str) -> Record:
    head = "\r\n".join([status, *headers, "", ""]).encode("latin-1")
    named = {name.replace("_", "-"): value for name, value in fields.items()}
    told = {"warc-target-uri": URL, "warc-date": "2019-05-01T09:30:00Z", **named}
    return Record("response", told, head + body)


def captured(given: Record) -> Capture:
    return capture_of(given, target_of("response", given.fields, NOW), NOW)


def why(given: Record) -> str:
    with pytest.raises(BadRecord) as raised:
        captured(given)
    return raised.value.kind


def test_capture_has_the_records_own_time_and_headers() -> None:
    found = captured(record(PAGE, "Content-Type: text/html", "Server: nginx"))
    assert found == Capture(
        URL, 200, (("Content-Type", "text/html"), ("Server", "nginx")), PAGE, AT
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-05-01T09:30:00Z", AT),
        ("2019-05-01T09:30:00.123456789Z", AT + timedelta(milliseconds=123)),
        ("2019-05-01T17:30:00+08:00", AT),
        ("20190501093000", AT),
        ("Wed, 01 May 2019 09:30:00 GMT", AT),
    ],
)
def test_time_is_read_in_every_form_of_archives(text: str, expected: datetime) -> None:
    assert instant_of(text, NOW) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2019-13-01T00:00:00Z",
        "20190231000000",
        "1970-01-01T00:00:00Z",
        "2099-01-01T00:00:00Z",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+14:00",
        "Wed, 99 May 2019 09:30:00 GMT",
        ",",
        "2019-05-01\x00",
        "２０１９０５０１０９３０００",
    ],
)
def test_time_that_cannot_be_is_a_bad_date(text: str) -> None:
    with pytest.raises(BadRecord, match="bad date"):
        instant_of(text, NOW)


def test_original_out_of_a_web_archive_has_its_own_address_and_time() -> None:
    url = f"https://web.archive.org/web/20150301120000id_/{URL}"
    found = captured(
        record(
            PAGE,
            "Content-Type: text/html; charset=utf-8",
            "X-Archive-Orig-Content-Type: text/html",
            "X-Archive-Orig-Date: Sun, 01 Mar 2015 11:59:58 GMT",
            "Date: Thu, 01 May 2025 00:00:00 GMT",
            warc_target_uri=url,
            warc_date="2025-05-01T00:00:00Z",
        )
    )
    assert found.url == URL
    assert found.fetched_at == datetime(2015, 3, 1, 12, tzinfo=UTC)
    assert found.headers == (
        ("Content-Type", "text/html"),
        ("Date", "Sun, 01 Mar 2015 11:59:58 GMT"),
    )


def test_page_a_web_archive_rewrote_is_not_the_original() -> None:
    url = f"http://web.archive.org/web/20150301120000/{URL}"
    assert why(record(PAGE, warc_target_uri=url)) == "rewritten"


def test_original_date_is_taken_where_the_address_does_not_tell() -> None:
    found = captured(record(PAGE, "X-Archive-Orig-Date: Sun, 01 Mar 2015 11:59:58 GMT"))
    assert found.fetched_at == datetime(2015, 3, 1, 11, 59, 58, tzinfo=UTC)
    assert why(record(PAGE, "X-Archive-Orig-Date: once")) == "bad date"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://a/",
        "dns:a.example",
        "javascript:alert(1)",
        "http://a/\x00",
        "http://a/" + "a" * 3000,
    ],
)
def test_what_is_no_web_address_is_no_capture(url: str) -> None:
    assert why(record(PAGE, warc_target_uri=url)) == "no address"


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("zstd", zstandard.compress(PAGE)),
        ("GZIP", gzip.compress(PAGE, mtime=0)),
        ("gzip", PAGE),  # stored unpacked, under the headers it came with
        ("br", PAGE),
        ("deflate", PAGE),
        ("identity", PAGE),
    ],
)
def test_body_is_unpacked_as_a_crawl_does(coding: str, packed: bytes) -> None:
    assert captured(record(packed, f"Content-Encoding: {coding}")).body == PAGE


def test_chunks_are_put_together_and_what_has_none_stays() -> None:
    chunked = b"5\r\n" + PAGE[:5] + b"\r\n" + f"{len(PAGE) - 5:x}".encode() + b"\r\n" + PAGE[5:]
    chunked += b"\r\n0\r\n\r\n"
    for body in (chunked, PAGE):
        assert captured(record(body, "Transfer-Encoding: chunked")).body == PAGE


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(bytes(MOST_BODY + 1), mtime=0)),
        ("br", brotli.compress(bytes(MOST_BODY + 1))),
        ("zstd", zstandard.compress(bytes(MOST_BODY + 1))),
        ("deflate", zlib.compress(bytes(MOST_BODY + 1))),
    ],
)
def test_bomb_in_a_body_is_too_large(coding: str, packed: bytes) -> None:
    assert why(record(packed, f"Content-Encoding: {coding}")) == "too large"


def test_packed_body_cut_short_is_damaged() -> None:
    cut = gzip.compress(PAGE * 9, mtime=0)[:-12]
    assert why(record(cut, "Content-Encoding: gzip")) == "damaged"


def digest(data: bytes, name: str = "sha1") -> str:
    return f"{name}:" + base64.b32encode(hashlib.new(name, data).digest()).decode().rstrip("=")


def test_wrong_digest_is_told_and_right_ones_pass() -> None:
    right = record(PAGE)
    for name in ("sha1", "sha256", "md5"):
        found = Record(
            "response", right.fields | {"warc-block-digest": digest(right.block, name)}, right.block
        )
        assert captured(found).body == PAGE
    assert why(record(PAGE, warc_block_digest=digest(b"other"))) == "wrong digest"
    assert why(record(PAGE, warc_payload_digest=digest(b"other"))) == "wrong digest"
    hexadecimal = "sha1:" + hashlib.sha1(PAGE).hexdigest()
    assert captured(record(PAGE, warc_payload_digest=hexadecimal)).body == PAGE


def test_payload_digest_may_be_of_the_body_before_or_after_unpacking() -> None:
    packed = gzip.compress(PAGE, mtime=0)
    for data in (packed, PAGE):
        given = record(packed, "Content-Encoding: gzip", warc_payload_digest=digest(data))
        assert captured(given).body == PAGE


@pytest.mark.parametrize("text", ["crc:abc", "sha1:", "sha1:!!!", "sha1", "sha1:ABC", ":"])
def test_digest_nobody_can_check_is_none(text: str) -> None:
    assert captured(record(PAGE, warc_block_digest=text)).body == PAGE


def test_headers_are_stored_without_controls_and_within_bounds() -> None:
    many = [f"X-{n}: {n}" for n in range(1000)]
    found = captured(record(PAGE, "X-A: a\x00b\x07c", "B\x01d: x", "Y: " + "y" * 100_000, *many))
    assert found.headers[0] == ("X-A", "a b c")
    assert len(found.headers) == 200
    assert max(len(value) for _, value in found.headers) == 8192
    assert not any("\x01" in name for name, _ in found.headers)


@pytest.mark.parametrize(
    "status",
    ["HTTP/1.1", "HTTP/1.1 abc", "HTTP/1.1 999", "GET / HTTP/1.1", "", "\x00", "ICY 200 OK"],
)
def test_what_is_no_answer_is_damaged(status: str) -> None:
    assert why(record(PAGE, status=status)) == "damaged"


def test_endless_head_is_too_large() -> None:
    assert why(record(PAGE, *(["X: " + "x" * 60_000] * 6))) == "too large"


def test_body_shorter_than_was_announced_is_truncated() -> None:
    assert why(record(PAGE, f"Content-Length: {len(PAGE) + 1}")) == "truncated"
    for length in (len(PAGE), len(PAGE) - 1, "abc", "-1", "9" * 400):
        given = record(PAGE, f"Content-Length: {length}")
        if length == "9" * 400:
            assert why(given) == "truncated"
        else:
            assert captured(given).body == PAGE
