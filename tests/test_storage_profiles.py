"""Profiles in the archive: what is kept, and which captures one is learnt from."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.archive import LetterArchive
from storage.records import Capture, Outcome, ReplyLetter, SiteProfile
from tests.archive_story import Story, a_letter

ONE = SiteProfile(("div.main > div.text", "td > font#zm"), 2)
OTHER = SiteProfile(("div.main > div.words",), 20)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "a.db")


def site(count: int) -> dict[str, ReplyLetter | Outcome | str]:
    return {f"{number}.html": a_letter(number) for number in range(1, count + 1)}


def sampled(archive: LetterArchive, limit: int = 20) -> list[str]:
    return [path_of(capture) for capture in archive.sample_captures("a", limit)]


def path_of(capture: Capture) -> str:
    return capture.url.rsplit("/", 1)[1]


def test_nothing_is_known_of_a_portal_never_learnt(story: Story) -> None:
    with story.open() as archive:
        assert archive.profile("a") is None
        assert archive.sample_captures("a", 20) == []
        assert archive.captures_since_learnt("a", 20) == []
        assert archive.count_readable("a") == 0


def test_last_profile_learnt_is_the_portals(story: Story) -> None:
    story.crawl(site(3))
    with story.open() as archive:
        assert archive.save_profile("a", ONE)
        assert archive.profile("a") == ONE
        assert archive.save_profile("a", OTHER)
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.profile("a") == OTHER
        assert archive.profile("b") is None


def test_profile_of_the_same_containers_is_no_new_row(story: Story) -> None:
    story.crawl(site(3))
    with story.open() as archive:
        assert archive.save_profile("a", ONE)
        assert not archive.save_profile("a", SiteProfile(ONE.containers, 19))
        assert archive.profile("a") == ONE


def test_profile_without_containers_is_kept_as_tried(story: Story) -> None:
    story.crawl(site(3))
    with story.open() as archive:
        assert archive.save_profile("a", SiteProfile((), 3))
        assert archive.profile("a") == SiteProfile((), 3)
        assert archive.captures_since_learnt("a", 20) == []


def test_profiles_are_plain_text_for_sqlite3(story: Story) -> None:
    story.crawl(site(3))
    with story.open() as archive:
        archive.save_profile("a", ONE)
        (row,) = archive._database.rows("SELECT * FROM profiles")
    assert row["containers"] == '["div.main > div.text","td > font#zm"]'
    assert (row["digest"], row["pages"]) == (ONE.digest, 2)


def test_captures_since_are_those_the_profile_has_not_seen(story: Story) -> None:
    story.crawl(site(3))
    with story.open() as archive:
        assert len(archive.captures_since_learnt("a", 20)) == 3
        archive.save_profile("a", ONE)
        assert archive.captures_since_learnt("a", 20) == []
    story.crawl(site(5))
    with story.open() as archive:
        fresh = archive.captures_since_learnt("a", 20)
        assert [path_of(capture) for capture in fresh] == ["5.html", "4.html"]
        assert len(archive.captures_since_learnt("a", 1)) == 1
        assert archive.count_readable("a") == 5


def test_sample_is_bounded_and_spread(story: Story) -> None:
    story.crawl(site(40))
    with story.open() as archive:
        assert len(sampled(archive)) == 20
        assert sampled(archive, 4) == ["10.html", "20.html", "30.html", "40.html"]


def test_sample_takes_the_newest_version_of_a_page(story: Story) -> None:
    story.crawl(site(2))
    edited = a_letter(1, body=a_letter(1).body.replace("现答复如下", "经研究，现答复如下"))
    story.crawl({**site(2), "1.html": edited})
    with story.open() as archive:
        newest = archive.sample_captures("a", 20)[0]
    assert "经研究" in newest.body.decode()


def test_sample_takes_copies_of_one_letter_by_turns(story: Story) -> None:
    pages = site(8)
    pages |= {f"{number}_wap.html": a_letter(number) for number in range(1, 9)}
    story.crawl(pages)
    with story.open() as archive:
        paths = sampled(archive)
    numbers = [path.removesuffix(".html").removesuffix("_wap") for path in paths]
    assert len(set(numbers)) == len(numbers) == 8
    assert sum("_wap" in path for path in paths) == 4


def test_gone_pages_are_no_pages_to_learn_from(story: Story) -> None:
    story.crawl(site(3))
    story.crawl({**site(2), "3.html": "404"}, listed=["1.html", "2.html", "3.html"])
    with story.open() as archive:
        assert all(
            "404" not in capture.body.decode() for capture in archive.sample_captures("a", 9)
        )
        assert len(archive.captures_since_learnt("a", 9)) == 3
