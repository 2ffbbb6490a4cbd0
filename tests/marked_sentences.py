"""Paragraphs in which the commitments are marked, and what the reader makes of them.

Every case is a line: `+` stands before each sentence that is a commitment, `|` parts paragraphs.
"""

from __future__ import annotations

import re
from datetime import date

from pipelines.fold import fold
from pipelines.letter.commitments import find_commitments


def cases(table: str) -> list[str]:
    """The lines of a table."""
    return table.strip().split("\n")


def unlike_marks(signed: date, case: str) -> tuple[list[str], list[str]]:
    """Commitments found that are not marked, and marked ones that are not found."""
    body = case.replace("+", "").replace("|", "\n")
    marked = [re.split("[。|]", part)[0] for part in case.split("+")[1:]]
    found = find_commitments(body, fold(body), 0, signed)
    return (
        [sentence for sentence in found if not any(part in sentence for part in marked)],
        [part for part in marked if not any(part in sentence for sentence in found)],
    )
