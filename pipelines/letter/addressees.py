"""Owns the names in a salutation: persons without their honours, groups as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipelines.fold import fold
from pipelines.letter.agencies import agency_alone
from pipelines.letter.assemblies import find_assembly
from pipelines.script import simplified

# 陆明远委员 · 王 刚 代 表; never 委员会, 代表团, 代表性
MEMBER = (
    r"(?:委 {0,4}员(?! {0,2}(?:会|小组|组|联络|活动|工作|履职))"
    r"|代 {0,4}表(?! {0,2}(?:大会|团|建议|议案|资格|联|性|小组|组|工作|提|活动)))"
)
# 市政协九三学社界别 · 民盟某县总支 · 区工商联 · 渝北区代表团 · 民建××市委
GROUP = (
    r"(?:政协|民革|民盟|民建|民进|农工党|农工民主党|致公党|九三学社|台盟|工商联|总工会|工会"
    r"|共青团|团[省市区县]委"
    r"|妇联|科协|侨联|台联|文联|残联|界别|界|总支|支部|支社|委员会|专委会|工委|小组|代表团|代表组"
    r"|联络[处委室办站]|活动组|党派|联谊会|知联会|商会|协会|基层委)"
)
_GROUP = re.compile(GROUP)

_OF = r"(?:全国|(?:[一-鿿]{1,8}?)?(?:自治区|自治州|[省市区县州旗盟镇乡]))?"
# (女,回族) · (领衔) · (致公党) · (第12号提案); never 渝北区(两江新区)代表团
_NOTE = re.compile(rf"\([^()\n]{{0,60}}\)(?= {{0,4}}(?:{MEMBER}|等|同志|先生|女士|[、,;:\n]|$))")
# 尊敬的 · 您好 · 领衔代表 · 第一提案人
_HONOUR = re.compile(
    r"尊 ?敬 ?的|(?:[您你]们?|大家)好"
    r"|(?:第一)?(?:领衔|附议|联名)(?:人大代表|政协委员|代表|委员|人)?|第一提案人|提案人"
)
# 市人大代表|王刚 · 全国政协委员|王刚 · 市十七届人大代表|王刚 · 市政协|王刚
_TITLE_BEFORE = re.compile(
    rf"(?:^|(?<=[、,;\n])) {{0,3}}(?:{_OF}(?:第?[一二三四五六七八九十\d]{{1,4}}届)?"
    # 香港委员|王强 · 住某省委员|王强 · 特邀委员|王强
    r"(?:政协委员|人大代表)|[住驻]?[一-鿿]{0,6}(?:香港|澳门|港澳|[港澳]区|台湾|特邀|全国|[省市区县州盟旗])"
    r"(?:地区|籍)?(?:政协|人大)?(?:委员|代表))"
    r"(?!会|团|小组|联络|活动|工作|履职|之家)(?=[ 、,]{0,3}[一-鿿·•.]{2,})"
)
# 等4位委员 · 等3名人大代表 · 等三位 · 等同志 · 等10人 · 代表等
_AND_OTHERS = re.compile(
    r" ?等(?= ?(?:[\d一二三四五六七八九十两多余]{1,4} ?[位名人个]|$|[、,;\n ]|同志|[代委市省区县]"
    r"|全国|各位|联名|政协|人大))[^、,;\n]*"
    # 石远贵|3名代表 · 王刚|两位委员
    rf"|(?<=[一-鿿]) ?(?:\d{{1,3}}|十[一-九]?|[二两三四五六七八九]) ?[位名]"
    rf"(?=(?:全国|[省市区县州旗]|人大|政协|联名){{0,2}}{MEMBER})"
)
# 陆明远|委员 · 王刚|代表们 · 王刚|政协委员 · 王刚|同志; never 市政协农业和农村|委员会
_TITLE = re.compile(rf"(?:(?:(?:全国|[省市区县州旗])?(?:政协|人大))?{MEMBER}|同志|先生|女士)们?")
# 王刚|副主席 · 李娜|主任, of a member who holds an office
_OFFICE = re.compile(
    r"(?<=[一-鿿]{2})(?:常务)?副?(?:主席|常委|主任|主委|书记|会长|院长|校长|秘书长|总经理|董事长|教授|局长"
    r"|处长)$"
)
# 高山镇代表团|王大力 · 经济界别|张某 · 市政协|张某 · 江岸区|张某
_OF_GROUP = re.compile(
    r"[一-鿿]{1,20}?(?:代表团|代表小?组|界别|活动组|组|界|[省市区县州旗国](?:政协|人大)|[镇乡]|街道"
    r"|民盟|民革|民建|民进|农工党|致公党|九三学社|台盟|工商联|(?<=[一-鿿])[市区县旗]|委员会)"
    r" {0,4}(?=[一-鿿]{2,4}$|[一-鿿]{1,12}[·•.])"
)
_BARE_OF_GROUP = re.compile(r"(?:[省市区县州旗])?(?:政协|人大)(?=[一-鿿]{2,4}$)")
# what a group's printed name ends with
_GROUP_END = re.compile(rf"(?:{GROUP}|[省市区县州旗盟]委会?)$")
# 和, 与, 及 between two names: 何某某和汪某, but never 农业和农村委员会 or 和平
_AND = re.compile(r"(?<=[一-鿿]{2})(?:以及|[和与及]|并转?)(?=[一-鿿]{2})")
_BETWEEN = re.compile(r"[、,;:!。\n\t/]+")
# 各位 · 全体 · 及各位联名 · 台湾团6号建议|领衔代表: nobody's name
# 张某代表|并李某代表 · 县人大常委会|并转李某代表
_LINK = re.compile(r"以及|[及并]转?")
_NOBODY = re.compile(
    r"[及和与并]?(?:(?:各位|全体|有关|相关|其他|诸位|各).{0,8})?|.{2,30}(?:建议|提案|议案)的?"
)

_SHORTEST = 3  # characters of a name that is nothing but a person's

Span = tuple[int, int]


def parse_addressees(who: str) -> tuple[str, ...]:
    """Names of persons without 委员, 代表, 尊敬的; a group as printed; no white space in either.

    `段A、B等4位委员` gives A's and B's names only, since no others are printed; of
    `高山镇代表团王大力代表` the person is named. Characters are those of the text as published.
    """
    folded = simplified(fold(who))
    plain = _without_honours(folded)
    titled = bool(
        _TITLE.search(folded) or (_may_be_titled(folded) and _TITLE_BEFORE.search(folded))
    )
    names = [
        "".join("".join(who[left:right] for left, right in spans).split())
        for piece in _pieces(plain)
        for spans in _names_of_piece(plain, piece, titled)
    ]
    return tuple(dict.fromkeys(name for name in names if name))


def _without_honours(folded: str) -> str:
    """A copy of equal length: honours are separators, notes are blanks."""
    session = find_assembly(folded)
    if session and session[0] == 0:  # 县第十七届人民代表大会第三次会议|李某等5名代表
        folded = "、" * session[1] + folded[session[1] :]
    if "(" in folded:
        folded = _NOTE.sub(lambda note: " " * len(note[0]), folded)
    folded = _HONOUR.sub(_separators, folded)
    if _may_be_titled(folded):
        folded = _TITLE_BEFORE.sub(_separators, folded)
    if _may_count(folded):
        folded = _AND_OTHERS.sub(_separators, folded)
    return _TITLE.sub(_separators, folded)


_BEFORE_NAME = re.compile("[政人港澳台邀国省市区县州旗盟]")


def _may_be_titled(folded: str) -> bool:
    """Whether a text has what every title before a name has: most salutations have none."""
    return _BEFORE_NAME.search(folded) is not None


def _may_count(folded: str) -> bool:
    """Whether a text holds what every count of names has: quick to look for."""
    return "等" in folded or "名" in folded or "位" in folded


def _separators(found: re.Match[str]) -> str:
    return "、" * len(found[0])


def _pieces(plain: str) -> Iterator[Span]:
    """Spans between separators, without white space at their ends."""
    at = 0
    for separator in (*_BETWEEN.finditer(plain), None):
        end = separator.start() if separator else len(plain)
        text = plain[at:end]
        if bare := text.strip():
            left = at + len(text) - len(text.lstrip())
            yield left, left + len(bare)
        at = separator.end() if separator else end


def _names_of_piece(plain: str, piece: Span, titled: bool) -> list[list[Span]]:
    left, right = piece
    if (link := _LINK.match(plain, left, right)) and _GROUP_END.search(plain[left:right]):
        left = link.end()  # 王强委员|并民建市委
    text, piece = plain[left:right], (left, right)
    if _NOBODY.fullmatch(text):
        return []
    if agency_alone(text) and not titled:
        return [[piece]]
    if _GROUP_END.search(text) or (_GROUP.search(text) and not titled):
        return [[piece]]
    # a name this short has nothing before it, behind it or between
    short = right - left <= _SHORTEST
    if titled and not short and (of_group := _OF_GROUP.match(text) or _BARE_OF_GROUP.match(text)):
        left += of_group.end()
    if link := _LINK.match(plain, left, right):
        left = link.end()
    if not short and (office := _OFFICE.search(plain[left:right])):
        right = left + office.start()
    parts: list[list[Span]] = []
    for word in (*(() if short else _AND.finditer(plain, left, right)), None):
        end = word.start() if word else right
        parts += _spaced_names(plain, left, end)
        left = word.end() if word else right
    return parts


_WORD = re.compile(r"\S+")


def _spaced_names(plain: str, left: int, right: int) -> list[list[Span]]:
    """`魏 岚 朱 立` → 魏岚, 朱立; `王小明 李四` → both; `王 小 明`, `司马 南` → one."""
    text = plain[left:right]
    if len(text.split()) == 1:  # as nearly all are
        at = right - len(text.lstrip())
        return [[(at, at + len(text.strip()))]]
    names: list[list[Span]] = []
    run: list[Span] = []
    for word in _WORD.finditer(plain, left, right):
        if len(word[0]) == 1:
            run.append(word.span())
            continue
        names += _letters(run)
        run = []
        names.append([word.span()])
    return _joined([*names, *_letters(run)])


def _length(name: Sequence[Span]) -> int:
    return sum(right - left for left, right in name)


def _joined(names: list[list[Span]]) -> list[list[Span]]:
    """Nobody is called by one character: it belongs to the name beside it."""
    joined: list[list[Span]] = []
    for name in names:
        beside = joined[-1] if joined else []
        if beside and 1 in (_length(name), _length(beside)) and _length([*beside, *name]) <= 3:
            joined[-1] = [*beside, *name]
        else:
            joined.append(name)
    return joined


def _letters(run: Sequence[Span]) -> list[list[Span]]:
    """Names spelt letter by letter: parted at the wider gaps, else in pairs, three in one name."""
    gaps = [right[0] - left[1] for left, right in pairwise(run)]
    if gaps and max(gaps) > min(gaps):
        names = [[run[0]]]
        for letter, gap in zip(run[1:], gaps, strict=True):
            if gap > min(gaps):
                names.append([])
            names[-1].append(letter)
        return names
    if len(run) <= 3:
        return [list(run)] if run else []
    pairs = [list(run[at : at + 2]) for at in range(0, len(run) - 1, 2)]
    if len(run) % 2:
        pairs[-1].append(run[-1])
    return pairs
