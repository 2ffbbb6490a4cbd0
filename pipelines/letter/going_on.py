"""Owns which sentence goes on with an undertaking before it, or with the year told of before it."""

from __future__ import annotations

import re
from datetime import date

from pipelines.letter.deeds import VERBS
from pipelines.letter.past import DONE, begins_behind, is_past, lies_behind
from pipelines.letter.promises import has_will

# 首批开放6个领域数据集 · 每家补助2万元 · 抽检不少于500批次 · 新建污水厂一律配套
# · 发现一起、查处一起 · 今年先期建成25公里
_GOES_ON = re.compile(
    r"不[低少]于|不超过|不[高多]于|一律|逐[年步]"
    r"|^在?[^,。已]{2,12}(?:(?<!以)[后前]|[一-鿿]{2}期间|第一年|首年),"
    r"|^(?:第一年|首年|头[一两]年|此外,[把将]|同时,[把将])"
    r"|(?:另外|同时|此外|届时|并|再)[^,。]{0,4}(?:给予|予以|安排|对)"
    r"|每[一-鿿]{1,6}(?:给予|予以|补助|安排|配备|新增|不|奖励)|(?:给予|补助|奖励)每"
    r"|(?:首批|首期|一期|先期)[^,。已了]{0,6}(?:开放|建设|安排|选|投|改造|实施|覆盖|新|推|试)"
    r"|\d ?(?:小时|天|个?工作日)内?(?:处置|修复|办结|到位|解决|整改)"
    r"|发现一起.{0,2}查处一起|予以(?:保障|解决|支持|安排)"
    r"|(?:今年|明年|年内|年底)(?:先[期行]?|再|完成|建成|新[增建]|开放)"
    r"|要(?=[^,。求]{0,16}(?:有|达到|完成|建成|实现|配|扩大到|提高到))"
    r"|^把[^,。]{2,30}(?:扩[展大]到|延[伸长]到|推广到|提高到|纳入|列入)"
)
# 建立季度通报制度 · 同时压缩办理时限: a sentence without a subject that begins with what is done
BEGINS = re.compile(
    rf"(?:(?:同时|并|另外|此外|还|不过|则),?)?(?:(?:也|还|同时))?(?:[一-鿿]{{4}},)?(?:{VERBS})"
)
# 开展对接77场次,达成意向46项 · 接待学生2.7万人次: what came of something done
RESULTS = re.compile(
    r"\d[^,。]{0,3}[场人家批件户]次|达成|接待|同比|签约率|意向金额|提出[^,。]{0,6}\d"
)
_MAY_RESULT = re.compile("次|达成|接待|同比|签约率|意向金额|提出")
# 目前,… · 全市现有… · 我市… · 规定,… · 关于… · 网点建成7个,覆盖率达到90%: how things are, what
# others set, another matter
_TURNS_TO = re.compile(
    r"(?:目前|当前|现(?!场)|我[市县区省州]|全[市县区省州域]|您|你|关于|至于|对于|对[您你贵]|针对|该|据|但(?![^,。]{0,16}由我)"
    r"|经(?!费)|从(?![^,。]{0,30}[中里](?:选|挑|拿|划|返|抽|招))|由于|因|上述|以上|随着|受|若|假如|倘若|如按)"
)
# 条例要求 · 上级有要求,…; never 按“一桥一策”的要求修复, nor 我局要求各站每月检查
_DEMAND = r"(?:国家|上级|省里?|部里?|法|条例|标准|规定|政策|文件|》)[^,。]{0,6}要求|要求(?=[,。;:])"
_STATES = re.compile(
    r"先后(?=[^,。]{0,8}[建举开投组争获])|现有|规定|明确(?=[提规要指:,])|累计|共[计有]?\d|其中|仍|存在|认为|情况(?=[。,;])|问题(?<!发现的问题)(?=[。,;])|比上?年|同比|较上年"
    rf"|{_DEMAND}"
    r"|应当|后,?(?:每年)?[可能]|前期(?!工作)|涉及(?!的)|受益(?=[,。])"
    r"|要[等看]|需(?:要)?(?:审慎|统筹|进一步)|原因|日益|逐年(?:上升|下降|加大)|不断完善|很有|明显|年均|上半年|余[个家名人件次](?<=\d余.)|多[个家名人件次](?<=\d多.)"
)
# 编制参考目录,|解决用药“最后一公里”问题: done with a problem, which says of none that it is there
_SOLVES = re.compile(r"(?:解决|破解|化解|缓解|消除|整治)[^,。;]{0,30}问题")
# 今年的计划|已下达
_BEGINS_TOLD = re.compile("[^,。]{0,12}已")
# 清掏养护是防涝的基础 · 保护古树,意义重大 · 用人单位应当… · 受管线制约: how things are
_IS_SO = re.compile(
    r"意义|获[得评批]|荣获|突破|入选|重大(?!项目|工程)|至关|很好|关系到|在于|取决于|属于|是(?!否)|应当|不得|方可|须|只需|可(?=申|通过|在|凭|持|享|随|自|提|以)|不能|有待|要[等看]|原则:|有赖|存在|不足|不畅|偏[低高少]|属实"
    r"|成因|位于|建于|始建|目前|现[有行]|共有|有\d|应(?=由)|[您你]|制约|尚|无法|难以|(?<![确急刚])需(?!求|要的)|正在"
    # 护林员均为兼职,… · 多数网点一日办结
    r"|均为|均系|^(?:多数|大多|不少|有的|有些|许多|个别)"
    r"|请求|建议(?!的)|呈现|态势|过亿|由(?:国家|中央|省里?|上级)[^,。]{0,8}统一"
)
_QUOTED = re.compile("“[^”]*”")
_MANY = 2
# 建成服务站154个 · 查实奖励13起 · 完成搬迁1.9万名: a count, which may be of what was done
COUNTS = re.compile(
    r"(?:建成|完成|发放|查[处实]|归集|抽检|检查|组建|聘请|招聘|举办|培训|印发|发布|出台|制定"
    r"|投入(?!的)|组织|开展|清理|支持|推广|推行|统一)"
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
    r"|由[^,。]{2,20}(?:负责|承担|负担|列支|解决|保障|组织|安排|落实|统筹|牵头|配套|投保|依|按|予以|给予)"
    r"|全部(?=[由实纳安采免更])|进行|(?:公开|公示|公布)(?=[,。;])|停工|分别"
    r"|不设|不收|列支|扣减|清退|列入|纳入|取消|追究|一票否决|免费|补[助贴]|奖[励补]"
)
_NAMES_YEAR = re.compile(r"20\d\d|[今明来本]年|年内|年底")


def is_statement(sentence: str) -> bool:
    """Whether the folded sentence says how things are or must be, outside what it quotes."""
    return _IS_SO.search(_QUOTED.sub("", sentence)) is not None


def turns(sentence: str, signed: date | None, *, joined: bool = False) -> bool:
    """Whether the folded sentence looks back, or turns to how things are or to another matter.

    It is no other matter behind ; that joins it to what was undertaken.
    """
    if not joined and _TURNS_TO.match(sentence):
        return True
    if is_past(sentence) or DONE.search(sentence) or lies_behind(sentence, signed):
        return True
    if begins_behind(sentence, signed):
        return True
    if "问题" in sentence:
        sentence = _SOLVES.sub("", sentence)
    if _STATES.search(sentence) or ("已" in sentence and _BEGINS_TOLD.match(sentence)):
        return True
    return _MAY_RESULT.search(sentence) is not None and RESULTS.search(sentence) is not None


def goes_on(sentence: str, *, joined: bool) -> bool:
    """Whether the folded sentence behind an undertaking, which turns nowhere, says more of it.

    `joined`: only ; parts it from what was undertaken, of which it is another part.
    """
    if joined or _says_more(sentence):
        return True
    says = BEGINS.match(sentence) or _DOES.search(sentence) or _OF_WHOM.match(sentence)
    return len(COUNTS.findall(sentence)) < _MANY and bool(says or not is_statement(sentence))


def starts_on(sentence: str, *, telling: bool) -> bool:
    """Whether the folded sentence goes on with what the paragraph before it undertook.

    It begins one of its own, which may as well be about what was done: all the more, `telling`,
    where the one before told of that too.
    """
    if _says_more(sentence):
        return True
    return not telling and bool(BEGINS.match(sentence)) and not COUNTS.search(sentence)


def _says_more(sentence: str) -> bool:
    """Whether a sentence says by its own words that it is part of what is undertaken."""
    return bool(has_will(sentence) or _GOES_ON.search(sentence) or _RULE.search(sentence))


def is_told_of(year: int | None, sentence: str, signed: date | None) -> bool:
    """Whether a folded sentence that names no year goes on telling of one that is over."""
    if year is None or signed is None or year >= signed.year:
        return False
    return _NAMES_YEAR.search(sentence) is None
