"""A folder as whoever watches one portal has it: the configuration, and the portal's file."""

from __future__ import annotations

from pathlib import Path

import pytest

PORTAL_FILE = """
name = "a"
agency = "某市科学技术局"
platform = "trs"
lists = [{ url = "http://a.example/jyta/" }]
"""


def watch_one_portal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes both, and makes commands of this test run there and speak Chinese."""
    for name in ("FUHAN_NOW", "FUHAN_LOG"):
        monkeypatch.delenv(name, raising=False)
    (folder / "portals").mkdir()
    (folder / "portals" / "a.toml").write_text(PORTAL_FILE, encoding="utf-8")
    (folder / "fuhan.toml").write_text('[crawl]\nenabled = ["a"]\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FUHAN_CONFIG", "fuhan.toml")
    monkeypatch.setenv("FUHAN_LANG", "zh")
