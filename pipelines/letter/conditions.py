"""Owns the conditions that what is undertaken waits for, instead of a day."""

from __future__ import annotations

import re

from pipelines.letter.deeds import OWN_NAME, VERBS

# How an office answers a condition once it is met.
AT_ONCE = "第一时间|立即|尽快|优先|适时|及时|马上|随即|即启|再(?!次|度)|启动"
# 待条件成熟后,再行启动 · 待资金落实后实施 · 一旦空域批复,我委立即启动
_WAITS = re.compile(
    r"(?<![对等有接招期优看亟款])待[^,。]{2,24}?(?:之?后|时),?[^,。]{0,12}"
    rf"(?:再|及时|立即|适时|纳入|由[^,。]{{2,12}}(?:召开|负责)|{VERBS})"
    rf"|(?:^|,)(?:一旦|待)[^,。]{{2,24}},{OWN_NAME}?"
    r"(?:就|便|即|立即|马上|随即|当即)"
    # 待水利部门批复后|即行开工 · 等秋收完|就动工 · 等路修好了|一并装
    r"|(?:^|[,:)])(?:待|等)(?!候|级)[^,。]{2,16}(?:(?:完|好|后)了?|时),?(?:就|便|即行|即可|再|一并|随即)"
    # 俟经费核拨,|即行动工 · 一俟立项|便着手征地
    r"|俟[^,。]{2,20}?,?(?:即|再|当|便|方可?)"
    # 等日均借阅满百人,|再延长开放 · 等新车到了,|再添一班
    r"|(?:^|[,:)])等(?!候|级)[^,。]{2,24},再(?!次|度)"
)
# 规划获批|后,第一时间启动… · 手续办结|后,10个工作日内进场 · 资金一到位|,立即复工; never
# 接到建议后,立即…, which is told
_MET = (
    "获批|批复|批准|获准|颁布|到位|到货|到账|落实|下达|成熟|具备|修订|公布|办结|腾空|移交|授权|同意|许可"
    "|验收|通过|谈[妥成好]|签[完好妥]|建[成好]|修[好成]|选[定好]"
)
_ONCE = re.compile(
    rf"(?:{_MET})(?:之)?后,?"
    rf"(?:{OWN_NAME}|将)?(?:{AT_ONCE}|首批|先期|\d+ ?个?(?:工作)?[日天月]内)"
    rf"|一(?:到位|批复|获批|落实|下达),(?:{AT_ONCE})"
    # 合同签完|即进场 · 场地谈妥|就开班
    r"|(?:谈[妥成好]|签[完好妥]|[修建选]好)(?:即(?!将|使)|就)"
)
# 如明年下达编制,|我办优先考虑 · 如能列入,|五一前后动工 · 若仍不达标,|我局将…
_IF = re.compile(
    r"(?:^|[,。:])(?:如(?:果|能|获|遇|仍|再|有)|若|倘若|假如|俟)[^,。]{2,24},"
    rf"(?:则|即|便|就)?(?:{OWN_NAME}[^,。]{{0,4}}?)?"
    rf"(?:{AT_ONCE}|将(?!造成|导致|影响|带来|加[剧大重]|增加|引[发起]|面临|出现|损害|违反)|就|即(?!使)"
    r"|一并|另行?安排|另请)"
)
# 桥修好之前,|每天派人值守 · 获批之前|暂按原价执行
_UNTIL = re.compile(
    r"(?:[修建改装换]好|完工|通车|投用|建成|获批|批准|批复|出台|到位)之?前,?[^,。]{0,8}"
    r"(?:每[天日周月]|[派设](?!计)|暂(?=[按由行用])|先(?=[由按行用]))"
)
# What each of these has: quick to look for
_MAY_WAIT = re.compile("待|等|一旦|俟")
_MAY_BE_MET = re.compile("后|一(?=[到批获落下])|即|就")
_MAY_BE_IF = re.compile("如|若|俟")
# 立即组织施工,解决了… · 2023年建成: it is told how the condition was met
_TOLD = re.compile(
    r"了(?<![好完到]了)|[已共曾]|历时|全部完|现正|累计|截[至止]|先后|去年|20\d\d ?年[^,。]{0,6}建成"
)


def waits(sentence: str) -> int:
    """Where a folded sentence says what will be done once, or if, something else is so; or -1."""
    if _MAY_WAIT.search(sentence) and (found := _WAITS.search(sentence)):
        return found.start()
    found = None
    if _MAY_BE_MET.search(sentence):
        found = _ONCE.search(sentence)
    if found is None and _MAY_BE_IF.search(sentence):
        found = _IF.search(sentence)
    if found is None and "前" in sentence:
        found = _UNTIL.search(sentence)
    if found is None or _TOLD.search(sentence, found.start()):
        return -1
    return found.start()
