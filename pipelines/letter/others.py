"""Owns what is others' to do: what they promise or must do, and what is only foreseen or hoped."""

from __future__ import annotations

import re

from pipelines.letter.deeds import DEEDS, OWN_NAME
from pipelines.letter.past import is_past

# 三家|承诺… · 一家公司|表示将…: who is none of the administration's own
_PARTY = (
    r"(?:企业|公司|集团|开发商|运营商|业主方?|商户|经营者|平台|银行|物业|投资方|建设方|施工方|对方"
    r"|(?<=[两一二三四五六七八九十几\d])家)"
)
# 国家有关规划|预计将于… · 国务院有关部门|将于…: what the state plans, at a clause's head
_STATE = (
    r"(?:^|[,;:])(?:目前|由于|因)?(?:国家(?!级)|国务院|中央|全国人大|上级)[^,。]{0,8}"
    r"(?:规划|政策|标准|办法|条例|法律|文件|目录|部门|细则)[^,。]{0,8}?"
)
# 国家某委|计划明年出台意见 · 企业|预计明年投产: at a clause's head
_ELSEWHERE = (
    r"(?:^|[,;:])(?:目前|据悉)?,?(?:(?:国家|国务院|中央)[^,。]{1,14}(?:[委部局署院办]|部门)(?:也|正)?"
    r"(?:计划|拟|将|预计|准备)"
    r"|该?(?:企业|公司|开发商|运营商|业主|投资方|建设方|对方)(?:预计|计划|拟))"
)
# 其中三家承诺8月前完成 · 一家公司表示将视情况扩建; never 市城投公司承诺, the city's own
# · 经沟通,某某集团公司计划增开列车4列 · 国家有关规划预计将于明年发布
# · 国家某部正在起草办法,预计年内出台 · 有3名委员建议… · 建议西部各省探索建立…
_THEIRS = re.compile(
    rf"(?:^|[,;:])(?!我?[省市区县州][^,。]{{1,12}}(?:公司|集团))[^,。]{{0,24}}?{_PARTY}[^,。]{{0,6}}"
    r"(?:承诺|表示(?=[^,。]{0,4}(?:将|拟|会|愿|计划|力争))|答应|称(?=将|拟|计划))"
    r"|(?:据了解|据悉),[^,。]{0,20}(?:计划|拟|将|预计)|由(?:国家|中央|省里|上级)[^,。]{0,6}统一"
    r"|经[^,。]{0,8}(?:沟通|对接|了解|咨询),"
    rf"[^,。]{{0,20}}(?:{_PARTY}[^,。]{{0,6}}?|其)(?:计划|拟|将|预计|打算|准备)"
    rf"|{_STATE}(?:预计|将|拟|有望|计划)|{_ELSEWHERE}"
    r"|(?:^|[,;:])(?:目前,?)?国家[^,。]{2,12}[委部局署](?:正|已|表示)[^。]{1,24}(?:预计|将[于在]|拟于)"
    r"|(?:有|多|部分|一些)[^,。]{0,4}(?:委员|代表|群众|居民|家长)[^,。]{0,2}(?:建议|希望|呼吁)"
    r"|,建议(?=[你贵各]|有关|相关)"
    r"|^(?:因此,?|为此,?)?建议(?!的|书|提出|中(?!国|央)|被|办理)"
)
# 2030年需求将达到50万吨 · 预计全年增长20% · 如执行,预计每年需增加支出… · 明年订单可能下滑
# · 电力部门预计,… · 今后仍将维持的呼声很高
_FORESEEN = re.compile(
    r"(?:人口|需求量?|缺口|保有量|负荷|客流量?|车流量?|用[水电气]量)[^,。]{0,6}(?:将|预计)"
    r"[^,。]{0,3}(?:达|突破|超过|增|上升)"
    r"|预计(?:今年)?全年[^,。]{0,16}(?:增长|产值|营收|收入)"
    r"|预计[^,。]{0,10}(?:峰值|需(?!求)|突破|超过|缺口)|气象[^,。]{0,4}预计|部门预计,|[今明]年[^,。]{0,8}可能"
    r"|(?:第三方|机构|专家|评估)[^,。]{0,6}(?:认为|预测)"
    r"|的(?:呼声|期盼|期待|愿望)(?=[很较日越更十强])"
)
# 市教育局|表示将把… · 省发改委|答复我委,将在编制规划时…
_REPORTED = re.compile(
    r"(?<!我)[局委厅部办院](?:表示,?(?=[^,。]{0,4}(?:将|拟|会|计划))"
    r"|(?:答复|回复|告知|反馈)我[局委办院厅部府市区县署],?(?=[^,。]{0,4}(?:将|拟|会)))"
)
# 经会同市财政局研究,…: whoever the opening names answers too. 市财政局|表示,将加大投入
_ANSWERER = re.compile(
    rf"(?:^|[,:])(?P<name>[一-鿿]{{2,13}}[局委厅部办院署])(?:表示,?)?(?:将|拟)(?:{DEEDS})"
)
# What each of these has one of: most sentences have none.
_MAY_BE_THEIRS = re.compile(
    "承诺|表示|答应|称将|称拟|称计划|沟通|对接|了解|咨询|据悉|国家|国务院|中央|全国人大|省里|上级|建议"
    "|企业|公司|开发商|运营商|业主|投资方|建设方|对方"
    "|希望|呼吁"
)
_MAY_BE_FORESEEN = re.compile("将|预计|认为|预测|可能|呼声|期盼|期待|愿望")
# 我局将督促…, behind it, is the office's own all the same
# 由原施工单位免费修复,12月10日前|完工: to what the office holds them
_DUE = re.compile(r"[日月底]前|\d ?[日天]内|我[局委中]")
_OWN = re.compile(OWN_NAME)
# 申报企业|须于次年3月底前提交 · 经营者|应当… · 物业公司|应于…; never 各责任单位必须于…
_MAY_BIND = re.compile("[应须需可]")
_BOUND = re.compile(
    r"(?:企业|公司|机构|学校|商户|业主|平台|主体|群众|(?<!责任)(?<!成员)(?<!承办)(?<!各)单位|[者人户方店民])"
    r"(?:应当|必须|应(?=[于在按向自])|[须需可](?=[于在按向自经]))"
)


# 不足部分由业主通过维修资金解决 · 运维由企业承担 · 标准由国家统一制定: theirs to bear
_BORNE = re.compile(
    r"(?<!们)由(?:业主|居民|用户|个人|企业|家长|商户|经营者|开发商|房主|村民|群众|职工|市场|原?(?:建设|施工|产权|用人|投资)单位|区级财政|国家|中央|省级|上级)"
    r"(?:(?!财政)[^,。]){0,16}(?:解决|承担|负担|负责|支付|缴纳|自行|决定|认定|考核|批准|制定|规定|统一)"
)


# 《湿地保护法》第四条规定,应当… · 国家某局印发的《…》(某发〔2024〕3号)提出,…
# · 根据《…法》第九条,…可处…: a law or plan that is quoted, whatever the office thinks of it
_QUOTES_LAW = re.compile(
    r"(?:根据|按照|依据|依照)?《[^》]{2,50}》(?:[^,。]{0,16}(?:规定|明确|指出|提出|要求)[,:]"
    r"|第[^,。]{1,16}条,(?=[^。]{0,40}(?:应当|必须|不得|可处|处以)))"
    r"|[^,。《]{2,24}(?:印发|出台|发布|制定)的?《[^》]{2,50}》[^,。]{0,24}(?:规定|明确|指出|提出)[,:]"
)
_OWN_DEED = re.compile(
    rf"{OWN_NAME}[^,。]{{0,6}}(?:将|拟|会)(?:{DEEDS})|(?:我|本)[^,。]{{1,6}}决定"
)


def is_of_answerer(sentence: str, opening: str) -> bool:
    """Whether a folded sentence says what an office will do that the letter's opening names.

    So `经会同市财政局研究,现答复如下` lets 市财政局 speak for itself.
    """
    if not opening or not ("将" in sentence or "拟" in sentence):
        return False
    found = _ANSWERER.search(sentence)
    return found is not None and found["name"] in opening and not is_past(sentence)


def is_theirs(sentence: str) -> bool:
    """Whether a folded sentence tells what others promise or plan, or what is foreseen or hoped.

    What the office says of itself behind that makes it the office's own.
    """
    if "由" in sentence and (borne := _BORNE.search(sentence)):
        return not (_OWN.search(sentence, borne.end()) or _DUE.search(sentence))
    if quotes_law(sentence):
        return True
    theirs = _MAY_BE_THEIRS.search(sentence) and _THEIRS.search(sentence)
    if not theirs and is_reported(sentence):
        return True
    if not theirs and _MAY_BE_FORESEEN.search(sentence):
        theirs = _FORESEEN.search(sentence)
    return theirs is not None and not _OWN.search(sentence, theirs.end())


def quotes_law(sentence: str) -> bool:
    """Whether a folded sentence quotes a law or a plan, and promises nothing by it."""
    if "》" not in sentence or _QUOTES_LAW.match(sentence) is None:
        return False
    return not (_DUE.search(sentence) or _OWN_DEED.search(sentence))


def is_reported(sentence: str) -> bool:
    """Whether a folded sentence reports what another office said it would do."""
    may = "表示" in sentence or "我" in sentence
    return may and _REPORTED.search(sentence) is not None


def binds_others(clause: str) -> bool:
    """Whether folded clauses say what applicants, firms and the like must do, or may."""
    return _MAY_BIND.search(clause) is not None and _BOUND.search(clause) is not None
