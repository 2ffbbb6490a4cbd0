"""The signs by which a page says of itself that it is no letter: block, login, upkeep, missing.

A letter may write about any of them (《关于解决网站页面不存在问题的建议》), so a phrase counts only
where it is all the page has to say: on a short page, in its title, or as a line of its own.
"""

from __future__ import annotations

import re

from crawler.page_text import PageText

# how many Chinese characters a page may show and still be a challenge, an error page by itself,
# an error page inside the site's frame
_BARE, _SHORT, _FRAMED = 20, 150, 800
_LINE = 50

# 您提出的《…》收悉。现答复如下:  only a letter says so
_LETTER = re.compile(r"收悉|答复如下|回复如下|感谢您对|此复函|此答复")
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
# $_ts=window['$_ts'];if(!$_ts)$_ts={};  瑞数, on its pages of content too
_RUISHU = re.compile(r"\$_ts\b")
# document.cookie="c=1;path=/";location.reload()
_COOKIE = re.compile(r"document\s*\.\s*cookie\s*=|setcookie\s*\(", re.IGNORECASE)
_RELOAD = re.compile(
    r"location\s*\.\s*(?:reload|replace|assign)|location(?:\s*\.\s*href)?\s*=", re.IGNORECASE
)
# 请输入验证码 · 您的访问过于频繁 · 疑似攻击行为,已被拦截
_BLOCKED = re.compile(
    r"验证码|(?:访问|请求|操作|点击)(?:次数)?(?:过于|太过?|过)(?:频繁|多|快)|安全验证|人机验证|滑动验证"
    r"|滑块|(?:访问|请求|操作|行为)[^,，。]{0,14}(?:拦截|阻断|拒绝|禁止|限制)|拒绝(?:了您的)?访问|禁止访问"
    r"|疑似[^,，。]{0,8}攻击|不合法的?参数|应用防火墙|网站防火墙|网络防火墙|创宇盾|安全狗|云锁|护卫神"
    r"|浏览器安全检查|检查您的浏览器|没有(?:访问)?权限|无权访问|IP[^,，。]{0,10}(?:封|黑名单)"
    r"|access denied|request (?:was )?(?:blocked|rejected)|forbidden|too many requests"
    r"|checking your browser|unusual traffic|verify you are (?:a )?human|blocked by",
    re.IGNORECASE,
)
# <input type="password" name="pwd">
_PASSWORD = re.compile(r"<input\b[^<>]{0,300}\btype\s*=\s*[\"']?password", re.IGNORECASE)
# /sso/login?service=…, /passport/
_LOGIN_PATH = re.compile(r"/(?:login|signin|sso|passport|cas|oauth2?)\b", re.IGNORECASE)
# 网站正在升级维护 · 系统维护中,请稍后访问 · 暂停服务
_UPKEEP = re.compile(
    r"(?:系统|网站|平台|门户|服务器?|数据库)[^,，。]{0,10}(?:维护|升级|检修|改版|割接|迁移)"
    r"|维护中|升级中|检修中|(?:暂停|停止)(?:服务|访问|运行)|暂时(?:无法|不能|关闭)"
    r"|under maintenance|temporarily unavailable",
    re.IGNORECASE,
)
# 您访问的页面不存在 · 该信息已被删除 · 找不到您要的网页 · 文章已下线 · Page Not Found
_MISSING = re.compile(
    r"(?:页面?|网页|文章|信息|内容|文件|资源|栏目|地址|链接|网址|数据|稿件)[^,，。;；]{0,12}?"
    r"(?:不存在|找不到|(?:没有|没|未|未能|无法)找到|(?:已经?|已被|被)?(?:删除|移除|移走|撤销|撤下|撤回|下线|下架|失效|过期))"
    r"|(?:找不到|(?:没有|没|未|未能|无法)找到)[^,，。;；]{0,12}(?:页面?|网页|文章|信息|内容|文件|资源|地址|数据)"
    r"|(?:page|file|resource|document|url)[\w\s]{0,30}not (?:be )?found|^\W*not found\W*$"
    r"|已被删除|已下线|已经删除",
    re.IGNORECASE,
)
# 404 · 404 Not Found · 错误404 · HTTP 404-页面没有找到;  not 第404号提案的复函
_404 = re.compile(
    r"^\W*404\W*$|(?<![\d第])404\W{0,4}(?:页面?|错误|出错|not|error|找不到|[-–—_|])|(?:error|错误|http)\W{0,4}404(?!\d)",
    re.IGNORECASE,
)
# <div id="app"></div><script src="/js/app.1f.js"></script>
_SHELL = re.compile(r"<script\b[^<>]{0,300}\bsrc\s*=", re.IGNORECASE)
# createPage(3, 1, "index","html"): a list page without letters is no stub
_PAGING = re.compile(r"\bcreatePage(?:HTML)?\s*\(")
_HTML = re.compile(r"<(?:html|body|head|script|div|meta|!doctype)\b", re.IGNORECASE)
_MAY_BE_STUB = 400


def block_sign(page: PageText) -> str | None:
    """Why the page is a challenge, captcha or firewall page; None where it is not."""
    if challenge := challenge_sign(page):
        return challenge
    said = _says(page, _BLOCKED)
    return f"block page: {said}" if said else None


def challenge_sign(page: PageText) -> str | None:
    """Why the page's script is a firewall's that tries the browser; None where it is not."""
    shown = len(page.chinese)
    if shown <= _SHORT and (found := _CHALLENGE.search(page.source)):
        return f"challenge: {found[0]}"
    if shown <= _BARE and _RUISHU.search(page.source):
        return "challenge: script"
    if shown <= _BARE and _COOKIE.search(page.source) and _RELOAD.search(page.source):
        return "challenge: a script sets a cookie and reloads"
    return None


def login_sign(page: PageText, final_url: str, redirected: bool) -> str | None:
    """Why the page asks for a login; None where it does not."""
    if redirected and _LOGIN_PATH.search(final_url):
        return "redirected to a login page"
    short = len(page.chinese) <= 2 * _SHORT and not _LETTER.search(page.chinese)
    return "login page" if short and _PASSWORD.search(page.source) else None


def stub_sign(page: PageText, size: int) -> str | None:
    """Why the page is a stub in place of a page: a few bytes without any Chinese text."""
    if size > _MAY_BE_STUB or page.chinese:
        return None
    if _SHELL.search(page.source) or _PAGING.search(page.source):
        return None
    return f"stub of {size} bytes"


def upkeep_sign(page: PageText) -> str | None:
    """What a page under maintenance says; None where it is none."""
    said = _says(page, _UPKEEP)
    return f"maintenance: {said}" if said else None


def missing_sign(page: PageText) -> str | None:
    """What a page says that has no letter any more (页面不存在, 已被删除, 404); None otherwise."""
    return _says(page, _MISSING, framed=True) or _says(page, _404)


def is_script_shell(page: PageText) -> bool:
    """Whether the page is an empty frame that scripts are to fill."""
    return len(page.chinese) <= _BARE and bool(_SHELL.search(page.source))


def is_markup(page: PageText) -> bool:
    """Whether the body is HTML at all, not a PDF or a spreadsheet."""
    return bool(_HTML.search(page.source[:4096]))


def _says(page: PageText, phrase: re.Pattern[str], *, framed: bool = False) -> str | None:
    """The phrase where it is what the page has to say.

    `framed`: also as a short line of its own between the navigation and footer of the site.
    """
    if len(page.chinese) > _FRAMED or _LETTER.search(page.chinese):
        return None
    lines = [heading for heading in page.headings if len(heading) <= _LINE]
    if len(page.chinese) <= _SHORT:
        lines += [line[:1000] for line in page.lines[:400]]
    elif framed:
        lines += [line for line in page.lines[:400] if len(line) <= _LINE]
    for line in lines:
        if not _LETTER_TITLE.search(line) and (found := phrase.search(line)):
            return found[0].strip()[:_LINE]
    return None
