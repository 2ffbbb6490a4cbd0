"""Where `fuhan clean` takes its page from: a file, stdin, or one careful request."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from crawler.settings import user_agent
from pipelines.page.markup.decode import decode
from pipelines.read import explain_page, read_page, read_text
from schedules.fetch import MAX_BYTES, FetchLimits, fetch_page
from schedules.words import CANNOT_READ_FILE, TOO_LARGE, say
from storage.errors import FuhanError, TooLarge
from storage.records import Capture, PageReading, Portal, SiteProfile

STDIN = "-"


def read_source(
    source: str,
    url: str | None,
    portal: Portal | None,
    profile: SiteProfile | None = None,
    *,
    now: datetime,
    contact: str | None,
    explain: bool = False,
) -> PageReading:
    """The reading of a file, of stdin (`-`), or of an address, which is fetched.

    `profile` is what was learnt of the portal's pages. A file's name decides (`.txt` is text, all
    else a page); stdin and addresses are told apart by what comes. Raises FuhanError where the
    file cannot be read, FetchError where the address cannot be fetched; a page that is no letter
    is no error.
    """
    read = explain_page if explain else read_page
    if "://" in source and not Path(source).exists():
        capture = fetch(source, portal, now=now, contact=contact)
        kind = capture.content_type
        if (kind or "").lower().startswith("text/plain"):
            return _read_text(capture.body, url or capture.url, portal, kind)
        return read(capture.body, url or capture.url, portal, kind, profile)
    body = _bytes_of(source)
    is_text = body.lstrip(_BLANKS)[:1] != b"<" if source == STDIN else _names_text(source)
    if is_text:
        return _read_text(body, url or "", portal, None)
    # without the page's address links stay as they are printed; a path of this machine is none
    return read(body, url or "", portal, None, profile)


def _names_text(source: str) -> bool:
    return source.lower().endswith(".txt")


_BLANKS = b"\xef\xbb\xbf \t\r\n\x0c"


def fetch(
    url: str,
    portal: Portal | None,
    *,
    now: datetime,
    contact: str | None,
    any_status: bool = False,
) -> Capture:
    """One page over the network, private addresses only where the portal says so."""
    private = portal is not None and portal.private_network
    verify = portal is None or portal.verify_tls
    limits = FetchLimits(private_network=private, verify_tls=verify, any_status=any_status)
    return fetch_page(url, user_agent=user_agent(contact), now=now, limits=limits)


def header(capture: Capture, name: str) -> str | None:
    """The value of a capture's first header of that name, whatever its case."""
    return next((value for key, value in capture.headers if key.lower() == name), None)


def _read_text(
    body: bytes, url: str, portal: Portal | None, content_type: str | None
) -> PageReading:
    page = decode(body, content_type)
    reading = read_text(page.text, url, portal)
    letter = replace(reading.letter, warnings=(*page.warnings, *reading.letter.warnings))
    return replace(reading, letter=letter, encoding=page.encoding)


def _bytes_of(source: str) -> bytes:
    try:
        if source == STDIN:
            body = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(source).open("rb") as file:
                body = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise FuhanError(say(CANNOT_READ_FILE, path=source, reason=reason)) from error
    if len(body) > MAX_BYTES:
        raise TooLarge(say(TOO_LARGE, url=source, limit=MAX_BYTES // 2**20))
    return body
