"""Letters whose lines were cut to a width: read in whole paragraphs, printed line by line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.letter.joints import whole_lines
from pipelines.letter.letter import parse_letter
from pipelines.letter.passages import parse_article
from pipelines.letter.wrapping import lines_that_go_on
from pipelines.parts import PageParts
from pipelines.read import explain_page, read_page
from storage.records import ReplyLetter
from tests.cut_letters import Cut, as_breaks, as_paragraphs, as_preformatted, cut_lines
from tests.test_pipelines_letter import LETTERS, differences

URL = "https://letters.example/zwgk/202405/t20240516_9.html"
CASES: list[dict[str, Any]] = tomllib.loads((LETTERS / "wrapped.toml").read_text())["letter"]
NAMES = [case["name"] for case in CASES]
MARKUP = (as_breaks, as_paragraphs, as_preformatted)
# a paper's 28 characters a line, an editor's columns, what a program counted, a PDF's text
CUTS = (
    Cut(56),
    Cut(64, indent=0),
    Cut(72, typeset=False),
    Cut(80, by_words=False, typeset=False, by_characters=True),
    Cut(60, uneven=True),
)
LAYOUTS = (*zip(CUTS, (*MARKUP, *MARKUP), strict=False), (CUTS[0], as_preformatted))
WIDTHS = (44, 50, 60, 68, 76, 80)
OPENING = (
    "王晓禾委员：",
    "您提出的《关于补种乡土树种的提案》（第57号）收悉，现答复如下：",
)
SIGNED = ("云岭市林业局", "2024年5月16日")


def page(inner: str, title: str) -> bytes:
    head = f"<meta charset=utf-8><title>{title}</title>"
    return f"<html><head>{head}</head><body><div>{inner}</div></body></html>".encode()


def bare(lines: list[str]) -> list[str]:
    """The lines as published: what indents them is no text."""
    return [line.strip("　 ") for line in lines]


def read_lines(lines: list[str]) -> ReplyLetter:
    return parse_letter(PageParts(lines=tuple(bare(lines))))


def fields(letter: ReplyLetter) -> dict[str, Any]:
    """All that is read from a letter, without the lines its text is printed in."""
    told = asdict(letter)
    told["body"] = "".join(letter.body.split())
    told["annex"] = "".join("".join(letter.annex).split())
    return told


@cache
def whole(name: str) -> dict[str, Any]:
    """The fields of the letter as its paragraphs stand in the collection."""
    text = next(case["text"] for case in CASES if case["name"] == name)
    return fields(read_lines(text.strip().split("\n")))


@pytest.mark.parametrize(
    ("case", "cut", "markup"),
    [
        pytest.param(case, cut, markup, id=f"{case['name']}-{at}")
        for case in CASES
        for at, (cut, markup) in enumerate(LAYOUTS)
        if not ("\t" in case["text"] and markup is as_preformatted)  # no table stands in <pre>
    ],
)
def test_fields_of_a_page_whose_lines_were_cut(
    case: dict[str, Any], cut: Cut, markup: Callable[[list[str]], str]
) -> None:
    lines = cut_lines(case["text"], cut)
    letter = read_page(page(markup(lines), case["expect"]["title"]), URL).letter
    assert differences(letter, {**case["expect"], "body_starts": "*", "body_ends": "*"}) == []


@pytest.mark.parametrize("case", CASES, ids=NAMES)
@pytest.mark.parametrize("cut", CUTS, ids=map(str, range(len(CUTS))))
def test_body_keeps_the_lines_that_the_page_prints(case: dict[str, Any], cut: Cut) -> None:
    lines = bare(cut_lines(case["text"], cut))
    first = next(
        at for at, line in enumerate(lines) if line.startswith(case["expect"]["body_starts"][:6])
    )
    last = lines.index(case["expect"]["body_ends"])
    assert read_lines(lines).body == "\n".join(lines[first : last + 1])


@pytest.mark.parametrize("name", NAMES)
def test_fields_are_those_of_the_letter_in_whole_paragraphs(name: str) -> None:
    """At other widths, too, as long as more than two lines were cut."""
    case = next(case for case in CASES if case["name"] == name)
    wrong = [
        cut
        for width in WIDTHS
        for indent in (0, 4)
        for cut in (Cut(width, indent), Cut(width, indent, typeset=False))
        if fields(read_lines(cut_lines(case["text"], cut))) != whole(name)
    ]
    assert wrong == []


def test_run_of_cut_lines_in_a_letter_of_whole_paragraphs() -> None:
    long = (
        "近年来，我局坚持因地制宜、适地适树的原则，持续推进城乡绿化美化，全市森林覆盖率稳步提高，"
        * 2
    )
    cut = (
        "下一步，我局将会同市自然资源局、市住房和城乡建设",
        "局编制乡土树种名录。2025年6月底前在三个苗圃各育",
        "苗二十万株；同时，在主干道两侧选取四公里路段开",
        "展试点，2026年年底前全部补种完成。",
    )
    letter = parse_letter(PageParts(lines=(*OPENING, f"{long}成效明显。", *cut, *SIGNED)))
    assert letter.commitments == (
        "下一步，我局将会同市自然资源局、市住房和城乡建设局编制乡土树种名录。",
        "2025年6月底前在三个苗圃各育苗二十万株",
        "同时，在主干道两侧选取四公里路段开展试点，2026年年底前全部补种完成。",
    )
    assert letter.body == "\n".join((*OPENING, f"{long}成效明显。", *cut, *SIGNED))


# In each a line ends without a stop and the next begins without a number, and none was cut.
NEVER_CUT = {
    "items that begin alike": (
        "2021年，投资1200万元，新建公厕12座",
        "2022年，投资1500万元，新建公厕15座",
        "2023年，投资1800万元，新建公厕18座",
        "2024年，投资1900万元，新建公厕19座。",
    ),
    "items without a mark": (
        "新建乡镇卫生院标准化预防接种门诊项目",
        "改造县人民医院传染病区负压病房的项目",
        "购置移动体检车和数字化影像设备的项目",
        "培训基层全科医生和公共卫生人员的项目",
        "以上项目已全部完工。",
    ),
    "headings over short paragraphs": (
        "（一）强化组织领导，压实各方工作责任",
        "成立领导小组，由局长任组长。",
        "（二）强化资金保障，确保项目顺利实施",
        "安排资金，由财政局统筹使用。",
        "（三）强化督导检查，推动任务落地见效",
        "开展督查，由督查室跟踪问效。",
        "（四）强化宣传引导，营造良好社会氛围",
        "组织宣传，由各街道分头落实。",
    ),
    "headings over long paragraphs": (
        "加强组织领导，压实各方面工作责任",
        "成立由局长任组长的工作领导小组，每月召开一次推进会，研究解决补种工作中的困难和问题。",
        "加强资金保障，确保各项目顺利实施",
        "安排专项资金三百万元，由市财政局统筹使用，每季度公开一次使用情况，接受社会各界监督。",
        "加强督导检查，推动各任务落地见效",
        "市政府督查室跟踪问效，对进度滞后的单位进行约谈，年底对各单位完成情况进行统一考核评比。",
        "加强宣传引导，营造良好的社会氛围",
        "市林业局在报纸、广播、网站开设专栏，宣传乡土树种的好处，动员市民参加义务植树活动。",
    ),
    "letters of a list": (
        "关于市政协三届四次会议第57号提案的答复",
        "关于市政协三届四次会议第58号提案的答复",
        "关于市政协三届四次会议第59号提案的答复",
        "关于市政协三届四次会议第60号提案的答复",
    ),
    "rows of a table": (
        "补种香樟、桂花、朴树等乡土树种，共1200株\t已完成。正在验收，预计下月投用",
        "补种黄桷树、小叶榕等乡土树种，共1300株\t已完成。正在验收，预计下月投用",
        "补种乌桕、枫香等彩叶乡土树种，共1400株\t已完成。正在验收，预计下月投用",
        "合计，共3900株\t",
    ),
    "contacts": (
        "联系单位：云岭市林业局造林绿化科，值班科室：办公室",
        "联系地址：云岭市青云区滨湖路100号，邮编：650000",
        "联系电话：0871-65110000，传真：0871-65110001",
        "电子邮箱：lyj@example.gov.cn，网址：www.example.cn",
    ),
}


@pytest.mark.parametrize("name", NEVER_CUT)
def test_line_of_its_own_is_never_joined(name: str) -> None:
    assert lines_that_go_on((*OPENING, *NEVER_CUT[name], *SIGNED)) == []


# The same among lines that were cut at the width of their own: what tells is how they begin or end.
CUT = (
    "　　近年来，我局坚持因地制宜、适地适树的原则，持续推进城",
    "乡绿化美化。全市森林覆盖率稳步提高，先后补种香樟、桂花、",
    "朴树等乡土树种十二万株；市民满意度逐年上升，达到九成以上",
    "水平。",
)
MORE = (
    "　　您提出的意见建议切中要害，我局将在今后的工作中认真吸",
    "收采纳。目前，城区主干道两侧行道树以悬铃木为主，春季飞絮",
    "问题较为突出，给市民的生产生活带来了不便，亟待解决。",
)
AMONG_CUT = {
    "a heading as wide as the page": (
        "三、关于在城市主干道两侧和老旧小区补种乡土树种的建议",
        "　　我局已会同有关部门制定方案。",
    ),
    "a heading without number": ("补种工作进展情况", "　　全市已完成年度计划的八成。"),
    "a salutation below a wide title": (
        "云岭市林业局关于市政协三届四次会议第五十七号提案的答复",
        "王晓禾委员：",
    ),
    "an item behind an open line": (
        "　　我局将从以下几个方面进一步推进乡土树种的补种工作",
        "1.编制名录。",
    ),
    "a note behind a contact": (
        "联系人：何小雨，联系电话：0871-65110000，邮编：650000",
        "（此件公开发布）",
    ),
    "a contact behind a contact": (
        "联系人：何小雨，联系电话：0871-65110000，邮编：650000",
        "地址：云岭市青云区滨湖路100号",
    ),
    "a date behind a seal": (
        "云岭市林业局、云岭市自然资源局、云岭市住房和城乡建设局",
        "2024年5月16日",
    ),
}


@pytest.mark.parametrize("name", AMONG_CUT)
def test_line_of_its_own_among_cut_ones_is_not_joined(name: str) -> None:
    lines = bare([*CUT, *AMONG_CUT[name], *MORE])
    assert lines_that_go_on(lines) == [0, 1, 2, 6, 7]


def test_sentence_that_ends_where_its_line_does_goes_on_where_no_indent_had_room() -> None:
    cut = (
        "　　近年来，我局坚持因地制宜、适地适树的原则，推进绿化。",
        "全市森林覆盖率稳步提高，先后补种香樟、桂花、朴树等乡土树",
        "种十二万株。",
        "　　我局已会同有关部门制定三年行动方案，并报市政府批准。",
        "　　今年以来，全市新增绿地六十公顷，其中口袋公园二十二个",
        "，绿道四十公里。",
    )
    lines = bare(["现答复如下：", *CUT, *MORE, *cut])
    assert lines_that_go_on(lines) == [1, 2, 3, 5, 6, 8, 9, 12]


def test_parts_of_a_letter_may_be_cut_at_different_widths() -> None:
    wide = (
        "市财政每年安排专项资金三百万元，用于苗木采购、栽植和管护；各区县按照不低于一比一的比例",
        "配套，资金由市财政局统筹使用。每季度末在门户网站公开一次使用情况，并邀请人大代表、政协",
        "委员和市民代表实地查看补种效果，听取意见，接受社会各界监督；对成活率达不到九成的地块，",
        "由施工单位无偿补植。",
    )
    assert lines_that_go_on(bare([*CUT, *MORE, *wide])) == [0, 1, 2, 4, 5, 7, 8, 9]


def test_sentence_parted_by_the_number_of_a_page_is_whole() -> None:
    halves = (
        "下一步，我局将会同市教育局、市卫生健",
        "康委员会在2024年底前为全市所有初中学校配备急救设备，并对教职工开展培训，切实提高应急处置能力。",
    )
    parts = PageParts(lines=(*OPENING, *halves, *SIGNED), page_turns=(3,))
    letter = parse_letter(parts)
    assert letter.commitments == ("".join(halves),)
    assert letter.body == "\n".join((*OPENING, *halves, *SIGNED))


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("已经全部补种完成，群众十分满意。", "我局将继续做好管护工作。"),
        ("下一步工作打算", "我局将继续做好管护工作。"),
        ("我局将从以下方面推进补种工作，力求实效", "一、编制乡土树种名录。"),
        ("树种，数量\t香樟，1200株", "补种地点为青云区主干道两侧。"),
    ],
)
def test_what_ends_or_begins_at_a_page_is_not_joined(above: str, below: str) -> None:
    assert lines_that_go_on((*OPENING, above, below, *SIGNED), (3,)) == []


def test_turn_that_no_line_stands_at_is_passed_over() -> None:
    assert lines_that_go_on(OPENING, (0, 2, 9)) == []


def test_halves_are_joined_and_their_joints_known() -> None:
    lines = ["建设算力", "中心。", "引进Smart", "City平台，发函至a@example.go", "v.cn"]
    whole, joints = whole_lines(lines, {0, 2, 3})
    assert whole == ["建设算力中心。", "引进Smart City平台，发函至a@example.gov.cn"]
    text = "\n".join(whole)
    article = parse_article((), lines, (0, 2, 3))
    assert (article.text, article.breaks) == (text, joints)
    assert article.printed(0, len(text)).split("\n") == lines


def test_no_blank_is_added_where_a_program_cut_words() -> None:
    whole, _ = whole_lines(["速率达到10G", "bps，建成20", "25个"], {0, 1})
    assert whole == ["速率达到10Gbps，建成2025个"]


def test_article_that_was_counted_otherwise_stays_as_it_is() -> None:
    assert parse_article((), ("甲\n乙", "丙"), (0,)).breaks == ()


def test_account_tells_cut_lines_as_it_tells_paragraphs() -> None:
    case = CASES[0]
    lines = cut_lines(case["text"], Cut(56))
    reading = explain_page(page(as_breaks(lines), case["expect"]["title"]), URL)
    told = {block.rule for block in reading.blocks if block.kept}
    assert told == {"title", "body", "contacts"}


def test_annex_keeps_the_lines_that_the_page_prints() -> None:
    case = next(case for case in CASES if case["name"] == "an annex behind the date")
    lines = bare(cut_lines(case["text"], Cut(56)))
    annex = lines[lines.index("附件") :]
    assert list(read_lines(lines).annex) == annex


PIECES = (
    "甲",
    "、",
    "，",
    "。",
    "：",
    "《",
    "》",
    "a",
    "1",
    " ",
    "　",
    "\t",
    "一、",
    "王某委员：",
    "2024年5月16日",
)
LINE = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join).map(str.strip)


@given(st.lists(LINE.filter(bool), max_size=12), st.lists(st.integers(-1, 12), max_size=3))
def test_whatever_the_lines_are_all_of_them_are_printed(lines: list[str], turns: list[int]) -> None:
    cut = lines_that_go_on([*CUT, *lines, *CUT], turns)
    assert set(cut) <= set(range(len(lines) + 2 * len(CUT) - 1))
    article = parse_article((), bare([*CUT, *lines, *CUT]), cut)
    assert article.printed(0, len(article.text)).split("\n") == bare([*CUT, *lines, *CUT])
    assert all(passage.text.strip() for passage in article.passages)


def test_number_of_a_papers_page_that_is_dropped_parts_no_sentence() -> None:
    halves = (
        "下一步，我局将会同市教育局、市卫生健",
        "康委员会在2024年底前配备急救设备，并开展培训。",
    )
    lines = [*OPENING, halves[0], "— 2 —", halves[1], *SIGNED]
    letter = read_page(page(as_paragraphs(lines), "关于市政协第57号提案的答复"), URL).letter
    assert letter.commitments == ("".join(halves),)
    assert letter.body == "\n".join((*OPENING, *halves, *SIGNED))
