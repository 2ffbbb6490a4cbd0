"""How often a field is wrong in letters nobody tuned on: never more often than at first sight."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import Any

import pytest

from tests.test_pipelines_letter import LETTERS, NEVER_GUESSED, differences, read

HOLDOUT: dict[str, Any] = tomllib.loads((LETTERS / "holdout3.toml").read_text())


@pytest.fixture(scope="module")
def wrong() -> Counter[str]:
    """How many readings of the set, in both widths, have a field that is not as printed."""
    counted: Counter[str] = Counter()
    for case in HOLDOUT["letter"]:
        for width in ("as written", "half width"):
            letter = read(case["text"], width)
            expect = {name: value for name, value in case["expect"].items() if name != "refusal"}
            counted.update(told.split(":")[0] for told in differences(letter, expect))
            counted["is_letter"] += letter.is_letter != expect.get("is_letter", True)
    return counted


@pytest.mark.parametrize("field", ["is_letter", "title", "body_ends", "contacts", *NEVER_GUESSED])
def test_field_of_unseen_letters_is_wrong_no_more_often_than_measured(
    field: str, wrong: Counter[str]
) -> None:
    assert wrong[field] <= HOLDOUT["measured_wrong"].get(field, 0)
