"""A look reads where the archive lies, and leaves what is not plain to the whole configuration."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from schedules.config.archive_place import SECTIONS, archive_place
from schedules.config.config import ConfigFile, load_config


def _write(folder: Path, text: str) -> Path:
    path = folder / "fuhan.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[archive]\n",
        '[archive]\npath = "data/other.db"\nkeep_captures = "all"\n',
        '[archive]\npath = "~/fuhan.db"\n[crawl]\nenabled = ["cq-kjj"]\n',
    ],
)
def test_the_place_is_that_of_the_whole_configuration(tmp_path: Path, text: str) -> None:
    file = _write(tmp_path, text)
    assert archive_place(file) == load_config(file, {}).archive


def test_without_a_file_it_is_the_default() -> None:
    assert archive_place(None) == load_config(None).archive


@pytest.mark.parametrize(
    "text",
    [
        "[archiv]\n",
        "[archive]\npth = 1\n",
        "[archive]\npath = 1\n",
        '[archive]\npath = "${DATA}/fuhan.db"\n',
        '[archive]\nkeep_captures = "some"\n',
        "archive = 1\n",
        "[archive\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_whole_configuration(tmp_path: Path, text: str) -> None:
    assert archive_place(_write(tmp_path, text)) is None


def test_what_cannot_be_read_is_left_to_it_too(tmp_path: Path) -> None:
    assert archive_place(tmp_path / "none.toml") is None
    (tmp_path / "latin.toml").write_bytes(b'[archive]\npath = "\xff.db"\n')
    assert archive_place(tmp_path / "latin.toml") is None


def test_the_tables_are_those_of_a_configuration() -> None:
    assert set(ConfigFile.model_fields) == SECTIONS


def test_a_look_waits_for_nothing_that_checks_or_writes() -> None:
    code = "import sys, schedules.cli.cli, schedules.commands.looking; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"pydantic", "apscheduler", "rensa", "rapidfuzz", "zstandard", "storage.archive"}
    assert heavy & set(done.stdout.split()) == set()
