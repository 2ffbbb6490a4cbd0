"""Submission numbers as they stand between 第 and 号, and document numbers told from them."""

from __future__ import annotations

import pytest

from pipelines.fold import fold
from pipelines.letter.numbers import document_numbers, find_submission_number, labelled_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("(第0959号)收悉", "0959"),
        ("（第０９５９号）收悉", "0959"),
        ("(第1152号)", "1152"),
        ("(第DH0271号)", "DH0271"),
        ("第20250118040077号建议", "20250118040077"),
        ("第2019009号", "2019009"),
        ("(72号)收悉", "72"),
        ("第161-430号", "161-430"),
        ("第161－430号", "161-430"),
        ("第02403号(医疗卫生类173号)", "02403"),
        ("第 0450 号提案", "0450"),
        ("(提案编号:0123)", "0123"),
        ("编号为20230123", "20230123"),
        ("20230123号提案", "20230123"),
        ("代表建议第123号", "123"),
        ("建议0045号", "0045"),
        ("第2024-017号", "2024-017"),
        ("第一百二十三号建议", "一百二十三"),
        ("(第0123)", "0123"),
        ("收悉", None),
        ("渝府发〔2022〕第5号", None),
        ("国发〔2019〕8号", None),
        ("交通运输部令2017年第5号", None),
        ("财政部公告2023年第12号", None),
        ("国家税务总局公告2023年第5号，第0088号提案", "0088"),
        ("2023年第33号提案", "33"),
        ("第社会类033号", "社会类033"),
    ],
)
def test_submission_number_is_what_stands_in_between(text: str, number: str | None) -> None:
    assert find_submission_number(fold(text)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("渝科局函〔2024〕274号", "渝科局函〔2024〕274号"),
        ("渝文旅函字〔2025〕283号", "渝文旅函字〔2025〕283号"),
        ("临建字[2020]2号", "临建字[2020]2号"),
        ("潼民发【2024】275号", "潼民发【2024】275号"),
        ("建提复字〔2023〕第29号", "建提复字〔2023〕第29号"),
        ("巴府函﹝2023〕8号", "巴府函﹝2023〕8号"),
        ("某府办发（2023）12号", "某府办发（2023）12号"),
        ("按照渝府发〔2022〕5号要求", "渝府发〔2022〕5号"),
        ("根据国办发〔2014〕46号文件", "国办发〔2014〕46号"),
        ("并以湖府办发〔2023〕41号印发", "湖府办发〔2023〕41号"),
        ("经湖府〔2021〕5号批准", "湖府〔2021〕5号"),
        ("经开委发〔2021〕5号", "经开委发〔2021〕5号"),
        ("并政发〔2023〕5号", "并政发〔2023〕5号"),
        ("宁农（建）〔2024〕21号", "宁农（建）〔2024〕21号"),
        ("浙教(办)函〔2024〕3号", "浙教(办)函〔2024〕3号"),
        ("白规〔2024〕提字第5号", "白规〔2024〕提字第5号"),
        ("的复函（公开）白水函〔2024〕5号", "白水函〔2024〕5号"),
    ],
)
def test_document_number_is_cut_as_published(text: str, number: str) -> None:
    spans = list(document_numbers(fold(text)))
    assert [text[left:right] for left, right in spans] == [number]


def test_submission_number_is_no_document_number() -> None:
    assert list(document_numbers("市政协五届五次会议第0328号提案")) == []


@pytest.mark.parametrize(
    ("row", "number"),
    [("提案编号:0123", "0123"), ("建议编号\t第31号\t领衔代表", "31"), ("无", None)],
)
def test_labelled_number_of_a_form(row: str, number: str | None) -> None:
    assert labelled_number(row) == number
