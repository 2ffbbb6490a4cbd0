"""Owns the times a sentence says something is done in or from, and whether they lie ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {"十": 10, "十一": 11, "十二": 12} | {
    numeral: month for month, numeral in enumerate("一二三四五六七八九", start=1)
}
# The first and last month of what a letter names instead of months.
_SEASONS = {
    "元旦": (1, 1), "春季": (2, 5), "春节": (2, 2), "春耕": (3, 4), "清明": (4, 4),
    "五一": (5, 5), "端午": (6, 6), "麦收": (6, 6), "夏季": (6, 8), "汛期": (6, 9),
    "暑假": (7, 8), "暑期": (7, 8), "秋季": (9, 11), "开学": (9, 9), "秋收": (9, 10),
    "中秋": (9, 9), "国庆": (10, 10), "重阳": (10, 10), "冬季": (11, 12), "入冬": (11, 11),
    "采暖": (11, 12), "供暖": (11, 12), "寒假": (12, 12), "底": (12, 12), "末": (12, 12),
}  # fmt: skip
_YEARS_ON = {"今": 0, "本": 0, "明": 1, "来": 1, "次": 1, "下": 1, "后": 2}
_YEAR = r"(?:(?P<y>20\d\d) ?年度?|(?P<on>[今明来后]年|本年度?|下一?年度)的?)"
# 9月 · 7月1日 · 十月 · 第三季度 · 下半年 · 秋季学期 · 暑假 · 年底
_PART = (
    r" ?(?:(?P<m>\d{1,2}|十?[一二]|[三四五六七八九十]) ?月份?(?: ?(?P<d>\d{1,2}) ?[日号])?"
    r"|第?(?P<q>[一二三四]) ?季度|(?P<half>[上下])半年"
    rf"|年?(?P<season>{'|'.join(_SEASONS)}))"
)
# 自2024年10月1日|起 · 从今年9月|起 · 从2018年第三季度|起 · 2025年春节|开始; never 发起
_FROM = re.compile(
    rf"(?:^|[,:)]|[自从]) ?(?:{_YEAR}(?:{_PART})?|{_PART.replace('P<', 'P<b')}"
    r"|(?P<next>下个?月|[下本新]学期|[春秋]季学期|下半年|即日|下一?年度|下周))"
    r"[^,。以]{0,6}?(?:(?<!发)起|开始)(?=[,一-鿿])(?!施行|实施的|执行的|生效)"
)
# 2025年实施… · 今年暑假,… · 明年6月,… · 定于2017年农闲时节… · 明后两年,… · 列入明年项目
# · 标准2024年上半年发布: in the midst of a clause a part of the year must be named
_IN = re.compile(
    r"(?:(?P<lead>(?:^|[,:)]) ?[在于]?|[定排划拟][于在]|[列纳]入[^,。]{0,8}?)"
    rf"(?:[明后]{{2}}[两二]年|(?:20\d\d ?年? ?(?:至|到|[-—–~]{{1,2}}) ?)?{_YEAR}(?:{_PART})?)"
    rf"|(?:(?P<by>20\d\d) ?年度?|(?P<bon>[今明来后]年))的?{_PART.replace('P<', 'P<b')})"
    r"(?! ?\d|起|的|施行|生效|实施(?:[,。]|$))"
)
_MONTH_FOR = (
    *("定于", "定在", "完工", "竣工", "通车", "投用", "投入", "开工", "启用", "建成", "交付"),
    *("开通", "上线", "到位", "完成", "组织", "启动", "举办", "举行", "召开", "评审", "印发"),
    *("出台", "发布", "公示", "招标", "提交", "审议", "报市", "报县", "报省", "报区", "报国"),
)
# 定于6月20日 · 6月底可以通车 · 8月完工: the year is the letter's own
_IN_MONTH = re.compile(
    r"(?:(?P<lead>定[于在])|(?<![\d年今去明上]))(?P<m>\d{1,2}) ?月"
    r"(?: ?(?P<d>\d{1,2}) ?日|份|底|[上中下]旬)?"
    rf"(?(lead)|(?=(?:可以?|能|就能)?(?:{'|'.join(_MONTH_FOR[2:])})))"
)
# 2021年3月立项,|8月开工: a year whose months the others are
_EARLIER = re.compile(r"20\d\d ?年|[去前]年")
# 10月中旬,组织人大代表察看 · 第四季度,对全市加油站…: at a sentence's head, where no other year is
# told of
_BARE = re.compile(
    r"^(?:[一二三四五六七八九十]是|\(?[一二三四五六七八九十\d]{1,2}[)、])?"
    r"(?:(?P<m>\d{1,2}) ?月(?: ?(?P<d>\d{1,2}) ?日|份|[底初]|[上中下]旬)?|第?(?P<q>[二三四])季度),"
)
# 今冬明春,对118公里干渠清淤 · 下半年安排资金200万元
_TURN = re.compile(r"(?:^|,)(?P<turn>今[夏秋冬]|明[春夏秋冬]|下半年|下个?月)")
_TURNS = {"春": (2, 5), "夏": (6, 8), "秋": (9, 11), "冬": (11, 12), "年": (7, 12)}
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


def starts_ahead(sentence: str, day: date) -> Iterator[re.Match[str]]:
    """Where a folded sentence says from when on something is done, each a time behind `day`."""
    if "起" in sentence or "开始" in sentence:
        for found in _FROM.finditer(sentence):
            if found["next"] or _begins(found, day) > _up_to(found, day):
                yield found


def times_ahead(sentence: str, day: date, *, bare: bool) -> Iterator[re.Match[str]]:
    """Where a folded sentence says when something is done, each a time that ends behind `day`.

    `bare`: a month or quarter at its head, without any year, is one of the letter's own year.
    """
    if bare and ("月" in sentence or "季度" in sentence):
        yield from (f for f in _BARE.finditer(sentence) if _begins(f, day) > _up_to(f, day))
    if "年" in sentence:
        yield from (f for f in _IN.finditer(sentence) if _ends(f, day) > (day.year, day.month))
    if "月" in sentence:
        yield from (f for f in _IN_MONTH.finditer(sentence) if _is_own_month(f, day, bare))
    if "前" in sentence:
        yield from (f for f in _BEFORE_SEASON.finditer(sentence) if _is_nearer(f, day))
    if "下" in sentence or _turns(sentence):
        yield from (f for f in _TURN.finditer(sentence) if _is_turn_ahead(f["turn"], day))
    if "五" in sentence and "期" in sentence:
        yield from (f for f in _PERIOD.finditer(sentence) if PLANS[f["n"]] >= day.year)


def month_number(numeral: str) -> int:
    """The month a numeral in digits or in words names: `9`, `十一`."""
    return int(numeral) if numeral.isdigit() else _MONTHS[numeral]


def names_month(text: str) -> bool:
    """Whether a text that names a month says that something ends or is fixed: quick to look for."""
    if "旬," in text or "月," in text or "日," in text or "月底," in text:
        return True
    return any(map(text.__contains__, _MONTH_FOR))


def _turns(sentence: str) -> bool:
    """Whether a sentence names a season of the year at hand or the next: quick to look for."""
    return "冬" in sentence or "春" in sentence or "夏" in sentence or "秋" in sentence


def _is_turn_ahead(turn: str, day: date) -> bool:
    if turn[-1] == "月":
        return True
    last = _TURNS[turn[-1]][1]
    if turn == "下半年":
        return _EARLY <= day.month < last
    return turn[0] == "明" or day.month < last


def _is_nearer(found: re.Match[str], day: date) -> bool:
    """Whether the season to come is nearer than the one that was last."""
    first, _ = _SEASONS[found["season"]]
    return (first - day.month) % 12 <= _HALF_YEAR and first != day.month


def _is_own_month(found: re.Match[str], day: date, bare: bool) -> bool:
    """Whether a month is one ahead, and of no year that was named before it."""
    if not found["lead"] and (not bare or _EARLIER.search(found.string, 0, found.start())):
        return False
    return _begins(found, day) > _up_to(found, day)


def names_part(found: re.Match[str]) -> bool:
    """Whether a time that was found names a part of a year, and no year alone."""
    return "turn" in found.groupdict() or _months(found)[0] > 0


def is_relative(found: re.Match[str]) -> bool:
    """Whether a time that was found is called by what it is to the letter's: 明年, 下一年度."""
    return bool(_named(found, "on")) or "明后" in found[0]


def is_scheduled(found: re.Match[str]) -> bool:
    """Whether a time that was found is one fixed for something: 定于明年3月, 列入明年项目."""
    lead = found.groupdict().get("lead") or ""
    return lead[-2:] in ("定于", "定在") or lead.startswith(("列入", "纳入"))


def _named(found: re.Match[str], name: str) -> str | None:
    """What a group found, with a year before it or without."""
    groups = found.groupdict()
    return groups.get(name) or groups.get(f"b{name}")


def _begins(found: re.Match[str], day: date) -> tuple[int, ...]:
    """Year, month and day, as far as they are named."""
    first, _ = _months(found)
    named = _named(found, "d")
    return (_year(found, day), *((first,) if first else ()), *((int(named),) if named else ()))


def _up_to(found: re.Match[str], day: date) -> tuple[int, ...]:
    """The letter's day, as exactly as the time found is named."""
    return (day.year, day.month, day.day)[: len(_begins(found, day))]


def _ends(found: re.Match[str], day: date) -> tuple[int, int]:
    """Year and month; a year by itself is as good as its first month."""
    _, last = _months(found)
    return _year(found, day), last or 1


def _year(found: re.Match[str], day: date) -> int:
    if "y" not in found.groupdict():
        return day.year
    if named := _named(found, "y"):
        return int(named)
    if on := _named(found, "on"):
        return day.year + _YEARS_ON[on[0]]
    return day.year + ("明后" in found[0])


def _months(found: re.Match[str]) -> tuple[int, int]:
    """The first and last month of the part of a year that is named; 0 where none is."""
    if month := _named(found, "m"):
        number = month_number(month)
        return number, number
    if quarter := _named(found, "q"):
        number = _MONTHS[quarter]
        return 3 * number - 2, 3 * number
    if half := _named(found, "half"):
        return (1, 6) if half == "上" else (7, 12)
    return _SEASONS[season] if (season := _named(found, "season")) else (0, 0)
