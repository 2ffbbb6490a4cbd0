"""Where `fuhan clean` takes its page from: a file or stdin; `fetch.py` asks for an address."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from schedules.words.language import say
from schedules.words.messages import CANNOT_READ_FILE, TOO_LARGE
from schedules.words.system_faults import system_fault
from storage.errors import FuhanError, TooLarge

MAX_BYTES = 32 * 1024 * 1024  # of one page, after content decoding
STDIN = "-"
_BLANKS = b"\xef\xbb\xbf \t\r\n\x0c"


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A page as it was found: its bytes, its own address or "", and whether it is plain text."""

    body: bytes
    url: str
    is_text: bool
    content_type: str | None = None


def is_address(source: str) -> bool:
    """Whether the page is to be fetched; a file of that name goes before."""
    return "://" in source and not Path(source).exists()


def page_of_file(source: str, url: str | None) -> SourcePage:
    """A file's page, or that of stdin (`-`); FuhanError where it cannot be read.

    The name decides (`.txt` is text, all else a page); stdin is told apart by what comes. Without
    the page's address links stay as they are printed: a path of this machine is none.
    """
    body = _bytes_of(source)
    is_text = (
        body.lstrip(_BLANKS)[:1] != b"<" if source == STDIN else source.lower().endswith(".txt")
    )
    return SourcePage(body, url or "", is_text)


def _bytes_of(source: str) -> bytes:
    try:
        if source == STDIN:
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                body = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise FuhanError(say(CANNOT_READ_FILE, path=source, reason=system_fault(error))) from error
    if len(body) > MAX_BYTES:
        raise TooLarge(say(TOO_LARGE, url=source, limit=MAX_BYTES // 2**20))
    return body
