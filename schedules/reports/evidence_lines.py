"""Why each copy is taken to be of its letter, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schedules.reports.words import said
from schedules.terminal import beijing_text, one_line
from schedules.words.language import Language, Words
from schedules.words.record import (
    ALIKE,
    COMPARED_WITH,
    COPY_STATUS,
    EVIDENCE_LINE,
    MARKS,
    NOTE,
    OTHER_MARKS,
    SAME_MARKS,
    TIES,
)
from storage.records import CopyEvidence


def evidence_lines(evidence: Sequence[CopyEvidence], language: Language) -> Iterator[str]:
    """A line for each tie of a copy: what tied it, and what was compared; inert."""
    for tie in evidence:
        words = said(TIES[tie.tie], language, letter=tie.from_letter)
        status = said(COPY_STATUS[tie.status], language)
        line = said(EVIDENCE_LINE, language, url=tie.url, status=status, tie=words)
        yield one_line(" · ".join([line, *_details(tie, language)]))


def _details(tie: CopyEvidence, language: Language) -> Iterator[str]:
    if tie.with_url:
        yield said(COMPARED_WITH, language, url=tie.with_url)
    for verdict, words in (("same", SAME_MARKS), ("differs", OTHER_MARKS)):
        marks = [_mark(name, language) for name, told in tie.compared.items() if told == verdict]
        if marks:
            yield said(words, language, marks=said(_BETWEEN, language).join(marks))
    if "body" in tie.compared:
        yield said(ALIKE, language, share=tie.compared["body"])
    if tie.decided_at and tie.tie != "first":
        yield beijing_text(tie.decided_at)
    if tie.note:
        yield said(NOTE, language, note=tie.note)


_BETWEEN = Words("、", ", ")


def _mark(name: str, language: Language) -> str:
    return said(MARKS[name], language) if name in MARKS else name
