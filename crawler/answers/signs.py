"""The signs by which a page says of itself that it is no letter: block, login, upkeep, missing.

A letter may write about any of them (《关于解决网站页面不存在问题的建议》), so a phrase counts only
where it is all the page has to say: on a short page, in its title, or as a line of its own.
"""

from __future__ import annotations

import re

from crawler.answers.letter_marks import holds_letter, is_letter_title
from crawler.answers.page_text import PageText

# how many Chinese characters a page may show and still be a challenge, an error page by itself,
# an error page inside the site's frame
_BARE, _SHORT, _FRAMED = 20, 150, 800
_LINE = 50

# 关于解决网页不存在问题建议的答复:  a letter's title, not a message
_LETTER_TITLE = re.compile(r"提案|建议|复函|答复|议案")

# document.cookie='__jsl_clearance_s=…', arg1='…';setCookie('acw_sc__v2', WZWS, 云锁, Cloudflare,
# Akamai, AWS
_CHALLENGE = re.compile(
    r"__jsl_clearance|acw_sc__v[23]|wzws[-_]waf|wzwsrel|wzwschallenge|yunsuo(?:_session|autojump)"
    r"|security_session_(?:verify|mid)|cf[-_]chl|challenge-platform|_guard/(?:auto|html)"
    r"|safeline|sl-challenge|awswafcookie|aws-waf-token|_abck|g-?recaptcha|hcaptcha|geetest"
    r"|aliyun_waf|nc_token|/_sec/cp_challenge|bot-?detect",
    re.IGNORECASE,
)
# $_ts=window['$_ts'];if(!$_ts)$_ts={}; · <script charset="utf-8" src="/4QbV/d.Fx.js" r="m">
# 瑞数, on its pages of content too
_RUISHU = re.compile(
    r"\$_ts\b|<(?:script|meta)\b[^<>]{0,400}\sr\s*=\s*[\"']?m[\"'\s>]", re.IGNORECASE
)
# document.cookie="c=1;path=/";location.reload()
_COOKIE = re.compile(r"document\s*\.\s*cookie\s*=|setcookie\s*\(", re.IGNORECASE)
_RELOAD = re.compile(
    r"location\s*\.\s*(?:reload|replace|assign)|location(?:\s*\.\s*href)?\s*=", re.IGNORECASE
)
# 请输入验证码 · 您的访问过于频繁 · 访问频率过高 · 疑似攻击行为,已被拦截 · 正在进行安全检查 ·
# 您的IP地址不在允许访问的范围内 · 本网站不对境外IP提供服务
_BLOCKED = re.compile(
    r"验证码|(?:访问|请求|操作|点击)(?:次数|频率|速度)?(?:过于|太过?|过)(?:频繁|多|快|高)"
    r"|安全验证|人机(?:验证|识别)|滑动验证|正在[^,，。]{0,10}(?:安全|环境|浏览器)[^,，。]{0,6}(?:检查|检测|验证)"
    r"|IP[^,，。]{0,10}不(?:在|被|予)?[^,，。]{0,6}(?:允许|许可|授权)|不[对向][^,，。]{0,4}境外"
    r"|(?:禁止|限制|拒绝)[^,，。]{0,4}境外"
    r"|滑块|(?:访问|请求|操作|行为)[^,，。]{0,14}(?:拦截|阻断|拒绝|禁止|限制)|拒绝(?:了您的)?访问|禁止访问"
    r"|疑似[^,，。]{0,8}攻击|不合法的?参数|应用防火墙|网站防火墙|网络防火墙|创宇盾|安全狗|云锁|护卫神"
    r"|浏览器安全检查|检查您的浏览器|没有(?:访问)?权限|无权访问|IP[^,，。]{0,10}(?:封|黑名单)"
    r"|access denied|request (?:was )?(?:blocked|rejected)|forbidden|too many requests"
    r"|checking your browser|unusual traffic|verify you are (?:a )?human|blocked by",
    re.IGNORECASE,
)
# <input type="password" name="pwd">
_PASSWORD = re.compile(r"<input\b[^<>]{0,300}\btype\s*=\s*[\"']?password", re.IGNORECASE)
# /sso/login?service=…, /passport/, /eportal/index.jsp?wlanuserip=… (a network's own login)
_LOGIN_PATH = re.compile(
    r"/(?:login|signin|sso|passport|cas|oauth2?|eportal|webauth)\b|[?&]wlan\w{2,12}=", re.IGNORECASE
)
# 请登录后查看 · 登录超时,请重新登录
_LOGIN_WANTED = re.compile(
    r"登[录陆](?:之后|以后|后)[^,，。]{0,6}(?:查看|浏览|访问|操作)|登[录陆](?:已经?)?(?:超时|失效|过期)"
)
# 请先登录 · 您还未登录:  a comment box in a page's frame may say so, too
_LOGIN_FIRST = re.compile(r"(?:请|需)要?[先重]新?登[录陆]|(?:未|没有)登[录陆]")
# 网站正在升级维护 · 系统维护中,请稍后访问 · 暂停服务 · 服务器繁忙,请稍后再试 · 数据库连接失败 ·
# 网站建设中 · 502 Bad Gateway · Error establishing a database connection
_UPKEEP = re.compile(
    r"(?:系统|网站|平台|门户|服务器?|数据库)[^,，。]{0,10}(?:维护|升级|检修|改版|割接|迁移|加固|建设中)"
    r"|维护中|升级中|检修中|(?:暂停|停止)(?:对外)?(?:服务|访问|运行|开放)|暂时(?:无法|不能|关闭)"
    r"|(?:系统|服务器?|网络|程序)(?:繁忙|忙|错误|异常|故障|出错|超时)|连接(?:失败|超时|异常)"
    r"|请?稍[后候](?:再试|重试|再访问|访问)|请联系(?:系统|网站)?管理员"
    r"|under (?:maintenance|construction)|(?:temporarily |service )unavailable|bad gateway"
    r"|gateway time-?out|internal server error|error establishing a database connection",
    re.IGNORECASE,
)
# 您访问的页面不存在 · 该信息已被删除 · 找不到您要的网页 · 文章已下线 · 页面走丢了 · 无此文章 ·
# 该信息已取消发布 · 没有查询到相关信息 · Page Not Found
_THING = r"(?:页面?|网页|文章|信息|内容|文[件档]|资源|栏目|地址|链接|网址|数据|稿件|记录|公告)"
_LOST = (
    r"(?:不存在|找不到|不见了|(?:没有|没|未|未能|无法)(?:找到|发布)|取消发布"
    r"|(?:走|跑|丢)(?:丢|失)|迷(?:路|失)"
    r"|(?:已经?|已被|被|经)?[^,，。;；]{0,4}(?:删除|移除|移走|移动|撤销|撤下|撤回|撤稿|下线|下架|失效|过期|屏蔽))"
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
_WITHDRAWN = re.compile(
    rf"{_THING}[^,，。;；]{{0,6}}(?:已[经被]?(?:归档|关闭|隐藏)|不公开|不予公开|无法(?:查看|浏览|显示))"
)
# 404 · 404 Not Found · 错误404 · HTTP 404-页面没有找到 · HTTP Status 404;  not 第404号提案的复函
_404 = re.compile(
    r"^\W*404\W*$|(?<![\d第])404\W{0,4}(?:页面?|错误|出错|not|error|找不到|[-–—_|])|(?:error|错误|http|status)\W{0,4}404(?!\d)",
    re.IGNORECASE,
)
# {"code":404,"msg":"Not Found","data":null} · {"status": "404"}
_TOLD_404 = re.compile(
    r"[\"'](?:code|status|errcode|statuscode)[\"']\s*:\s*[\"']?4(?:04|10)\b", re.I
)
# alert("该信息不存在！");history.back();
_ALERT = re.compile(r"\balert\s*\(\s*[\"']([^\"'<>]{2,100})[\"']")
# <div id="app"></div>, <img …>: what a script may fill, what a reader sees without a word
_CONTENT = re.compile(
    r"<(?:div|span|p|ul|ol|table|section|main|article|img|iframe|frame|form|object|embed|svg|a)\b",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
# <div id="app"></div><script src="/js/app.1f.js"></script>
_SHELL = re.compile(r"<script\b[^<>]{0,300}\bsrc\s*=", re.IGNORECASE)
# createPage(3, 1, "index","html"): a list page without letters is no stub
_PAGING = re.compile(r"\bcreatePage(?:HTML)?\s*\(")
_HTML = re.compile(r"<(?:html|body|head|script|div|meta|!doctype)\b", re.IGNORECASE)
_MAY_BE_STUB = 400
_LONGEST_ERROR = 4_000  # characters of an error told in JSON
_ALERTS_STAND = 20_000  # characters of a page whose alerts are read
# %PDF-1.4 · PK (docx, ofd) · the head of a .doc: a file, however small
_FILE_HEAD = re.compile(r"%PDF-|PK\x03\x04|\ufffd\ufffd\x11\ufffd|Rar!")


def block_sign(page: PageText) -> str | None:
    """Why the page is a challenge, captcha or firewall page; None where it is not."""
    if challenge := challenge_sign(page):
        return challenge
    said = _says(page, _BLOCKED)
    return f"block page: {said}" if said else None


def challenge_sign(page: PageText) -> str | None:
    """Why the page's script is a firewall's that tries the browser; None where it is not."""
    shown = len(page.chinese)
    if shown <= _SHORT and holds_letter(page):
        return None
    if shown <= _SHORT and (found := _CHALLENGE.search(page.source)):
        return f"challenge: {found[0]}"
    if shown <= _BARE and _RUISHU.search(page.source):
        return "challenge: script"
    if shown <= _BARE and _COOKIE.search(page.source) and _RELOAD.search(page.source):
        return "challenge: a script sets a cookie and reloads"
    return "challenge: a script and nothing else" if _is_bare_script(page) else None


def leads_to_login(url: str) -> bool:
    """Whether an address is that of a login, of the site or of the network before it."""
    return bool(_LOGIN_PATH.search(url))


def login_sign(page: PageText) -> str | None:
    """Why the page asks for a login; None where it does not."""
    short = len(page.chinese) <= 2 * _SHORT and not holds_letter(page)
    if short and _PASSWORD.search(page.source):
        return "login page"
    said = _says(page, _LOGIN_WANTED, framed=True) or _says(page, _LOGIN_FIRST)
    return f"login page: {said}" if said else None


def stub_sign(page: PageText, size: int) -> str | None:
    """Why the page is a stub in place of a page: a few bytes without any Chinese text."""
    if size > _MAY_BE_STUB or page.chinese:
        return None
    if _SHELL.search(page.source) or _PAGING.search(page.source):
        return None
    if missing_sign(page) or upkeep_sign(page) or _FILE_HEAD.match(page.source):
        return None
    return f"stub of {size} bytes"


def upkeep_sign(page: PageText) -> str | None:
    """What a page under maintenance says; None where it is none."""
    said = _says(page, _UPKEEP)
    return f"maintenance: {said}" if said else None


def missing_sign(page: PageText) -> str | None:
    """What a page says that has no letter any more (页面不存在, 已被删除, 404); None otherwise."""
    told = _TOLD_404.search(page.source) if _is_short_json(page) else None
    if told and holds_letter(page):
        return None
    if told:
        return told[0]
    return _says(page, _MISSING, framed=True) or _says(page, _WITHDRAWN) or _says(page, _404)


def is_script_shell(page: PageText) -> bool:
    """Whether the page is an empty frame that scripts are to fill."""
    return len(page.chinese) <= _BARE and bool(_SHELL.search(page.source))


def is_markup(page: PageText) -> bool:
    """Whether the body is HTML at all, not a PDF or a spreadsheet."""
    return bool(_HTML.search(page.source[:4096]))


def _is_bare_script(page: PageText) -> bool:
    """Whether a page is script alone, written into it: no word, nothing for the script to fill.

    A frame for a script has its place on the page and its script in a file of its own; what is
    computed before anything may be shown is the browser.
    """
    source = page.source
    if page.chinese or not _SCRIPT.search(source) or _SHELL.search(source) or _ALERT.search(source):
        return False
    return is_markup(page) and not _CONTENT.search(source) and not _leads_on(source)


def _leads_on(source: str) -> bool:
    """Whether a script does no more than send its reader elsewhere."""
    return len(source) <= _MAY_BE_STUB and bool(_RELOAD.search(source))


def _is_short_json(page: PageText) -> bool:
    return page.source.lstrip("\ufeff \r\n\t")[:1] == "{" and len(page.source) <= _LONGEST_ERROR


def _says(page: PageText, phrase: re.Pattern[str], *, framed: bool = False) -> str | None:
    """The phrase where it is what the page has to say.

    `framed`: also as a short line of its own between the navigation and footer of the site.
    """
    if len(page.chinese) > _FRAMED or holds_letter(page):
        return None
    lines = [heading for heading in page.headings if len(heading) <= _LINE]
    if len(page.chinese) <= _SHORT:
        lines += [line[:1000] for line in page.lines[:400]]
        lines += _ALERT.findall(page.source[:_ALERTS_STAND])
    elif framed:
        lines += [line for line in page.lines[:400] if len(line) <= _LINE]
    for line in lines:
        if _LETTER_TITLE.search(line) or is_letter_title(line):
            continue
        if found := phrase.search(line):
            return found[0].strip()[:_LINE]
    return None
