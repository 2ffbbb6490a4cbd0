"""The files of a letter that changed, as `fuhan diff` shows them: what stood there when, and how
to get every one of them out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from rich.text import Text

from schedules.reports.attachment_filing import filed_name
from schedules.reports.canvas import printed
from schedules.reports.file_lines import content_line, unlinked
from schedules.reports.words import said
from schedules.terminal import one_line
from schedules.words.attachments import FILES_CHANGED, FORGOTTEN, GET_FILES
from schedules.words.language import Language
from storage.addresses import address_key
from storage.attachments.records import LetterAttachment
from storage.records import LetterVersion

PlacedFile = tuple[int, LetterAttachment]
"""A link with its place among the letter's, from 1, by which a dossier names its files."""


def changed_files(
    links: Sequence[LetterAttachment], pair: Sequence[LetterVersion] = ()
) -> list[PlacedFile]:
    """The files seen with more than one content, and those only one of two versions links to.

    Copies of a letter that link to one address show it once.
    """
    pages = [{address_key(file.url) for file in version.letter.attachments} for version in pair]
    swapped = pages[0] ^ pages[1] if pages else set()
    found: dict[tuple[str, ...], PlacedFile] = {}
    for place, link in enumerate(links, start=1):
        key, contents = address_key(link.url), [version.digest for version in link.versions]
        if len(contents) > 1 or (contents and key in swapped):
            found.setdefault((key, *contents), (place, link))
    return list(found.values())


def render_changed_files(
    files: Collection[PlacedFile], command: str, language: Language, *, colour: bool = False
) -> str:
    """Each file with all its contents, then the command that writes them; ends in a newline."""
    lines = [Text(said(FILES_CHANGED, language), style="bold")]
    for place, link in files:
        lines += _file_lines(place, link, language)
    lines.append(Text(said(GET_FILES, language, command=command), style="dim"))
    return printed(lines, colour=colour)


def _file_lines(place: int, link: LetterAttachment, language: Language) -> Iterator[Text]:
    parts = (one_line(link.name), unlinked(link, language), one_line(link.url))
    yield Text("  " + " · ".join(part for part in parts if part))
    last = link.versions[-1]
    for version in link.versions:
        name = filed_name(place, link, version)
        where = name if version.kept else said(FORGOTTEN, language)
        sign, style = ("+", "green") if version is last and link.linked else ("−", "red")
        yield Text(f"  {sign}{content_line(version, language)} · {where}", style=style)
