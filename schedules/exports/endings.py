"""What the name of an export's file says: which form it is to have, and whether compressed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from schedules.exports.words import NO_SUCH_FILE, OTHER_ENDING, UNKNOWN_ENDING
from schedules.words.language import say

DATASETTE = "datasette"
"""No letters, but how Datasette is to show the archive they are in."""

GZIP = ".gz"
KNOWN = ".jsonl .csv .jsonl.gz .csv.gz .parquet .warc.gz"
"""Those a message names; `.ndjson`, `.json` and `.warc` are taken too."""

_LINES = {".jsonl": ("jsonl",), ".ndjson": ("jsonl",), ".csv": ("csv",)}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    **_LINES,
    **{ending + GZIP: forms for ending, forms in _LINES.items()},
    ".json": ("jsonl", DATASETTE),
    ".parquet": ("parquet",),
    ".warc": ("warc",),
    ".warc.gz": ("warc",),
}
"""The forms a file that ends so may have, the first one where none is asked for."""

_WITH_GZIP = frozenset({"jsonl", "csv", "warc"})
_NOT_WRITTEN = frozenset([".xlsx", ".xls", ".ods", ".zip", ".zst", ".bz2", ".xz", ".7z"])
"""Spreadsheets and archives that no form opens as, whatever is asked for."""


def form_of(asked: str | None, place: Path | None) -> str:
    """The form that was asked for, else the one the file's ending tells, else JSON lines.

    UsageError where the two contradict or the ending tells of none: nobody reads JSON lines out
    of `letters.csv`, nor looks for them in `letters.tsv`.
    """
    name = place.name.lower() if place else ""
    told = next((forms for ending, forms in _ENDINGS.items() if name.endswith(ending)), ())
    if not told:
        _refuse(asked, place, Path(name).suffix)
    elif asked and asked not in told:
        raise click.UsageError(say(OTHER_ENDING, path=place, form=asked, told=told[0]))
    return asked or next(iter(told), "jsonl")


def is_compressed(place: Path) -> bool:
    """Whether a file's name says that what is in it went through gzip."""
    return place.name.lower().endswith(GZIP)


def _refuse(asked: str | None, place: Path | None, ending: str) -> None:
    if ending in _NOT_WRITTEN or (asked and ending == GZIP and asked not in _WITH_GZIP):
        raise click.UsageError(
            say(NO_SUCH_FILE, path=place, form=asked, ending=ending, known=KNOWN)
        )
    if ending and not asked:
        raise click.UsageError(say(UNKNOWN_ENDING, path=place, known=KNOWN))
