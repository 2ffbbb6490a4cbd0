"""Owns what a letter says of its own year: what is still to be done in it, or was done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pipelines.letter.answers import takes_up
from pipelines.letter.deeds import DEEDS, OWN_NAME, VERBS
from pipelines.letter.past import is_past
from pipelines.letter.told import Told

# 已在26个社区设置便民服务亭。|今年新增便民服务亭40个
_ADDS = re.compile(r"今年(?:将|还|再|新增|新建|新设|扩大|增加|增设)")
# 其中4处|今年启动改造 · 今年利用闲置地块|新建… · 今年在每个镇设…; never 今年3月,启动 or 今年以来
_BRINGS = re.compile(
    r"(?:今年|本年度)(?! ?\d|[上下一二三四第春夏秋冬底前初是起]|以来|已)"
    rf",?(?:(?:(?!\d ?月)[^,。]){{0,16}}?(?:{VERBS}|选择|评选|更换|招聘|免费|清淤|设)|在)"
)
# 今年计划培训民宿管家300人次 · 全年不少于24场: says itself that it is to come
_INTENDS = re.compile(
    rf"(?:今年|本年度),?{OWN_NAME}?[还再]?(?:计划|拟|预计)(?:{DEEDS})"
    r"|全年[^,。]{0,14}不[少低]于"
)
# 剩余3.2公里|今年实施改造
_REST = re.compile(r"(?:^|,)(?:剩余|其余|余下|剩下)")
# 今年累计更换400盏 · 同比增长12% · 完成率90% · 获评先进: signs that it was done
_DONE = re.compile(
    r"[已了获曾]|共(?!同|享|建|用|治|产|服)|累计|截[至止]|目前|以来|完成率|同比|先后|超额|比上年|较上年|去年|均(?!衡)"
    r"|(?:实现|达到?|下达|发放|接待|投入|拨付|检查|查处|受理|争取)[^,。]{0,12}\d|审议|将"
    r"|(?:出台|印发|制定|发布|修订)[^,。]{0,6}《|受益|\d[^,。]{0,3}(?:[场人家]次|起(?=[,。;]))"
)
# 近年来,… · 2023年建成… · 已完成…: the paragraph tells of what was done
_TELLS = re.compile(r"已|了|累计|近年|去年|以来|截[至止]|上年")
# 一、工作开展情况: so does its section
TELLING_HEAD = re.compile(r"情况|进展|成效|做法|现状|回顾|成绩|成果|已")
_EARLY = 4  # the last month of which most of the year lies ahead
_MIDDLE = 6  # the last in which what the year adds is still to come
_LATE = 9  # the last in which an answer that names the year looks ahead
_NEAR = 20  # sentences before one that are looked at


def names_this_year(sentence: str) -> bool:
    """Whether a folded sentence names the letter's own year as such: quick to tell."""
    return "今年" in sentence or "全年" in sentence or "本年" in sentence


def is_of_this_year(told: Told, heads: Sequence[str], sentence: str, signed: date | None) -> bool:
    """Whether a folded sentence says what the letter's own year still brings.

    `told` is what stands before it in its paragraph, `heads` the beginnings of the paragraph and
    of the one its section begins with.
    """
    if signed is None or signed.month > _LATE:
        return False
    before = told.sentences[-_NEAR:]
    if signed.month <= _MIDDLE and _adds(before[-1], sentence):
        return True
    if _INTENDS.search(sentence):
        return not _TELLS.search(sentence)
    found = _BRINGS.search(sentence)
    if found is None or _DONE.search(sentence, sentence.rfind(",", 0, found.start()) + 1):
        return False
    if _REST.search(sentence):
        return True
    if any(map(takes_up, (sentence, *before[-2:], *heads))):
        return not _TELLS.search(before[-1])
    tells = any(map(_TELLS.search, (*before, sentence)))
    return signed.month <= _EARLY and not tells and not any(map(TELLING_HEAD.search, heads))


def _adds(before: str, sentence: str) -> bool:
    """Whether the sentence says what the year adds to what there is, told of before."""
    if not _ADDS.match(sentence):
        return False
    adds = sentence[2:3] in "将还再" or "已" in before or "现有" in before
    return adds and not is_past(sentence) and "了" not in sentence
