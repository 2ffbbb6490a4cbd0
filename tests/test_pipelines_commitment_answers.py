"""What will be done, said with bare verbs: in lists announced for it, and in answer to points."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.fold import fold
from pipelines.letter.announced import heads_list
from pipelines.letter.commitments import find_commitments
from tests.marked_sentences import cases, unlike_marks

SIGNED = date(2024, 5, 16)

# Whatever is announced and not told of is a list of what will be done, to where it ends.
ANNOUNCED = """
我院的考虑是：|+第一，改造急诊分区，危重患者优先。|+第二，与社区医院结对，检查结果互认。|感谢您的关心。
局务会商量后，有这么几条意见。|+一、渡口重新开起来，船工工资由镇里出。|+二、候船亭每天清扫。
结合您的意见，我局拟定了实施方案：+年内会签管理办法。+邀请商户代表参与评分。+对整改不到位的停业整顿。
您提的三条，我们全部采纳，逐项落实。|+账目方面，每月贴在公示栏上。|+人员方面，由村医兼职照看。
对照您的建议，我们这样办。|+书店上门，进工地、进军营。|+夜校办在厂里，工人下班就学。|目前图书馆总馆正在维修。
为此，我局提出如下设想：|+打通环湖步道，新栽乔木。|+游船改电动，夜航延长。|需要说明的是，资金尚未落实。
我局主要采取了以下措施：|加强培训，组织观摩。|推进改造，完善设施。
当前存在的主要困难有：|一是管网老化，改造慢。|二是人员不足，轮岗难。
近年来，我局着力抓了以下工作：一是加强巡查，发现隐患立即整改。二是健全制度，实行销号管理。
《办法》对经营者提出以下要求：|一是张贴收费标准。|二是建立进货台账。
"""

# In a letter without a part on the next steps a point taken up is answered with bare verbs.
POINTS = """
一、关于培育合作社的建议。+推广“合作社带农户”模式，引导农户入股。+支持合作社注册商标。
二、关于外出参展的问题|目前已有自营门店16家，2023年销售额3.1亿元。+继续组织商户参加展会，打响区域品牌。
三、关于办节。现有节庆活动4个。+做精做细，打造一批夜游项目，每年举办一届灯会。
您提出规范夜市的建议。+规范摊位设置，划定油烟管控区。
一、关于站牌更新。+对具备条件的站点逐一加装座椅，条件受限的设置靠杆。
现逐条说明：|（一）设立监测点。+由区统计局牵头设立固定监测点，结果每季度通报。|（二）整合平台。平台已清理12个。+建设统一入口，一次填报。
一、关于价格构成。燃气价格由气源价和配气价构成，实行政府定价，调整须履行听证程序。
关于外地车辆。实行首违提醒，车主每年可申领12次通行码，手机即可办理。
关于培训。举办培训班6期，培训300人次。
关于装备。支持新船首航，单船年产值2100万元。
关于试点。试点养殖保险，参保面积2.4万亩。
关于补贴。此项补贴由中央财政统一负担，按政策执行。
一、关于设施。先后建成停车场12个。|二、关于业态。打造了露营地3处。|三、关于宣传。举办采摘节，邀请名人代言。
关于加固。建议你市先行论证。其次，完善检测手段，明确责任。
"""
# Behind what was told at length bare verbs tell on, but for those that go on or are the office's.
TELLING = """
关于停车设施。近三年来，我局会同各区新建改建停车场41处，新增泊位1.2万个，打通断头路9条，市民停车比从前方便了许多，投诉量也明显下降。推广错时停车，开放机关车位。
关于停车设施。近三年来，我局会同各区新建改建停车场41处，新增泊位1.2万个，打通断头路9条，市民停车比从前方便了许多，投诉量也明显下降。对夜间停车逐步实行优惠。
关于停车设施。近三年来，我局会同各区新建改建停车场41处，新增泊位1.2万个，打通断头路9条，市民停车比从前方便了许多，投诉量也明显下降。+继续挖掘车位资源。+先在两条街试行分时收费。
关于停车设施。已建成停车场41处。+推广错时停车，开放机关车位。
关于停车设施。已建成停车场41处。+我局明年再建6处。|推广错时停车，开放机关车位。
关于停车设施。+我局明年再建6处。|+推广错时停车，开放机关车位。
"""
# Behind the sentence that heads an item stands why, or how others do it, unless it has a verb.
ITEMS = """
我院的考虑是：|+第一，改造急诊分区，危重患者优先。病人等候时间长，医生压力也大。+对轻症的当天分流。
我院的考虑是：|+第一，急诊分区重新划线，危重患者优先。+设置分诊台，专人引导。
"""
# What deputies ask for has no one who will do it: whoever will is the answer.
WISHES = """
+您建议延长末班车，市公交集团将于8月新购车辆12台。
您建议延长末班车，8月新购车辆12台。
您建议加大投入，由县财政将培训经费提高到200万元。
"""
# Where a letter has a part on the next steps, bare verbs elsewhere tell of what was done.
PLANS_APART = """
一、关于培育合作社的建议。推广“合作社带农户”模式，引导农户入股。|二、下一步工作|+壮大龙头企业。
"""

# Behind 我厅将… to the end of its paragraph, over a sentence that says how things are meant.
GOES_ON = """
+我厅将推动两市签订协议，补偿资金增加到3000万元。+水质达标的，下游补偿上游。+断面考核标准逐年收严。
+新市场今年9月底建成。+改造期间，商户暂迁河西临时市场。+市场建成后，实行物业化管理，垃圾日产日清。
+等秋收完就动工。
+待水利部门批复后即行开工，工期约4个月。
+我局同意您的意见，在南门新建公厕1座，与绿道同步施工。
+经综合比较，推荐重建方案。
+我们会抓住创建契机，划定保护区。
+我厅已作专题汇报，将持续跟进对接。
我委将研发投入视同利润加回，单列考核。
市教育局表示将把履职情况纳入考核。
省发改委答复我委，将在编制规划时统筹考虑该项目。
"""


@pytest.mark.parametrize(
    "case",
    [
        case
        for table in (ANNOUNCED, POINTS, TELLING, ITEMS, WISHES, PLANS_APART, GOES_ON)
        for case in cases(table)
    ],
)
def test_bare_verbs_are_read_where_they_stand(case: str) -> None:
    assert unlike_marks(SIGNED, case) == ([], [])


@pytest.mark.parametrize(
    "sentence",
    ["学校的考虑是:", "更长远的安排是这样的:", "我们这样抓落实。", "就您关心的问题,准备这样办:"],
)
def test_words_that_announce_what_is_not_told(sentence: str) -> None:
    assert heads_list(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["答:", "主要做法有:", "采取了以下措施:", "现答复如下:", "您的意见是:", "主要原因如下:"],
)
def test_labels_and_words_that_announce_what_is_told(sentence: str) -> None:
    assert not heads_list(sentence)


@pytest.mark.parametrize("piece", ["由" * 40, "对甲,", "我局:", "每年", "针对您", "关于"])
def test_any_text_is_read_to_its_end(piece: str) -> None:
    body = piece * 2000
    found = find_commitments(body, fold(body), 0, SIGNED)
    assert all(sentence in body for sentence in found)
