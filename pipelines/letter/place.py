"""Owns where a sentence stands: in what part of the letter, behind and in answer to what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from pipelines.letter.announced import announces, heads_list, promises_what
from pipelines.letter.answers import heads_answers, takes_up, takes_up_each
from pipelines.letter.bare_deeds import may_hold
from pipelines.letter.going_on import goes_on, starts_on
from pipelines.letter.hints import may_tell
from pipelines.letter.plan import ITEM, Mode, Plan, heads_plan, opens
from pipelines.letter.this_year import TELLING_HEAD
from pipelines.letter.told import Told

_LONG = 60  # characters of a paragraph that told of something, from which on it tells the rest too
_SOME = 2  # points told of, from which on the others may be too
_OPENING = 400  # characters in which an opening names who answers
_TITLE = 20  # characters in which a heading says what its section tells of
_HEADING = 60  # characters of a paragraph in which its heading stands
# 下一步 · 今后: where a letter tells its plans, so that its bare verbs elsewhere tell what was done
_PLANS_APART = ("下一步", "下步", "下一阶段", "下阶段", "接下来", "今后")
# 我院拟定了落实方案:|年内会签办法; never 早7:40
_COLON = re.compile(r"(?<=[^\d]):(?=[^\d\s])")


@dataclass(slots=True)
class Place:
    """All that is known, where a sentence stands, from what stands before it.

    Of the letter: `signed`, `opening` (its text), `apart` (a part of it tells its plans), `each`,
    `points_told`. Of the
    section: `plan`. Of the paragraph: `told`, `undertaken`, `answering`, `turned`, `told_of`,
    `behind`, `found`; of the one before it: `told_before`.
    """

    signed: date | None
    opening: str
    apart: bool
    plan: Plan
    told: Told = field(default_factory=Told)
    each: bool = False  # one point after another is taken up from here on
    points_told: int = 0  # points answered with nothing but what was done
    found: int = 0  # commitments in the paragraph
    found_before: bool = False  # or before it
    undertaken: bool = False  # something, by what stands before, and nothing told since
    answering: bool = False  # a point that the paragraph or its section takes up
    turned: bool = False  # to what was done or how things are, in this paragraph
    told_of: bool = False  # something, be it done or so, and not the point alone
    told_before: bool = False  # and so in the paragraph before
    behind: int = 0  # characters of the paragraph before the sentence
    first: bool = True  # the sentence begins its paragraph
    hinted: bool = False  # the paragraph has a word of those that promise, or set a deadline
    tells: bool = False  # and so has the sentence
    listed: str = ""  # what the sentence lists behind words that announce it

    @classmethod
    def of_letter(cls, folded: str, start: int, signed: date | None) -> Place:
        """Where a letter begins whose opening ends at `start`."""
        apart = any(map(folded[start:].__contains__, _PLANS_APART))
        return cls(signed, folded[max(0, start - _OPENING) : start], apart, Plan(signed))

    @property
    def mode(self) -> Mode:
        """How much a sentence must say here to count."""
        return self.plan.mode

    @property
    def joined(self) -> bool:
        """Whether only ; parts the sentence from one that undertakes something."""
        return self.undertaken and not self.first and self.told.sentences[-1].endswith(";")

    @property
    def is_telling(self) -> bool:
        """Whether the paragraph has long told of what was done, so that bare verbs tell on."""
        return self.told_of and self.behind >= _LONG

    @property
    def surely(self) -> bool:
        """Whether bare verbs may as well tell what was done: the letter's plans stand apart.

        Or it answered the points before with what was done.
        """
        return self.apart or (self.points_told >= _SOME and not self.found_before)

    def enter(self, paragraph: str) -> bool:
        """Takes notice of a paragraph's heading; False: nothing in it can be a commitment."""
        plan = self.plan
        plan.enter(paragraph[:_HEADING])
        self.found, self.behind = 0, 0
        self.told_before, self.told_of, self.turned = self.told_of, False, False
        if plan.rank:
            self.undertaken = False
        if plan.mode is Mode.PLAN:
            self.told, self.answering = Told(), False
            return True
        self.hinted = may_tell(paragraph, self.signed)
        speaks = self.hinted or self.undertaken or plan.mode is not Mode.BODY
        if not speaks and self.surely and not may_hold(paragraph):
            return False
        self.told = Told()
        self.answering = (
            self.each or any(map(takes_up, plan.heads())) or heads_answers(plan.chapter)
        ) and not self._is_told()
        return speaks or self.answering

    def is_quiet(self, text: str) -> bool:
        """Whether nothing in or before the text gives reason to look at it more closely."""
        if self.tells or self.undertaken or self.plan.mode is not Mode.BODY:
            return False
        return not self.answering or (self.surely and not may_hold(text))

    def come_to(self, sentence: str, before: str) -> None:
        """Takes notice of the next sentence of the paragraph, and of what it opens on."""
        self.told.sentences.append(before)
        self.behind += len(before)
        self.first = len(self.told.sentences) == 1
        plan = self.plan
        if not self.first and heads_plan(sentence):
            plan.enter(sentence[:_HEADING])
        if plan.mode is Mode.PLAN:
            return
        self.tells = self.hinted and may_tell(sentence, self.signed)
        self.listed = ""
        if plan.mode is Mode.BODY:
            if ":" in sentence:
                self.listed = self._listed(sentence)
            if not self.answering and takes_up(sentence):
                self.answering = not self._is_told()
        if self.tells and opens(sentence):
            plan.open()

    def leads_on(self) -> bool:
        """Whether what stands before lets the sentence be read on from it."""
        return self.undertaken or self.answering or self.mode is Mode.LISTED

    def lets_go_on(self, sentence: str) -> bool:
        """Whether the sentence, which turns nowhere, says more of what was undertaken before it."""
        if self.first:
            return starts_on(sentence, telling=self.told_before)
        return goes_on(sentence, joined=self.joined)

    def turn(self, sentence: str) -> None:
        """The sentence looked back, or turned to how things are or to a point."""
        self.undertaken, self.turned = False, True
        self.told_of = self.told_of or not takes_up(sentence)
        self.plan.end_list()

    def leave_to_others(self) -> None:
        """The sentence left the point to others: 建议你市先行论证。其次,…"""
        self.answering = False
        self.plan.end_list()

    def leave(self, sentence: str) -> None:
        """Ends the paragraph with its last sentence, and takes notice of what that announces."""
        if self.plan.flat and not self.found:  # a paragraph that is none of the list's
            self.plan.end_list()
        self.points_told += self.answering and self.turned and not self.found
        self.found_before = self.found_before or self.found > 0
        if announces(sentence) and (self.mode is Mode.PLAN or promises_what(sentence)):
            self.plan.announce()
        elif not self.apart and heads_list(sentence) and not self._is_told():
            self.plan.announce(Mode.LISTED)
        self.each = self.each or (not self.apart and takes_up_each(sentence))

    def _listed(self, sentence: str) -> str:
        """What follows words that announce a list, within their sentence; or nothing."""
        found = _COLON.search(sentence)
        if found is None:
            return ""
        head = sentence[: found.end()]
        if promises_what(head) and ITEM.match(sentence, found.end()):
            self.plan.open()  # 我局将做好三项工作:一是…
            return ""
        if self.apart or not heads_list(head) or self._is_told():
            return ""
        self.plan.open(Mode.LISTED)
        return sentence[found.end() :]

    def _is_told(self) -> bool:
        """Whether the section at hand tells of what was done."""
        titles = (head.partition("。")[0][:_TITLE] for head in self.plan.titles())
        return any(TELLING_HEAD.search(title) and not heads_answers(title) for title in titles)
