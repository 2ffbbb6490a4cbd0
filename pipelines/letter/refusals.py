"""Owns the question whether a page is a reply letter, and if it is none, what else it is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.letter.kinds import GROUP
from pipelines.letter.near_letters import (
    is_between_offices,
    is_of_staff_congress,
    is_to_citizen,
    is_told_in_news,
)

NO_SIGN = "no sign of a reply to a suggestion or proposal"


@dataclass(frozen=True, slots=True)
class Cues:
    """What there is to judge a page by; texts are folded, quoted names blotted out."""

    title: str
    title_is_letter: bool
    genre: str
    salutation: str
    opening: str
    opening_answers: bool  # it names a submission: title, number, 收悉
    names_submission: bool  # a title that ends with 建议, 提案 or 议案, or a number
    text: str  # the whole article, folded
    signed: bool
    approved: bool  # a signatory was found


# 关于市政协…会办意见的函; never 会办情况及主办答复的函
_CO_OPINION_TITLE = re.compile(
    r"(?:协办|会办|会签|分办|协同办理)(?:件|意见|的意见|函|的函|情况)(?!.{0,12}主办)"
)
# 现将我局协办意见函告如下 · 现提出以下会办意见; never 结合市财政局会办意见,现答复如下
_CO_OPINION = re.compile(
    r"(?:协办|会办|会签|分办)的?意见[^,。;:]{0,14}(?:如下|函告|函复|反馈|提供)"
    r"|(?:协办|会办|会签|分办)(?:内容|事项)(?:回复|答复|函告|函复|反馈)如下"
    r"|提出(?:如下|以下)(?:协办|会办|会签|分办)意见"
)
# 结合市财政局|会办意见: the lead office draws on the opinions it was given
_DRAWN_ON = re.compile(
    r"(?:结合|根据|依据|综合|汇总|吸收|吸纳|采纳|参考|参照|按照|征求)[^,。;:将就提]{0,60}$"
)
# 网友:您好 · 您的来信已收悉 · 您反映的…问题 · 您咨询的 · 您在市长信箱的留言
# · 来信内容:…, a label of the mailbox's own form
_MAILBOX = re.compile(
    r"来信(?:《[^《》]*》)?(?:已|现)?(?:收|受理)|(?:来信|信件|留言|咨询|诉求|问题)"
    r"(?:内容|标题|编号|类型|时间|主题)|来电|来访|网友|网民|市民(?:朋友|您好|同志|:)|您(?:所)?反映的"
    r"|你(?:所)?反映的|反映人|您咨询|你咨询|咨询的?问题"
    r"|信箱|留言|信访|诉求|投诉|12345|热线|来信人|写信人|人民建议"
)
_MAILBOX_TITLE = re.compile(r"来信|信箱|咨询|投诉|网友|留言|信访|热线|市民")
# 网友留言回复 · 市长信箱答复
_MAILBOX_ONLY = re.compile(r"网友|留言|信箱|来信")
# 2023年度建议提案办理情况 · …办理工作总结 · 办理情况统计表 · 办理结果一览表
_SUMMARY_TITLE = re.compile(
    r"办理(?:工作|答复)?(?:的)?(?:总体)?(?:情况|结果|进度)?(?:的)?(?:总结|报告|通报|公开|公示|公布"
    r"|汇总|统计|一览|目录|综述|说明|汇报|台账|清单|表|小结|分析)"
    r"|\d{4}年?度?.{0,30}(?:建议|提案|议案).{0,14}(?:办理|承办|办复|答复"
    r"|回复)(?:工作)?(?:总体)?(?:情况|结果|工作|完成情况)?(?:表|统计|汇总)?$"
    r"|(?:建议|提案)(?:办理)?(?:答复)?(?:情况|结果)?(?:公开)?(?:目录|清单|一览表|汇总表|台账)"
    r"|(?:建议|提案).{0,20}(?:办理|办复|答复)(?:工作)?(?:总体|完成)?(?:情况|工作|结果)$"
)
_SUMMARY = re.compile(
    r"(?:共|累计|合计)?(?:承办|收到|办理|交办|答复|主办)[^。]{0,40}?(?:建议|提案"
    r"|议案)[^。]{0,30}?\d{1,5} ?件"
    r"|\d{1,5} ?件[^。]{0,30}(?:办复率|办结率|满意率|见面率|答复率)"
)
_NOTICE_TITLE = re.compile(
    r"(?:通知|公告|公示|通报|启事|声明|通告|名单)(?:\(.{1,20}\))?$"
    r"|^意见征集|征求.{0,30}意见"
)
# 某某管理办法 · 实施方案 · 工作要点 · 会议纪要 · 2023年部门预算 · 领导简介
_DOCUMENT_TITLE = re.compile(
    r"(?:办法|规定|细则|方案|要点|条例|纪要|预案|决定|批复|指南|目录|清单|简介|解读|预算|决算"
    r"|年报|计划|制度|流程|须知|议程|简报|台账|(?:工作|任务|责任)(?:安排|分工)"
    r"|(?:实施|指导|若干|工作)意见)(?:\(.{1,20}\))?$"
)
# 在全市建议提案交办会上的讲话 · 某某委员的大会发言
_SPEECH_TITLE = re.compile(r"(?:讲话|发言|致辞|主持词|演讲)(?:稿|材料|提纲)?(?:\(.{1,20}\))?$")
# 市教育局召开…面商会 · 王某代表走访… · 赴…调研 · 我市…再创佳绩
_NEWS_TITLE = re.compile(
    r"(?!关于|对|就).{0,40}(?:召开|举行|举办|走访|调研|视察|莅临|赴[一-鿿]|督办会|面商会|座谈会|推进会|交办会"
    r"|协商会|见面会|佳绩|圆满)"
)
# 关于…审议意见研究处理情况的报告: to a standing committee, about a report it heard
_REVIEW = re.compile(r"审议意见")
# 市民王先生: · 网友“青山”: · 尊敬的居民朋友; never 市民代表, nor 市|民政局, 市|民盟
_CITIZEN = re.compile(
    r"网友|网民|(?:市民(?![政族宗革盟建进防航委])|居民|群众|村民|家长|业主)(?!代表)|来信人"
)
# 关于政府信息公开申请的答复 · 依申请公开告知书
_INFORMATION_TITLE = re.compile(r"信息公开申请|依申请公开|信息公开告知")
# 司法建议书 · 检察建议 · 审计建议, of a court or an inspector; …管理办法(征求意见稿)》的意见建议
_OTHER_SUGGESTION = re.compile(r"(?:司法|检察|监察|审计|督察|巡视|巡察)建议|征求意见稿")
_NEWS = re.compile(
    r"本报讯|本网讯|记者 ?[一-鿿]{2,4}|[((]?(?:通讯员|记者|供稿|撰稿|来源:.{0,20}(?:日报|晚报"
    r"|新闻|网讯))|讯\)"
    r"|^.{0,30}(?:近日|日前|\d{1,2}月\d{1,2}日(?:上午|下午|晚|,)).{0,80}(?:召开|举行|调研|走访|座谈|面商"
    r"|会见|督办)",
    re.MULTILINE,
)
_SUBMISSION_TITLE = re.compile(r"的(?:提案|建议|议案)$")
_ITEM = re.compile(r"(?:^|\n)[^\n]{0,120}(?:答复|复函|回复|的函|办理情况)[^\n]{0,24}(?=\n|$)")
_ANSWERS = re.compile(r"(?:答复|回复|函复|复函|复)[^。\n]{0,12}如下|收悉|特此[函答回]?复|此复")
_ABOUT_SUBMISSION = re.compile(r"提案|建议|议案|政协|人大|代表|委员(?!会)")


# what a submission to a congress or the CPPCC is known by
_OF_CONGRESS = re.compile(r"提案|议案|政协|人大|代表|委员(?!会)|第.{1,20}号建议")
# 王某委员 · 李某代表; never 市政协提案委员会, 代表团
_PERSONS = re.compile(r"委员(?!会)|代表(?!团|大会)")


def refusal(cues: Cues) -> str | None:
    """Why the page is no reply letter (`not a letter: …`); None where it is one.

    Rejected on positive evidence of something else, or where no cue of a letter is there at all.
    """
    reason = _something_else(cues)
    if reason is None and not _is_letter(cues):
        reason = NO_SIGN
    return f"not a letter: {reason}" if reason else None


def _something_else(cues: Cues) -> str | None:
    persons = bool(_PERSONS.search(cues.salutation))
    if not persons and _is_co_opinion(cues):
        return "co-handler's opinion"
    if _is_review(cues):
        return "reply to a standing committee's review"
    if not persons and (
        _CITIZEN.search(cues.salutation)
        or is_to_citizen(cues.title, cues.salutation, cues.opening, cues.genre)
    ):
        return "citizen mailbox reply"
    if is_of_staff_congress(cues.title, cues.opening):
        return "another kind of document"
    if not cues.title_is_letter and is_told_in_news(cues.salutation, cues.text):
        return "news"
    if not persons and _is_about_other_suggestion(cues):
        return "another kind of document"
    if not persons and _is_account(cues):
        return "annual summary of handling"
    if not persons and is_between_offices(cues.title, cues.salutation, cues.opening):
        return "letter between offices"
    if _strong(cues):
        return None
    checks = (
        ("speech", _is_speech),
        ("answer to a request for information", _is_information),
        ("citizen mailbox reply", _is_mailbox),
        ("news", _is_news_by_title),
        ("list of letters", _is_list),
        ("annual summary of handling", _is_summary),
        ("notice", _is_notice),
        ("another kind of document", _is_document),
        ("news", _is_news),
        ("the submission itself", _is_submission),
    )
    return next((reason for reason, holds in checks if holds(cues)), None)


def _is_co_opinion(cues: Cues) -> bool:
    """Whether the title says so, or an office is told `协办意见如下`; members never are."""
    if _CO_OPINION_TITLE.search(cues.title):
        return True
    if GROUP.search(cues.salutation):
        return False
    said = _CO_OPINION.finditer(cues.opening)
    return any(not _DRAWN_ON.search(cues.opening[: found.start()]) for found in said)


def _is_account(cues: Cues) -> bool:
    """Whether it tells how many a year brought (提案23件), and answers no single one."""
    return not cues.names_submission and bool(_SUMMARY.search(cues.text[:1500]))


def _is_review(cues: Cues) -> bool:
    if cues.title_is_letter and re.search(r"第.{1,20}号", cues.title):
        return False
    return bool(
        _REVIEW.search(cues.title)
        or re.search(r"审议意见》?.{0,30}(?:收悉|(?:处理|落实|办理)情况)", cues.opening)
    )


def _is_speech(cues: Cues) -> bool:
    return bool(_SPEECH_TITLE.search(cues.title))


def _is_information(cues: Cues) -> bool:
    return bool(_INFORMATION_TITLE.search(cues.title))


def _is_about_other_suggestion(cues: Cues) -> bool:
    where = f"{cues.title}\n{cues.salutation}\n{cues.text[:300]}"
    if _OF_CONGRESS.search(where) or GROUP.search(cues.salutation):
        return False
    return bool(_OTHER_SUGGESTION.search(where))


def _is_news_by_title(cues: Cues) -> bool:
    if cues.title_is_letter or cues.opening_answers:
        return False
    return bool(_NEWS_TITLE.match(cues.title) and not _ANSWERS.search(cues.text[:2000]))


def _strong(cues: Cues) -> bool:
    """Evidence nothing outweighs: a member is addressed, or a submission answered by number."""
    addressed = bool(
        re.search(r"委员(?!会)|代表|政协|人大", cues.salutation) or GROUP.search(cues.salutation)
    )
    answers = _answers_submission(cues)
    if addressed:
        return (
            answers
            or cues.title_is_letter
            or cues.approved
            or bool(_ANSWERS.search(cues.text[:3000]))
        )
    return answers and cues.title_is_letter and not _MAILBOX.search(cues.opening + cues.title)


def _answers_submission(cues: Cues) -> bool:
    about = cues.names_submission or bool(_ABOUT_SUBMISSION.search(cues.opening))
    return cues.opening_answers and about


def _is_letter(cues: Cues) -> bool:
    genre = bool(re.search(r"提案|建议|议案|代表|委员|政协|人大|复函|答复", cues.genre))
    opening = _answers_submission(cues)
    answered = bool(_ANSWERS.search(cues.text[:4000]))
    about = bool(_ABOUT_SUBMISSION.search(cues.title + cues.opening[:300] + cues.salutation))
    return (
        _strong(cues)
        or cues.title_is_letter
        or (genre and (cues.signed or answered or opening))
        or (opening and (answered or cues.signed or cues.approved))
        or (about and answered and cues.signed)
    )


def _is_mailbox(cues: Cues) -> bool:
    if _MAILBOX_ONLY.search(cues.title) and not _OF_CONGRESS.search(cues.title):
        return True
    where = f"{cues.title}\n{cues.salutation}\n{cues.text[:200]}\n{cues.opening or cues.text[:400]}"
    if _OF_CONGRESS.search(where):
        return False
    return bool(_MAILBOX.search(where) or _MAILBOX_TITLE.search(cues.title))


def _is_list(cues: Cues) -> bool:
    return (
        not cues.opening_answers
        and len(_ITEM.findall(cues.text[:20_000])) >= 5
        and cues.text.count("。") < 5
    )


def _is_summary(cues: Cues) -> bool:
    if cues.title_is_letter and re.search(r"第.{1,20}号", cues.title):
        return False
    if re.search(r"(?:答复|复函|回复|函)(?:\(.{1,20}\))?$", cues.title):
        return False
    return bool(
        _SUMMARY_TITLE.search(cues.title)
        or (not cues.opening_answers and _SUMMARY.search(cues.text[:3000]))
    )


def _is_notice(cues: Cues) -> bool:
    return bool(_NOTICE_TITLE.search(cues.title)) and not cues.title_is_letter


def _is_document(cues: Cues) -> bool:
    return bool(_DOCUMENT_TITLE.search(cues.title)) and not cues.title_is_letter


def _is_news(cues: Cues) -> bool:
    if cues.title_is_letter or cues.opening_answers:
        return False
    return bool(_NEWS.search(cues.text[:600]) or _NEWS.search(cues.text[-200:]))


def _is_submission(cues: Cues) -> bool:
    return (
        bool(_SUBMISSION_TITLE.search(cues.title))
        and not _ANSWERS.search(cues.text[:2000])
        and not cues.signed
    )
