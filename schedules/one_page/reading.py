"""How `fuhan clean` reads its page: as a web page, or as a page's text that a corpus kept."""

from __future__ import annotations

from dataclasses import replace

from pipelines.page.markup.decode import decode
from pipelines.read import explain_page, read_page, read_text
from schedules.one_page.page_source import SourcePage
from storage.records import PageReading, Portal, SiteProfile


def read_source(
    source: SourcePage,
    portal: Portal | None,
    profile: SiteProfile | None = None,
    *,
    explain: bool = False,
) -> PageReading:
    """The reading of a page; one that is no letter is no error.

    `profile` is what was learnt of the portal's pages.
    """
    if source.is_text:
        return _read_text(source, portal)
    read = explain_page if explain else read_page
    return read(source.body, source.url, portal, source.content_type, profile)


def _read_text(source: SourcePage, portal: Portal | None) -> PageReading:
    page = decode(source.body, source.content_type)
    reading = read_text(page.text, source.url, portal)
    letter = replace(reading.letter, warnings=(*page.warnings, *reading.letter.warnings))
    return replace(reading, letter=letter, encoding=page.encoding)
