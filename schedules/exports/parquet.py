"""Letters as Parquet: typed columns, row groups of bounded size; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from schedules.exports.column_words import COLUMNS
from schedules.exports.order import Exported, Order
from schedules.exports.output import needed_output, output_stream
from schedules.exports.words import PARQUET_MISSING
from schedules.words.language import say
from storage.columns import Column, Kind, export_columns
from storage.errors import FuhanError
from storage.published import PublishedArchive

if TYPE_CHECKING:
    import pyarrow

_ROWS = 1000  # of a row group: some 10 MB of text

Lines = Iterator[dict[str, Any]]


def write_parquet(archive: PublishedArchive, order: Order) -> Exported:
    """Writes one file whose metadata names the cursor (`fuhan.cursor`), in constant memory.

    Raises FuhanError where pyarrow is not installed.
    """
    library()
    output = needed_output(order, "parquet")
    columns = export_columns(contacts=order.contacts)
    with archive.snapshot() as snapshot, output_stream(output) as stream:
        lines = snapshot.export(order.after, contacts=order.contacts)
        letters = write_rows(stream, columns, lines, snapshot.cursor)
        return Exported(letters, snapshot.cursor)


def write_rows(
    place: Path | BinaryIO, columns: tuple[Column, ...], lines: Lines, cursor: int
) -> int:
    """Writes the lines there are as one Parquet file; gives how many."""
    parquet = library()
    from pyarrow import RecordBatch

    schema = arrow_schema(columns, cursor)
    letters = 0
    with parquet.ParquetWriter(place, schema, compression="zstd") as writer:
        while batch := list(islice(lines, _ROWS)):
            arrays = [
                _array(schema.field(column.name).type, [line[column.name] for line in batch])
                for column in columns
            ]
            writer.write_batch(RecordBatch.from_arrays(arrays, schema=schema))
            letters += len(batch)
    return letters


def library() -> Any:
    """pyarrow's Parquet; FuhanError that says how to install it where it is missing."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise FuhanError(say(PARQUET_MISSING)) from error
    return parquet


def arrow_schema(columns: tuple[Column, ...], cursor: int) -> pyarrow.Schema:
    """The types of the columns, each with its description in both languages."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(column.name, _types()[column.kind], metadata=_described(column))
            for column in columns
        ],
        metadata={"fuhan.v": "1", "fuhan.cursor": str(cursor)},
    )


def _types() -> Mapping[Kind, pyarrow.DataType]:
    import pyarrow as pa

    text = pa.string()
    return {
        "integer": pa.int64(),
        "flag": pa.bool_(),
        "text": text,
        "texts": pa.list_(text),
        "date": pa.date32(),
        "instant": pa.timestamp("ms", tz="UTC"),
        "attachments": pa.list_(pa.struct([("name", text), ("url", text)])),
    }


def _described(column: Column) -> dict[str, str]:
    words = COLUMNS[column.name]
    return {"description": words.en, "description_zh": words.zh}


def _array(kind: pyarrow.DataType, values: list[Any]) -> pyarrow.Array[Any]:
    """The values as a column; dates and instants are ISO text in lines, which Arrow reads."""
    import pyarrow as pa

    if pa.types.is_temporal(kind):
        return pa.array(values, pa.string()).cast(kind)
    return pa.array(values, kind)
