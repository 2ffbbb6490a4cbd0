"""Owns what a reader came to on a set of pages: scores and counters, added up page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from benchmarks.pages import BenchPage
from benchmarks.readers import NOTHING, Given, Reader
from benchmarks.scores import Score, keeps_line, keeps_table, leaked, score_text

PARTS = ("salutation", "signature", "date", "tables", "links", "refused")


@dataclass(frozen=True, slots=True)
class PageResult:
    """One reader on one page. `kept` has an entry for each part the page has, and no other.

    `score` is None for a page that has to be refused; `leaks` are folded pieces of furniture.
    """

    page: str
    form: str
    score: Score | None
    kept: dict[str, bool]
    leaks: tuple[str, ...]
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SetResult:
    """One reader on a set of pages."""

    reader: str
    pages: tuple[PageResult, ...] = field(repr=False)

    @property
    def f1(self) -> float:
        """The mean over pages with a text."""
        return _mean(score.f1 for score in self._scores())

    @property
    def precision(self) -> float:
        """The mean over pages with a text."""
        return _mean(score.precision for score in self._scores())

    @property
    def recall(self) -> float:
        """The mean over pages with a text."""
        return _mean(score.recall for score in self._scores())

    def kept(self, part: str) -> tuple[int, int]:
        """On how many pages a part was kept, of how many that have it."""
        having = [page.kept[part] for page in self.pages if part in page.kept]
        return sum(having), len(having)

    @property
    def leaking(self) -> int:
        """The number of pages with furniture in the text."""
        return sum(bool(page.leaks) for page in self.pages)

    @property
    def errors(self) -> int:
        """The number of pages on which the reader raised."""
        return sum(page.error is not None for page in self.pages)

    def by_form(self) -> dict[str, SetResult]:
        """The same, for each form of page by itself."""
        forms = dict.fromkeys(page.form for page in self.pages)
        return {
            form: SetResult(self.reader, tuple(page for page in self.pages if page.form == form))
            for form in forms
        }

    def _scores(self) -> list[Score]:
        return [page.score for page in self.pages if page.score is not None]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def measure(reader: Reader, pages: Sequence[BenchPage]) -> SetResult:
    """What the reader gives of every page, scored."""
    return SetResult(reader.name, tuple(_measured(reader, page) for page in pages))


def _measured(reader: Reader, page: BenchPage) -> PageResult:
    try:
        given, error = reader.render(reader.read(page)), None
    except Exception as failure:  # noqa: BLE001 - a peer may fail with anything, and that is told
        given, error = NOTHING, type(failure).__name__
    return judge(page, given, error)


def judge(page: BenchPage, given: Given, error: str | None = None) -> PageResult:
    """Score what was given of a page."""
    leaks = leaked(given.text, page.furniture)
    if not page.readable:
        refused = {"refused": not given.text.strip()}
        return PageResult(page.name, page.form, None, refused, leaks, error)
    score = score_text(given.text, page.gold)
    return PageResult(page.name, page.form, score, _kept(page, given), leaks, error)


def _kept(page: BenchPage, given: Given) -> dict[str, bool]:
    lines = {"salutation": page.salutation, "signature": page.signature, "date": page.date}
    kept = {part: keeps_line(given.text, line) for part, line in lines.items() if line}
    if page.tables:
        kept["tables"] = all(keeps_table(given.text, rows) for rows in page.tables)
    if page.links:
        addresses = {_absolute(page.url, link) for link in given.links}
        kept["links"] = addresses.issuperset(page.links)
    return kept


def _absolute(base: str, link: str) -> str:
    try:
        return urljoin(base, link)
    except ValueError:
        return link
