"""Owns the outcome class (办理结果): the letter A, B, C or D an office marks its reply with."""

from __future__ import annotations

import re
from collections.abc import Iterable

_CLASS = r"[A-Fa-f][1-9]?"

# 办复类别:B类 · 类别:C · 办理结果:(C) · 办结类型\tA · 办理情况:已解决(A类) · 类别标记：B1类
_LABELLED = re.compile(
    r"(?:类 ?别|类 ?型|结 ?果|分 ?类|程 ?度|等 ?级|标 ?识|标 ?记|办理情况|解决情况"
    r"|代码)[^:\n\tA-Za-z]{0,6}[:\t 为]{0,3}[“\"(〔\[【 ]{0,3}"
    rf"(?:[^A-Za-z:\n]{{0,24}}[(:“\" ])?(?P<it>{_CLASS})(?![A-Za-z\d])"
)
# A类) · (B1类) · A类 · 【C】 · 〔A〕 · A
_ALONE = re.compile(rf"[(〔\[【“\"]?{_CLASS}[”\"]?[)〕\]】]? ?类?件? ?[)〕\]】]?")
# …的复函(A类) · A类  潼民发【2024】275号 · (A类,同意公开) · C类建议 · A类-主动公开
_MARKED = re.compile(
    rf"(?:^|[(〔\[【 \t“])(?P<it>{_CLASS})[”\"]? ?类(?:[)〕\]】 \t”]|$"
    r"|(?:提案|建议|议案)(?=[)〕\]】 ]|$)|[,、;-]? ?(?:主动|同意|可以|可|全文|不|依申请|不予"
    r"|宜)?公开)"
)
# …的复函(B) · (A)  白水函〔2024〕5号 · 白水函〔2024〕5号【A】 · 【A】白水函〔2024〕5号
_BRACKETED = re.compile(
    rf"^[(〔\[【](?P<a>{_CLASS})[)〕\]】](?= |[一-鿿]{{1,12}}[〔\[【(](?:19|20)\d\d|关于|对)"
    rf"|(?<=[函复号])[(〔\[【](?P<b>{_CLASS})[)〕\]】]$"
)
# 企业分为A类、B类、C类: several classes are no mark
_ANY_CLASS = re.compile(r"[A-Fa-f](?<![A-Za-z\d].)[1-9]? ?类")
# 该提案办理结果为B类 · 根据办理情况,该建议列为B类 · 本件办理类别为C类
_STATED = re.compile(
    r"(?:[本该此]件|(?:[本该此]|您的?|你的?)(?:提案|建议|议案)|(?:办理|答复|办复)(?:结果|类别"
    r"|类型))"
    rf"[^。;,\nA-Za-z]{{0,20}}[为属是于][“\"(]{{0,2}}(?P<it>{_CLASS})[”\")]{{0,2}} ?类"
)
# (A类:已解决;B类:…;C类:…) and (A、B、C), the legend of a form
_LEGEND = re.compile(r"\([^()\n]{0,200}?A[^()\n]{0,80}?B[^()\n]{0,200}\)|注[::].{0,300}")
# 办理结果:B as a line of its own
_LINE = re.compile(
    r"[(〔\[【]?(?:本?(?:建议|提案|件)?的?)?(?:办理|办复|答复|回复|办结|解决)(?:类 ?别|类 ?型"
    r"|结 ?果|程 ?度|等 ?级|情 ?况)[^。]{0,8}[::]"
)
# A□ B☑ C□ · □A ☑B □C: boxes behind the letters, or before them
_BOX = r"[□☐☑✓✔√■]"
# B☑
_TICK = re.compile(r"[☑✓✔√■]")
_BOX_FIRST = re.compile(rf"[^A-D]*{_BOX} ?[A-D]")
_TICKED_BEFORE = re.compile(rf"[☑✓✔√■] ?(?P<it>{_CLASS})")
_TICKED_BEHIND = re.compile(rf"(?P<it>{_CLASS}) ?类? ?[☑✓✔√■]")
_LETTER = re.compile(r"[A-Fa-f][1-9]?")


def is_lone_class(folded: str) -> bool:
    """Whether a passage is a class and nothing else."""
    return len(folded) <= 8 and bool(_ALONE.fullmatch(folded.strip()))


def is_class_line(folded: str) -> bool:
    """Whether a passage is nothing but the class, with its label or without."""
    if len(folded) > 30:
        return False
    if is_lone_class(folded):
        return True
    return ":" in folded and bool(_LINE.match(folded) and _LABELLED.search(folded))


def find_class_within(folded_passages: Iterable[str], folded: str) -> str | None:
    """The class a letter tells of itself: in a line `办理结果:B`, or in words (`列为B类`)."""
    for text in folded_passages:
        if (
            len(text) <= 30
            and ":" in text
            and _LINE.match(text)
            and (match := _LABELLED.search(text))
        ):
            return match["it"].upper()
    may = "类" in folded and _ANY_CLASS.search(folded)
    stated = _STATED.search(folded) if may else None
    return stated["it"].upper() if stated else None


def tells_class(folded: str, outcome_class: str) -> bool:
    """Whether the class can have been read from this piece of the page."""
    cells = folded.split("\t")
    within = find_class_within(cells, folded)
    return outcome_class in (find_outcome_class([folded, *cells]), within)


def _ticked(text: str) -> str | None:
    """The class whose box is ticked; None where no box is."""
    if len(text) > 120 or not _TICK.search(text):
        return None
    pattern = _TICKED_BEFORE if _BOX_FIRST.match(text) else _TICKED_BEHIND
    match = pattern.search(text)
    return match["it"].upper() if match else None


def find_outcome_class(folded_passages: Iterable[str]) -> str | None:
    """The class alone, in capitals (`A`, `B1`), from passages around a letter; None if unmarked."""
    marked: str | None = None
    for folded in folded_passages:
        if not _LETTER.search(folded):
            continue
        text = _LEGEND.sub(" ", folded) if len(folded) < 600 else ""
        if ticked := _ticked(text):
            return ticked
        if match := _LABELLED.search(text):
            return match["it"].upper()
        if marked is None and len(text) <= 120:
            several = len({found[0] for found in _ANY_CLASS.finditer(text)}) > 1
            match = None if several else _MARKED.search(text)
            if match:
                marked = match["it"].upper()
            elif match := _BRACKETED.search(text):
                marked = (match["a"] or match["b"]).upper()
            elif is_lone_class(text) and (letter := _LETTER.search(text)):
                marked = letter[0].upper()
    return marked
