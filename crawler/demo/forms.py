"""The forms letters take: how a submission, an addressee, an opening, a sign-off is printed.

Each tuple is one part of the letter with the forms seen on real portals; `crawler.demo.invent`
deals them out so that every form occurs.
"""

from __future__ import annotations

from datetime import date
from typing import Literal


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# --- numbers: how what stands between 第 and 号 is made of a running number and a year -------

NUMBER_FORMS = (
    "{n:04d}",
    "{n:04d}",
    "{n}",
    "DH{n:04d}",
    "{year}0118{n:06d}",
    "{year}{n:03d}",
    "{n}-{m}",
    "{n:05d}",
)
GROUP_NUMBER = "（{group}类{m}号）"  # some assemblies print it behind the number: 第02403号（…）

# --- assemblies: 6 and 3 of "the third session of the sixth" ---------------------------------

ASSEMBLY_FORMS = {
    "proposal": (
        "市政协{term}届{session}次会议",
        "市政协{term}届{session}次会议",
        "市政协第{term}届{session}次会议",
        "第{term}届第{session}次",
    ),
    "suggestion": (
        "市{term}届人大{session}次会议",
        "市{term}届人大第{session}次会议",
        "市第{term}届人民代表大会第{session}次会议",
        "第{term}届第{session}次",
    ),
}
_SESSIONS = {
    2021: ("五", "四"),
    2022: ("五", "五"),
    2023: ("六", "一"),
    2024: ("六", "二"),
    2025: ("六", "三"),
    2026: ("六", "四"),
}
YEARS = tuple(_SESSIONS)[:-1]  # those a first crawl finds


def assembly_of(form: str, year: int) -> str:
    """Print the session of January of `year`; raises KeyError where none is known."""
    term, session = _SESSIONS[year]
    return form.format(term=term, session=session)


# --- titles ----------------------------------------------------------------------------------

TITLE_FORMS = (
    "{agency}关于{assembly}{numbered}的复函",
    "关于{assembly}{numbered}答复的函",
    "关于{assembly}{numbered}办理情况的答复函",
    "对{assembly}{numbered}的答复",
    "关于答复{assembly}{numbered}的函",
    "关于{assembly}{numbered}的回复",
    "{agency}关于{assembly}{numbered}的复函",
    "{agency}关于对{assembly}{numbered}的答复函",
)

# --- addressees ------------------------------------------------------------------------------

AddresseeForm = Literal[
    "one", "honoured", "two with blanks", "et al.", "three", "group", "branch", "no colon", "none"
]
ADDRESSEE_FORMS: tuple[AddresseeForm, ...] = (
    "one",
    "one",
    "honoured",
    "two with blanks",
    "et al.",
    "three",
    "group",
    "branch",
    "no colon",
    "none",
)
GROUPS = {
    "proposal": ("市政协九三学社界别", "市政协科技界", "市工商联", "市政协经济界别"),
    "suggestion": ("市人大青溪代表团", "市人大北埠代表团", "市人大云浦代表团"),
}
BRANCHES = {
    "proposal": ("民盟青溪区总支", "民建澜江市委", "农工党临津区支部", "致公党澜江市委"),
    "suggestion": ("市人大南屏代表团", "市人大石槛代表团", "市人大丰泉代表团"),
}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = _words(
    "晓岚 明远 文博 雪梅 志刚 海燕 建国 娜 纯 启明 雨 卓 佳怡 立群 素琴 永强 思齐 春华 瑞 敏 "
    "国栋 丽萍 铁军 梓涵 红 光辉 学勤 静 伯安 秋月 青山 楠 维 承志 如意 小川 宇航 凤 一鸣"
)


def salutation(form: AddresseeForm, names: tuple[str, ...], member: str) -> str | None:
    """Print the line a letter begins with; `member` is 委员 or 代表, a group is its only name."""
    match form:
        case "none":
            return None
        case "group" | "branch":
            return f"{names[0]}："
        case "one":
            return f"{names[0]}{member}："
        case "honoured":
            return f"尊敬的{names[0]}{member}："
        case "no colon":
            return f"{names[0]}{member}"
        case "two with blanks":
            # 魏 娜 朱 纯委员：
            spaced = (f"{name[0]} {name[1]}" if len(name) == 2 else name for name in names)
            return f"{' '.join(spaced)}{member}："
        case "et al.":
            return f"{'、'.join(names)}等{len(names) + 2}名{member}："
        case "three":
            return f"{'、'.join(names)}{member}："


# --- submissions' titles and openings --------------------------------------------------------

SUBMISSION_TITLES = (
    "关于加快推进{name}的建议",
    "关于进一步加强{name}工作的提案",
    "推动{object}高质量发展的建议",
    "关于破解{trouble}难题 推进{name}的建议",
    "关于支持{actor}参与{object}建设的建议",
    "大力发展{object}，促进{name}",
    "关于在{district}开展“{object}”试点的建议",
    "关于加大{object}支持力度的提案",
    "关于以{object}带动{name}的几点建议",
    "强化{object}支撑，让{actor}“敢闯敢试”的建议",
)
QUOTES = ("《{}》", "《{}》", "“{}”", "《{}》")
# {title} in its quotes, {numbered}: 第0328号提案, {assembly}, {you}, {we}: 我局
OPENINGS = (
    "{you}提出的{title}（{numbered}）收悉。",
    "{you}在{assembly}上提出的{title}（{numbered}）收悉。",
    "{you}提出的{title}{word}（{numbered}）已交我们研究办理。",
    "收到{you}{title}（{numbered}）后，我们高度重视，专题研究。",
    "{title}（{numbered}）收悉。",
    "{assembly}期间，{you}提出的{title}（{numbered}）已收悉，感谢{you}对我们工作的关心。",
    "{you}关于{name}的{word}即{title}收悉。",
    "{you}提出的{title}（{numbered}）由{we}主办，现已办理完毕。",
)
CO_HANDLING = (
    "经与{offices}共同研究办理，现答复如下：",
    "经研究办理，现答复如下：",
    "经会同{offices}研究，现将有关情况答复如下：",
    "经商{offices}，现答复如下：",
    "{we}会同{last_two}进行了研究，现将办理情况函复如下：",
    "经{we}会同{offices}等单位研究办理，现答复如下：",
    "现答复如下：",
)

# --- sign-offs -------------------------------------------------------------------------------

# {head}: 局长
APPROVALS = (
    "此复函已经{signatory}{head}审签。",
    "此答复函已经{signatory}{head}审签。",
    "本复函经{signatory}{head}审定。",
    "此复函经{we}办公会审定，由{signatory}{head}签发。",
    "签发人：{signatory}",
    "领导签发：{signatory}",
)
CLOSINGS = (
    "感谢{you}对{name}工作的关心和支持！",
    "如{you}对本答复有不同意见，请在回执中注明并寄回{we}。",
    "以上答复，请{you}审阅，并欢迎继续提出宝贵意见。",
    "特此函复。",
    "专此答复，诚挚感谢{you}对我市{name}工作的关注。",
)

# --- dates under the signature ---------------------------------------------------------------

DateForm = Literal["2025年5月16日", "二〇二五年五月十六日", "2025 年 5 月 16 日", "2025年05月16日"]
DATE_FORMS: tuple[DateForm, ...] = (
    "2025年5月16日",
    "2025年5月16日",
    "二〇二五年五月十六日",
    "2025 年 5 月 16 日",
    "2025年5月16日",
    "2025年05月16日",
)
_DIGITS = "〇一二三四五六七八九"


def print_date(day: date, form: DateForm) -> str:
    """Print a date in one of the forms found under letters."""
    match form:
        case "二〇二五年五月十六日":
            year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
            return f"{year}年{_in_words(day.month)}月{_in_words(day.day)}日"
        case "2025 年 5 月 16 日":
            return f"{day.year} 年 {day.month} 月 {day.day} 日"
        case "2025年05月16日":
            return f"{day:%Y}年{day:%m}月{day:%d}日"
        case _:
            return f"{day.year}年{day.month}月{day.day}日"


def _in_words(number: int) -> str:
    """Print 1 to 39 the Chinese way: 十六, 二十, 三十一."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")


# --- outcome classes -------------------------------------------------------------------------

OUTCOME_FORMS = ("办理结果：（{}）", "办复类别：{}类", "类别：{}", "办理结果：{}类")
OUTCOME_CLASSES = ("A", "B", "A", "C", "B1", "A", "B")
DOCUMENT_NUMBER_FORMS = (
    "{word}〔{year}〕{n}号",
    "{word}〔{year}〕{n}号",
    "{word}【{year}】{n}号",
    "{word}〔{year}〕第{n}号",
    "{word}[{year}]{n}号",
)

# --- what stands after the date --------------------------------------------------------------

TAILS: tuple[tuple[str, ...], ...] = (
    ("联系人：{person}", "联系电话：{telephone}", "邮政编码：509000"),
    ("（联系人：{person}；联系电话：{telephone}）",),
    ("抄送：{overseer}，市政府督查办。",),
    ("（此件公开发布）",),
    (),
)
