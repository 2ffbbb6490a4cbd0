"""Owns which sentences announce what follows them, and whether that may be still to be done."""

from __future__ import annotations

import re

from pipelines.letter.deeds import OWN_NAME
from pipelines.letter.promises import has_will

# 我们将重点做好以下工作: announces what follows and says nothing yet; never 降到9%以下, nor
# 三级及以下河道
_ANNOUNCES = re.compile(
    r"(?:(?<![\d%岁级元人米亩吨天家镇类及])以下|如下|这样|[几三四五六两]个?方面|几[点项条])[^。,]{0,14}[:。]?$"
)
_MAY_ANNOUNCE = re.compile("如下|以下|方面|几|这样")
_LONGEST_TAIL = 30
_SHORTEST = 5  # characters that announce more than a label does: 答: · 备注:
# 近年来,我局主要做了以下工作: · 主要做法有: · 采取了以下措施: · 存在以下问题: · 您的意见是: ·
# 现答复如下: what such words announce is told, or somebody else's
_TELLS = re.compile(
    r"(?:采取|[做作]|开展|实施|推出|抓|完成|取得|出台|进行|召开|提出|建立"
    r"|形成(?=以下|如下))了|近[几两三]?年|年来|以来|截[至止]|去年|20\d\d ?年(?!将)|实践|先例"
    r"|目前|现有|主要有|包括|分别|做法(?!是)|成效|成绩|经验|情况|原因|问题|困难|不足|短板|存在|现状|特点|优势|理由|依据"
    r"|(?:根据|依据|依照|按照)《|要求|规定|明确提|指出|认为|请求|希望|建议[一二三四五六七八九十\d]{0,2}:$|诉求"
    r"|已着手|已经?(?:办|做|开展|完成|采取)|交个?底|原则"
    r"|您|你们|提出[:,]|答复|回复|函复|报告|收悉|说明|分析|主体|数据"
)
# 镇里决定分三步走: · 今后重点从几方面着手。 · 我们考虑从以下三个方面推进。
_DECIDES = re.compile(
    r"(?<!已)(?<!已经)决定(?!了|书)[^,。已了]{0,20}:$"
    r"|(?:^|,)[^,。已了]{0,10}(?:今后|下一?步|下一?阶段|接下来)[^,。已了]{0,24}[:。]$"
    r"|(?:^|,)我[^,。]{0,4}考虑[从按分][^,。已了]{0,24}[:。]$"
)
# 针对您提出的问题,我局将… · 结合您的构想,准备这样干: theirs is named only as what is answered
_ANSWERING = re.compile(
    r"(?:针对|结合|对照|围绕|根据|按照|采纳|对于?|就)[您你][^,。]{0,40},|有关问题,|(?:这些|上述|以上)问题,"
)
# 您提出的三条建议,我们全部采纳,逐项落实。
_ADOPTS = re.compile(rf"{OWN_NAME}[^。已了]{{0,8}}(?:采纳|吸收|吸纳|接受)[^。已了]{{0,12}}。?$")


def announces(sentence: str) -> bool:
    """Whether a folded sentence only announces what follows it."""
    if sentence.endswith(":"):
        return True
    tail = sentence[-_LONGEST_TAIL:]
    return _MAY_ANNOUNCE.search(tail) is not None and _ANNOUNCES.search(tail) is not None


def promises_what(sentence: str) -> bool:
    """Whether a folded sentence that announces says by its own words that it is to be done."""
    return has_will(sentence) or _DECIDES.search(sentence) is not None


def heads_list(sentence: str) -> bool:
    """Whether a folded sentence announces what may be still to be done.

    So does `我局的意见是:`, or any other words but those that announce what was done, why, or what
    others ask for.
    """
    if "我" in sentence and _ADOPTS.search(sentence):
        return True
    if len(sentence) < _SHORTEST or not announces(sentence):
        return False
    return _TELLS.search(_ANSWERING.sub("", sentence)) is None


def last_sentence(paragraph: str) -> str:
    """The last sentence of a folded paragraph, with its stop."""
    end = paragraph.rstrip()
    return end[max(end.rfind("。", 0, -1), end.rfind(";", 0, -1)) + 1 :].strip()
