"""The last stage: a visit's page is read, compared with what is known, and saved.

What a visit comes to is decided by `judge_visit`, which touches nothing; `LetterStage` asks the
archive what it knows, and writes the verdict down.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipelines.reader import reader_id
from storage.captures import body_digest
from storage.errors import ArchiveError
from storage.policies import Compare
from storage.records import (
    Answer,
    Capture,
    Change,
    CopyHistory,
    Outcome,
    PageVisit,
    Portal,
    ReplyLetter,
    SiteProfile,
    Validators,
)
from storage.session import CrawlSession

_log = logging.getLogger("fuhan.pipelines")

_REFUSED = {
    Answer.GONE: Outcome.GONE,
    Answer.BLOCKED: Outcome.BLOCKED,
    Answer.FAILED: Outcome.FAILED,
}


_WHICH_LETTER = frozenset({"title", "index_number", "submission_number", "submission_title"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a visit comes to.

    `letter` is what was read, where anything was; `reread` is the last version's capture read
    again by a newer reader, to be added to that version.
    """

    outcome: Outcome
    letter: ReplyLetter | None = None
    change: Change | None = None
    reread: ReplyLetter | None = None
    reason: str | None = None


def judge_visit(
    visit: PageVisit,
    history: CopyHistory,
    portal: Portal,
    last_capture: Callable[[int], Capture | None],
    compare: Compare,
    profile: SiteProfile | None = None,
    reader: str | None = None,
) -> Judgement:
    """What a visit comes to, by what is known of its copy. Raises nothing, writes nothing.

    `last_capture` gives the capture of the version to compare with; it is asked for only where
    the reader is not the one that version was read by, so that like is compared with like.
    `profile` is what was learnt of the portal's pages before this run, `reader` the name of the
    reader of both where that is known.
    """
    if visit.answer in _REFUSED:
        return Judgement(_REFUSED[visit.answer], reason=visit.reason)
    reader = reader or reader_id(portal, profile)
    reread = None
    if history.version_id is not None and history.reader != reader:
        reread = _reread(history, portal, profile, last_capture)
    if visit.capture is None:
        if history.version_id is None:
            return Judgement(Outcome.NOT_A_LETTER, reason="304 to a page without letter")
        return Judgement(Outcome.UNCHANGED, reread=reread)
    if _is_known(visit.capture, history, reader):
        return Judgement(Outcome.UNCHANGED)
    letter = _read(visit.capture, portal, profile)
    if not letter.is_letter:
        return Judgement(_refusal(letter), letter, reread=reread, reason=letter.refusal)
    before = reread or history.reading
    if before is None:
        return Judgement(Outcome.NEW, letter)
    if history.forget is not None:  # what is to stay forgotten is no change
        change = compare(history.forget(before), history.forget(letter))
    else:
        change = compare(before, letter)
    return Judgement(Outcome.CHANGED if change else Outcome.UNCHANGED, letter, change, reread)


class LetterStage:
    """Scrapy's item pipeline: takes a `PageVisit`, saves what it came to, hands it on.

    A page our reader stumbles over is one failed visit, told in the log, and no end of the run.
    Raises ArchiveError where the archive cannot be read or written.
    """

    def __init__(self, session: CrawlSession) -> None:
        self._session = session
        self._portals = {portal.name: portal for portal in session.portals}
        self._readers = {
            portal.name: reader_id(portal, session.profiles.get(portal.name))
            for portal in session.portals
        }

    @classmethod
    def from_crawler(cls, crawler: Any) -> LetterStage:
        return cls(crawler.settings["FUHAN_SESSION"])

    def process_item(self, item: PageVisit) -> PageVisit:
        archive, portal = self._session.archive, self._portals[item.portal]
        history = archive.history(item.copy_id)
        judged = self._in_place(item, self._judge(item, history, portal))
        self._save(item, judged, history)
        self._session.watcher.page_saved(item.portal, item.url, judged.outcome, judged.reason)
        return item

    def _judge(self, visit: PageVisit, history: CopyHistory, portal: Portal) -> Judgement:
        session = self._session
        profile, reader = session.profiles.get(portal.name), self._readers[portal.name]
        last_capture = session.archive.last_capture
        try:
            return judge_visit(
                visit, history, portal, last_capture, session.compare, profile, reader
            )
        except ArchiveError:
            raise
        except Exception as error:  # noqa: BLE001 — a fault of ours in one letter among thousands
            extra = {"portal": visit.portal, "url": visit.url}
            _log.exception("%s: %s could not be read", visit.portal, visit.url, extra=extra)
            words = f"{type(error).__name__}: {error}".removesuffix(": ")
            return Judgement(Outcome.FAILED, reason=f"reader error: {words}"[:200])

    def _in_place(self, visit: PageVisit, judged: Judgement) -> Judgement:
        """Where the page shows another letter that is known, its own is gone from there.

        Two letters' words are no edit of one another.
        """
        changed = {field.field for field in judged.change.fields} if judged.change else set()
        if judged.letter is None or "body" not in changed or changed.isdisjoint(_WHICH_LETTER):
            return judged
        stands_at = self._session.archive.letter_in_place(visit, judged.letter)
        if stands_at is None:
            return judged
        reason = f"shows the letter of {stands_at}"
        return replace(judged, outcome=Outcome.GONE, change=None, reason=reason)

    def _save(self, visit: PageVisit, judged: Judgement, history: CopyHistory) -> None:
        archive, reader = self._session.archive, self._readers[visit.portal]
        if judged.reread is not None and history.version_id is not None:
            archive.add_reading(history.version_id, judged.reread, reader)
        history = _dated(history, judged.letter)
        due_at = self._session.next_due(history, judged.outcome, self._session.clock())
        if judged.outcome is Outcome.UNCHANGED:
            archive.save_unchanged(visit, due_at)
        elif judged.outcome in (Outcome.NEW, Outcome.CHANGED) and judged.letter is not None:
            archive.save_letter(visit, judged.letter, reader, judged.change, due_at)
        else:
            # asked again without validators: a 304 could not say what its page came to
            refused = replace(visit, reason=judged.reason, validators=Validators())
            archive.save_refusal(refused, judged.outcome, due_at, reader=reader)


ITEM_PIPELINES = (LetterStage,)
"""The stages a visit goes through, in order."""


def _is_known(capture: Capture, history: CopyHistory, reader: str) -> bool:
    """Whether these very bytes were read as a letter by this very reader."""
    return (
        history.version_id is not None
        and history.reader == reader
        and history.body_digest == body_digest(capture.body)
    )


def _reread(
    history: CopyHistory,
    portal: Portal,
    profile: SiteProfile | None,
    last_capture: Callable[[int], Capture | None],
) -> ReplyLetter | None:
    """The last version, which another reader read, read again; None where it gives no letter."""
    capture = last_capture(history.copy_id)
    letter = _read(capture, portal, profile) if capture is not None else None
    return letter if letter is not None and letter.is_letter else None


def _read(capture: Capture, portal: Portal, profile: SiteProfile | None) -> ReplyLetter:
    from pipelines.read import read_page  # a third of a second: not for a run without news

    return read_page(capture.body, capture.url, portal, capture.content_type, profile).letter


def _refusal(letter: ReplyLetter) -> Outcome:
    named = (letter.refusal or "").startswith("not a letter")
    return Outcome.NOT_A_LETTER if named else Outcome.UNREADABLE


def _dated(history: CopyHistory, letter: ReplyLetter | None) -> CopyHistory:
    """The history with the newest date the letter prints: its age decides when it is due."""
    if letter is None:
        return history
    dates: list[date | None] = [letter.date_written, letter.date_published, letter.date_signed]
    printed = [day for day in [*dates, history.letter_date] if day is not None]
    return replace(history, letter_date=max(printed, default=None))
