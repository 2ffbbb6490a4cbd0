"""Owns the signatory: the name of whoever approved or issued the letter (审签、审定、签发)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# 签发人:方晓东 · 签 发 人： · 领导签发:张某某 · 审签人\t李某 · (签发:王某某) · 审核人:李某
# · 领导署名:林某 · 负责人(签字):李某 · 批准人:王某
_LABEL = re.compile(
    r"(?=[签审核批领负局主厅院])"  # how all begin: a third of the time
    r"(?:(?P<verb>签 ?发|审 ?签|审 ?定|核 ?发|签 ?批|批 ?准|审 ?批"
    r"|(?<![一二三初终复])审 ?核(?=[^:]?人)) ?"
    r"(?:人|领导|负责人|局长|主任|意见)?(?:签[字名])?"
    r"|(?:领导|负责人|局长|主任|厅长|院长) {0,2}\(?(?:署 ?名|签 ?[名字章]|签 ?发)(?:人)?\)?)"
    # the name is looked at only: `审核人:赵某  签发人:李某` holds two labels
    r" {0,3}(?::|\t) {0,6}(?=(?P<who>[一-鿿·][一-鿿· 、]{0,24}))"
)

_WHO = r"[一-鿿· 、(),]{2,60}?"
# 签发人:方晓东 · 署名\t: what each label has
_HAS_LABEL = re.compile(r"[签审批核署][^\n:\t]{0,14}[:\t]")
_APPROVING = ("签发", "签批", "审签", "审定", "审核", "审批", "审阅", "批准", "同意")
_VERB = rf"(?P<verb>{'|'.join(_APPROVING)})"
_HAS_APPROVING = re.compile("|".join(_APPROVING))
_BEGINS = re.compile("[签审批核署同]")  # what labels and verbs begin with
_BEFORE_LABEL, _BEFORE_APPROVING = 10, 70  # characters a match begins before these at most
# 签发人:李四 |联系人:王五: what ends with a colon is the next label
_NEXT_LABEL = re.compile(r"(?:^|(?<= ))(?:联 ?系 ?(?:人|电 ?话)|电 ?话|日 ?期|[一-鿿]{2,6}) ?$")
# 须经总监理工程师审定: a rule of how things are approved
_RULE = re.compile(r"(?:必?须|应当?|需要?|可|方可)$")
# 此复函已经高建国主任审签 · 经分管副市长张某审定,由市教委主任黄某签发 · 已报请李某局长审定
_APPROVED = re.compile(rf"(?:经|由|报请?|呈) ?(?P<who>{_WHO}){_VERB}")
# …审定,黄某主任签发
_THEN = re.compile(
    rf"(?:审签|审定|审核|审批|审阅)后?[,、;]?(?:并|现|报)?(?:由|经)? ?(?P<who>{_WHO})(?P<verb>签发)"
)

# 编辑:王某 审核人:李某: whoever lets a page go on line, and no letter
_WEB_DESK = re.compile(r"编辑|责编|校对|录入|供稿|撰稿|发布人|[一二三初终]审")

_RANK = ("签发", "署名", "核发", "签批", "审签", "审定", "批准", "审批", "审核", "审阅", "同意")

_POST = (
    r"(?:(?:党组|党委|党工委|党总支|党支部|机关党委|常务|执行|第一|一级|二级|三级|四级|分管"
    r"|主要|总)?"
    r"副?(?:书记|局长|主任|厅长|部长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|主席|院长|校长"
    r"|行长|站长|处长|科长|司长|署长"
    r"|所长|馆长|会长|理事长|董事长|总经理|总队长|支队长|队长|秘书长|检察长|审判长|政委|组长"
    r"|巡视员|调研员|负责人|领导"
    r"|工程师|经济师|会计师|规划师|农艺师|师)"
    r"|(?:[市省区县州]委)?常委|(?:党组|党委|党工委)?(?:成员|委员(?!会))|同志|先生|女士)"
)
_POST_WORD = re.compile(_POST)
# 此复函|已经… · 本答复意见已报|经…
_THIS_LETTER = re.compile(r"(?:函|答复|回复|复文|此件|本件|意见)[^。,;]{0,10}$")
_POSTS_BEHIND = re.compile(rf"(?:[、,兼 ]{{0,2}}{_POST})+$")
_POST_BEFORE = re.compile(rf".{{0,40}}{_POST}(?=[一-鿿·]{{2,}})")
# 我局|王某 · 市政府|王某 · 县委办公室|王某, whose post stood behind the name
_OFFICE_BEFORE = re.compile(
    r"[一-鿿]{0,16}(?:委员会|办公室|中心|单位|街道|集团|公司|[总支大]队|[局委办厅院部府])"
    r"(?=[一-鿿]{2,4}$)"
)
# 李四 · 欧阳建国 · 买买提·艾力 · 阿不都热合曼, a name spelt by its sound
_NAME = re.compile(
    r"[一-鿿]{2,4}|[一-鿿]{1,8}·[一-鿿·]{1,12}"
    r"|[阿艾买提江木力尔热曼合都布克吐努依尼沙孜拉哈古丽麦吾斯地别汗不再洪加玛亚卡巴扎西才旦多吉次仁央金卓罗桑丹增格旺堆平措顿珠普达瓦强赛塔娜图格日勒那苏其其]{5,10}"
)
# 李某(主任) · 市教委主任李某审核,由|王某 · 李某|   联系人
_IN_BRACKETS = re.compile(r"\([^()]{0,20}\)")
_UP_TO_BY = re.compile(r"^.{0,50}[经由]")
_BEFORE_GAP = re.compile(r"[一-鿿·]{2,}(?= {3,})")
# 局长办公会 · 局党组会议: a body, and no person
_NOBODY = re.compile(r"办公会|会议|集体|党组会|党委会|常务会|例会|监理|委托")
_NO_NAME = re.compile(
    r"会议|研究|集体|领导|讨论|党组|办公会|[局委办厅府]|单位|部门|审|逐级|同意|认真|日期|意见"
)


def find_signatory(closing: str, head: str) -> str | None:
    """The name alone; who issued (签发) goes before who approved (审签, 审定, 审核).

    Both texts are folded; rows of a form keep the tabs between their cells.
    """
    found: list[tuple[int, str]] = []
    for text in (closing, head):
        for pattern, start in _patterns_for(text):
            for match in pattern.finditer(text, start):
                if pattern is _APPROVED and not _of_this_letter(text, match):
                    continue
                who = match["who"]
                if pattern is _LABEL and _is_web_desk(text, match):
                    continue
                end = match.end("who")
                if pattern is _LABEL and text[end : end + 2].lstrip(" ")[:1] == ":":
                    who = _NEXT_LABEL.sub("", who)
                if name := parse_name(who):
                    found.append((_rank(match), name))
    return min(found, key=lambda ranked: ranked[0])[1] if found else None


def _patterns_for(text: str) -> Iterator[tuple[re.Pattern[str], int]]:
    """The patterns whose words a text has, and from where on: as a rule in its last lines."""
    begins = _BEGINS.search(text)
    if begins is None:
        return
    if label := _HAS_LABEL.search(text, begins.start()):
        yield _LABEL, max(0, label.start() - _BEFORE_LABEL)
    if approving := _HAS_APPROVING.search(text, begins.start()):
        yield _APPROVED, max(0, approving.start() - _BEFORE_APPROVING)
    if "签发" in text and "审" in text:
        yield _THEN, 0


def _is_web_desk(text: str, match: re.Match[str]) -> bool:
    """Whether 审核人 stands on a line with the page's editors."""
    if match["verb"] is None or "核" not in match["verb"] or "发" in match["verb"]:
        return False
    start = text.rfind("\n", 0, match.start()) + 1
    line = text[max(start, match.start() - 60) : match.end() + 60].partition("\n")[0]
    return bool(_WEB_DESK.search(line))


def _rank(match: re.Match[str]) -> int:
    """How close what a person did stands to issuing; a leader's own hand comes next to it."""
    verb = match["verb"]
    return _RANK.index(verb.replace(" ", "") if verb else "署名")


def _of_this_letter(text: str, match: re.Match[str]) -> bool:
    """Whether it is the letter that was approved: a post beside the name, or 此复函已 before it."""
    before = text[max(0, match.start() - 24) : match.start()]
    if _RULE.search(before):
        return False
    return bool(_POST_WORD.search(match["who"]) or _THIS_LETTER.search(before))


@lru_cache(maxsize=1024)  # the same few sign all letters of a site
def parse_name(who: str) -> str | None:
    """`高建国主任`, `市教委主任黄某某`, `方晓东党组书记` without posts; None if none is left."""
    if _NOBODY.search(who):
        return None
    text = _IN_BRACKETS.sub("", who) if "(" in who else who
    text = _UP_TO_BY.sub("", text).strip(" 、,")
    first = _BEFORE_GAP.match(text) if "   " in text else None
    text = "".join((first[0] if first else text).split())
    text = _POSTS_BEHIND.sub("", text)
    before = _POST_BEFORE.match(text)
    text = text[before.end() :] if before else text
    if office := _OFFICE_BEFORE.match(text):
        text = text[office.end() :]
    if _NAME.fullmatch(text) and not _NO_NAME.search(text):
        return text
    return None
