"""Owns which sentence goes on with an undertaking before it, or with the year told of before it."""

from __future__ import annotations

import re
from datetime import date

from pipelines.letter.deeds import VERBS
from pipelines.letter.undertakings import has_will, is_past, lies_behind

# 首批开放6个领域数据集 · 每家补助2万元 · 抽检不少于500批次 · 新建污水厂一律配套
# · 发现一起、查处一起 · 今年先期建成25公里
_GOES_ON = re.compile(
    r"不[低少]于|不超过|不[高多]于|一律|逐[年步]"
    r"|(?:另外|同时|此外|届时|并|再)[^,。]{0,4}(?:给予|予以|安排|对)"
    r"|每[一-鿿]{1,6}(?:给予|予以|补助|安排|配备|新增|不|奖励)|(?:给予|补助|奖励)每"
    r"|(?:首批|首期|一期|先期)[^,。已了]{0,6}(?:开放|建设|安排|选|投|改造|实施|覆盖|新|推|试)"
    r"|发现一起.{0,2}查处一起|予以(?:保障|解决|支持|安排)"
    r"|(?:今年|明年|年内|年底)(?:先[期行]?|再|完成|建成|新[增建]|开放)"
    r"|要(?=[^,。求]{0,16}(?:有|达到|完成|建成|实现|配|扩大到|提高到))"
    r"|^把[^,。]{2,30}(?:扩[展大]到|延[伸长]到|推广到|提高到|纳入|列入)"
)
# 建立季度通报制度 · 同时压缩办理时限: a sentence without a subject that begins with what is done
_BEGINS = re.compile(rf"(?:(?:同时|并|另外|此外|还),?)?(?:{VERBS})")
# 目前,… · 全市现有… · 我市… · 规定,… · 关于… · 网点建成7个,覆盖率达到90%: how things are, what
# others set, another matter
_STATES = re.compile(
    r"^(?:目前|当前|现|我[市县区省州]|全[市县区省州域]|您|你|关于|至于|对于|对[您你贵]|针对|该|据|但"
    r"|经|从|由于|因|上述|以上|随着|受)"
    r"|现有|规定|要求|明确提?出?|累计|共[计有]?\d|其中|仍|存在|认为|情况(?=[。,;])|(?<!发现的)问题(?=[。,;])|比上?年|同比|较上年"
    r"|^[^,。]{0,12}已"
    r"|后,?(?:每年)?[可能]|前期|涉及(?!的)|受益(?=[,。])"
    r"|需(?:要)?(?:审慎|统筹|进一步)|原因|日益|逐年(?:上升|下降|加大)|不断完善|很有|明显|年均|上半年|\d(?:余|多)[个家名人件次]"
)
_MANY = 2
# 建成服务站154个 · 查实奖励13起 · 完成搬迁1.9万名: a count, which may be of what was done
_COUNTS = re.compile(
    r"(?:建成|完成|发放|查[处实]|归集|抽检|检查|组建|聘请|招聘|举办|培训|印发|发布|出台|制定"
    r"|投入|组织|开展|清理|支持|推广|推行|统一)"
    r"[^,。;]{0,24}(?:\d|》|[一二三四五六七八九十]+[个家名场])"
)
# 所需经费由…列支 · 由市场开办者清退 · 对三次违法的列入名单 · 每季度通报一次: what money, whom and
# when it takes, which holds for a thing undertaken before
_RULE = re.compile(
    r"^(?:所需|项目所需|相关)[^,。]{0,8}(?:资金|经费|费用)"
    r"|^(?:同时,|第[一二三四五六七八九十],)?[^,。]{0,10}每(?:年|半?年|季度?|月|周)[^,。]{0,16}(?:安排|通报|向|公布|调度|检查|清|组织|开展)"
    r"|^(?:同时,)?(?:对|凡)[^,。]{4,40}(?:,|的)[^。]{0,30}"
    r"(?:列入|清退|扣减|取消|追究|补[助贴]|奖[励补]|通报|处罚|退出|约谈|加分|摘牌|一票否决)"
)
# 对开放成效好的单位,给予加分: of whom it is a rule
_OF_WHOM = re.compile(r"(?:同时,)?(?:对|凡)[^,。]{2,30}的[^,。]{0,8},")
# 我局成立专班 · 县卫健局通报一次 · 绩效薪酬扣减10%: what is done, and by whom
_DOES = re.compile(
    rf"(?:^|[,:]|[局委厅部办院处所室府队站们每年季月间段])(?:{VERBS})"
    r"|由[^,。]{2,20}(?:负责|承担|负担|列支|解决|保障|组织|安排|落实|统筹|牵头|依|按|予以|给予)"
    r"|全部(?=[由实纳安采免更])|进行|(?:公开|公示|公布)(?=[,。;])|停工|分别"
    r"|不设|不收|列支|扣减|清退|列入|纳入|取消|追究|一票否决|免费|补[助贴]|奖[励补]"
)
_NAMES_YEAR = re.compile(r"20\d\d|[今明来本]年|年内|年底")


def goes_on(sentence: str, signed: date | None, *, apart: bool) -> bool:
    """Whether the folded sentence behind an undertaking says more of what will be done.

    `apart`: it begins a paragraph of its own, which may as well be about what was done.
    """
    if is_past(sentence) or "了" in sentence or lies_behind(sentence, signed):
        return False
    if _STATES.search(sentence):
        return False
    if has_will(sentence) or _GOES_ON.search(sentence) or _RULE.search(sentence):
        return True
    counts = len(_COUNTS.findall(sentence))
    if apart:
        return bool(_BEGINS.match(sentence)) and not counts
    says = _BEGINS.match(sentence) or _DOES.search(sentence) or _OF_WHOM.match(sentence)
    return counts < _MANY and bool(says)


def is_told_of(year: int | None, sentence: str, signed: date | None) -> bool:
    """Whether a folded sentence that names no year goes on telling of one that is over."""
    if year is None or signed is None or year >= signed.year:
        return False
    return _NAMES_YEAR.search(sentence) is None
