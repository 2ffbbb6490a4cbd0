"""Owns the commitments: sentences that say what the office will do."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。;;!!?？；\n]{4,1200}[。;!?；！？]?")

# 二、下一步工作打算 · 三、今后工作 · (二)下一步的工作考虑 · 下一步,我们将
_PLAN_HEADING = re.compile(
    r"(?:下一?步|下一?阶段|今后|接下来|未来)[^。,;]{0,20}(?:工作|打算|计划|考虑|重点|安排|措施"
    r"|举措|思路|方向|建议)?"
    r"|工作(?:打算|计划|考虑|安排)|努力方向"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|\d{1,2}[、.](?!\d)")
_OPENS_PLAN = re.compile(
    r"下一?步|下一?阶段|接下来|今后|(?:为此|针对您|针对你|结合您|根据您)[^。]{0,30}将"
)

# 我们将 · 我委将会同 · 将于年内 · 拟在 · 力争新增 · 计划于 · 确保 · 预计; 将 as the particle of
# 将…作为… or 将其纳入… promises nothing, nor do 行动计划 and 争取一批
_WILL = re.compile(
    r"[局委办院厅部府市区县镇乡们]将(?!其|此)"
    r"|(?<![即必行终])将(?:会同|会继续|继续|进一步|积极|加大|加强|加快|按|持续|结合|以|严格|不断"
    r"|全面|深入|适时|重点|认真|根据|联合|配合|督促|推|于|在|对|组织|开展|建|从|大力|全力|切实"
    r"|着力|坚持|紧|围绕|通过|充分|一如既往|研究|协调|优先|争取|统筹|牵头|达到|完成|新增|启动"
    r"|投入|实现|出台|制定)"
    r"|拟(?!定|合|态)|力争|争取(?!一批|到了)|确保|预计|承诺"
    r"|(?<![动项年期业产工技培研])计划(?:于|在|到|用|新|建|投|完|今|明|年|20|对|将|通过|开|安排"
    r"|利用|从)"
)
# what every promise has one of; looked for first, since most sentences have none
_MAY_PROMISE = re.compile(r"[将拟力争确预承计]")
_MAY_AIM = re.compile(r"[\d底内]")
# 不低于60% · 超过40% · 新增100个 · 10家以上 · 年底前 · 2025年底: what a plan aims at
_TARGET = re.compile(
    r"(?:不低于|不少于|超过|达到?|突破|增至|提升至|提高到|新增|新建|建成|完成|培育|引进"
    r"|改造)[^,。;]{0,24}?"
    r"\d[\d.,]*\s?(?:%|个|家|亿|万|元|公里|所|处|座|套|台|名|人|户|亩|项|条|批|辆|张|件|米|吨)"
    r"|\d[\d.,]* ?[一-鿿%]{0,4}(?:以上|左右)|年底前|年内|月底前|月前|季度前|\d{4} ?年底"
    r"|到 ?20\d\d ?年"
)
# 到2025年 · 年底前 · 年内 · 6月底 · 今年下半年 · 2家以上 · 60% · 170亿元
_FIGURE = re.compile(
    r"\d{4} ?年|年底|年内|月底|季度|上半年|下半年|明年|近期内|十[四五六]五|期间"
    r"|\d[\d.,]*\s?(?:%|余|多)?\s?"
    r"(?:%|家|个|亿|万|元|件|次|名|人|套|台|项|公里|平方|亩|米|所|处|座|条|张|辆|户|吨|倍|批|年|天)"
)
_PAST = re.compile(r"^(?:[^,]{0,12})(?:已|截至|去年|近年来|目前已|以来)")
# 感谢您… · 请填写回执 · 此复函已经…审签
_COURTESY = re.compile(
    r"感谢|谢谢|回执|审签|审定|签发|特此|敬请|此复|欢迎|征询|答复如下|收悉|[您你]们?(?:对"
    r"|还)有?什?么?意见"
)


def find_commitments(body: str, folded: str, start: int) -> tuple[str, ...]:
    """Sentences of what will be done, as published, in order, each once.

    In a section on the next steps those that promise (将, 拟, 力争 …) or, where none does, all of
    it; elsewhere those that promise with a deadline or figure. `start` is where the opening ends.
    """
    plan: list[tuple[int, int]] = []
    chosen: list[tuple[int, int]] = []
    in_plan = promised = False
    for match in _SENTENCE.finditer(folded, start):
        sentence = match[0].strip()
        if _HEADING.match(sentence) or _OPENS_PLAN.match(sentence):
            opens = bool(_PLAN_HEADING.search(sentence[:40]))
            in_plan = opens or (in_plan and not _HEADING.match(sentence))
        promises = _promises(sentence, in_plan)
        if len(sentence) < 10 or not (promises or in_plan) or _COURTESY.search(sentence):
            continue
        if in_plan and not _is_heading(sentence):
            plan.append(match.span())
        if promises:
            chosen.append(match.span())
            promised = promised or in_plan
    if plan and not promised:
        chosen = sorted({*chosen, *plan})
    return tuple(dict.fromkeys(body[left:right].strip(" \t\n　;；") for left, right in chosen))


def _promises(sentence: str, in_plan: bool) -> bool:
    will = bool(_MAY_PROMISE.search(sentence) and _WILL.search(sentence))
    if not will and not in_plan:
        return False
    aims = bool(_MAY_AIM.search(sentence) and (_TARGET if in_plan else _FIGURE).search(sentence))
    return (will or aims if in_plan else aims) and not _PAST.match(sentence)


def _is_heading(folded: str) -> bool:
    return (len(folded) < 40 and not folded.endswith(("。", ";", "!"))) or bool(
        re.fullmatch(
            r"(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+[、.])[^,。]{2,30}。?",
            folded,
        )
    )
