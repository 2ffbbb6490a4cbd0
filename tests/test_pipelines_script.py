"""Letters in traditional characters: matched in a simplified copy, kept as published."""

from __future__ import annotations

from pipelines.letter.letter import parse_letter
from pipelines.letter.titles import read_title
from pipelines.parts import PageParts
from pipelines.script import is_traditional, simplified

LINES = (
    "關於市政協六屆二次會議第88號提案的答覆",
    "蘇遠志委員：",
    "您提出的《關於改善輪渡碼頭設施的提案》收悉。經會同市財政局、市發展改革委研究辦理，現答覆如下：",
    "碼頭現有泊位12個，2022年完成檢修6個。",
    "下一步，我局將增設無障礙通道3處，在年底前投入使用。",
    "感謝您對交通工作的關心和支持。",
    "南嶼市交通運輸局",
    "2023年9月15日",
)


def test_fields_of_a_letter_in_traditional_characters_are_read_as_published() -> None:
    letter = parse_letter(PageParts(lines=LINES))
    assert letter.is_letter
    assert letter.title == LINES[0]
    assert letter.addressees == ("蘇遠志",)
    assert letter.assembly == "市政協六屆二次會議"
    assert letter.submission_number == "88"
    assert letter.submission_title == "關於改善輪渡碼頭設施的提案"
    assert letter.co_handling_agencies == ("市財政局", "市發展改革委")
    assert letter.commitments == (LINES[4],)
    assert letter.body == "\n".join(LINES[1:])


def test_simplified_copy_keeps_the_length_and_leaves_other_text_alone() -> None:
    assert simplified(LINES[0]) == "关于市政协六届二次会议第88号提案的答复"
    assert is_traditional(LINES[1])
    assert not is_traditional("您提出的《关于改善轮渡码头设施的提案》收悉。")
    assert read_title("关于市政协六届二次会议第88号提案的答复").submission_number == "88"
