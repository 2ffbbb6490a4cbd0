"""The passages a report shows of a body: whole sentences, joined where they touch, bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.diff.differ import full_diff
from schedules.reports.sentences import changed_sentences


def shown(before: str, after: str) -> list[tuple[str, str]]:
    """Each passage as it read before and reads now."""
    return [
        (
            "".join(text for sign, text in passage if sign != "+"),
            "".join(text for sign, text in passage if sign != "-"),
        )
        for passage in changed_sentences(full_diff(before, after))
    ]


@pytest.mark.parametrize(
    ("before", "after", "passages"),
    [
        (
            "您好！全市已建成312个，覆盖9个街道。下一步再建80个。",
            "您好！全市已建成332个，覆盖9个街道。下一步再建80个。",
            [("全市已建成312个，覆盖9个街道。", "全市已建成332个，覆盖9个街道。")],
        ),
        (
            "一、已建312个。\n二、无关。\n三、将于年底前建成。",
            "一、已建332个。\n二、无关。\n三、将适时建成。",
            [("一、已建312个。", "一、已建332个。"), ("三、将于年底前建成。", "三、将适时建成。")],
        ),
        ("甲。乙。丙。", "甲。丙。", [("乙。", "")]),
        ("甲。丙。", "甲。乙。丙。", [("", "乙。")]),
        (
            "您提出“补齐短板。”收悉3次。",
            "您提出“补齐短板。”收悉4次。",
            [("收悉3次。", "收悉4次。")],
        ),
        ("", "新。", [("", "新。")]),
    ],
    ids=["figure", "two paragraphs", "left out", "put in", "closing quote", "from nothing"],
)
def test_passages_are_whole_sentences(
    before: str, after: str, passages: list[tuple[str, str]]
) -> None:
    assert shown(before, after) == passages


def test_two_changes_of_one_sentence_are_one_passage() -> None:
    before = "全市共有企业2484家，其中规模以上企业187家。"
    after = "全市共有企业2648家，其中规模以上企业189家。"
    assert shown(before, after) == [(before, after)]


def test_sentence_without_end_is_cut_with_dots() -> None:
    before, after = "前" * 3000 + "1" + "后" * 3000, "前" * 3000 + "2" + "后" * 3000
    ((was, now),) = shown(before, after)
    assert was.startswith("…前") and was.endswith("后…")
    assert "1" in was and "2" in now
    assert len(was) < 250


@given(st.text("甲乙12。，\n；”", max_size=60), st.text("甲乙12。，\n；”", max_size=60))
def test_every_change_is_in_one_passage(before: str, after: str) -> None:
    diff = full_diff(before, after)
    passages = changed_sentences(diff)
    changes = [piece for piece in diff if piece[0] != "="]
    assert [piece for passage in passages for piece in passage if piece[0] != "="] == changes
    assert all(any(sign != "=" for sign, _ in passage) for passage in passages)
