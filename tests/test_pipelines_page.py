"""Pages of every platform give the parts that were reviewed beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.page import read_parts
from pipelines.parts import PageParts
from storage.records import PlatformName, Portal

PAGES = Path(__file__).parent / "pages"
FIXTURES = sorted(
    path
    for folder in ("trs", "hanweb", "ucap", "vsb", "generic")
    for path in (PAGES / folder).glob("*.html")
)
URL = "https://letters.example/zwgk/t20240930_1.html"


def portal(platform: PlatformName) -> Portal:
    return Portal(name="letters", agency="云岭市林业局", platform=platform)


def as_json(parts: PageParts) -> dict[str, Any]:
    return {
        "titles": list(parts.titles),
        "lines": list(parts.lines),
        "metadata": {key: list(values) for key, values in parts.metadata.items()},
        "attachments": [[file.name, file.url] for file in parts.attachments],
        "warnings": list(parts.warnings),
        "refusal": parts.refusal,
        "method": parts.method,
    }


def identity(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", FIXTURES, ids=identity)
def test_fixture_page_gives_its_reviewed_parts(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
    charset = "gb18030" if "charset=gb2312" in path.read_text("utf-8") else "utf-8"
    body = path.read_text("utf-8").encode(charset)
    parts = read_parts(body, URL, portal(path.parent.name))  # type: ignore[arg-type]
    assert as_json(parts) == expected
