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
_ALONE = re.compile(rf"[(〔\[【“\"]?{_CLASS}[”\"]?[)〕\]】]? ?(?:[类级])? ?[)〕\]】]?")
# …的复函(A类) · A类  潼民发【2024】275号
_MARKED = re.compile(rf"(?:^|[(〔\[【 \t“])(?P<it>{_CLASS})[”\"]? ?类(?:[)〕\]】 \t”]|$)")
# (A类:已解决;B类:…;C类:…) and (A、B、C), the legend of a form
_LEGEND = re.compile(r"\([^()\n]{0,200}?A[^()\n]{0,80}?B[^()\n]{0,200}\)|注[::].{0,300}")
# 办理结果:B as a line of its own
_LINE = re.compile(
    r"[(〔\[【]?(?:本?(?:建议|提案|件)?的?)?(?:办理|办复|答复|回复|办结|解决)?(?:类 ?别|类 ?型"
    r"|结 ?果|程 ?度|等 ?级|情 ?况)[^。]{0,8}[::]"
)
# A□ B☑ C□ · □A ☑B □C: boxes behind the letters, or before them
_BOX = r"[□☐☑✓✔√■]"
_BOX_FIRST = re.compile(rf"[^A-D]*{_BOX} ?[A-D]")
_TICKED_BEFORE = re.compile(rf"[☑✓✔√■] ?(?P<it>{_CLASS})")
_TICKED_BEHIND = re.compile(rf"(?P<it>{_CLASS}) ?类? ?[☑✓✔√■]")
_LETTER = re.compile(r"[A-Fa-f][1-9]?")


def is_lone_class(folded: str) -> bool:
    """Whether a passage is a class and nothing else."""
    return len(folded) <= 8 and bool(_ALONE.fullmatch(folded.strip()))


def find_labelled_class(folded_passages: Iterable[str]) -> str | None:
    """The class of a short line within the letter that is nothing but `办理结果:B`."""
    for folded in folded_passages:
        if len(folded) <= 30 and _LINE.match(folded) and (match := _LABELLED.search(folded)):
            return match["it"].upper()
    return None


def _ticked(text: str) -> str | None:
    """The class whose box is ticked; None where no box is."""
    if len(text) > 120 or not re.search(r"[☑✓✔√■]", text):
        return None
    pattern = _TICKED_BEFORE if _BOX_FIRST.match(text) else _TICKED_BEHIND
    match = pattern.search(text)
    return match["it"].upper() if match else None


def find_outcome_class(folded_passages: Iterable[str]) -> str | None:
    """The class alone, in capitals (`A`, `B1`), from passages around a letter; None if unmarked."""
    marked: str | None = None
    for folded in folded_passages:
        text = _LEGEND.sub(" ", folded) if len(folded) < 600 else ""
        if ticked := _ticked(text):
            return ticked
        if match := _LABELLED.search(text):
            return match["it"].upper()
        if marked is None and len(text) <= 120:
            match = _MARKED.search(text)
            if match:
                marked = match["it"].upper()
            elif is_lone_class(text) and (letter := _LETTER.search(text)):
                marked = letter[0].upper()
    return marked
