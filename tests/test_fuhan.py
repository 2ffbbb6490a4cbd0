"""The public API holds what it names."""

from __future__ import annotations

from pathlib import Path

import pytest

import fuhan
from tests.archive_story import Story, a_letter


def test_everything_named_is_there() -> None:
    assert all(hasattr(fuhan, name) for name in fuhan.__all__)


def test_archive_opens_to_read_beside_a_crawl(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1)})
    with story.open(), fuhan.open_archive(tmp_path / "fuhan.db") as archive:
        (record,) = archive.letters()
        assert record.letter.submission_number == "0001"
        assert [event.kind for event in archive.changes()] == [fuhan.EventKind.NEW]


def test_missing_archive_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(fuhan.FuhanError, match="no archive"):
        fuhan.open_archive(tmp_path / "none.db")


def test_text_is_read_without_an_archive() -> None:
    text = (
        "关于市六届人大三次会议第0007号建议的复函\n李梅代表：\n"
        "您提出的《关于加强河道工作的建议》（第0007号）收悉。经研究办理，现答复如下：\n"
        "我局将加强河道巡查。\n某市水利局\n2025年3月8日"
    )
    letter = fuhan.read_text(text, "http://a.example/7.txt").letter
    assert (letter.submission_number, letter.addressees) == ("0007", ("李梅",))
