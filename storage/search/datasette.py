"""A plugin of Datasette (found by itself where both are installed): its search box in Chinese.

Datasette gives the words of its box to SQLite through the SQL function `escape_fts`. In a fuhan
archive they are asked for as `fuhan search` asks, so that 科技创新 is found, and not only words of
one or two characters.
"""

from __future__ import annotations

import sqlite3
from itertools import chain

from datasette import hookimpl

from storage.schema_version import APPLICATION_ID
from storage.search.text import all_of, parse_words


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]  # after Datasette's own function
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Replaces `escape_fts` on connections to a fuhan archive."""
    if conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID:
        conn.create_function("escape_fts", 1, box_query, deterministic=True)


def box_query(text: str) -> str:
    """What the index is asked for: letters that hold every gram of the words typed.

    Text without a word asks for what no letter has.
    """
    return all_of(chain(*parse_words(text).grams())) or '"¶nothing"'
