"""Letters as JSON lines, one object a letter (`docs/schema/export.json`)."""

from __future__ import annotations

from schedules.exports.order import Exported, Order
from schedules.exports.output import text_stream
from storage.json_forms import dump
from storage.published import PublishedArchive


def write_lines(archive: PublishedArchive, order: Order) -> Exported:
    """Writes UTF-8 lines that end in a newline, in constant memory."""
    letters = 0
    with archive.snapshot() as snapshot, text_stream(order.output) as stream:
        for line in snapshot.export(order.after, contacts=order.contacts):
            stream.write(f"{dump(line)}\n".encode("utf-8", "backslashreplace"))
            letters += 1
        return Exported(letters, snapshot.cursor)
