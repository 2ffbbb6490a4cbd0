"""Owns who else worked on a reply: co-handling offices (会办) and the lead office (主办)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.letter.agencies import agency_list
from pipelines.letter.co_handlers import MARKED, co_handlers
from pipelines.letter.opening import Opening
from pipelines.letter.passages import Article, Passage
from pipelines.letter.quoted import blank_quoted

# 承办单位:县商务局, above 会办单位:…
_IN_CHARGE = re.compile(r"承办 ?(?:单位|部门) ?[:\t] ?")
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
    texts = [(row, row) for row in form if _names_office(row)]
    texts += [
        (p.text, article.text[p.start : p.end])
        for p in head
        if not p.in_row and _names_office(p.text) and not is_handling_line(p.text)
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
        names += [text[left:right].strip() for left, right in co_handlers(folded)]
        lead = lead or _lead(folded, text)
    if names and lead is None:
        lead = next((found for row, text in texts if (found := _in_charge(row, text))), None)
    others = dict.fromkeys(name for name in names if name != lead and name not in own)
    return Handling(tuple(others), lead)


def _names_office(folded: str) -> bool:
    """Whether a line has a label of offices, which all end with one of these marks."""
    may = ":" in folded or "\t" in folded or ")" in folded
    return may and _OFFICE_LABEL.search(folded) is not None


def _in_charge(folded: str, text: str) -> str | None:
    """The office behind 承办单位: where co-handlers are named beside it, it is the lead."""
    match = _IN_CHARGE.match(folded)
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
        if at == len(told):
            return
        if told[at] < match.end() and not _NOT_HANDLING.search(match[0]):
            plain = _without_request(blank_quoted(match[0]))
            yield plain, article.text[match.start() : match.end()]


def _without_request(text: str) -> str:
    """A copy of the same length in which `您建议由…` is blotted out."""
    if not ("建议" in text or "认为" in text or "指出" in text or "希望" in text or "提出" in text):
        return text
    return _ASKED_FOR.sub(lambda asked: "_" * len(asked[0]), text)


def _lead(folded: str, text: str) -> str | None:
    for match in MARKED.finditer(folded) if "主办)" in folded or "牵头)" in folded else ():
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
