"""The record's benchmark: its letters, pairs and counts mean what they say."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.differs import differ_elsewhere
from benchmarks.extremes import Extreme
from benchmarks.findings import by_form, compare_pair
from benchmarks.identity import Identified, identify, show_letters
from benchmarks.look_alikes import tell_letters
from benchmarks.pace import multiply
from benchmarks.page_pairs import FORMS, page_pairs
from benchmarks.record_targets import judge_changes, judge_extremes, judge_identity
from tests.archive_story import Story, a_letter


def test_letters_copies_and_traps_repeat_with_the_seed() -> None:
    told = tell_letters(80, 1)
    assert told == tell_letters(80, 1)
    assert told != tell_letters(80, 2)
    assert len({each.form for each in told}) > 15
    truths = {each.truth: each.letter.body for each in told if each.form == "own page"}
    assert len(set(truths.values())) == len(truths)


def test_few_letters_are_told_apart_in_any_order() -> None:
    shown = show_letters(40, 3)
    for order in (1, 2):
        made = identify(shown, order)
        assert (made.merged, made.split, made.unread) == ([], [], [])


def test_merges_and_splits_are_counted() -> None:
    shown = show_letters(12, 1)
    one = Identified(shown, {each.url: 1 for each in shown})
    assert len(one.merged) == 1
    assert one.split == []
    many = Identified(shown, {each.url: n for n, each in enumerate(shown)})
    assert many.merged == []
    assert len(many.split) == len(shown) - many.truths
    assert next(judge_identity(one)).met is False


def test_every_edit_is_planted_and_found() -> None:
    findings = [compare_pair(pair) for pair in page_pairs(len(FORMS), 2)]
    assert {each.form for each in by_form(findings)} == set(FORMS)
    assert [each.fault for each in findings if each.fault] == []
    missed = [replace(findings[0], fault="missed")] * 2
    assert not all(target.met for target in judge_changes([*findings, *missed]))


def test_without_other_watchers_none_are_compared(tmp_path: Path) -> None:
    assert differ_elsewhere(tmp_path, []) == []


def test_an_archive_is_multiplied(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({f"{n}.html": a_letter(n) for n in range(4)})
    multiply(story.path, 3)
    with closing(sqlite3.connect(story.path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with story.open() as archive:
        assert len(list(archive.letters())) == 12


def test_the_slowest_text_decides() -> None:
    assert judge_extremes([Extreme("a", 1, 0.1), Extreme("b", 1, 2.0)]).met is False
    assert judge_extremes([Extreme("a", 1, 0.1)]).met is True
