"""Letters as a dataset folder: Parquet shards and a card, as `datasets.load_dataset` finds them.

The layout is https://huggingface.co/docs/datasets/repository_structure: shards named
`data/train-00000-of-00002.parquet`, and `README.md` whose YAML names their columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from schedules.exports.dataset_card import WRITTEN_BY, render_card
from schedules.exports.order import Exported, Order
from schedules.exports.output import needed_output
from schedules.exports.parquet import library, write_rows
from schedules.exports.words import NO_FOLDER
from schedules.words.language import say
from storage.columns import export_columns
from storage.errors import FuhanError
from storage.published import PublishedArchive
from storage.upkeep.files import written_aside

CARD = "README.md"
ROWS_OF_A_SHARD = 50_000  # some 100 MB; the Hub advises at most a few hundred
# train-00000-of-00002.parquet
_SHARD = re.compile(r"train-\d{5}-of-\d{5}\.parquet")


def write_dataset(
    archive: PublishedArchive, order: Order, rows_of_a_shard: int = ROWS_OF_A_SHARD
) -> Exported:
    """Writes every letter; former shards go when the new ones are whole.

    A card without the line that says it was written here is left as it is, and so is any other
    file. Raises FuhanError where pyarrow is missing or the place is no folder, OSError.
    """
    library()
    root = needed_output(order, "huggingface")
    if root.exists() and not root.is_dir():
        raise FuhanError(say(NO_FOLDER, path=root))
    data = root / "data"
    data.mkdir(parents=True, exist_ok=True)
    columns = export_columns(contacts=order.contacts)
    parts: list[Path] = []
    letters = 0
    try:
        with archive.snapshot() as snapshot:
            for lines in _shards(snapshot.export(contacts=order.contacts), rows_of_a_shard):
                parts.append(data / f".part-{len(parts):05d}")
                letters += write_rows(parts[-1], columns, lines, snapshot.cursor)
            cursor = snapshot.cursor
        _put_in_place(data, parts)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    _write_card(root / CARD, render_card(letters, cursor, columns))
    return Exported(letters, cursor)


def _shards(lines: Iterator[dict[str, Any]], size: int) -> Iterator[Iterator[dict[str, Any]]]:
    """The lines in runs of `size`, each to be read before the next; one of none where none is."""
    first = next(lines, None)
    if first is None:
        yield iter(())
    while first is not None:
        yield chain([first], islice(lines, size - 1))
        first = next(lines, None)


def _put_in_place(data: Path, parts: list[Path]) -> None:
    names = [f"train-{n:05d}-of-{len(parts):05d}.parquet" for n in range(len(parts))]
    for part, name in zip(parts, names, strict=True):
        part.replace(data / name)
    for path in data.iterdir():
        if _SHARD.fullmatch(path.name) and path.name not in names:
            path.unlink()


def _write_card(card: Path, text: str) -> None:
    if card.exists() and WRITTEN_BY not in card.read_text("utf-8", "replace"):
        return
    with written_aside(card) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")
