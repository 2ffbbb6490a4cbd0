"""Measures a large archive: search, start, room, visits, export, replay; 1 on a missed target.

    python -m benchmarks.archive                  # or: make bench-archive; an hour, most of it to
                                                  # make the archive of 100,000 letters
    python -m benchmarks.archive --small          # 5,000 letters, some minutes
    python -m benchmarks.archive --archive FILE   # made before by benchmarks/big_archive.py

`benchmarks/README.md` says what is measured and how.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

if not __package__:  # run as a file: python benchmarks/archive.py
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.archive_export import measure_export
from benchmarks.archive_replay import measure_replay
from benchmarks.archive_search import measure_search
from benchmarks.archive_start import measure_start
from benchmarks.archive_storing import measure_storing
from benchmarks.archive_tables import (
    export_table,
    parts_table,
    peers_table,
    replay_table,
    search_table,
    start_table,
    storing_table,
    visits_table,
)
from benchmarks.archive_targets import (
    judge_export,
    judge_replay,
    judge_search,
    judge_start,
    judge_storing,
    judge_visits,
)
from benchmarks.archive_visits import measure_visits
from benchmarks.big_archive import BASE, build_archive
from benchmarks.crawl_tables import target_table
from benchmarks.crawl_targets import Target

PARTS = ("search", "start", "storing", "visits", "export", "replay")
_OF_LARGE = frozenset({"search", "start", "export"})


@click.command()
@click.option("--letters", default=100_000, show_default=True, help="Of the large archive.")
@click.option("--small", is_flag=True, help="5,000 letters in the large archive, fewer elsewhere.")
@click.option("--seed", default=1, show_default=True, help="Invents other letters.")
@click.option(
    "--archive", "made", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A large archive that big_archive.py made.",
)  # fmt: skip
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="These parts alone.")
def main(letters: int, small: bool, seed: int, made: Path | None, only: tuple[str, ...]) -> None:
    """Print what a large archive can do and takes; and the targets."""
    parts = set(only or PARTS)
    targets: list[Target] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        if parts & _OF_LARGE:
            with _large(folder, made, 5000 if small else letters, seed) as large:
                targets += _show_large(parts, folder, large, seed)
        if parts & {"storing", "visits"}:
            targets += _show_storing(parts, folder, 300 if small else 3000, seed)
        if "replay" in parts:
            targets += _show_replay(folder, 40 if small else 200, seed)
    _conclude(targets)


@contextmanager
def _large(folder: Path, made: Path | None, letters: int, seed: int) -> Iterator[Path]:
    if made is not None:
        yield made
        return
    path = folder / "large.db"
    build_archive(path, letters, seed)
    yield path
    path.unlink()


def _show_large(parts: set[str], folder: Path, large: Path, seed: int) -> Iterator[Target]:
    if "search" in parts:
        searched = measure_search(large)
        click.echo(f"## Search in {searched.letters:,} letters, CPU time\n")
        click.echo(f"{search_table(searched)}\n\n{peers_table(searched)}\n")
        click.echo(
            f"Opening the archive takes {searched.opening:.1f} ms of CPU time, "
            f"{searched.opening_wall:.1f} ms in all.\n"
        )
        yield from judge_search(searched)
    if "start" in parts:
        started = measure_start(folder, large)
        click.echo(
            f"## From the start of the program to its first line\n\n{start_table(started)}\n"
        )
        yield from judge_start(started)
    if "export" in parts:
        few = folder / "few.db"
        build_archive(few, BASE, seed)
        exported = measure_export(folder, few), measure_export(folder, large)
        click.echo(f"## Export as JSONL, start-up included\n\n{export_table(exported)}\n")
        yield from judge_export(*exported)


def _show_storing(parts: set[str], folder: Path, letters: int, seed: int) -> Iterator[Target]:
    """The archive that storing leaves is the one that is visited."""
    stored = measure_storing(folder, letters, seed)
    if "storing" in parts:
        click.echo(f"## Room for {letters:,} letters of {stored.page_bytes:,.0f} bytes a page\n")
        click.echo(f"{storing_table(stored)}\n\n{parts_table(stored)}\n")
        yield from judge_storing(stored)
    if "visits" in parts:
        visited = measure_visits(folder / "fuhan.db", letters, seed)
        click.echo(f"## Unchanged visits, durable in batches\n\n{visits_table(visited)}\n")
        yield from judge_visits(visited)


def _show_replay(folder: Path, letters: int, seed: int) -> Iterator[Target]:
    replayed = measure_replay(folder, letters, seed)
    click.echo(f"## Replay of a WARC file, CPU time of one core\n\n{replay_table(replayed)}\n")
    yield judge_replay(replayed)


def _conclude(targets: list[Target]) -> None:
    """Print what was wanted and found; exit with 1 where a target is missed."""
    click.echo(f"## Targets\n\n{target_table(targets)}")
    missed = [target for target in targets if target.met is False]
    click.echo(f"\n{len(missed)} missed." if missed else "\nNone is missed.")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
