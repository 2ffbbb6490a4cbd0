"""The data dictionary: fills the tables of docs/data-dictionary.md, and the schemas' descriptions.

`python -m schedules.references.dictionary`, in a checkout, brings both up to date. What a value
means is said once, in `schedules/exports/column_words.py`, `schedules/exports/event_words.py` and
`schedules/references/table_words.py`; what shape it has, in the schemas, the records and the
archive itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import sqlite_utils

from schedules.exports.column_words import COLUMNS
from schedules.exports.event_words import CHANGE
from schedules.exports.parquet import arrow_schema
from schedules.references.doc_tables import code, fill, table
from schedules.references.table_words import TABLES, column_words
from schedules.words.language import Words
from storage import schema
from storage.columns import Kind, export_columns
from storage.json_forms import LETTER_FIELDS

DOCS = Path(__file__).parents[2] / "docs"
DICTIONARY = DOCS / "data-dictionary.md"
DESCRIBED: Mapping[str, Mapping[str, Words]] = {
    "export": COLUMNS,
    "letters": COLUMNS,
    "show": COLUMNS,
    "clean": COLUMNS,
    "changes": CHANGE,
}
"""The schemas whose properties are described by these words."""

_CELLS: Mapping[Kind, str] = {
    "integer": "123",
    "flag": "true, false",
    "text": "text",
    "texts": "JSON array",
    "date": "2025-03-02",
    "instant": "2026-05-03T22:20:00.000Z",
    "attachments": "JSON array",
}


def main() -> None:
    """Writes the dictionary and the schemas that are out of date."""
    for name in DESCRIBED:
        path = DOCS / "schema" / f"{name}.json"
        content = json.loads(path.read_text("utf-8"))
        if described(content, name) != content:
            text = json.dumps(described(content, name), ensure_ascii=False, indent=2)
            path.write_text(f"{text}\n", encoding="utf-8")
    DICTIONARY.write_text(filled(DICTIONARY.read_text("utf-8")), encoding="utf-8")


def described(content: dict[str, Any], name: str) -> dict[str, Any]:
    """A schema of `DESCRIBED` with each property's description as the words have it."""
    words = DESCRIBED[name]
    properties = {
        key: {"description": words[key].en, **_without_description(value)}
        if key in words
        else value
        for key, value in content["properties"].items()
    }
    return {**content, "properties": properties}


def _without_description(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if key != "description"}


def filled(page: str) -> str:
    """The page with each of its tables made anew; what stands between them is kept."""
    return fill(page, _MAKERS)


def _columns() -> str:
    """Every column of an export, in each of its forms."""
    columns = export_columns(contacts=True)
    arrow = arrow_schema(columns, 0)
    properties = _schema("export")["properties"]
    rows = (
        (
            f"`{column.name}`",
            json_type(properties[column.name]),
            _CELLS[column.kind],
            code(str(arrow.field(column.name).type).replace("item: ", "")),
            *COLUMNS[column.name],
        )
        for column in columns
    )
    return table(("key", "JSON", "CSV", "Parquet", "含义", "meaning"), rows)


def _letters() -> str:
    properties = _schema("letters")["properties"]
    rows = (
        (f"`{key}`", json_type(value), *COLUMNS[key])
        for key, value in properties.items()
        if key not in LETTER_FIELDS
    )
    return table(("key", "JSON", "含义", "meaning"), rows)


def _changes() -> str:
    properties = _schema("changes")["properties"]
    rows = ((f"`{key}`", json_type(value), *CHANGE[key]) for key, value in properties.items())
    return table(("key", "JSON", "含义", "meaning"), rows)


def _archive() -> str:
    """The tables of an archive as it is made today, each with its columns and where they lead."""
    database = sqlite_utils.Database(memory=True)
    schema.migrations.apply(database)
    return "\n\n".join(_archive_table(database, name, words) for name, words in TABLES.items())


def _archive_table(database: sqlite_utils.Database, name: str, words: Words) -> str:
    leads: dict[str, str] = {}
    if name in database.table_names():
        keys = database.table(name).foreign_keys
        leads = {key.column: key.other_table for key in keys if key.column}
    rows = (
        (
            f"`{column.name}`",
            column.type.lower() or "text",
            f"`{leads[column.name]}`" if column.name in leads else "",
            *(column_words(name, column.name) or Words("", "")),
        )
        for column in database[name].columns
    )
    shown = table(("column", "type", "→", "含义", "meaning"), rows)
    return f"### `{name}`\n\n{words.zh}。\n{words.en[0].upper()}{words.en[1:]}.\n\n{shown}"


_MAKERS: Mapping[str, Callable[[], str]] = {
    "columns": _columns,
    "letters": _letters,
    "changes": _changes,
    "archive": _archive,
}


def json_type(value: Mapping[str, Any]) -> str:
    """What a schema says of a value, in a few words: `string (date), null`."""
    if "const" in value:
        return code(json.dumps(value["const"]))
    if "enum" in value:
        return ", ".join(code(json.dumps(each)) for each in value["enum"])
    kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
    if kinds == ["array"]:
        return f"array of {value.get('items', {}).get('type', 'values')}"
    form = f" ({value['format']})" if "format" in value else ""
    return ", ".join(f"{kind}{form if kind == 'string' else ''}" for kind in kinds)


def _schema(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DOCS / "schema" / f"{name}.json").read_text("utf-8"))
    return content


if __name__ == "__main__":
    main()
