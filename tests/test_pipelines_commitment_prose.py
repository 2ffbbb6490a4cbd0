"""How official prose promises: aspect, modal, who acts, and where it stands; beside its doubles."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.fold import fold
from pipelines.letter.commitments import find_commitments
from tests.marked_sentences import cases, unlike_marks

SIGNED = date(2024, 6, 20)

# Aspect and modal, without a deadline: 待…后, 将写入, 已决定将, 承诺, a rule from now on.
MODALS = """
+有关做法将写入新修订的技术导则。
+待新校区建成后，统一调整学区。
+县里已决定将该村列入第二批整治名单。
+我局正积极向上汇报，力争纳入省级规划。
+请您放心，这项工作我们会一抓到底。
+我们承诺，未经居民同意，不改变绿地用途。
+凡今后新出让的地块，均须配建社区用房。
+对超标工地，县住建局将加大抽查，一律停工整改。
市里将执法重心下移，确保了秩序稳定。
+本月内补设警示标牌。
+全县三年内实现公厕专人管护全覆盖。
近三年内未发生事故。
目前全市在建项目36个，计划总投资210亿元。
如果一味扩大规模，将造成浪费。
全县现有卫生室320个，年底前通过考核的占九成。
全市现有泊位12万个，预计缺口约3万个。
"""

# Who acts: what the state or a firm plans is theirs.
OTHERS = """
国家某某委计划明年出台指导意见。
企业预计明年投产。
该公司拟于年底前开工。
"""

# A sentence that begins with a time that is over tells, unless a later clause looks ahead.
BEGINNINGS = """
2024年初，市政府将该项工作纳入民生实事，统筹推进。
今年3月，我局将重点路段全部纳入巡查，一路一档。
前期，我局计划调整线路，因群众意见不一未能实施。
+今年3月，我局启动招标，预计年底建成。
二、下一步工作|（一）加强清淤。今年上半年，完成清淤12公里。+对暗渠逐段清理。
二、下一步工作|（一）加强排查。2023年，共整治隐患36处。这方面还存在一些不足。+对桥梁逐座建档。
"""

# What the deputies asked for, and what the office says behind that.
WISHES = """
您建议在2025年前建成大桥，我们深有同感。
+您建议在2025年前建成大桥，我们年内先启动可行性研究。
二、下一步工作|需要说明的是，您建议的连通方案，经论证不予采用。+逐段清理暗渠。
二、下一步工作|+逐座登记古树。《古树条例》第四条规定，保护古树，应当注重整体性，我们会记住。
"""

# A list that a promise announces within its sentence, or that announces what was decided.
LISTS = """
+我们这样落实：第一，把首班车提前到五点。+第二，在车站增设接驳线。第三条涉及票价，需报市里审批。
考虑到群众困难，镇里决定按三类办理：|+（1）危房由镇里统一维修。|+（2）漏水的屋面重做防水。
"""

# In answer to points; what is told of one before.
POINTS = """
（一）县财政局的意见。+首期安排300万元，对失败的试验按实际投入的40%给予补偿。|三、下一步工作
关于放宽门槛。门槛由省里规定，县里不能放宽。+但考试前的培训由我局免费组织。
（四）关于红线。+县自然资源局答复，红线内不再供应用地，对已出让的四宗地，协商调整用途。
试录两期，收视超出预期，计划投放的三个小区点播率第一。
"""


@pytest.mark.parametrize(
    "case",
    [
        case
        for table in (MODALS, OTHERS, BEGINNINGS, WISHES, LISTS, POINTS)
        for case in cases(table)
    ],
)
def test_official_prose_promises_by_its_forms(case: str) -> None:
    assert unlike_marks(SIGNED, case) == ([], [])


@pytest.mark.parametrize(
    "heading",
    [
        "三、对策措施",
        "三、工作设想",
        "三、工作展望",
        "三、我们准备怎么做",
        "三、往后怎么干",
        "三、还要做的事",
        "三、加强和改进的措施",
    ],
)
def test_headings_in_plain_words_head_the_next_steps(heading: str) -> None:
    assert len(_under(heading)) == 2


def test_plans_of_a_year_that_is_over_are_told() -> None:
    assert _under("三、2023年工作安排") == ()
    assert len(_under("三、2024年工作安排")) == 2


def test_an_office_that_the_opening_names_speaks_for_itself() -> None:
    opening = "您的建议收悉。经会同市财政局研究，现答复如下："
    named = "市财政局表示，将在保持标准不变的基础上加大争取力度。"
    other = "市商务局表示，将在保持标准不变的基础上加大争取力度。"
    for text, found in ((named, (named,)), (other, ())):
        body = f"{opening}\n受财力影响，提高标准暂时难以实现。{text}"
        assert find_commitments(body, fold(body), len(opening), SIGNED) == found


@pytest.mark.parametrize("behind", ["", "\n三、下一步工作"])
def test_items_that_a_promise_announces_within_its_sentence(behind: str) -> None:
    items = ("我局将做好三项工作：一是明年底前完成普查。", "二是修复河口湿地。", "三是编制规程。")
    body = "".join(items) + behind
    assert find_commitments(body, fold(body), 0, SIGNED) == items


def test_solving_a_problem_goes_on_with_the_undertaking_before_it() -> None:
    items = ("年内每县开设夜间儿科门诊", "组织编制用药目录，解决药品不全问题。")
    body = "；".join(items)
    assert find_commitments(body, fold(body), 0, SIGNED) == items


def test_the_spring_rush_is_a_deadline_in_autumn() -> None:
    body = "站外导向牌412块，春运前换完。"
    assert find_commitments(body, fold(body), 0, date(2023, 11, 27)) == (body,)


def test_a_month_without_a_year_that_is_near_is_still_to_come() -> None:
    body = "二、下一步工作\n1月，启动招标。"
    assert find_commitments(body, fold(body), 0, date(2023, 11, 27)) == ("1月，启动招标。",)
    assert find_commitments(body, fold(body), 0, date(2023, 4, 27)) == ()


def test_rows_of_a_table_that_decline_are_left_out() -> None:
    body = (
        "序号\t建议内容\t采纳情况\t完成时限\n1\t增设夜间接驳车\t采纳\t2024年12月\n"
        "2\t取消平行的线路\t暂不采纳\t—\n"
    )
    assert find_commitments(body, fold(body), 0, SIGNED) == ("增设夜间接驳车",)


def _under(heading: str) -> tuple[str, ...]:
    body = f"一、工作情况\n完成改造12处。\n{heading}\n对老旧管网逐段登记。联合公安部门夜间巡查。"
    return find_commitments(body, fold(body), 0, SIGNED)
