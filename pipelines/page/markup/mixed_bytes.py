"""Owns pages put together of parts in two encodings: a GB template around a UTF-8 article."""

from __future__ import annotations

import re

# Between tags and line ends a text has one encoding; none of these is in a GB18030 character.
_SEAM = re.compile(rb"([<>\n]+)")
_ODD = re.compile(rb"[\x80-\xff]+")
_SHORT = 8  # bytes beyond ASCII; so few can be valid under both by accident
_MOST_PARTS = 400_000


def read_mixed(body: bytes, main: str) -> str | None:
    """The text, each part of it under the encoding it is valid in; None for too many parts.

    `main` (utf-8 or gb18030) decides for parts that are valid in both and short, or in none.
    """
    parts = _SEAM.split(body)
    if len(parts) > _MOST_PARTS:
        return None
    return "".join(part.decode("ascii") if part.isascii() else _read(part, main) for part in parts)


def _read(part: bytes, main: str) -> str:
    short = sum(map(len, _ODD.findall(part))) < _SHORT
    for name in (main,) if short else ("utf-8", "gb18030"):
        try:
            return part.decode(name)
        except UnicodeDecodeError:
            continue
    other = "gb18030" if main == "utf-8" else "utf-8"
    try:
        return part.decode(other if short else main)
    except UnicodeDecodeError:
        return part.decode(main, "replace")
