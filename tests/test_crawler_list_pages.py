"""Saved list pages of every platform give the links and further pages reviewed beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from crawler.lists.pages import ListPage
from crawler.platforms import platform_for
from storage.records import ListColumn, PlatformName, Portal

PAGES = Path(__file__).parent / "pages" / "lists"
PLATFORMS: tuple[PlatformName, ...] = ("trs", "hanweb", "ucap", "vsb", "generic")
FIXTURES = [path for name in PLATFORMS for path in sorted((PAGES / name).glob("*.html"))]


def read(path: Path, platform: PlatformName) -> dict[str, Any]:
    """What the page gives; its first line names its address and, where it differs, its column's."""
    head, _, body = path.read_text("utf-8").partition("\n")
    url, column = (head.split()[1:-1] * 2)[:2]
    portal = Portal("lists", "澜江市", platform, (ListColumn(column),))
    page = ListPage.parse(body.encode(), None, url, portal.lists[0], portal)
    listing = platform_for(platform).find_links(page)
    return {
        "links": [
            [link.url, link.title, link.listed_date.isoformat() if link.listed_date else None]
            for link in listing.links
        ],
        "offsite": listing.offsite,
        "further": list(platform_for(platform).further_pages(page)),
    }


def identity(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FIXTURES, ids=identity)
def test_list_page_gives_its_reviewed_links(path: Path) -> None:
    """A page without JSON writes it and fails: review it, then run again."""
    (platform,) = (name for name in PLATFORMS if name == path.parent.name)
    found = read(path, platform)
    reviewed = path.with_suffix(".json")
    if not reviewed.exists():
        reviewed.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{reviewed.name} was written: review it")
    assert found == json.loads(reviewed.read_text("utf-8"))


@pytest.mark.parametrize("path", FIXTURES, ids=identity)
def test_generic_finds_the_same_letters_whatever_the_platform(path: Path) -> None:
    reviewed = json.loads(path.with_suffix(".json").read_text("utf-8"))
    assert read(path, "generic")["links"] == reviewed["links"]
