"""Owns what other watchers' differs make of the same pairs of pages, none given a selector."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.findings import MOST_BYTES
from benchmarks.page_pairs import PagePair

_CHILD = Path(__file__).with_name("differ_child.py")
_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Differed:
    """One watcher's differences of the pairs; `why_not` says why it could not be run."""

    name: str
    false: int = 0  # changes told of pairs in which nothing was edited
    unedited: int = 0
    missed: int = 0  # edited pairs of which nothing was told
    alone: int = 0  # edits of one character that take no more than `MOST_BYTES`
    known: int = 0
    usual_bytes: int = 0  # of the difference one character makes, in UTF-8
    errors: int = 0
    why_not: str | None = None


def differ_elsewhere(environment: Path, pairs: Sequence[PagePair]) -> list[Differed]:
    """Runs the differs installed in a virtual environment; an empty list where it has none."""
    python = environment / "bin" / "python"
    if not python.exists():
        return []
    given = "".join(
        json.dumps({"before": _text(each, each.before), "after": _text(each, each.after)}) + "\n"
        for each in pairs
    )
    done = subprocess.run(  # noqa: S603 - our own script
        [python, _CHILD], input=given, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if not lines:
        return [Differed("other differs", why_not=done.stderr.strip()[-200:])]
    versions, *told = lines
    return [_count(name, version, pairs, told) for name, version in versions.items()]


def _text(pair: PagePair, body: bytes) -> str:
    return body.decode(pair.encoding, "replace")


def _count(
    name: str, version: str, pairs: Sequence[PagePair], told: Sequence[Mapping[str, object]]
) -> Differed:
    if any(name not in each for each in told) or len(told) != len(pairs):
        return Differed(name, why_not=version)
    diffs = [(pair, each[name]) for pair, each in zip(pairs, told, strict=True)]
    unedited = [diff for pair, diff in diffs if pair.edit.significance is None]
    edited = [diff for pair, diff in diffs if pair.edit.significance is not None]
    known = [(pair, diff) for pair, diff in diffs if pair.edit.gone and pair.edit.come]
    sizes = [len(diff.encode()) for _, diff in known if isinstance(diff, str)]
    return Differed(
        name=f"{name} {version}",
        false=sum(isinstance(diff, str) for diff in unedited),
        unedited=len(unedited),
        missed=sum(diff is None for diff in edited),
        alone=sum(_marks_alone(pair, diff) for pair, diff in known),
        known=len(known),
        usual_bytes=round(median(sizes)) if sizes else 0,
        errors=sum(isinstance(diff, dict) for _, diff in diffs),
    )


def _marks_alone(pair: PagePair, diff: object) -> bool:
    """Whether the difference has little besides the edit."""
    return isinstance(diff, str) and len(diff.encode()) <= MOST_BYTES
