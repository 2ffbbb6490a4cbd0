"""Owns the sentences that name neither time nor will, and what they say where they stand."""

from __future__ import annotations

import re
from datetime import date

from pipelines.letter.deeds import OWN_NAME, VERBS
from pipelines.letter.going_on import BEGINS, COUNTS, RESULTS, is_statement
from pipelines.letter.past import DONE, begins_behind, is_past, lies_behind
from pipelines.letter.plan import unmarked
from pipelines.letter.promises import promises

# 对低保家庭,免除… · 与交警部门共享… · 把风貌管控写进村规 · 结合雨污分流,在三条街|增设…
_BY_WAY = re.compile(
    rf"(?:同时,?)?先?(?:对|与|把|将|以|按|在|从|利用|依托|围绕|通过|面向|借助|参照"
    rf"|结合)[^,。]{{2,40}},?(?:在[^,。]{{2,20}}?)?(?:{VERBS})"
)
# 对整改不到位的|停业整顿
_WITH_WHOM = re.compile(r"(?:对|凡)[^,。]{2,30}的")
# 继续组织企业参加展会
_GOES_ON_AS_BEFORE = re.compile(
    r"(?:同时,?)?(?:[^,。]{2,16}(?:期间|时|方面),?)?(?:继续|进一步|今后)"
)
# 每年举办一届开茶节 · 不少于10场 · 24小时内修复 · 欠缴的,先办证后追缴
_HOLDS = re.compile(
    r"每(?=[年月季周日天生户人名处个件场栋]|学[期年]|半年)|不[少低]于|不超过|一律|逐[年步一]|首[年批期]|[时分天日]内"
    r"|分步|先从|\d ?(?:小时|天|个?工作日)(?:处|修|办|到|解)"
    r"|以内|控制在"
    r"|^[^,。]{2,24}的,|每\d|扩[大展]到全|由[^,。]{2,20}(?:牵头|负责|承担|负担)"
    r"|改[由为用](?!革)|先行|^(?:同时,)?把[^,。]{2,30}(?:纳入|列入|计入|写入|补进)|再(?!次|度|生|造|说|三)|挂钩|不再|为止|视[^,。]{2,16}(?:再|决定)"
)
# What each of these has, or 继续, 进一步: most paragraphs that tell have none
_MAY_HOLD = re.compile(
    "继续|进一步|今后|每|不[少低]|不超|一律|逐|首[年批期]|内|先|分步|控制在|的,|扩|由|改|再|挂钩|为止|视"
)
# 我局每季度公布一次 · 村里每晚派人值守,直到通桥: holds, whoever does it, without a verb at its head
_HOLDS_ANYHOW = re.compile(
    r"一律(?:不|停|由|按|取|免|清|退)|由我[^,。]{1,8}(?:负责|牵头|承担|组织|解决|安排|提供)|我[^,。]{1,3}负责"
    rf"|{OWN_NAME}[^,。]{{0,4}}(?:每[年季月周半]|[先再](?!后|次|度|进|是))"
    r"|改[由为用](?!革)|不再[供受审发安]|每[^,。]{1,6}一[次检查报]"
    r"|(?:^|,)先[在由从把对][^。]{2,40}(?:试点|试行|试用|再)"
)
# 参保面积3.5万亩 · 单船年产值2100万元: a figure behind a noun may as well be one reached
_STANDS_AT = re.compile(
    r"(?:年产|年均|日均|面积|产值|收入|总量|规模|长度|人数|数量|金额|资金|投资|覆盖率|比例|率|量|值|额)(?:约|为|达|近|超)?\d|\d[^,。]{0,4}(?:次|起|件)(?=[,。;])"
)
# 心理治疗目前多数未纳入报销 · 省医保局正在论证
_IS_NOW = re.compile(
    r"目前|正在|尚未|需要?(?:审慎|进一步|统筹|报|经|由)|涉及(?!的)|累计|(?<!,)共[计有]?\d|共需|约需|其中|同比|现有|[您你]"
)
# 病人等候时间长,医生压力也|大。 · 山区路窄坡|陡。: never 把品牌做大
_IS_WANTING = re.compile("(?<![扩做壮增减提降缩放拉抬调最])[大小长短高低多少重难弱差慢窄陡][。;]?$")
# 项目前期工作由我局承担 · 我厅发布工资价位: never 海事局开通…, which is told
_IS_TO_DO = re.compile(
    r"由[^,。]{2,20}(?:负责|承担|负担|列支|解决|保障|组织|安排|落实|统筹|牵头|配套|投保|代为)"
    rf"|{OWN_NAME}(?:则|也|还|从[^,。]{{2,12}})?(?:{VERBS})"
)


def acts(sentence: str, *, surely: bool = False, telling: bool = False) -> bool:
    """Whether the folded sentence, in answer to a point, says with bare verbs what will be done.

    A figure in it must be one that holds for things to come: what was reached has figures too.
    `surely`, where the points before were answered with what was done, it must hold so anyway;
    `telling`, where this one is, it must go on or be the office's own besides.
    """
    if _GOES_ON_AS_BEFORE.match(sentence):
        return True
    if _HOLDS_ANYHOW.search(sentence):
        return not COUNTS.search(sentence)
    if telling or is_statement(sentence):
        return False
    if _HOLDS.search(sentence):
        return not COUNTS.search(sentence)
    if surely or not (
        BEGINS.match(sentence) or _BY_WAY.match(sentence) or _IS_TO_DO.search(sentence)
    ):
        return False
    return not (COUNTS.search(sentence) or RESULTS.search(sentence) or _STANDS_AT.search(sentence))


def _does(sentence: str) -> bool:
    """Whether a folded sentence says what is done, or with whom."""
    return bool(BEGINS.match(sentence) or _WITH_WHOM.match(sentence)) or acts(sentence)


def may_hold(text: str) -> bool:
    """Whether a folded text has a word of what holds for things to come: quick to look for."""
    return _MAY_HOLD.search(text) is not None


def is_listed(sentence: str, signed: date | None, *, heads_item: bool) -> bool:
    """Whether the folded sentence, in a list that may be of what will be done, is no statement.

    Behind the one that heads its item it may be one in any clause, unless it has a verb.
    """
    if is_past(sentence) or DONE.search(sentence) or lies_behind(sentence, signed):
        return False
    if RESULTS.search(sentence) or begins_behind(sentence, signed):
        return False
    text = unmarked(sentence)
    may_not = not heads_item and (is_statement(text) or _IS_WANTING.search(text))
    if may_not and not (_does(text) or promises(text, signed, loosely=True)):
        return False
    head = text.partition(",")[0]  # 二是修复湿地: no statement
    return not (_IS_NOW.search(sentence) or is_statement(head))
