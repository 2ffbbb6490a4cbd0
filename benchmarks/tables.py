"""Owns how the benchmark's figures are laid out: plain text that is Markdown, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.readers import Reader
from benchmarks.results import PARTS, PageResult, SetResult

Row = Sequence[str]


def table(head: Row, rows: Sequence[Row]) -> str:
    """Rows of cells under a head, the first column to the left."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]

    def line(row: Row) -> str:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        cells[0] = row[0].ljust(widths[0])
        return "| " + " | ".join(cells) + " |"

    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join((line(head), rule, *map(line, rows)))


def set_table(results: Sequence[SetResult]) -> str:
    """A row a reader: F1, precision, recall, parts kept, pages that leak, pages that failed."""
    parts = [part for part in PARTS if results[0].kept(part)[1]]
    rows = [
        (
            each.reader,
            f"{each.f1:.4f}",
            f"{each.precision:.4f}",
            f"{each.recall:.4f}",
            *("{}/{}".format(*each.kept(part)) for part in parts),
            str(each.leaking),
            str(each.errors),
        )
        for each in results
    ]
    head = ("reader", "F1", "precision", "recall", *parts, "leaking pages", "errors")
    return table(head, rows)


def form_table(results: Sequence[SetResult]) -> str:
    """A row a form of page, a column a reader: F1, and how many pages leak or are taken wrongly."""
    by_reader = [each.by_form() for each in results]
    rows = [(form, *(_cell(forms[form]) for forms in by_reader)) for form in by_reader[0]]
    return table(("form of page", *(each.reader.split(" ")[0] for each in results)), rows)


def _cell(result: SetResult) -> str:
    refused, asked = result.kept("refused")
    return f"{refused}/{asked} refused" if asked else f"{result.f1:.3f}"


def speed_table(speeds: Mapping[str, float]) -> str:
    """A row a reader: pages a second, and as a multiple of the first one's."""
    ours = next(iter(speeds.values()))
    rows = [(name, f"{speed:.0f}", f"{ours / speed:.2f}") for name, speed in speeds.items()]
    return table(("reader", "pages/s", "fuhan is … times as fast"), rows)


def settings_table(readers: Sequence[Reader]) -> str:
    """A row a peer: its licence and the settings it is given."""
    rows = [(each.name, each.licence, each.settings) for each in readers]
    return table(("peer", "licence", "settings"), rows)


def misses(result: SetResult) -> list[str]:
    """A line for each page a reader did not read perfectly: what is wrong with it."""
    return [line for line in map(_miss, result.pages) if line]


def _miss(page: PageResult) -> str:
    lost = [part for part, kept in page.kept.items() if not kept]
    faults = ["not refused" if part == "refused" else f"{part} lost" for part in lost]
    if page.score and page.score.f1 < 1:
        faults.insert(0, f"F1 {page.score.f1:.4f}")
    faults += [f"leaks {piece[:40]}" for piece in page.leaks[:3]]
    faults += [page.error] if page.error else []
    return f"{page.page}: {', '.join(faults)}" if faults else ""
