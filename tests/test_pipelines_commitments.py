"""What an office promises: sections on the next steps, promises and deadlines elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.fold import fold
from pipelines.letter.commitments import find_commitments

SIGNED = date(2024, 5, 16)
PROMISES = [
    "2025年6月底前完成全部改造。",
    "到2025年底前建成12个站点。",
    "我局将在2025年底前完成12所学校供暖改造。",
    "拟于2025年建设示范田500亩。",
    "力争年内新增学位3000个。",
    "计划投资2亿元建设水厂。",
    "预计2025年12月竣工。",
    "争取明年开工。",
    "目前项目已开工，预计2025年底建成投用。",
    "该路段已列入2025年改造计划，计划6月开工、10月完工。",
    "市财政将安排资金500万元用于管网改造。",
    "年底前实现全覆盖。",
    "今年底前完成剩余30个小区改造。",
    "我们将于2026年上半年启动二期工程。",
    "项目将于10月份完工。",
    "到2026年，全市新建公办幼儿园6所。",
    "确保2025年9月投入使用。",
    "此项工作将在三季度前完成。",
    "明年将新建3座公厕。",
    "我局承诺30日内整改到位。",
    "该项目2025年底前可完工。",
    "将您的建议纳入“十五五”规划。",
    "同时，已报审定方案，将于2025年6月开工。",
    "设计方案已报市政府审定，计划2025年3月开工。",
    "自2024年10月1日起，公交班次由每日6班增加到10班。",
    "从2025年春节开始，惠民演出增加到100场。",
    "2024年至2026年，市级财政每年安排专项资金1.5亿元。",
    "2025年实施供水工程3处，解决4200人的饮水问题。",
    "明年春季学期起，每学期开展家访不少于2次。",
    "从下个月起，大厅实行周六延时服务。",
    "待条件成熟后，我局再行启动。",
    "我局将把该项目列入储备库。",
    "我局将在总体规划中预留公园用地。",
    "市住建局将每季度举办一次银企对接会，授信不少于20亿元。",
    "2025年春季开学前，覆盖率达到100%。",
    "我局会在编制2025年预算时申报。",
    "我局计划会同公安部门每季度检查一次。",
    "规划获批后，将分三年投资1.2亿元实施改造。",
    "力争三年内漏损率降到9%以下。",
    "该路段预计国庆节前恢复通行。",
]
NO_PROMISES = [
    "我局已完成全部管网改造。",
    "2023年底前，我局已完成12所学校改造。",
    "截至2024年底，已建成站点120个。",
    "去年完成投资3亿元。",
    "欢迎继续关注我局2025年工作。",
    "感谢您对我局2024年工作的支持，希望继续关注。",
    "2023年，新增学位3000个，超过计划20%。",
    "《2025年行动计划》已印发。",
    "您在提案中建议到2025年建成10个公园。",
    "您提出“到2025年底前建成10个公园”的建议很好。",
    "2022年投入资金300万元，改造管网20公里。",
    "规划到2035年的总体规划已获批复。",
    "我局将历史街区划定为保护区。",
    "经研究，现将2024年情况说明如下：",
    "2020年10月，市政府将其列为3个重点项目。",
    "按照国务院通知，2024年计划生育政策作了调整。",
    "如有意见，请于2024年6月30日前将回执寄送我局。",
    "请您在15日内将征询意见表反馈我局。",
    "对以上答复有什么意见，请于15日内反馈，我们将认真研究。",
    "我局将此项工作列为重点。",
    "我局将在建项目列为监管对象。",
    "市教委将任务分解到12个区县。",
    "2024年，市级财政安排专项资金1.5亿元。",
    "自2023年10月1日起，公交班次由每日6班增加到10班。",
    "自2024年4月1日起，公交班次由每日6班增加到10班。",
    "自2024年7月1日起施行的《条例》明确了职责。",
    "2025年是规划的收官之年。",
    "根据《规划》，2026年建成10处。",
    "覆盖面有待提高后再统计。",
]
HEADINGS = [
    "二、下一步工作打算",
    "下一步工作",
    "（二）下一步",
    "三、今后工作",
    "二、下步工作计划",
    "二、工作打算",
    "2.下一步工作安排",
    "二、下一阶段工作重点",
    "下一步工作安排：",
    "三、下一步措施",
    "第二部分 下一步工作",
    "二、关于下一步工作",
    "【下一步工作】",
    "二、努力方向",
    "二、改进措施",
    "二、工作计划",
    "四、后续工作安排",
    "二、后续工作",
    "二、下步举措",
    "二、未来工作思路",
    "※下一步工作",
    "Ⅱ、下一步工作",
    "2、下一步打算",
    "（2）下一步工作",
    "二．下一步工作",
    "二 、下一步工作",
]


def commitments(*lines: str, signed: date | None = SIGNED) -> list[str]:
    body = "\n".join(lines)
    return list(find_commitments(body, fold(body), 0, signed))


@pytest.mark.parametrize("sentence", PROMISES)
def test_promise_with_a_deadline_figure_or_in_the_offices_name(sentence: str) -> None:
    assert commitments(sentence) == [sentence]


@pytest.mark.parametrize("sentence", NO_PROMISES)
def test_look_back_wish_and_courtesy_promise_nothing(sentence: str) -> None:
    assert commitments(sentence) == []


@pytest.mark.parametrize("heading", HEADINGS)
def test_section_on_the_next_steps_under_every_numbering(heading: str) -> None:
    found = commitments(
        "一、工作开展情况", "已完成改造12处。", heading, "一是加强巡查。", "二是加大投入。"
    )
    assert found == ["一是加强巡查。", "二是加大投入。"]


def test_section_ends_at_the_next_heading_of_its_rank() -> None:
    found = commitments(
        "二、下一步工作",
        "（一）加强巡查。我局将组织专班开展巡查。",
        "（二）加大投入",
        "2025年安排资金500万元。",
        "三、其他说明",
        "关于电梯问题，由市场监管局负责。",
    )
    assert found == ["我局将组织专班开展巡查。", "2025年安排资金500万元。"]


def test_unnumbered_heading_holds_the_numbered_items_below_it() -> None:
    items = ["1.2024年底前，建成医共体5个。", "2.招聘全科医生120名。", "3.推动检查结果互认。"]
    assert commitments("下一步工作计划：", *items) == items


def test_items_announced_by_a_sentence_on_the_next_steps() -> None:
    items = ["一是健全政策体系。", "二是强化要素保障。"]
    assert commitments("下一步，我们将做好以下工作：", *items, "以上答复，请审阅。") == items


def test_sections_within_one_paragraph() -> None:
    found = commitments("二、下步打算。（一）加强督查；（二）年底前完成改革15项；（三）开展测评。")
    assert found == ["（一）加强督查", "（二）年底前完成改革15项", "（三）开展测评。"]


def test_closing_words_in_the_plans_section_are_no_commitments() -> None:
    found = commitments(
        "二、下一步工作",
        "我局将加强巡查。",
        "此复函已经蓝某某主任审签。对以上答复您有什么意见，请填写在回执上寄给我们，我们将进一步改进工作。",
        "再次感谢您对水利工作的关心支持，并将一如既往为您服务。",
    )
    assert found == ["我局将加强巡查。"]


def test_deadline_before_the_letter_was_signed_is_no_undertaking() -> None:
    assert commitments("2021年底前全部完成改造。") == []
    assert commitments("2024年3月底前完成全部改造。") == []
    assert commitments("2024年9月底前完成全部改造。") == ["2024年9月底前完成全部改造。"]
    assert commitments("2021年底前全部完成改造。", signed=None) == ["2021年底前全部完成改造。"]


def test_western_full_stops_end_sentences_where_a_paragraph_has_no_others() -> None:
    body = "已建站点31处.我局将于2025年底前新建6处."
    assert find_commitments(body, fold(body), 0, SIGNED) == ("我局将于2025年底前新建6处.",)
    spoken = "我们将于2025年开展“企业吹哨.部门报到”行动。"
    assert find_commitments(spoken, fold(spoken), 0, SIGNED) == (spoken,)


def test_rows_of_a_table_are_no_sentences() -> None:
    assert commitments("二、下一步工作", "类别\t数量\t时间", "管网\t20公里\t2025年底前") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "首批开放医疗、交通等6个领域数据集200个。",
        "新建改建污水厂一律同步配套再生水设施。",
        "建立季度通报制度，对进度滞后的企业进行约谈。",
        "同时压缩办理时限，一般诉求由5个工作日缩短至3个工作日。",
        "选址将充分征求周边居民意见。",
    ],
)
def test_sentence_goes_on_with_the_undertaking_before_it_and_says_nothing_alone(
    sentence: str,
) -> None:
    before = "我局将于2025年启动该项工作。"
    assert commitments(before, sentence) == [before, sentence]
    assert commitments("感谢您的关心支持。", sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "全市茶园面积达到56万亩。",
        "目前，全市一律使用统一标识。",
        "去年建立了季度通报制度。",
        "《条例》规定，新建污水厂一律同步配套再生水设施。",
        "我市现有中心不低于省定标准。",
    ],
)
def test_how_things_are_behind_an_undertaking_is_none(sentence: str) -> None:
    before = "我局将于2025年启动该项工作。"
    assert commitments(before, sentence) == [before]


@pytest.mark.parametrize(
    "sentence",
    [
        "我局打算明年在西街设立工坊10间。",
        "一旦空域批复，我委立即启动选址报告编制。",
        "今冬供暖前，完成南街1.8公里管网的更换。",
        "到“十五五”末，全市湿地保护率稳定在72%以上。",
        "我局会通过市场化方式筹集资金。",
        "我局已呈报专题报告，后续将及时跟进。",
        "我委还将尽快研究制定服务项目清单。",
        "本学期起，全县每所寄宿制学校配1名心理教师。",
        "我社将用3年时间，建设回收网点300个。",
        "同时，争取市财政对每家给予10万元补助。",
    ],
)
def test_what_is_to_be_done_is_told_by_its_grammar(sentence: str) -> None:
    assert commitments(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "截至目前，原计划今年建设12座，已建成10座。",
        "您建议“将停车资源整合，2025年建成平台”，对此我局十分赞同。",
        "近年来，我局争取中央资金5600万元，建设冷库86座。",
        "今年上半年将监测数据接入了防汛平台。",
    ],
)
def test_looks_back_and_quoted_wishes_are_none(sentence: str) -> None:
    assert commitments(sentence) == []
