"""Every error an archive raises is said in Chinese, too, with all its values."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from schedules.words.archive import CHINESE, spoken
from storage.errors import ArchiveError, FuhanError

STORAGE = Path(__file__).parent.parent / "storage"
_ALWAYS = {"path", "url"}


def raised() -> Iterator[tuple[str, set[str]]]:
    """`what` and the names of the values of every call that makes an archive's error."""
    for file in sorted(STORAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call):
                named = {keyword.arg: keyword.value for keyword in call.keywords}
                what = named.get("what")
                if isinstance(what, ast.Constant):
                    yield str(what.value), {name for name in named if name}


def test_no_archive_error_is_raised_without_saying_which_it_is() -> None:
    kinds = {"ArchiveError", "ArchiveLocked", "ArchiveFull", "ArchiveDamaged", "NewerSchema"}
    for file in sorted(STORAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in kinds:
                named = {keyword.arg for keyword in call.keywords}
                assert "what" in named, f"{file.name}:{call.lineno}"


def test_every_error_has_its_words_and_every_word_its_error() -> None:
    assert {what for what, _ in raised()} == set(CHINESE)


@pytest.mark.parametrize(("what", "values"), list(raised()))
def test_words_speak_of_values_the_error_carries(what: str, values: set[str]) -> None:
    named = {name for _, name, _, _ in string.Formatter().parse(CHINESE[what]) if name}
    assert named <= values | _ALWAYS


def test_the_readers_language_is_spoken(monkeypatch: pytest.MonkeyPatch) -> None:
    error = ArchiveError("x.db: the disk is full", path=Path("x.db"), what="full")
    monkeypatch.setenv("FUHAN_LANG", "zh")
    assert spoken(error) == "x.db：磁盘已满；请腾出空间，然后重试"
    assert spoken(FuhanError("no letter 7")) == "no letter 7"
    detail = "unable to open database file"
    unopened = ArchiveError("…", path=Path("x.db"), what="unopened", detail=detail)
    assert "打不开数据库文件" in spoken(unopened)
    monkeypatch.setenv("FUHAN_LANG", "en")
    assert spoken(error) == "x.db: the disk is full"
