"""Heads in their plain form are read as warcio reads them; all others are left to it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeadersParser

from storage.warc.heads import plain_fields, plain_head

HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html;charset=utf-8\r\n"
    b"X-Empty:\r\nServer:  nginx \r\n\r\n"
)

LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                b"HTTP/1.1 200 OK",
                b"Content-Type: text/html",
                b"A:b:c",
                b"A: b",
                b"Empty:",
                b"no colon",
                b" continued",
                b"\tcontinued",
                b"Odd : name",
                b": nameless",
                b"",
                b" ",
                "Ort: 重庆".encode(),
                b"Latin: caf\xe9",
                b"Bell: \x07\x1c",
            ]
        ),
        st.binary(max_size=8),
    ),
    max_size=6,
)


def by_warcio(data: bytes) -> tuple[str, list[tuple[str, str]], int]:
    stream = io.BytesIO(data)
    head = StatusAndHeadersParser([], verify=False).parse(stream)
    line = f"{head.protocol} {head.statusline}".strip()
    return line, [(name, value) for name, value in head.headers], stream.tell()


def test_a_plain_head_is_its_line_and_its_fields() -> None:
    line, fields, end = plain_head(HEAD + b"<html>", 1000) or ("", [], 0)
    assert line == "HTTP/1.1 200 OK"
    assert fields == [
        ("Content-Type", "text/html;charset=utf-8"),
        ("X-Empty", ""),
        ("Server", "nginx"),
    ]
    assert end == len(HEAD)


def test_fields_are_read_from_a_place_on() -> None:
    at = HEAD.index(b"Content-Type")
    fields, end = plain_fields(HEAD, at, len(HEAD)) or ([], 0)
    assert [name for name, _ in fields] == ["Content-Type", "X-Empty", "Server"]
    assert end == len(HEAD)


def test_a_head_that_is_not_over_before_the_end_is_not_plain() -> None:
    assert plain_head(HEAD, len(HEAD)) is not None
    assert plain_head(HEAD, len(HEAD) - 1) is None
    assert plain_head(HEAD[:-2], 1000) is None


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\r\n\r\n",
        b" HTTP/1.1 200 OK\r\n\r\n",
        HEAD.replace(b"\r\n", b"\n"),
        HEAD.replace(b"text/html", b"text/html;\r\n  x=1"),
        HEAD.replace(b"Server:", b"Server :"),
        HEAD.replace(b"nginx", "重庆".encode()),
        HEAD.replace(b"nginx", b"a\tb"),
        HEAD.replace(b"X-Empty:", b"no colon"),
        HEAD.replace(b" OK", b"\x1cOK"),
    ],
)
def test_what_is_not_plain_is_left_to_warcio(odd: bytes) -> None:
    assert plain_head(odd, 1000) is None


@given(LINES, st.sampled_from([b"\r\n", b"\n"]), st.binary(max_size=8))
def test_a_head_taken_for_plain_is_what_warcio_reads(
    lines: list[bytes], line_end: bytes, payload: bytes
) -> None:
    data = line_end.join([*lines, b"", payload])
    plain = plain_head(data, len(data))
    assert plain is None or plain == by_warcio(data)


def test_a_long_head_costs_no_more_than_its_length() -> None:
    data = b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 40_000 + b"odd"
    assert plain_head(data, len(data)) is None
