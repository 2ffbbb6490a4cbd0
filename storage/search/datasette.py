"""A plugin of Datasette (found by itself where both are installed): its search box in Chinese, and
links from a letter's number to its versions.

Datasette gives the words of its box to SQLite through the SQL function `escape_fts`. In a fuhan
archive they are asked for as `fuhan search` asks, so that 科技创新 is found, and not only words of
one or two characters. Views have no foreign keys, so that Datasette links nothing there by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable
from itertools import chain
from typing import Any

from datasette import hookimpl
from markupsafe import Markup

from storage.schema_version import APPLICATION_ID
from storage.search.text import all_of, parse_words


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # after Datasette's own function
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Replaces `escape_fts` on connections to a fuhan archive."""
    if conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        conn.create_function("escape_fts", 1, box_query, deterministic=True)


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(
    value: Any, column: str, table: str | None, database: str, datasette: Any
) -> Awaitable[Markup | None] | None:
    """A letter's id in the two views as a link to its versions, where the metadata has them."""
    if (table, column) not in _LETTER_IDS or value is None:
        return None
    return _link_to_versions(value, database, datasette)


_VERSIONS = "versions_of_letter"
_LETTER_IDS = {("letters_now", "id"), ("recent_changes", "letter_id")}


async def _link_to_versions(letter_id: Any, database: str, datasette: Any) -> Markup | None:
    if await datasette.get_canned_query(database, _VERSIONS, None) is None:
        return None
    url = datasette.urls.query(database, _VERSIONS)
    return Markup('<a href="{}?id={}">{}</a>').format(url, letter_id, letter_id)


def box_query(text: str) -> str:
    """What the index is asked for: letters that hold every gram of the words typed.

    Text without a word asks for what no letter has.
    """
    return all_of(chain(*parse_words(text).grams())) or '"¶nothing"'
