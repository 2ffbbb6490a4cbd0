"""Owns what every promise, deadline and plan has one of: quick to look for, before any pattern."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pipelines.letter.conditions import AT_ONCE
from pipelines.letter.deeds import OFFICES
from pipelines.letter.times import PART_BEGINS, names_month

# What every promise and every deadline has one of. Each begins with a plain character, to which
# `re` leaps: a quarter of the time of `in` for each. The fewer and rarer these are, the quicker.
_WILL_WORDS = (
    "将|延(?<=会延)|续(?<=会继续)|把(?<=会把)|拟|计划(?!》)|力[争求]|预计|争取|确保|承诺|打算|准备|要(?:继续|进一步|持续)"
    # 绝不让住户掏钱 · 请放心 · 年底再向您报告
    "|决不|绝不|一定|保证|抓紧|尽快|放心|先(?<=我.先)|当(?=[于予即会尽随])"
    "|向[您你贵各两]|给[您你贵各]"
)
# 2025年6月底|前 · 10月1日|起 · 下一|年度 · 汛|期间
_DUE_WORDS = (
    r"前(?<![目当]前)|内(?<=[年月日天之期度季旬份学底末间]内)|待(?<![对等有接招期优看亟款]待)"
    r"|等(?:(?<=[,。:]等)|(?<=^等))|旦(?<=一旦)|始(?<=开始)|起(?:,|(?<=[月日年期度假学季周]起))|明[年后春两]"
    r"|来年|底(?<=年底)(?=我|再|由)|今[年后冬秋夏]|本年|下(?:年|半年|个?月)|度(?<=年度)|未来|往后|接下来"
    r"|季度(?<=[一二三四下本每个 ]季度)|间(?<=年时间)|每(?:年|个?月)|五”?(?:期间|时期)"
    r"|末(?<=[五期]末)|末(?<=五”末)"
    # 如能列入,|五一前后动工 · 签完|即列入 · 谈妥|后首批 · 授权|后再播 · 中期 · 适时
    r"|如[果能获仍遇]|若|俟|就(?<=[妥好成]就)|即(?<=[完妥好成]即)|再(?<=,再)|期(?<=[近中远]期)|长远|适时"
    rf"|后(?:年|再|(?<=[妥成好完准过权意]后)|,?(?:我[们{OFFICES}]|将)?(?:{AT_ONCE}))"
    r"|立即(?<=,立即)|全年(?=[^,。]{0,14}不[少低]于)"
)
_MAY_WILL = re.compile(_WILL_WORDS)
_MAY_BE_DUE = re.compile(_DUE_WORDS)
# 下一步 · 今后 · 后续工作, and all of these
_MAY_TELL = re.compile(
    f"下[一步阶]|后(?:续|(?<=[以日]后))|{_WILL_WORDS}|{_DUE_WORDS}|决定|意(?<=同意)|由(?<=,由)"
    r"|出(?<=提出)(?!的)|赞[同成]|采纳|接受|吸收(?=[您你])"
    r"|商,(?<=[会协]商,)|商议,|论证,|比较,"  # 经与财政局会商,按每户300元发放
)


def may_tell(text: str, signed: date | None) -> bool:
    """Whether a folded text holds a word of those that promise, set a deadline, or open on plans.

    Like `may_will` and `may_be_due` quick to look for, before any pattern is searched with.
    """
    return _MAY_TELL.search(text) is not None or _may_speak(text) or _may_date(text, signed)


def may_will(text: str) -> bool:
    """Whether a folded text holds a word that every promise has one of."""
    return _MAY_WILL.search(text) is not None or _may_speak(text)


def may_be_due(text: str, signed: date | None) -> bool:
    """Whether a folded text holds what every deadline, start or condition has one of."""
    return _MAY_BE_DUE.search(text) is not None or _may_date(text, signed)


def _may_speak(text: str) -> bool:
    """Whether an office may say of itself what it will do: 我局会继续, 我们有意."""
    return "我" in text and ("会" in text or "有意" in text or "着手" in text)


def _may_date(text: str, signed: date | None) -> bool:
    """Whether a text names a month beside what ends in it, or a year that may be to come."""
    if "月" in text and names_month(text):
        return True
    return "20" in text and _years_ahead(signed.year if signed else None).search(text) is not None


@lru_cache(maxsize=64)
def _years_ahead(year: int | None) -> re.Pattern[str]:
    """The years that undertakings of a letter of this year name: its own with a part of it."""
    until = "到 ?20|至(?<!截至)(?<![日月年]至) ?20"
    if year is None:
        return re.compile(until)
    years = "|".join(f"{ahead % 100:02}" for ahead in range(year + 1, year + 8))
    return re.compile(rf"20(?:{year % 100:02} ?年度?的? ?{PART_BEGINS}|{years})|{until}")
