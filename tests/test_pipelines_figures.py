"""Which figures of a letter became others, as printed and with their units."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.diff.differ import full_diff
from pipelines.diff.figures import changed_figures, figures_in


def changed(before: str, after: str) -> list[tuple[str, str]]:
    return [(item.before, item.after) for item in changed_figures(full_diff(before, after))]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("中小企业2484家，国家级255家", ["2484家", "255家"]),
        ("投入35.6亿元，增长12.5%、０.３‰", ["35.6亿元", "12.5%", "０.３‰"]),
        (
            "8000余万元，近7000人次，1.5万余份，100多个",
            ["8000余万元", "7000人次", "1.5万余份", "100多个"],
        ),
        ("第3次会议第0959号提案", ["第3次", "第0959号"]),
        ("12,500人，300万千瓦时，12个百分点", ["12,500人", "300万千瓦时", "12个百分点"]),
        (
            "2023年4月16日、5月20日、2016-06-08、2019年",
            ["2023年4月16日", "5月20日", "2016-06-08", "2019年"],
        ),
        (
            "二〇二三年四月十六日，三家单位，百分之三十",
            ["二〇二三年四月十六日", "三家", "百分之三十"],
        ),
        ("统一部署，一体化推进，三农工作", ["一部"]),
        ("床位\t5200\t6100", ["5200", "6100"]),
        ("10—20个，30%-60%", ["10", "20个", "30%", "60%"]),
        ("5G基站，20km²，75平方公里", ["5G", "20km²", "75平方公里"]),
        ("26家企业的49团队、76专家", ["26家", "49", "76"]),
        ("共 1020 个", ["1020 个"]),
        ("二是加强领导。", []),
    ],
)
def test_figures_are_whole_numbers_with_their_units(text: str, figures: list[str]) -> None:
    assert [figure.text for figure in figures_in(text)] == figures


@pytest.mark.parametrize(
    ("before", "after", "figures"),
    [
        ("企业2484家，其中255家", "企业2648家，其中255家", [("2484家", "2648家")]),
        ("企业2484家", "企业2485家", [("2484家", "2485家")]),
        ("共9家", "共10家", [("9家", "10家")]),
        ("共12家", "共312家", [("12家", "312家")]),
        ("共12家", "共12.5家", [("12家", "12.5家")]),
        ("投入35亿元", "投入35万元", [("35亿元", "35万元")]),
        ("投入8000余万元", "投入9000余万元", [("8000余万元", "9000余万元")]),
        ("２４８４家", "２６４８家", [("２４８４家", "２６４８家")]),
        ("三家单位", "四家单位", [("三家", "四家")]),
        ("第3次会议", "第4次会议", [("第3次", "第4次")]),
        ("2023年4月16日", "2023年5月17日", [("2023年4月16日", "2023年5月17日")]),
        ("由20家增至30家", "由25家增至35家", [("20家", "25家"), ("30家", "35家")]),
        ("床位\t5200\t6100", "床位\t7311\t9982", [("5200", "7311"), ("6100", "9982")]),
        ("增长10%", "增长百分之十二", [("10%", "百分之十二")]),
        ("2484户", "2648家", [("2484户", "2648家")]),
        ("建成191家站点", "建成191座站点", [("191家", "191座")]),
    ],
)
def test_changed_figures_are_named(before: str, after: str, figures: list[tuple[str, str]]) -> None:
    assert changed(before, after) == figures


def test_the_same_change_in_two_places_is_named_once() -> None:
    assert changed("有12家。共计12家单位。", "有15家。共计15家单位。") == [("12家", "15家")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2,484家", "2484家"),  # the same number
        ("2484家", "２４８４家"),
        ("共12家", "共5个、12家"),  # one more
        ("共12家、3个", "共12家"),  # one less
        ("第一段2484家。", "第一段2484家！"),
        ("企业2484家，投入35亿元", "项目300项，惠及20万人"),  # other things
        (
            "全市养老机构床位总数稳步增长，目前已经达到2484家的规模",
            "道路拓宽工程惠及沿线商户合计300家，将于明年春季启动",
        ),
        ("统一部署工作", "统筹部署工作"),
        ("企业很多", "企业2484家"),
        ("增长12.5%。", "增长12.5％。"),
    ],
)
def test_no_figure_is_guessed(before: str, after: str) -> None:
    assert changed(before, after) == []


def test_figures_of_a_moved_paragraph_did_not_change() -> None:
    paragraphs = ["一是建成基地12个，投入30万元。", "二是培训人员500人次，成效明显。", "三是其他。"]
    assert changed("\n".join(paragraphs), "\n".join(paragraphs[::-1])) == []


TEXT = st.text(alphabet="甲的123０.,第万亿年月日家%个 \t\n，。一二三十", max_size=40)


@given(TEXT, TEXT)
@settings(max_examples=300, deadline=None)
def test_every_named_figure_stands_in_its_text(before: str, after: str) -> None:
    for old, new in changed(before, after):
        assert old in before and new in after and old != new
