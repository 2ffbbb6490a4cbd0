"""Letters as a tree of text files, one a letter, with an index; running again updates it in place.

`letters/AGENCY/YEAR/ID-TITLE.txt`, withdrawn ones under `withdrawn/` instead. A letter keeps the
name it was first written under, which `index.jsonl` remembers, unless words of it are to be
forgotten. A file is written only where its text differs, aside and renamed; the index comes last,
so a run that was cut short is made good by the next one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from schedules.exports.order import Exported, Order
from schedules.exports.output import needed_output
from schedules.exports.text_file import file_name, is_name_of, text_of
from schedules.exports.words import FOLDER_OF_OTHERS, NO_FOLDER
from schedules.words.language import say
from storage.errors import FuhanError
from storage.forget.cutting import MARK
from storage.json_forms import dump
from storage.published import PublishedArchive
from storage.upkeep.files import written_aside

INDEX = "index.jsonl"
PRESENT, WITHDRAWN = "letters", "withdrawn"
_NOT_INDEXED = frozenset({"cursor", "reason", "body", "annex"})

Entry = dict[str, Any]


def write_tree(archive: PublishedArchive, order: Order) -> Exported:
    """Brings a folder up to date with the archive, or with what changed after a cursor.

    In constant memory. Raises FuhanError where the folder holds what no export wrote, OSError.
    """
    root = needed_output(order, "text")
    with archive.snapshot() as snapshot:
        lines = snapshot.export(order.after, contacts=order.contacts, by_id=True)
        leave = partial(_leave, archive, root) if order.after is None else None
        return Exported(update_tree(root, lines, leave), snapshot.cursor)


def update_tree(
    root: Path, lines: Iterator[Entry], leave: Callable[[Entry], Entry] | None = None
) -> int:
    """Brings the files of these letters up to date, in constant memory; gives how many they were.

    `lines` are as `fuhan export` prints them, by id; `leave` gives the index's entry of a letter
    that is not among them. Raises FuhanError where the folder holds what no export wrote, OSError.
    """
    _check_ours(root)
    root.mkdir(parents=True, exist_ok=True)
    letters = 0
    with (
        written_aside(root / INDEX) as aside,
        aside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as index,
    ):
        for entry, line in _paired(_entries(root / INDEX), lines):
            if line is not None:
                entry = _update(root, entry, line)
                letters += 1
            elif entry is not None and leave is not None:
                entry = leave(entry)
            index.write(dump(entry) + "\n")
    return letters


def _check_ours(root: Path) -> None:
    if root.exists() and not root.is_dir():
        raise FuhanError(say(NO_FOLDER, path=root))
    if root.exists() and any(root.iterdir()) and not (root / INDEX).is_file():
        raise FuhanError(say(FOLDER_OF_OTHERS, path=root, index=INDEX))


def _entries(index: Path) -> Iterator[Entry]:
    """The index's entries by id; lines it cannot have been written with are passed over."""
    if not index.exists():
        return
    last = 0
    with index.open("rb") as file:
        for line in file:
            with suppress(ValueError):
                entry = json.loads(line)
                if isinstance(entry, dict) and _is_sound(entry) and entry["id"] > last:
                    last = entry["id"]
                    yield entry


def _is_sound(entry: Entry) -> bool:
    """Whether the entry names no file but a letter's own: what it names may be removed."""
    number, path = entry.get("id"), entry.get("path")
    if not isinstance(number, int):
        return False
    if path is None:
        return True
    folder, _, name = path.partition("/") if isinstance(path, str) else ("", "", "")
    return folder in (PRESENT, WITHDRAWN) and is_name_of(number, name)


def _paired(
    entries: Iterator[Entry], lines: Iterator[Entry]
) -> Iterator[tuple[Entry | None, Entry | None]]:
    """What is there of each letter, and what is to be; both come by id."""
    both = merge(
        ((entry["id"], 0, entry) for entry in entries),
        ((line["id"], 1, line) for line in lines),
        key=itemgetter(0),
    )
    for _, group in groupby(both, itemgetter(0)):
        found = {place: item for _, place, item in group}
        yield found.get(0), found.get(1)


def _update(root: Path, entry: Entry | None, line: Entry) -> Entry:
    """Writes a letter's file where it differs and takes away the former one; gives its entry."""
    before = entry["path"] if entry else None
    path = None
    if line["joined_into"] is None:
        name = _name_of(line, before)
        path = f"{WITHDRAWN if line['status'] == 'withdrawn' else PRESENT}/{name}"
        _write(root / path, text_of(line))
    if before is not None and before != path:
        _remove(root, before)
    return {**_indexed(line), "path": path}


def _name_of(line: Entry, before: str | None) -> str:
    """The name a letter was first written under, unless words of it were forgotten since."""
    name = file_name(line)
    if before is None or (MARK in name and MARK not in before):
        return name
    return before.partition("/")[2]


def _leave(archive: PublishedArchive, root: Path, entry: Entry) -> Entry:
    """The tombstone of an id that is no letter's any more: it was joined into another."""
    if entry["path"] is not None:
        _remove(root, entry["path"])
    surviving = archive.letter(entry["id"])
    joined_into = surviving.id if surviving else None
    return {**entry, "deleted": True, "joined_into": joined_into, "path": None}


def _indexed(line: Mapping[str, Any]) -> Entry:
    return {name: value for name, value in line.items() if name not in _NOT_INDEXED}


def _write(path: Path, text: str) -> None:
    """Puts the text into a file in one step; nothing where it holds that text already."""
    content = text.encode("utf-8", "backslashreplace")
    with suppress(OSError):
        if path.stat().st_size == len(content) and path.read_bytes() == content:
            return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{os.getpid()}.part")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def _remove(root: Path, path: str) -> None:
    """Removes a file and the folders it leaves empty."""
    (root / path).unlink(missing_ok=True)
    for folder in list(Path(path).parents)[:-1]:
        with suppress(OSError):  # another letter stands there
            (root / folder).rmdir()
