"""The invented letters: varied, repeatable, distinct, with codes that check."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.demo import forms
from crawler.demo.agencies import ECONOMY, SCIENCE, Agency
from crawler.demo.cast import PLANTED, plant
from crawler.demo.codes import organisation_code, social_credit_code
from crawler.demo.invent import invent_letter, invent_letters
from crawler.demo.letters import DemoLetter, Table
from crawler.demo.oddities import ANNUAL_SUMMARY, ATTACHMENT_ONLY, MAILBOX_REPLY


@pytest.fixture(scope="module")
def letters() -> tuple[DemoLetter, ...]:
    return invent_letters(60)


def shingles(text: str) -> set[str]:
    return {text[start : start + 5] for start in range(len(text) - 4)}


# --- codes ---


def test_the_codes_of_real_companies_check() -> None:
    # two companies' codes as they print them: 9144030071526726XG, 914403001922038216
    assert organisation_code("71526726") == "71526726X"
    assert social_credit_code("91", "440300", "71526726X") == "9144030071526726XG"
    assert organisation_code("19220382") == "192203821"
    assert social_credit_code("91", "440300", "192203821") == "914403001922038216"


@pytest.mark.parametrize("agency", [SCIENCE, ECONOMY], ids=lambda agency: agency.key)
def test_an_agencys_codes_check_and_notice_a_wrong_character(agency: Agency) -> None:
    code = agency.credit_code
    assert len(code) == 18
    assert organisation_code(code[8:16]) == code[8:17]
    for place in range(8, 16):
        wrong = "3" if code[place] != "3" else "4"
        stem = code[:place] + wrong + code[place + 1 : 17]
        assert social_credit_code(stem[:2], stem[2:8], stem[8:])[-1] != code[-1]


# --- repeatable and distinct ---


def test_the_same_seed_invents_the_same_letters(letters: tuple[DemoLetter, ...]) -> None:
    assert invent_letters(60) == letters
    assert invent_letters(20) == letters[:20]
    assert invent_letters(60, seed=2)[7].body != letters[7].body


def test_thousands_of_letters_differ() -> None:
    many = invent_letters(2000)
    assert len({letter.body for letter in many}) == 2000
    assert len({letter.title for letter in many}) == 2000
    assert len({letter.index_number for letter in many}) == 2000
    assert len({letter.document_number for letter in many}) == 2000


def test_letters_on_one_subject_share_little_text() -> None:
    same_subject = [
        shingles(letter.body)
        for letter in invent_letters(400)
        if letter.subject_category == "科普" and letter.submission
    ]
    assert len(same_subject) > 20
    for number, one in enumerate(same_subject):
        for other in same_subject[:number]:
            assert len(one & other) / len(one | other) < 0.4


# --- varied ---


def test_every_form_of_addressing_occurs(letters: tuple[DemoLetter, ...]) -> None:
    first_lines = [letter.body.partition("\n")[0] for letter in letters]
    assert any(line.startswith("尊敬的") for line in first_lines)
    assert any("等4名" in line for line in first_lines)
    assert any(" " in line and line.endswith("委员：") for line in first_lines)
    assert any(line.endswith(("委员", "代表")) for line in first_lines)
    assert any(letter.addressees == () for letter in letters)
    assert any(len(letter.addressees) == 3 for letter in letters)
    assert any("界别" in "".join(letter.addressees) for letter in letters)


def test_names_in_a_salutation_lose_only_their_blanks(letters: tuple[DemoLetter, ...]) -> None:
    for letter in letters:
        first_line = letter.body.partition("\n")[0].replace(" ", "")
        for name in letter.addressees:
            assert name in first_line


def test_openings_name_what_the_letter_answers(letters: tuple[DemoLetter, ...]) -> None:
    for letter in letters:
        submission = letter.submission
        assert submission is not None
        opening = letter.body.split("\n")[1 if letter.addressees else 0]
        assert submission.number in letter.title
        assert submission.assembly is not None
        assert submission.assembly in letter.title
        assert submission.title is not None
        assert f"《{submission.title}》" in opening or f"“{submission.title}”" in opening
        assert all(office in opening for office in letter.co_handling)


def test_every_opening_and_number_form_occurs(letters: tuple[DemoLetter, ...]) -> None:
    text = "\n".join(letter.body for letter in letters)
    for words in ("已交我们研究办理", "你们提出的", "您们", "收到", "期间，", "即《", "号）提案"):
        assert words in text, words
    numbers = [letter.submission.number for letter in letters if letter.submission]
    assert any(number.startswith("DH") for number in numbers)
    assert any("-" in number for number in numbers)
    assert any(len(number) == 14 for number in numbers)
    assert any(number.startswith("0") and len(number) == 4 for number in numbers)
    assert any("“" in title for title in _submission_titles(letters))


def test_other_parts_come_and_go(letters: tuple[DemoLetter, ...]) -> None:
    assert {letter.outcome_class for letter in letters} == {"A", "B", "B1", "C", None}
    assert any(isinstance(block, Table) for letter in letters for block in letter.text)
    assert any(len(letter.files) == 2 for letter in letters)
    assert any(letter.signatory is None for letter in letters)
    assert any(letter.co_handling == () for letter in letters)
    assert any(letter.date_written != letter.date_signed for letter in letters)
    tails = "".join(line.text for letter in letters for line in letter.tail)
    for words in ("联系人：", "联系电话：", "抄送：", "（此件公开发布）"):
        assert words in tails
    assert not any("联系电话" in letter.body for letter in letters)


def test_signatories_stand_in_the_text(letters: tuple[DemoLetter, ...]) -> None:
    for letter in letters:
        assert letter.signatory is None or letter.signatory in letter.body
    text = "\n".join(letter.body for letter in letters)
    for words in ("审签。", "审定。", "签发。", "签发人：", "领导签发："):
        assert words in text


@pytest.mark.parametrize(
    ("form", "printed"),
    [
        ("2025年5月16日", "2025年5月6日"),
        ("二〇二五年五月十六日", "二〇二五年五月六日"),
        ("2025 年 5 月 16 日", "2025 年 5 月 6 日"),
        ("2025年05月16日", "2025年05月06日"),
    ],
)
def test_dates_are_printed_in_every_form(form: forms.DateForm, printed: str) -> None:
    assert forms.print_date(date(2025, 5, 6), form) == printed


def test_chinese_dates_count_the_chinese_way() -> None:
    form: forms.DateForm = "二〇二五年五月十六日"
    assert forms.print_date(date(2021, 12, 31), form) == "二〇二一年十二月三十一日"
    assert forms.print_date(date(2020, 10, 20), form) == "二〇二〇年十月二十日"


def test_full_width_punctuation_stands_in_every_letter(letters: tuple[DemoLetter, ...]) -> None:
    for letter in letters:
        assert "，" in letter.body and "。" in letter.body
        assert "," not in letter.body


# --- what a reader must find ---


def test_index_numbers_are_for_the_offices_that_give_them() -> None:
    economy = invent_letters(30, agency=ECONOMY)
    assert all(letter.index_number for letter in invent_letters(30))
    assert any(letter.index_number for letter in economy)
    assert any(letter.index_number is None for letter in economy)
    for letter in economy:
        if letter.index_number is None:
            assert letter.date_written is None and letter.genre_category is None


def test_the_reading_is_the_letter_at_an_address() -> None:
    letter = next(letter for letter in invent_letters(60) if letter.files)
    reading = letter.reading("http://host/a/202501/t1.html", date(2026, 1, 2))
    assert reading.attachments[0].url == f"http://host/a/202501/{letter.files[0].name}"
    assert reading.date_published == date(2026, 1, 2)
    assert reading.body == letter.body and reading.is_letter and reading.refusal is None
    assert reading.issuing_agency == "市科技局"


def test_what_is_no_letter_says_so() -> None:
    for page in (MAILBOX_REPLY, ANNUAL_SUMMARY):
        assert not page.reading("http://host/x.html").is_letter
    only = ATTACHMENT_ONLY.reading("http://host/x.html")
    assert (only.is_letter, only.body, only.refusal) == (True, "", "attachment only")


def test_a_planted_sentence_follows_the_opening() -> None:
    planted = plant(invent_letter(3))
    without = invent_letter(3)
    assert PLANTED["science-003"] in planted.body.split("\n")[:3]
    assert planted.body.replace(PLANTED["science-003"] + "\n", "") == without.body
    assert plant(invent_letter(4)) == invent_letter(4)


def _submission_titles(letters: tuple[DemoLetter, ...]) -> list[str]:
    return [x.submission.title for x in letters if x.submission and x.submission.title]
