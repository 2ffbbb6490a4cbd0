"""Owns the times a sentence says something is done in or from, and whether they lie ahead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pipelines.letter.deeds import DEEDS
from pipelines.letter.told import Told

_MONTHS = {"十": 10, "十一": 11, "十二": 12} | {
    numeral: month for month, numeral in enumerate("一二三四五六七八九", start=1)
}
# The first and last month of what a letter names instead of months.
_SEASONS = {
    "元旦": (1, 1), "春运": (1, 2), "春季": (2, 5), "春节": (2, 2), "春耕": (3, 4), "清明": (4, 4),
    "五一": (5, 5), "端午": (6, 6), "麦收": (6, 6), "夏季": (6, 8), "汛期": (6, 9),
    "暑假": (7, 8), "暑期": (7, 8), "汛": (6, 9), "秋季": (9, 11), "开学": (9, 9), "秋收": (9, 10),
    "中秋": (9, 9), "国庆": (10, 10), "重阳": (10, 10), "冬季": (11, 12), "入冬": (11, 11),
    "采暖": (11, 12), "供暖": (11, 12), "寒假": (12, 12), "底": (12, 12), "末": (12, 12),
}  # fmt: skip
_YEARS_ON = {"今": 0, "本": 0, "明": 1, "来": 1, "次": 1, "下": 1, "后": 2}
_YEAR = r"(?:(?P<y>20\d\d) ?年度?|(?P<on>[今明来后]年|本年度?|下一?年度)的?)"
# 明年 · 明后两年, of which a time in a year to come has one, or a number
_RELATIVE = re.compile("今年|明年|来年|后年|本年|下年度|下一年度|后两年|后二年|明两年|明二年")
# 9月 · 7月1日 · 十月 · 第三季度 · 下半年 · 秋季学期 · 暑假 · 年底
_PART = (
    r" ?(?:(?P<m>\d{1,2}|十?[一二]|[三四五六七八九十]) ?月份?(?: ?(?P<d>\d{1,2}) ?[日号])?"
    r"|第?(?P<q>[一二三四]) ?季度|(?P<half>[上下])半年"
    rf"|年?(?P<season>{'|'.join(_SEASONS)}))"
)
# How all of these begin
PART_BEGINS = f"[\\d一二三四五六七八九十第上下年{''.join(sorted({name[0] for name in _SEASONS}))}]"
# 2025年|3月 · 2025年
_NUMBERED = re.compile(rf"(20\d\d) ?年度?(的?{re.sub('[?]P<[a-z]+>', '?:', _PART)})?")
# 自2024年10月1日|起 · 从今年9月|起 · 从2018年第三季度|起 · 2025年春节|开始; never 发起
_FROM = re.compile(
    rf"(?:^|[,:)]|[自从于]) ?(?:{_YEAR}(?:{_PART})?|{_PART.replace('P<', 'P<b')}"
    r"|(?P<next>[下本]个?(?:月|季度|周)|[下本新]个?学[期年]|[春秋]季学期|下半年|即日|下一?年度))"
    r"[^,。以]{0,6}?(?:(?<!发)起|开始)(?=[,一-鿿]|[;。]?$)(?!施行|实施的|执行的|生效)"
)
# 2025年实施… · 今年暑假,… · 明年6月,… · 定于2017年农闲时节… · 明后两年,… · 列入明年项目
# · 今明两年投资800万元 · 标准2024年上半年发布: in the midst of a clause a part of the year must be
# named; a law is 2025年实施, what is put into a year's works is done
_IN = re.compile(
    r"(?:(?P<lead>(?:^|[,:)]) ?[在于]?|[定排划拟][于在]|(?P<into>[列纳]入)[^,。]{0,8}?)"
    rf"(?:[今明后]{{2}}[两二]年|(?:20\d\d ?年? ?(?:至|到|[-—–~]{{1,2}}) ?)?{_YEAR}(?:{_PART})?)"
    rf"|(?:(?P<by>20\d\d) ?年度?|(?P<bon>今明[两二]年|[今明来后]年))"
    rf"(?:的?{_PART.replace('P<', 'P<b')}"
    r"|(?=(?:再|预算)?(?:安排|投[入资]|拨付|补助|预留|新增|新建|改造|招[聘录])[^,。]{0,16}\d)))"
    r"(?! ?\d|起|的|施行|生效)(?(into)|(?!实施(?:[,。]|$)))"
)
_MONTH_FOR = (
    *("定于", "定在", "完工", "竣工", "通车", "投用", "投入", "开工", "启用", "建成", "交付"),
    *("开通", "上线", "到位", "完成", "组织", "启动", "举办", "举行", "召开", "评审", "印发"),
    *("开学时", "开诊", "开课", "开馆", "试运行"),
    *("出台", "发布", "公示", "招标", "提交", "审议", "报市", "报县", "报省", "报区", "报国"),
)
# One of these stands with every month of the letter's own year. Words alone, parted by |: `re`
# leaps to the characters they begin with, in a tenth of the time of `in` for each.
_FIXED = re.compile("|".join(_MONTH_FOR))
_SAYS_MONTH = re.compile(
    rf"旬|月,|日(?<=[\d一二三四五六七八九十]日)(?!前|起|的)"
    rf"|号(?<=\d号)|月底,|月份|月再|月开|{_FIXED.pattern}"
)
# 12月|组织验收; never 2023年12月, whose year says more, nor 三个月
_MONTH_ALONE = re.compile(
    r"月(?<!年\d月)(?<!年\d\d月)(?<!年 \d 月)(?<!年 \d\d 月)(?<!个月)(?<!每月)"
)
# 定于6月20日 · 6月底可以通车 · 8月完工: the year is the letter's own
_IN_MONTH = re.compile(
    r"(?:(?P<lead>定[于在])|(?<![\d年今去明上]))(?P<m>\d{1,2}) ?月"
    r"(?: ?(?P<d>\d{1,2}) ?日|份|底|[上中下]旬)?"
    rf"(?(lead)|(?=(?:可以?|能|就能)?(?:{'|'.join(_MONTH_FOR[2:])})))"
)
# 2021年3月立项,|8月开工: a year whose months the others are
_EARLIER = re.compile(r"20\d\d ?年|[去前]年")
# 10月中旬,组织人大代表察看 · 关于…问题,5月份开展集中整治 · …方面,第四季度再推动…: at a clause's
# head, where no other year is told of; never 7月份降水偏多
_BARE = re.compile(
    r"(?:^(?:[一二三四五六七八九十]是|\(?[一二三四五六七八九十\d]{1,2}[)、])?|[,:])"
    r"(?:(?P<m>\d{1,2}) ?月(?: ?(?P<d>\d{1,2}) ?[日号]|(?P<part>份|[底初]|[上中下]旬))?"
    r"|第?(?P<q>[二三四])(?P<quarter>季度))"
    r"(?:(?(part)|(?(quarter)|(?!)))"  # anything but these may follow 5月份; what is done, 5月
    r"(?![至到前起的已末、和与及-]|以|之|后|是|降|客流|投诉|平均|最|进入|上市|高发"
    r"|为(?![^,。]{1,14}(?:配|发放|提供|装|增|办|开)))"
    rf"|(?=,|再|先|集中|统一|随|进场|挂牌|动工|拨付|[换装]|公开|{DEEDS}))"
)
# 镇派出所八月一日|在两头设桩 · 方言节目11月8日晚首播: a day itself, wherever it stands
_DAY = re.compile(
    r"(?<![年\d至到每、和与及自从—-])(?P<m>\d{1,2}|十?[一二]|[三四五六七八九十]) ?月 ?"
    r"(?P<d>\d{1,2}|[一二三]?十?[一二三四五六七八九十]) ?[日号]"
    r"(?![至到前起的、和与及—-]|以[前来]|之|后|是|为|[^,。]{0,6}(?:生效|到期|届满))"
)
# 今冬明春,对118公里干渠清淤 · 下半年安排资金200万元 · 年底我局再抽查一次
_TURN = re.compile(r"(?:^|,)(?P<turn>今[夏秋冬]|明[春夏秋冬]|下半年|下个?月|年底(?=我|再|由))")
_MAY_TURN = re.compile("今夏|今秋|今冬|明春|明夏|明秋|明冬|下半年|下月|下个月|底(?<=年底)")
_TURNS = {
    "春": (2, 5), "夏": (6, 8), "秋": (9, 11), "冬": (11, 12), "年": (7, 12), "底": (12, 12),
}  # fmt: skip
_EARLY = 3  # a letter of the first months may tell of the half year that is over
# 春节前,… · 五一假期前,… · 今冬供暖前,…: the next to come, if it is nearer than the last
_BEFORE_SEASON = re.compile(
    rf"(?:^|[,:)])[在于]?(?P<season>{'|'.join(tuple(_SEASONS)[:-2])})[^,。后]{{0,4}}?之?前"
    r"(?![一二三四五六七八九十两几\d后])"
)
_HALF_YEAR = 6  # months
# “十五五”期间,…
_PERIOD = re.compile(r"(?:^|,)“?十(?P<n>[三四五六七])五”?(?:期间|时期)")
# The first years of the five-year plans, by the numeral between 十 and 五.
PLANS = {"三": 2016, "四": 2021, "五": 2026, "六": 2031, "七": 2036}


class Time(NamedTuple):
    """A time that was found in a sentence, and where it stands."""

    start: int
    end: int
    begins: tuple[int, ...]  # year, month and day, as far as they are named
    ends: tuple[int, int]  # year and month; a year by itself is as good as its first month
    is_part: bool  # a part of a year is named, and no year alone
    is_relative: bool  # it is called by what it is to the letter's: 明年, 下一年度
    is_scheduled: bool  # it is one fixed for something: 定于明年3月, 列入明年项目

    def lies_behind(self, day: date) -> bool:
        """Whether it begins behind the day, as exactly as the time is named."""
        return self.begins > (day.year, day.month, day.day)[: len(self.begins)]


def starts_ahead(sentence: str, day: date) -> list[Time]:
    """From when on a folded sentence says something is done, each a time behind `day`."""
    if "起" not in sentence and "开始" not in sentence:
        return []
    times = ((_time(found, day), found["next"]) for found in _FROM.finditer(sentence))
    return [time for time, is_next in times if is_next or time.lies_behind(day)]


def times_ahead(sentence: str, day: date, told: Told) -> list[Time]:
    """When a folded sentence says something is done, each a time that ends behind `day`.

    A month without any year is one of the letter's own year, unless what is `told` before it, in
    its paragraph, is of one that is over.
    """
    ahead: list[Time] = []
    if "月" in sentence or "季" in sentence:
        ahead += _bare_ahead(sentence, day, told)
    if "年" in sentence and _names_year_ahead(sentence, day.year):
        times = [_time(found, day) for found in _IN.finditer(sentence)]
        ahead += [t for t in times if t.ends > (day.year, day.month)]
    if "月" in sentence and _FIXED.search(sentence):
        own = _own_until(sentence, day, told)
        months = [f for f in _IN_MONTH.finditer(sentence) if f["lead"] or f.start() < own]
        ahead += [t for f in months if (t := _time(f, day)).lies_behind(day)]
    if "前" in sentence:
        seasons = _BEFORE_SEASON.finditer(sentence)
        ahead += [_time(f, day) for f in seasons if _is_nearer(f["season"], day)]
    if _MAY_TURN.search(sentence):
        own = _own_until(sentence, day, told)
        found = [f for f in _TURN.finditer(sentence) if f["turn"] != "年底" or f.start() < own]
        turns = [f for f in found if _is_turn_ahead(f["turn"], day)]
        ahead += [_time(f, day, is_part=True) for f in turns]
    if "五" in sentence and "期" in sentence:
        plans = [f for f in _PERIOD.finditer(sentence) if PLANS[f["n"]] >= day.year]
        ahead += [_time(f, day) for f in plans]
    return ahead


def month_number(numeral: str) -> int:
    """The month a numeral in digits or in words names: `9`, `十一`."""
    return int(numeral) if numeral.isdigit() else _MONTHS[numeral]


def _day(numeral: str) -> int:
    """The day a numeral in digits or in words names: `9`, `二十一`."""
    if numeral.isdigit():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    return (10 * _MONTHS.get(tens, 1) if ten else 0) + _MONTHS.get(ones, 0)


def names_month(text: str) -> bool:
    """Whether a text that names a month says that something ends or is fixed: quick to look for."""
    return _MONTH_ALONE.search(text) is not None and _SAYS_MONTH.search(text) is not None


def _names_year_ahead(sentence: str, year: int) -> bool:
    """Whether a sentence names a year that is to come, or a part of this one: quick to tell."""
    for named, part in _NUMBERED.findall(sentence):
        if int(named) > year or (part and int(named) == year):
            return True
    return _RELATIVE.search(sentence) is not None


def _is_turn_ahead(turn: str, day: date) -> bool:
    if turn[-1] == "月":
        return True
    last = _TURNS[turn[-1]][1]
    if turn == "下半年":
        return _EARLY <= day.month < last
    return turn[0] == "明" or day.month < last


def _is_nearer(season: str, day: date) -> bool:
    """Whether the season to come is nearer than the one that was last."""
    first, _ = _SEASONS[season]
    return (first - day.month) % 12 <= _HALF_YEAR and first != day.month


def _bare_ahead(sentence: str, day: date, told: Told) -> list[Time]:
    """Months and quarters at the heads of clauses that lie behind the day, or begin with it."""
    ahead: list[Time] = []
    own = -1
    for found in (*_BARE.finditer(sentence), *_DAY.finditer(sentence)):
        own = _own_until(sentence, day, told) if own < 0 else own
        time = _time(found, day)
        begins = time.begins == (day.year, day.month) and found["q"] is not None
        if found.start() < own and (begins or time.lies_behind(day)):
            ahead.append(time)
    return ahead


def _own_until(sentence: str, day: date, told: Told) -> int:
    """Up to where a month without a year is of the letter's own year: until one over is named."""
    if told.is_past(day):
        return 0
    for earlier in _EARLIER.finditer(sentence):
        if earlier[0][0] != "2" or int(earlier[0][:4]) < day.year:
            return earlier.end()
    return len(sentence)


def _time(found: re.Match[str], day: date, *, is_part: bool = False) -> Time:
    """The time a match of one of the patterns names, in a letter of this day."""
    groups = {name.removeprefix("b"): it for name, it in found.groupdict().items() if it}
    first, last = _months(groups)
    year = _year(groups, found, day)
    named = groups.get("d")
    lead = groups.get("lead", "")
    return Time(
        found.start(),
        found.end(),
        (year, *((first,) if first else ()), *((_day(named),) if named else ())),
        (year, last or 1),
        is_part or first > 0,
        "on" in groups or _names_two(found[0]),
        lead[-2:] in ("定于", "定在") or lead.startswith(("列入", "纳入")),
    )


def _year(groups: Mapping[str, str], found: re.Match[str], day: date) -> int:
    if named := groups.get("y"):
        return int(named)
    if _names_two(found[0]):
        return day.year + 1
    if on := groups.get("on"):
        return day.year + _YEARS_ON[on[0]]
    return day.year


def _names_two(time: str) -> bool:
    """Whether a time is two years of which the next is one: 今明两年, 明后两年."""
    return "明后" in time or "今明" in time


def _months(groups: Mapping[str, str]) -> tuple[int, int]:
    """The first and last month of the part of a year that is named; 0 where none is."""
    if month := groups.get("m"):
        number = month_number(month)
        return number, number
    if quarter := groups.get("q"):
        number = _MONTHS[quarter]
        return 3 * number - 2, 3 * number
    if half := groups.get("half"):
        return (1, 6) if half == "上" else (7, 12)
    return _SEASONS[season] if (season := groups.get("season")) else (0, 0)
