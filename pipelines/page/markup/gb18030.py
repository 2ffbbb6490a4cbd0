"""Owns the text of valid GB18030, read by blocks of lines: most of a page's bytes are ASCII."""

from __future__ import annotations

from collections.abc import Iterator

# What `，` `。、` and `的` in UTF-8 look like in GB18030; no page prints them otherwise.
_MISREAD = "锛銆鐨"
_BLOCK = 1024  # bytes that are looked at as one


def strict_gb18030(plain: bytes) -> str | None:
    """The text of valid GB18030 that is not UTF-8 misread, else None."""
    try:
        text = "".join(_blocks(plain))
    except UnicodeDecodeError:
        return None
    return None if any(mark in text for mark in _MISREAD) else text


def _blocks(plain: bytes) -> Iterator[str]:
    """The text by blocks, each up to a line feed, as no character of GB18030 holds one.

    A block of ASCII, which scripts and styles are, is read in no time; Python's codec looks at
    each byte by itself.
    """
    start = 0
    while start < len(plain):
        end = plain.find(b"\n", start + _BLOCK) + 1 or len(plain)
        block = plain[start:end]
        yield block.decode("ascii" if block.isascii() else "gb18030")
        start = end
