"""Owns the commitments: sentences that say what the office will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from pipelines.letter.going_on import adds_to, goes_on, is_told_of, tells_of_past, year_told
from pipelines.letter.no_promises import declines, is_courtesy, is_wish, unquoted
from pipelines.letter.undertakings import (
    has_will,
    is_past,
    may_be_due,
    may_will,
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
_MARKS = (
    re.compile(
        r"(?P<n>[一二三四五六七八九十]{1,3}) ?[、.,]|第[一二三四五六七八九]部分|[ⅠⅡⅢⅣⅤⅥ][、.]"
    ),
    re.compile(r"\((?P<n>[一二三四五六七八九十]{1,3})\)"),
    re.compile(r"(?P<n>\d{1,2}) ?(?:、|\.(?!\d)|\.(?=20\d\d ?年))"),
    re.compile(r"\(?(?P<n>\d{1,2})\)|[①-⑳]"),
)
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
# 工作开展情况及下一步打算: what was done stands in it too
_MIXED = re.compile(r"情况|进展|成效|做法|现状|回顾")
# 下一步,我局将… · 今后,… · 针对您的建议,我们将…
_OPENS = re.compile(
    r" ?(?:\(?[一二三四五六七八九十\d]{1,2}[)、.,是]{1,2} ?|第[一二三四五六],"
    r"|(?:同时|首先|最后|此外),)?"
    r"(?:下一?步|下一?阶段|接下来|今后|后续)|(?:为此|针对[您你贵]|结合[您你贵]|根据[您你贵]|按照[您你贵])"
    r"[^。]{0,40}(?:将|下一?步)|[^。]{4,40},(?:下一?步|下一?阶段|接下来)(?=[,我将重要拟计会继])"
)
# 我们将重点做好以下工作: announces what follows and says nothing yet; never 降到9%以下
_ANNOUNCES = re.compile(
    r"(?:(?<![\d%岁级元人米亩吨天家])以下|如下|[几三四五六两]个?方面|几[点项])[^。,]{0,14}[:。]?$|:$"
)
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
    before: str  # the sentence before it in its paragraph
    year: int | None  # that what stands before it, up to a full stop, is told of
    past: bool  # the paragraph told of a year that is over


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
    undertaken = False  # by the sentence before
    for left, right in _paragraphs(body, folded, start):
        paragraph = folded[left:right]
        plan.enter(paragraph[:_HEADING])
        undertaken = undertaken and not _rank(paragraph.strip())[0]
        if plan.mode is _Mode.BODY and not (undertaken or _may_tell(paragraph, signed)):
            continue
        sentence, year, past = "", None, False
        spans = _sentences(folded, left, right)
        for number, (start, end) in enumerate(spans):
            before, sentence = sentence, folded[start:end].strip()
            year, past = year_told(before, year), tells_of_past(before, signed, past)
            if plan.mode is _Mode.BODY and not (undertaken or _may_tell(sentence, signed)):
                continue
            if start > left and _rank(sentence)[0] == 1 and _is_planned(sentence[:_SHORT_HEAD]):
                plan.enter(sentence[:_HEADING])
            if plan.mode is not _Mode.PLAN and _opens(sentence):
                plan.open()
            place = _Place(plan.mode, undertaken, start == left, before, year, past)
            undertaken = _counts(sentence, place, signed)
            if undertaken and not _is_heading(folded, spans[number:], (left, right)):
                found.append(body[start:end].strip(" \t\n　;；"))
        if _announces(sentence) and (plan.mode is _Mode.PLAN or has_will(sentence)):
            plan.announce()
    return tuple(dict.fromkeys(found))


def _sentences(folded: str, left: int, right: int) -> list[tuple[int, int]]:
    """Spans of sentences with the mark each ends with; splitting is quicker than any pattern."""
    text = folded[left:right]
    for mark in _SENTENCE_ENDS:
        text = text.replace(mark, "。")
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


def _may_tell(text: str, signed: date | None) -> bool:
    """Whether a text holds a word of those that promise, set a deadline, or open on plans."""
    return may_will(text) or may_be_due(text, signed) or _may_open(text)


def _may_open(text: str) -> bool:
    return "下" in text or "今后" in text or "后续" in text or "接下来" in text


def _opens(sentence: str) -> bool:
    """Whether a sentence begins as one on the next steps does."""
    return (_may_open(sentence) or "将" in sentence) and _OPENS.match(sentence) is not None


def _counts(sentence: str, place: _Place, signed: date | None) -> bool:
    """Whether a sentence is a commitment where it stands."""
    if len(sentence) < _SHORTEST:
        return False
    sentence = unquoted(sentence)
    if place.mode is _Mode.PLAN:
        says = not is_past(sentence) or promises(sentence, signed, loosely=True)
    else:
        says = _says(sentence, place, signed)
    return says and not _is_none(sentence)


def _says(sentence: str, place: _Place, signed: date | None) -> bool:
    """Whether a sentence says by its own words, or with those before it, what will be done."""
    if promises(sentence, signed, loosely=place.mode is _Mode.LOOSE):
        return True
    if undertakes(sentence, signed, bare=not place.past):
        return not is_told_of(place.year, sentence, signed)
    if place.behind and goes_on(sentence, signed, apart=place.apart):
        return True
    return adds_to(place.before, sentence, signed)


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
    may = (
        "下" in text or "今后" in text or "未来" in text or "后续" in text or "明年" in text
        or "打算" in text or "计划" in text or "考虑" in text or "安排" in text
        or "措施" in text or "方向" in text
    )  # fmt: skip
    return may and _PLAN.search(text) is not None


def _rank(text: str) -> tuple[int, bool]:
    """The rank of a numbered heading from 1, 0 where there is no number; and whether it is 一."""
    for rank, mark in enumerate(_MARKS if text[:1] in _FIRST else (), start=1):
        if match := mark.match(text):
            return rank, match["n"] in {"一", "1"}
    return 0, False


def _unmarked(text: str) -> str:
    """The text without the number of its heading and the mark of its list."""
    text = text.lstrip(" 【[※*■●◆")
    for mark in (*_MARKS, _ITEM) if text[:1] in _FIRST else ():
        if match := mark.match(text):
            return text[match.end() :].lstrip(" ,")
    return text.removeprefix("关于")


def _is_heading(folded: str, spans: Sequence[tuple[int, int]], paragraph: tuple[int, int]) -> bool:
    """Whether the first of the spans of sentences left of a paragraph is a heading."""
    sentence = folded[slice(*spans[0])].strip()
    leads = spans[0][0] == paragraph[0] and spans[0][1] < paragraph[1]
    if leads and _NUMBERED_HEAD.fullmatch(sentence):
        return True
    if _ITEM_HEAD.fullmatch(sentence):  # and what follows is no other item
        return len(spans) > 1 and not _ITEM.match(folded[slice(*spans[1])].lstrip())
    if len(sentence) >= 40 or "," in sentence:
        return False
    if sentence[-1:] not in _CLOSED:
        return True
    if len(sentence) > 26 or len(sentence.partition(":")[2]) > 6:  # 后续工作:一、6月底前布放终端
        return False
    return _is_planned(_unmarked(sentence).rstrip("。;")) and not _FIGURE.search(sentence)
