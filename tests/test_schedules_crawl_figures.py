"""A crawl's figures let a user see what is new: files that changed, and what has gone before."""

from __future__ import annotations

from pathlib import Path

import pytest

from schedules.commands.crawling import show_summaries
from storage.records import RunSummary
from tests.archive_story import Page, a_letter
from tests.attachment_site import pdf
from tests.test_storage_attachment_files import URL, FileStory, with_file


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStory:
    monkeypatch.setenv("FUHAN_LANG", "zh")
    return FileStory(tmp_path / "fuhan.db", files={URL: pdf("1")})


@pytest.fixture
def site() -> dict[str, Page]:
    return {"1.html": with_file(), **{f"{n}.html": a_letter(n) for n in range(2, 9)}}


def told(summary: RunSummary | None, capsys: pytest.CaptureFixture[str]) -> str:
    assert summary is not None
    show_summaries([summary])
    return capsys.readouterr().out


def test_page_with_another_file_is_not_among_the_unchanged(
    story: FileStory, site: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    story.crawl(site)
    assert "未变 8 · 没有变化" in told(story.crawl(site), capsys)
    story.files[URL] = pdf("2")
    assert "未变 7、仅附件有变 1 · 改动 1" in told(story.crawl(site), capsys)
    assert "未变 8 · 没有变化" in told(story.crawl(site), capsys)


def test_page_and_file_changed_at_once_count_as_one_change(
    story: FileStory, site: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    story.crawl(site)
    story.files[URL] = pdf("2")
    site["1.html"] = with_file(body=a_letter(1).body.replace("7处", "9处"))
    assert "有改动 1、未变 7 · 改动 1" in told(story.crawl(site), capsys)


def test_address_that_is_gone_is_to_be_confirmed_then_told_then_known(
    story: FileStory, site: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    story.crawl(site)
    site["2.html"] = "404"
    lines = [told(story.crawl(site), capsys) for _ in range(3)]
    assert "未变 7、不在 1（待确认） · 没有变化" in lines[0]
    assert "未变 7、已不在 1 · 撤下 1" in lines[1]
    assert "未变 7、仍不在 1（以前已报） · 没有变化" in lines[2]


def test_former_address_of_a_moved_letter_is_gone_as_told(
    story: FileStory, site: dict[str, Page], capsys: pytest.CaptureFixture[str]
) -> None:
    story.crawl(site)
    site["22.html"] = site.pop("2.html")
    lines = [told(story.crawl(site), capsys) for _ in range(2)]
    assert "已不在 1" in lines[0] and "移址 1" in lines[0]
    assert "仍不在 1（以前已报） · 没有变化" in lines[1]
