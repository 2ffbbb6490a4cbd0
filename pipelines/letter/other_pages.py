"""Owns the pages that stand in the same columns as reply letters, told by title and text."""

from __future__ import annotations

import re

from pipelines.letter.cues import Cues

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
_NOTICE_TITLE = re.compile(
    r"(?:通知|公告|公示|通报|启事|声明|通告|名单)(?:\(.{1,20}\))?$"
    r"|^意见征集|征求.{0,30}意见"
)
# 某某管理办法 · 实施方案 · 工作要点 · 会议纪要 · 2023年部门预算 · 领导简介 · 感谢信 · 邀请函
_DOCUMENT_TITLE = re.compile(
    r"(?:办法|规定|细则|方案|要点|条例|纪要|预案|决定|批复|指南|目录|清单|简介|解读|预算|决算"
    r"|年报|计划|制度|流程|须知|议程|简报|台账|(?:工作|任务|责任)(?:安排|分工)"
    r"|(?:实施|指导|若干|工作)意见|(?:感谢|慰问|公开|贺|表扬|致.{1,20}的一?封?)信|邀请函|请柬|倡议书|申请书"
    r"|承诺书|聘书|回执|(?:评议|评价|测评|征询|反馈)(?:意见)?表)(?:\(.{1,20}\))?$"
)
# 在全市建议提案交办会上的讲话 · 某某委员的大会发言
_SPEECH_TITLE = re.compile(r"(?:讲话|发言|致辞|主持词|演讲)(?:稿|材料|提纲)?(?:\(.{1,20}\))?$")
# 市教育局召开…面商会 · 王某代表走访… · 赴…调研 · 我市…再创佳绩
_NEWS_TITLE = re.compile(
    r"(?!关于|对|就).{0,40}(?:召开|举行|举办|走访|调研|视察|莅临|赴[一-鿿]|督办会|面商会|座谈会|推进会|交办会"
    r"|协商会|见面会|佳绩|圆满)"
)
# 关于政府信息公开申请的答复 · 依申请公开告知书
_INFORMATION_TITLE = re.compile(r"信息公开申请|依申请公开|信息公开告知")
_NEWS = re.compile(
    r"本报讯|本网讯|记者 ?[一-鿿]{2,4}|[((]?(?:通讯员|记者|供稿|撰稿|来源:.{0,20}(?:日报|晚报"
    r"|新闻|网讯))|讯\)"
    r"|^.{0,30}(?:近日|日前|\d{1,2}月\d{1,2}日(?:上午|下午|晚|,)).{0,80}(?:召开|举行|调研|走访|座谈|面商"
    r"|会见|督办)",
    re.MULTILINE,
)
_SUBMISSION_TITLE = re.compile(r"的(?:提案|建议|议案)$")
_ITEM = re.compile(r"(?:^|\n)[^\n]{0,120}(?:答复|复函|回复|的函|办理情况)[^\n]{0,24}(?=\n|$)")
# 网友:您好 · 您的来信已收悉 · 您反映的…问题 · 您咨询的 · 您在市长信箱的留言
# · 来信内容:…, a label of the mailbox's own form
MAILBOX = re.compile(
    r"来信(?:《[^《》]*》)?(?:已|现)?(?:收|受理)|(?:来信|信件|留言|咨询|诉求|问题)"
    r"(?:内容|标题|编号|类型|时间|主题)|来电|来访|网友|网民|市民(?:朋友|您好|同志|:)|您(?:所)?反映的"
    r"|你(?:所)?反映的|反映人|您咨询|你咨询|咨询的?问题"
    r"|信箱|留言|信访|诉求|投诉|12345|热线|来信人|写信人|人民建议"
)
_SUMMARY = re.compile(
    r"(?:共|累计|合计)?(?:承办|收到|办理|交办|答复|主办)[^。]{0,40}?(?:建议|提案"
    r"|议案)[^。]{0,30}?\d{1,5} ?件"
    r"|\d{1,5} ?件[^。]{0,30}(?:办复率|办结率|满意率|见面率|答复率)"
)
# 提案23|件: what every such count has
_PIECES = re.compile(r"件(?:(?<=\d件)|(?<=\d 件))")
# 现答复|如下 · …收悉 · 特此函复; each begins with a plain character, to which `re` leaps
ANSWERS = re.compile(
    "|".join(rf"{word}[^。\n]{{0,12}}如下" for word in ("答复", "回复", "函复", "复函", "复"))
    + "|收悉|特此[函答回]?复|此复"
)
# 关于市政协第12号提案的|答复(A类)
_ANSWER_TITLE = re.compile(r"(?:答复|复函|回复|函)(?:\(.{1,20}\))?$")
# 第12号
NUMBERED = re.compile(r"第.{1,20}号")
# what a submission to a congress or the CPPCC is known by
OF_CONGRESS = re.compile(r"提案|议案|政协|人大|代表|委员(?!会)|第.{1,20}号建议")


def counts_many(text: str) -> bool:
    """Whether a text tells how many submissions a year brought: 共办理提案23件."""
    return bool(_PIECES.search(text) and _SUMMARY.search(text))


def is_speech(cues: Cues) -> bool:
    """Whether the title is that of a speech."""
    return bool(_SPEECH_TITLE.search(cues.title))


def is_information(cues: Cues) -> bool:
    """Whether a request for government information is answered."""
    return bool(_INFORMATION_TITLE.search(cues.title))


def is_mailbox(cues: Cues) -> bool:
    """Whether a letter to a mailbox or hot line is answered, and no congress is named."""
    if _MAILBOX_ONLY.search(cues.title) and not OF_CONGRESS.search(cues.title):
        return True
    where = f"{cues.title}\n{cues.salutation}\n{cues.text[:200]}\n{cues.opening or cues.text[:400]}"
    if OF_CONGRESS.search(where):
        return False
    return bool(MAILBOX.search(where) or _MAILBOX_TITLE.search(cues.title))


def is_news_by_title(cues: Cues) -> bool:
    """Whether the title tells of a meeting or a visit, and nothing is answered."""
    if cues.title_is_letter or cues.opening_answers:
        return False
    return bool(_NEWS_TITLE.match(cues.title) and not ANSWERS.search(cues.text[:2000]))


def is_list(cues: Cues) -> bool:
    """Whether the page only lists titles of letters."""
    return (
        not cues.opening_answers
        and len(_ITEM.findall(cues.text[:20_000])) >= 5
        and cues.text.count("。") < 5
    )


def is_summary(cues: Cues) -> bool:
    """Whether the page tells how all the submissions of a year were handled."""
    if cues.title_is_letter and NUMBERED.search(cues.title):
        return False
    if _ANSWER_TITLE.search(cues.title):
        return False
    return bool(
        _SUMMARY_TITLE.search(cues.title)
        or (not cues.opening_answers and counts_many(cues.text[:3000]))
    )


def is_notice(cues: Cues) -> bool:
    """Whether the title is that of a notice."""
    return not cues.title_is_letter and bool(_NOTICE_TITLE.search(cues.title))


def is_document(cues: Cues) -> bool:
    """Whether the title is that of a rule, a plan, minutes or another document."""
    return not cues.title_is_letter and bool(_DOCUMENT_TITLE.search(cues.title))


def is_news(cues: Cues) -> bool:
    """Whether a reporter or a day and a meeting open or end the text."""
    if cues.title_is_letter or cues.opening_answers:
        return False
    return bool(_NEWS.search(cues.text[:600]) or _NEWS.search(cues.text[-200:]))


def is_submission(cues: Cues) -> bool:
    """Whether the page is a suggestion or proposal itself."""
    return (
        bool(_SUBMISSION_TITLE.search(cues.title))
        and not ANSWERS.search(cues.text[:2000])
        and not cues.signed
    )
