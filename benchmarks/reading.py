"""Measures fuhan's reading against its peers on the same pages in one run; 1 on a missed target.

    python -m benchmarks.reading                 # or: make bench-reading
    python -m benchmarks.reading --seed 7        # other letters, sites and markup

`benchmarks/README.md` says what is measured and how.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

if not __package__:  # run as a file: python benchmarks/reading.py
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.full_pages import full_page
from benchmarks.known_sites import known_pages
from benchmarks.pages import BenchPage
from benchmarks.readers import PARSING, Reader, fuhan_reader, parse_alone, peers
from benchmarks.real_pages import real_pages
from benchmarks.results import SetResult, measure
from benchmarks.speed import pages_per_second
from benchmarks.stress import stress_pages
from benchmarks.tables import form_table, misses, set_table, settings_table, speed_table
from benchmarks.targets import missed_in_set, missed_in_speed, wanted_speed

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "pages"


@click.command()
@click.option("--seed", default=1, show_default=True, help="Deals other letters, sites, markup.")
@click.option("--per-form", default=6, show_default=True, help="Pages of each stress form.")
@click.option("--rounds", default=5, show_default=True, help="Rounds of the speed measurement.")
@click.option(
    "--pages", "folder", type=click.Path(path_type=Path), default=_BESIDE,
    help="Real pages: manifest.tsv, *.html, gold/*.txt.",
)  # fmt: skip
@click.option("--alone", is_flag=True, help="Without the peers.")
def main(seed: int, per_form: int, rounds: int, folder: Path, alone: bool) -> None:
    """Print F1, parts kept, furniture leaked and pages/s of fuhan and its peers."""
    others = [] if alone else peers()
    if not alone and not others:
        click.echo("No peers are installed here (benchmarks/requirements.lock).\n")
    readers = [fuhan_reader(), *others]
    known = known_pages(seed)
    sets = {
        "real pages": real_pages(folder),
        "known sites": known,
        "stress": stress_pages(seed, per_form),
    }
    missed = [line for name, pages in sets.items() for line in _show_set(name, pages, readers)]
    missed += _show_speed(readers, [full_page(page) for page in known], rounds)
    if others:
        click.echo(f"\n## Settings of the peers\n\n{settings_table(others)}")
    _conclude(missed)


def _show_set(name: str, pages: Sequence[BenchPage], readers: Sequence[Reader]) -> list[str]:
    """Print one set's tables; gives the targets it misses."""
    if not pages:
        click.echo(f"## {name}: none here, skipped\n")
        return []
    ours, *theirs = results = [measure(reader, pages) for reader in readers]
    click.echo(f"## {name}: {len(pages)} pages\n\n{set_table(results)}\n\n{form_table(results)}\n")
    _show_misses(ours)
    return list(missed_in_set(name, ours, theirs))


def _show_misses(ours: SetResult) -> None:
    if lines := misses(ours):
        click.echo("fuhan is not perfect on:\n" + "".join(f"- {line}\n" for line in lines))


def _show_speed(readers: Sequence[Reader], pages: Sequence[BenchPage], rounds: int) -> list[str]:
    """Print the table of speeds on pages of known sites; gives the targets that are missed."""
    speeds = pages_per_second([*readers, parse_alone()], pages, rounds)
    size = sum(len(page.body) for page in pages) / len(pages)
    click.echo(f"## Speed: {len(pages)} pages of known sites, {size / 1024:.1f} KB on average\n")
    wanted = wanted_speed(speeds[PARSING], size)
    click.echo(f"{speed_table(speeds)}\n\nWanted of fuhan on this machine: {wanted:.0f} pages/s.")
    return list(missed_in_speed(speeds, size))


def _conclude(missed: Sequence[str]) -> None:
    """Say which targets are missed, and exit with 1 if any is."""
    if not missed:
        click.echo("\nAll targets are met.")
        return
    click.echo("\nMissed targets:\n" + "\n".join(f"- {line}" for line in missed))
    sys.exit(1)


if __name__ == "__main__":
    main()
