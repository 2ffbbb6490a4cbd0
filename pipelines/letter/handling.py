"""Owns who else worked on a reply: co-handling offices (会办) and the lead office (主办)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.letter.agencies import agency_list
from pipelines.letter.opening import Opening
from pipelines.letter.passages import Article, Passage
from pipelines.letter.quoted import blank_quoted

# 经会同… · 经商… · 经协商… · 会同…和…进行了研究 · 我局会同… · 商请… · 联合… · 我部商… · 并会…;
# never 市残疾人联合会, 市商务委
_JOINED_BY = re.compile(
    # each begins with a plain character, to which `re` leaps
    r"(?:协(?<=[经并]协)商(?!一致|会|后|,)|会同(?!办理)|会商(?!会)|召集|商请|商得|商同"
    r"|联合(?!会|社|国|大学|体)|协同(?!办|创)|协调(?!办|小组|发展)|邀请"
    r"|商(?<=[经并现已步次,委局办厅们部院府署社]商)(?!务|业|会|标|品|圈|贸|户|城|场|住)"
    r"|会(?:(?<=[经并]会)|(?<=我[局厅部院]会))(?!同|商|议|签|办|员)) {0,2}"
)
# 根据市教委的会办意见 · 结合…等单位协办意见 · 征求了市…意见
_JOINED_IN_OPINION = re.compile(
    r"(?:根据|依据|结合|综合|汇总|吸收|吸纳|采纳|参考|征求了?|征询了?|听取了?"
    r"|按照(?=[^。,;]{2,60}(?:会办|协办|会签))) {0,2}"
)
# 经与市教委、市科技局共同研究办理 · 我委与… · 并与…进行了沟通
_ALONE = "经并已,委局办厅院部们"  # what 与 may stand behind
_HOW = "积极|及时|主动|先后|分别|多次|专门|专程|认真|反复|充分|深入|立即|随即|迅速|加强|再次"
_JOINED_WITH = re.compile(
    rf"(?:与(?:(?<=[{_ALONE}]与)|(?<=(?:{_HOW})与))|和(?<=[{_ALONE}]和)|同(?<=[{_ALONE}]同)"
    rf"|组(?<=[{_ALONE}]组)织(?!部|召)) {{0,2}}"
)
# 收悉。经市发展改革委、市财政局共同研究 · 经市商务局、市财政局认真研究办理; never
# 市|经济信息委, nor 经市委、市政府研究同意, nor 经再次与市财政局会商, which is told by 与
_BY_ALL = re.compile(
    rf"经(?:(?<=[。,;:)_ 悉]经)|(?<=^经))(?!(?:{_HOW}){{0,2}}(?:与|会同|商)|济|贸) {{0,2}}"
)
# 等单位共同 · 认真研究; never 与镇政府及村民|沟通, to whom it was only spoken
_JOINT = re.compile(
    r"(?:等)?(?:(?!群众|村民|居民|业主|商户)[^。;:]){0,16}"
    r"(?:共同|联合|会商|协商|会办|协办|研究|商议|沟通|对接|衔接|配合|办理)"
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
    r"(?:由|交|经(?![济贸开信管])|、|,|;|\(|主办|牵头"
    r"|商) {0,2}(?P<list>[一-鿿()、和及与 ]{2,160}?) {0,2}(?:等[一-鿿\d]{0,6})?(?:会办(?!理)|协办"
    r"|分办|(?:配合|协同|协助|参与)办理|会同办理|配合(?=[。,;]))(?!意见|的意见|单位)"
)
# 会办单位:市财政局、市教委 · 协办单位\t… · 会办单位为市财政局 · 会签部门:
_LABELLED = re.compile(
    r"(?:会办|协办|分办|会签|会同办理|联合办理|配合(?=单位|部门)|协助(?=单位|部门)"
    r"|会同(?=单位|部门)) ?(?:单位|部门"
    r"|机关)?"
    r" ?(?:[:\t ]|(?<=[位门关])[为是有]:?)\s{0,3}(?=[一-鿿])"
)
# 会办单位|市教育局、市财政局提出了书面意见
_LABELLED_BARE = re.compile(r"(?:会办|协办|分办|会签)(?:单位|部门)(?=[一-鿿])")
_GAVE_OPINION = re.compile(
    r"(?:等[^。,;:]{0,10})?(?:都|均|也|已|分别)?(?:提出|提供|出具|反馈|报送|的)[^。,;:]{0,10}意见"
)
# 承办单位:县商务局, above 会办单位:…
_IN_CHARGE = re.compile(r"^承办 ?(?:单位|部门) ?[:\t] ?")
# 承办单位:白石市水利局(主办)、市财政局(会办)
_MARKED = re.compile(
    r"(?P<name>[一-鿿]{2,24}) ?\((?P<part>主办|会办|协办|分办|牵头|配合)(?:单位)?\)"
)
# 经我局商|市财政局(会办)
_BEFORE_MARKED = re.compile(r".*(?:由|经(?![济贸开信管])|会同|(?<=[经局委厅办部])商(?![务业会]))")
# 主办单位:… · 承办部门\t… · …(会办): a line of a head tells of offices; 提案内容:由…会同… does not,
# nor does a title or the submission's own text, printed above the letter
_OFFICE_LABEL = re.compile(
    r"(?:主办|承办|会办|协办|分办|牵头|会签|配合|(?:会同|联合)办理)[一-鿿 ]{0,6}"
    r"(?:\([^()]{0,10}\))? {0,2}[:\t]"
    r"|\((?:主办|会办|协办|分办|牵头|配合)(?:单位)?\)"
)
# 您建议由教育局会同城管局开展…: what the submission asks for
_ASKED_FOR = re.compile(
    r"[您你]们?(?:在[^。,;]{0,20}中)?(?:还|也)?(?:建议(?=[由将让请])|认为|指出|希望|提出(?=[由应将让请]))"
    r"[^。;]{0,200}?(?=[。;]|我[局委厅办部院们]|,经|收悉|$)"
)
# (会办单位:市财政局、市教委) · 主办单位:市水利局 会办单位:市财政局, a line of its own
_LINE = re.compile(
    r"[((【\[ ]{0,2}(?:主办|牵头|主要承办|会办|协办|分办|会签|配合|会同办理|联合办理)(?:单位"
    r"|部门|机关)? ?[::]"
)
# 收到提案后,我局会同… · 办理过程中,我局与… · 经我局会同…研究,答复如下: what a sentence behind the
# opening must say to be about the handling; 下一步 and what was done in a year is not. Each word
# begins with a plain character: then `re` leaps to one, in a fifth of the time
_ON_HANDLING = re.compile(
    r"收到|接到|办理|承办|协办|会办|重视|答复|回复|研究(?!院|所|中心|生)|面商|会商|协商|如下"
)
_NOT_HANDLING = re.compile(
    r"将(?<!现将)|下一?步|今后|19\d\d ?年|20\d\d ?年|近年|去年|今年|以来|已|印发|出台|开展|制定"
    r"|专项|整治|联合发文|行动|推进|加强"
)
_BEHIND_OPENING = 400  # characters searched for such a sentence
_STATEMENT = re.compile(r"[^。;;!\n]{8,240}")
# 由市教委牵头 · 由市教委主办 · 主办单位:市教委 · 市教委为主办单位
_LEAD = re.compile(
    r"(?:由|交由|请|以|责成|委托|(?<=[。,;])经) ?(?P<a>[一-鿿()]{2,24}?)(?:负责|作为|为)?(?:牵头"
    r"|主办|负责主办)"
    r"|(?:主办|牵头|主要承办)(?:(?:单位|部门|机关)?(?:为|是)? ?[:\t]|(?:单位|部门"
    r"|机关)[为是]) ?(?P<b>[一-鿿()]{2,30})"
    r"|(?:[。,;(、]|^)(?P<c>(?:(?!由|经|责成|委托)[一-鿿()]){2,24}?)(?:作为|为|是|负责|)(?:主办"
    r"|牵头)(?:单位"
    r"|部门|办理|,|、|;)"
)

# 由|市财政局、市教委会办 · 会同|市财政局会办: words that stand before a list of offices
_LEADS = re.compile(r"由|主办|牵头|负责|会同|商请|商得")

_LONGEST_LINE = 240
_OWN = re.compile(r"^(?:我|本|贵)[一-鿿]{0,6}$")


class Handling(NamedTuple):
    """Offices that handled a submission together, as printed, in order."""

    co_handling: tuple[str, ...] = ()
    lead: str | None = None


def read_handling(
    article: Article,
    opening: Opening | None,
    form: Sequence[str],
    head: Iterable[Passage],
    own: Collection[str],
) -> Handling:
    """Co-handling and lead offices from the opening and the form's head; never the own office.

    `form` are a form's rows, folded, cells parted by tabs.
    """
    lead: str | None = None
    names: list[str] = []
    texts = [(row, row) for row in form if _OFFICE_LABEL.search(row)]
    texts += [
        (p.text, article.text[p.start : p.end])
        for p in head
        if not p.in_row and not is_handling_line(p.text) and _OFFICE_LABEL.search(p.text)
    ]
    if opening:
        said = _without_request(opening.plain)
        texts.append((said, article.text[opening.start : opening.end]))
        texts += _behind(article, opening.end)
    texts += [
        (p.text.replace(";", "、"), article.text[p.start : p.end])
        for p in article.passages
        if ":" in p.text and is_handling_line(p.text)
    ]
    for folded, text in texts:
        names += [text[left:right].strip() for left, right in _co_handlers(folded)]
        lead = lead or _lead(folded, text)
    if names and lead is None:
        lead = next((found for row, text in texts if (found := _in_charge(row, text))), None)
    others = dict.fromkeys(name for name in names if name != lead and name not in own)
    return Handling(tuple(others), lead)


def _in_charge(folded: str, text: str) -> str | None:
    """The office behind 承办单位: where co-handlers are named beside it, it is the lead."""
    match = _IN_CHARGE.search(folded)
    spans = agency_list(folded, match.end(), len(folded))[0] if match else []
    return text[slice(*spans[0])].strip() if len(spans) == 1 else None


def is_handling_line(folded: str) -> bool:
    """Whether a passage is nothing but `会办单位:市财政局、市教委` or the like."""
    return len(folded) <= _LONGEST_LINE and bool(_LINE.match(folded)) and "。" not in folded


def _behind(article: Article, start: int) -> Iterator[tuple[str, str]]:
    """Sentences behind the opening that still tell how the submission was handled."""
    end = min(len(article.folded), start + _BEHIND_OPENING)
    told = [found.start() for found in _ON_HANDLING.finditer(article.folded, start, end)]
    for match in _STATEMENT.finditer(article.folded, start, end) if told else ():
        at = bisect_left(told, match.start())
        if told[at : at + 1] and told[at] < match.end() and not _NOT_HANDLING.search(match[0]):
            plain = _without_request(blank_quoted(match[0]))
            yield plain, article.text[match.start() : match.end()]


def _without_request(text: str) -> str:
    """A copy of the same length in which `您建议由…` is blotted out."""
    return _ASKED_FOR.sub(lambda asked: "_" * len(asked[0]), text)


def _co_handlers(text: str) -> list[tuple[int, int]]:
    """Spans of the co-handling offices the text lists, in any of the forms."""
    found: set[tuple[int, int]] = set()
    for pattern in (_JOINED_BY, _LABELLED):
        for match in pattern.finditer(text):
            found.update(agency_list(text, match.end(), len(text))[0])
    opinion = "意见" in text
    for pattern, behind, least, may in (
        (_JOINED_IN_OPINION, _OPINION, 1, opinion),
        (_JOINED_WITH, _JOINT, 1, True),
        (_BY_ALL, _TOGETHER, 2, True),
        (_LABELLED_BARE, _GAVE_OPINION, 1, opinion),
    ):
        for match in pattern.finditer(text) if may else ():
            spans, end = agency_list(text, match.end(), len(text))
            if len(spans) >= least and behind.match(text, end):
                found.update(spans)
    for match in _ASSISTED_BY.finditer(text) if _may_assist(text) else ():
        found.update(_before_assisting(text, match))
    for match in _MARKED.finditer(text) if "办)" in text else ():
        if match["part"] in {"会办", "协办", "分办", "配合"}:
            before = _BEFORE_MARKED.match(text, *match.span("name"))
            start = before.end() if before else match.start("name")
            found.update(agency_list(text, start, match.end("name"))[0])
    return sorted(found)


def _may_assist(text: str) -> bool:
    """Whether a text has a word for which `_ASSISTED_BY` looks: quicker to look for alone."""
    return (
        "会办" in text or "协办" in text or "分办" in text or "配合" in text
        or "参与办理" in text or "协同办理" in text or "协助办理" in text or "会同办理" in text
    )  # fmt: skip


def _before_assisting(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """The list that ends at 会办: from the last word that can stand before it."""
    start, end = match.span("list")
    for word in _LEADS.finditer(match["list"]):
        start = match.start("list") + word.end()
    while start < end and text[start] in "、, 和及与":
        start += 1
    spans, stop = agency_list(text, start, match.end())
    return spans if stop >= end - 1 else []


def _lead(folded: str, text: str) -> str | None:
    for match in _MARKED.finditer(folded) if "主办)" in folded or "牵头)" in folded else ():
        if match["part"] in {"主办", "牵头"}:
            spans, _ = agency_list(folded, match.start("name"), match.end("name"))
            return text[slice(*spans[0])].strip() if spans else None
    may_lead = "牵头" in folded or "主办" in folded or "主要承办" in folded
    for match in _LEAD.finditer(folded) if may_lead else ():
        left, right = next(match.span(g) for g in ("a", "b", "c") if match[g] is not None)
        spans, _ = agency_list(folded, left, len(folded))
        if spans and spans[0][0] == left and not _OWN.match(folded[left:right]):
            return text[slice(*spans[0])].strip()
    return None
