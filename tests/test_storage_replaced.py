"""Another letter in a letter's place: its own is gone from there, and no figure became another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from crawler.revisit import revisit_policy
from pipelines.compare import compare_letters
from pipelines.stages import LetterStage
from schedules.words.reasons import event_reason
from storage.archive import LetterArchive
from storage.identity.replaced import ANOTHER_LETTER
from storage.records import (
    Answer,
    Capture,
    PageReading,
    PageVisit,
    Portal,
    ReplyLetter,
    SiteProfile,
)
from storage.session import CrawlSession
from tests.archive_story import PORTAL, Page, Story, a_letter


class Unwatched:
    def page_saved(self, *_: object) -> None:
        """Nobody looks."""


class StagedStory(Story):
    """A story whose pages go through the stage that reads, judges and saves them."""

    def visit(
        self, archive: LetterArchive, run: int, copy: int, url: str, found: Page, portal: str
    ) -> None:
        session = CrawlSession(
            archive=archive,
            portals=(self.portal,),
            clock=lambda: self.now,
            compare=compare_letters,
            next_due=revisit_policy(self.confirmation),
            watcher=cast(Any, Unwatched()),
        )
        if isinstance(found, ReplyLetter):
            LETTERS[self.body_of(found)] = found
            capture = Capture(url, 200, (), self.body_of(found), self.now)
            visit = PageVisit(run, portal, copy, url, Answer.PAGE, self.now, capture=capture)
        else:
            visit = PageVisit(run, portal, copy, url, Answer.GONE, self.now, reason="404")
        LetterStage(session).process_item(visit)


LETTERS: dict[bytes, ReplyLetter] = {}


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StagedStory:
    def read(
        body: bytes,
        url: str,
        portal: Portal | None = None,
        content_type: str | None = None,
        profile: SiteProfile | None = None,
    ) -> PageReading:
        return PageReading(LETTERS[body])

    monkeypatch.setattr("pipelines.read.read_page", read)
    return StagedStory(tmp_path / "fuhan.db")


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{n}.html": a_letter(n) for n in range(1, 9)}


def test_letter_whose_address_shows_another_known_one_is_withdrawn_and_not_edited(
    story: StagedStory, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    replaced = {**site, "t3.html": a_letter(5)}
    story.crawl(replaced)
    assert story.told(start) == []
    story.crawl(replaced)
    assert story.told(start) == [("withdrawn", "t3.html")]
    (event,) = story.events(start)
    assert event.scope == "letter" and event.letter.title == a_letter(3).title
    assert event.reason == (
        "shows the letter of http://a.example/jyta/t5.html on 2026-03-04 and 2026-03-05; "
        "last seen on 2026-03-03"
    )
    assert event_reason(event.reason, "zh") == (
        "2026-03-04 和 2026-03-05 显示的是另一份复函，即 http://a.example/jyta/t5.html 那一份；"
        "最后一次见到：2026-03-03"
    )
    story.crawl(replaced, days=9)
    story.crawl(site, days=9)
    assert [kind for kind, _ in story.told(start)] == ["withdrawn", "restored"]


def test_other_letter_is_asked_for_in_the_same_run(
    story: StagedStory, site: dict[str, Page]
) -> None:
    """Where the other one is not due, and in whatever order the two are visited."""
    story.crawl(site)
    start = story.cursor()
    for _ in range(20):  # old letters, visited once a month
        story.crawl(site, full=False, days=3)
    replaced = {**site, "t3.html": a_letter(5)}
    for _ in range(40):
        story.crawl(replaced, full=False)
        if "t3.html" in story.visited:
            assert "t5.html" in story.visited
    assert story.told(start) == [("withdrawn", "t3.html")]


def test_two_letters_that_change_places_are_not_taken_for_gone(
    story: StagedStory, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    swapped = {**site, "t3.html": a_letter(5), "t5.html": a_letter(3)}
    for _ in range(4):
        story.crawl(swapped)
    assert sorted(story.told(start)) == [("changed", "t3.html"), ("changed", "t5.html")]
    for event in story.events(start):
        assert (event.reason, event.figures) == (ANOTHER_LETTER, ())


def test_withdrawn_address_does_not_come_back_with_another_letter(
    story: StagedStory, site: dict[str, Page]
) -> None:
    """Also where that one is withdrawn from its own address, later."""
    story.crawl(site)
    start = story.cursor()
    replaced = {**site, "t3.html": a_letter(5)}
    story.crawl(replaced)
    story.crawl(replaced)
    del replaced["t5.html"]
    for _ in range(3):
        story.crawl(replaced, listed=list(site))
    assert story.told(start) == [("withdrawn", "t3.html"), ("withdrawn", "t5.html")]


def test_unknown_letter_in_its_place_is_told_without_pairs_of_figures(
    story: StagedStory, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    stranger = a_letter(5, submission_number="0777", title="关于第0777号建议的复函")
    stranger = replace(stranger, body="您提出的夜间公交建议收悉。" + "拟新开夜班线路12条。" * 9)
    story.crawl({**site, "t3.html": replace(stranger, submission_title="关于夜间公交的建议")})
    (event,) = story.events(start)
    assert (event.kind.value, event.reason, event.figures) == ("changed", ANOTHER_LETTER, ())
    assert event_reason(ANOTHER_LETTER, "zh") == "这个地址现在显示的是另一份复函"


@pytest.mark.parametrize(
    "edit",
    [
        {"submission_number": "0330"},  # a number that was mistyped
        {"title": "关于进一步加强校车工作建议的复函", "index_number": "000014349/2025-00071"},
    ],
)
def test_correction_of_number_or_title_is_an_edit(
    story: StagedStory, site: dict[str, Page], edit: dict[str, str]
) -> None:
    story.crawl(site)
    start = story.cursor()
    body = a_letter(3).body.replace("0003", "0330").replace("21处", "23处")
    story.crawl({**site, "t3.html": a_letter(3, body=body, **edit)})
    (event,) = story.events(start)
    assert (event.kind.value, event.reason) == ("changed", None)
    assert any(figure.before == "21处" for figure in event.figures)


def test_second_answer_at_the_first_ones_address_is_an_edit(
    story: StagedStory, site: dict[str, Page]
) -> None:
    first = a_letter(3, index_number="000014349/2025-00003")
    second = a_letter(
        3,
        index_number="000014349/2025-00033",
        document_number="科技函〔2025〕33号",
        body=a_letter(3).body.replace("按期推进", "暂缓推进"),
        title="关于第0003号建议的再次答复",
    )
    site |= {"t3.html": replace(first, document_number="科技函〔2025〕3号"), "t9.html": second}
    story.crawl(site)
    start = story.cursor()
    story.crawl({**site, "t3.html": second})
    assert story.told(start) == [("changed", "t3.html")]


def test_circuit_breaker_holds_a_site_that_shows_one_letter_everywhere(
    story: StagedStory, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    broken: dict[str, Page] = {name: a_letter(5) for name in site}
    for _ in range(3):
        story.crawl(broken)
    assert story.told(start) == []
    with story.open() as archive:
        assert archive.status([PORTAL])[0].state.value == "suspect"
