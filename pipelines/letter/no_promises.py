"""Owns what promises nothing though it speaks of what comes: courtesies, wishes and refusals."""

from __future__ import annotations

import re

from pipelines.letter.undertakings import has_will

# 暂不具备条件 · 现阶段不宜推广 · 暂时无法推行 · 尚需结合财力逐步推进 · 今年不作安排
_DECLINES = re.compile(
    r"不宜|暂[不缓]|暂未|不具备|(?:无法|无力|难以)[推实落安解满采承]|尚[不需无未](?!完)"
    r"|(?:今年|近期|目前|现阶段)[不未]|不再?另行|不作(?:安排|调整)|不再(?:新设|单独|增设|新增)"
    r"|条件[尚还也]?[不未]成熟|不予(?:采纳|支持|考虑|新设|新增)"
)
# 感谢您… · 请填写回执 · 此复函已经…审签; never 已报审定方案
_COURTESY = re.compile(
    r"感谢[您你各]|(?:衷心|再次|诚挚|非常)(?:的|地)?感谢|感谢[^,。]{0,20}(?:支持|关心|关注)|谢谢"
    r"|回执"
    r"|(?:函|答复|回复|复文|此件|本件|办理意见)[^,。]{0,24}(?:审签|审定|签发|审核|批准)"
    r"|^特此|敬请|请(?:审阅|批评|监督|指正|谅解)|^以上(?:答复|意见|回复)|^(?:专此|此复)"
    r"|欢迎(?:[您你继各监提批随来关]|代表|委员|广大)|(?:征询|反馈)(?:意见)?表|(?:答复|回复|函复"
    r"|报告)如下|收悉"
    r"|[您你]们?(?:对|还|如)?有?什?么?意见|有(?:什么|何|不同)?意见|^如[有果您对]|请(?:您|你|于"
    r"|在|填|登录|致电|联系|予|继续|多|随时|及时)"
    r"|供(?:审阅|参考|参阅)"
    r"|一如既往(?:地)?(?:关心|关注|支持|为您)|(?:继续|持续)(?:关心|关注|支持)[^,。]{0,20}(?:工作"
    r"|事业|发展)[。!]?$|是否满意"
)
# “到2025年…”, as it is quoted
_QUOTED = re.compile(r"“[^”]*”")
# 您提出“到2025年…” · 您在提案中建议…; never 针对您提出的…
_WISH = re.compile(
    r"^[^,。]{0,8}?[您你]们?(?:在[^,。]{0,24})?(?:还|也|所)?(?:提出|建议|认为|提到|指出|希望"
    r"|反映)(?!的)"
    r"|^(?:提案|建议)(?:中|还)(?:提出|建议|认为|提到|指出|希望)|^[^,。]{2,8}(?:请求|恳请)[,将由对]"
)
_SUBMITTED = ("提案", "建议")
_OWN_NAME = re.compile(r"我们|我[局委办院厅部府市区县镇乡省州]")


def is_courtesy(sentence: str) -> bool:
    """Whether a folded sentence thanks, asks for the receipt or names who approved the letter."""
    return _may_be_courtesy(sentence) and _COURTESY.search(sentence) is not None


def _may_be_courtesy(text: str) -> bool:
    """Whether a text holds what every courtesy has, or begins like one: quick to look for."""
    return (
        text[:1] in "特专此如以" or "谢" in text or "请" in text or "意见" in text
        or "如下" in text or "收悉" in text or "欢迎" in text or "满意" in text
        or "审" in text or "供参" in text or "签发" in text or "批准" in text or "回执" in text
        or "既往" in text or "馈表" in text or "询表" in text
        or (("继续" in text or "持续" in text)
            and ("关心" in text or "关注" in text or "支持" in text))
    )  # fmt: skip


def unquoted(sentence: str) -> str:
    """The folded sentence without what it quotes, where it repeats what the deputies asked for."""
    return _QUOTED.sub("", sentence) if "“" in sentence and _WISH.match(sentence) else sentence


def is_wish(sentence: str) -> bool:
    """Whether a folded sentence repeats what the deputies asked for."""
    may = "您" in sentence or "你" in sentence or sentence[:2] in _SUBMITTED
    may = may or "请求" in sentence or "恳请" in sentence
    return may and bool(_WISH.match(sentence) and not _OWN_NAME.search(sentence))


def declines(sentence: str) -> bool:
    """Whether a folded sentence ends with what cannot be done, and promises nothing after it."""
    refused = list(_DECLINES.finditer(sentence)) if _may_decline(sentence) else []
    if not refused:
        return False
    behind = sentence.find(",", refused[-1].end())
    return behind < 0 or not has_will(sentence[behind + 1 :])


def _may_decline(text: str) -> bool:
    """Whether a text holds what every refusal has: quick to look for."""
    return (
        "不" in text or "难以" in text or "无法" in text or "尚" in text or "无力" in text
        or "暂" in text
    )  # fmt: skip
