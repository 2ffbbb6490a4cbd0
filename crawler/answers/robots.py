"""Sorts what a server answered to a request for robots.txt."""

from __future__ import annotations

from crawler.answers.challenges import challenge_sign
from crawler.answers.phrases import Saying, first_said
from crawler.answers.records import ServerAnswer, Verdict
from crawler.answers.sorting import REFUSALS
from storage.records import Answer


def sort_robots_answer(answer: ServerAnswer) -> Verdict:
    """What an answer to a request for robots.txt is: rules (PAGE), none (GONE), a block, a fault.

    A 4xx means that there are no rules (RFC 9309, 2.3.1.3): a 403 may stand there for anybody
    while the site itself answers. Only 429 and a challenge say that it is us who are refused.
    """
    told = str(answer.status)
    refused = answer.status in REFUSALS and answer.status >= 500
    if refused or answer.status == 429 or "cf-mitigated" in answer.headers:
        return Verdict(Answer.BLOCKED, told)
    if sign := _refusal(answer):
        return Verdict(Answer.BLOCKED, sign if answer.status == 200 else f"{told}, {sign}")
    if answer.status >= 500:
        return Verdict(Answer.FAILED, told)
    return Verdict(Answer.PAGE if answer.status == 200 else Answer.GONE, told)


def _refusal(answer: ServerAnswer) -> str | None:
    """The block page in place of robots.txt; rules may name `/cdn-cgi/challenge-platform/`."""
    page = answer.page
    if not page.is_markup:
        return None
    if challenge := challenge_sign(page):
        return challenge
    if 400 <= answer.status < 500:  # `403 Forbidden` is the status's own page
        return None
    said = first_said(page)
    return said.reason if said and said.saying is Saying.REFUSED else None
