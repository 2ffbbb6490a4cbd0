"""Pages without words: a firewall's script, a stub, a frame that scripts are to fill."""

from __future__ import annotations

import re

from crawler.answers.letter_marks import holds_letter
from crawler.answers.page_text import PageText

_BARE = 20  # Chinese characters: fewer are no text
_SHORT = 150  # a challenge may explain itself in so many
_MAY_BE_STUB = 400  # bytes

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
# alert("该信息不存在！");history.back();
_ALERT = re.compile(r"\balert\s*\(")
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
# <a href="2024/">: a page that leads on is small, no more;  not <a href="javascript:void(0)">
_LINK = re.compile(
    r"<a\b[^<>]{0,300}?\bhref\s*=\s*[\"']?\s*(?!#|javascript:|[\"'>\s])", re.IGNORECASE
)
# %PDF-1.4 · PK (docx, ofd) · the head of a .doc: a file, however small
_FILE_HEAD = re.compile(r"%PDF-|PK\x03\x04|\ufffd\ufffd\x11\ufffd|Rar!")


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


def stub_sign(page: PageText, size: int) -> str | None:
    """Why the page is a stub in place of a page: a few bytes without any Chinese, leading nowhere.

    One that says something of itself (`404 Not Found`) is to be taken at its word before.
    """
    if size > _MAY_BE_STUB or page.chinese:
        return None
    leads_on = any(form.search(page.source) for form in (_SHELL, _PAGING, _LINK))
    if leads_on or _FILE_HEAD.match(page.source):
        return None
    return f"stub of {size} bytes"


def is_script_shell(page: PageText) -> bool:
    """Whether the page is an empty frame that scripts are to fill."""
    return len(page.chinese) <= _BARE and bool(_SHELL.search(page.source))


def is_bare(page: PageText) -> bool:
    """Whether the page shows no text to speak of: a picture, a frame for a script."""
    return len(page.chinese) <= _BARE


def _is_bare_script(page: PageText) -> bool:
    """Whether a page is script alone, written into it: no word, nothing for the script to fill.

    A frame for a script has its place on the page and its script in a file of its own; what is
    computed before anything may be shown is the browser.
    """
    source = page.source
    if page.chinese or not _SCRIPT.search(source) or _SHELL.search(source) or _ALERT.search(source):
        return False
    return page.is_markup and not _CONTENT.search(source) and not _only_leads_on(source)


def _only_leads_on(source: str) -> bool:
    """Whether a script does no more than send its reader elsewhere."""
    return len(source) <= _MAY_BE_STUB and bool(_RELOAD.search(source))
