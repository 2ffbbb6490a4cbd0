"""What stands in the part on the next steps without being one, and what opens such a part."""

from __future__ import annotations

from datetime import date

import pytest

from tests.marked_sentences import cases, unlike_marks

SIGNED = date(2024, 6, 20)

# Run-in headings, what the deputies proposed, how things are and what was done among the plans.
AMONG_PLANS = """
三、下一步打算|关于增开夜班车。+与公交公司商定首末班时间。
三、下一步打算|+逐座登记渡口。此外，您建议把船票降到一元。
三、下一步打算|+逐座登记渡口。贵会还提出，对空置铺面征收管理费。
三、下一步打算|+逐座登记渡口。您列出的两处渡口，我们逐一进行了查看。
三、下一步打算|+逐座登记渡口。码头栈桥已有国家标准，护栏做法各不相同。
三、下一步打算|+修订办法，在已有基础上放宽年限。
三、下一步打算|+逐座登记渡口。全县现有渡口41处，半数没有候船棚。
三、下一步打算|+逐座登记渡口。海事部门反映，现行法规对空载没有罚则。
三、下一步打算|+逐座登记渡口。石门渡受航道限制，短期内没有办法迁移。
三、下一步打算|+逐座登记渡口。根据《水路条例》第九条、第十条，对超载的可处五百元罚款。
三、下一步打算|+指导尚未设立室外服务点的三个镇选址，到2026年实现全覆盖。
"""

# Words that announce the next steps, at the end of a paragraph or of a sentence.
OPENERS = """
针对上述不足，今后重点从几方面着手。|1.强化管理。+县水务局负责清理河滩，公安局负责查处盗采。
根据您的建议，我们提出下阶段的思路：|——+编制《坡道图集》，给出样图。|——+对商场先发提示函，逾期不改的依规处置。
结合代表意见，我们考虑从以下两个方面推进。|（一）用好政策。用电价格省里已有明确规定。|（二）补齐设备。+鼓励合作社购置烘干机。
两项诉求均已办结，今后工作中我局还要巩固提升。+对药店实行年度复核，不达标的摘牌。
这一想法与上级要求一致，邻县已有成功实践：该县将旧校舍改为书屋。
"""

# A place in a list: what follows the head of an item says more of it, or why.
LISTED = """
我局的意见是：|+一是分年修缮校舍，先急后缓。+县镇两级按六四比例分担。学生走读路远，家长负担也重。
今年4月，我局委托机构对石桥作了检查，评定为4类：拱圈有裂缝2条；侧墙外鼓。
"""


@pytest.mark.parametrize("case", [*cases(AMONG_PLANS), *cases(OPENERS), *cases(LISTED)])
def test_parts_on_the_next_steps(case: str) -> None:
    assert unlike_marks(SIGNED, case) == ([], [])


# Times to come beside bare verbs, and such as lie behind.
TIMES = """
+县里不作统一规定，年底我局组织一次抽查。
2023年，各镇自查。年底我局组织一次抽查。
+县供电公司今明两年投资2亿元改造农网，优先解决低电压。
+老街的排水沟改造，列入明年实施，每户补助不超过六千元。
《湿地条例》，明年实施。
+从今年起，抽查结果一律按季通报。
从今年起，抽查结果一律按季通报，已通报两次。
+对尚未完成管网改造的四个村，今年三季度铺设管道。
+年底前全部建立桥梁档案，对三类及以下桥梁限载。
+明年起发放补贴。今年1—5月，图审退回项目14个。
根据预测，2030年我市用水量达到3亿吨。
"""

# What others foresee or set, and 将 and 计划 that promise nothing.
DOUBLES = """
供电部门预计，改造平均每个小区需要18万元，明年完成的占一半。
住院医师招生计划持续向县级倾斜，共招收120人。
+明年起发放补贴。国家某委等部门印发的《关于推进乡村诊所发展的意见》（某卫发〔2024〕3号）提出，到2025年，每村有一所诊所。
在东门，我们将双向车道调整为单向通行，增设泊位38个。
+这一做法会延续下去，范围扩大到四个镇。
+交警大队会把它们编入宣传清单。
您提出优化慢行系统。+结合雨污分流改造，在石桥路等三条路增设非机动车道9公里。
+明年起发放补贴。+对倒塌的厢房，我局按原样修复的要求逐间制定方案。
（一）关于审批。多数网点实现一窗受理、十个工作日内答复。
（一）关于护林。护林员均为兼职，每年由镇里报销路费。
"""


@pytest.mark.parametrize("case", [*cases(TIMES), *cases(DOUBLES)])
def test_times_and_words_and_their_doubles(case: str) -> None:
    assert unlike_marks(SIGNED, case) == ([], [])
