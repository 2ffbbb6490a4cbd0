"""Owns what a sentence undertakes: its deadlines, times and conditions."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from pipelines.letter.conditions import waits
from pipelines.letter.deeds import DEEDS, VERBS
from pipelines.letter.hints import may_be_due
from pipelines.letter.others import binds_others
from pipelines.letter.past import DONE, is_past, lies_behind
from pipelines.letter.times import (
    PLANS,
    Time,
    month_number,
    starts_ahead,
    times_ahead,
)
from pipelines.letter.told import Told

# 2025年6月底前 · 2025年主汛期前 · 到2026年 · 年底前 · 今年底前 · 9月1日前 · 三季度前 · 年内
_DEADLINE = re.compile(
    r"(?=[2到至今明后本年月\d一二三四五七两十“,:)]|^)"  # how all begin: a third of the time
    r"(?:(?P<y>20\d\d) ?年 ?(?:(?P<m>\d{1,2}) ?月(?:份|\d{1,2} ?日)?|[上下]半年|[一二三四]季度"
    r"|[春秋]季(?:学期)?(?:开学)?|[一-鿿]{2,5})?"
    r"(?:年?[底末]|[上中下]旬)?(?:之?前|内)"
    r"|(?<![\d年])(?:到|至(?<=^至)|至(?<=[,:]至)) ?(?P<y2>20\d\d) ?年(?![来至以])"
    r"|(?:[今明后]|本)?年[底末]之?前|(?<![\d一两二三四五])(?:[今明本])?年内"
    r"|(?:本|(?P<m2>\d{1,2}|十[一二]?|[一二三四五六七八九])) ?月(?:[底末]|份|\d{1,2} ?日)?之?前"
    # 本月内补齐 · 全县三年内实现全覆盖, never 近三年内
    r"|(?<=[本当])月内|(?<![近去前后来\d])(?:[两三四五]|[2-5]) ?年内"
    r"(?=[^,。了]{0,4}(?:实现|完成|建成|达到|全部|基本|消除|覆盖))"
    r"|[一二三四]季度[末底]?前|[今明][年春夏秋冬](?!以)[^,。]{0,8}前"
    r"|(?:[到至] ?)?“?十(?P<plan>[三四五六])五”?期?末"
    r"|(?:^|[,:)])(?:未来|今后|往后|用)?(?:[一两二三四五六半]|[1-9]) ?"
    r"(?:年|个月)(?:之内|内|的?时间)"
    r"|(?:^|[,:)])(?:未来|今后|往后|接下来)(?:[两二三四五]|[2-5]) ?年"
    # 其余四家15日内作出决定 · 收到投诉三日内办结
    rf"|(?:\d{{1,2}}|[两三五七十]) ?个?(?:工作)?[日天]之?内"
    rf"(?=[^,。]{{0,6}}?(?:作出|办结|答复|处理|拿出|送达|修好|{DEEDS})))"
    # 2025年前后 · 2025年底前的 · 6月底前建成的: no deadline
    r"(?!后|的|期|[一二三四五六七八九十两几\d]+ ?(?:个月|月|季度|年|天)"
    r"|(?:建成|取得|入学|出生|登记|购买|签订|竣工|交付)的)"
)
# 年底|前 · 到20|26年: what every deadline has, quick to look for, within so many characters
_LONGEST_DEADLINE = 20
_MAY_END = re.compile("前|内|末|时间|未来|今后|往后|接下来|到20|到 20|至20|至 20")
_DOES = re.compile(
    r"完成|建成|实现|竣工|投用|投入|开工|启动|达到?|交付|通车|落实|出台|印发|解决|整改|新建|新增"
    r"|改造|覆盖|完工|建设|建立|形成|开通|开放|运行|安装|到位|编制|修订|培育|引进|清零|上线|全部"
    r"|安排|实施|开展|动工|发布|公开|投运|举[办行]|推[出行]|实行|执行|创建|打造|提供|配备|要有|要达|稳定|保持|更新|发放|延长|缩短|惠及|普及|新设"
    r"|增长|不低于|不少于|至少|再增|退出|补[助贴]|奖励"
    r"|[改扩再续]建|建(?=\d)|[配设开办](?=\d)|扩[展大至]|增[至加设列]|提高|提升|降[至低]|压[缩减]|调整"
)
# 市级每年设立专项资金2000万元,三年培育新品种6个: what years to come shall bring
_OVER_YEARS = re.compile(
    r"每年[^。]{2,30},(?:用)?[两三四五六]年(?:内)?(?:累计)?(?:培育|完成|建成|新[增建]|实现|改造|达到|培训|投入)"
)
# 2025年底前有效 · 三年内未发生: says how things stand, and does nothing
_STATES = re.compile(
    r"有效(?=期|[,。]|$)|受理|占(?:比?(?:\d|约)|[一二三四五六七八九半]成|多数)|期限|期至|租期|任期(?=至|到|届|于)|质保|保修|到期|届满|失效|截[至止]|未发|[前内]没有|预测|测算|推算|据估"
)
# 近期抓物资,|中期(2024至2025年)每年改造500户,|远期把要求写进规划 · 适时启动扩建
_STAGE = re.compile(
    r"(?:^|[,:])(?:近期|中期|远期|长远|短期|长期)(?:\([^)]*\))?,?(?:内|看)?,?"
    rf"(?:要|先|则|以|抓|每|把|{VERBS})|适时(?:{VERBS}|再)"
)
_MAY_BE_STAGE = re.compile("近期|中期|远期|长远|短期|长期|适时")
# 每月5日前在网站公布进度 · 每季度末通报一次: reports promised for days to come
_REGULARLY = re.compile(
    r"(?:^|[,:])每个?(?:月|季度?|周|半月|半年|年)[^,。]{0,4}"
    r"(?:\d{1,2} ?日|[底末初]|最后一[个天周]|[上中下]旬)[^,。]{0,12}?"
    r"(?:公布|公开|公示|晒|通报|报告|报送|张贴|发布)"
)
# 凡今后新出让的地块,|均须配建社区用房 · 从今年起,查处结果|一律公开: a rule from now on
_FROM_NOW_ON = re.compile(
    r"(?:[从自]今年起,|今后|以后|往后|日后)[^。]{0,24}(?:一律|均[须应要由]|都[须要由]|必须|不得|不再)"
)
# 明年四月底前: of a year that was named before
_YEAR_AHEAD = re.compile(r"[明来次翌后]年|20\d\d ?年")
# 2025年,|分两批拆除D级危房: a clause that begins with what is done
_DEED = re.compile(rf"(?:^|[,年])(?:分[一-鿿]{{1,3}}批|每年)?(?:{VERBS})")
_OWN = re.compile("我[们局委办院厅部署队站]")  # never 2030年|我市老年人口…
_NEAR = 5  # months within which a deadline without a year is still to come
_MOST = 8  # times of a sentence that are looked at
_YEARS_OF_PLAN = 5
# 国家要求到2025年… · 规划提出,… · 《方案》明确…: what others set
_SET_BY_OTHERS = re.compile(
    r"要求|合同(?!已|签)|协议(?!已)|提出(?!的)|预测|推算|测算|估计|明确|规定(?![^《》]*》)|指出|[》][^,。]{0,6}[,:]?到|目标[是为]|根据《"
)


def undertakes(sentence: str, signed: date | None, told: Told) -> bool:
    """Whether the folded sentence sets a deadline ahead of `signed` for something to be done.

    So do a time behind `signed` in or from which it is done, and a condition that is waited for.
    `told` is what stands before it in its paragraph.
    """
    if not may_be_due(sentence, signed):
        return False
    if (at := waits(sentence)) >= 0:
        return not is_past(sentence[at:])
    if ("后" in sentence or "今年起" in sentence) and _FROM_NOW_ON.search(sentence):
        return not (is_past(sentence) or _SET_BY_OTHERS.search(sentence))
    if _MAY_BE_STAGE.search(sentence) and _STAGE.search(sentence):
        return not (is_past(sentence) or DONE.search(sentence))
    if "每" in sentence and _REGULARLY.search(sentence):
        return not is_past(sentence) and not _SET_BY_OTHERS.search(sentence)
    if signed and _lies_ahead(sentence, signed, told):
        return True
    if "年" in sentence and _OVER_YEARS.search(sentence) and not is_past(sentence):
        return True
    ends = _MAY_END.search(sentence)
    if ends is None:
        return False
    deadlines = _DEADLINE.finditer(sentence, max(0, ends.start() - _LONGEST_DEADLINE))
    return any(_is_due(sentence, found, signed) for found in islice(deadlines, _MOST))


def _is_due(sentence: str, found: re.Match[str], signed: date | None) -> bool:
    """Whether a deadline that was found is one the letter sets, and is still to come."""
    if lies_behind(sentence, signed) or (signed and _is_over(sentence, found, signed)):
        return False
    if _is_others_or_past(sentence, found.start(), found.end()):
        return False
    clause = sentence.rfind(",", 0, found.start() + 1) + 1
    return len(sentence) - found.end() > 2 and not _STATES.search(sentence, clause)


def _is_over(sentence: str, found: re.Match[str], signed: date) -> bool:
    """Whether a deadline's month, or its five-year plan, is over at the letter's date."""
    if plan := found["plan"]:
        return PLANS[plan] + _YEARS_OF_PLAN <= signed.year
    if year := found["y"] or found["y2"]:
        return bool(found["m"]) and (int(year), int(found["m"])) < (signed.year, signed.month)
    month = found["m2"]
    if month is None or month_number(month) >= signed.month:
        return False
    if month_number(month) + 12 - signed.month <= _NEAR:
        return False
    return not _YEAR_AHEAD.search(sentence, 0, found.start())


def _lies_ahead(sentence: str, signed: date, told: Told) -> bool:
    """Whether what is done is done in a time, or from a day on, behind the day of the letter."""
    for time in starts_ahead(sentence, signed)[:_MOST]:
        if not _is_others_or_past(sentence, time.start, time.end):
            return True
    for time in times_ahead(sentence, signed, told)[:_MOST]:
        if not _is_others_or_past(sentence, time.start, time.end) and (
            time.is_scheduled or _says_what(sentence, time)
        ):
            return True
    return False


def _says_what(sentence: str, time: Time) -> bool:
    """Whether something is done in a time found: in a whole year only what a verb says is."""
    if time.is_part or time.is_relative:
        clause = sentence.rfind(",", 0, time.start + 1) + 1
        return len(sentence) - time.end > 2 and not _STATES.search(sentence, clause)
    return bool(_DOES.search(sentence, time.end) or _DEED.search(sentence, time.end))


def _is_others_or_past(sentence: str, start: int, end: int) -> bool:
    """Whether what a time that was found stands with looks back, or is what others set.

    It stands with its clause and the next two: `2023年底前,经市财政局审核,已完成改造`.
    """
    begins, ends = sentence.rfind(",", 0, start + 1) + 1, end
    for _ in range(2):
        ends = sentence.find(",", ends + 1)
        if ends < 0:
            ends = len(sentence)
            break
    around = sentence[begins:ends]
    if is_past(around) or ("了" in around and DONE.search(around)) or binds_others(around):
        return True
    own = _OWN.match(sentence, end)  # 县里不作统一规定,年底|我局抽查一次
    return not own and _SET_BY_OTHERS.search(sentence, 0, start + 1) is not None
