"""Owns where a letter answers the submission point by point, and what settles a point."""

from __future__ import annotations

import re
from collections.abc import Iterable

# 关于社区食堂的建议。 · 针对您提出的…问题, · 一是在资金上, · 第二条,关于… · 采纳您的建议,
# · (二)关于加大投入
_POINT = re.compile(
    r" ?(?:第[一二三四五六七八九十]条"
    r"|(?:[一二三四五六七八九十]{1,2}[是、]|\(?[一二三四五六七八九十\d]{1,2}[)、.])?"
    r"(?:对?关于|针对|对于|至于|采纳|(?<=是)在"
    r"|(?:对|就|按照|根据|结合)?[您你贵][^,。]{0,6}(?:提出|建议|反映|意见)))"
)
_HEAD = 60  # characters in which a paragraph says what it is about
# 你提出…|一项,由镇环卫站…逐步解决 · 您提出…,现行法规没有此项规定,…,对扰民行为|建立…机制
_SETTLED = re.compile(
    r"(?:[项事点]|问题|事宜|没有|不能|可行|同意|采纳|赞同|认为|规定)(?=,)[^。]*?,"
    r"(?:由[^,。]{2,24}(?:解决|落实|承担|负担|实施)(?=[。;,]|$)"
    r"|对[^,。]{2,14}(?:建立|实行|推行|给予|予以|开展))"
)
# 经局党组研究,决定在西街增设… · 我们征求了意见,决定今年投入… · 经研究,同意每户给予300元补贴
_DECIDED = re.compile(
    r"经[^,。]{0,10}(?:研究|讨论|审议),?(?:决定(?=[在对把将从于新增由给])"
    r"|同意(?=每|给予|新增|增[设加]|安排|将|在|从|提高))|,决定(?=今年|明年|自|从|给予|新增)"
)
# 由镇政府|负责解决,目前已完成
_DONE = re.compile(r"[已了]|目前(?!法|没)|去年|20\d\d ?年(?![起底])")


def answers_a_point(texts: Iterable[str]) -> bool:
    """Whether one of these folded heads of sentences or paragraphs takes up a point."""
    return any(_POINT.match(text[:_HEAD]) for text in texts)


def settles(sentence: str) -> bool:
    """Whether a folded sentence says what was decided, or what will be done about a wish."""
    if "决定" in sentence or "同意" in sentence:
        decided = _DECIDED.search(sentence)
        if decided is not None:
            return not _DONE.search(sentence, decided.start())
    if not ("由" in sentence or "对" in sentence):
        return False
    settled = _POINT.match(sentence) and _SETTLED.search(sentence)
    return bool(settled and not _DONE.search(sentence))
