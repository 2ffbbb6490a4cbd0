"""Which pages are one letter, and which only look it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from storage.identity.agency_names import AgencyNames, cut_sign_off, may_be_one
from storage.identity.marks import evidence_of, session_key
from storage.identity.sameness import same_letter
from storage.records import ListColumn, Portal, ReplyLetter
from tests.archive_story import Story, a_letter

CODE = "11500000MB15895317"


def _verdict(one: ReplyLetter, other: ReplyLetter, portals: tuple[str, str] = ("a", "a")) -> object:
    names = AgencyNames(
        [("a", "某市科学技术局", ["市科技局"]), ("gov", "某市人民政府办公室", ["市政府办公室"])]
    )
    mine, theirs = evidence_of(one, portals[0], names), evidence_of(other, portals[1], names)
    verdict = same_letter(mine, theirs)
    assert verdict == same_letter(theirs, mine)
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


def test_republication_that_prints_another_office_is_the_same_letter() -> None:
    one = a_letter(1, index_number=f"{CODE}/2024-00078", date_signed=date(2025, 3, 2))
    other = replace(
        one, index_number="1150000000927578X2/2025-00011", issuing_agency="市政府办公室"
    )
    assert _verdict(one, other, ("a", "gov")) == "submission number"


def test_same_short_name_in_two_cities_is_two_offices() -> None:
    names = AgencyNames([("a", "某市教育局", ["市教育局"]), ("b", "另市教育局", ["市教育局"])])
    assert names.agency_of("市教育局", "a") == "某市教育局"
    assert names.agency_of("市教育局", "b") == "另市教育局"
    assert names.agency_of("市教育局", "congress") is None
    body = a_letter(1).body.replace("某市科学技术局", "市教育局")
    one = a_letter(1, issuing_agency="市教育局", body=body)
    assert same_letter(evidence_of(one, "a", names), evidence_of(one, "b", names)) is None


def test_twin_of_a_portal_without_aliases_may_print_the_full_name() -> None:
    one = a_letter(1, issuing_agency="某市经信委", body="甲" * 60)
    other = replace(one, issuing_agency="某市经济和信息化委员会")
    assert _verdict(one, other) == "submission number"


def test_like_titles_of_unnumbered_letters_are_two_matters() -> None:
    one = a_letter(
        1, submission_number=None, assembly=None, title="复函",
        submission_title="关于加强养老工作的建议",
    )  # fmt: skip
    other = replace(one, submission_title="关于加强校车工作的建议")
    assert _verdict(one, other) is None
    assert _verdict(one, replace(one, submission_title="加强养老工作")) == "text"


def test_boilerplate_that_nine_tenths_share_makes_no_copy() -> None:
    blank = {"submission_number": None, "submission_title": None, "assembly": None, "title": None}
    shared = "。".join(f"第{n}项工作按照统一部署推进落实" for n in range(40))
    one = a_letter(1, **blank, body=f"{shared}\n河道清淤{'二三' * 20}公里")
    other = a_letter(2, **blank, body=f"{shared}\n校车更新{'四五' * 20}辆")
    assert _verdict(one, other) is None


def test_second_answer_without_numbers_is_told_by_date_and_text() -> None:
    one = a_letter(1, date_signed=date(2025, 3, 1))
    again = one.body.replace("现答复如下", "根据您的反馈意见现补充答复如下")
    other = replace(one, date_signed=date(2025, 6, 1), body=again)
    assert _verdict(one, other) is None
    assert _verdict(one, replace(one, date_signed=date(2025, 3, 11))) == "submission number"


def test_same_number_a_year_later_where_no_session_is_said() -> None:
    one = a_letter(1, assembly=None, date_signed=date(2024, 5, 6))
    assert _verdict(one, replace(one, date_signed=date(2025, 5, 8))) is None


def test_a_proposal_and_a_suggestion_of_one_number_are_two() -> None:
    one = a_letter(1, submission_kind=None, assembly="第六届第三次")
    suggested = replace(one, body=one.body.replace("号）", "号建议）"))
    proposed = replace(one, body=one.body.replace("号）", "号提案）"))
    assert _verdict(suggested, proposed) is None
    assert _verdict(suggested, one) == "submission number"


@pytest.mark.parametrize(
    ("body", "text", "signer"),
    [
        ("正文。\n某市教育局\n2025年5月6日", "正文。", "某市教育局"),
        ("正文。\n某市教育局　2025 年 5 月 6 日", "正文。", "某市教育局"),
        ("正文。\n某县人民政府办公室（盖章）\n二〇二五年五月六日", "正文。", "某县人民政府办公室"),
        ("正文。\n特此函复", "正文。\n特此函复", None),
        ("", "", None),
    ],
)
def test_sign_off_is_cut_with_the_name_in_it(body: str, text: str, signer: str | None) -> None:
    assert cut_sign_off(body) == (text, signer)


def test_short_names_of_offices() -> None:
    assert may_be_one("市科技局", "重庆市科学技术局")
    assert not may_be_one("市科技局", "市教育局")


def test_a_page_that_says_too_little_joins_no_two_letters(tmp_path: Path) -> None:
    first = a_letter(1, addressees=("王甲",))
    bare = replace(
        first, submission_number=None, submission_title=None, title=None, addressees=()
    )  # fmt: skip
    second = replace(first, submission_number="0777", title="第0777号建议的复函")
    story = Story(tmp_path / "fuhan.db")
    for site in ({"1.html": first}, {"1.html": first, "2.html": bare}):
        story.crawl(site)
    story.crawl({"1.html": first, "2.html": bare, "3.html": second})
    with story.open() as archive:
        assert [len(record.urls) for record in archive.letters()] == [2, 1]


def test_agencies_are_read_again_when_a_portal_comes_in(tmp_path: Path) -> None:
    unsigned = a_letter(1).body.rpartition("\n某市科学技术局")[0]
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1, body=unsigned)})
    column = ListColumn("http://b.example/")
    other = Portal(name="b", agency="另市教育局", platform="trs", lists=(column,))
    letter = a_letter(1, issuing_agency="另市教育局", body=unsigned)
    story.crawl({"2.html": letter}, portal=other)
    assert story.told()[-1] == ("new", "2.html")


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
