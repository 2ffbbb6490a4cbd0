"""Where an answer leads that is not the letter's own page, and what that says of the letter.

The home page, the column and a page of 404 say that it is gone. Whatever else stands there (a
firewall's check, a picture of 系统维护, a login) says nothing, unless the letter itself is found.
"""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urljoin, urlsplit

from crawler.answers.challenges import is_bare
from crawler.answers.letter_marks import holds_letter, lists_letters
from crawler.answers.page_text import PageText
from crawler.answers.records import ServerAnswer, Site, Verdict
from crawler.network.address_forms import is_article_address, place_key
from crawler.network.addresses import origin_of
from storage.addresses import address_key
from storage.records import Answer

TO_COLUMN = "redirected to a column"
TO_404 = "redirected to an error page"
TO_LOGIN = "redirected to a login page"

# /, /index.html, /default.shtml, /home.htm, /wap/index.html
_HOME = re.compile(
    r"^/(?:wap/|m/|mobile/)?(?:(?:index|default|home|main)(?:\.\w{2,5})?)?$", re.IGNORECASE
)
# /zwgk/jytabl/, /zwgk/jytabl/index.html, /col/col1229/index_1.shtml
_SECTION = re.compile(r"/(?:(?:index|default|list)(?:_\d+)?\.\w{2,5})?$", re.IGNORECASE)
# /404.html, /common/404/, /error404.htm, /error/notfound.jsp;  not /error/500.html,
# /t20240603_404.html
_404_PATH = re.compile(
    r"/(?:(?:err(?:or)?|page|http)?[-_]?404(?:[-_.][^/]*)?|(?:page[-_]?)?not[-_]?found[^/]*)(?:/|$)",
    re.IGNORECASE,
)
# /sso/login?service=…, /user/toLogin.do, /passport/, /eportal/index.jsp?wlanuserip=… (a network's)
_LOGIN_PATH = re.compile(
    r"/(?:\w{0,12}(?:login|logon|signin)|sso|passport|cas|oauth2?|eportal|webauth)\b"
    r"|[?&]wlan\w{2,12}=",
    re.IGNORECASE,
)
# <meta http-equiv="refresh" content="3;url=/index.html">
_REFRESH = re.compile(
    r"<meta\b[^<>]{0,200}refresh[^<>]{0,200}?url\s*=\s*[\"']?\s*([^\"'<>\s]{1,500})", re.IGNORECASE
)
# window.location.href = "/index.html"; location.replace('/')
_SCRIPT_REDIRECT = re.compile(
    r"location(?:\s*\.\s*href)?\s*=\s*[\"']([^\"'<>\s]{1,500})[\"']"
    r"|location\s*\.\s*(?:replace|assign)\s*\(\s*[\"']([^\"'<>\s]{1,500})[\"']",
    re.IGNORECASE,
)
# onclick="location.href='/'" · if(/mobile/i.test(navigator.userAgent)){location.href= ·
# function goto(n){ if(n==1){location.href=:  a jump some reader may make, not every one
_MAYBE = re.compile(
    r"\bon\w{3,12}\s*=\s*[\"'][^\"<>]{0,100}$|userAgent|\bis_?mobile\b|/mobile|android"
    r"|\bfunction\s+[\w$]{1,40}\s*\(\s*[\w$]",
    re.IGNORECASE,
)
_BEFORE = 200  # characters before a script's jump that say when it is made
_REDIRECT_PAGE = 60  # Chinese characters a page may show that only leads elsewhere


def sort_redirect(asked: str, target: str, site: Site, page: PageText | None = None) -> Verdict:
    """What a redirect says of a letter; PAGE where it leads to the letter's own page.

    `page` is what answered there, None where nobody followed: then only an address that has an
    article's form can be where the letter stands now.
    """
    if is_same_page(asked, target):
        return Verdict(Answer.PAGE)
    if leads_to_login(target):
        return Verdict(Answer.BLOCKED, TO_LOGIN)
    if names_404(target):
        return Verdict(Answer.GONE, TO_404)
    if origin_of(target) not in site.origins:
        return Verdict(Answer.FAILED, f"redirected to another host: {target[:200]}")
    path = urlsplit(target).path
    if _HOME.search(path or "/"):
        return Verdict(Answer.GONE, "redirected to the home page")
    if place_key(target) in site.columns or _stands_above(path, asked):
        return Verdict(Answer.GONE, TO_COLUMN)
    told = f"redirected to {target[:500]}"
    if is_article_address(target) if page is None else holds_letter(page):
        return Verdict(Answer.GONE, told, moved_to=target)
    if page is not None and _is_column(path, page):
        return Verdict(Answer.GONE, TO_COLUMN)
    return Verdict(Answer.FAILED, told)


def sort_unfollowed(answer: ServerAnswer) -> Verdict:
    """A redirect that was not followed: to itself, in a circle, or to where we may not go."""
    written = answer.headers.get("location", "")
    target = _joined(answer.final, written)
    if target is None:
        return Verdict(Answer.FAILED, f"{answer.status} to {written[:200]}")
    if address_key(target) in (address_key(answer.final), address_key(answer.asked)):
        return Verdict(Answer.BLOCKED, f"{answer.status} to itself")
    if "set-cookie" in answer.headers:
        return Verdict(Answer.BLOCKED, f"{answer.status} in a circle, with a cookie")
    return Verdict(Answer.FAILED, f"{answer.status} to {target[:200]}")


def leads_elsewhere(page: PageText, base: str) -> str | None:
    """Where a page without content of its own sends its reader."""
    if len(page.chinese) > _REDIRECT_PAGE or holds_letter(page):
        return None
    found = _REFRESH.search(page.source) or _jump(page.source)
    return _joined(base, str(next(group for group in found.groups() if group))) if found else None


def names_404(url: str) -> bool:
    """Whether an address is that of a page of 404; departments share their city's, on its host."""
    return bool(_404_PATH.search(urlsplit(url).path))


def leads_to_login(url: str) -> bool:
    """Whether an address is that of a login, of the site or of the network before it."""
    return bool(_LOGIN_PATH.search(url))


def is_same_page(asked: str, final: str) -> bool:
    """http or https, a session's number or a query put behind: still the same page."""
    if address_key(asked) == address_key(final):
        return True
    one, other = urlsplit(asked), urlsplit(final)
    same_place = one.hostname == other.hostname and _bare_path(one.path) == _bare_path(other.path)
    return same_place and other.query.startswith(one.query)


def _stands_above(path: str, asked: str) -> bool:
    """Whether a path is a folder's around the address: `/jyta/` of `/jyta/202406/t_1.html`."""
    folder = path[: path.rfind("/") + 1]
    return bool(_SECTION.search(path)) and urlsplit(asked).path.startswith(folder)


def _is_column(path: str, page: PageText) -> bool:
    """Whether a page that answered is a column of the site, by its address or what it lists."""
    return (bool(_SECTION.search(path)) and not is_bare(page)) or lists_letters(page)


def _jump(source: str) -> re.Match[str] | None:
    """The first jump a script makes for every reader."""
    for found in islice(_SCRIPT_REDIRECT.finditer(source), 50):
        if not _MAYBE.search(source[max(0, found.start() - _BEFORE) : found.start()]):
            return found
    return None


def _joined(base: str, written: str) -> str | None:
    try:
        return urljoin(base, written)
    except ValueError:  # http://[
        return None


def _bare_path(path: str) -> str:
    return path.partition(";")[0]
