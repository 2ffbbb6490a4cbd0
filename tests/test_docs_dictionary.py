"""docs/data-dictionary.md and the schemas' descriptions are what the program makes of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import sqlite_utils

from schedules.exports import FORMATS
from schedules.exports.column_words import COLUMNS
from schedules.exports.event_words import CHANGE
from schedules.references import table_words
from schedules.references.dictionary import (
    DESCRIBED,
    DICTIONARY,
    DOCS,
    described,
    filled,
    json_type,
)
from schedules.references.table_words import TABLES, column_words
from schedules.words.language import Words
from storage import schema
from storage.columns import export_columns

PAGE = DICTIONARY.read_text("utf-8")
REMEDY = "run: python -m schedules.references.dictionary"


def json_schema(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DOCS / "schema" / f"{name}.json").read_text("utf-8"))
    return content


@pytest.fixture(scope="module")
def archive() -> sqlite_utils.Database:
    database = sqlite_utils.Database(memory=True)
    schema.migrations.apply(database)
    return database


def test_dictionary_is_up_to_date() -> None:
    assert filled(PAGE) == PAGE, REMEDY


@pytest.mark.parametrize("name", DESCRIBED)
def test_schema_describes_its_keys_in_the_one_place_words(name: str) -> None:
    assert described(json_schema(name), name) == json_schema(name), REMEDY


def test_dictionary_that_is_out_of_date_is_noticed() -> None:
    assert filled(PAGE.replace("| `cursor` | integer |", "| `cursor` | number |")) == PAGE
    content = json_schema("changes")
    content["properties"]["portal"]["description"] = "something else"
    assert described(content, "changes") == json_schema("changes")


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table_worth_reading_is_described(
    table: str, archive: sqlite_utils.Database
) -> None:
    columns = [column.name for column in archive[table].columns]
    assert [name for name in columns if column_words(table, name) is None] == []


def test_no_words_are_left_of_a_column_that_went(archive: sqlite_utils.Database) -> None:
    for table, words in vars(table_words)["_OF_TABLES"].items():
        assert words.keys() <= {column.name for column in archive[table].columns}


def test_words_are_said_of_every_key_and_of_none_that_is_not() -> None:
    assert COLUMNS.keys() == {"v", *(column.name for column in export_columns(contacts=True))}
    assert COLUMNS.keys() == json_schema("export")["properties"].keys()
    assert CHANGE.keys() == json_schema("changes")["properties"].keys()


def test_words_are_in_both_languages() -> None:
    tables = vars(table_words)["_OF_TABLES"].values()
    for words in [*COLUMNS.values(), *CHANGE.values(), *TABLES.values()] + [
        each for table in tables for each in table.values()
    ]:
        assert isinstance(words, Words)
        assert words.zh and words.en


def test_every_form_and_every_reason_is_told_of() -> None:
    for form in FORMATS:
        assert re.search(rf"^### .*\b{form}\b", PAGE, re.M | re.I), form
    for reason in json_schema("export")["properties"]["reason"]["enum"]:
        assert f"| `{reason}` |" in PAGE


def test_schemas_that_are_named_are_there() -> None:
    for path in re.findall(r"\]\(([^)#:]+)\)", PAGE):
        assert (DOCS / path).exists(), path


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"const": 1}, "`1`"),
        ({"enum": ["a", None]}, '`"a"`, `null`'),
        ({"type": ["string", "null"], "format": "date"}, "string (date), null"),
        ({"type": "array", "items": {"type": "string"}}, "array of string"),
    ],
)
def test_shape_of_a_value_is_told_in_a_few_words(value: dict[str, Any], shown: str) -> None:
    assert json_type(value) == shown
