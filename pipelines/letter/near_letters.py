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
# 贵局《关于商请明确资金来源的函》收悉, its name blotted out: one office's paper, no submission
_THEIR_PAPER = re.compile(r"\s*[你贵][局厅部办院](?:提交|报送|来文|发来)?的?_{4,}[^,。]{0,24}收悉")
_ANSWER_TITLE = re.compile(r"(?:答复|复函|回复|函复|复文|答复函|回函)(?:\([^()]{1,20}\))?$")
_ANSWERS = re.compile(r"(?:答复|回复|函复|复函|复)[^。\n]{0,8}如下")
# 关于征求市政协第55号提案答复意见的函
_ASKING_TITLE = re.compile(r"(?:征求|征询|提请审议).{0,40}(?:意见|答复|情况)的?(?:函|请示|通知)?$")
# 关于提案答复工作的提醒函 · 关于邀请列席提案办理协商会的函 · 关于召开建议面商会的函
# · 关于转办市政协提案的函
_BUSINESS_TITLE = re.compile(
    r"关于(?:商请|提请|恳请|邀请|召开|举办|举行|做好|转[办交送]|交办|分办|移交|移送|报[送请]|印[发送]"
    r"|寄送|征[求询集]|推荐)(?!.{0,60}(?:提案|建议|议案)的(?:答复|复函|回复|函复))"
    r".{0,80}(?<![复答])的?函(?:\([^()]{1,20}\))?$"
    r"|(?:提醒|督办|催办|交办|邀请|商请|询问|告知)函$"
)
# 送你单位,请于5月10日前反馈书面意见 · 请研提意见 · 请贵局于4月15日前提供有关情况 · 提请审议
_ASKS = re.compile(
    r"送(?:请|[你贵][单局委厅办部处])|请[^。]{0,40}(?:反馈|提出|研提|函复|回复)[^。]{0,10}意见|请[你贵][单局委厅办部处院会][^。]{0,24}(?:提供|报送|派员|参加)|提请[^。]{0,12}审议"
)

# 主任、各位副主任、各位委员: whom a report is read to
_ASSEMBLY = re.compile(r"各位(?:副主任|副主席|常委|领导|同志)|(?:主任|主席)[、,]? ?各位")
# 答复函标题格式 · 提案答复参考文本 · 答复函模板: how to write a letter
_SAMPLE_TITLE = re.compile(
    r"(?:答复|复函|回复)(?:函|件|意见|书)?的?(?:标题|行文|参考)?(?:格式|模板|范本|范文|样本|样式|文本)"
)
# 市委巡察组: · 县委巡察办: · 市纪委监委: · 省审计厅:, who inspect an office
_INSPECTORS = re.compile(r"巡[视察](?:组|办|工作)|督[察查]组|审计(?:署|厅|局|组)|纪委监委|纪检监察")
# 对《某市养犬管理条例(草案)》征求意见的复函 · 关于对《…》修改意见的函
_DRAFT_TITLE = re.compile(r"(?:征求|修改|反馈)意见的(?:复函|答复|回复|函)")

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

# 贵局对第12号提案的答复收悉 · 《…的复函》已收到: an answer to the answer
_ANSWER_RECEIVED = re.compile(
    r"(?:答复|复函|回复|回函)(?:函|意见|件)?[》”]?[^,。;一-鿿]{0,30}(?:已|均|现)?(?:收悉|收到)"
)
# 提案人:李明, as who signs, never as a form names who submitted
_MEMBER_SIGNS = re.compile(
    r"\n(?:提案人|建议人|委员|代表)(?:签[名字])?:[^\n]{1,20}(?:\n[^\n]{0,20})?$"
)
# 您通过12345热线反映的问题 · 您在人民网留言板提出的建议
_THROUGH = re.compile(
    r"(?:通过|在|于)[^,。]{0,16}(?:热线|留言板|信箱|网站|平台|微信|公众号)[^,。]{0,12}"
    r"(?:反映|留言|咨询|提交|投诉|来信|提出)"
)

# (记者 张某) · 本报讯 · 记者获悉 · 记者从市交通局了解到
_REPORTER = re.compile(r"\((?:本报|本网)?(?:记者|通讯员)|本[报网台]讯|记者(?:获悉|了解到|从|看到)")
# 本报讯(记者 张某)6月8日,… · 某某网讯 (通讯员 李某), at the head of a text
_DATELINE = re.compile(r"\s*(?:本[报网台]讯|[一-鿿]{0,10}讯? ?\((?:本报|本网)?(?:记者|通讯员))")
# 近日,市政协委员刘某收到了市交通局寄来的答复函
# · 他的《…提案》得到县林业局书面答复
_TELLS_OF_LETTER = re.compile(
    r"(?:委员|代表)[^。,;:]{0,12}收到了?[^。]{0,40}(?:答复|复函|回复|回函)"
    r"|(?:[他她]|委员|代表)的[^。]{0,60}(?:得到|获得|收到)了?[^。]{0,24}(?:答复|复函|回复|回函)"
)
# 市交通局收悉后,… · 该局收悉建议后,…: an office told of by another; its own letter says 我局收悉
_RECEIVED_BY = re.compile(r"(?<![我本])(?:该|市|县|区|省|州)[一-鿿]{0,10}[局委办厅部院府]收悉")
# 市交通局表示,您提出的…: a letter's words between a reporter's
_QUOTED_OFFICE = re.compile(
    r"[一-鿿]{2}[局委办厅部院府](?:负责人)?(?:表示|回应称?|[答回函]复称|复函称)[,:]?“?[您你]们?[提反的]"
)
_SECOND_PERSON = re.compile(r"[您你贵]")
# 致全体代表、委员的一封信 · 致代表委员的感谢信: nobody's submission is answered
_OPEN_LETTER = re.compile(r"致.{2,40}(?:公开|一封|感谢|慰问)信")


def is_between_offices(title: str, salutation: str, opening: str) -> bool:
    """Whether an office reports to, or asks the opinion of, other offices or a standing committee.

    An office that is given an answer (`答复如下`) may have handed in the submission itself.
    """
    if GROUP.search(salutation) or (salutation and not _are_offices(salutation)):
        return False
    if _ASKING_TITLE.search(title) or (salutation and _THEIR_PAPER.match(opening)):
        return True
    if not salutation or _ANSWER_TITLE.search(title) or _ANSWERS.search(opening):
        return False
    reports = _REPORT_TITLE.search(title) or _REPORTS.search(opening)
    members = _COMMITTEE.search(salutation) or _MEMBERS.search(f"{title}\n{opening}")
    return bool(_ASKS.search(opening) or (reports and not members))


def is_business_title(title: str) -> bool:
    """Whether a title is that of a letter that asks, invites or hands on, and answers nothing."""
    of_congress = title.endswith(("函", ")")) and _OF_CONGRESS.search(title)
    return bool(of_congress and _BUSINESS_TITLE.search(title))


def _are_offices(salutation: str) -> bool:
    names = [name for name in _AND.split(salutation) if name]
    return all(agency_alone(name) or _EACH_OFFICE.search(name) for name in names)


def is_to_assembly(salutation: str) -> bool:
    """Whether the members of a standing committee are spoken to, as in a speech."""
    return bool(_ASSEMBLY.search(salutation))


def is_to_inspectors(salutation: str) -> bool:
    """Whether those are written to who inspect an office, not those who suggest."""
    return bool(_INSPECTORS.search(salutation))


def is_sample_title(title: str) -> bool:
    """Whether a page shows how letters are to be written."""
    may = "式" in title or "板" in title or "本" in title or "范文" in title
    return may and _SAMPLE_TITLE.search(title) is not None


def is_draft_title(title: str) -> bool:
    """Whether a title is that of an opinion on a draft."""
    return bool(_DRAFT_TITLE.search(title))


def is_to_citizen(title: str, salutation: str, opening: str, genre: str) -> bool:
    """Whether 先生 or 女士 is answered, or a suggestion of the people, and no congress is named."""
    if _THROUGH.search(opening[:80]) and not _OF_CONGRESS.search(f"{salutation}\n{opening}"):
        return True
    if _OF_CONGRESS.search(f"{title}\n{salutation}\n{opening}\n{genre}"):
        return False
    return bool(_POLITE.search(salutation) or _OF_THE_PEOPLE.search(f"{title}\n{opening}"))


def is_from_member(title: str, opening: str, text: str) -> bool:
    """Whether a member writes to an office about its answer."""
    if _ANSWER_TITLE.search(title):
        return False
    return bool(_ANSWER_RECEIVED.search(opening) or _MEMBER_SIGNS.search(text[-120:].rstrip()))


def is_of_staff_congress(title: str, opening: str) -> bool:
    """Whether a proposal to the congress of a staff or of owners is answered (教代会提案)."""
    where = f"{title}\n{opening}"
    if not ("代表大会" in where or "代会" in where or "业主大会" in where):
        return False  # none is named, quicker told so than by the pattern
    of_people = "人大" in where or "政协" in where or "人民代表" in where
    return not of_people and _STAFF_CONGRESS.search(where) is not None


def has_dateline(salutation: str, text: str) -> bool:
    """Whether a text nobody is addressed in begins as a newspaper's does."""
    return not salutation and _DATELINE.match(text) is not None


def is_told_in_news(salutation: str, text: str) -> bool:
    """Whether nobody is addressed and a reporter, or a third person, tells of the letter."""
    if salutation:
        return False
    around = f"{text[:1500]}\n{text[-200:]}"
    if _REPORTER.search(around) or _TELLS_OF_LETTER.search(text[:600]):
        return True
    return _tells_of_office(text[:1500])


def _tells_of_office(text: str) -> bool:
    """Whether it is told what an office received or said, as no letter of its own speaks."""
    if _RECEIVED_BY.search(text) and not _SECOND_PERSON.search(text):
        return True
    return _QUOTED_OFFICE.search(text) is not None


def is_open_letter(title: str) -> bool:
    """Whether a title is that of a letter to everybody."""
    return _OPEN_LETTER.fullmatch(title) is not None
