"""The forms `fuhan export` hands letters on in, one file a form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from schedules.exports.order import Exported, Order
from storage.published import PublishedArchive

Writer = Callable[[PublishedArchive, Order], Exported]

FORMATS: Mapping[str, str] = {
    "jsonl": "schedules.exports.lines:write_lines",
    "csv": "schedules.exports.cells:write_csv",
    "parquet": "schedules.exports.parquet:write_parquet",
    "text": "schedules.exports.tree:write_tree",
    "huggingface": "schedules.exports.dataset:write_dataset",
    "warc": "schedules.exports.warc:write_warc",
}
"""Where each form's writer is; its file is imported when the form is asked for."""


def writer_of(form: str) -> Writer:
    """The function that writes a form of `FORMATS`."""
    module, name = FORMATS[form].split(":")
    writer: Writer = getattr(import_module(module), name)
    return writer
