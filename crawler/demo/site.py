"""A site in a box: who runs it, and which letters stand at which addresses on one day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil

from crawler.demo.pages import Furniture, Masthead, Template
from crawler.demo.placements import Column, Placement, join, twin_of
from crawler.demo.refusals import Firewall
from storage.records import PlatformName


@dataclass(frozen=True)
class DemoSite:
    """One site on one day, as a value: `crawler.demo.answers.answer` says what it answers."""

    name: str  # of its portal
    masthead: Masthead
    template: Template
    columns: tuple[Column, ...]
    placements: tuple[Placement, ...]  # in the order they were made
    furniture: Furniture
    platform: PlatformName = "trs"
    validators: bool = False  # sends ETag and Last-Modified, answers 304
    soft_404: bool = False  # answers 200 for addresses it does not have
    firewall: Firewall | None = None
    page_size: int = 15
    encoding: str = "utf-8"  # of the bytes, whatever the page declares
    media_type: str = "text/html"

    def address(self, placement: Placement) -> str:
        """The path of a letter's page."""
        name = self.template.letter_name(placement.uploaded, placement.running)
        return join(placement.column, name)

    def addresses(self, key: str) -> tuple[str, ...]:
        """Every path at which that letter was ever placed, the oldest first."""
        return tuple(self.address(p) for p in self.placements if p.letter.key == key)

    def list_addresses(self, column: Column) -> tuple[str, ...]:
        """The paths of a column's list pages, the first one first."""
        return self._list_paths[column.path]

    @cached_property
    def _list_paths(self) -> dict[str, tuple[str, ...]]:
        paths: dict[str, tuple[str, ...]] = {}
        for column in self.columns:
            count = self.page_count(column)
            names = (self.template.list_name(number, count) for number in range(1, count + 1))
            paths[column.path] = tuple(join(column.path, name) for name in names)
        return paths

    def page_count(self, column: Column) -> int:
        """How many list pages a column has, an empty one too."""
        return max(1, ceil(len(self.listed(column)) / self.page_size))

    def listed(self, column: Column) -> tuple[Placement, ...]:
        """The letters a column's list shows, the newest first."""
        return self._by_column[column.path]

    @cached_property
    def newest(self) -> tuple[Placement, ...]:
        """All listed letters, the newest first."""
        listed = (placement for placement in self.placements if placement.listed)
        return tuple(sorted(listed, key=lambda placement: placement.order, reverse=True))

    @cached_property
    def _by_column(self) -> dict[str, tuple[Placement, ...]]:
        return {
            column.path: tuple(p for p in self.newest if p.column == column.path)
            for column in self.columns
        }

    def list_saved(self, column: Column) -> date:
        """The day a letter of the column was last placed, edited or taken away."""
        return self._saved.get(column.path, date.min)

    @cached_property
    def _saved(self) -> dict[str, date]:
        saved: dict[str, date] = {}
        for placement in self.placements:
            saved[placement.column] = max(saved.get(placement.column, date.min), placement.saved)
        return saved

    # --- what stands at a path ---

    @cached_property
    def articles(self) -> dict[str, int]:
        """The paths of letters' pages, each with its place in `placements`."""
        return {self.address(placement): n for n, placement in enumerate(self.placements)}

    @cached_property
    def twins(self) -> dict[str, int]:
        """The paths of letters' pages for telephones, each with its place in `placements`."""
        if self.template.twin is None:
            return {}
        return {twin_of(path): place for path, place in self.articles.items()}

    @cached_property
    def lists(self) -> dict[str, tuple[Column, int]]:
        """The paths of list pages, each with its column and number."""
        lists: dict[str, tuple[Column, int]] = {}
        for column in self.columns:
            lists[join(column.path, "index.html")] = column, 1
            for number, path in enumerate(self.list_addresses(column), start=1):
                lists[path] = column, number
        return lists

    @cached_property
    def files(self) -> dict[str, str]:
        """The paths of attached files, each with what it says."""
        return {
            join(path.rpartition("/")[0] + "/", file.name): file.text or file.label
            for path, place in self.articles.items()
            for file in self.placements[place].letter.files
        }

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The paths of listed letters' pages, each with its place in its column's list."""
        return {
            self.address(placement): rank
            for placements in self._by_column.values()
            for rank, placement in enumerate(placements)
        }
