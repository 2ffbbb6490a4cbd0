"""Owns the forms in which a sentence lists the offices that worked on a reply with another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.letter.agencies import agency_list

# 认真商… · 及时与…
_HOW = "积极|及时|主动|先后|分别|多次|专门|专程|认真|反复|充分|深入|立即|随即|迅速|加强|再次"
# 经会同… · 经商… · 就涉及我部职责的问题商… · 经协商… · 会同…和…进行了研究 · 我局会同… · 商请…
# · 联合… · 我部商… · 并会…; never 市残疾人联合会, 市商务委
_JOINED_BY = re.compile(
    # each begins with a plain character, to which `re` leaps
    r"(?:协(?<=[经并]协)商(?!一致|会|后|,)|会同(?!办理)|会商(?!会)|召集|商请|商得|商同"
    r"|联合(?!会|社|国|大学|体)|协同(?!办|创)|协调(?!办|小组|发展)|邀请"
    rf"|商(?:(?<=[经并现已步次,委局办厅们部院府署社题项]商)|(?<=(?:{_HOW})商))"
    r"(?!务|业|会|标|品|圈|贸|户|城|场|住)"
    r"|会(?:(?<=[经并]会)|(?<=我[局厅部院]会))(?!同|商|议|签|办|员)) {0,2}"
)
# 根据市教委的会办意见 · 结合…等单位协办意见 · 征求了市…意见
_JOINED_IN_OPINION = re.compile(
    r"(?:根据|依据|结合|综合|汇总|吸收了?|吸纳了?|采纳了?|参考了?|征求了?|征询了?|听取了?"
    r"|按照(?=[^。,;]{2,60}(?:会办|协办|会签))) {0,2}"
)
# 经与市教委、市科技局共同研究办理 · 我委与… · 并与…进行了沟通
_ALONE = "经并已,委局办厅院部们"  # what 与 may stand behind
_JOINED_WITH = re.compile(
    rf"(?:与(?:(?<=[{_ALONE}]与)|(?<=(?:{_HOW})与))|和(?<=[{_ALONE}]和)|同(?<=[{_ALONE}]同)"
    rf"|及(?<=[{_ALONE}]及)(?![时早])|组(?<=[{_ALONE}]组)织(?!部|召)) {{0,2}}"
)
# 收悉。经市发展改革委、市财政局共同研究 · 经市商务局、市财政局认真研究办理; never
# 市|经济信息委, nor 经市委、市政府研究同意, nor 经再次与市财政局会商, which is told by 与
_BY_ALL = re.compile(
    rf"经(?:(?<=[。,;:)_ 悉]经)|(?<=^经))(?!(?:{_HOW}){{0,2}}(?:与|会同|商)|济|贸) {{0,2}}"
)
# 等单位共同 · 认真研究; never 与镇政府及村民|沟通, to whom it was only spoken
_JOINT = re.compile(
    r"(?:等)?(?:(?!群众|村民|居民|业主|商户)[^。;:]){0,16}"
    r"(?:共同|联合|会商|协商|会办|协办|研究|商议|沟通|对接|衔接|配合|办理|一[道起同](?=[,走对开赴到前进调]))"
)
_TOGETHER = re.compile(
    r"(?:等[^。,;:]{0,10})?[^。;:,]{0,6}(?:共同|联合|一起|一同|会商|协商|研究(?:并)?办理)"
)
_OPINION = re.compile(
    r"(?:等[^。,;:]{0,10})?的? ?\(?(?:会办|协办|会签|办理|反馈|相关|答复)?(?:单位)?\)?的?意见"
)

# 由我局主办、市科技局和市财政局会办 · 市民政局协办 · 经市教育局会办: the list ends before 会办;
# never 高新区管委|会办理
_ASSISTED_BY = re.compile(
    r"(?:由|交|经(?![济贸开信管])|、|,|。(?![经由交])|;|\(|主办|牵头"
    r"|商) {0,2}(?P<list>[一-鿿()、和及与 ]{2,160}?) {0,2}(?:等[一-鿿\d]{0,6})?(?:会办(?!理)|协办"
    r"|分办|(?:配合|协同|协助|参与)了?办理|会同办理|配合(?=[。,;]))(?!意见|的意见|单位)"
)
# 会办单位:市财政局、市教委 · 协办单位\t… · 会办单位为市财政局 · 会签部门:
_LABELLED = re.compile(
    r"(?:会办|协办|分办|会签|会同办理|联合办理|配合(?=单位|部门)|协助(?=单位|部门)"
    r"|会同(?=单位|部门)) ?(?:单位|部门"
    r"|机关)?"
    r" ?(?:[:\t ]|(?<=[位门关])[为是有]:?)\s{0,3}(?=[一-鿿])"
)
# 请市财政局、市教育局|研提意见
_ASKED = re.compile(r"请(?!示|求|假|款|您) {0,2}")
_TO_SAY = re.compile(r"(?:等[^。,;:]{0,10})?(?:分别)?(?:研提|提出|提供|出具|反馈)[^。,;:]{0,8}意见")
# 按照分工,市财政局、市教育局|分别提供了会办意见
_BEGINNING = re.compile(r"(?:[,。;:]|^) {0,2}")
_HELPED_SAYING = re.compile(
    r"(?:等[^。,;:]{0,10})?(?:均|也|已|分别)?(?:提出|提供|出具|反馈|报送)了?(?:书面)?"
    r"(?:会办|协办|会签)意见"
)
# 会办单位|市教育局、市财政局提出了书面意见
_LABELLED_BARE = re.compile(r"(?:会办|协办|分办|会签)(?:单位|部门)(?=[一-鿿])")
_GAVE_OPINION = re.compile(
    r"(?:等[^。,;:]{0,10})?(?:都|均|也|已|分别)?(?:提出|提供|出具|反馈|报送|的)[^。,;:]{0,10}意见"
)
# 会办|单位:… · 市民政局|协办 · 会同|单位:…: what both `_LABELLED` and `_ASSISTED_BY` have
_HELPED = re.compile(r"会办|协办|分办|会签|配合|会同(?=[单部办])|联合办理|协助|协同|参与了?办理")
# 承办单位:白石市水利局(主办)、市财政局(会办)
MARKED = re.compile(
    r"(?P<name>[一-鿿]{2,24}) ?\((?P<part>主办|会办|协办|分办|牵头|配合)(?:单位)?\)"
)
# 经我局商|市财政局(会办)
_BEFORE_MARKED = re.compile(r".*(?:由|经(?![济贸开信管])|会同|(?<=[经局委厅办部])商(?![务业会]))")
# 由|市财政局、市教委会办 · 会同|市财政局会办: words that stand before a list of offices
_LEADS = re.compile(r"由|主办|牵头|负责|会同|商请|商得")


def co_handlers(text: str) -> list[tuple[int, int]]:
    """Spans of the co-handling offices the text lists, in any of the forms."""
    found: set[tuple[int, int]] = set()
    for match in _JOINED_BY.finditer(text):
        found.update(agency_list(text, match.end(), len(text))[0])
    helped = _HELPED.search(text) is not None
    for match in _LABELLED.finditer(text) if helped else ():
        found.update(agency_list(text, match.end(), len(text))[0])
    if "意见" in text:
        found.update(_told_by(text, _JOINED_IN_OPINION, _OPINION))
        found.update(_told_by(text, _LABELLED_BARE, _GAVE_OPINION))
        found.update(_told_by(text, _ASKED, _TO_SAY))
    if "办意见" in text or "签意见" in text:
        found.update(_told_by(text, _BEGINNING, _HELPED_SAYING))
    if "与" in text or "和" in text or "同" in text or "及" in text or "组织" in text:
        found.update(_told_by(text, _JOINED_WITH, _JOINT))
    if "经" in text:
        found.update(_told_by(text, _BY_ALL, _TOGETHER, 2))
    for match in _ASSISTED_BY.finditer(text) if helped else ():
        found.update(_before_assisting(text, match))
    for match in MARKED.finditer(text) if "办)" in text else ():
        if match["part"] in {"会办", "协办", "分办", "配合"}:
            before = _BEFORE_MARKED.match(text, *match.span("name"))
            start = before.end() if before else match.start("name")
            found.update(agency_list(text, start, match.end("name"))[0])
    return sorted(found)


def _told_by(
    text: str, before: re.Pattern[str], behind: re.Pattern[str], least: int = 1
) -> Iterator[tuple[int, int]]:
    """Spans of offices listed between what stands before and what must stand behind them."""
    for match in before.finditer(text):
        spans, end = agency_list(text, match.end(), len(text))
        if len(spans) >= least and behind.match(text, end):
            yield from spans


def _before_assisting(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """The list that ends at 会办: from the last word that can stand before it."""
    start, end = match.span("list")
    for word in _LEADS.finditer(match["list"]):
        start = match.start("list") + word.end()
    while start < end and text[start] in "、, 和及与":
        start += 1
    spans, stop = agency_list(text, start, match.end())
    return spans if stop >= end - 1 else []
