"""Owns what a sentence promises by its own words: 将, 拟, 力争 …, or the office's own name."""

from __future__ import annotations

import re
from datetime import date

from pipelines.letter.deeds import DEEDS, OFFICES, OWN_NAME
from pipelines.letter.hints import may_will
from pipelines.letter.past import DONE, begins_behind, is_past, lies_behind

# 打算|明年 · 准备|在
_WHEN_OR_HOW = r"(?=于|在|明年|今年|年底|年内|下半年|20\d\d ?年|\d{1,2} ?月|用|从|对|新|分)"
# Each begins with a plain character: `re` leaps to one.
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
    rf"|要(?<=^要)(?=继续|进一步|持续)|打算{_WHEN_OR_HOW}|准备{_WHEN_OR_HOW}"
    r"|计划(?=[两三四五]年|分)"
    rf"|计划(?<![动项年期业产工技培研出原度学作设省该此生的]计划)(?=(?!完成|落实|执行|保障|指导|实施)(?:{DEEDS}))"
    r"(?![^,。\d]{2,4}的[一-鿿\d])"
    r"|计划(?<![动项年期业产工技培研出原生]计划)(?![^,。\d]{2,4}的[一-鿿\d])(?=于|在|到|用|新|建|投|完|今|明|下半年|每|年"
    r"|20\d\d ?年|对|将|通过|开|安排|利用|从|\d{1,2} ?月|实施|启动)"
    # 决不让住户掏钱 · 漏报的事绝不允许
    r"|决不[让允容再会向收]|绝不[让允容再会向收]"
)
# 我局将加强… · 我局将把该项目列入储备库 · 我局将在规划中预留 · 我们拟… · 拟出台…, the office's own
# word, which needs no figure; never 我局将此项工作列为重点, where 将 only marks the object
_REPORTS_BACK = (
    r"(?:再|另|届时|及时|随时|书面|专题|一并|定期|第一时间|年底)[^,。已]{0,8}[向给][您你贵各两代委][^,。了]{0,12}"
    r"(?:报告|通报|反馈|汇报|报账|告知|回复|答复|通气|写信|寄)"
)
_OWN_WILL = re.compile(
    r"^(?:拟(?!定|合|态|声|任)|计划(?=于|在|新|建|开|出|制))"
    rf"|(?:我们|[我本][{OFFICES}]{{1,2}}(?:(?![已曾正])[一-鿿]){{0,4}}"
    r"|街道|办事处|管委会|[省市区县州镇乡旗]政府)(?:也|还|均|都)?"
    r"(?:将(?:(?=把|在(?!建|册|职|校|编|线)|于|会同|与)"
    r"|(?!其|此|[^,。]{1,16}(?:视同|[作列划定视认改变]为|(?:调整|改造|转化|转变)[为成]|列入(?!明|今|20)|变成)))"
    rf"|会(?!议|员|计)(?={DEEDS})"
    r"|会(?<=[们局委办院厅处校站]会)(?<![员协商联委]会)(?![议员计同商签展场所址晤面])|拟(?!定(?!于))|打算|准备(?!了|好|工作|金)|有意|着手(?!了)"
    r"|计划(?!的|中|内|外|书|表|生育|经济|单列|任务|指标))"
    rf"|我[^,。]{{1,20}},(?:但|也|仍)?会(?={DEEDS})"  # 我局没有定价权限,但会定期公布
    # 我厅已作专题汇报,|将持续跟进 · 我局正向上级申报,|力争列入规划
    rf"|{OWN_NAME}[^。]{{1,40}},(?:并|也|还)?(?:将(?:{DEEDS})|(?:力争|争取)(?=早日|尽|纳入|列入|获))"
    # 有关要求|将写入导则, behind which no object can stand
    r"|将(?<![已即必行终曾]将)(?:一并|同步|统一|优先|逐步|适时)?(?:写[入进]|纳入|列入)"
    r"|我们?[一-鿿]?先(?=[把在对]|由|行)"  # 我们先把牌子争取下来
    rf"|{OWN_NAME}[^,。]{{0,4}}承诺(?!了|书|制|践诺)|(?:^|,)请[^,。]{{0,10}}放心,"
    rf"|{OWN_NAME}[^,。]{{0,6}}(?:一定(?!程度)|保证(?!金|了)|抓紧(?!了)|尽快(?!了))"
    rf"|{OWN_NAME}当(?=[于予即会尽随])"
    rf"|{_REPORTS_BACK}"
    # 这一办法会延续下去 · 交警大队会把路口列入…
    r"|会(?=延续|继续(?!教育))|会(?<=[局厅队办所站]会)(?=[把将])"
    r"|(?:后续|今后|接下来|随后|届时|下一?步|下一?阶段),?[^,。]{0,8}将"
)
# What every one of these has: quick to look for
_MAY_OWN = re.compile(
    "我|本|入|进|政府|街道|办事处|管委会|后续|今后|接下来|随后|届时|下一|下步|放心|向|给|拟|计划|会[延继把将]"
)
# 不低于60% · 超过40% · 新增100个 · 10家以上: what a plan aims at
_TARGET = re.compile(
    r"(?:不低于|不少于|超过|达到?|突破|增至|提升至|提高到|新增|新建|建成|完成|培育|引进"
    r"|改造)[^,。;]{0,24}?"
    r"\d[\d.,]{0,20}\s?(?:%|个|家|亿|万|元|公里|所|处|座|套|台|名|人|户|亩|项|条|批|辆|张|件|米|吨)"
    r"|\d[\d.,]{0,20} ?[一-鿿%]{0,4}(?:以上|左右)|年底前|年内|月底前|月前|季度前|\d{4} ?年底"
    r"|到 ?20\d\d ?年"
)
_REPORT = re.compile(_REPORTS_BACK)
_MAY_AIM = re.compile(r"[\d底内]")
# 到2025年 · 年底前 · 年内 · 6月底 · 今年下半年 · 2家以上 · 60% · 170亿元
_FIGURE = re.compile(
    r"\d{4} ?年|年底|年内|月底|季度|上半年|下半年|[今明后]年|近期|十[四五六]五|期间|[节季期学]前"
    r"|一律|\d ?月|\d ?日内"
    r"|(?<![第\d.,])\d[\d.,]*\s?(?:%|(?!号)[一-鿿])|每(?:[年季月周]|半年|两)|[两三四五六七八九十百千][个家所座项处年次]"
)


def promises(sentence: str, signed: date | None, *, loosely: bool = False) -> bool:
    """Whether a clause of the folded sentence promises.

    A deadline or figure must stand in the sentence unless the office speaks in its own name;
    `loosely`, behind what opened on the next steps, any promise or target will do.
    """
    if begins_behind(sentence, signed):  # 年初,|市政府将其纳入计划, which is told,|明年将推广
        sentence = "".join(sentence.split(",", 2)[2:])
    if loosely and _MAY_AIM.search(sentence) and _TARGET.search(sentence) and not is_past(sentence):
        return not lies_behind(sentence, signed)
    if not has_will(sentence):
        return False
    if not (loosely or _FIGURE.search(sentence) or _OWN_WILL.search(sentence)):
        return False
    if lies_behind(sentence, signed) or _is_told(sentence):
        return False
    return any(has_will(clause) and not is_past(clause) for clause in sentence.split(","))


def _is_told(sentence: str) -> bool:
    """Whether a folded sentence says, behind what might be a promise, what came of it.

    我局将四家医院的做法学了个遍,确保了…: 将 is not always what it seems.
    """
    if "了" not in sentence:
        return False
    will = _WILL.search(sentence) or _OWN_WILL.search(sentence)
    return will is not None and DONE.search(sentence, will.end()) is not None


def has_will(text: str) -> bool:
    """Whether a text promises; every promise has a word of those looked for first."""
    if not may_will(text):
        return False
    return bool(_WILL.search(text) or (_MAY_OWN.search(text) and _OWN_WILL.search(text)))


def reports_back(text: str) -> bool:
    """Whether a folded text promises to tell the deputies how things went."""
    return ("向" in text or "给" in text) and _REPORT.search(text) is not None
