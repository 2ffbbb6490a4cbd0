"""Owns who else worked on a reply: co-handling offices (会办) and the lead office (主办)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from pipelines.letter.agencies import agency_list
from pipelines.letter.opening import Opening
from pipelines.letter.passages import Article, Passage

# 经会同市… · 经商市… · 会同…和…进行了研究 · 我局会同… · 商请… · 联合…; never 市残疾人联合会,
# 市商务委
_JOINED_BY = re.compile(
    r"(?:会同|会商(?!会)|商请|商得|商同|联合(?!会|社|国|大学|体)|协同(?!办|创)|协调(?!办|小组"
    r"|发展)|邀请"
    r"|(?<=[经并现已,委局办厅们])商(?!务|业|会|标)) {0,2}"
)
# 根据市教委的会办意见 · 结合…等单位协办意见 · 征求了市…意见
_JOINED_IN_OPINION = re.compile(
    r"(?:根据|依据|结合|综合|汇总|吸收|吸纳|采纳|参考|征求了?|征询了?|听取了?) {0,2}"
)
# 经与市教委、市科技局共同研究办理 · 我委与… · 并与…进行了沟通
_JOINED_WITH = re.compile(
    r"(?:(?<=[经并,委局办厅院部们])[与和同]|(?<=积极|及时|主动|先后|分别|多次)与) {0,2}"
)
# 收悉。经市发展改革委、市财政局共同研究; never 市|经济信息委
_BY_ALL = re.compile(r"(?:(?<=[。,;:)_ 悉])|^)经(?!与|济|会同|商|贸) {0,2}")
_JOINT = re.compile(
    r"(?:等)?[^。;:]{0,16}(?:共同|联合|会商|协商|会办|协办|研究|商议|沟通|对接|衔接|配合|办理)"
)
_TOGETHER = re.compile(r"(?:等[^。,;:]{0,10})?[^。;:,]{0,6}(?:共同|联合|一起|一同|会商|协商)")
_OPINION = re.compile(r"(?:等[^。,;:]{0,10})?的? ?(?:会办|协办|会签|办理|反馈|相关|答复)?的?意见")

# 由我局主办、市科技局和市财政局会办 · 市民政局协办: the list ends before 会办
_ASSISTED_BY = re.compile(
    r"(?:由|交|、|,|;|\(|主办|牵头"
    r"|商) {0,2}(?P<list>[一-鿿()、和及与 ]{2,160}?) {0,2}(?:等[一-鿿\d]{0,6})?(?:会办|协办"
    r"|分办|配合办理|会同办理|配合(?=[。,;]))(?!意见|的意见|单位)"
)
# 会办单位:市财政局、市教委 · 协办单位\t…
_LABELLED = re.compile(
    r"(?:会办|协办|分办|会同办理|联合办理) ?(?:单位|部门|机关)? ?[:\t ]\s{0,3}(?=[一-鿿])"
)

# 由市教委牵头 · 由市教委主办 · 主办单位:市教委 · 市教委为主办单位
_LEAD = re.compile(
    r"(?:由|交由|请|以|责成|委托) ?(?P<a>[一-鿿()]{2,24}?)(?:负责|作为|为)?(?:牵头|主办|负责主办)"
    r"|(?:主办|牵头|主要承办)(?:单位|部门|机关)?(?:为|是)? ?[:\t] ?(?P<b>[一-鿿()]{2,30})"
    r"|(?:[。,;(、]|^)(?P<c>(?:(?!由|责成|委托)[一-鿿()]){2,24}?)(?:作为|为|是|负责|)(?:主办|牵头)(?:单位"
    r"|部门|办理|,|、|;)"
)

_OWN = re.compile(r"^(?:我|本|贵)[一-鿿]{0,6}$")


@dataclass(frozen=True, slots=True)
class Handling:
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
    texts = [(row, row) for row in form]
    texts += [(p.text, article.text[p.start : p.end]) for p in head if not p.in_row]
    if opening:
        texts.append((opening.plain, article.text[opening.start : opening.end]))
    for folded, text in texts:
        names += [text[left:right].strip() for left, right in _co_handlers(folded)]
        lead = lead or _lead(folded, text)
    others = dict.fromkeys(name for name in names if name != lead and name not in own)
    return Handling(tuple(others), lead)


def _co_handlers(text: str) -> list[tuple[int, int]]:
    """Spans of the co-handling offices the text lists, in any of the forms."""
    found: set[tuple[int, int]] = set()
    for pattern in (_JOINED_BY, _LABELLED):
        for match in pattern.finditer(text):
            found.update(agency_list(text, match.end(), len(text))[0])
    for pattern, behind, least in (
        (_JOINED_IN_OPINION, _OPINION, 1),
        (_JOINED_WITH, _JOINT, 1),
        (_BY_ALL, _TOGETHER, 2),
    ):
        for match in pattern.finditer(text):
            spans, end = agency_list(text, match.end(), len(text))
            if len(spans) >= least and behind.match(text, end):
                found.update(spans)
    for match in _ASSISTED_BY.finditer(text):
        found.update(_before_assisting(text, match))
    return sorted(found)


def _before_assisting(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """The list that ends at 会办: from the last word that can stand before it."""
    start, end = match.span("list")
    for word in re.finditer(r"由|主办|牵头|负责", match["list"]):
        start = match.start("list") + word.end()
    while start < end and text[start] in "、, 和及与":
        start += 1
    spans, stop = agency_list(text, start, match.end())
    return spans if stop >= end - 1 else []


def _lead(folded: str, text: str) -> str | None:
    for match in _LEAD.finditer(folded):
        left, right = next(match.span(g) for g in ("a", "b", "c") if match[g] is not None)
        spans, _ = agency_list(folded, left, len(folded))
        if spans and spans[0][0] == left and not _OWN.match(folded[left:right]):
            return text[slice(*spans[0])].strip()
    return None
