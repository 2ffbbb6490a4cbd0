"""What is generated inside the documents: tables, put between the marks a page has for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

# <!-- table: columns --> … <!-- end -->
_REGION = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.S)


def fill(page: str, makers: Mapping[str, Callable[[], str]]) -> str:
    """The page with every marked region made anew; what stands between them is kept.

    Raises KeyError for a region nobody makes.
    """
    return _REGION.sub(lambda found: f"{found[1]}{makers[found[2]]()}\n{found[3]}", page)


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; `|` in a cell is escaped."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def code(text: str) -> str:
    """`text` as code."""
    return f"`{text}`"
