"""Owns where a letter answers the submission point by point, and what settles a point."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.letter.deeds import DEEDS

# 关于社区食堂的建议。 · 针对您提出的…问题, · 一是在资金上, · 第二条,关于… · 采纳您的建议,
# · (二)关于加大投入
_POINT = re.compile(
    r" ?(?:第[一二三四五六七八九十]条|对第[一二三四五六七八九十][条点项件]"
    r"|(?:[一二三四五六七八九十]{1,2}[是、]|\(?[一二三四五六七八九十\d]{1,2}[)、.])?"
    r"(?:对?关于|针对|对于|至于|(?:部分|基本|暂不)?采纳|(?<=是)在"
    r"|(?:对|就|按照|根据|结合)?[您你贵][^,。]{0,6}(?:提出|建议|反映|意见)|[您你]们?关于))"
    r"|[您你贵][^,。]{0,12}(?:提[出议到]|建议|反映|希望|关心|点名|问)|(?:提案|建议)(?:中|里)?(?:的?关于|提到|希望)"
    r"|问题[一二三四五六七八九十\d]|(?:提案|建议)(?:中)?(?:建议|提出)"
    r"|“[^”]{2,30}”(?:——|[。:])"  # “站名太小”——
)
# How all of these begin: most sentences do not
_MAY_BE_POINT = frozenset(" 第对一二三四五六七八九十(0123456789关针至部基暂采就按根结您你贵提建问“")
# 增加编制的问题。 · (二)区财政局的意见。: what is but a name
_LONGEST_NAME = 22  # characters
_NAME = re.compile(r"[^。:]{0,19}的(?:问题|建议|意见)(?=[。:]|$)")
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
    # 县里已决定将该村列入名单
    r"|已经?决定(?=在|对|把|将|自|于|给)"
    # 经综合比较,推荐重建方案 · 经与财政局会商,按…发放
    r"|经[^,。]{2,12}(?:比较|论证|会商|协商|商议),(?:推荐|采用|选择|选定|确定(?!了)|按[^,。]{2,16}(?:发放|执行|补|实施))"
    # 我局同意您的意见,|在南段新建公厕1座
    rf"|(?:同意|赞[同成]|采纳|吸收|接受)[您你]的?[^,。]{{0,6}}(?:意见|建议|看法|观点)?,(?:[^,。已了]{{0,12}})?(?:{DEEDS})"
)
_MAY_DECIDE = re.compile("经|决定|同意|赞同|赞成|采纳|吸收|接受")
# 现逐条说明: · 逐项回应如下:
_EACH = re.compile(
    r"(?:逐[条项一个点]|一一|其他|其余)[^,。]{0,8}"
    r"(?:说明|答复|回应|回复|研究|落实|处理)[^,。]{0,6}[:。]?$"
)
# 二、对提案具体建议的答复 · 二、关于你们所提建议的办理意见
_ANSWERS = re.compile(
    r"(?:提案|建议|意见|问题)[^,。]{0,8}(?:答复|回复|回应|意见|处理|采纳(?:情况)?|落实(?!情况))"
    r"|(?:对|关于)(?:提案|建议|所提|各项|有关)[^,。]{0,10}(?:建议|意见|问题)$"
)
# 关于更换路灯的建议, · 对您提出的扩班问题, · 直饮水方面, · “票价太高”,
_ABOUT = ("关于", "至于", "对于", "针对", "“")
_MATTER = ("的问题", "的建议", "的意见", "方面", "问题", "”")
# 完全赞同。 · 采纳。 · 原则同意您提出的“…”。 · 支持设立补偿资金。
# · …的建议,与我局思路一致。: what follows says how it is done
_AGREES = re.compile(
    r"(?:[^,。]{2,16}[。:])?(?:我[一-鿿]{1,2})?(?:完全|原则上?|基本|部分|非常)?(?:采纳|同意|赞同|赞成|支持|可行|可以办)"
    r"(?![^,。]{0,24}[已了])[^,。]{0,40}[。;]$"
    r"|[^。已了]{4,60}与我[^,。]{1,10}(?:一致|不谋而合|吻合|合拍)[。;]$"
)
# 由镇政府|负责解决,目前已完成
_DONE = re.compile(r"[已了]|目前(?!法|没)|去年|20\d\d ?年(?![起底])")


def takes_up(text: str) -> bool:
    """Whether a folded sentence or paragraph begins with a point that it takes up."""
    if text[:1] in _MAY_BE_POINT and _POINT.match(text, 0, _HEAD):
        return True
    return "的" in text[:_LONGEST_NAME] and _NAME.match(text, 0, _HEAD) is not None


def behind_point(sentence: str) -> str:
    """What a folded sentence says behind the point it takes up: 关于更换路灯的建议,|每年安排50盏.

    The sentence itself, where the point's words have no end of their own.
    """
    head, _, rest = sentence.partition(",")
    if not rest or not (head.startswith(_ABOUT) or head.endswith(_MATTER)):
        return sentence
    return rest


@lru_cache(maxsize=16)
def heads_answers(title: str) -> bool:
    """Whether the folded heading of a chapter says that points are answered below it."""
    return _ANSWERS.search(title[:_HEAD]) is not None


def agrees(sentence: str) -> bool:
    """Whether a folded sentence does nothing but agree to a point."""
    return _AGREES.match(sentence) is not None


def takes_up_each(sentence: str) -> bool:
    """Whether a folded sentence at a paragraph's end says that every point is answered."""
    return sentence.endswith((":", "。")) and _EACH.search(sentence) is not None


def settles(sentence: str) -> bool:
    """Whether a folded sentence says what was decided, or what will be done about a wish."""
    if _MAY_DECIDE.search(sentence):
        decided = _DECIDED.search(sentence)
        if decided is not None:
            return not _DONE.search(sentence, decided.end())
    if not ("由" in sentence or "对" in sentence):
        return False
    settled = _POINT.match(sentence) and _SETTLED.search(sentence)
    return bool(settled and not _DONE.search(sentence))
