"""What a visit comes to, and what of it is written down."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from pipelines.reader import reader_id
from pipelines.stages import Judgement, LetterStage, judge_visit
from storage.archive import LetterArchive
from storage.clock import fixed_clock
from storage.errors import ArchiveDamaged
from storage.records import (
    Answer,
    Capture,
    Change,
    CopyHistory,
    Outcome,
    PageReading,
    PageVisit,
    Portal,
    ReplyLetter,
    Significance,
    SiteProfile,
    Validators,
)
from storage.session import CrawlSession

NOW = datetime(2026, 5, 4, 6, tzinfo=UTC)
URL = "https://msj.qinglan.gov.cn/zwgk/jyta/202406/t20240603_31.html"
PORTAL = Portal("msj", "青岚市民生事务局", "trs")
READER = reader_id(PORTAL)
KNOWN = ReplyLetter(title="关于第0031号提案的复函", body="周明远委员：\n服务老人120户。")
EDITED = replace(KNOWN, body="周明远委员：\n服务老人150户。", date_signed=date(2024, 6, 3))
BODY = b"<p>31</p>"


@pytest.fixture(autouse=True)
def reading(monkeypatch: pytest.MonkeyPatch) -> dict[bytes, ReplyLetter]:
    """What the reader makes of each body: a test may set more."""
    letters = {BODY: KNOWN}

    def read(
        body: bytes,
        url: str,
        portal: Portal | None = None,
        content_type: str | None = None,
        profile: SiteProfile | None = None,
    ) -> PageReading:
        return PageReading(letters[body])

    monkeypatch.setattr("pipelines.read.read_page", read)
    return letters


def visit(
    answer: Answer = Answer.PAGE, body: bytes | None = BODY, reason: str | None = None
) -> PageVisit:
    capture = None if body is None else Capture(URL, 200, (("content-type", "x"),), body, NOW)
    return PageVisit(1, "msj", 7, URL, answer, NOW, reason, capture, Validators('"e"'))


def history(**known: Any) -> CopyHistory:
    """A copy never read, or one that `known` says more of."""
    start = NOW - timedelta(days=90)
    return replace(
        CopyHistory(7, "msj", URL, None, start, None, start, None, None, None, None, None, None),
        **known,
    )


READ = history(
    letter_id=1,
    body_digest=hashlib.sha256(BODY).hexdigest(),
    reader=READER,
    version_id=5,
    reading=KNOWN,
)


def compare(before: ReplyLetter, after: ReplyLetter) -> Change | None:
    return None if before.body == after.body else Change(Significance.SUBSTANCE, ())


def judge(
    visited: PageVisit, known: CopyHistory, last: Capture | None = None, *, may_ask: bool = False
) -> Judgement:
    def last_capture(copy_id: int) -> Capture | None:
        assert may_ask, "the last capture is wanted only for another reader"
        return last

    return judge_visit(visited, known, PORTAL, last_capture, compare)


def test_first_reading_is_new() -> None:
    assert judge(visit(), history()) == Judgement(Outcome.NEW, KNOWN)


def test_same_bytes_are_unchanged_without_being_read(reading: dict[bytes, ReplyLetter]) -> None:
    reading.clear()
    assert judge(visit(), READ) == Judgement(Outcome.UNCHANGED)


def test_other_bytes_with_the_same_letter_are_unchanged(reading: dict[bytes, ReplyLetter]) -> None:
    reading[b"counter 2"] = KNOWN
    assert judge(visit(body=b"counter 2"), READ).outcome is Outcome.UNCHANGED


def test_edited_letter_is_changed(reading: dict[bytes, ReplyLetter]) -> None:
    reading[b"150"] = EDITED
    judged = judge(visit(body=b"150"), READ)
    assert (judged.outcome, judged.letter) == (Outcome.CHANGED, EDITED)
    assert judged.change is not None


def test_304_is_unchanged() -> None:
    assert judge(visit(Answer.NOT_MODIFIED, None), READ) == Judgement(Outcome.UNCHANGED)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer.GONE, Outcome.GONE),
        (Answer.BLOCKED, Outcome.BLOCKED),
        (Answer.FAILED, Outcome.FAILED),
    ],
)
def test_answers_without_a_page_are_never_read(answer: Answer, outcome: Outcome) -> None:
    judged = judge(visit(answer, b"unknown bytes", "404"), READ)
    assert judged == Judgement(outcome, reason="404")


@pytest.mark.parametrize(
    ("refusal", "outcome"),
    [
        ("not a letter: a notice", Outcome.NOT_A_LETTER),
        ("unreadable: no article", Outcome.UNREADABLE),
        (None, Outcome.UNREADABLE),
    ],
)
def test_refusals_keep_their_words(
    reading: dict[bytes, ReplyLetter], refusal: str | None, outcome: Outcome
) -> None:
    reading[b"x"] = ReplyLetter(is_letter=False, refusal=refusal)
    judged = judge(visit(body=b"x"), READ)
    assert (judged.outcome, judged.reason) == (outcome, refusal)


def test_better_reader_is_no_change(reading: dict[bytes, ReplyLetter]) -> None:
    better = replace(KNOWN, body=KNOWN.body + "\n青岚市民生事务局")
    old, new = b"old page", b"new page"
    reading.update({old: better, new: better})
    known = replace(READ, reader="0-old")
    last = Capture(URL, 200, (), old, NOW)
    judged = judge(visit(body=new), known, last, may_ask=True)
    assert judged == Judgement(Outcome.UNCHANGED, better, None, better)


def test_better_reader_reads_a_304_again_too(reading: dict[bytes, ReplyLetter]) -> None:
    reading[b"old page"] = EDITED
    last = Capture(URL, 200, (), b"old page", NOW)
    judged = judge(
        visit(Answer.NOT_MODIFIED, None), replace(READ, reader="0-old"), last, may_ask=True
    )
    assert judged == Judgement(Outcome.UNCHANGED, reread=EDITED)


def test_better_reader_that_refuses_the_old_page_leaves_its_reading(
    reading: dict[bytes, ReplyLetter],
) -> None:
    reading[b"old page"] = ReplyLetter(is_letter=False, refusal="unreadable: empty")
    last = Capture(URL, 200, (), b"old page", NOW)
    judged = judge(visit(), replace(READ, reader="0-old"), last, may_ask=True)
    assert judged == Judgement(Outcome.UNCHANGED, KNOWN)


# --- what is written ---------------------------------------------------------------------------


class FakeArchive:
    """Notes what is written to it."""

    def __init__(self, known: CopyHistory) -> None:
        self.known = known
        self.written: list[tuple[Any, ...]] = []

    def history(self, copy_id: int) -> CopyHistory:
        return self.known

    def last_capture(self, copy_id: int) -> Capture | None:
        return Capture(URL, 200, (), BODY, NOW)

    def add_reading(self, version_id: int, letter: ReplyLetter, reader: str) -> None:
        self.written.append(("reading", version_id, letter, reader))

    def save_unchanged(self, visited: PageVisit, due_at: datetime) -> None:
        self.written.append(("unchanged", visited))

    def save_letter(
        self,
        visited: PageVisit,
        letter: ReplyLetter,
        reader: str,
        change: Change | None,
        due_at: datetime,
    ) -> Outcome:
        self.written.append(("letter", visited, letter, reader, change))
        return Outcome.NEW

    def save_refusal(
        self, visited: PageVisit, outcome: Outcome, due_at: datetime, *, reader: str | None = None
    ) -> None:
        self.written.append(("refusal", visited, outcome, reader))


class Watched:
    def __init__(self) -> None:
        self.saved: list[tuple[str, Outcome, str | None]] = []

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None:
        self.saved.append((url, outcome, reason))


def run(visited: PageVisit, known: CopyHistory) -> tuple[FakeArchive, Watched, list[CopyHistory]]:
    """One visit through the stage: what was written, told, and what the next date was asked of."""
    archive, watcher, asked = FakeArchive(known), Watched(), []

    def next_due(history: CopyHistory, outcome: Outcome, now: datetime) -> datetime:
        asked.append(history)
        return now + timedelta(days=1)

    session = CrawlSession(
        archive=cast(LetterArchive, archive),
        portals=(PORTAL,),
        clock=fixed_clock(NOW),
        compare=compare,
        next_due=next_due,
        watcher=cast(Any, watcher),
    )
    stage = LetterStage.from_crawler(SimpleNamespace(settings={"FUHAN_SESSION": session}))
    assert stage.process_item(visited) is visited
    return archive, watcher, asked


def test_new_letter_is_saved_with_its_reader() -> None:
    archive, watcher, _ = run(visit(), history())
    assert archive.written == [("letter", visit(), KNOWN, READER, None)]
    assert watcher.saved == [(URL, Outcome.NEW, None)]


def test_unchanged_visit_keeps_its_validators_and_capture() -> None:
    archive, _, _ = run(visit(), READ)
    assert archive.written == [("unchanged", visit())]


def test_refusal_is_saved_with_its_reason_and_without_validators(
    reading: dict[bytes, ReplyLetter],
) -> None:
    reading[b"x"] = ReplyLetter(is_letter=False, refusal="not a letter: a notice")
    archive, watcher, _ = run(visit(body=b"x"), READ)
    ((kind, saved, outcome, reader),) = archive.written
    assert (kind, outcome, reader) == ("refusal", Outcome.NOT_A_LETTER, READER)
    assert (saved.reason, saved.validators) == ("not a letter: a notice", Validators())
    assert watcher.saved == [(URL, Outcome.NOT_A_LETTER, "not a letter: a notice")]


def test_reread_version_is_added_before_the_visit_is_saved() -> None:
    archive, _, _ = run(visit(), replace(READ, reader="0-old"))
    assert [entry[0] for entry in archive.written] == ["reading", "unchanged"]
    assert archive.written[0][1:] == (5, KNOWN, READER)


def test_next_date_is_asked_by_the_newest_date_the_letter_prints(
    reading: dict[bytes, ReplyLetter],
) -> None:
    reading[b"150"] = EDITED
    _, _, asked = run(visit(body=b"150"), replace(READ, letter_date=date(2023, 1, 1)))
    assert asked[0].letter_date == date(2024, 6, 3)


def test_page_the_reader_stumbles_over_is_one_failed_visit(
    caplog: pytest.LogCaptureFixture,
) -> None:
    archive, watcher, _ = run(visit(body=b"unknown to the reader"), READ)
    ((kind, saved, outcome, _),) = archive.written
    assert (kind, outcome) == ("refusal", Outcome.FAILED)
    assert saved.reason == "reader error: KeyError: b'unknown to the reader'"
    assert watcher.saved == [(URL, Outcome.FAILED, saved.reason)]
    (told,) = caplog.records
    assert told.levelname == "ERROR" and told.exc_info
    assert (told.portal, told.url) == ("msj", URL)  # type: ignore[attr-defined]


def test_archive_that_fails_while_a_page_is_read_ends_the_crawl(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def damaged(archive: FakeArchive, copy_id: int) -> Capture | None:
        raise ArchiveDamaged("a capture is cut off")

    monkeypatch.setattr(FakeArchive, "last_capture", damaged)
    with pytest.raises(ArchiveDamaged):
        run(visit(), replace(READ, reader="0-old"))
