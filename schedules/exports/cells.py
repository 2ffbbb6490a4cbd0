"""Letters as CSV (RFC 4180): UTF-8 with a byte-order mark, and no cell a spreadsheet runs.

A cell whose text begins like a formula gets an apostrophe before it (fault 46, and
https://owasp.org/www-community/attacks/CSV_Injection), and so does one that begins with an
apostrophe: take one leading apostrophe away, and every text is as it was.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from schedules.exports.order import Exported, Order
from schedules.exports.output import text_stream
from storage.columns import Kind, export_columns
from storage.json_forms import dump
from storage.published import PublishedArchive

# =HYPERLINK(…  +1  -1  @SUM  ＝cmd  ＋1  －1  ＠SUM, also after spaces or characters without width;
# a tab, a carriage return or a newline at the start; 'already quoted
_RISKY = re.compile(r"[\t\r\n']|[\s\u200b-\u200f\u2060\ufeff\x00-\x1f]*[=+\-@＝＋－＠﹢﹣﹦﹫−]")


def write_csv(archive: PublishedArchive, order: Order) -> Exported:
    """Writes a head line and a line a letter, in constant memory."""
    columns = export_columns(contacts=order.contacts)
    letters = 0
    with archive.snapshot() as snapshot, text_stream(order.output) as stream:
        text = io.TextIOWrapper(stream, "utf-8", errors="backslashreplace", newline="")
        text.write("\ufeff")
        table = csv.writer(text)
        table.writerow([column.name for column in columns])
        for line in snapshot.export(order.after, contacts=order.contacts):
            table.writerow([cell(column.kind, line[column.name]) for column in columns])
            letters += 1
        text.detach()  # flushed, and the stream left open for whoever opened it
        return Exported(letters, snapshot.cursor)


def cell(kind: Kind, value: Any) -> str:
    """A value as its cell: absent is empty, several values are a JSON array, none an empty cell."""
    if value is None:
        return ""
    if kind == "flag":
        return "true" if value else "false"
    if kind in ("texts", "attachments"):
        return dump(value) if value else ""
    return inert_cell(str(value))


def inert_cell(text: str) -> str:
    """`text` as no spreadsheet takes it for a formula; `plain_cell` gives it back."""
    return f"'{text}" if _RISKY.match(text) else text


def plain_cell(text: str) -> str:
    """The text `inert_cell` was given."""
    return text.removeprefix("'")
