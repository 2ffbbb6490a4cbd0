"""Owns what comes closest to a reply letter: between offices, to a citizen, quoted in the news."""

from __future__ import annotations

import re

from pipelines.letter.agencies import agency_alone
from pipelines.letter.kinds import GROUP

# what a submission to a congress or the CPPCC is spoken of with; 第12号建议 may be a citizen's
_OF_CONGRESS = re.compile(r"提案|议案|政协|人大|代表|委员(?!会)")
# 区政协提案委 · 市人大常委会代表工委 · 柯某代表提出的…: what is told to a committee that hands on
# a member's submission is the answer to it
_COMMITTEE = re.compile(r"政协|提案委|工作?委")
_MEMBERS = re.compile(r"代表(?!团|大会)|委员(?!会)")
# 市财政局、市人社局 · 市政府办公室和市司法局
_AND = re.compile(r"[、,和及 ]+")
# 各有关单位 · 各区县人民政府
_EACH_OFFICE = re.compile(r"各?(?:有关|相关|成员|承办|会办|协办)?(?:单位|部门)")

# 关于…议案办理情况的报告 · …的请示
_REPORT_TITLE = re.compile(r"(?:报告|请示)(?:\([^()]{1,20}\))?$")
# 现将办理情况报告如下 · 报送如下
_REPORTS = re.compile(r"(?:报告|汇报|报送|呈报|上报)[^。,;\n]{0,6}如下")
_ANSWER_TITLE = re.compile(r"(?:答复|复函|回复|函复|复文|答复函|回函)(?:\([^()]{1,20}\))?$")
_ANSWERS = re.compile(r"(?:答复|回复|函复|复函|复)[^。\n]{0,8}如下")
# 关于征求市政协第55号提案答复意见的函
_ASKING_TITLE = re.compile(r"(?:征求|征询|提请审议).{0,40}(?:意见|答复|情况)的?(?:函|请示|通知)?$")
# 送你单位,请于5月10日前反馈书面意见 · 请研提意见 · 提请审议
_ASKS = re.compile(
    r"送(?:请|[你贵][单局委厅办部处])|请[^。]{0,40}(?:反馈|提出|研提|函复|回复)[^。]{0,10}意见|提请[^。]{0,12}审议"
)

# 王先生 · 尊敬的李女士 · 张某某先生您好; 王刚先生, by his whole name, may be a member
_POLITE = re.compile(r"^(?:尊敬的 ?)?[一-鿿×*][某×*]{0,2} ?(?:先生|女士|小姐)(?:[您你]好)?[,!]?$")
# 人民建议征集 · 市民建议答复
_OF_THE_PEOPLE = re.compile(
    r"(?:人民|市民|群众|网民|居民|公众|企业家)(?:意见)?建议|建言献策|民意征集"
)

# 第五届教职工代表大会第5号提案 · 职代会提案; never 完善职工代表大会制度的建议
_STAFF = r"(?:(?:教职员?工|教工|职工|学生|工会|业主)代表大会|教代会|职代会|学代会|业主大会)"
_STAFF_CONGRESS = re.compile(
    rf"[届次] ?{_STAFF}|{_STAFF} ?(?:第?[一二三四五六七八九十\d]{{1,3}}[届次]"
    r"|[^。,]{0,12}第.{1,8}号|代表提案|提案)"
)

# (记者 张某) · 本报讯 · 记者获悉 · 记者从市交通局了解到
_REPORTER = re.compile(r"\((?:本报|本网)?(?:记者|通讯员)|本[报网台]讯|记者(?:获悉|了解到|从|看到)")
# 近日,市政协委员刘某收到了市交通局寄来的答复函
_TELLS_OF_LETTER = re.compile(
    r"(?:委员|代表)[^。,;:]{0,12}收到了?[^。]{0,40}(?:答复|复函|回复|回函)"
)


def is_between_offices(title: str, salutation: str, opening: str) -> bool:
    """Whether an office reports to, or asks the opinion of, other offices or a standing committee.

    An office that is given an answer (`答复如下`) may have handed in the submission itself.
    """
    if GROUP.search(salutation) or (salutation and not _are_offices(salutation)):
        return False
    if _ASKING_TITLE.search(title):
        return True
    if not salutation or _ANSWER_TITLE.search(title) or _ANSWERS.search(opening):
        return False
    reports = _REPORT_TITLE.search(title) or _REPORTS.search(opening)
    members = _COMMITTEE.search(salutation) or _MEMBERS.search(f"{title}\n{opening}")
    return bool(_ASKS.search(opening) or (reports and not members))


def _are_offices(salutation: str) -> bool:
    names = [name for name in _AND.split(salutation) if name]
    return all(agency_alone(name) or _EACH_OFFICE.search(name) for name in names)


def is_to_citizen(title: str, salutation: str, opening: str, genre: str) -> bool:
    """Whether 先生 or 女士 is answered, or a suggestion of the people, and no congress is named."""
    if _OF_CONGRESS.search(f"{title}\n{salutation}\n{opening}\n{genre}"):
        return False
    return bool(_POLITE.search(salutation) or _OF_THE_PEOPLE.search(f"{title}\n{opening}"))


def is_of_staff_congress(title: str, opening: str) -> bool:
    """Whether a proposal to the congress of a staff or of owners is answered (教代会提案)."""
    where = f"{title}\n{opening}"
    return bool(_STAFF_CONGRESS.search(where)) and not re.search(r"人大|政协|人民代表", where)


def is_told_in_news(salutation: str, text: str) -> bool:
    """Whether nobody is addressed and a reporter, or a third person, tells of the letter."""
    if salutation:
        return False
    around = f"{text[:1500]}\n{text[-200:]}"
    return bool(_REPORTER.search(around) or _TELLS_OF_LETTER.search(text[:600]))
