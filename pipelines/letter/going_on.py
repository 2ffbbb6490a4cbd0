"""Owns which sentence goes on with the undertaking before it, though it promises nothing itself."""

from __future__ import annotations

import re
from datetime import date

from pipelines.letter.deeds import VERBS
from pipelines.letter.undertakings import has_will, is_past, lies_behind

# 首批开放6个领域数据集 · 每家补助2万元 · 抽检不少于500批次 · 新建污水厂一律配套
# · 发现一起、查处一起 · 今年先期建成25公里
_GOES_ON = re.compile(
    r"不[低少]于|不超过|不[高多]于|一律|逐年"
    r"|(?:另外|同时|此外|届时|并|再)[^,。]{0,4}(?:给予|予以|安排|对)"
    r"|每[一-鿿]{1,6}(?:给予|予以|补助|安排|配备|新增|不|奖励)|(?:给予|补助|奖励)每"
    r"|(?:首批|首期|一期|先期)[^,。已了]{0,6}(?:开放|建设|安排|选|投|改造|实施|覆盖|新|推|试)"
    r"|发现一起.{0,2}查处一起|予以(?:保障|解决|支持|安排)"
    r"|(?:今年|明年|年内|年底)(?:先[期行]?|再|完成|建成|新[增建]|开放)"
    r"|要(?=[^,。求]{0,16}(?:有|达到|完成|建成|实现|配|扩大到|提高到))"
)
# 建立季度通报制度 · 同时压缩办理时限: a sentence without a subject that begins with what is done
_BEGINS = re.compile(rf"(?:(?:同时|并|另外|此外|还),?)?(?:{VERBS})")
# 目前,… · 全市现有… · 我市… · 规定,…: says how things are, or what others set
_STATES = re.compile(
    r"^(?:目前|当前|现|我[市县区省州]|全[市县区省州]|您|你)|现有|规定|要求|明确提?出?|累计|共[计有]?\d"
)


def goes_on(sentence: str, signed: date | None) -> bool:
    """Whether the folded sentence behind an undertaking says more of what will be done."""
    if is_past(sentence) or "了" in sentence or lies_behind(sentence, signed):
        return False
    if _STATES.search(sentence):
        return False
    return has_will(sentence) or bool(_GOES_ON.search(sentence) or _BEGINS.match(sentence))
