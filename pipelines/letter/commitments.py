"""Owns the commitments: sentences that say what the office will do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipelines.letter.announced import announces, last_sentence
from pipelines.letter.answers import agrees, behind_point, settles
from pipelines.letter.bare_deeds import acts, is_listed
from pipelines.letter.going_on import is_told_of, turns
from pipelines.letter.no_promises import (
    NO_PROMISE_WORDS,
    admits,
    behind_wish,
    declines,
    is_courtesy,
    is_wish,
    says_how_it_is,
)
from pipelines.letter.others import is_of_answerer, is_reported, is_theirs, quotes_law
from pipelines.letter.past import DONE, PAST_WORDS, begins_behind, is_past
from pipelines.letter.place import Place
from pipelines.letter.plan import FIGURE, ITEM, Mode, is_planned, unmarked
from pipelines.letter.promises import promises
from pipelines.letter.sentences import paragraphs, sentences, with_stops
from pipelines.letter.task_tables import tasks
from pipelines.letter.this_year import is_of_this_year, names_this_year
from pipelines.letter.undertakings import undertakes

_SHORTEST = 6
# What every sentence has that looks back, thanks, wishes, refuses or announces; most have none
_MAY_NOT_COUNT = re.compile(
    f"{PAST_WORDS}|{NO_PROMISE_WORDS}|表示|以下|方面|几|:|存在"
    "|》(?=[^,。]{0,24}(?:规定|明确|指出|提出|要求|条)[,:])"
)
_LONGEST_HEAD = 40  # characters
_MARK = re.compile("[,。;:!?.]")
_CLOSED = ("。", ";", "!", ".")  # what no bare heading ends with
# (一)加强巡查。 · 关于增开班车。 as the head of its paragraph
_NUMBERED_HEAD = re.compile(
    r"(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十\d]+ ?[、.]|关于)[^,。;]{2,30}。?"
)
# 一是抓标准。 · 第二,培养人才。
_ITEM_HEAD = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]条?[,、]|首先,|其次,|最后,)[^,。;\d]{2,14}。"
)


def find_commitments(
    body: str, folded: str, start: int, signed: date | None = None
) -> tuple[str, ...]:
    """Sentences of what will be done, as published, in order, each once.

    In a section on the next steps all that are no heading, courtesy or look back; in answer to a
    point also what is to be done by bare verbs; elsewhere those that promise (将, 拟, 力争 …) with
    a deadline, a figure or in the office's own name, and dated undertakings
    (`2025年6月底前完成改造`) that lie ahead of `signed`; and tasks of a table that says by when.
    `start` is where the opening ends.
    """
    place = Place.of_letter(folded, start, signed)
    stops = with_stops(folded)
    found = list(tasks(body, folded, start)) if "\t" in body else []
    for left, right in paragraphs(body, folded, start):
        paragraph = folded[left:right]
        if not place.enter(paragraph):
            if not place.apart:  # it promises nothing, yet may announce
                place.leave(last_sentence(paragraph))
            continue
        if place.plan.mode is Mode.PLAN and _is_bare(paragraph):
            place.leave(paragraph)
            continue
        sentence = ""
        spans = sentences(stops, left, right)
        for number, (begin, end) in enumerate(spans):
            before, sentence = sentence, folded[begin:end].strip()
            place.come_to(sentence, before)
            if _is_commitment(sentence, place) and not _is_heading(
                folded, sentence, spans[number : number + 2], (left, right)
            ):
                place.found += 1
                found.append((begin, end))
        place.leave(sentence)
    return tuple(dict.fromkeys(body[a:b].strip(" \t\n　;；") for a, b in sorted(found)))


def _is_commitment(sentence: str, place: Place) -> bool:
    """Whether the sentence that the place has come to is one; the place takes notice of it."""
    if place.plan.mode is Mode.PLAN:
        place.undertaken = _is_plan(sentence, place)
        return place.undertaken
    if place.is_quiet(sentence):
        return False
    leads_on = place.leads_on()
    text = behind_point(sentence) if place.answering else sentence
    turned = leads_on and turns(place.listed or text, place.signed, joined=place.joined)
    if _counts(sentence, text, place, turned) or (
        place.listed and _counts(place.listed, place.listed, place, turned)
    ):
        place.undertaken = True
        return True
    if turned:
        place.turn(sentence)
    if leads_on and "建议" in sentence and is_theirs(sentence):
        place.leave_to_others()
    if place.answering and agrees(sentence):
        place.undertaken = True
    return False


def _is_plan(sentence: str, place: Place) -> bool:
    """Whether a sentence in a section on the next steps is a commitment."""
    if len(sentence) < _SHORTEST:
        return False
    behind = begins_behind(sentence, place.signed)
    if not (behind or _MAY_NOT_COUNT.search(sentence)):
        return True
    sentence = behind_wish(sentence)
    tells = behind or is_past(sentence) or DONE.search(sentence) or says_how_it_is(sentence)
    says = not tells or promises(sentence, place.signed, loosely=True)
    says = says or undertakes(sentence, place.signed, place.told)
    return says and not (_is_none(sentence) or is_reported(sentence) or quotes_law(sentence))


def _counts(sentence: str, text: str, place: Place, turned: bool) -> bool:
    """Whether a sentence elsewhere is a commitment where it stands; `text`: behind its point."""
    if len(sentence) < _SHORTEST:
        return False
    sentence = behind_wish(sentence)
    if not (
        _says(sentence, place) or _follows(text, place, turned=turned, of_point=text != sentence)
    ):
        return False
    if _is_none(sentence):
        return False
    return not is_theirs(sentence) or is_of_answerer(sentence, place.opening)


def _says(sentence: str, place: Place) -> bool:
    """Whether a sentence says by its own words what will be done."""
    signed, told = place.signed, place.told
    if place.mode is not Mode.LOOSE and not place.tells:
        return False
    if promises(sentence, signed, loosely=place.mode is Mode.LOOSE) or settles(sentence):
        return True
    if is_of_answerer(sentence, place.opening):
        return True
    if undertakes(sentence, signed, told):
        return not is_told_of(told.year(), sentence, signed)
    return names_this_year(sentence) and is_of_this_year(told, place.plan.heads(), sentence, signed)


def _follows(text: str, place: Place, *, turned: bool, of_point: bool) -> bool:
    """Whether a text says with the sentences before it what will be done.

    `of_point`: it stands behind the point that its sentence takes up, which is another matter.
    """
    if place.mode is Mode.LISTED:
        return is_listed(text, place.signed, heads_item=place.first or bool(place.listed))
    if turned:
        return False
    if place.undertaken and not of_point and place.lets_go_on(text):
        return True
    return place.answering and acts(text, surely=place.surely, telling=place.is_telling)


def _is_none(sentence: str) -> bool:
    """Whether a sentence that says what comes is a courtesy, a wish, a refusal or a list's head."""
    if is_courtesy(sentence) or is_wish(sentence):
        return True
    return announces(sentence) or declines(sentence) or admits(sentence)


def _is_bare(paragraph: str) -> bool:
    """Whether a folded paragraph is a heading, a signature or a date: no sentence ends with it."""
    return len(paragraph) < _LONGEST_HEAD and _MARK.search(paragraph) is None


def _is_heading(
    folded: str, sentence: str, spans: Sequence[tuple[int, int]], paragraph: tuple[int, int]
) -> bool:
    """Whether a sentence, the first of two spans in a paragraph, is a heading."""
    start, end = spans[0]
    leads = start == paragraph[0] and end < paragraph[1]
    if leads and _NUMBERED_HEAD.fullmatch(sentence):
        return True
    if len(sentence) >= _LONGEST_HEAD:
        return False
    if _ITEM_HEAD.fullmatch(sentence):  # and what follows is no other item
        behind = folded[slice(*spans[1])].lstrip() if len(spans) > 1 else "第"
        return not (behind.startswith("第") or ITEM.match(behind))
    if "," in sentence:
        return False
    if sentence[-1:] not in _CLOSED:
        return True
    if len(sentence) > 26 or len(sentence.partition(":")[2]) > 6:  # 后续工作:一、6月底前布放终端
        return False
    return is_planned(unmarked(sentence).rstrip("。;")) and not FIGURE.search(sentence)
