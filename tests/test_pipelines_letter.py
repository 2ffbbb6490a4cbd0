"""What a whole letter reads as: every printed form, in full and half width, and the real seeds."""

from __future__ import annotations

import time
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.fold import fold
from pipelines.letter.letter import parse_letter
from pipelines.parts import PageParts
from storage.records import Portal, ReplyLetter

LETTERS = Path(__file__).parent / "letters"

# Fields that must be empty unless a case expects them: guessing is a fault.
NEVER_GUESSED = [
    "submission_kind",
    "submission_title",
    "submission_number",
    "assembly",
    "addressees",
    "issuing_agency",
    "co_handling_agencies",
    "lead_agency",
    "signatory",
    "index_number",
    "document_number",
    "outcome_class",
    "date_signed",
    "date_written",
    "date_published",
]
# A refused page still shows what it prints; what is read from it is not promised.
OF_LETTERS_ONLY = {"issuing_agency", "date_signed", "assembly", "submission_title", "lead_agency"}


def _cases() -> list[Any]:
    cases = []
    sets = ("forms", "forms3", "forms4", "forms5", "forms6", "forms7", "holdout", "holdout2")
    for name in sets:
        for letter in tomllib.loads((LETTERS / f"{name}.toml").read_text())["letter"]:
            for width in ("as written", "half width"):
                cases.append(pytest.param(letter, width, id=f"{letter['name']} / {width}"))
    return cases


def read(text: str, width: str = "as written") -> ReplyLetter:
    """The reading of an article of which only the lines are known."""
    text = fold(text.replace("\t", "\x00")).replace("\x00", "\t") if width != "as written" else text
    return parse_letter(PageParts(lines=tuple(line for line in text.split("\n") if line.strip())))


def differences(letter: ReplyLetter, expect: dict[str, Any]) -> list[str]:
    """Each field that is not what a case expects, typography of width aside."""
    wrong = []
    for field in sorted(set(NEVER_GUESSED) | set(expect)):
        wanted = expect.get(field)
        if wanted == "*" or (wanted is None and not letter.is_letter and field in OF_LETTERS_ONLY):
            continue
        got = _got(letter, field, wanted)
        if _plain(got) != _plain(wanted):
            wrong.append(f"{field}: got {got!r}, wanted {wanted!r}")
    return wrong


def _got(letter: ReplyLetter, field: str, wanted: Any) -> Any:
    if field == "warns":
        return (
            wanted if all(any(w in x for x in letter.warnings) for w in wanted) else letter.warnings
        )
    if field == "body_starts":
        return wanted if _plain(letter.body).startswith(_plain(wanted)) else letter.body[:60]
    if field == "body_ends":
        return wanted if _plain(letter.body).endswith(_plain(wanted)) else letter.body[-60:]
    return getattr(letter, field)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return fold(value) if value else []


@pytest.mark.parametrize(("case", "width"), _cases())
def test_letter_reads_as_printed(case: dict[str, Any], width: str) -> None:
    letter = read(case["text"], width)
    expect = dict(case["expect"])
    assert letter.refusal == expect.pop("refusal", None)
    assert differences(letter, expect) == []


def test_title_lines_taken_out_of_the_article_are_read_too() -> None:
    title_lines = ("B类", "临建字〔2020〕2号", "关于市政协一届一次会议第1号提案的复函")
    lines = ("王某某委员：", "您提出的《关于甲的建议》收悉，现答复如下：", "已完成。")
    letter = parse_letter(
        PageParts(
            titles=("B类临建字〔2020〕2号关于市政协一届一次会议第1号提案的复函",),
            lines=lines,
            title_lines=title_lines,
        )
    )
    assert letter.title == "关于市政协一届一次会议第1号提案的复函"
    assert (letter.document_number, letter.outcome_class) == ("临建字〔2020〕2号", "B")
    assert letter.body == "\n".join(lines)


def test_title_goes_on_on_the_next_line() -> None:
    lines = (
        "某市交通局",
        "关于市一届人大二次会议第3号建议办理情况的",
        "答 复 函",
        "王某某代表：",
        "您提出的《关于甲的建议》收悉，现答复如下：",
        "已完成。",
    )
    letter = parse_letter(PageParts(lines=lines))
    assert letter.title == "某市交通局关于市一届人大二次会议第3号建议办理情况的答 复 函"


def test_metadata_goes_before_what_the_letter_prints() -> None:
    parts = PageParts(
        lines=(
            "渝某函〔2023〕1号",
            "王某某委员：",
            "您提出的《关于甲的建议》收悉，现答复如下：",
            "某某市某局",
            "2023年1月1日",
        ),
        metadata={
            "document_number": ("渝某函〔2024〕274号",),
            "issuing_agency": ("市某局",),
            "index_number": ("11500000mb15895317／2024-00078",),
            "date_published": ("2024年13月1日",),
            "subject_category": ("科技", "教育"),
        },
    )
    letter = parse_letter(parts)
    assert letter.document_number == "渝某函〔2024〕274号"
    assert letter.issuing_agency == "市某局"
    assert letter.index_number == "11500000MB15895317/2024-00078"
    assert letter.subject_category == "科技"
    assert letter.date_published is None
    assert [w.split(":")[0] for w in letter.warnings] == ["date_published"]


def test_numbers_that_disagree_are_told() -> None:
    letter = parse_letter(
        PageParts(
            titles=("关于市政协一届一次会议第12号提案的复函",),
            lines=(
                "王某某委员：",
                "您提出的《关于甲的建议》（第21号）收悉，现答复如下：",
                "已完成。",
            ),
        )
    )
    assert letter.submission_number == "21"
    assert letter.warnings == ("submission_number: 21 in the letter, 12 in its title",)


def test_title_that_is_a_document_number_is_the_letters_own() -> None:
    lines = ("陆明远委员：", "您提出的《关于建桥的提案》收悉。按照国办发〔2014〕46号，已立项。")
    for title in ("白提复〔2025〕12号", "白提复[2025]12号"):
        letter = parse_letter(PageParts(titles=(title,), lines=lines))
        assert letter.document_number == title


def test_former_answers_title_is_no_submissions() -> None:
    lines = (
        "陆明远代表：",
        "您对我局2025年5月《关于第402号建议的答复》提出的意见收悉。现再次答复如下：",
        "已立项。",
    )
    title = "关于市十五届人大五次会议第402号建议的再次答复"
    letter = parse_letter(PageParts(titles=(title,), lines=lines))
    assert (letter.submission_title, letter.submission_number) == (None, "402")


def test_office_that_republishes_a_letter_may_have_co_handled_it() -> None:
    lines = (
        "何清越代表：",
        "您提出的《关于发展低空经济的建议》（第088号）收悉。经与市经济信息委共同研究办理，答复如下：",
        "某市科学技术局",
        "2025年3月8日",
    )
    other = Portal("cq-x", "某市经济和信息化委员会", "trs", aliases=("市经济信息委",))
    letter = parse_letter(PageParts(lines=lines), other)
    assert letter.co_handling_agencies == ("市经济信息委",)


def test_own_office_is_no_co_handler() -> None:
    portal = Portal("x", "某市教育局", "generic", aliases=("市教育局",))
    lines = (
        "王某某委员：",
        "您提出的《关于甲的建议》收悉。经市教育局、市财政局共同研究，现答复如下：",
        "已完成。",
    )
    assert parse_letter(PageParts(lines=lines), portal).co_handling_agencies == ("市财政局",)


PIECES = st.sampled_from(
    (
        *"、。《》“”将\t\n",
        *("王某委员：", "您提出的", "（第", "0959", "号）", "收悉", "经与", "市教委", "共同研究"),
        *("现答复如下：", "下一步", "2025年", "某市教育局", "2023年4月16日", "2022525", "主办"),
        *("联系人：", "抄送：", "A类", "签发人：", "〔2020〕", "2号", "第一届", "一次会议", "审签"),
    )
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=80)), max_size=25
    ),
    st.lists(st.text(max_size=60), max_size=2),
    st.dictionaries(
        st.sampled_from(["index_number", "date_written", "outcome_class", "genre_category"]),
        st.lists(st.text(max_size=30), max_size=2).map(tuple),
    ),
)
def test_no_parts_raise_and_values_are_the_pages_own(
    lines: list[str], titles: list[str], metadata: dict[str, tuple[str, ...]]
) -> None:
    parts = PageParts(titles=tuple(titles), lines=tuple(lines), metadata=metadata)
    letter = parse_letter(parts)
    assert parse_letter(parts) == letter
    text = "".join("".join((*lines, *titles)).split())
    for line in letter.body.split("\n"):
        assert "".join(line.split()) in text
    for name in (*letter.co_handling_agencies, *letter.contacts):
        assert "".join(name.split()) in text


@pytest.mark.parametrize(
    "piece",
    [
        "《",
        "“",
        "第",
        "1",
        "经与市教委、",
        "第一届",
        "(第",
        " ",
        "2023年4月16日 ",
        "办理的情况",
        "《》",
    ],
)
def test_hostile_line_of_30000_characters_is_bounded(piece: str) -> None:
    line = (piece * 30_000)[:30_000]
    started = time.process_time()
    parse_letter(PageParts(titles=(line,), lines=("王某某委员：", line, *[line[:40]] * 700)))
    assert time.process_time() - started < 2.0
