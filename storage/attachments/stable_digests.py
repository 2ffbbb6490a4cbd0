"""A file's digest without what a program writes anew into every download of it.

A server that makes a PDF when it is asked for stamps it with the time and an identifier; one that
packs a Word file does so with its members' times. Neither is a change of the file. A PDF is
digested with those values masked and is never parsed; a zip archive (docx, xlsx, pptx, ofd, zip)
by its members' names and contents, unpacked piece by piece up to a limit and held nowhere. What
cannot be read so is digested as it is.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib

LARGEST_UNPACKED = 64 * 1024 * 1024
"""Bytes read of a zip archive's members; beyond them (a bomb) the archive's own bytes count."""

MASKS = "1:"
"""Before each digest: what is masked here. Another set of masks is another number, and contents
digested by an older one are digested again before they are compared."""

_MOST_MEMBERS = 5_000
_LARGEST_DIRECTORY = 1024 * 1024  # bytes of a zip's list of members
_LARGEST_MASKED = 1024 * 1024  # bytes of a member that may hold times
_PIECE = 256 * 1024
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    RuntimeError,  # a password, or a way of packing that Python does not know
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    KeyError,
    IndexError,
    AttributeError,
)

# /CreationDate (D:20240516103000+08'00') · /ModDate<443A32303234…>
_PDF_DATE = re.compile(
    rb"/(?:CreationDate|ModDate|SourceModified)\s{0,8}(?:\([^()]{0,80}\)|<[0-9A-Fa-f\s]{0,200}>)"
)
# /ID [<3F2A…> <9B1C…>] · /ID[(\214x…)(…)]
_PDF_ID = re.compile(
    rb"/ID\s{0,8}\[\s{0,8}(?:<[0-9A-Fa-f\s]{0,200}>|\((?:[^()\\]|\\.){0,200}\))\s{0,8}"
    rb"(?:<[0-9A-Fa-f\s]{0,200}>|\((?:[^()\\]|\\.){0,200}\))\s{0,8}\]",
    re.DOTALL,
)
# <xmp:ModifyDate>2024-05-16T10:30:00+08:00</xmp:ModifyDate> · xmpMM:InstanceID="uuid:3f2a…"
# <dcterms:modified xsi:type="dcterms:W3CDTF">2024-05-16T02:30:00Z</dcterms:modified>
_XML_TIME = re.compile(
    rb"((?:xmp:(?:CreateDate|ModifyDate|MetadataDate)|xmpMM:(?:DocumentID|InstanceID)"
    rb"|dcterms:(?:created|modified)|cp:(?:revision|lastPrinted))\b[^<>\"']{0,80})"
    rb"(?:(?:\"[^\"<>]{0,40}\"[^<>\"]{0,40})?>[^<>]{0,200}<|=\s{0,8}[\"'][^\"'<>]{0,200}[\"'])"
)
# word/document.xml holds the text, docProps/core.xml the times; OFD's stand in OFD.xml
_TIMED_MEMBER = re.compile(r"(?:^|/)docProps/core\.xml$|(?:^|/)OFD\.xml$", re.IGNORECASE)
# <ofd:CreationDate>2024-05-16</ofd:CreationDate><ofd:ModDate>…</ofd:ModDate><ofd:DocID>3f2a…<
_OFD_TIME = re.compile(rb"((?:ofd:)?(?:CreationDate|ModDate|DocID)\s{0,8}>)[^<>]{0,200}<")


def stable_digest(body: bytes) -> str:
    """SHA-256 of what of a file its maker meant, as `1:9f3a…`; never raises, whatever the bytes.

    Equal for two downloads that differ only in times and identifiers written by a program.
    """
    if body[:4] == b"PK\x03\x04" and (digest := _zip_digest(body)):
        return MASKS + digest
    if b"%PDF-" in body[:1024]:
        body = _PDF_ID.sub(b"/ID", _PDF_DATE.sub(b"/Date", body))
        if b"xmp" in body:
            body = _XML_TIME.sub(rb"\1", body)
    return MASKS + hashlib.sha256(body).hexdigest()


def _zip_digest(body: bytes) -> str | None:
    """Of the members' names and contents, in the names' order; None where that is not to be had."""
    if _directory_size(body) > _LARGEST_DIRECTORY:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                return None
            lines = sorted(_member_lines(archive, members))
    except (*_BROKEN_ZIP, _TooMuchError):
        return None
    return hashlib.sha256("\n".join(lines).encode("utf-8", "backslashreplace")).hexdigest()


class _TooMuchError(Exception):
    """The members take more to unpack than anybody would give."""


def _member_lines(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> list[str]:
    left = LARGEST_UNPACKED
    lines = []
    for member in members:
        digest, size = _member_digest(archive, member, left)
        left -= size
        lines.append(f"{digest} {member.filename}")
    return lines


def _member_digest(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> tuple[str, int]:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _TooMuchError  # others may ask for gigabytes to unpack with
    digest, size, timed = hashlib.sha256(), 0, bytearray()
    is_timed = bool(_TIMED_MEMBER.search(member.filename))
    with archive.open(member) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most or (is_timed and size > _LARGEST_MASKED):
                raise _TooMuchError
            if is_timed:
                timed += piece
            else:
                digest.update(piece)
    if is_timed:
        digest.update(_OFD_TIME.sub(rb"\1", _XML_TIME.sub(rb"\1", bytes(timed))))
    return digest.hexdigest(), size


def _directory_size(body: bytes) -> int:
    """Bytes of a zip's list of members as its end tells (APPNOTE 4.3.16); a lot where it lies."""
    end = body.rfind(b"PK\x05\x06", max(0, len(body) - 66_000))
    if end < 0 or len(body) - end < 22:
        return _LARGEST_DIRECTORY + 1
    return int.from_bytes(body[end + 12 : end + 16], "little")
