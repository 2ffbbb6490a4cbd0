"""Promises in many voices, each beside what looks like it: the forms a promise takes without 将."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.fold import fold
from pipelines.letter.commitments import find_commitments
from tests.marked_sentences import cases, unlike_marks

SIGNED = date(2024, 5, 16)

# Days, starts and standing rules; a day that is over, a rule of others and a law are none.
TIMES = """
+龙潭桥加固，7月9日进场。
+从本月起，图书室每晚开到九点。
+镇卫生院六月三日在集市设义诊台。
+每月10日前在村务栏公布账目。
+余下三家七日内作出处理决定。
+往后两年，补种行道树。
今年3月9日，施工队进场。
《河道管理条例》第五条规定，每月检查一次，我们会记住这一点。
企业每月10日前应当报送台账。
"""

# What waits for something, or holds until then.
CONDITIONS = """
+与铁路方面谈妥后首批投放单车200辆。
+协议签完即列入第二批。
+如果省里核下编制，我办优先补充山区所。
+俟经费核拨，即行动工。
+等客流满百人，再添一班。
+渡口修好之前，镇里每天派人摆渡。
手续办完后，队伍随即进场，解决了排水问题。
若按每户两盏计算，共需路灯九百盏，维护成本高。
"""

# In answer to a point; what is refused, borne by others or told stays out.
POINTS = """
您建议增加班次。+继续执行错峰发车，把末班车信息补进站牌。
二、对建议的答复|（一）站牌方面。我局已更换站牌60块。+进一步简化换乘审批，两个工作日内办结。
完全赞同您的意见。+新学年委托家长代表每月抽检一次食堂，不合格的停供整改。
（二）县财政局的意见。赞成这一模式。+首期安排200万元，对达标的合作社给予补助。
关于申报示范县，县里没有名额，+我局每年向市局推荐一次。
关于绿线管控。+市园林局答复，规划中划定绿线，线内不再审批建房。
您提议由财政兜底，此条与管理办法不符，不能采纳。
您提出免税，税收权限在中央，县里没有减免权限。
关于维修资金。保修期外的，由业主使用维修资金解决。
"""

# 将 as 把, plans that qualify a noun, and what came of something done.
TOLD = """
整治期间，镇政府将沿河的养殖户全部劝退，确保了工程进度。
我院将三家医院的做法学了个遍，争取到试点资格。
收视结果超出预期，计划投放的小区点播率第一。
我局已着手办理：登记志愿者80人；购置相机两台。
"""

# Courtesies and instructions, and a report promised beside one.
COURTESIES = """
噪声由公安机关管理，请直接拨打110。
治水离不开社会各界的支持。
祝您身体健康。
感谢您的关心，+进展情况年底再向您书面报告。
+我局年底前再通报一次结果，请您监督。
"""

# 建议一: names what is asked for; so does the label of a list.
LABELS = """
我们这样办：|✔ +北门社区改一个中心厨房，饭菜做好了送过去。|✔ +八十岁以上老人一餐补4元。
建议一：“开办夜校”。|+答：可以办，下月开始。
"""


@pytest.mark.parametrize(
    "case",
    [
        case
        for table in (TIMES, CONDITIONS, POINTS, TOLD, COURTESIES, LABELS)
        for case in cases(table)
    ],
)
def test_promises_are_told_from_what_looks_alike(case: str) -> None:
    assert unlike_marks(SIGNED, case) == ([], [])


def commitments(body: str) -> tuple[str, ...]:
    return find_commitments(body, fold(body), 0, SIGNED)


def test_what_only_a_semicolon_parts_from_a_promise_is_another_part_of_it() -> None:
    body = "明年汛期前修通机耕道；弯道一处不留；老涵洞已经疏通；经费村里自筹三成。"
    assert commitments(body) == ("明年汛期前修通机耕道", "弯道一处不留")


def test_a_task_table_gives_its_tasks_and_leaves_out_what_is_done() -> None:
    body = (
        "余下的事按下表办理。\n序号\t任务\t责任单位\t完成时限\n"
        "1\t新建截流井六座\t住建局\t2024年12月底\n2\t清理河口淤泥\t水利局\t已完成\n"
    )
    assert commitments(body) == ("新建截流井六座",)


@pytest.mark.parametrize(
    "head", ["项目\t金额\t单位", "活动内容\t时间\t地点", "序号\t责任单位\t完成时限"]
)
def test_other_tables_give_nothing(head: str) -> None:
    assert commitments(f"{head}\n新建截流井六座\t3万元\t东河口\n") == ()


def test_an_adoption_table_gives_what_its_cells_promise() -> None:
    body = (
        "建议内容\t办理意见\n增设路灯\t采纳,今年11月底前新装路灯60盏\n开通夜班\t不予采纳,客流不足\n"
    )
    assert commitments(body) == ("采纳,今年11月底前新装路灯60盏",)


@pytest.mark.parametrize("piece", ["如果", "每月", "等", "关于甲,", "由业主", "任务\t完成时限\n"])
def test_any_text_is_read_to_its_end(piece: str) -> None:
    body = piece * 2000
    assert all(sentence in body for sentence in commitments(body))
