"""A letter is found by its id, by an address of it, by its index or document number."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage.archive import LetterArchive
from tests.archive_story import Page, Story, a_letter


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    story = Story(tmp_path_factory.mktemp("finding") / "fuhan.db")
    numbered = replace(
        a_letter(2),
        index_number="11500000mb15895317/2024-00078",
        document_number="澜科函〔2024〕78号",
    )
    site: dict[str, Page] = {
        "1.html": replace(a_letter(1), document_number="澜科函〔2024〕77号"),
        "2.html": numbered,
        "3.html": replace(a_letter(3), document_number="澜科函[2024]78号"),
    }
    story.crawl(site)
    site["2.html"] = replace(numbered, document_number="澜科函〔2024〕79号")
    story.crawl(site)
    return story.path


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("2", [2]),
        (" 2 ", [2]),
        ("http://a.example/jyta/1.html", [1]),
        ("https://A.example:443/jyta/1.html#top", [1]),
        ("11500000MB15895317/2024-00078", [2]),
        ("11500000mb15895317/2024-00078", [2]),
        ("澜科函〔2024〕77号", [1]),
        ("澜科函〔2024〕79号", [2]),
        ("澜科函〔2024〕78号", [2]),  # as it was numbered before
        ("澜科函[2024]78号", [3]),  # exactly as given
        ("澜科函[2024]77号", [1]),  # which only 〔2024〕 is
        ("澜科函", []),
        ("http://a.example/jyta/4.html", []),
        ("号", []),
        ("", []),
    ],
)
def test_letters_are_found_by_what_they_are_called(path: Path, name: str, found: list[int]) -> None:
    with LetterArchive.open_to_read(path) as archive:
        assert [record.id for record in archive.find_letters(name)] == found
