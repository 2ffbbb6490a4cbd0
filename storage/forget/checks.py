"""What `verify` makes of forgetting: a row may differ from its entry only as a later entry says.

Every `forget` entry names the rows it cut, with their digests before and after: the cuts of a row
are a chain from what was recorded to what it holds now. What was forgotten without a request shows
as such an entry, which `verify` counts. Reads only.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from storage.attachments.contents import load_content
from storage.captures import body_digest
from storage.database import Database
from storage.evidence import journaled
from storage.evidence.faults import BROKEN_ROW, Fault, FaultKind, about
from storage.forget.rules import FORGOTTEN
from storage.json_forms import letter_from_row

Chains = Mapping[tuple[str, int], list[tuple[str, str]]]
"""The digests before and after each cut of a row, by table and id, in recording order."""


def chains(database: Database) -> Chains:
    """What the journal says was cut; an entry that cannot be read is told by its hash."""
    found: dict[tuple[str, int], list[tuple[str, str]]] = {}
    for entry in database.rows("SELECT content FROM journal WHERE kind = 'forget' ORDER BY seq"):
        try:
            for table, cuts in json.loads(entry["content"])["cut"].items():
                for row_id, before, after in cuts:
                    found.setdefault((table, row_id), []).append((before, after))
        except BROKEN_ROW:
            continue
    return found


def excused(
    cut: Chains, kind: str, ref_id: int, content: dict[str, Any], now: dict[str, Any]
) -> set[str]:
    """The names under which an entry's row says otherwise because it was cut."""
    names = set()
    for name, (table, id_name) in _CUT.get(kind, {}).items():
        row_id = now[id_name] if id_name else ref_id
        recorded = content.get(name)
        if name == "kept":
            recorded = recorded or content.get("capture")
        if _leads(cut.get((table, row_id), []), recorded or "", now.get(name) or ""):
            names.add(name)
    return names


_OF_CAPTURE = {"kept": ("captures", "capture_id")}
# by kind of entry: what of it may differ, and the row that was cut: its table and, where it is not
# the entry's own, the name its id has there
_CUT: Mapping[str, Mapping[str, tuple[str, str | None]]] = {
    "version": {"content": ("readings", "reading"), **_OF_CAPTURE},
    "reading": {"content": ("readings", None)},
    "capture": {"kept": ("captures", None)},
    "event": {"change": ("events", None)},
    "decision": {"note": ("decisions", None)},
    "forget": {"note": ("forgotten", None)},
}


def states(database: Database, cut: Chains) -> Iterator[Fault]:
    """Rows that do not hold what their last cut left, and rows that say they were cut though no
    entry does."""
    for (table, row_id), chain in cut.items():
        digest = _DIGESTS.get(table)
        if digest is not None and _digest(digest, database, row_id) != chain[-1][1]:
            yield _altered(database, table, row_id)
    for table, sql in _MARKED.items():
        for row in list(database.rows(sql)):
            if (table, row["id"]) not in cut:
                yield _altered(database, table, row["id"])


def _leads(chain: list[tuple[str, str]], before: str, after: str) -> bool:
    joined = all(one[1] == other[0] for one, other in pairwise(chain))
    return bool(chain) and joined and (chain[0][0], chain[-1][1]) == (before, after)


def _digest(digest: Callable[[Database, int], str], database: Database, row_id: int) -> str | None:
    try:
        return digest(database, row_id)
    except BROKEN_ROW:
        return None


def _of_reading(database: Database, row_id: int) -> str:
    row = database.row("SELECT * FROM readings WHERE id = ?", (row_id,))
    if row is None:
        raise KeyError(row_id)
    return journaled.content_digest(letter_from_row(row))


def _of_event(database: Database, row_id: int) -> str:
    row = database.row("SELECT fields, figures, diff FROM events WHERE id = ?", (row_id,))
    if row is None:
        raise KeyError(row_id)
    return journaled.change_digest(*row)


def _of_capture(database: Database, row_id: int) -> str:
    return str(
        database.value("SELECT coalesce(kept_digest, digest) FROM captures WHERE id = ?", (row_id,))
    )


def _of_note(table: str, database: Database, row_id: int) -> str:
    note = database.value(f"SELECT note FROM {table} WHERE id = ?", (row_id,))  # noqa: S608
    return journaled.note_digest(note) or ""


def _of_file(database: Database, row_id: int) -> str:
    return body_digest(load_content(database, row_id) or b"")


_DIGESTS: Mapping[str, Callable[[Database, int], str]] = {
    "readings": _of_reading,
    "events": _of_event,
    "captures": _of_capture,
    "decisions": partial(_of_note, "decisions"),
    "forgotten": partial(_of_note, "forgotten"),
    "attachment_contents": _of_file,
}
_MARKED = {
    # cut when it came, its own entry says so
    "captures": """SELECT id FROM captures WHERE kept_digest IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM journal WHERE json_valid(content)
        AND json_extract(content, '$.kept') = captures.kept_digest
        AND ((kind = 'capture' AND ref_id = captures.id) OR (kind = 'version' AND ref_id IN (
            SELECT id FROM versions v WHERE v.copy_id = captures.copy_id
            AND v.capture_id = captures.id))))""",
    "attachment_contents": f"SELECT id FROM attachment_contents WHERE codec = '{FORGOTTEN}'",  # noqa: S608
}


def _altered(database: Database, table: str, row_id: int) -> Fault:
    fault = Fault(FaultKind.ALTERED, table, row=row_id, columns=("forgotten",))
    return about(database, fault, {})
