"""The files a letter links to, as lines of text: state, and every content they were seen with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schedules.reports.words import said
from schedules.terminal import beijing_text, one_line
from schedules.words.attachments import (
    FILE_VERSION,
    FORGOTTEN,
    LAST_SEEN,
    LINK_FORGOTTEN,
    NAMED,
    STATES,
    UNLINKED,
    WITH_REASON,
)
from schedules.words.language import Language
from schedules.words.reasons import answer_reason
from storage.attachments.records import FileState, FileVersion, LetterAttachment


def file_lines(files: Sequence[LetterAttachment], language: Language) -> Iterator[str]:
    """A line a link, with a line a content under it; inert."""
    for file in files:
        yield one_line(" · ".join(_parts(file, language)))
        for version in file.versions:
            line = content_line(version, language)
            yield line if version.kept else f"{line} · {said(FORGOTTEN, language)}"


def content_line(version: FileVersion, language: Language) -> str:
    """Which content of a link, when it was first seen, its size and its digest."""
    return said(
        FILE_VERSION,
        language,
        number=version.number,
        time=beijing_text(version.observed_at),
        size=version.size,
        digest=version.digest,
    )


def file_state(file: LetterAttachment, language: Language) -> str:
    """What the last visit came to, with its reason where it was none that brought the file."""
    state = said(STATES[file.state.value], language)
    if not file.reason or file.state is FileState.KEPT:
        return state
    reason = answer_reason(file.reason, language)
    return one_line(said(WITH_REASON, language, state=state, reason=reason))


def unlinked(file: LetterAttachment, language: Language) -> str:
    """That its page links to it no more, as far as the archive may know; empty where it does."""
    if file.forgotten:
        return said(LINK_FORGOTTEN, language)
    return "" if file.linked else said(UNLINKED, language)


def _parts(file: LetterAttachment, language: Language) -> Iterator[str]:
    state = file_state(file, language)
    if file.name:
        yield said(NAMED, language, name=one_line(file.name), state=state)
    elif any(version.kept for version in file.versions):  # another letter links there, too
        yield state
    if gone := unlinked(file, language):
        yield gone
    if file.last_seen and file.state is not FileState.KEPT:
        yield said(LAST_SEEN, language, time=beijing_text(file.last_seen))
    yield file.url
