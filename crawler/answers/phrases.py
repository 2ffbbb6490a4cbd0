"""What a page says of itself: that it refuses us, wants a login, is under repair, or is gone.

A letter may write about any of them (《关于解决网站页面不存在问题的建议》), so a phrase counts only
where it is all the page has to say: on a short page, in its title, or as a line of its own.

An error page names several (页面不存在 … 可能您没有访问权限 … 或服务器繁忙): what it says first is
what it means, the rest are guesses. Only a firewall's own words count wherever they stand, since it
may hide behind a title of 404. Of two in one line that is taken which claims less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from crawler.answers.letter_marks import holds_letter, is_letter_title
from crawler.answers.page_text import PageText

# how many Chinese characters a page may show and still be an error page by itself, an error page
# inside the site's frame; of a longer one the title alone is heard
_SHORT, _FRAMED = 150, 800
_LINE = 50
_LONGEST_ERROR = 4_000  # characters of an error told in JSON
_ALERTS_STAND = 20_000  # characters of a page whose alerts are read

# 关于解决网页不存在问题建议的答复:  a letter's title, not a message;  not 页面不存在,建议您返回首页
_LETTER_TITLE = re.compile(
    r"提案|复函|答复|议案|建议(?!您|你|用户|大家|使用|尝试|检查|返回|刷新|联系|稍[后候]|重新|直接|点击|[:：])"
)
# 您的访问过于频繁 · 访问频率过高 · 疑似攻击行为,已被拦截 · 正在进行安全检查 · 系统检测到异常访问 ·
# 您的IP地址不在允许访问的范围内 · 当前IP不在白名单 · 本网站不对境外IP提供服务 ·
# 仅限中国大陆地区访问 · 您所在的地区暂不支持访问 · 正在验证您的访问环境 ·
# The requested URL was rejected
_FIREWALL = re.compile(
    r"(?:访问|请求|操作|点击)(?:次数|频率|速度)?(?:过于|太过?|过)(?:频繁|多|快|高)"
    r"|安全验证|人机(?:验证|识别)|滑动验证|正在[^,，。]{0,10}(?:安全|环境|浏览器)[^,，。]{0,6}(?:检查|检测|验证)"
    r"|正在(?:检查|检测|验证)[^,，。]{0,10}(?:安全|环境|浏览器)"
    r"|IP[^,，。]{0,10}不(?:在|被|予)?[^,，。]{0,6}(?:允许|许可|授权|白名单)|不[对向][^,，。]{0,4}境外"
    r"|(?:禁止|限制|拒绝)[^,，。]{0,4}境外|仅[^,，。]{0,8}(?:大陆|境内|国内|内网|外网|专网)[^,，。]{0,6}(?:访问|浏览|用户|开放)"
    r"|(?:地区|区域|国家)[^,，。]{0,6}(?:不支持|无法|不能)[^,，。]{0,4}访问"
    r"|异常(?:访问|请求|流量)|访问(?:行为)?(?:存在)?异常|滑块"
    r"|(?:访问|请求|操作|行为)[^,，。]{0,14}(?:拦截|阻断|拒绝|禁止|限制|受限)|(?:已|被)[^,，。]{0,16}(?:拦截|阻断)"
    r"|拒绝(?:了您的)?访问|禁止访问|疑似[^,，。]{0,8}攻击|不合法的?参数"
    r"|应用防火墙|网站防火墙|网络防火墙|创宇盾|安全狗|云锁|护卫神"
    r"|浏览器安全检查|检查您的浏览器|IP[^,，。]{0,30}(?:封|黑名单)"
    r"|access denied|request(?:ed url)? (?:was )?(?:blocked|rejected)|too many requests"
    r"|checking your browser|unusual traffic|verify you are (?:a )?human|blocked by",
    re.IGNORECASE,
)
# 请输入验证码 · 验证已过期 · 没有访问权限 · 非法访问 · 403 Forbidden · 该网址已被屏蔽 ·
# 请开启JavaScript并刷新该页:  a login box, an error's list of causes may say so, too
_REFUSED = re.compile(
    r"验证码|验证[^,，。]{0,6}(?:失效|过期|失败)|没有(?:访问)?权限|无权访问|非法(?:访问|请求|来源)|forbidden"
    r"|(?:网址|链接|地址|网页|页面)[^,，。]{0,8}屏蔽"
    r"|(?:开启|启用|打开|enable)\s*(?:浏览器的?\s*)?(?:javascript|cookie)",
    re.IGNORECASE,
)
# 请登录后查看 · 登录超时,请重新登录
_LOGIN_WANTED = re.compile(
    r"登[录陆](?:之后|以后|后)[^,，。]{0,6}(?:查看|浏览|访问|操作)|登[录陆](?:已经?)?(?:超时|失效|过期)"
)
# 请先登录 · 您还未登录:  a comment box in a page's frame may say so, too
_LOGIN_FIRST = re.compile(r"(?:请|需)要?[先重]新?登[录陆]|(?:未|没有)登[录陆]")
# 网站正在升级维护 · 系统维护中,请稍后访问 · 暂停服务 · 网站建设中 · 本网站已下线 · 平台已关停整合 ·
# 您访问的服务不存在 · 没有找到站点 · 网站未备案 · 域名已过期:  of the site, not of a page on it
# (网站页面已下线, 系统中不存在该信息), nor 网站维护单位：信息中心
_UPKEEP = re.compile(
    r"(?:系统|网站|平台|门户|服务器?|数据库)[^,，。]{0,10}"
    r"(?:维护(?!单位|电话|管理|[人员者方商:：])|升级|检修|改版|割接|迁移|加固|建设中)"
    r"|(?:网站|站点|本站|平台|系统|服务|应用|域名)[^,，。;；页信文内栏中]{0,8}"
    r"(?:下线|关停|关闭|停用|停止|注销|并入|整合|到期|过期|欠费|不存在(?![该此这])|未(?:进行|取得|完成)?备案)"
    r"|(?:没有|没|未)找到[^,，。;；]{0,6}(?:站点|网站|域名|主机)"
    r"|维护中|升级中|检修中|(?:暂停|停止)(?:对外)?(?:服务|访问|运行|开放)|暂时(?:无法|不能|关闭)"
    r"|under (?:maintenance|construction)",
    re.IGNORECASE,
)
# 服务器繁忙,请稍后再试 · 数据库连接失败 · 502 Bad Gateway ·
# Error establishing a database connection
_FAULT = re.compile(
    r"(?:系统|服务器?|网络|网关|程序|请求)(?:繁忙|忙|错误|异常|故障|出错|超时)"
    r"|连接(?:失败|超时|异常|出错|错误)|服务[^,，。]{0,4}不可用"
    r"|(?:temporarily |currently |service )unavailable|bad gateway|gateway time-?out"
    r"|internal server error|error establishing a database connection",
    re.IGNORECASE,
)
# 请稍后再试 · 请联系管理员:  advice that any error may give
_ADVICE = re.compile(r"请?稍[后候](?:再试|重试|再访问|访问)|请联系(?:系统|网站)?管理员")
# 您访问的页面不存在 · 该信息已被删除 · 找不到您要的网页 · 文章已下线 · 页面走丢了 · 无此文章 ·
# 该信息已取消发布 · 没有查询到相关信息 · Page Not Found
_THING = r"(?:页面?|网页|文章|信息|内容|文[件档]|资源|栏目|地址|链接|网址|数据|稿件|记录|公告)"
_LOST = (
    r"(?:不存在|找不到|不见了|(?:没有|没|未|未能|无法)(?:找到|发布)|取消发布"
    r"|(?:走|跑|丢)(?:丢|失)|迷(?:路|失)"
    r"|(?:已经?|已被|被|经)?[^,，。;；]{0,4}(?:删除|移除|移走|移动|撤销|撤下|撤回|撤稿|下线|下架|屏蔽"
    r"|(?:失效|过期)(?![^。]{0,16}(?:刷新|重新|重试))))"
)
_MISSING = re.compile(
    rf"{_THING}[^,，。;；]{{0,12}}?{_LOST}"
    r"|(?:找不到|(?:没有|没|未|未能|无法)(?:找|查|查询|检索)到)[^,，。;；]{0,12}(?:页面?|网页|文章|信息|内容|文[件档]|资源|地址|数据|记录)"
    r"|(?:查?无|没有|不存在)(?:此|该|这[个篇条])(?:页面?|网页|文章|信息|内容|文[件档]|稿件|记录)"
    r"|(?:page|file|resource|document|url)[\w\s]{0,30}not (?:be )?found|^\W*not found\W*$"
    r"|已被删除|已下线|已经删除",
    re.IGNORECASE,
)
# 该信息已归档 · 该信息不公开 · 信息已关闭:  a page that still shows its article may say so, too
_CLOSED = re.compile(
    rf"{_THING}[^,，。;；]{{0,6}}"
    r"(?:已[经被]?[^,，。;；]{0,4}(?:归档|关闭|隐藏)|不公开|不予公开|无法(?:查看|浏览|显示))"
)
# 会话超时,页面已过期 · 您长时间未操作,页面已失效 · 浏览器版本过低,部分内容无法显示:  of one visit
_OF_VISIT = re.compile(
    r"会话|长时间|部分(?:内容|页面|信息)|浏览器[^,，。]{0,4}(?:版本|过低|不支持|内核)"
    r"|(?:升级|更换|使用|不支持)[^,，。]{0,8}浏览器"
)
# 404 · 404 Not Found · 错误404 · HTTP 404-页面没有找到 · HTTP Status 404;  not 第404号提案的复函
_404 = re.compile(
    r"^\W*404\W*$|(?<![\d第])404\W{0,4}(?:页面?|错误|出错|not|error|找不到|[-–—_|])|(?:error|错误|http|status)\W{0,4}404(?!\d)",
    re.IGNORECASE,
)
# {"code":404,"msg":"Not Found","data":null} · {"status": "404"}
_TOLD_404 = re.compile(
    r"[\"'](?:code|status|errcode|statuscode)[\"']\s*:\s*[\"']?4(?:04|10)\b", re.IGNORECASE
)
# alert("该信息不存在！");history.back();
_ALERT = re.compile(r"\balert\s*\(\s*[\"']([^\"'<>]{2,100})[\"']")
# <input type="password" name="pwd">
_PASSWORD = re.compile(r"<input\b[^<>]{0,300}\btype\s*=\s*[\"']?password", re.IGNORECASE)


class Saying(StrEnum):
    """What a page may say of itself, as reasons begin."""

    REFUSED = "block page"
    LOGIN = "login page"
    UPKEEP = "maintenance"
    FAULT = "fault"
    MISSING = "soft 404"


@dataclass(frozen=True, slots=True)
class Said:
    """What a page says, and in which words."""

    saying: Saying
    words: str

    @property
    def reason(self) -> str:
        """As verdicts tell it: `soft 404: 页面不存在`."""
        kind = Saying.UPKEEP if self.saying is Saying.FAULT else self.saying
        return f"{kind}: {self.words}"


_Phrases = tuple[tuple[Saying, re.Pattern[str]], ...]
# in the order they are looked for in one line
_IN_LINE: _Phrases = (
    (Saying.REFUSED, _REFUSED),
    (Saying.LOGIN, _LOGIN_WANTED),
    (Saying.LOGIN, _LOGIN_FIRST),
    (Saying.UPKEEP, _UPKEEP),
    (Saying.MISSING, _MISSING),
    (Saying.FAULT, _FAULT),
)
_IN_FRAME: _Phrases = ((Saying.LOGIN, _LOGIN_WANTED), (Saying.MISSING, _MISSING))
_AT_LAST: _Phrases = (
    (Saying.MISSING, _CLOSED),
    (Saying.MISSING, _404),
    (Saying.FAULT, _ADVICE),
)


def first_said(page: PageText) -> Said | None:
    """What the page says of itself; None where it shows a letter, or nothing of the kind."""
    said = _told_in_json(page) or _told_in_lines(page)
    return None if said is None or holds_letter(page) else said


def _told_in_lines(page: PageText) -> Said | None:
    own, framed = list(_own_lines(page)), list(_framed_lines(page))
    return (
        _first(own, ((Saying.REFUSED, _FIREWALL),))
        or _first(own, _IN_LINE)
        or _first(framed, _IN_FRAME)
        or next(filter(None, (_first(own, (phrase,)) for phrase in _AT_LAST)), None)
    )


def asks_for_password(page: PageText) -> bool:
    """Whether a short page without a letter has a field for a password."""
    short = len(page.chinese) <= 2 * _SHORT and not holds_letter(page)
    return short and bool(_PASSWORD.search(page.source))


def closing_words(page: PageText) -> str | None:
    """What a short line says of an article that is kept back (该信息已归档), within a frame too.

    To be asked only where the article does not show: pages that show theirs may say it as well.
    """
    said = _first([*_own_lines(page), *_framed_lines(page)], ((Saying.MISSING, _CLOSED),))
    return said.words if said else None


def _own_lines(page: PageText) -> Iterator[str]:
    """What a page has to say itself: headings; of a short one every line, and its alerts."""
    shown = len(page.chinese)
    headings = page.headings[:1] if shown > _FRAMED else page.headings
    yield from (heading for heading in headings if len(heading) <= _LINE)
    if shown <= _SHORT:
        yield from (line[:1000] for line in page.lines[:400])
        yield from _ALERT.findall(page.source[:_ALERTS_STAND])


def _framed_lines(page: PageText) -> Iterator[str]:
    """Short lines between a site's navigation and footer, of which one may be the page's own.

    One that speaks of repairs as well (升级期间一些页面无法找到) says nothing of this page.
    """
    if _SHORT < len(page.chinese) <= _FRAMED:
        for line in page.lines[:400]:
            if len(line) <= _LINE and not _UPKEEP.search(line):
                yield line


def _first(lines: list[str], phrases: _Phrases) -> Said | None:
    for line in lines:
        if _LETTER_TITLE.search(line) or is_letter_title(line):
            continue
        for saying, phrase in phrases:
            found = phrase.search(line)
            if found and not (saying is Saying.MISSING and _OF_VISIT.search(line)):
                return Said(saying, found[0].strip()[:_LINE])
    return None


def _told_in_json(page: PageText) -> Said | None:
    """`"code":404`, where the answer is a short object."""
    if page.source.lstrip("\ufeff \r\n\t")[:1] != "{" or len(page.source) > _LONGEST_ERROR:
        return None
    told = _TOLD_404.search(page.source)
    return Said(Saying.MISSING, told[0]) if told else None
