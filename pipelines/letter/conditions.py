"""Owns the conditions that what is undertaken waits for, instead of a day."""

from __future__ import annotations

import re

# 待条件成熟后,再行启动 · 待资金落实后实施 · 一旦空域批复,我委立即启动
_WAITS = re.compile(
    r"(?<![对等有接招期优看亟款])待[^,。]{2,24}?(?:之?后|时),?[^,。]{0,12}"
    r"(?:再|及时|立即|适时|予以|启动|实施|推进|组织|安排|开展|纳入|召开|由[^,。]{2,12}(?:召开|负责))"
    r"|(?:^|,)(?:一旦|待)[^,。]{2,24},(?:我们|[我本][局委办院厅部府市区县镇乡]{1,2})"
    r"(?:就|便|即|立即|马上|随即|当即)"
)
# How an office answers a condition once it is met.
AT_ONCE = "第一时间|立即|尽快|优先|适时|及时|马上|随即|即启|再(?!次)|启动"
# 规划获批|后,第一时间启动… · 手续办结|后,10个工作日内进场 · 资金一到位|,立即复工; never
# 接到建议后,立即…, which is told
_ONCE = re.compile(
    r"(?:获批|批复|批准|获准|颁布|到位|到货|到账|落实|下达|成熟|具备|修订|公布|办结|腾空|移交)(?:之)?后,?"
    rf"(?:我们|我[局委办院厅部府市区县镇乡省州]|将)?(?:{AT_ONCE}|\d+ ?个?(?:工作)?[日天月]内)"
    rf"|一(?:到位|批复|获批|落实|下达),(?:{AT_ONCE})"
)
# 立即组织施工,解决了… · 2023年建成: it is told how the condition was met
_TOLD = re.compile(
    r"了|[已共曾]|历时|全部完|现正|累计|截[至止]|先后|去年|20\d\d ?年[^,。]{0,6}建成"
)


def waits(sentence: str) -> bool:
    """Whether a folded sentence says what will be done once something else is so."""
    if ("待" in sentence or "一旦" in sentence) and _WAITS.search(sentence):
        return True
    return ("后" in sentence or "一" in sentence) and bool(
        _ONCE.search(sentence) and not _TOLD.search(sentence)
    )
