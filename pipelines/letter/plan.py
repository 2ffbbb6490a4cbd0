"""Owns whether the text at hand is on the next steps: their headings, and what opens on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pipelines.letter.past import lies_behind

_SHORT_HEAD = 12  # characters of a heading within a paragraph: 二、打算:
_HEADING = re.compile(r"[^,。;!:]{2,30}+(?=[。;!:]|$)")  # 下一步工作|:

# 二、 · 三 、 · 第二部分 · Ⅱ、 | (二) | 2. · 2、 | (2) · 2) · ②
_CHAPTER = re.compile(
    r"(?P<a>[一二三四五六七八九十]{1,3}) ?[、.,]|第[一二三四五六七八九]部分|[ⅠⅡⅢⅣⅤⅥ][、.]"
)
_MARK = re.compile(
    rf"(?P<chapter>{_CHAPTER.pattern})|(?P<section>\((?P<b>[一二三四五六七八九十]{{1,3}})\))"
    r"|(?P<point>(?P<c>\d{1,2}) ?(?:、|\.(?!\d)|\.(?=20\d\d ?年)))"
    r"|(?P<subpoint>\(?(?P<d>\d{1,2})\)|[①-⑳])"
)
_RANKS = {"chapter": 1, "section": 2, "point": 3, "subpoint": 4}
_ONE = frozenset("一1")
_NUMBERS = frozenset("一二三四五六七八九十第ⅠⅡⅢⅣⅤⅥ(0123456789①②③④⑤⑥⑦⑧⑨⑩")
_FIRST = _NUMBERS | frozenset("首其再最此另同任措举在")
# 一是… · 第二,… · 其三,… · 任务四:… · 首先,… · 此外,…: items of a list, no headings
ITEM = re.compile(
    r"[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十][,、]|首先|其次|再次|最后|此外|另外"
    r"|同时|在此(?:之前|期间|基础上)|其[一二三四五六七八九],|(?:任务|措施|举措)[一二三四五六七八九十\d]{1,2}[:、,]"
)
# 至于收费标准,… · 目前,… · 以上答复… · 关于编制问题,…: no item of a list without numbers
_NO_ITEM = re.compile(
    r"至于|感谢|衷心|再次|以上(?:答复|意见|回复|情况|是|为)|此[复函致件外]|特此|专此|最后|值得|需要(?:说明|指出)|目前|当前|对于?[您你]"
    r"|[您你]|去年|由于|因|联系"
    r"|[^,。]{2,10}方面,[^。]{0,20}(?:目前|尚|暂|正在|已)"
)
# 下一步工作打算 · 整改打算 · 今后工作 · 后续安排 · 努力方向 · 改进措施 · 工作计划 · 工作设想
# · 对策措施 · 我们打算怎么办 · 还要做的几件事
_PLAN = re.compile(
    r"(?:下一?步|下一?阶段|今后|接下来|未来|后续|下半年|明年)[^。,;]{0,20}(?:工作|打算|计划|考虑"
    r"|重点|安排|措施"
    r"|举措|思路|方向|建议|规划|任务)|(?:下一?步|下一?阶段)(?=$|[。:])"
    r"|打算(?=$|[。:])|(?:任务|责任|工作|整改|落实)(?:清单|分工|分解)(?=$|[。:])|(?:工作|有关|初步|整改|推进|落实|近期|总体)(?:计划|考虑|安排)(?=$|[。:])|(?:努力|整改|改进|工作)方向|(?:改进|整改|推进|拟采取)的?措施$"
    r"|对策(?:措施|建议)?(?=$|[。:])|工作(?:展望|设想|构想)"
    r"|(?:下一?步|今后|往后|接下来|准备|打算)[^。,;]{0,4}(?:怎么|如何)[办做干改]|还要[做办抓干]"
)
_MAY_PLAN = re.compile(
    "下|今后|往后|未来|后续|接下来|明年|打算|准备|计划|考虑|安排|措施|方向|清单|分工|分解"
    "|对策|工作展|工作设|工作构|还要"
)
# 工作开展情况及下一步打算: what was done stands in it too
_MIXED = re.compile(r"情况|进展|成效|做法|现状|回顾")
# 下一步,我局将… · 今后,… · 针对您的建议,我们将…
_OPENS = re.compile(
    r" ?(?:\(?[一二三四五六七八九十\d]{1,2}[)、.,是]{1,2} ?|第[一二三四五六],"
    r"|(?:同时|首先|最后|此外),)?"
    r"(?:下一?步|下一?阶段|接下来|今后|后续|(?:以后|往后|日后)(?=[,凡每遇再不由]))|(?:为此|针对[您你贵]|结合[您你贵]|根据[您你贵]|按照[您你贵])"
    r"[^。]{0,40}(?:将|下一?步)|[^。]{4,40},(?:下一?步|下一?阶段|接下来)(?=[,我将重要拟计会继])"
    r"|[^。]{4,40},今后(?=由|将|每|对|我|还|工作中)"
    r"|(?:[我本][^,。]{0,6})?的?下一?步的?(?:工作)?(?:考虑|打算|想法|安排|计划|思路)是"
)
_MAY_OPEN = re.compile("下|今后|以后|往后|日后|后续|接下来")
# 下半年安排资金|200万元|用于路灯更换, never a heading
FIGURE = re.compile(r"\d ?(?:[万亿元%个家处所名人项座套条台辆吨亩件户]|公里)")


class Mode(Enum):
    """How much a sentence must say to count, by where it stands."""

    PLAN = "in a section or paragraph on the next steps: whatever is not past or courtesy"
    LISTED = "under words that announce what is not told: what does something"
    LOOSE = "in paragraphs behind one: what promises"
    BODY = "elsewhere: what promises with a deadline or figure, or in the office's own name"


@dataclass(slots=True)
class Plan:
    """Whether the text at hand is on the next steps, paragraph by paragraph.

    Ranks are those of numbered headings; 0: there is no number.
    """

    signed: date | None = None
    mode: Mode = Mode.BODY
    ends_at: int | None = None  # a heading of this rank or higher ends the section, if it is one
    unnumbered: bool = False  # its heading has no number, and none has followed yet
    listed: bool = False  # items follow what the paragraph before announced
    flat: bool = False  # and have no numbers
    announced: bool = False  # by the paragraph before
    opened: int = 0  # the rank of the section in which a sentence opened on them
    here: str = ""  # how the paragraph at hand begins
    rank: int = 0
    section: str = ""  # and the numbered one before it
    section_rank: int = 0
    chapter: str = ""  # the heading of the highest rank above the text at hand

    def enter(self, paragraph: str) -> None:
        """Takes notice of a heading, if the paragraph whose first words these are has one."""
        text = paragraph.strip(" 【】[]※*■●◆")
        mark = _MARK.match(text) if text[:1] in _NUMBERS else None
        rank = _RANKS[mark.lastgroup or ""] if mark else 0
        if self.rank:
            self.section, self.section_rank = self.here, self.rank
        self.here, self.rank = text, rank
        if rank == 1:
            self.chapter = text
        head = _HEADING.match(text, mark.end() if mark else 0)
        if head and self._heads_section(head[0].strip(" 】]")):
            self.mode, self.ends_at, self.unnumbered = Mode.PLAN, rank, not rank
            return
        if self.mode is Mode.BODY:
            return
        first = mark is not None and not _ONE.isdisjoint(mark.group("a", "b", "c", "d"))
        if rank and self.ends_at is not None:
            if self.unnumbered:
                self.unnumbered, self.ends_at = False, rank - (first or rank > 2)
            if rank <= self.ends_at:
                self.close()
        elif self.ends_at is None:
            self._behind_a_sentence(text, rank, first)

    def heads(self) -> tuple[str, str]:
        """How the paragraph at hand begins, and the numbered one before it."""
        return self.here, self.section

    def titles(self) -> tuple[str, ...]:
        """The numbered headings that the paragraph at hand has or stands under."""
        return self.heads() if self.rank else (self.section,)

    def _heads_section(self, head: str) -> bool:
        """Whether what may be a heading is one of a section on the next steps and nothing else."""
        if not is_planned(head) or FIGURE.search(head) or _MIXED.search(head):
            return False
        return not lies_behind(head, self.signed)  # 2023年工作安排, in a letter of 2024

    def _behind_a_sentence(self, text: str, rank: int, first: bool) -> None:
        if 0 < rank <= self.opened:
            if first:  # a list of its own
                self.opened = 0
            else:  # (三) behind (二)…下一步,…
                self.close()
        item = bool(rank) or bool(ITEM.match(text))
        if self.announced:
            self.announced = False
            self.flat = not item
            self.listed = not rank or first or rank == len(_RANKS)
        if self.mode is Mode.LISTED:
            self.listed = self.listed and item
        if (self.flat and item) or (not item and _NO_ITEM.match(text)):
            self.flat = False
            self._loosen()
        if not (self.listed or self.flat or (item and rank != 1)):
            self._loosen()
        if self.mode is Mode.LOOSE and rank:
            self.close()
        self.listed = self.listed and item

    def _loosen(self) -> None:
        if self.mode is Mode.PLAN:
            self.mode = Mode.LOOSE
        elif self.mode is Mode.LISTED:
            self.mode = Mode.BODY

    def open(self, mode: Mode = Mode.PLAN) -> None:
        """下一步,… begins: the rest of its paragraph is plan."""
        if self.mode is Mode.BODY:
            self.opened = self.rank or self.section_rank
        self.mode = mode

    def announce(self, mode: Mode = Mode.PLAN) -> None:
        """The paragraph ends with words that announce a list of what will be done."""
        self.open(mode)
        self.listed = self.announced = True

    def end_list(self) -> None:
        """A list that announced nothing of its time turned out to tell of what was done."""
        if self.mode is Mode.LISTED:
            self.close()

    def close(self) -> None:
        """What follows is no longer on the next steps."""
        self.mode, self.ends_at, self.unnumbered = Mode.BODY, None, False
        self.listed = self.flat = self.announced = False
        self.opened = 0


def is_planned(text: str) -> bool:
    """Whether a heading speaks of the next steps; every one has a word of those looked for."""
    return _MAY_PLAN.search(text) is not None and _PLAN.search(text) is not None


def opens(sentence: str) -> bool:
    """Whether a sentence begins as one on the next steps does."""
    may = "将" in sentence or _MAY_OPEN.search(sentence) is not None
    return may and _OPENS.match(sentence) is not None


def heads_plan(sentence: str) -> bool:
    """Whether a sentence within a paragraph is the heading of a chapter on the next steps."""
    if sentence[:1] not in _NUMBERS or not _CHAPTER.match(sentence):
        return False
    return is_planned(sentence[:_SHORT_HEAD])


def unmarked(text: str) -> str:
    """The text without the number of its heading and the mark of its list."""
    text = text.lstrip(" 【[※*■●◆")
    if text[:1] in _FIRST and (match := _MARK.match(text) or ITEM.match(text)):
        return text[match.end() :].lstrip(" ,")
    return text.removeprefix("关于")
