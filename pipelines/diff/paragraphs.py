"""Owns how a body falls into paragraphs, clauses and cells, and when two of them are equal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.fold import fold_key, nfkc

# 目前，全市共有企业2484家；其中…… – a clause ends after its punctuation mark, a cell of a table
# at its tab; not at the marks inside a figure: 35.6亿元, 12,500人, 10:30
_CLAUSE_END = re.compile(r"(?<=[，。；：、！？,.;:!?\t\n])(?<![0-9０-９][,.:，．：](?=[0-9０-９]))")

# "　　一、工作情况 " – all white space but what ends a paragraph or a cell
_BLANK = re.compile(r"[^\S\n\t]+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a body with its newline; `folded` is what stays equal under typography."""

    text: str
    folded: str  # NFKC without white space, tabs kept

    @property
    def cells(self) -> list[str]:
        """The cells of a table's row, folded; one where it is no row."""
        return self.folded.split("\t")


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a body, each with a newline behind it, the last one too."""
    folded = _BLANK.sub("", nfkc(text)).split("\n")
    return [Paragraph(line + "\n", key) for line, key in zip(text.split("\n"), folded, strict=True)]


def clauses(text: str) -> list[str]:
    """The text cut after its punctuation marks; joined, they are the text again."""
    return [clause for clause in _CLAUSE_END.split(text) if clause]


def folded_clauses(text: str) -> list[str]:
    """The clauses in the form that is equal where only their typography differs."""
    return [fold_key(clause) for clause in clauses(text)]
