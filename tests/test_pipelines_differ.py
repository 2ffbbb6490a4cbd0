"""How two bodies differ, by paragraph, clause and character, in bounded time."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.diff.differ import CONTEXT, full_diff, trim
from pipelines.diff.figures import MOST_PASSAGES
from pipelines.diff.tidying import Edit, tidied
from storage.records import DiffOp

LETTER = "\n".join(
    [
        "林晓燕委员：",
        "您提出的《关于加强社区养老服务的提案》（第0412号）收悉。经与市财政局共同研究办理，现答复如下：",
        "一、工作情况",
        "近年来，我市建成社区养老服务中心2484家，覆盖城区90%以上；累计投入35.6亿元，服务老年人12.5万人次。",
        "项目\t2023年\t2024年",
        "床位\t5200\t6100",
        "护理员\t830\t912",
        "二、下一步打算",
        "下一步，我们将于2026年底前新增床位3000张，继续完善服务网络。",
        "市民政局",
        "2025年5月16日",
    ]
)


def changes(before: str, after: str) -> list[DiffOp]:
    return [piece for piece in full_diff(before, after) if piece[0] != "="]


def side(diff: Sequence[DiffOp], without: str) -> str:
    return "".join(text for sign, text in diff if sign != without)


def test_one_changed_character_is_marked_alone_and_costs_at_most_200_bytes() -> None:
    sentence = "我市持续推进基层治理体系建设，着力完善服务网络，" * 13
    before, after = sentence + "成效明显。" + sentence, sentence + "成果明显。" + sentence
    assert changes(before, after) == [("-", "效"), ("+", "果")]
    diff = trim(full_diff(before, after))
    assert len(json.dumps(diff, ensure_ascii=False).encode()) <= 200
    assert len(json.dumps(diff)) <= 200  # even with every character escaped


def test_one_changed_digit_is_marked_alone() -> None:
    assert changes("共2484家", "共2485家") == [("-", "4"), ("+", "5")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("2484", "2648"), ("35.6", "36.2"), ("1,064", "1,907"), ("２４８４", "２６４８")],
)
def test_number_changed_in_several_places_is_shown_whole(before: str, after: str) -> None:
    assert changes(f"累计{before}家。", f"累计{after}家。") == [("-", before), ("+", after)]


def test_number_with_one_changed_stretch_keeps_the_rest_as_equal() -> None:
    assert changes("共12500人", "共12900人") == [("-", "5"), ("+", "9")]


def test_replaced_words_are_no_single_letters() -> None:
    assert changes("一是积极推进工作。", "一是大力推动工作。") == [
        ("-", "积极推进"),
        ("+", "大力推动"),
    ]


def test_changes_on_both_sides_of_a_mark_stay_two() -> None:
    assert changes("甲局、乙局共同办理", "丙局、丁局共同办理") == [
        ("-", "甲"),
        ("+", "丙"),
        ("-", "乙"),
        ("+", "丁"),
    ]


def test_punctuation_alone() -> None:
    assert changes("完善机制，落实责任。", "完善机制；落实责任。") == [("-", "，"), ("+", "；")]


def test_full_width_marks_made_half_width_are_marked_one_by_one() -> None:
    assert changes("（一）情况：很好", "(一)情况:很好") == [
        ("-", "（"),
        ("+", "("),
        ("-", "）"),
        ("+", ")"),
        ("-", "："),
        ("+", ":"),
    ]


def test_white_space_inside_a_one_line_letter() -> None:
    assert changes("您好。   一、情况", "您好。 一、情况") == [("-", "  ")]


def test_inserted_paragraph_comes_with_its_newline() -> None:
    assert full_diff("甲段。\n丙段。", "甲段。\n乙段完全不同。\n丙段。") == (
        ("=", "甲段。\n"),
        ("+", "乙段完全不同。\n"),
        ("=", "丙段。"),
    )


def test_paragraph_added_at_the_end_brings_the_newline_before_it() -> None:
    assert full_diff("甲段。", "甲段。\n乙段。") == (("=", "甲段。"), ("+", "\n乙段。"))


def test_removed_last_paragraphs() -> None:
    assert full_diff("甲段。\n乙段。\n丙段。", "甲段。") == (
        ("=", "甲段。"),
        ("-", "\n乙段。\n丙段。"),
    )


def test_inserted_clause_is_shown_from_its_beginning() -> None:
    before = "一是加强领导，落实责任。"
    after = "一是完善制度，强化考核。一是加强领导，落实责任。"
    assert changes(before, after) == [("+", "一是完善制度，强化考核。")]


def test_inserted_clause_is_whole_beside_other_changes_in_its_paragraph() -> None:
    rest = "二是落实主体责任。"
    before = f"一是加强组织领导。{rest}共12家。"
    after = f"一是完善各项制度。一是加强组织领导。{rest}共13家。"
    assert changes(before, after) == [("+", "一是完善各项制度。"), ("-", "2"), ("+", "3")]


def test_cells_and_paragraphs_are_not_merged_over_their_borders() -> None:
    edits = [Edit("", "甲甲甲甲", "乙乙乙乙"), Edit("\t1", "丙丙丙丙", "丁丁丁丁")]
    assert tidied(edits) == edits
    assert len(tidied([edits[0], edits[1]._replace(equal="\n1")])) == 2
    assert len(tidied([edits[0], edits[1]._replace(equal="和")])) == 1


def test_moved_paragraph_is_taken_out_here_and_put_in_there() -> None:
    first = "一是推进产教融合，建成基地12个。"
    rest = [f"第{n}段说的是另外一件事，与前后都不相同。" for n in "二三四五"]
    found = changes("\n".join([first, *rest]), "\n".join([*rest, first]))
    assert [sign for sign, _ in found] == ["-", "+"]
    assert all(text.strip("\n") == first for _, text in found)


def test_paragraph_that_moved_is_not_taken_for_the_similar_one_in_its_place() -> None:
    first, second = "一是建成实训基地12个，成效明显。", "一是建成实训基地15个，成效明显。"
    rest = "二是培训人员，范围广泛。\n三是其他工作，不再赘述。"
    assert changes(f"{first}\n{rest}", f"{second}\n{rest}\n{first}") == [
        ("-", first),
        ("+", second),
        ("+", f"\n{first}"),
    ]


def test_paragraph_split_in_two_is_one_newline() -> None:
    one = "第一件事已经办结，投入三百万元。第二件事正在办理，预计年底完成。"
    two = one.replace("。第二", "。\n第二")
    assert changes(one, two) == [("+", "\n")]
    assert changes(two, one) == [("-", "\n")]


def test_one_line_letter_split_into_paragraphs_with_one_figure_changed() -> None:
    one = LETTER.replace("\n", "").replace("\t", "")
    two = LETTER.replace("\t", "").replace("2484", "2648")
    found = changes(one, two)
    assert ("-", "2484") in found
    assert {text.strip("\n") for _, text in found} == {"", "2484", "2648"}


def test_edited_paragraph_beside_an_inserted_one_is_compared_with_its_own_version() -> None:
    before = "全市建成服务中心2484家，覆盖城区九成以上。"
    after = "今年以来，我市出台了实施方案。\n全市建成服务中心2648家，覆盖城区九成以上。"
    assert changes(before, after) == [
        ("+", "今年以来，我市出台了实施方案。\n"),
        ("-", "2484"),
        ("+", "2648"),
    ]


def test_rows_of_a_table_are_compared_cell_by_cell() -> None:
    before = "床位\t5200\t6100\n护理员\t830\t912"
    after = "床位\t7311\t9982\n护理员\t830\t913"
    assert changes(before, after) == [
        ("-", "5200"),
        ("+", "7311"),
        ("-", "6100"),
        ("+", "9982"),
        ("-", "2"),
        ("+", "3"),
    ]


def test_inserted_row_does_not_shift_the_others() -> None:
    before = "床位\t5200\t6100\n护理员\t830\t912"
    after = "床位\t5200\t6100\n食堂\t41\t57\n护理员\t830\t912"
    assert changes(before, after) == [("+", "食堂\t41\t57\n")]


def test_wholly_rewritten_letter_is_one_replacement_a_paragraph_at_most() -> None:
    before = "全市养老机构床位总数稳步增长，服务质量持续提升。"
    after = "关于您所提道路拓宽一事，已列入明年计划并将组织实施！"
    assert len(changes(before, after)) <= 4


def test_equal_texts_give_one_equal_piece() -> None:
    assert full_diff(LETTER, LETTER) == (("=", LETTER),)
    assert full_diff("", "") == ()
    assert trim(full_diff(LETTER, LETTER)) == ()


def test_there_and_back_again_are_mirror_images() -> None:
    edited = LETTER.replace("2484", "2648").replace("适时", "及时")
    there, back = full_diff(LETTER, edited), full_diff(edited, LETTER)
    assert side(there, "+") == side(back, "-") == LETTER
    assert changes(LETTER, edited) == [("-", "2484"), ("+", "2648")]
    assert changes(edited, LETTER) == [("-", "2648"), ("+", "2484")]


def test_trim_keeps_a_little_around_each_change_and_shows_where_text_is_left_out() -> None:
    edited = LETTER.replace("2484", "2648").replace("市民政局", "市民政部")
    diff = trim(full_diff(LETTER, edited))
    signs = "".join(sign for sign, _ in diff)
    assert signs == "=-+==-+="
    assert all(len(text) <= CONTEXT for sign, text in diff if sign == "=")
    assert diff[0][1].endswith("服务中心") and diff[3][1].startswith("家，覆盖")


def test_trim_keeps_short_text_between_two_changes_whole() -> None:
    diff = trim(full_diff("甲市第一、二、三、四区", "乙市第一、二、三、五区"))
    assert [sign for sign, _ in diff] == ["-", "+", "=", "-", "+", "="]


TEXT = st.text(alphabet="甲乙丙丁的12.５，。、：\t\n ab（(", max_size=60)


@given(TEXT, TEXT)
@settings(max_examples=400, deadline=None)
def test_equal_and_removed_pieces_give_before_equal_and_added_give_after(
    before: str, after: str
) -> None:
    diff = full_diff(before, after)
    assert side(diff, "+") == before
    assert side(diff, "-") == after
    assert all(text for _, text in diff)
    signs = "".join(sign for sign, _ in diff)
    assert not any(bad in signs for bad in ("==", "--", "++", "+-"))


@given(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_any_characters_survive(head: str, before: str, after: str) -> None:
    diff = full_diff(head + before, head + after)
    assert (side(diff, "+"), side(diff, "-")) == (head + before, head + after)


@given(TEXT, TEXT)
@settings(max_examples=200, deadline=None)
def test_trimmed_diff_holds_every_change_and_only_text_of_the_letters(
    before: str, after: str
) -> None:
    whole, trimmed = full_diff(before, after), trim(full_diff(before, after))
    assert [p for p in trimmed if p[0] != "="] == [p for p in whole if p[0] != "="]
    assert all(text in before and text in after for sign, text in trimmed if sign == "=")


def _random_text(seed: int, size: int, marks: float = 0.0) -> str:
    chance = random.Random(seed)
    return "".join(
        "，" if chance.random() < marks else chr(0x4E00 + chance.randrange(500))
        for _ in range(size)
    )


def _edited(text: str, step: int) -> str:
    pieces = list(text)
    pieces[::step] = "改" * len(pieces[::step])
    return "".join(pieces)


LONG = _random_text(1, 30_000)
MARKED = _random_text(2, 30_000, 0.07)
ROWS = [f"项目{n}\t{n * 7}\t{n * 3}" for n in range(3_000)]
LINES = [_random_text(n, 12) for n in range(20_000)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(LONG, _random_text(3, 30_000), id="30,000 characters rewritten"),
        pytest.param(MARKED, _random_text(4, 30_000, 0.07), id="30,000 with marks rewritten"),
        pytest.param(LONG, _edited(LONG, 300), id="a hundred places in one line"),
        pytest.param("甲乙" * 15_000, "乙丙甲" * 10_000, id="periodic"),
        pytest.param("，、" * 15_000, "、，，" * 10_000, id="marks only"),
        pytest.param("（甲），" * 7_500, "(甲)," * 7_500, id="width everywhere"),
        pytest.param("\n".join(LINES), "\n".join(LINES[::-1]), id="20,000 paragraphs reversed"),
        pytest.param(
            "\n".join(LINES),
            "\n".join(_random_text(-n, 12) for n in range(20_000)),
            id="20,000 paragraphs rewritten",
        ),
        pytest.param("\n".join(ROWS), "\n".join(r + "1" for r in ROWS), id="3,000 rows changed"),
        pytest.param(LONG, "\n".join(LINES), id="one line against 20,000"),
    ],
)
def test_hostile_pair_is_compared_in_bounded_time(before: str, after: str) -> None:
    start = time.process_time()
    diff = full_diff(before, after)
    assert time.process_time() - start < 3  # well below 1 s on an idle machine
    assert (side(diff, "+"), side(diff, "-")) == (before, after)


def test_changed_paragraphs_beyond_the_first_thousands_are_shown_whole() -> None:
    old = [f"第{n}段推进任务落实到位" for n in range(MOST_PASSAGES + 5)]
    new = [f"{line[:-2]}见效" for line in old]
    diff = full_diff("\n".join(old), "\n".join(new))
    assert "".join(text for sign, text in diff if sign != "+") == "\n".join(old)
    assert "".join(text for sign, text in diff if sign != "-") == "\n".join(new)
    assert ("-", "到位") in diff
    assert diff[-2:] == (("-", "\n".join(old[-5:])), ("+", "\n".join(new[-5:])))
