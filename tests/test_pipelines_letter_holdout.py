"""How often a field is wrong in letters nobody tuned on: never more often than at first sight."""

from __future__ import annotations

import tomllib
from collections import Counter
from functools import cache
from typing import Any

import pytest

from tests.test_pipelines_letter import LETTERS, NEVER_GUESSED, differences, read

SETS = ("holdout3", "holdout4", "holdout5")
FIELDS = ("is_letter", "title", "body_ends", "contacts", "commitments", *NEVER_GUESSED)


@cache
def holdout(name: str) -> dict[str, Any]:
    """One set of letters that the rules have not seen."""
    return tomllib.loads((LETTERS / f"{name}.toml").read_text())


@cache
def wrong(name: str) -> Counter[str]:
    """How many readings of a set, in both widths, have a field that is not as printed."""
    counted: Counter[str] = Counter()
    for case in holdout(name)["letter"]:
        judged = {"refusal", "is_letter"}
        expect = {field: value for field, value in case["expect"].items() if field not in judged}
        for width in ("as written", "half width"):
            letter = read(case["text"], width)
            is_letter = letter.is_letter == case["expect"].get("is_letter", True)
            counted["is_letter"] += not is_letter
            if is_letter:
                counted.update(told.split(":")[0] for told in differences(letter, expect))
    return counted


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", SETS)
def test_field_of_unseen_letters_is_wrong_no_more_often_than_measured(
    name: str, field: str
) -> None:
    assert wrong(name)[field] <= holdout(name)["measured_wrong"].get(field, 0)
