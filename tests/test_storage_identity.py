"""Which pages are one letter, and which only look it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.evidence import evidence_of, session_key
from storage.identity import same_letter
from storage.records import ListColumn, Portal, ReplyLetter
from tests.archive_story import Story, a_letter

CODE = "11500000MB15895317"


def _verdict(one: ReplyLetter, other: ReplyLetter, portals: tuple[str, str] = ("a", "a")) -> object:
    agencies = {"某市科学技术局": "某市科学技术局", "市科技局": "某市科学技术局"}
    verdict = same_letter(
        evidence_of(one, portals[0], agencies), evidence_of(other, portals[1], agencies)
    )
    assert verdict == same_letter(
        evidence_of(other, portals[1], agencies), evidence_of(one, portals[0], agencies)
    )
    return verdict


def test_index_number_in_any_width_and_case() -> None:
    one = a_letter(1, index_number=f"{CODE}/2024-00078")
    other = a_letter(1, index_number=f"{CODE.lower()}／2024－00078".replace("－", "-"))
    assert _verdict(one, other) == "index number"


def test_f40_reused_index_number_keeps_two_letters_apart() -> None:
    one = a_letter(1, index_number=f"{CODE}/2024-00078")
    assert _verdict(one, a_letter(2, index_number=f"{CODE}/2024-00078")) is None
    unnumbered = a_letter(
        2, index_number=f"{CODE}/2024-00078", submission_number=None, submission_title=None
    )
    assert _verdict(one, unnumbered) is None


def test_near_identical_answers_to_two_submissions_are_two_letters() -> None:
    one = a_letter(1)
    other = replace(one, submission_number="0777", body=one.body.replace("0001", "0777"))
    assert _verdict(one, other) is None


def test_second_answer_to_one_submission_is_a_letter_of_its_own() -> None:
    one = a_letter(1, document_number="某科函〔2025〕1号", date_signed=date(2025, 3, 1))
    other = a_letter(1, document_number="某科函〔2025〕88号", date_signed=date(2025, 6, 1))
    assert _verdict(one, other) is None


def test_same_number_in_another_year_is_another_letter() -> None:
    assert _verdict(a_letter(1), a_letter(1, assembly="市六届人大四次会议")) is None


def test_republished_under_a_new_index_number_is_the_same_letter() -> None:
    one = a_letter(1, index_number=f"{CODE}/2024-00078", date_signed=date(2025, 3, 2))
    other = replace(one, index_number=f"{CODE}/2024-00100")
    assert _verdict(one, other) == "submission number"


def test_short_name_of_the_agency_is_the_same_agency() -> None:
    one = a_letter(1)
    other = replace(one, issuing_agency="市科技局")
    assert _verdict(one, other, ("a", "b")) == "submission number"


def test_two_offices_answering_one_submission_are_two_letters() -> None:
    one = a_letter(1)
    other = replace(
        one, issuing_agency="某市教育局", body=one.body.replace("某市科学技术局", "某市教育局")
    )
    assert _verdict(one, other) is None


def test_congress_copy_without_salutation_is_the_same_letter() -> None:
    one = a_letter(4, addressees=("王戊",))
    other = replace(one, addressees=(), body=one.body.partition("\n")[2], issuing_agency=None)
    assert _verdict(one, other, ("a", "congress")) == "submission number"


def test_unnumbered_letters_are_told_by_their_text() -> None:
    blank = {"submission_number": None, "submission_title": None, "assembly": None, "title": None}
    one, two = a_letter(5, **blank), a_letter(6, **blank)
    assert _verdict(one, replace(one, body=one.body.replace("35处", "38处"))) == "text"
    assert _verdict(one, two) is None


@pytest.mark.parametrize(
    ("assembly", "key"),
    [
        ("市政协五届五次会议", "cppcc-5-5"),
        ("市五届人大第五次会议", "npc-5-5"),
        ("区第十八届人民代表大会第四次会议", "npc-18-4"),
        ("第十六届第一次", "any-16-1"),
        ("政协第二十一届委员会第10次会议", "cppcc-21-10"),
        ("有关会议", None),
    ],
)
def test_sessions_are_compared_by_number(assembly: str, key: str | None) -> None:
    assert session_key(assembly) == key


def test_republication_on_another_portal_is_found(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    site = {f"t{n}.html": a_letter(n) for n in range(1, 7)}
    story.crawl(site)
    start = story.cursor()
    column = ListColumn("http://b.example/rd/")
    congress = Portal(name="b", agency="某市人大常委会", platform="generic", lists=(column,))
    story.crawl({"9.html": a_letter(3, issuing_agency=None)}, portal=congress)
    assert story.told(start) == [("copy-found", "9.html")]
    with story.open() as archive:
        record = archive.letter(3)
    assert record is not None
    assert record.urls == ("http://a.example/jyta/t3.html", "http://b.example/rd/9.html")
