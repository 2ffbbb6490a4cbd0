"""Sorts what came in answer to a request for a list page: a list, a refusal, or a fault."""

from __future__ import annotations

from crawler.answers.challenges import is_script_shell
from crawler.answers.letter_marks import lists_letters
from crawler.answers.records import CONTENT, ServerAnswer, Site, Verdict
from crawler.answers.redirects import TO_COLUMN, is_same_page
from crawler.answers.sorting import sort_answer
from crawler.answers.wholeness import was_cut
from crawler.lists.data_lists import expected_form, is_data
from crawler.lists.datastores import begins_datastore
from crawler.lists.json_lists import looks_like_json
from crawler.lists.pages import ListPage, ListPlatform
from crawler.network.address_forms import place_key
from storage.records import Answer

_SHELL = "script shell: the list is not in the page"
_CUT = frozenset({"dataloss"})


def sort_list(answer: ServerAnswer, site: Site, page: ListPage, platform: ListPlatform) -> Verdict:
    """What an answer is; a page where records or JSON were to come is a fault, no empty list.

    A list in XML or JSON that is whole is a list however short it is. An empty frame that a
    script fills is one where the platform knows what the script asks for.
    """
    if answer.status == 200 and not _CUT & set(answer.flags) and is_data(page):
        return Verdict(Answer.PAGE)
    verdict = sort_list_answer(answer, site)
    if verdict.answer is Answer.PAGE or (answer.status == 200 and _is_short_data(verdict, page)):
        return _without_data(answer, page) or verdict
    if verdict.reason == _SHELL and platform.further_pages(page):
        return Verdict(Answer.PAGE)
    return verdict


def sort_list_answer(answer: ServerAnswer, site: Site) -> Verdict:
    """As `sort_answer`, for a list in HTML: gone, cut, shell or led astray is `failed`."""
    verdict = sort_answer(answer, site)
    if verdict.answer is not Answer.PAGE and _shows_letters(answer, site):
        return Verdict(Answer.PAGE)  # a short list beside a login box, below a search's captcha
    if verdict.reason == TO_COLUMN and _is_led_to_column(answer, site):
        verdict = Verdict(Answer.PAGE)  # one column may answer for another
    if verdict.answer is Answer.PAGE and is_script_shell(answer.page):
        return Verdict(Answer.FAILED, _SHELL)
    if verdict.answer in (Answer.PAGE, Answer.BLOCKED):
        return verdict
    if verdict.reason == TO_COLUMN:
        return Verdict(Answer.FAILED, f"{TO_COLUMN}: {answer.final[:200]}")
    return Verdict(Answer.FAILED, verdict.reason or "no list page")


def may_want_other_method(answer: ServerAnswer, verdict: Verdict) -> bool:
    """Whether a data proxy that gave no records may give them to the other of GET and POST."""
    if answer.status in (400, 404, 405, 411, 415, 500, 501):
        return True
    return answer.status == 200 and verdict.answer is Answer.FAILED


def _shows_letters(answer: ServerAnswer, site: Site) -> bool:
    """Whether a list's own address gave a whole page with letters in it."""
    if answer.status not in CONTENT or not is_same_page(answer.asked, answer.final):
        return False
    page = answer.page
    return lists_letters(page) and page.is_markup and not was_cut(answer, page, site)


def _is_led_to_column(answer: ServerAnswer, site: Site) -> bool:
    """Whether it is a column that answered, not a page that would lead to one by script."""
    return answer.is_led and place_key(answer.final) in site.columns


def _is_short_data(verdict: Verdict, page: ListPage) -> bool:
    """Whether what was taken for a stub or a fault is data, though no list: cut, or an error."""
    if verdict.answer is Answer.FAILED:
        return looks_like_json(page.source)
    stub = verdict.answer is Answer.BLOCKED and (verdict.reason or "").startswith("stub of")
    return stub and (looks_like_json(page.source) or begins_datastore(page.source))


def _without_data(answer: ServerAnswer, page: ListPage) -> Verdict | None:
    """Why a page is no list although nothing refused us; None where it may be one."""
    if form := expected_form(answer.asked):
        return Verdict(Answer.FAILED, f"no list: {form} was to come")
    if looks_like_json(page.source):
        return Verdict(Answer.FAILED, "no list in this JSON")
    return None
