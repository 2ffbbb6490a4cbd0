"""Owns the commitments: sentences that say what the office will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from pipelines.letter.going_on import adds_to, goes_on, is_told_of
from pipelines.letter.no_promises import (
    NO_PROMISE_WORDS,
    declines,
    is_courtesy,
    is_wish,
    unquoted,
)
from pipelines.letter.told import Told
from pipelines.letter.undertakings import (
    PAST_WORDS,
    has_will,
    is_past,
    may_tell,
    promises,
    undertakes,
)

_SENTENCE_ENDS = ";!?"  # besides 。, in folded text
_SHORTEST_RUN, _LONGEST_RUN = 4, 1200  # characters between two ends
_LONG_LINE = 200  # characters; in a longer one wide gaps part paragraphs, as in a one-line letter
_SHORTEST = 6
_HEADING = 60  # characters of a paragraph in which its heading stands
_SHORT_HEAD = 12  # characters of a heading within a paragraph: 二、打算:
_STOP = re.compile(r"[。;!:]")

# 二、 · 三 、 · 第二部分 · Ⅱ、 | (二) | 2. · 2、 | (2) · 2) · ②
_CHAPTER = re.compile(
    r"(?P<a>[一二三四五六七八九十]{1,3}) ?[、.,]|第[一二三四五六七八九]部分|[ⅠⅡⅢⅣⅤⅥ][、.]"
)
_MARK = re.compile(
    rf"(?P<chapter>{_CHAPTER.pattern})|(?P<section>\((?P<b>[一二三四五六七八九十]{{1,3}})\))"
    r"|(?P<point>(?P<c>\d{1,2}) ?(?:、|\.(?!\d)|\.(?=20\d\d ?年)))"
    r"|(?P<subpoint>\(?(?P<d>\d{1,2})\)|[①-⑳])"
)
_RANKS = ("chapter", "section", "point", "subpoint")
_FIRST = frozenset("一二三四五六七八九十第ⅠⅡⅢⅣⅤⅥ(0123456789①②③④⑤⑥⑦⑧⑨⑩首其再最此另同")
# 一是… · 第二,… · 首先,… · 此外,…: items of a list, no headings
_ITEM = re.compile(
    r"[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十][,、]|首先|其次|再次|最后|此外|另外"
    r"|同时"
)
# 增设卫生服务站3个.现答复如下, full stops of western typing, where a paragraph has no others:
# never “企业吹哨.部门报到”专项行动, nor 三.加强
_WESTERN_STOP = re.compile(r"(?<=[一-鿿)%])(?<![一二三四五六七八九十])\.(?=[一-鿿(]|\s|$)")
# 下一步工作打算 · 整改打算 · 今后工作 · 后续安排 · 努力方向 · 改进措施 · 工作计划
_PLAN = re.compile(
    r"(?:下一?步|下一?阶段|今后|接下来|未来|后续|下半年|明年)[^。,;]{0,20}(?:工作|打算|计划|考虑"
    r"|重点|安排|措施"
    r"|举措|思路|方向|建议|规划|任务)|(?:下一?步|下一?阶段)(?=$|[。:])"
    r"|打算(?=$|[。:])|(?:工作|有关|初步|整改|推进|落实|近期|总体)(?:计划|考虑|安排)(?=$|[。:])|(?:努力|整改|改进|工作)方向|(?:改进|整改|推进|拟采取的?)措施$"
)
_MAY_PLAN = re.compile("下|今后|未来|后续|明年|打算|计划|考虑|安排|措施|方向")
# 工作开展情况及下一步打算: what was done stands in it too
_MIXED = re.compile(r"情况|进展|成效|做法|现状|回顾")
# 下一步,我局将… · 今后,… · 针对您的建议,我们将…
_OPENS = re.compile(
    r" ?(?:\(?[一二三四五六七八九十\d]{1,2}[)、.,是]{1,2} ?|第[一二三四五六],"
    r"|(?:同时|首先|最后|此外),)?"
    r"(?:下一?步|下一?阶段|接下来|今后|后续)|(?:为此|针对[您你贵]|结合[您你贵]|根据[您你贵]|按照[您你贵])"
    r"[^。]{0,40}(?:将|下一?步)|[^。]{4,40},(?:下一?步|下一?阶段|接下来)(?=[,我将重要拟计会继])"
)
_MAY_OPEN = re.compile("下|今后|后续|接下来")
# 我们将重点做好以下工作: announces what follows and says nothing yet; never 降到9%以下
_ANNOUNCES = re.compile(
    r"(?:(?<![\d%岁级元人米亩吨天家])以下|如下|[几三四五六两]个?方面|几[点项])[^。,]{0,14}[:。]?$|:$"
)
# What every sentence has that looks back, thanks, wishes, refuses or announces; most have none
_MAY_NOT_COUNT = re.compile(f"{PAST_WORDS}|{NO_PROMISE_WORDS}|以下|方面|几|:")
# 下半年安排资金|200万元|用于路灯更换, never a heading
_FIGURE = re.compile(r"\d ?(?:[万亿元%个家处所名人项座套条台辆吨亩件户]|公里)")
_CLOSED = ("。", ";", "!", ".")  # what no bare heading ends with
# (一)加强巡查。 as the head of its paragraph
_NUMBERED_HEAD = re.compile(
    r"(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+ ?[、.])[^,。;]{2,30}。?"
)
# 一是抓标准。 · 第二,培养人才。
_ITEM_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十][,、]|首先,|其次,|最后,)[^,。;\d]{2,14}。"
)


class _Mode(Enum):
    """How much a sentence must say to count, by where it stands."""

    PLAN = "in a section or paragraph on the next steps: whatever is not past or courtesy"
    LOOSE = "in paragraphs behind one: what promises"
    BODY = "elsewhere: what promises with a deadline or figure, or in the office's own name"


class _Place(NamedTuple):
    """Where a sentence stands: after which, and in what part of the letter."""

    mode: _Mode
    behind: bool  # an undertaking
    apart: bool  # it begins a paragraph
    told: Told  # what stands before it in its paragraph


def find_commitments(
    body: str, folded: str, start: int, signed: date | None = None
) -> tuple[str, ...]:
    """Sentences of what will be done, as published, in order, each once.

    In a section on the next steps all that are no heading, courtesy or look back; elsewhere
    those that promise (将, 拟, 力争 …) with a deadline, a figure or in the office's own name, and
    dated undertakings (`2025年6月底前完成改造`) that lie ahead of `signed`. `start` is where the
    opening ends.
    """
    found: list[str] = []
    plan = _Plan()
    stops = _with_stops(folded)
    undertaken = False  # by the sentence before
    for left, right in _paragraphs(body, folded, start):
        paragraph = folded[left:right]
        plan.enter(paragraph[:_HEADING])
        undertaken = undertaken and not _rank(paragraph.strip())[0]
        if plan.mode is _Mode.BODY and not (undertaken or may_tell(paragraph, signed)):
            continue
        told = Told()
        sentence = ""
        spans = _sentences(stops, left, right)
        for number, (start, end) in enumerate(spans):
            told.sentences.append(sentence)
            sentence = folded[start:end].strip()
            if plan.mode is _Mode.BODY and not (undertaken or may_tell(sentence, signed)):
                continue
            if start > left and _heads_plan(sentence):
                plan.enter(sentence[:_HEADING])
            if plan.mode is not _Mode.PLAN and _opens(sentence):
                plan.open()
            if plan.mode is _Mode.PLAN:
                undertaken = _is_plan(sentence, signed)
            else:
                place = _Place(plan.mode, undertaken, start == left, told)
                undertaken = _counts(sentence, place, signed)
            if undertaken and not _is_heading(folded, spans[number : number + 2], (left, right)):
                found.append(body[start:end].strip(" \t\n　;；"))
        if _announces(sentence) and (plan.mode is _Mode.PLAN or has_will(sentence)):
            plan.announce()
    return tuple(dict.fromkeys(found))


def _with_stops(folded: str) -> str:
    """A copy of the same length in which every mark that ends a sentence is a full stop."""
    for mark in _SENTENCE_ENDS:
        folded = folded.replace(mark, "。")
    return folded


def _sentences(stops: str, left: int, right: int) -> list[tuple[int, int]]:
    """Spans of sentences with the mark each ends with; splitting is quicker than any pattern."""
    text = stops[left:right]
    if "." in text and "。" not in text:
        text = _WESTERN_STOP.sub("。", text)
    spans: list[tuple[int, int]] = []
    at = left
    for run in text.split("。"):
        end = at + len(run)
        while end - at > _LONGEST_RUN:
            spans.append((at, at + _LONGEST_RUN))
            at += _LONGEST_RUN
        if end - at >= _SHORTEST_RUN:
            spans.append((at, end + 1 if end < right else right))
        at = end + 1
    return spans


def _opens(sentence: str) -> bool:
    """Whether a sentence begins as one on the next steps does."""
    may = "将" in sentence or _MAY_OPEN.search(sentence) is not None
    return may and _OPENS.match(sentence) is not None


def _is_plan(sentence: str, signed: date | None) -> bool:
    """Whether a sentence in a section on the next steps is a commitment."""
    if len(sentence) < _SHORTEST:
        return False
    if not _MAY_NOT_COUNT.search(sentence):
        return True
    sentence = unquoted(sentence)
    says = not is_past(sentence) or promises(sentence, signed, loosely=True)
    return says and not _is_none(sentence)


def _counts(sentence: str, place: _Place, signed: date | None) -> bool:
    """Whether a sentence elsewhere is a commitment where it stands."""
    if len(sentence) < _SHORTEST:
        return False
    sentence = unquoted(sentence)
    return _says(sentence, place, signed) and not _is_none(sentence)


def _says(sentence: str, place: _Place, signed: date | None) -> bool:
    """Whether a sentence says by its own words, or with those before it, what will be done."""
    if promises(sentence, signed, loosely=place.mode is _Mode.LOOSE):
        return True
    if undertakes(sentence, signed, place.told):
        return not is_told_of(place.told.year(), sentence, signed)
    if place.behind and goes_on(sentence, signed, apart=place.apart):
        return True
    return adds_to(place.told.sentences[-1], sentence, signed)


def _is_none(sentence: str) -> bool:
    """Whether a sentence that says what comes is a courtesy, a wish, a refusal or a list's head."""
    if is_courtesy(sentence) or is_wish(sentence):
        return True
    return _announces(sentence) or declines(sentence)


def _announces(sentence: str) -> bool:
    tail = sentence[-30:]
    may = tail.endswith(":") or "如下" in tail or "以下" in tail or "方面" in tail or "几" in tail
    return may and _ANNOUNCES.search(tail) is not None


def _paragraphs(body: str, folded: str, start: int) -> Iterator[tuple[int, int]]:
    """Spans of paragraphs and of cells that hold sentences, from `start` on."""
    rows = "\t" in body
    at = min(start, len(folded))
    for line in folded[at:].split("\n"):
        end = at + len(line)
        if len(line) >= _LONG_LINE or (rows and body.find("\t", at, end) >= 0):
            yield from _pieces(body, folded, at, end)
        elif line:
            yield at, end
        at = end + 1


def _pieces(body: str, folded: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    row = body.find("\t", left, right) >= 0
    at = left
    for cell in body[left:right].split("\t") if row else [folded[left:right]]:
        if not row or "。" in cell:
            yield from _gaps(folded, at, at + len(cell))
        at += len(cell) + 1


def _gaps(folded: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """The span, parted where a line as long as a letter has a gap of two blanks or more."""
    if right - left >= _LONG_LINE:
        gap = folded.find("  ", left, right)
        while gap >= 0:
            if gap > left:
                yield left, gap
            left = gap
            while left < right and folded[left] == " ":
                left += 1
            gap = folded.find("  ", left, right)
    if right > left:
        yield left, right


@dataclass(slots=True)
class _Plan:
    """Whether the text at hand is on the next steps, paragraph by paragraph."""

    mode: _Mode = _Mode.BODY
    ends_at: int | None = (
        None  # a heading of this rank or higher ends the section; None: no section
    )
    unnumbered: bool = False  # its heading has no number, and none has followed yet
    listed: bool = False  # items follow what the paragraph before announced

    def enter(self, paragraph: str) -> None:
        """Takes notice of a heading, if the paragraph whose first words these are has one."""
        text = paragraph.strip(" 【】[]※*■●◆")
        planned = _is_planned(text)
        if not planned and self.mode is _Mode.BODY:
            return
        rank, first = _rank(text)
        head = _STOP.split(_unmarked(text), maxsplit=1)[0].strip(" 】]") if planned else ""
        short = len(head) < 30 and "," not in head and not _FIGURE.search(head)
        if planned and short and _is_planned(head) and not _MIXED.search(head):
            self.mode, self.ends_at, self.unnumbered = _Mode.PLAN, rank or 0, not rank
            return
        if rank and self.ends_at is not None:
            if self.unnumbered:
                self.unnumbered, self.ends_at = False, rank - (first or rank > 2)
            if rank <= self.ends_at:
                self.close()
        elif self.ends_at is None:
            self._behind_a_sentence(text, rank)

    def _behind_a_sentence(self, text: str, rank: int) -> None:
        item = bool(rank) or bool(_ITEM.match(text))
        if self.mode is _Mode.PLAN and not (self.listed or (item and rank != 1)):
            self.mode = _Mode.LOOSE
        if self.mode is _Mode.LOOSE and rank:
            self.close()
        self.listed = self.listed and item

    def open(self) -> None:
        """下一步,… begins: the rest of its paragraph is plan."""
        self.mode = _Mode.PLAN

    def announce(self) -> None:
        """The paragraph ends with words that announce a list of what will be done."""
        self.mode, self.listed = _Mode.PLAN, True

    def close(self) -> None:
        """What follows is no longer on the next steps."""
        self.mode, self.ends_at, self.unnumbered, self.listed = _Mode.BODY, None, False, False


def _is_planned(text: str) -> bool:
    """Whether a heading speaks of the next steps; every one has a word of those looked for."""
    return _MAY_PLAN.search(text) is not None and _PLAN.search(text) is not None


def _rank(text: str) -> tuple[int, bool]:
    """The rank of a numbered heading from 1, 0 where there is no number; and whether it is 一."""
    if text[:1] not in _FIRST or not (match := _MARK.match(text)):
        return 0, False
    number = match["a"] or match["b"] or match["c"] or match["d"]
    return _RANKS.index(match.lastgroup or "") + 1, number in {"一", "1"}


def _heads_plan(sentence: str) -> bool:
    """Whether a sentence within a paragraph is the heading of a chapter on the next steps."""
    return _CHAPTER.match(sentence) is not None and _is_planned(sentence[:_SHORT_HEAD])


def _unmarked(text: str) -> str:
    """The text without the number of its heading and the mark of its list."""
    text = text.lstrip(" 【[※*■●◆")
    if text[:1] in _FIRST and (match := _MARK.match(text) or _ITEM.match(text)):
        return text[match.end() :].lstrip(" ,")
    return text.removeprefix("关于")


def _is_heading(folded: str, spans: Sequence[tuple[int, int]], paragraph: tuple[int, int]) -> bool:
    """Whether the first of two spans of sentences, of a paragraph, is a heading."""
    start, end = spans[0]
    sentence = folded[start:end].strip()
    leads = start == paragraph[0] and end < paragraph[1]
    if leads and _NUMBERED_HEAD.fullmatch(sentence):
        return True
    if len(sentence) >= 40:
        return False
    if _ITEM_HEAD.fullmatch(sentence):  # and what follows is no other item
        return len(spans) > 1 and not _ITEM.match(folded[slice(*spans[1])].lstrip())
    if "," in sentence:
        return False
    if sentence[-1:] not in _CLOSED:
        return True
    if len(sentence) > 26 or len(sentence.partition(":")[2]) > 6:  # 后续工作:一、6月底前布放终端
        return False
    return _is_planned(_unmarked(sentence).rstrip("。;")) and not _FIGURE.search(sentence)
