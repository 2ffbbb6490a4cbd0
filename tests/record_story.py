"""An archive in which everything happened once: the record that `verify` holds against itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from storage.records import ListColumn, Outcome, Portal, ReplyLetter
from tests.archive_story import Page, Story, a_letter

CONGRESS = Portal(
    name="b",
    agency="某市人大常委会",
    platform="generic",
    lists=(ListColumn("http://b.example/rd/"),),
)


def told_story(path: Path) -> Story:
    """New, changed, withdrawn, restored, moved, copy-found, reread, joined and split."""
    story = Story(path)
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 9)}
    story.crawl(site)
    first = _letter(site["t1.html"])
    site["t1.html"] = replace(
        first, body=first.body.replace("7处", "9处"), contacts=("联系电话：000",)
    )
    story.crawl(site)
    story.crawl({"9.html": _letter(site["t3.html"])}, portal=CONGRESS)
    moved = _letter(site.pop("t4.html"))
    site["t44.html"] = replace(moved, body=moved.body.replace("28处", "30处"))
    site["t5.html"] = "404"
    for _ in range(3):
        story.crawl(site)
    site["t5.html"] = a_letter(5)
    site["t6.html"] = Outcome.GONE
    for _ in range(3):
        story.crawl(site)
    _correct(story)
    story.crawl(site)
    return story


def _correct(story: Story) -> None:
    """A better reader, and a hand that joins two letters and splits one."""
    story.now += timedelta(hours=1)
    with story.open() as archive:
        version = archive.versions(2)[0]
        archive.add_reading(version.id, replace(version.letter, signatory="张明"), "r2")
        archive.join_letters([7, 8], note="同一件")
        archive.split_letter(3, archive.copies_at(3, ["http://b.example/rd/9.html"]).popitem()[1])


def _letter(page: Page) -> ReplyLetter:
    assert isinstance(page, ReplyLetter)
    return page
