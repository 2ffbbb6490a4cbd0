"""`fuhan search`: what people and programs are shown, and what a mistyped command says."""

from __future__ import annotations

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from schedules.cli.cli import cli
from storage.search.text import fold
from tests.archive_story import Story, a_letter

SCHEMA = json.loads(
    (Path(__file__).parent.parent / "docs" / "schema" / "search.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("searching")
    story = Story(folder / "fuhan.db")
    evil = a_letter(4, title="关于\x1b[31m夜市\x07的复函", date_signed=date(2023, 4, 1))
    story.crawl(
        {
            "1.html": a_letter(1, date_signed=date(2024, 5, 16), index_number="AB-2024-7"),
            "2.html": a_letter(2, date_signed=date(2025, 5, 16), contacts=("电话：赵小满",)),
            "4.html": replace(evil, body=evil.body + "\n\x1b]0;夜市\x07"),
        }
    )
    return folder


@pytest.fixture
def search(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FUHAN_LANG", "en")

    def run(*words: str) -> Result:
        return CliRunner().invoke(cli, ["search", *words])

    return run


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_people_see_hits_marked_in_their_context(search: Any) -> None:
    result = search("河道工作")
    assert result.exit_code == 0
    first, second, *rest = result.stdout.splitlines()
    assert first.startswith("1  present  2024-05-16  关于市六届人大三次会议第0001号建议的复函")
    assert "AB-2024-7" in second
    assert "«河道工作»" in rest[0]


def test_every_line_of_json_is_as_its_schema_says(search: Any) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    for words in (["的"], ["的", "--rank"], []):
        found = lines(search(*words, "--json"))
        assert len(found) == 3
        for line in found:
            validator.validate(line)
            assert (line["score"] is not None) == ("--rank" in words)
            for hit in line["hits"]:
                assert all(fold(hit["text"][a:b]) == "的" for a, b in hit["marks"])
    assert set(SCHEMA["required"]) == set(found[0])


def test_conditions_alone_list_letters(search: Any) -> None:
    assert [line["id"] for line in lines(search("--year", "2024", "--json"))] == [1]
    assert [line["id"] for line in lines(search("--since", "2024-05", "--json"))] == [2, 1]
    assert [line["id"] for line in lines(search("--until", "2024", "--json"))] == [1, 3]
    assert [line["id"] for line in lines(search("--agency", "科学", "--json"))] == [2, 1, 3]
    assert lines(search("--status", "withdrawn", "--json")) == []
    assert lines(search("--kind", "proposal", "--json")) == []
    assert len(lines(search("--portal", "a", "--json"))) == 3


def test_more_than_the_limit_is_said_and_all_shows_it(search: Any) -> None:
    short = search("的", "--limit", "2")
    assert short.stdout.count("present") == 2
    assert "2 shown; for more: --all" in short.stderr
    whole = search("的", "--all")
    assert whole.stdout.count("present") == 3
    assert "for more" not in whole.stderr
    assert "for more" not in search("的", "--limit", "3").stderr
    for limit in (sys.maxsize, 10**23):
        assert search("的", "--limit", str(limit)).stdout == whole.stdout


@pytest.mark.parametrize("words", ["*", '"', "，。", "\x07"])
def test_what_is_no_word_is_said_to_be_none(search: Any, words: str) -> None:
    result = search(words)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "nothing to search for" in result.stderr


@pytest.mark.parametrize("words", ["-1", "AND (", "-x", "没有这个词"])
def test_f53_odd_words_are_words(search: Any, words: str) -> None:
    result = search(words)
    assert result.exit_code == 0
    assert "usage" not in result.stderr


def test_a_very_long_query_is_cut_and_says_so(search: Any) -> None:
    result = search("河道工作 " * 20_000)
    assert result.exit_code == 0
    assert "too long" in result.stderr
    assert "«河道工作»" in result.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["的", "--agancy", "x"], "did you mean --agency?"),
        (["--year", "2024", "--since", "2024"], "--year goes without"),
        (["--since", "16.05.2024"], "--since takes a date"),
        (["--until", "2024-13"], "--until takes a date"),
        (["--portal", "nowhere"], "no portal named nowhere"),
        (["--limit", "0"], "--limit: a number of 1 or more is expected"),
        (["--kind", "letter"], "--kind"),
    ],
)
def test_mistakes_are_named(search: Any, words: list[str], said: str) -> None:
    result = search(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_f47_titles_cannot_command_the_terminal(search: Any) -> None:
    result = search("夜市")
    assert "夜市" in result.stdout
    assert "\x1b" not in result.stdout
    assert "\x07" not in result.stdout
    json_line = search("夜市", "--json").stdout
    assert "\x1b" not in json_line


def test_contacts_only_where_asked_for(search: Any) -> None:
    assert "nothing found" in search("赵小满").stderr
    assert "contact" in search("赵小满", "--contacts").stdout.lower()


def test_both_languages_speak(search: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "zh")
    assert "没有找到" in search("没有这个词").stderr
    assert "检索" in search("--help").stdout


def test_an_archive_still_being_indexed_is_said_to_be(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search: Any
) -> None:
    shutil.copy(folder / "fuhan.db", tmp_path / "fuhan.db")
    with closing(sqlite3.connect(tmp_path / "fuhan.db")) as connection:
        connection.execute("INSERT INTO indexing (through, last) VALUES (0, 3)")
        connection.commit()
    monkeypatch.chdir(tmp_path)
    assert "not complete yet" in search("的").stderr


def test_words_that_begin_with_dashes_are_no_options(search: Any) -> None:
    for words in (["--", "-- 河道"], ["--", "--河道"], ["-- 河道"]):
        assert "河道" in search(*words).stdout
    assert search("--agancy", "x").exit_code == 2
    assert "--agency" in search("--agancy=x").stderr
