"""The files a letter links to, as lines of text: state, and every content they were seen with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schedules.attachment_words import (
    ELSEWHERE,
    FILE_VERSION,
    FORGOTTEN,
    LAST_SEEN,
    NAMED,
    REASONS,
    STATES,
    UNLINKED,
    WITH_REASON,
)
from schedules.reports.words import said
from schedules.terminal import beijing_text, one_line
from schedules.words import Language
from storage.attachments.records import FileState, LetterAttachment


def file_lines(files: Sequence[LetterAttachment], language: Language) -> Iterator[str]:
    """A line a link, with a line a content under it; inert."""
    for file in files:
        yield one_line(" · ".join(_parts(file, language)))
        for version in file.versions:
            line = said(
                FILE_VERSION,
                language,
                number=version.number,
                time=beijing_text(version.observed_at),
                size=version.size,
                digest=version.digest,
            )
            yield line if version.kept else f"{line} · {said(FORGOTTEN, language)}"


def file_state(file: LetterAttachment, language: Language) -> str:
    """What the last visit came to, with its reason where it was none that brought the file."""
    state = said(STATES[file.state.value], language)
    if not file.reason or file.state is FileState.KEPT:
        return state
    return one_line(said(WITH_REASON, language, state=state, reason=_reason(file, language)))


def _reason(file: LetterAttachment, language: Language) -> str:
    """The crawl's own words in the reader's language; a status or a server's words as they are."""
    reason = file.reason or ""
    if reason in REASONS:
        return said(REASONS[reason], language)
    if reason.startswith("ForbiddenAddress") and reason.endswith("no host of this portal"):
        return said(ELSEWHERE, language)
    return reason


def _parts(file: LetterAttachment, language: Language) -> Iterator[str]:
    yield said(NAMED, language, name=one_line(file.name), state=file_state(file, language))
    if not file.linked:
        yield said(UNLINKED, language)
    if file.last_seen and file.state is not FileState.KEPT:
        yield said(LAST_SEEN, language, time=beijing_text(file.last_seen))
    yield file.url
