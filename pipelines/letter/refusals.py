"""Owns the question whether a page is a reply letter, and if it is none, what else it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipelines.letter.cues import Cues
from pipelines.letter.kinds import GROUP
from pipelines.letter.near_letters import (
    has_dateline,
    is_between_offices,
    is_business_title,
    is_draft_title,
    is_from_member,
    is_of_staff_congress,
    is_open_letter,
    is_sample_title,
    is_to_assembly,
    is_to_citizen,
    is_to_inspectors,
    is_told_in_news,
)
from pipelines.letter.other_pages import (
    ANSWERS,
    MAILBOX,
    NUMBERED,
    OF_CONGRESS,
    counts_many,
    is_document,
    is_information,
    is_list,
    is_mailbox,
    is_news,
    is_news_by_title,
    is_notice,
    is_speech,
    is_submission,
    is_summary,
)

NO_SIGN = "no sign of a reply to a suggestion or proposal"


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
# 人大代表建议办理“回头看”情况汇报
_ACCOUNT_TITLE = re.compile(r"(?:建议|提案|议案)办理[^第]{0,16}情况的?(?:汇报|报告|总结|通报)$")
# 关于…审议意见研究处理情况的报告: to a standing committee, about a report it heard
_REVIEW = re.compile(r"审议意见")
# 《关于…的审议意见》收悉 · 审议意见研究处理情况
_REVIEW_ANSWERED = re.compile(r"审议意见》?.{0,30}(?:收悉|(?:处理|落实|办理)情况)")
# 市民王先生: · 网友“青山”: · 尊敬的居民朋友; never 市民代表, nor 市|民政局, 市|民盟
_CITIZEN = re.compile(
    r"网友|网民|(?:市民(?![政族宗革盟建进防航委])|居民|群众|村民|家长|业主)(?!代表)|来信人"
)
# 司法建议书 · 检察建议 · 审计建议, of a court or an inspector; …管理办法(征求意见稿)》的意见建议
_OTHER_SUGGESTION = re.compile(r"(?:司法|检察|监察|审计|督察|巡视|巡察)建议|征求意见稿")
_ABOUT_SUBMISSION = re.compile(r"提案|建议|议案|政协|人大|代表|委员(?!会)")


# 王某委员 · 李某代表 · 市政协 · 县人大常委会
_ADDRESSED = re.compile(r"委员(?!会)|代表|政协|人大")
# 建议提案办理 · 复函
_GENRE = re.compile(r"提案|建议|议案|代表|委员|政协|人大|复函|答复")
# 王某委员 · 李某代表; never 市政协提案委员会, 代表团, 人大常委会代表工委
_PERSONS = re.compile(r"委员(?!会)|代表(?!团|大会|工委|工作|联络)")


def refusal(cues: Cues) -> str | None:
    """Why the page is no reply letter (`not a letter: …`); None where it is one.

    Rejected on positive evidence of something else, or where no cue of a letter is there at all.
    """
    reason = _something_else(cues)
    if reason is None and not _is_letter(cues):
        reason = NO_SIGN
    return f"not a letter: {reason}" if reason else None


def _something_else(cues: Cues) -> str | None:
    persons = _PERSONS.search(cues.salutation)
    for reason, holds in _WHERE_A_MEMBER_IS_ADDRESSED if persons else _WHERE_NONE_IS_ADDRESSED:
        if holds(cues):
            return reason
    if _strong(cues):
        return None
    return next((reason for reason, holds in _WEAKER if holds(cues)), None)


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
    if cues.names_submission:
        return False
    tells = not cues.title_is_letter and _ACCOUNT_TITLE.search(cues.title)
    return bool(tells or counts_many(cues.text[:1500]))


def _is_review(cues: Cues) -> bool:
    if cues.title_is_letter and NUMBERED.search(cues.title):
        return False
    return bool(_REVIEW.search(cues.title) or _REVIEW_ANSWERED.search(cues.opening))


def _is_about_other_suggestion(cues: Cues) -> bool:
    where = f"{cues.title}\n{cues.salutation}\n{cues.text[:300]}"
    if OF_CONGRESS.search(where) or GROUP.search(cues.salutation):
        return False
    return bool(_OTHER_SUGGESTION.search(where))


def _is_citizens(cues: Cues) -> bool:
    return bool(_CITIZEN.search(cues.salutation)) or is_to_citizen(
        cues.title, cues.salutation, cues.opening, cues.genre
    )


def _is_staffs(cues: Cues) -> bool:
    return is_of_staff_congress(cues.title, cues.opening)


def _is_told(cues: Cues) -> bool:
    if has_dateline(cues.salutation, cues.text):
        return True
    return not cues.title_is_letter and is_told_in_news(cues.salutation, cues.text)


def _is_of_offices(cues: Cues) -> bool:
    return is_between_offices(cues.title, cues.salutation, cues.opening)


def _is_to_assembly(cues: Cues) -> bool:
    spoken = "各位" in cues.salutation and is_speech(cues) and not cues.title_is_letter
    return spoken or is_to_assembly(cues.salutation)


def _is_sample(cues: Cues) -> bool:
    return is_sample_title(cues.title) or is_open_letter(cues.title)


def _is_inspected(cues: Cues) -> bool:
    """Whether inspectors, or an office that asks for opinions on a draft, are written to."""
    named = cues.names_submission
    return not named and (is_to_inspectors(cues.salutation) or is_draft_title(cues.title))


def _is_from_member(cues: Cues) -> bool:
    return not cues.title_is_letter and is_from_member(cues.title, cues.opening, cues.text)


def _is_business(cues: Cues) -> bool:
    return is_business_title(cues.title) and not ANSWERS.search(cues.text[:4000])


def _is_document_alone(cues: Cues) -> bool:
    return is_document(cues) and not (is_summary(cues) or ANSWERS.search(cues.text[:4000]))


def _is_notice_alone(cues: Cues) -> bool:
    return is_notice(cues) and not ANSWERS.search(cues.text[:4000])


def _strong(cues: Cues) -> bool:
    """Evidence nothing outweighs: a member is addressed, or a submission answered by number."""
    addressed = bool(_ADDRESSED.search(cues.salutation) or GROUP.search(cues.salutation))
    answers = _answers_submission(cues)
    if addressed:
        return (
            answers
            or cues.title_is_letter
            or cues.approved
            or bool(ANSWERS.search(cues.text[:3000]))
        )
    return answers and cues.title_is_letter and not MAILBOX.search(cues.opening + cues.title)


def _answers_submission(cues: Cues) -> bool:
    about = cues.names_submission or bool(_ABOUT_SUBMISSION.search(cues.opening))
    return cues.opening_answers and about


def _is_letter(cues: Cues) -> bool:
    if cues.title_is_letter or _strong(cues):
        return True
    genre = bool(_GENRE.search(cues.genre))
    opening = _answers_submission(cues)
    answered = bool(ANSWERS.search(cues.text[:4000]))
    about = bool(_ABOUT_SUBMISSION.search(cues.title + cues.opening[:300] + cues.salutation))
    return (
        (genre and (cues.signed or answered or opening))
        or (opening and (answered or cues.signed or cues.approved))
        or (about and answered and cues.signed)
    )


_Check = tuple[str, Callable[[Cues], bool]]
# Reasons in the order they are asked for.
_WHATEVER_SPEAKS_FOR_IT: tuple[_Check, ...] = (
    ("reply to a standing committee's review", _is_review),
    ("another kind of document", _is_staffs),
    ("news", _is_told),
    ("speech", _is_to_assembly),
    ("another kind of document", _is_sample),
)
_UNLESS_A_MEMBER_IS_ADDRESSED: tuple[_Check, ...] = (
    ("co-handler's opinion", _is_co_opinion),
    ("citizen mailbox reply", _is_citizens),
    ("another kind of document", _is_about_other_suggestion),
    ("another kind of document", _is_inspected),
    ("another kind of document", _is_from_member),
    ("annual summary of handling", _is_account),
    ("letter between offices", _is_of_offices),
)
_WHERE_NOTHING_IS_ANSWERED: tuple[_Check, ...] = (
    ("notice", _is_notice_alone),
    ("another kind of document", _is_document_alone),
    ("letter between offices", _is_business),
)
_WHERE_A_MEMBER_IS_ADDRESSED = (*_WHATEVER_SPEAKS_FOR_IT, *_WHERE_NOTHING_IS_ANSWERED)
_WHERE_NONE_IS_ADDRESSED = (
    *_WHATEVER_SPEAKS_FOR_IT,
    *_UNLESS_A_MEMBER_IS_ADDRESSED,
    *_WHERE_NOTHING_IS_ANSWERED,
)
_WEAKER: tuple[_Check, ...] = (
    ("speech", is_speech),
    ("answer to a request for information", is_information),
    ("citizen mailbox reply", is_mailbox),
    ("news", is_news_by_title),
    ("list of letters", is_list),
    ("annual summary of handling", is_summary),
    ("notice", is_notice),
    ("another kind of document", is_document),
    ("news", is_news),
    ("the submission itself", is_submission),
)
