"""Where a letter's annex is shown to people: clean, show, diff, reports, dossiers, text files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipelines.compare import compare_letters
from schedules.config.telling import Selection
from schedules.delivery.selection import wants_letter
from schedules.dossiers.changes import change_blocks
from schedules.exports.text_file import text_of
from schedules.one_page.letter_view import letter_lines
from schedules.reports.diff_view import render_diff
from schedules.reports.entries import entry_of
from schedules.reports.excerpts import plain_marks
from schedules.reports.letter_page import render_letter
from storage.export import export_line
from storage.records import (
    Event,
    EventKind,
    LetterRecord,
    LetterRef,
    LetterVersion,
    ReplyLetter,
)

NOW = datetime(2026, 3, 1, tzinfo=UTC)
URL = "https://mzj.example.gov.cn/t1.html"
ANNEX = ("附件", "任务\t目标", "新建养老床位\t5000张", "改造食堂\t120个")
BEFORE = ReplyLetter(title="关于第1号建议的复函", body="已办结。\n市民政局", annex=ANNEX)
AFTER = replace(BEFORE, annex=(*ANNEX[:2], "新建养老床位\t500张", ANNEX[3]))
RECORD = LetterRecord(1, "present", (URL,), 1, NOW, NOW, BEFORE)


def version(number: int, letter: ReplyLetter) -> LetterVersion:
    return LetterVersion(number, 1, URL, number, NOW, NOW, number, "r", letter)


@pytest.fixture
def event() -> Event:
    change = compare_letters(BEFORE, AFTER)
    assert change is not None
    return Event(
        cursor=2,
        kind=EventKind.CHANGED,
        significance=change.significance,
        observed_at=NOW,
        portal="mzj",
        url=URL,
        from_url=None,
        letter=LetterRef(1, BEFORE.title, None, URL),
        version=2,
        fields=change.fields,
        figures=change.figures,
        diff=change.diff,
        baseline=False,
        backdated=False,
        scope=None,
        reason=None,
    )


def test_clean_and_show_print_it_behind_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "zh")
    assert list(letter_lines(BEFORE))[-6:] == ["", "页内附件：", *ANNEX]
    shown = render_letter(RECORD, (), ())
    assert shown.index("市民政局") < shown.index("页内附件") < shown.index("5000张")


def test_a_text_file_has_it_behind_the_body() -> None:
    text = text_of(export_line(RECORD, 1, "new"))
    assert text.endswith("---\n\n已办结。\n市民政局\n\n" + "\n".join(ANNEX) + "\n")


def test_diff_shows_the_rows_that_differ_under_its_name() -> None:
    shown = render_diff(version(1, BEFORE), version(2, AFTER))
    assert "正文" not in shown
    assert "页内附件：\n" in shown
    assert "新建养老床位⇥500[-0-]张" in shown
    assert "5000张 → 500张" in shown


def test_a_report_quotes_the_row_and_not_the_whole_annex(event: Event) -> None:
    entry = entry_of(event, {}, "zh")
    assert entry.fields == ()
    assert entry.figures == (("5000张", "500张"),)
    (excerpt,) = entry.excerpts
    assert "新建养老床位" in plain_marks(excerpt)
    assert "改造食堂" not in plain_marks(excerpt)


def test_a_dossier_sets_both_texts_side_by_side() -> None:
    page = "".join(
        change_blocks([version(1, BEFORE), version(2, AFTER)], [], contacts=False, language="zh")
    )
    assert page.count("改造食堂") == 2


@pytest.mark.parametrize(
    ("word", "wanted"), [("养老床位", True), ("5000张", True), ("校车", False)]
)
def test_a_word_of_the_annex_is_a_word_of_the_letter(event: Event, word: str, wanted: bool) -> None:
    told = wants_letter(AFTER, "mzj", Selection(words=(word,)), (), event)
    assert told is wanted
