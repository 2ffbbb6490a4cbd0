"""A portal told in a few words: what stands at which address on a day, and what the archive makes
of it. Used by the tests of `storage/`; no crawler, no reading of pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.compare import compare_letters
from storage.archive import LetterArchive
from storage.policies import Confirmation
from storage.records import (
    Answer,
    Capture,
    Event,
    ListColumn,
    ListedLink,
    ListWalk,
    Outcome,
    PageVisit,
    Portal,
    ReplyLetter,
    RunSummary,
)

COLUMN = ListColumn("http://a.example/jyta/")
PORTAL = Portal(name="a", agency="某市科学技术局", platform="trs", lists=(COLUMN,))
Page = ReplyLetter | Outcome | str
"""A letter, the outcome of a visit, or what the answer of a page that is gone was."""


def a_letter(number: int, **changes: object) -> ReplyLetter:
    """An invented letter unlike those of other numbers."""
    topic = ("养老", "河道", "校车", "算力", "夜市", "苗圃", "桥梁", "口岸", "剧场")[number % 9]
    body = "\n".join(
        [
            f"王{'甲乙丙丁戊己庚辛壬'[number % 9]}代表：",
            f"您提出的《关于加强{topic}工作的建议》（第{number:04d}号）收悉。现答复如下：",
            *(
                f"{'一二三'[part]}、{topic}工作第{part + number}阶段已建成{number * 7 + part}处，"
                f"服务{topic}群众{number * 31 + part * 17}人次，{topic * (part + 2)}按期推进。"
                for part in range(3)
            ),
            "某市科学技术局",
            f"2025年3月{1 + number % 28}日",
        ]
    )
    letter = ReplyLetter(
        title=f"关于市六届人大三次会议第{number:04d}号建议的复函",
        submission_kind="suggestion",
        submission_number=f"{number:04d}",
        assembly="市六届人大三次会议",
        submission_title=f"关于加强{topic}工作的建议",
        issuing_agency="某市科学技术局",
        body=body,
    )
    return replace(letter, **changes)  # type: ignore[arg-type]


@dataclass
class Story:
    """An archive that is crawled day by day."""

    path: Path
    portal: Portal = PORTAL
    confirmation: Confirmation = field(default_factory=Confirmation)
    now: datetime = datetime(2026, 3, 1, 22, 20, tzinfo=UTC)
    reader: str = "r1"
    visited: list[str] = field(default_factory=list)

    def open(self) -> LetterArchive:
        return LetterArchive.open(self.path, clock=lambda: self.now)

    def crawl(
        self,
        site: Mapping[str, Page],
        *,
        listed: list[str] | None = None,
        full: bool = True,
        walk: ListWalk | None = None,
        settle: bool = True,
        portal: Portal | None = None,
        days: float = 1,
    ) -> RunSummary | None:
        """One run a day later: lists `listed` (default: all there is) and visits what is due."""
        portal = portal or self.portal
        self.now += timedelta(days=days)
        with self.open() as archive:
            run = archive.begin_run(portal, full=full)
            if listed is None:
                listed = [path for path, page in site.items() if isinstance(page, ReplyLetter)]
            for column in portal.lists:
                links = [ListedLink(_url(column, path)) for path in listed]
                archive.save_listing(run, column, links)
            walk = walk or ListWalk(complete=True)
            archive.end_walk(run, walk)
            self.visited = []
            while due := archive.due_pages(run):
                for page in due:
                    path = page.url.rsplit("/", 1)[1]
                    self.visited.append(path)
                    found = site.get(path, Outcome.GONE)
                    self.visit(archive, run.id, page.copy_id, page.url, found, portal.name)
            if not settle:
                return None
            return archive.settle(run, walk, compare_letters, self.confirmation)

    def events(self, after: int = 0) -> list[Event]:
        with LetterArchive.open_to_read(self.path) as archive:
            return list(archive.changes(after))

    def told(self, after: int = 0) -> list[tuple[str, str]]:
        """(kind, last part of the address) of each event."""
        return [(event.kind.value, event.url.rsplit("/", 1)[1]) for event in self.events(after)]

    def cursor(self) -> int:
        return max((event.cursor for event in self.events()), default=0)

    def body_of(self, found: Page) -> bytes:
        """What its page is captured as: no HTML, but other bytes for another letter."""
        return repr(found).encode()

    def visit(
        self, archive: LetterArchive, run: int, copy: int, url: str, found: Page, portal: str
    ) -> None:
        body = self.body_of(found)
        capture = Capture(url, 200, (("Content-Type", "text/html"),), body, self.now)
        visit = PageVisit(run, portal, copy, url, Answer.PAGE, self.now, capture=capture)
        due_at = self.now + timedelta(hours=22)
        if not isinstance(found, ReplyLetter):
            outcome = found if isinstance(found, Outcome) else Outcome.GONE
            reason = "404" if isinstance(found, Outcome) else found
            visit = replace(visit, answer=Answer.GONE, reason=reason)
            archive.save_refusal(visit, outcome, due_at)
            return
        known = archive.history(copy)
        kept = known.forget(found) if known.forget else found
        change = compare_letters(known.reading, kept) if known.reading else None
        if known.reading and change is None:
            archive.save_unchanged(visit, due_at)
        else:
            archive.save_letter(visit, found, self.reader, change, due_at)


def _url(column: ListColumn, path: str) -> str:
    return f"{column.url}{path}"
