"""How two versions of a letter, and one letter with its history, look on the terminal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schedules.reports.diff_view import render_diff
from schedules.reports.letter_page import render_letter
from storage.records import (
    Event,
    EventKind,
    LetterRecord,
    LetterRef,
    LetterVersion,
    ReplyLetter,
)

SEEN = datetime(2026, 5, 3, 22, 20, tzinfo=UTC)
URL = "https://mzj.example.gov.cn/1.html"
BODY = "\n".join(
    [
        "林晓燕委员：",
        *(f"第{n}段没有改动。" for n in "一二三四五"),
        "我市建成服务中心2484家，覆盖城区。",
        *(f"第{n}段也没有改动。" for n in "六七八九十"),
        "市民政局",
    ]
)
FIRST = ReplyLetter(title="关于第0412号提案的复函", body=BODY, date_published=date(2025, 6, 1))


def version(number: int, letter: ReplyLetter) -> LetterVersion:
    seen = SEEN + timedelta(days=number - 1)
    return LetterVersion(number, 1, URL, number, seen, seen, number, "reader", letter)


def diff(after: ReplyLetter, *, colour: bool = False) -> str:
    return render_diff(version(1, FIRST), version(2, after), colour=colour)


def test_both_versions_are_named_with_chinas_time() -> None:
    lines = diff(replace(FIRST, title="x")).splitlines()
    assert lines[0] == f"− 第 1 版，2026-05-04 06:20，{URL}"
    assert lines[1] == f"+ 第 2 版，2026-05-05 06:20，{URL}"


def test_equal_versions_say_so() -> None:
    assert "两版没有差别" in diff(FIRST)


def test_changed_paragraph_is_shown_whole_with_its_neighbours_and_the_rest_counted() -> None:
    lines = diff(replace(FIRST, body=BODY.replace("2484", "2648"))).splitlines()
    assert lines[2:] == [
        "数字：2484家 → 2648家",
        "正文：",
        "  …… 略去 5 段 ……",
        "  第五段没有改动。",
        "│ 我市建成服务中心[-2484-]{+2648+}家，覆盖城区。",
        "  第六段也没有改动。",
        "  …… 略去 5 段 ……",
    ]


def test_colour_strikes_what_was_removed_and_lights_what_was_added() -> None:
    shown = diff(replace(FIRST, body=BODY.replace("2484", "2648")), colour=True)
    assert "\x1b[9;31m2484\x1b[0m\x1b[1;32m2648\x1b[0m" in shown
    assert "[-" not in shown


def test_inserted_and_removed_paragraphs_have_lines_of_their_own() -> None:
    body = BODY.replace("第三段没有改动。\n", "").replace("市民政局", "新增一段话。\n市民政局")
    lines = diff(replace(FIRST, body=body)).splitlines()
    assert "│ [-第三段没有改动。↵-]" in lines
    assert "│ {+新增一段话。↵+}" in lines


def test_fields_are_shown_with_both_values() -> None:
    shown = diff(replace(FIRST, date_published=None, title="关于第0413号提案的复函"))
    assert "发布日期：2025-06-01 → （无）" in shown
    assert "标题：关于第0412号提案的复函 → 关于第0413号提案的复函" in shown


@pytest.mark.parametrize("colour", [True, False])
def test_f47_hostile_versions_are_inert(colour: bool) -> None:
    evil = "\x1b]0;x\x07[/b]\u202e\x00\ud800"
    shown = diff(ReplyLetter(title=evil, body=evil, contacts=("13800000000",)), colour=colour)
    assert "\x1b]" not in shown and "\x07" not in shown and "\u202e" not in shown
    assert "[/b]" in shown and "13800000000" not in shown
    shown.encode("utf-8")


def test_letter_page_shows_fields_addresses_versions_events_and_body_without_contacts() -> None:
    letter = replace(FIRST, contacts=("13800000000",), addressees=("林晓燕",), outcome_class="A")
    record = LetterRecord(7, "withdrawn", (URL,), 2, SEEN, SEEN, letter)
    gone = Event(
        cursor=3,
        kind=EventKind.WITHDRAWN,
        significance=None,
        observed_at=SEEN,
        portal="mzj",
        url=URL,
        from_url=None,
        letter=LetterRef(7, letter.title, None, URL),
        version=2,
        fields=(),
        figures=(),
        diff=(),
        baseline=False,
        backdated=False,
        scope="letter",
        reason="404 on 2026-05-03; last seen on 2026-05-02",
    )
    shown = render_letter(record, [version(1, FIRST), version(2, letter)], [gone])
    assert "复函 7 · 已撤下 · 2 版" in shown and "主送：林晓燕" in shown and "办理结果：A" in shown
    assert "第 2 版，2026-05-05 06:20" in shown
    assert "撤下 · 2026-05-03 得到 404；最后一次见到：2026-05-02" in shown
    assert "我市建成服务中心2484家" in shown and "13800000000" not in shown
    assert "withdrawn" in render_letter(record, [], [], language="en")
