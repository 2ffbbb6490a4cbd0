"""Owns how the archive's figures are laid out: plain text that is Markdown, too."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.archive_export import Exported
from benchmarks.archive_replay import Replayed
from benchmarks.archive_search import PEER_LETTERS, SHOWN, Searched
from benchmarks.archive_start import Start
from benchmarks.archive_storing import Stored
from benchmarks.archive_visits import Visits
from benchmarks.tables import table


def search_table(made: Searched) -> str:
    """A row a search: milliseconds newest first and ranked, and letters found of `SHOWN`."""
    rows = [
        (each.words, f"{each.newest:.1f}", f"{each.ranked:.1f}", f"{each.hits}")
        for each in made.found
    ]
    return table(("words", "newest first, ms", "ranked, ms", f"of {SHOWN} shown"), rows)


def peers_table(made: Searched) -> str:
    """A row an index: how long the usual search takes, what it does not find, its size."""
    ours = (
        f"fuhan, {made.letters:,} letters",
        f"{made.newest:.1f}",
        "0",
        f"{made.index_bytes:,.0f}",
    )
    rows = [
        (
            f"{each.name}, {PEER_LETTERS:,} letters",
            f"{each.usual:.1f}",
            str(each.missed),
            f"{each.bytes_a_letter:,.0f}",
        )
        for each in made.peers
    ]
    return table(("search", "median, ms", "words not found", "bytes a letter"), [ours, *rows])


def start_table(made: Sequence[Start]) -> str:
    """A row a command: CPU and wall time until its first line."""
    rows = [(each.command, f"{each.cpu:.0f}", f"{each.wall:.0f}") for each in made]
    return table(("command", "CPU ms", "wall ms"), rows)


def storing_table(made: Stored) -> str:
    """A row a day: bytes a letter of the archive and of the repository after gc."""
    rows = [
        (
            each.what,
            f"{each.archive:,.0f}",
            "no git here" if each.git is None else f"{each.git:,.0f}",
            f"{each.rows:,}",
        )
        for each in made.days
    ]
    return table(("after a day", "archive, bytes a letter", "git after gc", "rows added"), rows)


def parts_table(made: Stored) -> str:
    """What of the archive takes the room."""
    rows = [(name, f"{size:,.0f}") for name, size in made.parts.items()]
    return table(("part, after all days", "bytes a letter"), rows)


def visits_table(made: Visits) -> str:
    """Visits a second."""
    rows = [
        ("304", f"{made.not_modified:,.0f}", f"{made.not_modified_wall:,.0f}"),
        ("200, the same bytes", f"{made.same_bytes:,.0f}", ""),
        ("SQLite alone, one UPDATE each", f"{made.bare:,.0f}", ""),
    ]
    return table(("visit that brings nothing", "a CPU second", "a second"), rows)


def export_table(made: Sequence[Exported]) -> str:
    """A row a size of the archive."""
    rows = [
        (
            f"{each.letters:,}",
            f"{each.cpu:,.0f}",
            f"{each.wall:,.0f}",
            f"{each.peak_mb:.0f}",
            f"{each.dumping:,.0f}",
        )
        for each in made
    ]
    head = ("letters", "a CPU second", "a second", "peak MB", "json.dumps alone, a CPU second")
    return table(head, rows)


def replay_table(made: Replayed) -> str:
    """What the captures came to, and how fast."""
    row = (
        f"{made.captures:,}",
        f"{made.versions:,}",
        f"{made.sightings:,}",
        f"{made.rate:.0f}",
        f"{made.wall:.0f}",
        f"{made.least:.0f}",
    )
    head = (
        "captures", "versions", "seen again", "a CPU second", "a second",
        "warcio and reading alone",
    )  # fmt: skip
    return table(head, [row])
