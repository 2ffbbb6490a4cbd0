"""A helper's signed opinion inside the letter: the letter goes on behind it, an annex does not."""

from __future__ import annotations

import pytest

from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from storage.records import ReplyLetter

OPENING = ("王刚委员：", "您提出的《关于治水的提案》（第2号）收悉，现答复如下：")
OPINION = ("已安排资金200万元。", "白石市财政局", "2023年4月1日")
SIGNED = ("白石市水利局", "2023年5月6日")


def reading(*lines: str) -> ReplyLetter:
    return parse_letter(PageParts(lines=(*OPENING, *lines)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、市财政局意见", "二、我局意见"),
        ("一、市财政局意见", "二、下一步工作"),
        ("（一）市财政局意见", "（二）办理意见"),
        ("市财政局会办意见：", "我局答复意见如下："),
    ],
)
def test_letter_goes_on_behind_a_helpers_signature(first: str, second: str) -> None:
    letter = reading(first, *OPINION, second, "我局将清淤12公里。", *SIGNED)
    assert (letter.issuing_agency, str(letter.date_signed)) == ("白石市水利局", "2023-05-06")
    assert letter.body.endswith("\n".join((*OPINION, second, "我局将清淤12公里。", *SIGNED)))
    assert letter.contacts == ()


def test_annex_with_a_numbering_of_its_own_is_no_part_of_the_letter() -> None:
    annex = ("附件", "一、总体要求", "加强领导。", "二、重点任务", "全面推进。")
    letter = reading("一、加大投入", "已安排资金。", *SIGNED, *annex)
    assert letter.body.endswith("2023年5月6日")
    assert str(letter.date_signed) == "2023-05-06"


def test_telephone_in_the_midst_of_a_letter_is_no_contact_line() -> None:
    line = "咨询电话：0571-88880000（工作日）。"
    letter = reading("一、加强服务", line, "二、加大投入", "已安排资金。", *SIGNED)
    assert line in letter.body
    assert letter.contacts == ()
