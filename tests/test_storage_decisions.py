"""Letters joined and split by hand: told to exports, told nowhere else, respected ever after."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storage.archive import LetterArchive
from storage.records import ListColumn, Outcome, Portal
from tests.archive_story import Page, Story, a_letter

CONGRESS = Portal(
    name="b",
    agency="某市人大常委会",
    platform="generic",
    lists=(ListColumn("http://b.example/rd/"),),
)
HERE, THERE = "http://a.example/jyta/t3.html", "http://b.example/rd/9.html"


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{number}.html": a_letter(number) for number in range(1, 7)}


@pytest.fixture
def story(tmp_path: Path, site: dict[str, Page]) -> Story:
    """Six letters; the third stands on the congress's portal, too."""
    story = Story(tmp_path / "fuhan.db")
    story.crawl(site)
    story.crawl({"9.html": a_letter(3)}, portal=CONGRESS)
    return story


def split(archive: LetterArchive, letter_id: int, *urls: str) -> int:
    copies = archive.copies_at(letter_id, urls)
    return archive.split_letter(letter_id, [copy for found in copies.values() for copy in found])


def exported(archive: LetterArchive, after: int) -> dict[int, dict[str, Any]]:
    return {line["id"]: line for line in archive.export(after)}


def assert_sound(archive: LetterArchive) -> None:
    assert archive.verify().faults == []


def test_join_keeps_the_older_id_and_the_other_leads_to_it(story: Story) -> None:
    start = story.cursor()
    with story.open() as archive:
        assert archive.join_letters([5, 2], "同一件") == 2
        record = archive.letter(5)
        assert record is not None and record.id == 2 and len(record.urls) == 2
        assert [found.id for found in archive.find_letters("5")] == [2]
        assert sorted(record.id for record in archive.letters()) == [1, 2, 3, 4, 6]
        lines = exported(archive, start)
        assert_sound(archive)
    assert story.told(start) == []
    gone, kept = lines[5], lines[2]
    assert (gone["reason"], gone["deleted"], gone["joined_into"]) == ("joined", True, 2)
    assert (kept["reason"], kept["deleted"], kept["joined_into"]) == ("joined", False, None)


def test_events_of_before_a_join_are_of_the_surviving_letter(story: Story) -> None:
    with story.open() as archive:
        archive.join_letters([2, 5])
        assert {
            event.letter.id for event in archive.changes() if event.url.endswith("t5.html")
        } == {2}
        assert len(list(archive.events_of_letter(2))) == 2
        assert list(archive.events_of_letter(5)) == list(archive.events_of_letter(2))
        assert [version.copy_id for version in archive.versions(5)] == [2, 5]


def test_changes_after_a_join_are_of_the_surviving_letter(
    story: Story, site: dict[str, Page]
) -> None:
    with story.open() as archive:
        archive.join_letters([2, 5])
    start = story.cursor()
    site["t5.html"] = a_letter(5, title="关于改过的标题的复函")
    story.crawl(site)
    (event,) = story.events(start)
    assert (event.kind, event.letter.id) == ("changed", 2)


def test_joined_letter_is_withdrawn_only_when_all_its_copies_are_gone(
    story: Story, site: dict[str, Page]
) -> None:
    with story.open() as archive:
        archive.join_letters([2, 5])
    start = story.cursor()
    site["t5.html"] = Outcome.GONE
    for _ in range(2):
        story.crawl(site)
    (event,) = story.events(start)
    assert (event.kind, event.scope) == ("withdrawn", "copy")
    site["t2.html"] = Outcome.GONE
    for _ in range(2):
        story.crawl(site)
    with story.open() as archive:
        record = archive.letter(2)
        assert record is not None and record.status == "withdrawn"
        assert_sound(archive)


def test_withdrawn_letter_joined_with_one_that_stands_is_present_without_an_event(
    story: Story, site: dict[str, Page]
) -> None:
    site["t2.html"] = Outcome.GONE
    for _ in range(2):
        story.crawl(site)
    site["t77.html"] = a_letter(7)
    story.crawl(site)
    start = story.cursor()
    with story.open() as archive:
        known = archive.find_letters("http://a.example/jyta/t77.html")[0]
        archive.join_letters([2, known.id])
    for _ in range(2):
        story.crawl(site)
    assert story.told(start) == []
    with story.open() as archive:
        record = archive.letter(2)
        assert record is not None and record.status == "present"
        assert_sound(archive)


def test_split_gives_the_copies_a_new_id_and_tells_exports(story: Story) -> None:
    start = story.cursor()
    with story.open() as archive:
        new = split(archive, 3, THERE)
        assert new == 7
        old_record, new_record = archive.letter(3), archive.letter(new)
        assert old_record is not None and old_record.urls == (HERE,)
        assert new_record is not None and new_record.urls == (THERE,)
        assert new_record.versions == 1
        lines = exported(archive, start)
        assert_sound(archive)
    assert story.told(start) == []
    assert (lines[7]["reason"], lines[7]["split_from"]) == ("new", 3)
    assert (lines[3]["reason"], lines[3]["urls"]) == ("changed", [HERE])


def test_split_is_respected_by_later_crawls(story: Story, site: dict[str, Page]) -> None:
    with story.open() as archive:
        new = split(archive, 3, THERE)
    start = story.cursor()
    edited = a_letter(3, title="又一个标题")
    story.crawl({"9.html": edited}, portal=CONGRESS)
    site["t3.html"] = edited
    story.crawl(site)
    assert {event.kind.value for event in story.events(start)} == {"changed"}
    with story.open() as archive:
        assert [len(archive.versions(letter)) for letter in (3, new)] == [2, 2]


def test_address_listed_by_a_third_portal_goes_to_the_letter_that_was_split_off(
    story: Story,
) -> None:
    """The two letters say the same; only the address tells which of them the page is."""
    with story.open() as archive:
        new = split(archive, 3, THERE)
    start = story.cursor()
    third = replace(CONGRESS, name="c")
    story.crawl({"9.html": a_letter(3)}, portal=third)
    assert [(event.kind, event.letter.id) for event in story.events(start)] == [("copy-found", new)]


def test_join_of_letters_that_disagree_takes_further_copies_of_each(
    story: Story, site: dict[str, Page]
) -> None:
    with story.open() as archive:
        archive.join_letters([2, 5])
    start = story.cursor()
    story.crawl({"9.html": a_letter(3), "5.html": a_letter(5)}, portal=CONGRESS)
    assert [(event.kind, event.letter.id) for event in story.events(start)] == [("copy-found", 2)]


def test_split_undoes_a_join_and_the_id_that_went_leads_to_the_new_letter(story: Story) -> None:
    start = story.cursor()
    with story.open() as archive:
        archive.join_letters([2, 5])
        new = split(archive, 2, "http://a.example/jyta/t5.html")
        record = archive.letter(5)
        assert record is not None and record.id == new
        assert exported(archive, start)[5]["joined_into"] == new
        assert_sound(archive)
        assert archive.join_letters([2, new]) == 2
        again = archive.letter(5)
        assert again is not None and again.id == 2
        assert exported(archive, start)[new]["joined_into"] == 2
        assert_sound(archive)


def test_three_letters_are_joined_at_once_and_step_by_step(story: Story) -> None:
    with story.open() as archive:
        archive.join_letters([6, 5])
        assert archive.join_letters([4, 6]) == 4
        assert archive.join_letters([1, 2, 4]) == 1
        assert {found.id for each in range(1, 7) if (found := archive.letter(each))} == {1, 3}
        assert_sound(archive)


def test_held_change_of_a_joined_letter_is_told_of_the_surviving_one(
    story: Story, site: dict[str, Page]
) -> None:
    site["t5.html"] = a_letter(5, title="改过的标题")
    summary = story.crawl(site, portal=replace(story.portal, min_letters=99))
    assert summary is not None and summary.held == 1
    with story.open() as archive:
        archive.join_letters([2, 5])
        archive.accept_held("a")
        assert {event.letter.id for event in archive.changes()} == {1, 2, 3, 4, 6}
        assert_sound(archive)


@pytest.mark.parametrize("letters", [[2], [2, 2], [99, 2], []])
def test_what_is_no_two_letters_is_not_joined(story: Story, letters: list[int]) -> None:
    with story.open() as archive:
        head = archive.journal_head()
        with pytest.raises(ValueError):
            archive.join_letters(letters)
        assert archive.journal_head() == head


def test_only_some_of_a_letters_copies_are_split_off(story: Story) -> None:
    with story.open() as archive:
        head = archive.journal_head()
        for chosen in ([], [3, 7], [99], [1]):
            with pytest.raises(ValueError):
                archive.split_letter(3, chosen)
        assert archive.journal_head() == head
        assert len(list(archive.letters())) == 6


def test_each_copy_says_what_tied_it_to_its_letter(story: Story) -> None:
    with story.open() as archive:
        first, found = archive.copy_evidence(3)
        archive.join_letters([2, 3], "记者核对")
        *_, joined = archive.copy_evidence(2)
    assert (first.tie, first.with_url) == ("first", None)
    assert (found.tie, found.url, found.with_url) == ("submission number", THERE, HERE)
    assert found.compared["submission_number"] == "same"
    assert found.compared["body"] == "100.0 %"
    assert (joined.tie, joined.from_letter, joined.note) == ("joined", 3, "记者核对")


def test_copy_of_an_older_archive_says_that_its_evidence_was_not_recorded(story: Story) -> None:
    with story.open() as archive:
        archive._database.write("DELETE FROM identifications")
        assert [tie.tie for tie in archive.copy_evidence(3)] == ["first", "not recorded"]
