"""Datasette's metadata for an archive: labels, facets and queries, under the archive's own name."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from schedules.exports.output import output_stream


def write_metadata(archive: Path, output: Path | None) -> None:
    """Writes what `datasette ARCHIVE -m FILE` takes; the archive itself is not looked at.

    Datasette calls a database by its file's name without its ending. Raises OSError.
    """
    metadata = json.loads(files("storage").joinpath("datasette.json").read_text("utf-8"))
    metadata["databases"] = {archive.stem: metadata["databases"]["fuhan"]}
    text = json.dumps(metadata, ensure_ascii=False, indent=2)
    with output_stream(output) as stream:
        stream.write(f"{text}\n".encode())
