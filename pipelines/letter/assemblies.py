"""Owns the assembly: which term and session of a congress or a CPPCC a submission was made at."""

from __future__ import annotations

import re

_ORDINAL = r"第? ?(?:[一二三四五六七八九十百〇零] ?|\d){1,5}"

# 市政协五届五次会议 · 市五届人大第五次会议 · 区第十八届人民代表大会第四次会议 · 第十六届第一次
# · 政协第十三届全国委员会第四次会议 · 省十三届人大常委会第八次会议; what precedes is cut by hand
_SESSION = re.compile(
    r"(?=[第一二三四五六七八九十百〇零\d ])"  # how all begin: a third of the time
    rf"(?:(?P<term>{_ORDINAL}) ?届(?P<inner>[一-鿿 ]{{0,24}}?)(?P<session>{_ORDINAL}) ?次"
    r" ?(?:人民代表大会|人大|政协)? ?(?:全体会议|主任会议|会议|全会|大会|例会)?"
    # 盟政协|第九次会议, without a term
    rf"|(?<=政协|人大) ?(?P<only>{_ORDINAL}) ?次 ?(?:全体)?会议"
    # 2023年市“两会” · 2024年省人代会
    r"|20\d\d ?年 ?(?:全国|自治区|[一-鿿]{0,4}[省市区县州旗盟])?(?P<both>[“\"]?两会[”\"]?|人代会))"
)
# 市十届|人大|三次会议 · 政协第十三届|全国委员会|第四次会议; never 第一届|理事会|第二次会议
_INNER = re.compile(r"人大|人民代表大会|人代会|政协|(?<!村民)(?<!居民)委员会|常委|全委|^ *第? *$")

# the words before the place: 关于|市政协…, 您在|市十七届…, 答复|县政协…; each begins with a plain
# character, to which `re` leaps
_BEFORE = re.compile(
    r"关于|答复|办理|回复|收到|提出|提交|转来|交办|承办|对于|位于|列入|作为|根据|按照|感谢|主持"
    r"|出席|落实"
    r"|我[局委办院厅部]|贵[局委办院厅部]|委员(?!会)|代表(?!大会|团)"
    # 2023年1月10日|市政协…; never 日照市, 日喀则市
    r"|年(?<=^年)(?!照|喀|土)|月(?<=^月)(?!照|喀|土)|日(?<=^日)(?!照|喀|土)"
    # 在|市… · 经|市…; never 经开区, 将乐县, 复兴区, 向阳区
    r"|您|你|们|在|对|就|由|的|为|把|致|给|函|是|经(?!开|济|十)|将(?!乐)|复(?!兴)|向(?!阳)"
)
# 市委六届二次全会 and other sessions of the Party, which hear no submission
_PARTY = re.compile(
    r"(?:[市省区县州盟旗团党工纪]委|党|中央|中共|纪检)$|党代|中共|理事|董事|职代|职工|工会|协会|学会|村民"
)
_PLACE = re.compile(r"[一-鿿 ]{1,24}$")
_HAS_MARK = re.compile("届|次|两会|人代会")  # one of them stands within …
_NEAR = 16  # characters of where a session's name begins


def find_assembly(folded: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Span of the first session named in the text; sessions of the Party are passed over."""
    stop = len(folded) if end is None else end
    mark = _HAS_MARK.search(folded, start, stop)
    if mark is None:
        return None
    for match in _SESSION.finditer(folded, max(start, mark.start() - _NEAR), stop):
        if match["both"]:
            return match.span()
        inner = match["inner"] or ""
        if inner and not _INNER.search(inner):
            continue
        before = _PLACE.search(folded, max(start, match.start() - 24), match.start())
        place = before[0] if before else ""
        for word in _BEFORE.finditer(place):
            place = before[0][word.end() :] if before else ""
        if _PARTY.search(place) or (inner and _PARTY.search(inner)):
            continue
        return match.start() - len(place.lstrip()), match.end()
    return None
