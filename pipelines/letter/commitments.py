"""Owns the commitments: sentences that say what the office will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from pipelines.letter.answers import settles
from pipelines.letter.going_on import goes_on, is_told_of
from pipelines.letter.hints import may_tell
from pipelines.letter.no_promises import (
    NO_PROMISE_WORDS,
    declines,
    is_courtesy,
    is_wish,
    unquoted,
)
from pipelines.letter.others import is_theirs
from pipelines.letter.plan import (
    FIGURE,
    ITEM,
    Mode,
    Plan,
    heads_plan,
    is_planned,
    opens,
    rank_of,
    unmarked,
)
from pipelines.letter.this_year import is_of_this_year, names_this_year
from pipelines.letter.told import Told
from pipelines.letter.undertakings import (
    PAST_WORDS,
    has_will,
    is_past,
    promises,
    undertakes,
)

_SENTENCE_ENDS = ";!?"  # besides 。, in folded text
_SHORTEST_RUN, _LONGEST_RUN = 4, 1200  # characters between two ends
_LONG_LINE = 200  # characters; in a longer one wide gaps part paragraphs, as in a one-line letter
_SHORTEST = 6
_HEADING = 60  # characters of a paragraph in which its heading stands
# 增设卫生服务站3个.现答复如下, full stops of western typing, where a paragraph has no others:
# never “企业吹哨.部门报到”专项行动, nor 三.加强
_WESTERN_STOP = re.compile(r"(?<=[一-鿿)%])(?<![一二三四五六七八九十])\.(?=[一-鿿(]|\s|$)")
# 我们将重点做好以下工作: announces what follows and says nothing yet; never 降到9%以下
_ANNOUNCES = re.compile(
    r"(?:(?<![\d%岁级元人米亩吨天家镇])以下|如下|[几三四五六两]个?方面|几[点项])[^。,]{0,14}[:。]?$|:$"
)
# What every sentence has that looks back, thanks, wishes, refuses or announces; most have none
_MAY_NOT_COUNT = re.compile(f"{PAST_WORDS}|{NO_PROMISE_WORDS}|以下|方面|几|:")
_CLOSED = ("。", ";", "!", ".")  # what no bare heading ends with
# (一)加强巡查。 as the head of its paragraph
_NUMBERED_HEAD = re.compile(
    r"(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+ ?[、.])[^,。;]{2,30}。?"
)
# 一是抓标准。 · 第二,培养人才。
_ITEM_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十][,、]|首先,|其次,|最后,)[^,。;\d]{2,14}。"
)


class _Place(NamedTuple):
    """Where a sentence stands: after which, and in what part of the letter."""

    mode: Mode
    behind: bool  # an undertaking
    apart: bool  # it begins a paragraph
    told: Told  # what stands before it in its paragraph
    plan: Plan


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
    plan = Plan()
    stops = _with_stops(folded)
    undertaken = False  # by the sentence before
    for left, right in _paragraphs(body, folded, start):
        paragraph = folded[left:right]
        plan.enter(paragraph[:_HEADING])
        undertaken = undertaken and not rank_of(paragraph.strip())[0]
        if plan.mode is Mode.BODY and not (undertaken or may_tell(paragraph, signed)):
            continue
        told = Told()
        sentence = ""
        spans = _sentences(stops, left, right)
        for number, (start, end) in enumerate(spans):
            told.sentences.append(sentence)
            sentence = folded[start:end].strip()
            if plan.mode is Mode.BODY and not (undertaken or may_tell(sentence, signed)):
                continue
            if start > left and heads_plan(sentence):
                plan.enter(sentence[:_HEADING])
            if plan.mode is not Mode.PLAN and opens(sentence):
                plan.open()
            if plan.mode is Mode.PLAN:
                undertaken = _is_plan(sentence, signed)
            else:
                place = _Place(plan.mode, undertaken, start == left, told, plan)
                undertaken = _counts(sentence, place, signed)
            if undertaken and not _is_heading(folded, spans[number : number + 2], (left, right)):
                found.append(body[start:end].strip(" \t\n　;；"))
        if _announces(sentence) and (plan.mode is Mode.PLAN or _says_next(sentence)):
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
    if not _says(sentence, place, signed):
        return False
    return not (_is_none(sentence) or is_theirs(sentence))


def _says(sentence: str, place: _Place, signed: date | None) -> bool:
    """Whether a sentence says by its own words, or with those before it, what will be done."""
    if promises(sentence, signed, loosely=place.mode is Mode.LOOSE):
        return True
    if undertakes(sentence, signed, place.told):
        return not is_told_of(place.told.year(), sentence, signed)
    if place.behind and goes_on(sentence, signed, apart=place.apart):
        return True
    if settles(sentence):
        return True
    named = names_this_year(sentence)
    return named and is_of_this_year(place.told, place.plan.heads(), sentence, signed)


def _is_none(sentence: str) -> bool:
    """Whether a sentence that says what comes is a courtesy, a wish, a refusal or a list's head."""
    if is_courtesy(sentence) or is_wish(sentence):
        return True
    return _announces(sentence) or declines(sentence)


def _says_next(sentence: str) -> bool:
    """Whether what a sentence announces is still to be done: 我局实地调研后决定:"""
    return has_will(sentence) or sentence.endswith("决定:")


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
        return len(spans) > 1 and not ITEM.match(folded[slice(*spans[1])].lstrip())
    if "," in sentence:
        return False
    if sentence[-1:] not in _CLOSED:
        return True
    if len(sentence) > 26 or len(sentence.partition(":")[2]) > 6:  # 后续工作:一、6月底前布放终端
        return False
    return is_planned(unmarked(sentence).rstrip("。;")) and not FIGURE.search(sentence)
