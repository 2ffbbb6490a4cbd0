"""Owns what promises nothing though it speaks of what comes: courtesies, wishes and refusals."""

from __future__ import annotations

import re

from pipelines.letter.answers import settles
from pipelines.letter.deeds import DEEDS, OWN_NAME
from pipelines.letter.promises import has_will, reports_back

# 暂不具备条件 · 因征地未果而搁置 · 现阶段不宜推广 · 暂时无法推行 · 尚需结合财力逐步推进
# · 今年不作安排; each begins with a plain character: `re` leaps to one
_DECLINES = re.compile(
    r"(?:不(?:宜|具备|再?另行|作(?:安排|调整)|再(?:新设|单独|增设|新增)|予(?:采[纳用]|支持|考虑|新设|新增))"
    r"|暂(?:[不缓]|未)|无(?:法|力)[推实安解满采承达]|无(?:法|力)落[实地]|难以[推实落安解满采承]|搁置|尚[不需无未](?!完)"
    r"|今年[不未]|近期[不未]|目前[不未]|现阶段[不未]|条件[尚还也]?[不未]成熟|眼下[还不未办]|办不到"
    r"|不再(?:作|考虑|单独|另|分担|承担|负担)|不(?:相)?(?:符|一致)|不在[^,。]{2,16}(?:之内|范围)|不能(?!让|再|因|只|以|按|”)"
    r"|不属于?|不便|不主张|不(?:赞成|支持)|无权|没有(?=[^,。]{0,10}(?:权限|职权|先例|余地|依据|资格|空间|名额|可能|办法|条件))"
    # 不宜居住的86户: of whom something is done
    r")(?![^,。您你]{0,5}的(?!条件|可能|必要|能力|权限|依据|职权|要求)[^,。]{2})"
)
# 此复函|已经市长审签
_APPROVED = r"[^,。]{0,24}(?:审签|审定|签发|审核|批准)"
# 您对答复|有意见 · 对办理|还有意见
_HAS_OPINION = r"们?(?:对|还|如)?有?什?么?意见"
# 继续|关心支持我市交通工作。
_GO_ON = r"(?:关心|关注|支持)[^,。]{0,20}(?:工作|事业|发展)[。!]?$"
# 盼|您继续监督
_YOU_COME = "[您你](?:们)?[^,。]{0,6}(?:来|继续|多|能)"
# 感谢您… · 请填写回执 · 此复函已经…审签; never 已报审定方案. Each begins with a plain character
_COURTESY = re.compile(
    r"感谢(?:[您你各]|[^,。]{0,20}(?:支持|关心|关注))|谢谢|回执|敬请|收悉|是否满意"
    r"|衷心[的地]?感谢|再次[的地]?感谢|诚挚[的地]?感谢|非常[的地]?感谢"
    rf"|函{_APPROVED}|答复{_APPROVED}|回复{_APPROVED}|复文{_APPROVED}|此件{_APPROVED}"
    rf"|本件{_APPROVED}|办理意见{_APPROVED}"
    r"|特(?<=^特)此|以(?<=^以)上(?:答复|意见|回复)|专(?<=^专)此|此(?<=^此)复|如(?<=^如)(?:[您对]|[有果](?=[^。]{0,20}(?:意见|疑问|不|请|需|问题)))"
    r"|很有启发|具有[^,。]{0,8}(?:参考|借鉴)|欢迎(?:[您你继各监提批随来关]|代表|委员|广大)|征询(?:意见)?表|反馈(?:意见)?表"
    r"|如下(?<=答复如下)|如下(?<=回复如下)|如下(?<=函复如下)|如下(?<=报告如下)"
    rf"|您{_HAS_OPINION}|你{_HAS_OPINION}|有(?:什么|何|不同)?意见"
    rf"|离不开[^,。]{{0,30}}(?:支持|理解|监督|参与|配合|关心)"
    r"|祝[您你各愿]|预祝|让我们(?:共同|携手|一起|一道)|愿{_YOU_COME}|盼{_YOU_COME}|望{_YOU_COME}|愿意?当面"
    r"|请(?:拨打|前往|直接|扫|关注|凭|携带|审阅|批评|监督|指正|谅解|[您你](?!们?放心,)|于|在|填|登录|致电|联系|予|继续|多|随时|及时)"
    rf"|供(?:审阅|参考|参阅)|一如既往地?(?:关心|关注|支持|为您)|继续{_GO_ON}|持续{_GO_ON}"
)
# What each of these has, and what refusals and wishes have: most sentences have none of it.
_COURTESY_WORDS = (
    "谢|离不开|祝|让我们|愿您|愿你|盼您|盼你|望您|望你|愿意|愿当|请|意见|启发|具有|如下|收悉|欢迎|满意|审签|审定|审核|供审|供参|签发|批准|回执|既往|馈表|询表"
    "|续关心|续关注|续支持|特此|专此|此复|以上[答意回]|如[有果您对]"
)
_MAY_BE_COURTESY = re.compile(_COURTESY_WORDS)
_REFUSAL_WORDS = (
    "不|办不到|没有|无权|眼下|暂|无法|无力|难以|尚|搁置|今年未|近期未|目前未|现阶段未|未成熟"
)
_MAY_DECLINE = re.compile(_REFUSAL_WORDS)
NO_PROMISE_WORDS = f"{_COURTESY_WORDS}|{_REFUSAL_WORDS}|您|你|贵|提案|建议|现有|共有|反映|现行"
# “到2025年…”, as it is quoted
_QUOTED = re.compile(r"“[^”]*”")
# 您提出“到2025年…” · 您在提案中建议…; never 针对您提出的…
_WISH = re.compile(
    r"^(?:此外,|另外,|同时,)?[^,。]{0,8}?(?:[您你]们?|贵[会委党盟院])(?:在[^,。]{0,24})?(?:还|也|所)?(?:提[出议]|建议|认为|提到|指出|希望"
    r"|反映|问|想)(?!的)"
    r"|^提案(?:中|里|还)?(?:提出|建议)|^(?:提案)?建议[一二三四五六七八九十\d]{1,2}[:、]|^(?:提案|建议)(?:中|还)(?:提出|建议|认为|提到|指出|希望)|^[^,。]{2,8}(?:请求|恳请)[,将由对]"
)
# 暂不开通大巴|,改由小客车接驳,10月份试运行 · 尚未通水的6个村|,今年三季度铺设管道
_TIME = re.compile(
    r",(?:[今明]年|20\d\d ?年)?(?:\d{1,2} ?月|第?[二三四]季度|下半年)|,(?:年底前|到 ?20\d\d ?年)"
)
# 不能简单禁止,|对扰民行为建立…机制 · 今年排不上,|改由…: what is done instead
_SAYS_WHAT = re.compile(
    r"(?:但|可|而)*(?:改[由为用设在]|我[^,。]{1,6}(?:每|可以|愿)|对[^,。]{2,14}(?:建立|实行|推行|给予|予以|开展)|先[由将把在从对])"
)
# 我局年底前再通报一次|,请您监督。
# 这方面的工作还存在一些不足
_ADMITS = re.compile(r"存在(?!的)[^,。]{0,14}(?:不足|问题|困难|短板|差距)[。;]?$")
# 全市现有车位1260个,… · 街道反映,现行法规没有… · 现行政策只支持…
_IS_SO = re.compile(
    r"(?:^|,)[^,。对把将]{0,8}(?:现有|共有)[^,。的]{0,6}\d|^[^,。我]{2,12}反映,"
    r"|(?:^|,)现行(?:法规|政策|规定|办法)"
)
_MAY_BE_SO = re.compile("现有|共有|反映|现行")
_REQUEST = re.compile(r",请[您你贵]?[^,。]{2,8}[。;]?$")
_SUBMITTED = ("提案", "建议")
# 您建议发放补贴|,经与县财政局会商,明年起按…发放
_SETTLED = re.compile(r",经[^,。]{2,14}(?:会商|研究|协商|商议|讨论|论证|沟通),")
# 您建议延长末班车,|公交集团将新购车辆: somebody who will, which no wish has; never 您建议加大
# 投入,|由财政将培训经费提高…, which he is to
_ANSWERED = re.compile(
    r",(?![由应要能可请让使把对按]|通过|以便)[^,。]{2,20}"
    rf"(?:将(?<![已即必行终曾]将)|拟|计划)(?:{DEEDS})"
)
_OWN_NAME = re.compile(OWN_NAME)


def is_courtesy(sentence: str) -> bool:
    """Whether a folded sentence thanks, asks for the receipt or names who approved the letter.

    It is more where a clause beside that promises to report back.
    """
    if _MAY_BE_COURTESY.search(sentence) is None:
        return False
    if "我" in sentence and _OWN_NAME.search(sentence):
        sentence = _REQUEST.sub("", sentence)
    return _COURTESY.search(sentence) is not None and not (
        "," in sentence and reports_back(sentence)
    )


def behind_wish(sentence: str) -> str:
    """What a folded sentence says behind what the deputies asked for, if it repeats that.

    Without what it quotes, from the clause on in which the office speaks of itself.
    """
    if not (_may_wish(sentence) and _WISH.match(sentence)):
        return sentence
    sentence = _QUOTED.sub("", sentence)
    own = _OWN_NAME.search(sentence, sentence.find(",") + 1)
    return sentence[sentence.rfind(",", 0, own.start()) + 1 :] if own else sentence


def _may_wish(sentence: str) -> bool:
    return (
        "您" in sentence or "你" in sentence or "贵" in sentence or sentence[:2] in _SUBMITTED
        or "请求" in sentence or "恳请" in sentence
    )  # fmt: skip


def admits(sentence: str) -> bool:
    """Whether a folded sentence ends with what is still wrong or wanting."""
    return "存在" in sentence and _ADMITS.search(sentence) is not None


def says_how_it_is(sentence: str) -> bool:
    """Whether a folded sentence says what there is by now, and what the rules in force are."""
    return _MAY_BE_SO.search(sentence) is not None and _IS_SO.search(sentence) is not None


def is_wish(sentence: str) -> bool:
    """Whether a folded sentence repeats what the deputies asked for."""
    if not (_may_wish(sentence) and _WISH.match(sentence)):
        return False
    if _OWN_NAME.search(sentence) or _ANSWERED.search(sentence):
        return False
    return not (_SETTLED.search(sentence) or settles(sentence))


def declines(sentence: str) -> bool:
    """Whether a folded sentence ends with what cannot be done, and promises nothing after it."""
    if not (_MAY_DECLINE.search(sentence) and _DECLINES.search(sentence)):
        return False
    *_, last = _DECLINES.finditer(sentence)
    behind = sentence.find(",", last.end())
    if behind < 0:
        return True
    rest = sentence[behind + 1 :]
    return not (has_will(rest) or _SAYS_WHAT.match(rest) or _TIME.search(sentence, behind))
