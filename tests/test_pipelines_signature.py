"""The letter's end: office, date, signatory, and where the body stops."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.letter.letter import parse_letter
from pipelines.letter.outcome import find_outcome_class
from pipelines.letter.signatory import find_signatory
from pipelines.parts import PageParts
from storage.records import Attachment, ReplyLetter

START = (
    "陆某某委员：",
    "您提出的《关于甲的建议》（第1号）收悉，现答复如下：",
    "道路已经修复，全线通车。",
)


def ending(*lines: str) -> ReplyLetter:
    return parse_letter(PageParts(lines=(*START, *lines)))


def test_signature_behind_a_label_stays_in_the_body() -> None:
    letter = ending("承办单位：某某市交通局", "2023年4月16日")
    assert letter.body.endswith("承办单位：某某市交通局\n2023年4月16日")
    assert (letter.issuing_agency, letter.contacts) == ("某某市交通局", ())


def test_label_beside_an_office_that_signs_is_a_contact() -> None:
    letter = ending("承办单位：某某市交通局", "某某市交通局", "2023年4月16日")
    assert letter.issuing_agency == "某某市交通局"
    assert letter.contacts == ("承办单位：某某市交通局",)


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("市政府王勇副市长", "王勇"),
        ("县委办公室王勇副主任", "王勇"),
        ("市交通运输委员会欧阳小勇主任", "欧阳小勇"),
        ("张会平局长", "张会平"),
    ],
)
def test_signatory_behind_an_offices_name(who: str, name: str) -> None:
    assert ending(f"此复函已经{who}审签。", "某某市交通局", "2023年4月16日").signatory == name


@pytest.mark.parametrize(
    "lines",
    [
        ("某某市交通局", "2023年4月16日"),
        ("某某市交通局", "二○二三年四月十六日"),
        ("某某市交通局", "（2023年4月16日）"),
        ("某某市交通局（盖章）", "2023 年 4 月 16 日"),
        ("某某市交通局　　2023年4月16日",),
        ("某某市交通局\t2023年4月16日",),
        ("某某市交通局 2023年4月16日 联系人：某某 电话：0000000",),
        ("某 某 市 交 通 局", "2023.4.16"),
        ("2023年4月16日", "某某市交通局"),
    ],
)
def test_office_and_date_in_every_arrangement(lines: tuple[str, ...]) -> None:
    letter = ending(*lines)
    assert letter.issuing_agency == "某某市交通局"
    assert letter.date_signed == date(2023, 4, 16)
    assert letter.warnings == ()
    assert "联系人" not in letter.body


@pytest.mark.parametrize("damaged", ["2022525", "2022年5月", "2023年 月 日", "2023年13月1日"])
def test_damaged_date_is_null_and_named(damaged: str) -> None:
    letter = ending("某某市交通局", damaged)
    assert letter.date_signed is None
    assert [w.split(":")[0] for w in letter.warnings] == ["date_signed"]
    assert letter.body.endswith(damaged)


def test_damaged_date_on_the_offices_line_or_alone_is_named_too() -> None:
    for lines in (("某某市交通局 2022525",), ("2022525",)):
        letter = ending(*lines)
        assert [w.split(":")[0] for w in letter.warnings] == ["date_signed"]
        assert letter.body.endswith("2022525")


def test_missing_date_is_null_without_warning() -> None:
    letter = ending("某某市交通局", "抄送：市政协提案委")
    assert (letter.date_signed, letter.warnings) == (None, ())
    assert letter.body.endswith("某某市交通局")


def test_date_of_the_metadata_is_never_the_signed_one() -> None:
    parts = PageParts(lines=START, metadata={"date_written": ("2024-10-12",)})
    assert parse_letter(parts).date_signed is None
    assert parse_letter(parts).date_written == date(2024, 10, 12)


def test_printing_date_behind_the_copies_is_not_the_signed_one() -> None:
    letter = ending(
        "某某市交通局",
        "2023年4月16日",
        "抄送：市政协提案委",
        "某某市交通局办公室　2023年5月1日印发",
    )
    assert letter.date_signed == date(2023, 4, 16)
    assert letter.contacts == ("抄送：市政协提案委", "某某市交通局办公室　2023年5月1日印发")


def test_dates_within_a_table_do_not_end_the_letter() -> None:
    letter = ending(
        "甲区公安局\t2023年1月1日",
        "乙区公安局\t2023年2月1日",
        "以上两项均已完成。",
        "某某市交通局",
        "2023年4月16日",
    )
    assert letter.date_signed == date(2023, 4, 16)
    assert "以上两项均已完成。" in letter.body


def test_contact_lines_before_the_signature_are_kept_apart() -> None:
    letter = ending("联系人：某某", "联系电话：0000000", "某某市交通局", "2023年4月16日")
    assert letter.contacts == ("联系人：某某", "联系电话：0000000")
    assert letter.body.endswith("全线通车。\n某某市交通局\n2023年4月16日")


def test_long_annex_is_no_part_of_the_body() -> None:
    letter = ending("某某市交通局", "2023年4月16日", "附件1", "甲" * 400)
    assert letter.body.endswith("2023年4月16日")
    assert letter.annex == ("附件1", "甲" * 400)


def test_long_text_without_a_heading_is_left_out_with_a_warning() -> None:
    letter = ending("某某市交通局", "2023年4月16日", "甲" * 400)
    assert letter.body.endswith("2023年4月16日")
    assert letter.warnings and letter.warnings[0].startswith("body:")
    assert letter.annex == ()


def test_names_of_attached_files_are_no_contacts() -> None:
    parts = PageParts(
        lines=(*START, "某某市交通局", "2023年4月16日", "规划表.pdf"),
        attachments=(Attachment("规划表.pdf", "https://x.example/a.pdf"),),
    )
    assert parse_letter(parts).contacts == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("此复函已经蓝庆某主任审签。", "蓝庆某"),
        ("此答复函已经明某局长审签。", "明某"),
        ("此复函已经黄建某党组书记、主任审签", "黄建某"),
        ("已经分管副市长张国某审定,由市教委主任黄某签发。", "黄某"),
        ("此复函已经市教委主任刘某某审签", "刘某某"),
        ("此函已经王某某副局长审签", "王某某"),
        ("此复函已经欧阳某某同志审定", "欧阳某某"),
        ("签发人:丁某", "丁某"),
        ("签 发 人: 丁 某", "丁某"),
        ("领导签发:丁某 局长", "丁某"),
        ("此复函已经局党组会议审定。", None),
        ("方案由企业审核后实施。", None),
        ("由省政府审批", None),
        ("签发人:", None),
    ],
)
def test_signatory_is_the_name_alone(text: str, name: str | None) -> None:
    assert find_signatory(text, "") == name


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("办复类别:B类", "B"),
        ("类别:C", "C"),
        ("办理结果:(C)", "C"),
        ("A类)", "A"),
        ("(B1类)", "B1"),
        ("B1类", "B1"),
        ("A", "A"),
        ("【D】", "D"),
        ("办理结果\tA", "A"),
        ("办复类别:已经解决(A类)", "A"),
        ("关于市政协第1号提案的复函(A类)", "A"),
        ("A类 临建字〔2020〕2号", "A"),
        ("办理结果(A、B、C):B", "B"),
        ("(A类:已解决;B类:正在解决;C类:留作参考)", None),
        ("办复类别:", None),
        ("5A级景区", None),
        ("PPP项目", None),
    ],
)
def test_outcome_class_alone(text: str, outcome: str | None) -> None:
    assert find_outcome_class([text]) == outcome


@pytest.mark.parametrize(
    "line",
    [
        "联系领导及电话：钱某 13900000000；经办人：孙某 13700000000",
        "分管领导：钱某　手机：13900000000",
        "微信：qm13900000000",
        "养老服务科：0999-0000000",
    ],
)
def test_a_number_to_call_before_the_office_is_a_contact_under_any_label(line: str) -> None:
    parts = PageParts(
        lines=(
            "王刚代表：",
            "您提出的《关于建桥的建议》收悉，桥拟于年内开工。",
            line,
            "某某市交通局",
            "2023年5月1日",
        ),
    )
    letter = parse_letter(parts)
    assert line not in letter.body
    assert "".join(letter.contacts).replace("、", "").startswith(line[:4])
    assert not any("0000" in promise for promise in letter.commitments)


@pytest.mark.parametrize("behind", ["满意程度\t满意", "代表意见\t满意", "是否公开\t是"])
def test_office_and_day_in_a_row_sign_where_the_form_goes_on_with_what_the_member_says(
    behind: str,
) -> None:
    letter = ending("答复单位\t某某市交通局\t答复日期\t2023年4月16日", behind)
    assert (letter.issuing_agency, letter.date_signed) == ("某某市交通局", date(2023, 4, 16))
    assert behind not in letter.body


def test_numbers_to_call_in_an_annex_stay_there() -> None:
    annex = ("附件", "服务网点电话一览", "青山服务站：0999-0000000", "白石服务站：13900000000")
    letter = ending("某某市交通局", "2023年4月16日", *annex)
    assert (letter.annex, letter.contacts) == (annex, ())
