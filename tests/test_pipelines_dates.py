"""Dates in every printed shape; a damaged one is no date."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.fold import fold
from pipelines.letter.dates import is_damaged_date, parse_date


@pytest.mark.parametrize(
    "printed",
    [
        "2024-10-12",
        "2024年10月12日",
        "2024 年 10 月 12 日",
        "2024/10/12 10:19",
        "2024-10-12 10:19:33",
        "2024-10-12T10:19",
        "2024.10.12",
        "20241012",
        "二〇二四年十月十二日",
        "二○二四年十月十二日",
        "二零二四年十月十二日",
        "二Ｏ二四年十月十二日",
        "２０２４年１０月１２日",
        "［2024-10-12］",
        " 2024-10-12　",
    ],
)
def test_shape_is_read(printed: str) -> None:
    assert parse_date(printed) == date(2024, 10, 12)


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("二〇二三年十二月三十一日", date(2023, 12, 31)),
        ("二〇一六年二月廿九日", date(2016, 2, 29)),
        ("二〇二三年元月一日", date(2023, 1, 1)),
        ("贰零贰肆年伍月拾陆日", date(2024, 5, 16)),
        ("二〇二四年零五月零六日", date(2024, 5, 6)),
        ("二〇二三年一月二十日", date(2023, 1, 20)),
        ("2023年4月6日", date(2023, 4, 6)),
    ],
)
def test_chinese_numerals_are_numbers(printed: str, day: date) -> None:
    assert parse_date(printed) == day


@pytest.mark.parametrize(
    "printed", ["2022525", "2023年13月4日", "2022年2月30日", "2023年5月", "", "日期", "0000-00-00"]
)
def test_damaged_value_is_no_date(printed: str) -> None:
    assert parse_date(printed) is None


@pytest.mark.parametrize(
    "remains",
    [
        "2022525",
        "20220525",
        "2022年5月",
        "2023年 月 日",
        "2023年13月4日",
        "2022年2月30日",
        "年 月 日",
        "202年5月25日",
        "２０２２５２５",
        "二〇二三年四月",
    ],
)
def test_remains_of_a_date_are_recognised(remains: str) -> None:
    assert is_damaged_date(fold(remains))


@pytest.mark.parametrize(
    "text", ["2023年4月16日", "023-67511393", "13800000000", "第12号", "重庆市科学技术局", "12"]
)
def test_other_text_is_no_damaged_date(text: str) -> None:
    assert not is_damaged_date(fold(text))
