"""Sorts what a server answered, before anything is read: page, gone, blocked or failed.

Pure functions on one answer. Blocked comes before gone: who refuses us says nothing about the
letter. So does who is under repair. What was seen on government sites stands beside each form, in
`phrases.py`, `challenges.py` and `redirects.py`.
"""

from __future__ import annotations

from crawler.answers.challenges import challenge_sign, stub_sign
from crawler.answers.page_text import PageText
from crawler.answers.phrases import Said, Saying, asks_for_password, first_said
from crawler.answers.records import CONTENT, GONE, ServerAnswer, Site, Verdict
from crawler.answers.redirects import (
    TO_LOGIN,
    is_same_page,
    leads_elsewhere,
    leads_to_login,
    sort_redirect,
    sort_unfollowed,
)
from crawler.answers.siblings import shows_text
from crawler.answers.wholeness import was_cut
from storage.records import Answer, ReplyLetter

# refused whatever the body says; 405, 418, 468, 493 and 567 are firewalls of Chinese clouds, 202
# is 瑞数's: a page that is asked for and only "accepted" is none
REFUSALS = frozenset({202, 401, 403, 405, 407, 412, 418, 429, 468, 493, 521, 567})
_GZIP = b"\x1f\x8b"
_SAID = {
    Saying.REFUSED: Answer.BLOCKED,
    Saying.LOGIN: Answer.BLOCKED,
    Saying.UPKEEP: Answer.FAILED,
    Saying.FAULT: Answer.FAILED,
    Saying.MISSING: Answer.GONE,
}


def sort_answer(answer: ServerAnswer, site: Site, known: ReplyLetter | None = None) -> Verdict:
    """What an answer to a request for a letter's page is; never raises, whatever the bytes.

    `known` is the letter as it was last read there: a page that still shows its text is a page,
    whatever is said beside it.
    """
    if answer.status == 304:
        return _not_modified(answer, site)
    if 300 <= answer.status < 400:
        return sort_unfollowed(answer)
    if answer.status in REFUSALS or "cf-mitigated" in answer.headers:
        return Verdict(Answer.BLOCKED, str(answer.status))
    if answer.is_led and leads_to_login(answer.final):
        return Verdict(Answer.BLOCKED, TO_LOGIN)
    if not answer.body:
        return _by_status(answer)
    if answer.body.startswith(_GZIP):  # packed twice, or without a word in the header
        return Verdict(Answer.FAILED, "still packed")
    page = answer.page
    challenge, said = challenge_sign(page), first_said(page)
    if answer.status not in CONTENT:
        return _error(answer, challenge, said)
    if challenge:
        return Verdict(Answer.BLOCKED, challenge)
    if said and not (known and shows_text(page, known)):
        return Verdict(_SAID[said.saying], said.reason)
    return _content(answer, page, site)


def _not_modified(answer: ServerAnswer, site: Site) -> Verdict:
    """A 304 says something of the address that answered, which may be another letter's."""
    elsewhere = sort_redirect(answer.asked, answer.final, site)
    if elsewhere.answer is not Answer.PAGE:
        return elsewhere
    if answer.conditional:
        return Verdict(Answer.NOT_MODIFIED)
    return Verdict(Answer.FAILED, "304 to a request without validators")


def _by_status(answer: ServerAnswer) -> Verdict:
    if answer.status in GONE:
        return Verdict(Answer.GONE, str(answer.status))
    return Verdict(Answer.FAILED, "empty body" if answer.status == 200 else str(answer.status))


def _error(answer: ServerAnswer, challenge: str | None, said: Said | None) -> Verdict:
    """An error by its status; its page may say that a firewall sent it, or a site under repair.

    Nothing else it says counts: a page of 404 may hold a login, and guess at causes.
    """
    if challenge:
        return Verdict(Answer.BLOCKED, f"{answer.status}, {challenge}")
    if said and said.saying in (Saying.REFUSED, Saying.UPKEEP):
        return Verdict(_SAID[said.saying], f"{answer.status}, {said.reason}")
    return _by_status(answer)


def _content(answer: ServerAnswer, page: PageText, site: Site) -> Verdict:
    """A body with status 200 that says nothing against itself."""
    if asks_for_password(page):
        return Verdict(Answer.BLOCKED, "login page")
    target = leads_elsewhere(page, answer.final)
    if target is None and (stub := stub_sign(page, len(answer.body))):
        return Verdict(Answer.BLOCKED, stub)
    if not is_same_page(answer.asked, answer.final):
        return sort_redirect(answer.asked, answer.final, site, page)
    if target is not None:
        return _by_script(answer, target, site)
    if was_cut(answer, page, site):
        return Verdict(Answer.FAILED, "cut body")
    return Verdict(Answer.PAGE)


def _by_script(answer: ServerAnswer, target: str, site: Site) -> Verdict:
    """A page that does nothing but send its reader elsewhere."""
    if is_same_page(answer.final, target):
        return Verdict(Answer.BLOCKED, "a page that only loads itself again")
    return sort_redirect(answer.asked, target, site)
