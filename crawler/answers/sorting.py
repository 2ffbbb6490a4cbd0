"""Sorts what a server answered, before anything is read: page, gone, blocked or failed.

Pure functions on one answer. Blocked comes before gone: who refuses us says nothing about the
letter. The order and the signs follow what was seen on government sites (`signs.py`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from crawler.answers.letter_marks import holds_letter, lists_letters
from crawler.answers.page_text import PageText
from crawler.answers.signs import (
    block_sign,
    challenge_sign,
    is_markup,
    is_script_shell,
    leads_to_login,
    login_sign,
    missing_sign,
    stub_sign,
    upkeep_sign,
)
from crawler.network.addresses import Origin, origin_of
from storage.addresses import address_key
from storage.records import Answer

# refused whatever the body says; 405, 418, 468, 493 and 567 are firewalls of Chinese clouds, 202
# is 瑞数's: a page that is asked for and only "accepted" is none
REFUSALS = frozenset({202, 401, 403, 405, 407, 412, 418, 429, 468, 493, 521, 567})
_GONE = frozenset({404, 410})
_CONTENT = frozenset({200, 203})
_TO_COLUMN = "redirected to a column"
_TO_LOGIN = "redirected to a login page"
_GZIP = b"\x1f\x8b"

# /, /index.html, /default.shtml, /home.htm, /wap/index.html
_HOME = re.compile(
    r"^/(?:wap/|m/|mobile/)?(?:(?:index|default|home|main)(?:\.\w{2,5})?)?$", re.IGNORECASE
)
# /zwgk/jytabl/, /zwgk/jytabl/index.html, /col/col1229/index_1.shtml
_SECTION = re.compile(r"/(?:(?:index|default|list)(?:_\d+)?\.\w{2,5})?$", re.IGNORECASE)
# /404.html, /error/notfound.jsp
_ERROR_PATH = re.compile(r"/(?:40[34]|error|errors|notfound|err404)\b[^/]*", re.IGNORECASE)
_INDEX_NAME = re.compile(r"(?<=/)(?:index|default)\.\w{2,5}$", re.IGNORECASE)
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
# <html …>, <body>: a page that opens them and never closes them was cut
_OPENED = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """One answer after redirects: `asked` is the address wanted, `final` the one that answered."""

    asked: str
    final: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    flags: tuple[str, ...] = ()  # Scrapy's: "partial" for a body that ended with its connection
    conditional: bool = False  # validators were sent

    @property
    def page(self) -> PageText:
        """The body as text; worked out anew at each call."""
        return PageText(self.body, self.headers.get("content-type"))


@dataclass(frozen=True, slots=True)
class Site:
    """What of a portal is needed to judge where a redirect leads and whether a page is whole."""

    columns: frozenset[str]  # `place_key` of the columns
    origins: frozenset[Origin]
    leaves_open: bool = False  # its pages never close <html>: missing ends prove nothing


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer's kind, why, and the address the letter was redirected to, if any."""

    answer: Answer
    reason: str | None = None
    moved_to: str | None = None


def place_key(url: str) -> str:
    """`address_key` without a folder's index name: `…/jytabl/index.html` is `…/jytabl/`."""
    path, question, query = address_key(url).partition("?")
    return _INDEX_NAME.sub("", path) + question + query


def sort_answer(answer: ServerAnswer, site: Site) -> Verdict:
    """What an answer to a request for a letter's page is; never raises, whatever the bytes."""
    if answer.status == 304:
        return _not_modified(answer, site)
    if 300 <= answer.status < 400:
        return _unfollowed(answer)
    if answer.status in REFUSALS or "cf-mitigated" in answer.headers:
        return Verdict(Answer.BLOCKED, str(answer.status))
    if _is_led(answer) and leads_to_login(answer.final):
        return Verdict(Answer.BLOCKED, _TO_LOGIN)
    if not answer.body:
        return _without_body(answer)
    if answer.body.startswith(_GZIP):  # packed twice, or without a word in the header
        return Verdict(Answer.FAILED, "still packed")
    page = answer.page
    if sign := _blocked(answer, page):
        return Verdict(Answer.BLOCKED, _with_status(answer.status, sign))
    if answer.status in _GONE:
        return Verdict(Answer.GONE, str(answer.status))
    if answer.status not in _CONTENT:
        return Verdict(Answer.FAILED, str(answer.status))
    return _content(answer, page, site)


def sort_list_answer(answer: ServerAnswer, site: Site) -> Verdict:
    """As `sort_answer`, for a list page: gone, cut, shell or led astray is `failed`."""
    verdict = sort_answer(answer, site)
    if verdict.answer is not Answer.PAGE and _shows_letters(answer, site):
        return Verdict(Answer.PAGE)  # a short list beside a login box, below a search's captcha
    if verdict.reason == _TO_COLUMN and _is_led_to_column(answer, site):
        verdict = Verdict(Answer.PAGE)  # one column may answer for another
    if verdict.answer is Answer.PAGE and is_script_shell(answer.page):
        return Verdict(Answer.FAILED, "script shell: the list is not in the page")
    if verdict.answer in (Answer.PAGE, Answer.BLOCKED):
        return verdict
    if verdict.reason == _TO_COLUMN:
        verdict = Verdict(Answer.FAILED, f"{_TO_COLUMN}: {answer.final[:200]}")
    return Verdict(Answer.FAILED, verdict.reason or "no list page")


def sort_redirect(asked: str, target: str, site: Site) -> Verdict:
    """What a redirect that nobody followed says of a letter; PAGE where it leads to itself."""
    return Verdict(Answer.PAGE) if _same_page(asked, target) else _redirected(target, site)


def sort_robots_answer(answer: ServerAnswer) -> Verdict:
    """What an answer to a request for robots.txt is: rules (PAGE), none (GONE), a block, a fault.

    A 4xx means that there are no rules (RFC 9309, 2.3.1.3): a 403 may stand there for anybody
    while the site itself answers. Only 429 and a challenge say that it is us who are refused.
    """
    told = str(answer.status)
    refused = answer.status in REFUSALS and answer.status >= 500
    if refused or answer.status == 429 or "cf-mitigated" in answer.headers:
        return Verdict(Answer.BLOCKED, told)
    if sign := _robots_block(answer):
        return Verdict(Answer.BLOCKED, _with_status(answer.status, sign))
    if answer.status >= 500:
        return Verdict(Answer.FAILED, told)
    return Verdict(Answer.PAGE if answer.status == 200 else Answer.GONE, told)


def leaves_open(body: bytes, content_type: str | None) -> bool:
    """Whether a page opens `<html>` or `<body>` and closes neither."""
    text = PageText(body, content_type).whole
    return bool(_OPENED.search(text)) and not _CLOSED.search(text)


def retry_after(headers: Mapping[str, str]) -> bool:
    """Whether the server asks to be left alone for a time."""
    return bool(headers.get("retry-after", "").strip())


def refuses_more(answer: ServerAnswer) -> bool:
    """429 or 503 with Retry-After: the server wants to be left alone (RFC 9110, 10.2.3)."""
    return answer.status in (429, 503) and retry_after(answer.headers)


def _robots_block(answer: ServerAnswer) -> str | None:
    """The block page in place of robots.txt; rules may name `/cdn-cgi/challenge-platform/`."""
    page = answer.page
    if not is_markup(page):
        return None
    if 400 <= answer.status < 500:  # `403 Forbidden` is the status's own page
        return challenge_sign(page)
    return block_sign(page)


def _shows_letters(answer: ServerAnswer, site: Site) -> bool:
    """Whether a list's own address gave a whole page with letters in it."""
    if answer.status not in _CONTENT or not _same_page(answer.asked, answer.final):
        return False
    page = answer.page
    return lists_letters(page) and is_markup(page) and not _was_cut(answer, page, site)


def _is_led_to_column(answer: ServerAnswer, site: Site) -> bool:
    """Whether it is a column that answered, not a page that would lead to one by script."""
    return _is_led(answer) and place_key(answer.final) in site.columns


def _not_modified(answer: ServerAnswer, site: Site) -> Verdict:
    """A 304 says something of the address that answered, which may be another letter's."""
    if not _same_page(answer.asked, answer.final):
        return _redirected(answer.final, site)
    if answer.conditional:
        return Verdict(Answer.NOT_MODIFIED)
    return Verdict(Answer.FAILED, "304 to a request without validators")


def _unfollowed(answer: ServerAnswer) -> Verdict:
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


def _without_body(answer: ServerAnswer) -> Verdict:
    if answer.status in _GONE:
        return Verdict(Answer.GONE, str(answer.status))
    reason = "empty body" if answer.status == 200 else str(answer.status)
    return Verdict(Answer.FAILED, reason)


def _blocked(answer: ServerAnswer, page: PageText) -> str | None:
    if challenge := block_sign(page):
        return challenge
    if answer.status not in _CONTENT:  # a server's "503" is short, a 404 page may hold a login
        return None
    if login := login_sign(page):
        return login
    return None if _leads_elsewhere(page, answer.final) else stub_sign(page, len(answer.body))


def _is_led(answer: ServerAnswer) -> bool:
    """Whether another address answered than was asked for."""
    return address_key(answer.asked) != address_key(answer.final)


def _content(answer: ServerAnswer, page: PageText, site: Site) -> Verdict:
    """A body with status 200, not blocked."""
    if sign := missing_sign(page):
        return Verdict(Answer.GONE, f"soft 404: {sign}")
    if sign := upkeep_sign(page):
        return Verdict(Answer.FAILED, sign)
    if not _same_page(answer.asked, answer.final):
        return _redirected(answer.final, site)
    if target := _leads_elsewhere(page, answer.final):
        if address_key(target) == address_key(answer.final):
            return Verdict(Answer.BLOCKED, "a page that only loads itself again")
        return _redirected(target, site)
    if _was_cut(answer, page, site):
        return Verdict(Answer.FAILED, "cut body")
    return Verdict(Answer.PAGE)


def _redirected(target: str, site: Site) -> Verdict:
    if leads_to_login(target):
        return Verdict(Answer.BLOCKED, _TO_LOGIN)
    path = urlsplit(target).path
    if _HOME.search(path or "/"):
        return Verdict(Answer.GONE, "redirected to the home page")
    if place_key(target) in site.columns or _SECTION.search(path):
        return Verdict(Answer.GONE, _TO_COLUMN)
    if _ERROR_PATH.search(path):
        return Verdict(Answer.GONE, "redirected to an error page")
    if origin_of(target) not in site.origins:
        return Verdict(Answer.FAILED, f"redirected to another host: {target[:200]}")
    return Verdict(Answer.GONE, f"redirected to {target[:500]}", moved_to=target)


def _leads_elsewhere(page: PageText, base: str) -> str | None:
    """Where a page without content of its own sends its reader."""
    if len(page.chinese) > _REDIRECT_PAGE or holds_letter(page):
        return None
    found = _REFRESH.search(page.source) or _jump(page.source)
    return _joined(base, str(next(group for group in found.groups() if group))) if found else None


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


def _same_page(asked: str, final: str) -> bool:
    """http or https, a session's number or a query put behind: still the same page."""
    if address_key(asked) == address_key(final):
        return True
    one, other = urlsplit(asked), urlsplit(final)
    same_place = one.hostname == other.hostname and _bare_path(one.path) == _bare_path(other.path)
    return same_place and other.query.startswith(one.query)


def _bare_path(path: str) -> str:
    return path.partition(";")[0]


def _was_cut(answer: ServerAnswer, page: PageText, site: Site) -> bool:
    """Whether the body is incomplete: connection or Content-Length ended before the page did.

    A body that ends with its connection is whole where the page is closed; one that never
    closes is cut, unless this site's pages never do.
    """
    if "dataloss" in answer.flags:
        return True
    if not is_markup(page):
        return "partial" in answer.flags
    if _CLOSED.search(page.whole):
        return False
    if "partial" in answer.flags:
        return True
    return bool(_OPENED.search(page.whole)) and not site.leaves_open


def _with_status(status: int, sign: str) -> str:
    return sign if status == 200 else f"{status}, {sign}"
