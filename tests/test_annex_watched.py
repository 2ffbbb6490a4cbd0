"""An annex on a watched page: its edits are told, an older archive's letters get no false one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from pipelines.compare import compare_letters
from pipelines.letter.tail import sort_tail
from pipelines.stages import LetterStage
from storage import schema
from storage.archive import LetterArchive
from storage.errors import ArchiveError
from storage.evidence.journaled import content_digest
from storage.forget.forgetting import Request
from storage.records import Answer, Capture, EventKind, PageVisit, ReplyLetter, Significance
from storage.search.records import Search
from storage.session import CrawlSession
from tests.archive_story import Page, Story, a_letter
from tests.test_storage_forgetting import forget, stands_in, verified

ROWS = (
    ("任务", "目标", "期限"),
    ("新建养老床位", "5000张", "2025年12月"),
    ("改造食堂", "120个", "2025年10月"),
)
EDITED = (
    ("任务", "目标", "期限"),
    ("新建养老床位", "500张", "2027年12月"),
    ("改造食堂", "120个", "2025年10月"),
)
ANNEX = ["附件", "重点任务清单", *("\t".join(row) for row in ROWS)]

UNMODIFIED = "304"


def page(rows: tuple[tuple[str, ...], ...] = ROWS, hits: int = 1) -> str:
    """The page of a letter with a table behind its date; no rows: without an annex."""
    cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in rows)
    annex = f"<p>附件</p><p>重点任务清单</p><table>{cells}</table>" if rows else ""
    title = "关于市六届人大三次会议第0021号建议的复函"
    return f"""<html><head><meta charset="utf-8"><title>{title}</title></head><body>
<h1>{title}</h1><p>浏览次数：{hits}</p><div class="TRS_Editor"><p>王甲代表：</p>
<p>您提出的《关于加强养老工作的建议》（第0021号）收悉。现答复如下：</p>
<p>我局已编制养老服务规划，新增站点33处，任务清单附后。</p>
<p>某市科学技术局</p><p>2025年3月2日</p>{annex}<p>联系人：王某，电话：1234567</p></div></body></html>"""


class _Quiet:
    def page_saved(self, *_: object) -> None:
        pass


class ReadPages(Story):
    """A portal whose pages are read, compared and stored as a crawl does."""

    def visit(
        self, archive: LetterArchive, run: int, copy: int, url: str, found: Page, portal: str
    ) -> None:
        body = str(found).encode()
        answer = Answer.NOT_MODIFIED if found == UNMODIFIED else Answer.PAGE
        capture = Capture(url, 200, (("Content-Type", "text/html"),), body, self.now)
        session = CrawlSession(
            archive,
            (self.portal,),
            clock=lambda: self.now,
            compare=compare_letters,
            next_due=lambda _history, _outcome, now: now,
            watcher=cast(Any, _Quiet()),
        )
        whole = capture if answer is Answer.PAGE else None
        visited = PageVisit(run, portal, copy, url, answer, self.now, capture=whole)
        LetterStage(session).process_item(visited)

    def day(self, html: str) -> None:
        self.crawl({"1.html": html}, listed=["1.html"])

    def letter(self) -> ReplyLetter:
        with LetterArchive.open_to_read(self.path) as archive:
            record = archive.letter(1)
            assert record is not None
            return record.letter


@contextmanager
def older_reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The reader that left what is behind the date out."""
    with monkeypatch.context() as before:
        before.setattr("pipelines.reader.READER_VERSION", "older")
        before.setattr(
            "pipelines.letter.letter.sort_tail",
            lambda *parts: sort_tail(*parts)._replace(annex=()),
        )
        yield


def take_annex_away(path: Path) -> None:
    """The archive as schema 5 had it, whose readings have no annex."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP VIEW letters_now")
        connection.execute("ALTER TABLE readings DROP COLUMN annex")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0017_annex'")
        connection.execute("PRAGMA user_version = 5")
        connection.commit()


def test_an_edit_of_an_annex_is_told_with_its_figures(tmp_path: Path) -> None:
    story = ReadPages(tmp_path / "fuhan.db")
    story.day(page())
    story.day(page(hits=2))
    story.day(page(EDITED))
    new, changed = story.events()
    assert (new.kind, changed.kind) == (EventKind.NEW, EventKind.CHANGED)
    assert changed.significance is Significance.SUBSTANCE
    assert [field.field for field in changed.fields] == ["annex"]
    assert changed.fields[0].before == ANNEX
    figures = [(figure.before, figure.after) for figure in changed.figures]
    assert figures == [("5000张", "500张"), ("2025年12月", "2027年12月")]


def test_an_annex_that_appears_is_told(tmp_path: Path) -> None:
    story = ReadPages(tmp_path / "fuhan.db")
    story.day(page(()))
    story.day(page())
    changed = story.events()[-1]
    assert [(field.field, field.before, field.after) for field in changed.fields] == [
        ("annex", [], ANNEX)
    ]
    assert "".join(text for sign, text in changed.diff if sign == "+").split("\n")[1:] == ANNEX


def test_an_annex_that_was_there_all_along_makes_no_event(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = ReadPages(tmp_path / "fuhan.db")
    with older_reader(monkeypatch):
        story.day(page())
    take_annex_away(story.path)
    with pytest.raises(ArchiveError, match="older fuhan"):
        LetterArchive.open_to_read(story.path)
    story.day(page(hits=2))
    assert [event.kind for event in story.events()] == [EventKind.NEW]
    assert list(story.letter().annex) == ANNEX
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.verify().faults == []
        assert [hit.id for hit in archive.search(Search("新建养老床位"))] == [1]
    story.day(page(EDITED, hits=3))
    figures = [(figure.before, figure.after) for figure in story.events()[-1].figures]
    assert figures == [("5000张", "500张"), ("2025年12月", "2027年12月")]


def test_an_edit_the_older_reader_passed_over_is_told_once_the_page_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = ReadPages(tmp_path / "fuhan.db")
    with older_reader(monkeypatch):
        story.day(page())
        story.day(page(EDITED))  # read alike, so that its bytes were not kept
    assert [event.kind for event in story.events()] == [EventKind.NEW]
    story.day(UNMODIFIED)
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.history(1).body_digest is None  # to be read whole, whatever its bytes
    story.day(page(EDITED))
    changed = story.events()[-1]
    assert [field.field for field in changed.fields] == ["annex"]
    assert ("5000张", "500张") in [(item.before, item.after) for item in changed.figures]


def test_an_archive_of_schema_5_is_brought_up_to_date(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"{number}.html": a_letter(number) for number in range(1, 4)}
    story.crawl(site)
    take_annex_away(story.path)
    story.crawl(site)
    assert [kind for kind, _ in story.told()] == ["new"] * 3
    with closing(sqlite3.connect(story.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
        shown = connection.execute("SELECT annex FROM letters_now").fetchall()
        assert shown == [("[]",)] * 3
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.verify().faults == []


def test_the_digest_of_a_letter_without_annex_is_what_it_was() -> None:
    # as the journals of archives of schema 5 hold it
    letter = ReplyLetter(title="关于第1号建议的复函", body="已办结。")
    before = "2894eb5f164ad7ce7c240d5ecb0c3a441a981836b7c350f0bf99b374826b65d7"
    assert content_digest(letter) == before
    assert content_digest(replace(letter, annex=("附件",))) != before


def test_words_of_an_annex_are_searched_and_shown_where_they_stand(tmp_path: Path) -> None:
    story = ReadPages(tmp_path / "fuhan.db")
    story.day(page())
    with LetterArchive.open_to_read(story.path) as archive:
        (hit,) = archive.search(Search("改造食堂"))
        (context,) = hit.contexts
        assert (context.field, context.text) == ("annex", "改造食堂 120个 2025年10月")
        assert not list(archive.search(Search("改造剧场")))


@pytest.mark.parametrize("asked", [Request("words", words=("改造食堂",)), Request("text")])
def test_what_is_forgotten_goes_from_the_annex_too(tmp_path: Path, asked: Request) -> None:
    story = ReadPages(tmp_path / "fuhan.db")
    story.day(page())
    more = (*ROWS[:2], ("改造食堂", "150个", "2025年10月"), ("改造食堂二期", "9个", "2026年"))
    story.day(page(more))
    assert stands_in(story.path, "改造食堂")
    forget(story, 1, asked)
    assert not stands_in(story.path, "改造食堂")
    assert verified(story.path).faults == []
    assert bool(story.letter().annex) == (asked.kind == "words")
    told = len(story.events())
    story.day(page(more, hits=7))  # what was forgotten is still on the page
    assert not stands_in(story.path, "改造食堂")
    assert len(story.events()) == told
