"""Owns how much a line speaks for its place being the article: the ground for choosing one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pipelines.fold import fold
from pipelines.page.furniture.rules import edge_rule, furniture_rule, is_disclaimer, is_footer_head
from pipelines.page.markup.lines import Line
from pipelines.page.markup.tree import Element, is_frame
from pipelines.page.metadata.label_lines import parse_label_line
from pipelines.page.metadata.labels import LabelTable

_PUNCTUATION = re.compile(r"[,，。;；、:：?？!！()（）《》“”]")
# What reply letters say: 您提出的…收悉 · 现答复如下 · 此复函已经…审签 · 感谢您对…的关心
_CUE = re.compile(r"收悉|答复如下|函复如下|回复如下|审签|签发|此复|特此|提出的|感谢您|您们?的")
# 王某某委员: · 尊敬的李代表:
_SALUTATION = re.compile(r".{1,40}(?:委员|代表|同志|界别|支部|总支|政协|民盟|党派).{0,8}:")
# 2024年5月16日 · 二〇二四年五月十六日
_SIGNED_DATE = re.compile(r"[12]\d{3}年\d{1,2}月\d{1,2}日|[一二][〇○零九O].{1,3}年.{1,3}月.{1,4}日")
# A signature: 云岭市林业局 · 某某县人民政府办公室
_OFFICE = re.compile(r"[\u4e00-\u9fff()]{2,30}(?:局|委|会|厅|府|室|部|院|中心|处|所|公司|行|社|署)")
# 地址:渝北区某路1号 · 联系电话:023-… : a letter's stand below its date, a footer's anywhere
_CONTACT = re.compile(r"(?:联系)?(?:地\s*址|电\s*话|邮\s*编|邮政编码|传\s*真|邮\s*箱|网\s*址)\s*:")
_SHORT = 60
_LONGEST_NOTICE = 80  # characters of a notice without any full stop
_HEADINGS = frozenset({"h1", "h2", "h3"})
# Below this an element holds no article: a nav bar's odd word, a script shell's note.
ENOUGH = 25.0
# A frame that weighs more is only named like one: <div class="nav-content"> around everything.
_WHOLE_PAGE = 250.0


def line_weight(line: Line, table: LabelTable) -> float:
    """Positive for text of an article, negative for links, tools, footers and metadata."""
    if line.weight is None:
        line.weight = _weight(line, table)
    return line.weight


def _weight(line: Line, table: LabelTable) -> float:
    text = line.text
    size = len(text)
    if line.aside:
        return -min(size, 20.0)
    if line.linked * 2 > size:
        return -2.0 * min(size, 60)
    if is_disclaimer(text) or _is_furniture(text):
        return -min(size, 60.0)
    if parse_label_line(text, table):
        return -0.5 * min(size, 60)
    if line.row:
        return 2.0 * size
    if line.element.tag in _HEADINGS:  # a title stands above the article as often as in it
        return -1.0
    return _text_weight(text) - line.linked if size > _SHORT else _short_weight(fold(text))


def is_letters_phrase(text: str) -> bool:
    """Whether a line says what reply letters say, wherever it stands: 感谢您对我局工作的关心。"""
    return bool(_CUE.search(text))


def speaks(lines: Iterable[Line]) -> bool:
    """Whether any line is a sentence, a row, or what letters begin and end with.

    A page that a script fills prints names and notices at most.
    """
    return any(_speaks(line) for line in lines)


def _speaks(line: Line) -> bool:
    if line.aside or line.linked * 2 > len(line.text) or _is_furniture(line.text):
        return False
    folded = fold(line.text)
    return bool(
        line.row
        or "。" in folded
        or len(folded) > _LONGEST_NOTICE
        or _CUE.search(folded)
        or _SALUTATION.fullmatch(folded)
        or _SIGNED_DATE.fullmatch(folded.replace(" ", ""))
    )


def is_whole_letter(lines: Sequence[Line]) -> bool:
    """Whether lines reach from a salutation to the date under the signature."""
    first = (fold(line.text) for line in lines[:12] if len(line.text) <= _SHORT)
    last = (fold(line.text).replace(" ", "") for line in lines[-12:] if len(line.text) <= _SHORT)
    return any(map(_SALUTATION.fullmatch, first)) and any(map(_SIGNED_DATE.fullmatch, last))


def _is_furniture(text: str) -> bool:
    """Whether a line is furniture, be it only above an article."""
    if furniture_rule(text):
        return True
    return "。" not in text and bool(edge_rule(text, tail=False) or is_footer_head(text))


def _text_weight(text: str) -> float:
    """Characters and punctuation, and what reply letters say."""
    return len(text) + 5 * len(_PUNCTUATION.findall(text)) + (60 if _CUE.search(text) else 0)


@lru_cache(maxsize=1024)
def _short_weight(folded: str) -> float:
    """Of a line as short as a heading, a signature, a salutation or a footer's line.

    A site prints the same short lines on each of its pages.
    """
    if _SIGNED_DATE.fullmatch(folded.replace(" ", "")):
        return 30.0
    if _CONTACT.match(folded):
        return -0.3 * len(folded)
    cue = 60.0 if _CUE.search(folded) or _SALUTATION.fullmatch(folded) else 0.0
    marks = len(_PUNCTUATION.findall(folded))
    if marks == 0 and len(folded) <= 16:
        return cue + (3.0 if _OFFICE.fullmatch(folded.replace(" ", "")) else -1.0)
    return cue + len(folded) + 5 * marks


def weighs(lines: Iterable[Line], enough: float, table: LabelTable) -> bool:
    """Whether an element with these lines weighs enough, counted no further than needed."""
    weight = 0.0
    for line in lines:
        weight += line_weight(line, table)
        if weight > enough + 200:
            return True
    return weight >= enough


def total_weight(lines: Iterable[Line], table: LabelTable) -> float:
    """The weight of an element that holds these lines."""
    return sum(line_weight(line, table) for line in lines)


def heaviest(lines: Sequence[Line], table: LabelTable) -> tuple[Element | None, float]:
    """The element whose lines weigh most, the deepest among equals, with its weight.

    A text printed twice (for PC and mobile) counts once, and hidden text not at all. Linear in
    the lines and the elements above them.
    """
    sums: dict[Element, float] = {}
    depths: dict[Element, int] = {}
    seen: set[str] = set()
    for line in lines:
        weight = line_weight(line, table)
        if len(line.text) >= 12:
            weight = -0.5 * len(line.text) if line.text in seen else weight
            if not line.aside:
                seen.add(line.text)
        _note_depth(line.element, depths)
        sums[line.element] = sums.get(line.element, 0.0) + weight
    frames = {each for each in depths if is_frame(each)}
    _add_up(sums, depths, frames)
    framed = _within(frames, sums, depths)
    free = [each for each in depths if each not in framed]
    best = max(free, key=lambda each: (sums[each], depths[each]), default=None)
    return best, sums[best] if best is not None else 0.0


def _add_up(sums: dict[Element, float], depths: dict[Element, int], frames: set[Element]) -> None:
    """Makes each element's own weight that of all below it; a frame's parts add nothing good."""
    for element in sorted(depths, key=depths.__getitem__, reverse=True):
        parent = element.getparent()
        weight = sums.setdefault(element, 0.0)
        if parent is not None:
            weight = min(weight, 0.0) if element in frames and weight < _WHOLE_PAGE else weight
            sums[parent] = sums.get(parent, 0.0) + weight


def _within(
    frames: set[Element], sums: dict[Element, float], depths: dict[Element, int]
) -> set[Element]:
    """Headers, footers and navigation, with all that stands in them."""
    framed = {each for each in frames if sums[each] < _WHOLE_PAGE}
    for element in sorted(depths, key=depths.__getitem__) if framed else ():
        if element.getparent() in framed:
            framed.add(element)
    return framed


def _note_depth(element: Element, depths: dict[Element, int]) -> None:
    """Notes the depths of an element and of all above it that are not noted yet."""
    if element in depths:
        return
    chain = [element]
    while (parent := chain[-1].getparent()) is not None and parent not in depths:
        chain.append(parent)
    above = -1 if parent is None else depths[parent]
    for depth, each in enumerate(reversed(chain), start=above + 1):
        depths[each] = depth
