"""Sorts what a server answered to a request for a linked file: the file, or something in its place.

A page, an error in JSON, a login or a cut body never counts as the file's content: what is not
known to be the file says nothing of it.
"""

from __future__ import annotations

from dataclasses import replace

from crawler.answers.records import ServerAnswer, Site
from crawler.answers.sorting import REFUSALS, sort_answer
from crawler.files.forms import Form, form_of, is_whole, promises_text
from storage.addresses import address_key
from storage.attachments.records import FileState
from storage.records import Answer

_CONTENT = frozenset({200, 203})
_GONE = frozenset({404, 410})
_STATES = {
    Answer.GONE: FileState.GONE,
    Answer.BLOCKED: FileState.BLOCKED,
    Answer.FAILED: FileState.FAILED,
}
_LARGEST_PAGE = 1024 * 1024  # bytes of a page in a file's place that are looked at

Verdict = tuple[FileState, str | None]
"""A file's state, and why it is not kept."""


def sort_file(answer: ServerAnswer, site: Site, name: str) -> Verdict:
    """What an answer to a request for a file is; `name` is the link's. Never raises."""
    if answer.status == 304:
        if answer.conditional and not is_redirected(answer):
            return FileState.KEPT, None
        return FileState.FAILED, "304 to a request without validators"
    if answer.status in REFUSALS or "cf-mitigated" in answer.headers:
        return FileState.BLOCKED, str(answer.status)
    if answer.status in _GONE:
        return FileState.GONE, str(answer.status)
    if answer.status not in _CONTENT:
        return _by_page(answer, site)
    if not answer.body:
        return FileState.FAILED, "empty body"
    return _content(answer, site, name)


def is_redirected(answer: ServerAnswer) -> bool:
    """Whether another address answered than was asked: validators are that one's."""
    return address_key(answer.asked) != address_key(answer.final)


def _content(answer: ServerAnswer, site: Site, name: str) -> Verdict:
    """A body with status 200: a file, unless it is a page, a message or cut."""
    form = form_of(answer.body)
    if form is Form.PAGE:
        return _by_page(answer, site)
    if form is Form.JSON:
        return FileState.NO_FILE, "a message in place of the file"
    if form is Form.TEXT and not (promises_text(answer.asked, name) or _is_named_text(answer)):
        return FileState.NO_FILE, "a message in place of the file"
    if "dataloss" in answer.flags or ("partial" in answer.flags and not is_whole(answer.body)):
        return FileState.FAILED, "cut body"
    return FileState.KEPT, None


def _by_page(answer: ServerAnswer, site: Site) -> Verdict:
    """What a page says that stands in a file's place."""
    verdict = sort_answer(replace(answer, body=answer.body[:_LARGEST_PAGE]), site)
    if verdict.answer in _STATES:
        return _STATES[verdict.answer], verdict.reason
    return FileState.NO_FILE, "a page in place of the file"


def _is_named_text(answer: ServerAnswer) -> bool:
    """Content-Disposition: attachment; filename="list.csv"."""
    named = answer.headers.get("content-disposition", "").lower()
    return "filename" in named and (".txt" in named or ".csv" in named)
