"""Owns the shape of an office's printed name, alone or in a list of several."""

from __future__ import annotations

import re
from functools import lru_cache

# What the name of an office ends with: 市教委 · 市人力社保局 · 市委宣传部 · 市残联 · 人行重庆营管部
_ENDING = (
    r"(?:委员会|委|总局|分局|局|厅|部|办公室|(?<![会协分主承])办|政府|法院|检察院|研究院|医院|学院|院|大学|学校|中心"
    r"|公司|集团|银行|人行|总行|分行|支行|总队|支队|大队|工商联|联合会|残联|妇联|文联|科协|侨联"
    r"|社科联"
    r"|总工会|工会|协会|学会|商会|总社|供销社|联社|街道|镇|乡|园区|新区|高新区|经开区|示范区|各区县"
    r"|海关|总站|站|署|处|所|室|馆|司|监狱|团省委|团市委|指挥部|领导小组|专班|编办|调度|集团公司"
    r"|监管局|监会|监管总局|移动|联通|电信|铁塔|电网|管委会|红十字会|基金会|理事会|联合社|合作社"
    r"|行政公署|公署|兵团|第[一二三四五六七八九十]{1,3}师|人武部|军分区|党校|报社|出版社|电视台"
    r"|广播台|[报震文象]台"
    # 共青团中央 · 民革中央 · 市台联 · 市贸促会 · 市体育总会 · 市作协 · 国网白石电力 · 武警白石支队
    r"|中央|台联|贸促会|总会|作协|记协|计生协|消协|电力|邮政|烟草|石油|石化|武警|部队|机场|口岸"
    # 白石开发区 · 白石旅游度假区 · 某某自然保护区 · 某某社区居委会 · 国有白石林场
    r"|开发区|度假区|保护区|风景区|试验区|合作区|自贸区|综保区|保税区|产业园|居委会|村委会|社区"
    r"|林场|农场|农商行|信用社|中学|小学|幼儿园|调查队|委会)"
)

# The last character of a name: no heading and next to no sentence ends like one.
OFFICE_ENDS = frozenset((*re.findall(r"(.)[|)]", _ENDING), ")"))

# What may stand behind a name in a list, so that 委 in 市委宣传部 does not end it.
_AFTER = (
    r"(?=[、,;。::()\s]|和|及|与|以及|并|等|共同|联合(?!会|社)|认真|进行|研究(?!院|所|室|中心)"
    r"|办理|就|对|按|根据|结合"
    r"|协商|会商"
    r"|会办|协办|分办|主办|牵头|会签|会同|一起|一同|一道|反复|沟通|的|意见|现|针对|多次|深入"
    r"|密切|提出|研提|作(?=了|出|专题)"
    r"|提供|出具|协同|协助|实地|现场|召开|专题|专门|调研|商讨|讨论|座谈|前往|赴|仔细|及时|主动|全面|详细|分别|先后"
    r"|立即|对接|成立"
    r"|有关|相关|负责|单独|开展|组织(?!部)|积极|充分|同意|商|为|作为|承办|配合|后(?!勤)"
    r"|答复|函复|回复|反馈|参加|参与|$)"
)

# 市经济和信息化委 · 各区县(自治县)人民政府 · 各县(市、区)人民政府 · 经开区; shortest first, so
# that a list falls apart
_NAME = re.compile(
    rf"(?:[一-鿿〇A-Za-z\d]{{1,24}}?(?:\([一-鿿、]{{1,10}}\)[一-鿿]{{0,8}}?)?{_ENDING}"
    rf"|经开区|高新区|示范区|保税区|综保区|自贸区|海关|妇联|残联|文联|科协|侨联|工商联|总工会"
    rf"|法院|检察院|编办|海事|公安|交警|消防|电力|团委){_AFTER}"
)

# 、 · , · 和 · 以及 · ,并
_AND = re.compile(r"\s{0,3}(?:、|,|，|以及|和|及|与|并|\s)\s{0,3}(?:市级)?")

# 我局 · 经|我局 · 我委 · 本单位 · 贵委 · 有关部门 · 市级相关部门; and what has the verb with it:
# 我局再次与市财政局; what is counted: 移交幼儿园2所
_NOBODY = re.compile(
    r"^[您你]|^[经由请]?(?:我|本|贵|你|您|该)[一-鿿]{0,6}$|(?:相关|有关|各|级|等|多个|责任|成员|职能|承办|主办"
    r"|协办|会办)"
    r"(?:部门|单位|委办局|处|处室|科室|局|委|司局|所|站|镇|街道|镇街)+$|^(?:办公室|部|局|委|办"
    r"|处|所|站|院)$"
    r"|(?:[再多]次|先后|分别|及时|主动|积极|充分|专门|反复)(?:与|和|同|会同|商|征求)|^会同"
    r"|\d[所处室馆站院局部委]$"
)

# 市财政局|(国资委)|、市教委 · 各区政府|(管委会)|意见
_NOTE = re.compile(r"\([一-鿿、]{1,14}\)")
# 会同|会办单位|市财政局、市教委: what part they have
_PART = re.compile(r"(?:会办|协办|分办|配合)(?:单位|部门)(?=[一-鿿])")
# 经商市财政局,并|征求渝中区政府意见 · 并|报市政府同意: what goes on is no name
_VERB = re.compile(r"意见|征求|征询|听取|结合|根据|赴|到|对|就|报请?(?=[省市县区州旗国])")

# 重庆市教育委员会(盖章) at the end of a name on a line of its own
_SEAL = re.compile(r"\s{0,4}\((?:联合)?(?:盖章|公章|印章|章|代章|印)\)\s{0,4}$")
_ALONE = re.compile(rf"[一-鿿〇○\d()·“”]{{1,38}}?{_ENDING}(?:\([一-鿿]{{1,12}}\))?")
# no name: 请市教育局 · 感谢您对我局 · 一、关于建设…中心
_SENTENCE = re.compile(
    r"[您你我请谢]|的|关于|特此|以上|感谢|答复|如下|下一步|(?:^[一二三四五六七八九十]{1,3}、)"
    r"|^\([一二三四五六七八九十\d]|^第(?![一二三四五六七八九十]{1,3}师)|^附件|抄送|\d{4}年"
)
# 答复单位:白石市水利局 · 承办单位(盖章): · 单位(公章):, before the name that signs
_SIGNING_LABEL = re.compile(
    r"(?:(?:答复|回复|复函|承办|主办|办理|填报|落款)?(?:单位|机关|部门)(?:名称)?|落款)"
    r" ?(?:\((?:盖章|公章|印章|签章|章)\))? ?: ?"
)
# 白石市水利局、白石市财政局
_JOINT = re.compile(r"[、,]")
# (白石市知识产权局), the second name of the office on the line above
_SECOND_NAME = re.compile(r"\((?P<it>[一-鿿]{3,30})\)")
# 中国移动白石 · 白石水务: an office of no known ending; never 特此函复, 祝工作顺利
_UNLISTED = re.compile(r"[一-鿿〇()·]{5,30}")
_COURTESY = re.compile(
    r"[祝敬致颂复函此附年月感已将是了]|主任|局长|同志|委员|代表|联系|电话|工作|办理|意见|情况|措施|如下"
    r"|建成|完成|新建|新增|推进|加强|加大|落实|提供|做好|开展|建设"
)


def agency_alone(folded: str) -> bool:
    """Whether a passage is the name of an office and nothing else, as in a signature."""
    return len(folded) <= 80 and folded.rstrip()[-1:] in OFFICE_ENDS and _alone(folded)


@lru_cache(maxsize=4096)
def _alone(folded: str) -> bool:
    """The answer for a passage short enough, which several fields ask for."""
    name = folded[: without_seal(folded)].replace(" ", "")
    return 3 <= len(name) <= 40 and bool(_ALONE.fullmatch(name)) and not _SENTENCE.search(name)


def signing_office(folded: str) -> tuple[int, int] | None:
    """The span of the office, or of several parted by 、, a passage signs with; None without one.

    A label (`答复单位:`) and a seal (`(盖章)`) are left out.
    """
    if len(folded) > 120 or folded.rstrip()[-1:] not in OFFICE_ENDS or "。" in folded:
        return None
    return _signing(folded)


@lru_cache(maxsize=1024)
def _signing(folded: str) -> tuple[int, int] | None:
    """The answer for a passage that may be an office's name, asked for from several places."""
    label = _SIGNING_LABEL.match(folded)
    left = label.end() if label else 0
    stop = len(folded.rstrip())
    right = left + without_seal(folded[left:stop])
    names = _JOINT.split(folded[left:right])
    return (left, right) if all(agency_alone(name.strip()) for name in names) else None


def is_second_name(folded: str) -> bool:
    """Whether a passage is an office's name in brackets, as below the name of the same office."""
    match = _SECOND_NAME.fullmatch(folded) if folded[:1] == "(" else None
    return match is not None and agency_alone(match["it"])


def may_be_office(folded: str) -> bool:
    """Whether a line above a date can be an office's name though it has none of the endings."""
    plain = _UNLISTED.fullmatch(folded) and not _SENTENCE.search(folded)
    return bool(plain) and not _COURTESY.search(folded)


def without_seal(folded: str) -> int:
    """The length of a signature without `(盖章)` and the blanks before it."""
    match = _SEAL.search(folded) if "章" in folded or "印" in folded else None
    return match.start() if match else len(folded)


def agency_list(folded: str, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """Spans of the offices listed from `start` on, and where the list ends.

    Names are set apart by `、`, `和`, `及`, `与`; `市经济和信息化委` is one name, since no
    office ends before its 和. `我局`, `有关部门` and the like are passed over.
    """
    spans: list[tuple[int, int]] = []
    at = start
    while len(spans) < 40:
        if part := _PART.match(folded, at, end):
            at = part.end()
        match = None if _VERB.match(folded, at) else _NAME.match(folded, at, end)
        if match is None:
            break
        if not _NOBODY.search(match[0]):
            spans.append(match.span())
        separator = _AND.match(folded, match.end(), end)
        note = None if separator else _NOTE.match(folded, match.end(), end)
        if note:
            separator = _AND.match(folded, note.end(), end)
        if separator is None:
            return spans, note.end() if note else match.end()
        at = separator.end()
        if _AND.match(folded, at, end):
            at = _AND.match(folded, at, end).end()  # type: ignore[union-attr]
    return spans, at
