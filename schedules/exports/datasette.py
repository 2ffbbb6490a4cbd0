"""Datasette's metadata for an archive: labels, facets and queries, under the archive's own name."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

from schedules.exports.output import output_stream

_IN_LINKS = 'href=\\"fuhan/'  # as it stands in JSON
# what Datasette's addresses hold as it is (https://docs.datasette.io/en/stable/internals.html,
# tilde encoding)
_PLAIN = re.compile(rb"[^a-zA-Z0-9_\- ]")


def write_metadata(archive: Path, output: Path | None) -> None:
    """Writes what `datasette ARCHIVE -m FILE` takes; the archive itself is not looked at.

    Datasette calls a database by its file's name without its ending. Raises OSError.
    """
    text = files("storage").joinpath("datasette.json").read_text("utf-8")
    metadata = json.loads(text.replace(_IN_LINKS, f'href=\\"{path_part(archive.stem)}'))
    metadata["databases"] = {archive.stem: metadata["databases"]["fuhan"]}
    text = json.dumps(metadata, ensure_ascii=False, indent=2)
    with output_stream(output) as stream:
        stream.write(f"{text}\n".encode())


def path_part(name: str) -> str:
    """A database's name in Datasette's addresses, with a slash: `my letters.v2` gives
    `my+letters~2Ev2/`."""
    coded = _PLAIN.sub(lambda match: b"~%02X" % match[0][0], name.encode("utf-8", "replace"))
    return coded.decode().replace(" ", "+") + "/"
