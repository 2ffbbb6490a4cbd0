"""Index numbers: every real form in one normal form, and check digits that catch a slip."""

from __future__ import annotations

import pytest

from pipelines.letter.index_numbers import (
    check_index_number,
    credit_code,
    credit_code_is_valid,
    normalize_index_number,
    organisation_code,
    organisation_code_is_valid,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CODE = "11500000MB15895317"


@pytest.mark.parametrize(
    ("printed", "normal"),
    [
        ("11500000mb15895317/2024-00078", "11500000MB15895317/2024-00078"),
        (
            "１１５０００００ＭＢ１５８９５３１７／２０２４－０００７８",
            "11500000MB15895317/2024-00078",
        ),
        (" 000014349 / 2017-00110 ", "000014349/2017-00110"),
        ("01527918x-2020-153077", "01527918X-2020-153077"),
        ("640104-107/2019-00169", "640104-107/2019-00169"),
        ("mb1589531/2024-00078", "MB1589531/2024-00078"),
        ("zkx_swj/2025-00008", "zkx_swj/2025-00008"),
        ("Sj_zwgk／2025-1", "Sj_zwgk/2025-1"),
        ("000014349/2017–00110", "000014349/2017-00110"),
        ("【索引号：000014349/2017-00110】", "000014349/2017-00110"),
        ("——", None),
        ("", None),
        (" 　", None),
    ],
)
def test_number_has_one_normal_form(printed: str, normal: str | None) -> None:
    assert normalize_index_number(printed) == normal


def test_valid_codes_pass() -> None:
    assert credit_code_is_valid(CODE)
    assert organisation_code_is_valid("000014349")
    assert organisation_code_is_valid("01527918X")


def test_every_single_substitution_is_caught() -> None:
    for at in range(18):
        for char in ALPHABET:
            if char != CODE[at]:
                assert not credit_code_is_valid(CODE[:at] + char + CODE[at + 1 :])


def test_every_swap_of_neighbours_is_caught() -> None:
    for at in range(17):
        swapped = CODE[:at] + CODE[at + 1] + CODE[at] + CODE[at + 2 :]
        if swapped != CODE:
            assert not credit_code_is_valid(swapped)


def test_failing_check_is_named_not_raised() -> None:
    warning = check_index_number("11500000MB15895318/2024-00078")
    assert warning is not None and warning.startswith("index_number: ")
    assert check_index_number(f"{CODE}/2024-00078") is None


@pytest.mark.parametrize(
    "number",
    [
        "001008003011029/2024-68088",
        "20230407-233215-668",
        "202304072332156680/2023-1",
        "4311000019/2021-04273",
        "zkx_swj/2025-00008",
        "000014349/2017-00110",
    ],
)
def test_other_forms_carry_no_credit_code(number: str) -> None:
    assert credit_code(number) is None
    assert check_index_number(number) is None


@pytest.mark.parametrize(
    ("number", "warns"),
    [
        ("01527918X-2020-153077", False),
        ("01527919X-2020-153077", True),
        ("MB1589531/2024-00078", False),
        ("MB1589532/2024-00078", True),
        ("123456789/2021-04273", False),
        ("640104107/2019-00169", False),
        ("SJ0010203/2020-1", False),
    ],
)
def test_nine_characters_are_checked_only_where_their_form_is_an_organisation_code(
    number: str, warns: bool
) -> None:
    assert (check_index_number(number) is not None) is warns


def test_organisation_code_is_taken_from_inside() -> None:
    assert organisation_code(f"{CODE}/2024-00078") == "MB1589531"


@pytest.mark.parametrize("code", ["", "A", "11500000MB1589531I", "一" * 18, "0" * 17])
def test_odd_codes_are_invalid(code: str) -> None:
    assert not credit_code_is_valid(code)
    assert not organisation_code_is_valid(code)
