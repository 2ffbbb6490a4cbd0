"""A title set on one line with its letter, its site or a time stamp is parted from them."""

from __future__ import annotations

import pytest

from pipelines.page.furniture.one_line import part_title
from pipelines.read import read_text

TITLE = "关于县政协十一届三次会议第036号提案的答复"
LETTER = (
    "赵文博委员：您提出的《关于修缮渡口的提案》收悉。现答复如下：已完成。"
    " 清河县水利局 2023年5月18日"
)


@pytest.mark.parametrize(
    ("between", "parts"),
    [
        (" ", ()),
        ("  ", ()),
        ("　　", ()),
        ("  08.06.2023  20:49  ", ("08.06.2023  20:49",)),
        (" 2023-06-08 20:49 ", ("2023-06-08 20:49",)),
        ("_清河县人民政府  ", ("清河县人民政府",)),
        (" - 清河县水利局 ", ("清河县水利局",)),
        ("|清河县水利局 2023年6月8日 ", ("清河县水利局", "2023年6月8日")),
    ],
)
def test_what_stands_between_title_and_letter_is_parted(
    between: str, parts: tuple[str, ...]
) -> None:
    line = f"{TITLE}{between}{LETTER}"
    assert part_title(line) == (TITLE, *parts, LETTER)
    letter = read_text(line, "https://slj.example.gov.cn/1.html").letter
    assert (letter.title, letter.addressees) == (TITLE, ("赵文博",))
    assert letter.submission_number == "036"
    assert letter.body.startswith("赵文博委员：您提出的")


def test_a_group_is_addressed_on_the_titles_line() -> None:
    letter = read_text(
        f"{TITLE} 民盟清河县总支：贵方提出的《关于修缮渡口的提案》收悉。现答复如下：已完成。",
        "https://slj.example.gov.cn/1.html",
    ).letter
    assert (letter.title, letter.addressees) == (TITLE, ("民盟清河县总支",))


def test_a_title_with_blanks_within_stays_whole() -> None:
    title = "关于县政协十一届三次会议第036号提案办理情况 的答复函"
    assert part_title(f"{title} {LETTER}") == (title, LETTER)


@pytest.mark.parametrize(
    "line",
    [
        TITLE,
        "您提出的《关于修缮渡口的提案》收悉。 现答复如下：",
        "关于修缮渡口的提案收悉。经研究，对第036号提案的答复 如下",
        "",
    ],
)
def test_other_lines_stay_whole(line: str) -> None:
    assert part_title(line) == (line,)


@pytest.mark.parametrize("before_date", [" ", "  ", "　　", "    "])
@pytest.mark.parametrize("between", [" ", "  ", "   ", "　　"])
def test_short_letter_on_one_line_is_signed(between: str, before_date: str) -> None:
    pieces = (
        "王强代表：",
        "您提出的《关于甲的建议》收悉。现答复如下：",
        "一、已建成。",
        "清河县水利局",
    )
    line = f"{between.join(pieces)}{before_date}2023年5月18日"
    letter = read_text(line, "https://slj.example.gov.cn/1.html").letter
    assert (letter.issuing_agency, letter.body) == ("清河县水利局", line)
