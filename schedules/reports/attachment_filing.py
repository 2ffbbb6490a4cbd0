"""Writes the contents of a letter's linked files into its dossier, under names of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.attachments.records import FileVersion, LetterAttachment
from storage.errors import ArchiveDamaged
from storage.published import PublishedArchive

FILES = "files"

# A kind that opens in a reader and runs nothing by itself: 清单.pdf, P020240516.docx?id=7
_KIND = re.compile(
    r"\.(pdf|docx|xlsx|pptx|ofd|doc|xls|ppt|wps|et|dps|rtf|txt|csv|zip|rar|7z|tiff?|jpe?g|png)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FiledAttachment:
    """One content of a linked file, and the file it was written to.

    None where it is damaged, or was forgotten on request.
    """

    attachment: LetterAttachment
    version: FileVersion
    file: str | None

    @property
    def damaged(self) -> bool:
        """Whether there should be a file and is none."""
        return self.file is None and self.version.kept


def file_attachments(
    archive: PublishedArchive, letter_id: int, directory: Path
) -> tuple[tuple[LetterAttachment, ...], tuple[FiledAttachment, ...]]:
    """A letter's links, and each content they had written byte by byte, one at a time.

    Raises OSError where it cannot be written.
    """
    links = tuple(archive.letter_attachments(letter_id))
    return links, tuple(_filed(archive, links, directory))


def filed_name(place: int, link: LetterAttachment, version: FileVersion) -> str:
    """`files/file-1-2.pdf`: the second content of a letter's first link."""
    return f"{FILES}/file-{place}-{version.number}.{_kind(link)}"


def _filed(
    archive: PublishedArchive, links: tuple[LetterAttachment, ...], directory: Path
) -> Iterator[FiledAttachment]:
    for place, link in enumerate(links, start=1):
        for version in link.versions:
            body = _body(archive, version)
            if body is None:
                yield FiledAttachment(link, version, None)
                continue
            (directory / FILES).mkdir(exist_ok=True)
            name = filed_name(place, link, version)
            (directory / name).write_bytes(body)
            yield FiledAttachment(link, version, name)


def _body(archive: PublishedArchive, version: FileVersion) -> bytes | None:
    try:
        return archive.attachment_body(version.id) if version.kept else None
    except ArchiveDamaged:
        return None


def _kind(link: LetterAttachment) -> str:
    """The ending of the name or address, of those that are known; never a path of theirs."""
    for text in (link.name, link.url):
        if kinds := _KIND.findall(text[-300:]):
            return str(kinds[-1]).lower()
    return "bin"
