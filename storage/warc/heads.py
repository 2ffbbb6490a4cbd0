"""The fields of records and answers in their plain form, a line each, as nearly all have them.

warcio reads every form there is and asks for line after line: a quarter of the time that opening a
record took. What is not plain (continued lines, bare line feeds, other scripts) is left to it.
"""

from __future__ import annotations

import re

Fields = list[tuple[str, str]]
"""Names and values in their order."""

# WARC-Date: 2019-05-01T09:30:00Z · Content-Type: text/html;charset=utf-8, and the blank line
_LINES = re.compile(rb"((?:[!#$%&'*+\-.^_`|~0-9A-Za-z]++:[ -~]*+\r\n)*+)\r\n")
_FIELD = re.compile(r"([^:]+):(.*)\r\n")


def plain_fields(data: bytes, at: int, end: int) -> tuple[Fields, int] | None:
    """The fields from `at` on, and where they are over; None where they are not plain, or not
    over before `end`."""
    lines = _LINES.match(data, at, end)
    if lines is None:
        return None
    found = _FIELD.findall(lines[1].decode("ascii"))
    return [(name, value.strip(" ")) for name, value in found], lines.end()


def plain_head(data: bytes, end: int) -> tuple[str, Fields, int] | None:
    """The first line, the fields under it, and where they are over; None as for `plain_fields`."""
    line_end = data.find(b"\r\n", 0, end)
    line = data[: max(line_end, 0)].decode("latin-1").rstrip()
    if not (line.isascii() and line.isprintable()) or line[:1] in ("", " "):
        return None
    found = plain_fields(data, line_end + 2, end)
    return (line, *found) if found else None
