"""What counts as a change between two readings of a letter, and how much it weighs."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from pipelines.compare import NOT_COMPARED, compare_letters
from storage.json_forms import letter_fields
from storage.records import Attachment, FieldChange, FigureChange, ReplyLetter, Significance

LETTER = ReplyLetter(
    title="关于市政协六届三次会议第0412号提案的复函",
    submission_kind="proposal",
    submission_title="关于加强社区养老服务的提案",
    submission_number="0412",
    assembly="市政协六届三次会议",
    addressees=("林晓燕", "段致远"),
    issuing_agency="市民政局",
    co_handling_agencies=("市财政局",),
    signatory="周明远",
    index_number="000014349/2025-00031",
    document_number="民函〔2025〕31号",
    subject_category="民政",
    genre_category="政协提案办理",
    date_written=date(2025, 5, 16),
    date_published=date(2025, 6, 1),
    date_signed=date(2025, 5, 16),
    outcome_class="A",
    annex=("附件2", "项目\t数量"),
    attachments=(Attachment("附件1：清单.pdf", "https://mzj.example.gov.cn/a/1.pdf"),),
    cited_documents=("《养老服务条例》",),
    commitments=("下一步，我们将新增床位3000张",),
    contacts=("联系电话：000-0000",),
    lead_agency="市民政局",
    body="林晓燕、段致远委员：\n全市建成中心2484家（其中社区1200家）。\n市民政局\n2025年5月16日",
)


def weight(**changes: Any) -> Significance | None:
    change = compare_letters(LETTER, replace(LETTER, **changes))
    return change.significance if change else None


def test_equal_readings_are_no_change() -> None:
    assert compare_letters(LETTER, replace(LETTER)) is None


def test_what_is_said_about_the_reading_is_no_change() -> None:
    other = replace(LETTER, warnings=("date_signed",), is_letter=False, refusal="unreadable")
    assert compare_letters(LETTER, other) is None


def test_every_other_field_takes_part() -> None:
    for field in fields(ReplyLetter):
        if field.name in NOT_COMPARED:
            continue
        value = () if isinstance(getattr(LETTER, field.name), tuple) else None
        absent: dict[str, Any] = {field.name: "" if field.name == "body" else value}
        other = replace(LETTER, **absent)
        change = compare_letters(LETTER, other)
        assert change and [item.field for item in change.fields] == [field.name]


def test_one_event_lists_all_fields_with_values_as_clean_prints_them() -> None:
    other = replace(
        LETTER,
        date_published=date(2025, 7, 2),
        attachments=(),
        addressees=("林晓燕",),
        body=LETTER.body.replace("2484", "2648"),
    )
    change = compare_letters(LETTER, other)
    assert change
    before, after = letter_fields(LETTER), letter_fields(other)
    names = ["addressees", "date_published", "attachments", "body"]
    assert list(change.fields) == [FieldChange(n, before[n], after[n]) for n in names]
    assert change.significance is Significance.SUBSTANCE
    assert change.figures == (FigureChange("2484家", "2648家"),)
    assert ("-", "2484") in change.diff and ("+", "2648") in change.diff


def test_there_and_back_again_are_two_changes() -> None:
    other = replace(LETTER, body=LETTER.body.replace("2484", "2648"))
    there, back = compare_letters(LETTER, other), compare_letters(other, LETTER)
    assert there and back
    assert there.figures == (FigureChange("2484家", "2648家"),)
    assert back.figures == (FigureChange("2648家", "2484家"),)


def test_change_beside_the_body_has_no_diff() -> None:
    change = compare_letters(LETTER, replace(LETTER, title="关于第0413号提案的复函"))
    assert change and change.diff == () and change.figures == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "关于第0413号提案的复函"},
        {"body": LETTER.body.replace("2484", "2485")},
        {"attachments": (Attachment("附件2.pdf", "https://mzj.example.gov.cn/a/2.pdf"),)},
        {"addressees": ("林晓燕",)},
        {"signatory": "吴启明"},
        {"outcome_class": "B"},
        {"date_signed": None},
        {"commitments": ()},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_the_letters_own_text_is_substance(changes: dict[str, Any]) -> None:
    assert weight(**changes) is Significance.SUBSTANCE


@pytest.mark.parametrize(
    "changes",
    [
        {"index_number": "000014349/2025-00032"},
        {"document_number": None},
        {"subject_category": "卫生"},
        {"genre_category": "人大建议办理"},
        {"issuing_agency": "市卫生健康委"},
        {"date_written": date(2025, 5, 17)},
        {"date_published": None},
        {"contacts": ()},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_the_page_prints_around_it_is_metadata(changes: dict[str, Any]) -> None:
    assert weight(**changes) is Significance.METADATA


def test_the_weightiest_field_decides() -> None:
    assert weight(index_number="x", body=LETTER.body + "。") is Significance.SUBSTANCE
    assert weight(index_number="x", title=f" {LETTER.title}") is Significance.METADATA


@pytest.mark.parametrize(
    "changes",
    [
        {"body": LETTER.body.replace("（", "(").replace("）", ")").replace("：", ":")},
        {"body": LETTER.body.replace("林晓燕、段致远", "林 晓 燕、段致远")},
        {"body": LETTER.body.replace("\n市民政局", "　市民政局")},
        {"body": LETTER.body.replace("2484", "２４８４")},
        {"body": LETTER.body.replace("中心", "中\u200b心")},
        {"title": "关于 市政协六届三次会议第０４１２号提案的复函"},
        {"index_number": "０00014349/2025-00031"},
        {"attachments": (Attachment("附件1:清单.pdf", "http://mzj.example.gov.cn/a/1.pdf"),)},
        {"contacts": ("联系电话:000-0000",)},
    ],
)
def test_width_and_white_space_are_typography(changes: dict[str, Any]) -> None:
    assert weight(**changes) is Significance.TYPOGRAPHY


def half_width(letter: ReplyLetter) -> ReplyLetter:
    """The whole page set again in half width, as one reader reads it."""
    table = str.maketrans("（）：，", "():,")
    return replace(
        letter,
        body=letter.body.translate(table),
        contacts=tuple(line.translate(table) for line in letter.contacts),
        submission_title="关于加强社区养老服务 的提案",
    )


def test_half_width_everywhere_is_typography_with_all_derived_fields() -> None:
    change = compare_letters(LETTER, half_width(LETTER))
    assert change and change.significance is Significance.TYPOGRAPHY
    assert {item.field for item in change.fields} == {"body", "contacts", "submission_title"}
    assert change.figures == ()


def test_field_that_only_the_other_typography_let_be_found_is_typography() -> None:
    other = replace(
        half_width(LETTER),
        signatory=None,
        addressees=("林晓燕",),
        commitments=(*LETTER.commitments, "又一条"),
    )
    change = compare_letters(LETTER, other)
    assert change and change.significance is Significance.TYPOGRAPHY


def test_derived_field_that_says_something_else_is_substance_even_then() -> None:
    change = compare_letters(LETTER, replace(half_width(LETTER), outcome_class="C"))
    assert change and change.significance is Significance.SUBSTANCE


def test_derived_field_that_vanished_from_an_unchanged_text_is_substance() -> None:
    assert weight(outcome_class=None) is Significance.SUBSTANCE


def test_brackets_made_commas_are_no_typography() -> None:
    body = LETTER.body.replace("（其中社区1200家）", "，其中社区1200家")
    assert weight(body=body) is Significance.SUBSTANCE
