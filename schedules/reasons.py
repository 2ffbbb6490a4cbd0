"""Recorded reasons in the language of their readers: the forms they have, in both languages.

The archive keeps reasons in English, in a closed set of forms: of events (`storage/presence.py`),
of a portal's state (`storage/verdict.py`) with what a server answered (`crawler/answers/`,
`crawler/network/robots.py`) in brackets, and of pages that give no letter
(`pipelines/letter/refusals.py`). A reason of no known form stays as it was recorded: an
observation is never reworded by guess.
"""

from __future__ import annotations

import re
from functools import cache

from schedules.words import Language

Forms = tuple[tuple[str, str], ...]
"""A recorded form and its Chinese, the narrower form first; `{name}` stands for a value."""

_DAY = r"\d{4}-\d{2}-\d{2}"
# 2026-05-03 · 2026-05-03, 2026-05-04 and 2026-05-05 · 7 days from 2026-05-03 to 2026-05-09
_DAYS = rf"\d+ days from {_DAY} to {_DAY}|(?:{_DAY}, )*{_DAY} and {_DAY}|{_DAY}"
_VALUES = {"days": _DAYS, "status": r"\d{3}"}
_VALUES |= dict.fromkeys(("n", "m", "k"), r"\d+")
_VALUES |= dict.fromkeys(("day", "first", "second", "rest", "last"), _DAY)
_ANY = r".+"  # of `{text}`, `{url}`, and of what has forms of its own: `{answer}`, `{sign}`

EVENTS: Forms = (
    ("last seen on {day}", "最后一次见到：{day}"),
    ("last listed on {day}", "最后一次见于列表：{day}"),
    ("found at another address", "在另一地址见到"),
    ("answered again on {day}", "{day} 再次可以打开"),
    ("first gone on {day}", "{day} 起打不开"),
    (
        "answers on {day}, but its column no longer shows it",
        "{day} 仍可打开，但栏目列表中已不见",
    ),
    ("{answer} on {days}", "{days} {answer}"),
)
DAYS: Forms = (
    ("{n} days from {day} to {last}", "{day} 至 {last} 的 {n} 天"),
    ("{first} and {last}", "{first} 和 {last}"),
    ("{first}, {rest} and {last}", "{first}、{rest} 和 {last}"),
    ("{first}, {second}, {rest} and {last}", "{first}、{second}、{rest} 和 {last}"),
)
ANSWERS: Forms = (
    ("gone", "打不开"),
    (
        "soft 404: the same answer as for an address that cannot exist",
        "得到的页面与不存在的地址所得相同（软 404）",
    ),
    ("soft 404: {text}", "页面显示“{text}”（软 404）"),
    ("redirected to the home page", "被转到首页"),
    ("redirected to a column", "被转到栏目页"),
    ("redirected to an error page", "被转到错误页"),
    ("redirected to {url}", "被转到 {url}"),
    ("{text}", "得到 {text}"),
)
PORTALS: Forms = (
    ("{n} answers blocked ({sign})", "{n} 次被拒绝访问（{sign}）"),
    ("{n} answers blocked", "{n} 次被拒绝访问"),
    ("{n} list pages could not be read ({sign})", "{n} 个列表页未能读取（{sign}）"),
    ("{n} list pages could not be read", "{n} 个列表页未能读取"),
    ("{n} of {m} pages could not be fetched ({sign})", "{m} 页中有 {n} 页未能取得（{sign}）"),
    ("{n} of {m} pages could not be fetched", "{m} 页中有 {n} 页未能取得"),
    (
        "of {k} known letters {n} came out unreadable or gone and {m} changed alike",
        "{k} 份已知复函中，{n} 份读不出或已不在，{m} 份改动雷同",
    ),
    (
        "{n} letters listed, at least {m} expected (min_letters)",
        "列表中只有 {n} 件，至少应有 {m} 件（min_letters）",
    ),
    (
        "{n} letters listed, {m} in the last healthy walk",
        "列表中只有 {n} 件，上次正常时有 {m} 件",
    ),
)
SIGNS: Forms = (
    # refused
    ("challenge: script", "浏览器验证脚本"),
    ("challenge: a script sets a cookie and reloads", "要求 cookie 的浏览器验证脚本"),
    ("challenge: a script and nothing else", "除脚本外什么都没有的浏览器验证"),
    ("login page: {text}", "登录页：{text}"),
    ("still packed", "内容仍是压缩的"),
    ("challenge: {text}", "浏览器验证：{text}"),
    ("block page: {text}", "拦截页：{text}"),
    ("redirected to a login page", "被转到登录页"),
    ("login page", "登录页"),
    ("stub of {n} bytes", "只有 {n} 字节的空页"),
    ("a page that only loads itself again", "只会重新加载自己的页面"),
    ("{status} to itself", "{status}，转向自己"),
    ("{status} in a circle, with a cookie", "{status}，循环转向并要求 cookie"),
    # failed
    ("maintenance: {text}", "维护页：{text}"),
    ("redirected to another host: {url}", "被转到别的网站：{url}"),
    ("304 to a request without validators", "答非所问的 304"),
    ("{status} to {url}", "{status}，转向 {url}"),
    ("empty body", "内容为空"),
    ("cut body", "内容不完整"),
    ("script shell: the list is not in the page", "列表由脚本生成，不在页面中"),
    ("no list page", "不是列表页"),
    ("soft 404: {text}", "页面显示“{text}”（软 404）"),
    ("redirected to the home page", "被转到首页"),
    ("redirected to a column: {text}", "被转到栏目页：{text}"),
    ("redirected to a column", "被转到栏目页"),
    ("redirected to an error page", "被转到错误页"),
    ("redirected to {url}", "被转到 {url}"),
    ("{status}, {sign}", "{status}，{sign}"),
    # no answer
    ("time-out", "超时"),
    ("host name not found", "找不到主机名"),
    ("connection refused", "连接被拒绝"),
    ("connection lost", "连接中断"),
    ("too large", "过大"),
    ("too large when unpacked", "解压后过大"),
    ("TLS: the certificate is for another host", "TLS：证书属于别的主机"),
    ("TLS: certificate verify failed", "TLS：证书验证失败"),
    ("TLS: handshake failed", "TLS：握手失败"),
    ("TLS: {text}", "TLS：{text}"),
    ("forbidden by robots.txt", "robots.txt 不允许"),
    ("RobotsUnknown: robots.txt: {sign}", "未能取得 robots.txt：{sign}"),
    (
        "ForbiddenAddress: {text} leads to {url}, which is not public",
        "{text} 指向 {url}，不是公网地址",
    ),
    ("ForbiddenAddress: {text} is no host of this portal", "{text} 不是这个门户的主机"),
    ("ForbiddenAddress: no plain http or https address: {url}", "不是普通的网址：{url}"),
)
REFUSALS: Forms = (
    ("not a letter: no sign of a reply to a suggestion or proposal", "没有答复建议或提案的迹象"),
    ("not a letter: co-handler's opinion", "是会办意见"),
    ("not a letter: citizen mailbox reply", "是对群众来信的回复"),
    ("not a letter: letter between offices", "是机关之间的来往函件"),
    ("not a letter: list of letters", "是复函的列表"),
    ("not a letter: reply to a standing committee's review", "是对常委会审议意见的回复"),
    ("not a letter: speech", "是讲话稿"),
    ("not a letter: answer to a request for information", "是对信息公开申请的答复"),
    ("not a letter: annual summary of handling", "是办理情况的总结"),
    ("not a letter: notice", "是通知公告"),
    ("not a letter: another kind of document", "是别种文件"),
    ("not a letter: news", "是新闻"),
    ("not a letter: the submission itself", "是建议或提案本身"),
    ("not a letter: {text}", "不是复函：{text}"),
    ("unreadable: no article text", "找不到正文"),
    ("unreadable: no article text found", "找不到正文"),
    ("unreadable: {text}", "读不出：{text}"),
    ("attachment only", "正文只在附件中"),
)
_FORMS_OF = {"answer": ANSWERS, "sign": SIGNS, "days": DAYS}


def event_reason(reason: str, language: Language) -> str:
    """What was observed of a letter's presence: clauses between semicolons."""
    if language == "en":
        return reason
    return "；".join(_in_chinese(clause, EVENTS) for clause in reason.split("; "))


def portal_reason(reason: str, language: Language) -> str:
    """Why a portal is not ok."""
    return reason if language == "en" else _in_chinese(reason, PORTALS)


def refusal_reason(refusal: str, language: Language) -> str:
    """Why a page gives no letter."""
    return refusal if language == "en" else _in_chinese(refusal, REFUSALS)


def answer_reason(reason: str, language: Language) -> str:
    """Why an answer is no page to read (`Verdict.reason`)."""
    return reason if language == "en" else _in_chinese(reason, SIGNS)


def _in_chinese(text: str, forms: Forms) -> str:
    for english, chinese in forms:
        if found := _pattern(english).fullmatch(text):
            values = {
                name: _in_chinese(value, _FORMS_OF[name]) if name in _FORMS_OF else value
                for name, value in found.groupdict().items()
            }
            return chinese.format(**values)
    return text


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """`last seen on {day}` as a pattern with the group `day`."""
    pieces = re.split(r"\{(\w+)\}", form)  # texts and, at odd places, names
    return re.compile(
        "".join(
            f"(?P<{piece}>{_VALUES.get(piece, _ANY)})" if place % 2 else re.escape(piece)
            for place, piece in enumerate(pieces)
        ),
        re.DOTALL,
    )
