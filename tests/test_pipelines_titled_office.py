"""The office a letter's title begins with, where no signature names one."""

from __future__ import annotations

import pytest

from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts


def office_of(
    title: str, who: str = "陆明远委员：", us: str = "我局", end: str = "2024年5月16日"
) -> str | None:
    lines = (
        who,
        "您提出的《关于改善供暖条件的提案》（第0123号）收悉。现答复如下：",
        f"{us}已完成全部管网改造。",
        *end.split("\n"),
    )
    letter = parse_letter(PageParts(lines=lines, titles=(title,)))
    assert letter.is_letter
    return letter.issuing_agency


@pytest.mark.parametrize(
    "title",
    [
        "白石市水利局关于市政协五届二次会议第0123号提案的复函",
        "白石市水利局关于对市政协第0123号提案的答复",
        "白石市水利局对市政协第0123号提案的答复",
        "白石市水利局 关于《关于改善供暖条件的提案》的答复",
    ],
)
def test_office_before_the_subject_of_a_title_issues_the_letter(title: str) -> None:
    assert office_of(title) == "白石市水利局"


def test_office_whose_name_holds_the_word_itself_is_named_whole() -> None:
    title = "白石市对外贸易局关于市政协第0123号提案的答复"
    assert office_of(title) == "白石市对外贸易局"


def test_signature_goes_before_the_title() -> None:
    title = "白石市政府办公室关于市政协第0123号提案的答复"
    assert office_of(title, end="白石市水利局\n2024年5月16日") == "白石市水利局"


@pytest.mark.parametrize(
    "title",
    [
        "关于市政协第0123号提案的答复",
        "白石市政府转发市水利局关于市政协第0123号提案的答复",
        "民建白石市委关于改善供暖条件提案的答复",
        "白石市工商联关于改善供暖条件的提案的答复",
    ],
)
def test_office_that_may_be_anothers_is_not_taken(title: str) -> None:
    assert office_of(title, us="已立项。") is None


def test_body_that_answers_a_submission_may_itself_have_submitted_one() -> None:
    title = "白石市残联对市政协第0123号提案的答复"
    assert office_of(title, us="我会") == "白石市残联"


def test_office_that_is_addressed_is_not_taken() -> None:
    title = "白石市总工会对市政协第0123号提案的答复"
    assert office_of(title, who="白石市总工会：", us="已立项。") is None


def test_office_of_another_kind_than_the_letter_calls_its_own_is_not_taken() -> None:
    title = "白石市水利局关于市政协第0123号提案的答复"
    assert office_of(title, us="我委") is None
