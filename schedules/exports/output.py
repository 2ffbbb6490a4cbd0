"""Where the bytes of an export go: stdout, or a file that is there whole or not at all."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import click

from schedules.exports.endings import is_compressed
from schedules.exports.order import Order
from schedules.exports.words import NEEDS_OUTPUT
from schedules.words.language import say
from storage.upkeep.files import written_aside


@contextmanager
def output_stream(output: Path | None) -> Iterator[BinaryIO]:
    """Bytes to write to. A file takes its place when the block has ended well.

    A device or a pipe is written to as it is. Raises OSError.
    """
    if output is None:
        stdout = sys.stdout.buffer
        yield stdout
        stdout.flush()
    elif output.exists() and not output.is_file():
        with output.open("wb") as stream:
            yield stream
    else:
        with output_file(output) as aside, aside.open("wb") as stream:
            yield stream


@contextmanager
def text_stream(output: Path | None) -> Iterator[BinaryIO]:
    """The same for a form of plain text, compressed where the file's name ends in `.gz`.

    The same letters give the same bytes: neither name nor time is written into the file.
    """
    with output_stream(output) as stream:
        if output is None or not is_compressed(output):
            yield stream
            return
        with gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as compressed:
            yield cast("BinaryIO", compressed)


@contextmanager
def output_file(output: Path) -> Iterator[Path]:
    """A file to write to that takes the place of `output`; a link keeps pointing to it."""
    target = output.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with written_aside(target) as aside:
        yield aside


def needed_output(order: Order, form: str) -> Path:
    """The path the order names; UsageError where it names none and the form needs one."""
    if order.output is None:
        raise click.UsageError(say(NEEDS_OUTPUT, form=form))
    return order.output
