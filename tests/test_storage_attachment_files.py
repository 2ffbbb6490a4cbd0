"""What the archive makes of files linked from letters: versions, events, and states."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from storage.archive import LetterArchive
from storage.attachments.records import FileState, FileVisit, LetterAttachment
from storage.evidence.faults import FaultKind
from storage.records import Attachment, Capture, Event, ReplyLetter, Run, Validators
from tests.archive_story import PORTAL, Page, Story, a_letter
from tests.attachment_site import pdf, sha256

URL = "http://a.example/jyta/P1.pdf"
STRICT = replace(PORTAL, min_letters=9)  # every run of it is suspect
Served = bytes | FileState | None
"""A file's bytes, what came in its place, or a 304."""


def with_file(number: int = 1, url: str = URL, **changes: object) -> ReplyLetter:
    return a_letter(number, attachments=(Attachment("清单.pdf", url),), **changes)


@dataclass
class FileStory(Story):
    """A story whose pages' files are asked for as a crawl does it."""

    files: dict[str, Served] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    dies_before_files: bool = False

    def visit(
        self, archive: LetterArchive, run: int, copy: int, url: str, found: Page, portal: str
    ) -> None:
        super().visit(archive, run, copy, url, found, portal)
        if archive.has_files(copy) and not self.dies_before_files:
            self.ask(archive, Run(run, portal, self.now, full=True), copy)

    def ask(self, archive: LetterArchive, run: Run, copy: int | None = None) -> None:
        for due in archive.due_files(run, 50, most=20, copy_id=copy):
            self.asked.append(due.url)
            served = self.files[due.url]
            state = served if isinstance(served, FileState) else FileState.KEPT
            capture = None
            if isinstance(served, bytes):
                headers = (("content-type", "application/pdf"),)
                capture = Capture(due.url, 200, headers, served, self.now)
            archive.save_file(
                FileVisit(
                    run.id,
                    run.portal,
                    due.file_id,
                    due.key,
                    state,
                    self.now,
                    capture=capture,
                    validators=Validators('"1"'),
                )
            )

    def changes(self) -> list[Event]:
        return [event for event in self.events() if event.kind == "changed"]

    def known(self) -> list[LetterAttachment]:
        with LetterArchive.open_to_read(self.path) as archive:
            return archive.letter_attachments(1)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(sql).fetchall()


@pytest.fixture
def story(tmp_path: Path) -> FileStory:
    return FileStory(tmp_path / "fuhan.db", files={URL: pdf("1")})


def digests(event: Event) -> tuple[list[str | None], list[str | None]]:
    """The files' digests before and after, of an event's attachments."""
    (change,) = (change for change in event.fields if change.field == "attachments")
    sides = (change.before, change.after)
    before, after = ([dict(item).get("sha256") for item in side or ()] for side in sides)  # type: ignore[union-attr, arg-type]
    return before, after


# --- runs that were killed -----------------------------------------------------------------------


def test_f01_files_of_a_killed_run_are_asked_for_by_the_next(story: FileStory) -> None:
    story.dies_before_files = True
    story.crawl({"1.html": with_file()}, settle=False)
    story.dies_before_files = False
    with story.open() as archive:
        run = archive.begin_run(PORTAL, full=False)
        story.ask(archive, run)
    assert story.asked == [URL]


def test_f01_change_of_a_killed_run_is_told_once(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    story.crawl({"1.html": with_file()}, settle=False)
    assert story.changes() == []
    story.crawl({"1.html": with_file()})
    (event,) = story.changes()
    assert digests(event) == ([sha256(pdf("1"))], [sha256(pdf("2"))])


def test_f01_page_saved_before_the_kill_and_file_after_it_are_one_event(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    edited = with_file(body=a_letter(1).body.replace("7处", "9处"))
    story.dies_before_files = True
    story.crawl({"1.html": edited}, settle=False)
    story.dies_before_files = False
    story.crawl({"1.html": edited})
    (event,) = story.changes()
    assert {change.field for change in event.fields} == {"body", "attachments"}
    assert digests(event)[1] == [sha256(pdf("2"))]


def test_visit_saved_twice_makes_one_version(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    with story.open() as archive:
        run = archive.begin_run(PORTAL, full=True)
        capture = Capture(URL, 200, (), pdf("2"), story.now)
        visit = FileVisit(
            run.id, "a", 1, "a.example/jyta/P1.pdf", FileState.KEPT, story.now, capture=capture
        )
        archive.save_file(visit)
        archive.save_file(visit)
    assert story.rows("SELECT number FROM attachment_versions") == [(1,), (2,)]
    assert story.rows("SELECT count(*) FROM events WHERE kind = 'changed'") == [(1,)]


# --- what is held back ---------------------------------------------------------------------------


def test_held_change_that_heals_leaves_the_page_s_own(story: FileStory) -> None:
    edited = with_file(body=a_letter(1).body.replace("7处", "9处"))
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    story.crawl({"1.html": edited}, portal=STRICT)
    assert story.changes() == []
    story.files[URL] = pdf("1")
    story.crawl({"1.html": edited})
    (event,) = story.changes()
    assert [change.field for change in event.fields] == ["body"]
    assert [len(file.versions) for file in story.known()] == [1]


def test_held_change_of_a_file_alone_is_dropped_when_it_heals(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    story.crawl({"1.html": with_file()}, portal=STRICT)
    story.files[URL] = pdf("1")
    story.crawl({"1.html": with_file()})
    assert story.changes() == []
    assert story.rows("SELECT status FROM events WHERE kind = 'changed'") == [("dropped",)]


def test_held_change_that_still_holds_is_told_by_a_healthy_run(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    story.crawl({"1.html": with_file()}, portal=STRICT)
    story.files[URL] = None  # a 304 repeats what its validators came with
    story.crawl({"1.html": with_file()})
    (event,) = story.changes()
    assert digests(event) == ([sha256(pdf("1"))], [sha256(pdf("2"))])


def test_file_outlives_a_page_that_was_misread(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    broken = with_file(body=a_letter(1).body + "\n错乱")
    story.crawl({"1.html": broken}, portal=STRICT)
    story.files[URL] = None
    story.crawl({"1.html": with_file(warnings=("other bytes",))})
    (event,) = story.changes()
    assert [change.field for change in event.fields] == ["attachments"]
    assert digests(event) == ([sha256(pdf("1"))], [sha256(pdf("2"))])


def test_rejected_content_is_not_told_again(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    story.crawl({"1.html": with_file()}, portal=STRICT)
    with story.open() as archive:
        assert archive.reject_held("a") == 1
    story.crawl({"1.html": with_file()})
    assert story.changes() == []
    story.files[URL] = pdf("3")
    story.crawl({"1.html": with_file()})
    (event,) = story.changes()
    assert digests(event) == ([sha256(pdf("1"))], [sha256(pdf("3"))])


# --- links ---------------------------------------------------------------------------------------


def test_copies_that_link_to_one_file_share_the_answer(story: FileStory) -> None:
    pages: dict[str, Page] = {"1.html": with_file(1), "2.html": with_file(2)}
    story.crawl(pages)
    assert len(story.asked) == 2  # the second is known from the first, and asked conditionally
    story.files[URL] = pdf("2")
    story.asked.clear()
    story.crawl(pages)
    assert story.asked == [URL]
    assert len(story.changes()) == 2
    assert story.rows("SELECT count(*) FROM attachment_contents") == [(2,)]


def test_link_that_went_is_asked_for_no_more_and_keeps_its_history(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    story.asked.clear()
    story.crawl({"1.html": a_letter(1)})
    assert story.asked == []
    (file,) = story.known()
    assert (file.linked, len(file.versions)) == (False, 1)
    story.files[URL] = pdf("2")
    story.crawl({"1.html": with_file()})
    assert digests(story.changes()[-1])[1] == [sha256(pdf("2"))]


def test_link_from_http_to_https_keeps_its_history(story: FileStory) -> None:
    secure = URL.replace("http:", "https:")
    story.crawl({"1.html": with_file()})
    story.files[secure] = pdf("2")
    story.crawl({"1.html": with_file(url=secure, body=a_letter(1).body + "\n附注")})
    (file,) = story.known()
    assert (file.url, len(file.versions)) == (secure, 2)


def test_states_are_kept_beside_the_versions(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    for state in (FileState.GONE, FileState.NO_FILE, FileState.UNSTABLE, FileState.FAILED):
        story.files[URL] = state
        story.crawl({"1.html": with_file()})
        (file,) = story.known()
        assert (file.state, len(file.versions)) == (state, 1)
    assert story.changes() == []


def test_contents_digested_by_older_masks_are_digested_again(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE attachment_contents SET stable_digest = '0:older'")
        connection.commit()
    story.files[URL] = pdf("1", made="20270101000000")
    story.crawl({"1.html": with_file()})
    assert story.changes() == []


def test_forgotten_bytes_are_not_missed_and_not_told(story: FileStory) -> None:
    story.crawl({"1.html": with_file()})
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE attachment_contents SET codec = 'forgotten', body = x''")
        connection.commit()
    story.crawl({"1.html": with_file()})
    assert story.changes() == []
    (file,) = story.known()
    assert [version.kept for version in file.versions] == [False]


# --- safe and true -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "kind", "table"),
    [
        (
            "UPDATE attachment_contents SET body = x'00' WHERE id = 1",
            FaultKind.CAPTURE,
            "attachment_contents",
        ),
        (
            "UPDATE attachment_versions SET content_id = 1 WHERE number = 2",
            FaultKind.ALTERED,
            "attachment_versions",
        ),
        (
            "UPDATE attachment_versions SET observed_at = '2020-01-01T00:00:00.000Z'",
            FaultKind.ALTERED,
            "attachment_versions",
        ),
        (
            "DELETE FROM attachment_versions WHERE number = 2",
            FaultKind.MISSING,
            "attachment_versions",
        ),
        (
            """INSERT INTO attachment_versions
               (file_id, number, content_id, url, status, headers, observed_at)
               VALUES (1, 3, 1, 'u', 200, '[]', '2020-01-01T00:00:00.000Z')""",
            FaultKind.UNRECORDED,
            "attachment_versions",
        ),
    ],
)
def test_verify_names_what_was_altered(
    story: FileStory, statement: str, kind: FaultKind, table: str
) -> None:
    story.crawl({"1.html": with_file()})
    story.files[URL] = pdf("2")
    story.crawl({"1.html": with_file()})
    with LetterArchive.open_to_read(story.path) as archive:
        sound = archive.verify()
    assert sound.sound and sound.checked["files read"] == 2
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute(statement)
        connection.commit()
    with LetterArchive.open_to_read(story.path) as archive:
        found = archive.verify().faults
    assert (kind, table) in [(fault.kind, fault.table) for fault in found]
    assert all(fault.letter == 1 for fault in found)


def test_letters_of_an_older_archive_have_their_files_asked_for(story: FileStory) -> None:
    story.dies_before_files = True
    story.crawl({"1.html": with_file()})
    with closing(sqlite3.connect(story.path)) as connection:
        for table in ("attachment_versions", "attachment_files", "attachment_contents"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = '0012_attachment_files'")
        connection.execute("PRAGMA user_version = 3")
        connection.commit()
    story.dies_before_files = False
    with story.open():
        pass
    assert story.rows("SELECT url, name, state FROM attachment_files") == [
        (URL, "清单.pdf", "unread")
    ]
    story.crawl({"1.html": with_file()})
    assert story.asked == [URL]
    assert [len(file.versions) for file in story.known()] == [1]
