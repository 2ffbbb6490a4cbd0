"""Soft 404 by comparison: what a site answers for a sibling address that cannot exist."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from rapidfuzz.distance import Indel

from crawler.answers.page_text import PageText
from storage.records import ReplyLetter

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
# /zwgk/jytabl/202405/t20240516_1.html: one folder a month, the same answers in all of them
_MONTH = re.compile(r"/\d{4}-?\d{0,2}(?=/)|/\d{1,2}(?=/)")
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")

_SHELL = 20  # Chinese characters; fewer is no page of either kind
_DIFFERENCE = 8  # characters an answer may differ by and be the same: a date, a name in a corner
_ENOUGH = 20_000
_PASSAGE = 24  # Chinese characters in a row that only the letter itself holds


def impossible_sibling(url: str) -> str:
    """An address beside `url` that no letter can have, formed like it.

    `…/t20240516_137.html` gives `…/t20240516_137-no-such-page.html`, `view.jsp?id=7` gives
    `view.jsp?id=70000000000`.
    """
    parts = urlsplit(url)
    if parts.query:
        query, count = _LAST_NUMBER.subn(lambda found: found[0] + "0000000000", parts.query)
        return urlunsplit(parts._replace(query=query if count else parts.query + "0", fragment=""))
    folder, _, name = parts.path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    name = f"{stem or ending}-no-such-page{dot}{ending if dot else ''}"
    return urlunsplit(parts._replace(path=f"{folder}/{name}", fragment=""))


def sibling_place(url: str) -> str:
    """What one probe stands for in a run: host and folder, months and days left out."""
    parts = urlsplit(url)
    folder = parts.path.rpartition("/")[0] + "/"
    return f"{parts.scheme}://{parts.netloc}{_MONTH.sub('', folder)}"


def is_same_answer(one: PageText, other: PageText) -> bool:
    """Whether two pages show the same Chinese text, up to a few characters.

    Digits, times and addresses are left out; two empty script shells are not the same answer,
    since nothing can be said of either.
    """
    if min(len(one.chinese), len(other.chinese)) < _SHELL:
        return False
    distance = Indel.distance(
        one.chinese[:_ENOUGH], other.chinese[:_ENOUGH], score_cutoff=_DIFFERENCE
    )
    return distance <= _DIFFERENCE


def still_shows(page: PageText, letter: ReplyLetter) -> bool:
    """Whether the page holds the letter's title or a passage of it: then no probe is needed."""
    return _holds(page, [letter.title or ""]) or shows_text(page, letter)


def shows_text(page: PageText, letter: ReplyLetter) -> bool:
    """Whether the page holds a passage of the letter's text; its title alone may be left."""
    return _holds(page, sorted(letter.body.split("\n"), key=len, reverse=True)[:3])


def _holds(page: PageText, texts: list[str]) -> bool:
    """Whether a page holds the middle of one of the texts.

    It may hold it in a script that writes it, within a frame that every address answers with.
    """
    passages = ("".join(_CHINESE.findall(text)) for text in texts)
    telling = [_middle(passage) for passage in passages if len(passage) >= 8]
    return any(passage in shown for shown in (page.chinese, page.written) for passage in telling)


def _middle(passage: str) -> str:
    start = max(0, (len(passage) - _PASSAGE) // 2)
    return passage[start : start + _PASSAGE]
