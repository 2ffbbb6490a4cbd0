"""What a body is, by its first bytes: a file of some kind, a page, or a message.

Signatures are those of the formats themselves (ISO 32000 7.5.2, APPNOTE 4.3, MS-CFB 2.2, RFC 2557
and the like). Nothing is unpacked or parsed here.
"""

from __future__ import annotations

import re
from enum import StrEnum
from urllib.parse import unquote, urlsplit

_HEAD = 4096  # bytes looked at
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),  # docx, xlsx, pptx, ofd, wps of today, zip
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),  # doc, xls, ppt, wps, et, dps
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"\x1f\x8b", "gzip"),
)
# A Word or Excel file saved as a page: <html xmlns:x="urn:schemas-microsoft-com:office:excel">
_OFFICE_PAGE = re.compile(rb"urn:schemas-microsoft-com:office|<\?mso-application|^MIME-Version:")
_MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s{0,200}<(?:!|\?xml|[A-Za-z])")
# {"code":404,"msg":"文件不存在"} · [{"error": …
_JSON = re.compile(rb"^(?:\xef\xbb\xbf)?\s{0,200}[\[{]\s{0,50}[\"\[{\]}]")
# …/P020240516.txt · /download.jsp?n=data.csv
_TEXT_NAME = re.compile(r"\.(?:txt|csv)(?![a-z0-9])", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\.(?:pdf|docx?|wpt?s?|ofd|ceb|xlsx?|et|pptx?|dps|rtf|zip|rar|7z|tiff?|jpe?g|png|gif|bmp)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


class Form(StrEnum):
    """What a body can be."""

    PDF = "pdf"
    ZIP = "zip"
    BINARY = "binary"  # any other kind of file
    OFFICE_PAGE = "office page"  # a Word or Excel file that is a page inside
    PAGE = "page"
    JSON = "json"
    TEXT = "text"


def form_of(body: bytes) -> Form:
    """What a body is; never raises, whatever the bytes."""
    head = body[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return Form.PDF
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return Form.ZIP if kind == "zip" else Form.BINARY
    plain = head[2:].replace(b"\x00", b"") if _is_wide(head) else head
    if _MARKUP.match(plain) or plain.startswith(b"MIME-Version:"):
        return Form.OFFICE_PAGE if _OFFICE_PAGE.search(plain) else Form.PAGE
    if _JSON.match(plain):
        return Form.JSON
    return Form.BINARY if plain.translate(None, _CONTROLS) != plain else Form.TEXT


def is_whole(body: bytes) -> bool:
    """Whether a file shows its own end: a PDF and a zip archive do."""
    if form_of(body) is Form.PDF:
        return b"%%EOF" in body[-2048:]
    end = body.rfind(b"PK\x05\x06", max(0, len(body) - 66_000))
    return form_of(body) is Form.ZIP and 0 <= end <= len(body) - 22


def promises_text(url: str, name: str) -> bool:
    """Whether address and name speak of a text file, and of no other kind."""
    try:
        parts = urlsplit(url)
        written = unquote(f"{parts.path}?{parts.query}")
    except ValueError:
        written = url
    return bool(_TEXT_NAME.search(f"{written} {name}")) and not _FILE_NAME.search(written)


def _is_wide(head: bytes) -> bool:
    """Whether a text is in UTF-16, by its mark."""
    return head[:2] in (b"\xff\xfe", b"\xfe\xff")
