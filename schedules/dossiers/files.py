"""A dossier's linked files: where they were linked, and every content they were seen with."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from schedules.dossiers import words as dossier_words
from schedules.dossiers.cells import table_row
from schedules.reports.attachment_filing import FiledAttachment
from schedules.reports.file_lines import file_state, unlinked
from schedules.reports.html import web_link
from schedules.reports.words import said
from schedules.terminal import beijing_text, one_line
from schedules.words import attachments as words
from schedules.words.language import Language, Words
from storage.attachments.records import LetterAttachment


def file_blocks(
    links: tuple[LetterAttachment, ...], filed: tuple[FiledAttachment, ...], language: Language
) -> Iterator[str]:
    """Each link with its contents, as markup; every value in it is text."""
    yield f"<p>{escape(said(words.FILED, language))}</p>"
    for link in links:
        yield "<article><table>"
        for label, value in _rows(link, filed, language):
            yield table_row(escape(said(label, language)), value)
        yield "</table></article>"


def _rows(
    link: LetterAttachment, filed: tuple[FiledAttachment, ...], language: Language
) -> Iterator[tuple[Words, str]]:
    yield dossier_words.FILE, escape(one_line(link.name))
    yield words.LINK, web_link(link.url, one_line(link.url))
    yield dossier_words.WHERE, web_link(link.page_url, one_line(link.page_url))
    state = file_state(link, language)
    if gone := unlinked(link, language):
        state = f"{state} · {gone}"
    yield words.STATE, escape(state)
    for content in filed:
        if content.attachment is link:
            yield words.CONTENT, _content(content, language)


def _content(content: FiledAttachment, language: Language) -> str:
    version = content.version
    if content.file:
        where = f'<a href="{escape(content.file)}">{escape(content.file)}</a>'
    else:
        lost = dossier_words.DAMAGED if content.damaged else words.FORGOTTEN
        where = escape(said(lost, language))
    time = f"{beijing_text(version.observed_at)} ({version.observed_at.isoformat()})"
    size = said(dossier_words.SIZE, language, size=version.size)
    headers = "\n".join(one_line(f"{name}: {value}") for name, value in version.headers)
    return (
        f"{where} · {escape(time)} · {version.status}<br>SHA-256 <code>{escape(version.digest)}"
        f'</code> {escape(size)}<p class="text code">{escape(headers)}</p>'
    )
