"""What is taken from a page before it is understood: the ground the letter's fields are read on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from storage.records import Attachment, Block


@dataclass(frozen=True, slots=True)
class PageParts:
    """A page's article and what stands around it, furniture already gone.

    `lines` are the article's paragraphs as published: no white space at their ends, none empty,
    a table's row as one line with tabs between its cells. `metadata` maps keys of
    `fuhan clean --json` (`index_number`, `date_written`, `issuing_agency`, …) to the values the
    page prints, as printed, in order, without repetitions; a label with an empty value is absent.
    """

    titles: tuple[str, ...] = ()  # candidates for the letter's title, the best first
    lines: tuple[str, ...] = ()
    title_lines: tuple[str, ...] = ()  # those of the article that print its title again
    page_turns: tuple[int, ...] = ()  # indexes of lines above which a paper's page number stood
    metadata: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    blocks: tuple[Block, ...] = ()  # account of every block, kept or dropped, if asked for
    warnings: tuple[str, ...] = ()
    refusal: str | None = None  # "unreadable: …" where no article text was found
    encoding: str | None = None
    method: str | None = None
    container: str | None = None  # where the article stood: `div.main > div#zoom`
    decided_by: str | None = None  # what the encoding was known from: mark, header, meta, bytes

    @property
    def said(self) -> tuple[object, ...]:
        """All that a letter is read from: pages of a portal that say the same give one letter."""
        metadata = tuple(self.metadata.items())
        text = (self.titles, self.lines, self.title_lines, self.page_turns)
        return (*text, metadata, self.attachments, self.warnings, self.refusal)
