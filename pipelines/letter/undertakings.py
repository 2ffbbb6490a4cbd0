"""Owns what a sentence undertakes: its promises, deadlines and times, apart from looks back."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from pipelines.letter.conditions import waits
from pipelines.letter.deeds import DEEDS, VERBS
from pipelines.letter.hints import may_be_due, may_will
from pipelines.letter.others import binds_others
from pipelines.letter.times import (
    PLANS,
    Time,
    month_number,
    starts_ahead,
    times_ahead,
)
from pipelines.letter.told import Told

# 我们将 · 我委将会同 · 将于年内 · 拟在 · 力争新增 · 计划于 · 预计 · 将您的建议纳入; 将 as the
# particle of 将…作为… promises nothing, nor do 行动计划, 争取资金3000万元 and 告知承诺制
_WILL = re.compile(
    rf"将(?<![已即必行终曾]将)(?:{DEEDS})"
    r"|将(?<![已经并]将)[您你]们?的?[^,。]{0,24}(?:纳入|列入|作为|吸收)"
    r"|拟(?<![模虚比草]拟)(?!定(?!于)|合|态|声|任)|力[争求]|预计|承诺(?<!告知承诺)(?<!信用承诺)"
    r"(?!制|书|函|服务|践诺)"
    r"|争取(?=在|于|到20|年|明|今|20\d\d|早日|尽|\d{1,2}月|纳入|列入"
    r"|[^,。了]{1,16}(?:给予|予以|支持我|出台|安排|提高|扩大|降低|减免|设立))"
    r"|确保(?=[^,。]{0,24}(?:20\d\d ?年|[今明]年|年底|\d ?月|季度|年内|按期|如期|早日))"
    r"|^要(?=继续|进一步|持续)"
    r"|(?:打算|准备)(?=于|在|明年|今年|年底|年内|下半年|20\d\d ?年"
    r"|\d{1,2} ?月|用|从|对|新|分)"
    r"|计划(?=[两三四五]年|分)"
    rf"|计划(?<![动项年期业产工技培研出原度学作设省该此的]计划)(?=(?!完成|落实|执行|保障|指导|实施)(?:{DEEDS}))"
    r"|计划(?<![动项年期业产工技培研出原]计划)(?=于|在|到|用|新|建|投|完|今|明|下半年|每|年"
    r"|20\d\d ?年|对|将|通过|开|安排|利用|从|\d{1,2} ?月|实施|启动|总投资)"
)
# 我局将加强… · 我局将把该项目列入储备库 · 我局将在规划中预留 · 我们拟… · 拟出台…, the office's own
# word, which needs no figure; never 我局将此项工作列为重点, where 将 only marks the object
_OWN_WILL = re.compile(
    r"^(?:拟(?!定|合|态|声|任)|计划(?=于|在|新|建|开|出|制))"
    r"|(?:我们|[我本][局委办院厅部府市区县镇乡省州校中站处行社会]{1,2}[一-鿿]{0,4}"
    r"|街道|办事处|管委会|[省市区县州镇乡旗]政府)(?:也|还|均|都)?"
    r"(?:将(?:(?=把|在(?!建|册|职|校|编|线)|于|会同|与)"
    r"|(?!其|此|[^,。]{1,16}(?:[作列划定视认改变]为|列入(?!明|今|20)|变成)))"
    rf"|会(?!议|员|计)(?={DEEDS})|拟(?!定(?!于))|打算|准备(?!了|好|工作|金)|有意|着手(?!了)"
    r"|计划(?!的|中|内|外|书|表|生育|经济|单列|任务|指标))"
    r"|(?:后续|今后|接下来|随后|届时|下一?步|下一?阶段),?[^,。]{0,8}将"
)
# 不低于60% · 超过40% · 新增100个 · 10家以上: what a plan aims at
_TARGET = re.compile(
    r"(?:不低于|不少于|超过|达到?|突破|增至|提升至|提高到|新增|新建|建成|完成|培育|引进"
    r"|改造)[^,。;]{0,24}?"
    r"\d[\d.,]*\s?(?:%|个|家|亿|万|元|公里|所|处|座|套|台|名|人|户|亩|项|条|批|辆|张|件|米|吨)"
    r"|\d[\d.,]* ?[一-鿿%]{0,4}(?:以上|左右)|年底前|年内|月底前|月前|季度前|\d{4} ?年底"
    r"|到 ?20\d\d ?年"
)
_MAY_AIM = re.compile(r"[\d底内]")
# 到2025年 · 年底前 · 年内 · 6月底 · 今年下半年 · 2家以上 · 60% · 170亿元
_FIGURE = re.compile(
    r"\d{4} ?年|年底|年内|月底|季度|上半年|下半年|[今明后]年|近期|十[四五六]五|期间|[节季期学]前"
    r"|\d ?月|\d ?日内"
    r"|(?<![第\d.,])\d[\d.,]*\s?(?:%|(?!号)[一-鿿])|每(?:[年季月周]|半年|两)|[两三四五六七八九十百千][个家所座项处年次]"
)
PAST_WORDS = "已|截[至止]|去年|前年|近[几两三]?年|以来|曾|目前|了"  # what every look back has
# 已完成 · 截至2024年底 · 去年 · 近年来 · 完成了: looks back; never 已有基础 or 已列入计划
_PAST = re.compile(
    r"已(?!有|列入|纳入|建|出台的|责成|责令|约定|商定|(?:完成|建成)[^,。]{0,6}的"
    r"|(?:督促|敦促|协调|安排|部署|通知)[^,。]{0,20}前|[将把][^,。]{2,40}[列纳]入)|截[至止]|去年|前年|近[几两三]?年来?|以来|曾"
    r"|目前(?=[^,]{0,8}[有为达])"
    r"|了(?<=完成了|建成了|新增了|投入了|改造了|实施了|开展了|印发了|出台了|召开了|制定了|组织了"
    r"|建立了|取得了)"
)
_YEAR = re.compile(r"(20\d\d)(?<!\d20\d\d) ?年")
# 2025年6月底前 · 2025年主汛期前 · 到2026年 · 年底前 · 今年底前 · 9月1日前 · 三季度前 · 年内
_DEADLINE = re.compile(
    r"(?=[2到至今明后本年\d一二三四十“,:)]|^)"  # how all begin: a third of the time
    r"(?:(?P<y>20\d\d) ?年 ?(?:(?P<m>\d{1,2}) ?月(?:份|\d{1,2} ?日)?|[上下]半年|[一二三四]季度"
    r"|[春秋]季(?:学期)?(?:开学)?|[一-鿿]{2,5})?"
    r"(?:年?[底末]|[上中下]旬)?(?:之?前|内)"
    r"|(?<![\d年])(?:到|至(?<=^至)|至(?<=[,:]至)) ?(?P<y2>20\d\d) ?年(?![来至以])"
    r"|(?:[今明后]|本)?年[底末]之?前|(?<![\d一两二三四五])(?:[今明本])?年内"
    r"|(?:本|(?P<m2>\d{1,2}|十[一二]?|[一二三四五六七八九])) ?月(?:[底末]|份|\d{1,2} ?日)?之?前"
    r"|[一二三四]季度[末底]?前|[今明][年春夏秋冬](?!以)[^,。]{0,8}前"
    r"|(?:[到至] ?)?“?十(?P<plan>[三四五六])五”?期?末"
    r"|(?:^|[,:)])(?:未来|今后|用)?(?:[一两二三四五六半]|[1-9]) ?(?:年|个月)(?:之内|内|的?时间)"
    r"|(?:^|[,:)])(?:未来|今后)(?:[两二三四五]|[2-5]) ?年)"
    # 2025年前后 · 2025年底前的 · 6月底前建成的: no deadline
    r"(?!后|的|期|[一二三四五六七八九十两几\d]+ ?(?:个月|月|季度|年|天)"
    r"|(?:建成|取得|入学|出生|登记|购买|签订|竣工|交付)的)"
)
# 年底|前 · 到20|26年: what every deadline has, quick to look for, within so many characters
_LONGEST_DEADLINE = 20
_MAY_END = re.compile("前|内|末|时间|未来|今后|到20|到 20|至20|至 20")
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
    r"有效(?=期|[,。]|$)|期限|期至|租期|任期(?=至|到|届|于)|质保|保修|到期|届满|失效|截[至止]|未发|没有|预测|测算|推算|据估"
)
# 完成了 · 启用了; never 了解
_DONE = re.compile(r"(?<!为)了(?!解|然|却)")
# 明年四月底前: of a year that was named before
_YEAR_AHEAD = re.compile(r"[明来次翌后]年|20\d\d ?年")
# 2025年,|分两批拆除D级危房: a clause that begins with what is done
_DEED = re.compile(rf"(?:^|[,年])(?:分[一-鿿]{{1,3}}批|每年)?(?:{VERBS})")
_MOST = 8  # times of a sentence that are looked at
_YEARS_OF_PLAN = 5
# 国家要求到2025年… · 规划提出,… · 《方案》明确…: what others set
_SET_BY_OTHERS = re.compile(
    r"要求|合同(?!已|签)|协议(?!已)|提出(?!的)|预测|推算|测算|估计|明确|规定|指出|[》][^,。]{0,6}[,:]?到|目标[是为]|根据《"
)


def is_past(sentence: str) -> bool:
    """Whether a folded sentence looks back."""
    return bool(_PAST.search(sentence))


def promises(sentence: str, signed: date | None, *, loosely: bool = False) -> bool:
    """Whether a clause of the folded sentence promises.

    A deadline or figure must stand in the sentence unless the office speaks in its own name;
    `loosely`, behind what opened on the next steps, any promise or target will do.
    """
    if loosely and _MAY_AIM.search(sentence) and _TARGET.search(sentence):
        return not is_past(sentence) and not lies_behind(sentence, signed)
    if not has_will(sentence):
        return False
    if not (loosely or _OWN_WILL.search(sentence) or _FIGURE.search(sentence)):
        return False
    if lies_behind(sentence, signed):
        return False
    return any(has_will(clause) and not is_past(clause) for clause in sentence.split(","))


def has_will(text: str) -> bool:
    """Whether a text promises; every promise has a word of those looked for first."""
    return may_will(text) and bool(_WILL.search(text) or _OWN_WILL.search(text))


def undertakes(sentence: str, signed: date | None, told: Told) -> bool:
    """Whether the folded sentence sets a deadline ahead of `signed` for something to be done.

    So do a time behind `signed` in or from which it is done, and a condition that is waited for.
    `told` is what stands before it in its paragraph.
    """
    if not may_be_due(sentence, signed):
        return False
    if waits(sentence):
        return not is_past(sentence)
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
    if is_past(around) or ("了" in around and _DONE.search(around)) or binds_others(around):
        return True
    return bool(_SET_BY_OTHERS.search(sentence, 0, start + 1))


def lies_behind(sentence: str, signed: date | None) -> bool:
    """Whether the years a sentence names all lie before the year the letter was signed in."""
    if signed is None or "20" not in sentence:
        return False
    years = _YEAR.findall(sentence)
    return bool(years) and max(map(int, years)) < signed.year
