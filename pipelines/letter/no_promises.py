"""Owns what promises nothing though it speaks of what comes: courtesies, wishes and refusals."""

from __future__ import annotations

import re

from pipelines.letter.answers import settles
from pipelines.letter.undertakings import has_will

# 暂不具备条件 · 因征地未果而搁置 · 现阶段不宜推广 · 暂时无法推行 · 尚需结合财力逐步推进
# · 今年不作安排; each begins with a plain character: `re` leaps to one
_DECLINES = re.compile(
    r"不(?:宜|具备|再?另行|作(?:安排|调整)|再(?:新设|单独|增设|新增)|予(?:采纳|支持|考虑|新设|新增))"
    r"|暂(?:[不缓]|未)|无(?:法|力)[推实安解满采承]|无(?:法|力)落[实地]|难以[推实落安解满采承]|搁置|尚[不需无未](?!完)"
    r"|今年[不未]|近期[不未]|目前[不未]|现阶段[不未]|条件[尚还也]?[不未]成熟"
)
# 此复函|已经市长审签
_APPROVED = r"[^,。]{0,24}(?:审签|审定|签发|审核|批准)"
# 您对答复|有意见 · 对办理|还有意见
_HAS_OPINION = r"们?(?:对|还|如)?有?什?么?意见"
# 继续|关心支持我市交通工作。
_GO_ON = r"(?:关心|关注|支持)[^,。]{0,20}(?:工作|事业|发展)[。!]?$"
# 感谢您… · 请填写回执 · 此复函已经…审签; never 已报审定方案. Each begins with a plain character
_COURTESY = re.compile(
    r"感谢(?:[您你各]|[^,。]{0,20}(?:支持|关心|关注))|谢谢|回执|敬请|收悉|是否满意"
    r"|衷心[的地]?感谢|再次[的地]?感谢|诚挚[的地]?感谢|非常[的地]?感谢"
    rf"|函{_APPROVED}|答复{_APPROVED}|回复{_APPROVED}|复文{_APPROVED}|此件{_APPROVED}"
    rf"|本件{_APPROVED}|办理意见{_APPROVED}"
    r"|特(?<=^特)此|以(?<=^以)上(?:答复|意见|回复)|专(?<=^专)此|此(?<=^此)复|如(?<=^如)[有果您对]"
    r"|很有启发|具有[^,。]{0,8}(?:参考|借鉴)|欢迎(?:[您你继各监提批随来关]|代表|委员|广大)|征询(?:意见)?表|反馈(?:意见)?表"
    r"|如下(?<=答复如下)|如下(?<=回复如下)|如下(?<=函复如下)|如下(?<=报告如下)"
    rf"|您{_HAS_OPINION}|你{_HAS_OPINION}|有(?:什么|何|不同)?意见"
    r"|请(?:审阅|批评|监督|指正|谅解|您|你|于|在|填|登录|致电|联系|予|继续|多|随时|及时)"
    rf"|供(?:审阅|参考|参阅)|一如既往地?(?:关心|关注|支持|为您)|继续{_GO_ON}|持续{_GO_ON}"
)
# What each of these has, and what refusals and wishes have: most sentences have none of it.
_COURTESY_WORDS = (
    "谢|请|意见|启发|具有|如下|收悉|欢迎|满意|审签|审定|审核|供审|供参|签发|批准|回执|既往|馈表|询表"
    "|续关心|续关注|续支持|特此|专此|此复|以上[答意回]|如[有果您对]"
)
_MAY_BE_COURTESY = re.compile(_COURTESY_WORDS)
_REFUSAL_WORDS = "不|暂|无法|无力|难以|尚|搁置|今年未|近期未|目前未|现阶段未|未成熟"
_MAY_DECLINE = re.compile(_REFUSAL_WORDS)
NO_PROMISE_WORDS = f"{_COURTESY_WORDS}|{_REFUSAL_WORDS}|您|你|提案|建议"
# “到2025年…”, as it is quoted
_QUOTED = re.compile(r"“[^”]*”")
# 您提出“到2025年…” · 您在提案中建议…; never 针对您提出的…
_WISH = re.compile(
    r"^[^,。]{0,8}?[您你]们?(?:在[^,。]{0,24})?(?:还|也|所)?(?:提出|建议|认为|提到|指出|希望"
    r"|反映)(?!的)"
    r"|^(?:提案|建议)(?:中|还)(?:提出|建议|认为|提到|指出|希望)|^[^,。]{2,8}(?:请求|恳请)[,将由对]"
)
# 暂不开通大巴|,改由小客车接驳,10月份试运行
_TIME = re.compile(r",(?:\d{1,2} ?月|第?[二三四]季度|下半年)")
_SUBMITTED = ("提案", "建议")
_OWN_NAME = re.compile(r"我们|我[局委办院厅部府市区县镇乡省州]")


def is_courtesy(sentence: str) -> bool:
    """Whether a folded sentence thanks, asks for the receipt or names who approved the letter."""
    may = _MAY_BE_COURTESY.search(sentence) is not None
    return may and _COURTESY.search(sentence) is not None


def unquoted(sentence: str) -> str:
    """The folded sentence without what it quotes, where it repeats what the deputies asked for."""
    return _QUOTED.sub("", sentence) if "“" in sentence and _WISH.match(sentence) else sentence


def is_wish(sentence: str) -> bool:
    """Whether a folded sentence repeats what the deputies asked for."""
    may = "您" in sentence or "你" in sentence or sentence[:2] in _SUBMITTED
    may = may or "请求" in sentence or "恳请" in sentence
    if not (may and _WISH.match(sentence)):
        return False
    return not (_OWN_NAME.search(sentence) or settles(sentence))


def declines(sentence: str) -> bool:
    """Whether a folded sentence ends with what cannot be done, and promises nothing after it."""
    if not (_MAY_DECLINE.search(sentence) and _DECLINES.search(sentence)):
        return False
    *_, last = _DECLINES.finditer(sentence)
    behind = sentence.find(",", last.end())
    return behind < 0 or not (has_will(sentence[behind + 1 :]) or _TIME.search(sentence, behind))
