"""What is forgotten is gone from every row and every byte, told by the journal, and stays gone."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import zstandard

from storage.archive import LetterArchive
from storage.captures import body_digest, load_capture
from storage.database import Database
from storage.errors import ArchiveDamaged, ArchiveLocked
from storage.evidence.faults import FaultKind, Findings
from storage.forget.forgetting import Forgotten, Request
from storage.records import Answer, Capture, Outcome, PageVisit, ReplyLetter
from storage.upkeep.backup import back_up
from storage.upkeep.upkeep import empty_wal
from tests.archive_story import Page, Story, a_letter
from tests.attachment_site import pdf
from tests.record_story import CONGRESS
from tests.test_storage_attachment_files import URL, FileStory, with_file

PERSON, NUMBER = "欧阳慕云", "0599-64098888"
LINE = f"（联系人：{PERSON}；联系电话：{NUMBER}）"
CONTACTS = Request("contacts", note="本人来函")
TEXT = Request("text")
TOPIC = "河道工作第"  # stands in the body of letter 1 alone


class Pages(Story):
    """Pages big enough for one to be packed against another, contact lines printed in markup."""

    def body_of(self, found: Page) -> bytes:
        if not isinstance(found, ReplyLetter):
            return b"<html>404</html>"
        frame = "".join(f"<li><a href='/zwgk/c{n}/'>政务公开栏目{n}</a></li>" for n in range(90))
        lines = [*found.body.splitlines(), *found.contacts]
        text = "".join(f"<p>{line.replace('；', '；&nbsp;')}</p>" for line in lines)
        return f"<html><ul>{frame}</ul><h1>{found.title}</h1>{text}</html>".encode("gb18030")


def told(path: Path) -> Pages:
    """Letter 1 has contacts in three versions; letter 2's page is packed against letter 1's."""
    story = Pages(path)
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 6)}
    first = a_letter(1, contacts=(LINE,))
    site["t1.html"] = first
    story.crawl(site)
    site["t1.html"] = replace(first, body=first.body.replace("7处", "9处"), contacts=(LINE, "传真"))
    story.crawl(site)
    site["t1.html"] = replace(first, body=first.body.replace("7处", f"8处（{PERSON}）"))
    story.crawl(site)
    return story


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    story = told(tmp_path_factory.mktemp("told") / "fuhan.db")
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return story


@pytest.fixture
def story(once: Pages, tmp_path: Path) -> Pages:
    return replace(once, path=Path(shutil.copy(once.path, tmp_path / "fuhan.db")))


def with_first(first: ReplyLetter) -> dict[str, Page]:
    """The site with another first letter."""
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(2, 6)}
    return {**site, "t1.html": first}


def forget(story: Story, letter: int, *requests: Request) -> list[Forgotten]:
    with story.open() as archive:
        reports = [archive.forget(letter, request) for request in requests]
        archive.scrub()
    return reports


def verified(path: Path) -> Findings:
    with LetterArchive.open_to_read(path) as archive:
        return archive.verify()


def everything(path: Path) -> bytes:
    """The file's bytes, its `-wal`'s, and what its captures unpack to."""
    raw = b"".join(
        file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")) if file.is_file()
    )
    with LetterArchive.open_to_read(path) as archive, closing(sqlite3.connect(path)) as rows:
        for (capture_id,) in rows.execute("SELECT id FROM captures").fetchall():
            capture = archive.capture(capture_id)
            assert capture is not None
            raw += capture.body
    return raw


def stands_in(path: Path, *words: str) -> list[str]:
    raw = everything(path)
    return [
        word
        for word in words
        if any(word.encode(encoding) in raw for encoding in ("utf-8", "gb18030"))
    ]


def test_contacts_are_gone_from_every_byte_and_the_archive_verifies(story: Pages) -> None:
    assert stands_in(story.path, PERSON, NUMBER) == [PERSON, NUMBER]
    forget(story, 1, CONTACTS, Request("words", (PERSON,)))
    assert stands_in(story.path, PERSON, NUMBER) == []
    findings = verified(story.path)
    assert findings.faults == []
    assert findings.checked["forgotten"] == 2
    with LetterArchive.open_to_read(story.path) as archive:
        letters = [version.letter for version in archive.versions(1)]
    assert [letter.contacts for letter in letters] == [(), (), ()]
    assert "8处（■■）" in letters[-1].body


def test_nothing_of_it_is_left_in_free_pages_or_old_packings(story: Pages, tmp_path: Path) -> None:
    """What was packed before holds pieces of it as they are: none of them is in the file."""
    with closing(sqlite3.connect(story.path)) as rows:
        packed = [
            row[0]
            for row in rows.execute(
                "SELECT body FROM captures JOIN copies ON copies.id = copy_id WHERE letter_id = 1"
            )
        ]
    forget(story, 1, TEXT)
    raw = story.path.read_bytes()
    for body in packed:
        pieces = {body[at : at + 24] for at in range(16, len(body) - 24, 8)}
        assert not [piece for piece in pieces if piece in raw]


def test_text_is_gone_and_what_names_the_letter_stays(story: Pages) -> None:
    before = story.path.read_bytes()
    assert TOPIC.encode() in before
    forget(story, 1, TEXT)
    assert stands_in(story.path, TOPIC, PERSON) == []
    assert verified(story.path).faults == []
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert (record.letter.body, record.letter.refusal) == ("", "forgotten")
        assert record.letter.title == a_letter(1).title
        assert record.letter.submission_number == "0001"
        assert all(event.diff == () for event in archive.events_of_letter(1))
        for fact in archive.letter_file(1).captures:
            assert fact.came_as != fact.digest == body_digest(b"")


def test_other_letters_packed_against_it_are_what_they_were(story: Pages) -> None:
    with closing(sqlite3.connect(story.path)) as rows:
        leaning = rows.execute(
            """SELECT count(*) FROM captures JOIN captures AS base ON base.id = captures.prefix_id
               JOIN copies ON copies.id = base.copy_id
               JOIN copies AS mine ON mine.id = captures.copy_id
               WHERE copies.letter_id = 1 AND mine.letter_id != 1"""
        ).fetchone()[0]
    assert leaning >= 4, "the story packs the other letters' pages against letter 1's"
    before = bodies_of_others(story.path)
    forget(story, 1, TEXT)
    assert bodies_of_others(story.path) == before


def bodies_of_others(path: Path) -> dict[int, bytes]:
    with LetterArchive.open_to_read(path) as archive:
        found = {}
        for letter in range(2, 6):
            for fact in archive.letter_file(letter).captures:
                capture = archive.capture(fact.id)
                assert capture is not None
                assert body_digest(capture.body) == fact.came_as
                found[fact.id] = capture.body
        return found


def test_dry_run_changes_nothing(story: Pages) -> None:
    before = dump_of(story.path)
    with story.open() as archive:
        report = archive.forget(1, CONTACTS, only_try=True)
    assert (report.count("readings"), report.count("captures")) == (3, 3)
    assert dump_of(story.path) == before


def dump_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the plain tables; what the search index holds is no table to read."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables
        }


def test_journal_names_digests_and_never_the_data(story: Pages) -> None:
    forget(story, 1, CONTACTS)
    with closing(sqlite3.connect(story.path)) as rows:
        content = rows.execute("SELECT content FROM journal WHERE kind = 'forget'").fetchone()[0]
    assert '"forget":"contacts"' in content
    assert PERSON not in content
    assert "本人来函" not in content


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE readings SET body = body || '。' WHERE id = 1", "readings"),
        ("UPDATE captures SET kept_digest = digest WHERE id = 1", "captures"),
        ('UPDATE events SET figures = \'[["1家","2家"]]\' WHERE copy_id = 1', "events"),
        ("UPDATE forgotten SET note = '别的'", "forgotten"),
        ("DELETE FROM forgotten_words", "forgotten"),
        ("UPDATE captures SET kept_digest = digest WHERE copy_id = 4", "captures"),
    ],
)
def test_forgetting_excuses_nothing_else(story: Pages, statement: str, table: str) -> None:
    forget(story, 1, CONTACTS)
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute(statement)
        connection.commit()
    faults = verified(story.path).faults
    assert table in {fault.table for fault in faults}


def test_forged_request_breaks_the_chain(story: Pages) -> None:
    """Rows altered and an entry written that excuses it: the entry does not hash."""
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE readings SET body = '另一封' WHERE id = 1")
        connection.execute(
            """INSERT INTO journal (kind, ref_id, recorded_at, content, previous, hash)
               SELECT 'forget', NULL, recorded_at, '{"cut":{"readings":[[1,"x","y"]]}}',
                      hash, hash FROM journal ORDER BY seq DESC LIMIT 1"""
        )
        connection.commit()
    kinds = {fault.kind for fault in verified(story.path).faults}
    assert kinds >= {FaultKind.JOURNAL, FaultKind.ALTERED}


def test_data_put_back_is_named(story: Pages) -> None:
    with closing(sqlite3.connect(story.path)) as rows:
        body = rows.execute("SELECT contacts FROM readings WHERE id = 1").fetchone()[0]
    forget(story, 1, CONTACTS)
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE readings SET contacts = ? WHERE id = 1", (body,))
        connection.commit()
    assert "readings" in {fault.table for fault in verified(story.path).faults}


# --- later crawls ----------------------------------------------------------------------------


def test_later_crawl_brings_nothing_of_it_back(story: Pages) -> None:
    forget(story, 1, CONTACTS, Request("words", (PERSON,)))
    cursor = story.cursor()
    first = a_letter(1, contacts=(LINE, f"手机：{NUMBER}"))
    body = first.body.replace("7处", f"8处（{PERSON}）")
    story.crawl(with_first(replace(first, body=body)))
    assert story.told(cursor) == [], "what is forgotten is no change"
    story.crawl(with_first(replace(first, body=f"{body}\n{PERSON}附言")))
    assert story.told(cursor) == [("changed", "t1.html")]
    assert stands_in(story.path, PERSON, NUMBER) == []
    findings = verified(story.path)
    assert findings.faults == []


def test_new_contact_data_of_that_letter_is_not_kept_either(story: Pages) -> None:
    forget(story, 1, CONTACTS)
    line = "联系人：慕容雪；联系电话：0599-61112222"
    first = a_letter(1, contacts=(line,), title="关于第0001号建议的答复函")
    story.crawl(with_first(first))
    assert stands_in(story.path, "慕容雪", "0599-61112222") == []
    assert verified(story.path).faults == []


def test_text_that_changes_is_not_told_and_not_kept(story: Pages) -> None:
    forget(story, 1, TEXT)
    cursor = story.cursor()
    edited = a_letter(1)
    story.crawl(with_first(replace(edited, body=edited.body.replace("7处", "777处"))))
    assert story.told(cursor) == []
    story.crawl(with_first(replace(edited, title="关于市六届人大三次会议第0001号建议的答复")))
    assert story.told(cursor) == [("changed", "t1.html")]
    assert stands_in(story.path, TOPIC) == []
    assert verified(story.path).faults == []


def test_copy_met_later_is_cut_like_the_others(story: Pages) -> None:
    forget(story, 1, TEXT)
    story.crawl({"1.html": a_letter(1, index_number="11500000MB1/2025-1")}, portal=CONGRESS)
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert len(record.urls) == 2, "it is known again by its numbers"
    assert stands_in(story.path, TOPIC) == []
    assert verified(story.path).faults == []


def test_better_reader_brings_nothing_back(story: Pages) -> None:
    forget(story, 1, CONTACTS)
    with story.open() as archive:
        version = archive.versions(1)[-1]
        again = replace(version.letter, contacts=(LINE,), signatory="张明")
        archive.add_reading(version.id, again, "r2")
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.versions(1)[-1].letter.contacts == ()
        assert archive.versions(1)[-1].letter.signatory == "张明"
    assert verified(story.path).faults == []


def test_other_letters_are_stored_as_ever(story: Pages) -> None:
    forget(story, 1, CONTACTS)
    story.crawl({**with_first(a_letter(1)), "t7.html": a_letter(7, contacts=(LINE,))})
    assert stands_in(story.path, PERSON) == [PERSON]


def test_refused_page_of_that_letter_is_cut_too(story: Pages) -> None:
    forget(story, 1, CONTACTS)
    with story.open() as archive:
        page = f"<p>{PERSON}不在，电话{NUMBER}</p>".encode()
        run = archive.begin_run(story.portal, full=True)
        due = next(page for page in archive.due_pages(run) if page.url.endswith("t1.html"))
        capture = Capture(due.url, 200, (), page, story.now)
        visit = PageVisit(
            run.id, story.portal.name, due.copy_id, due.url, Answer.PAGE, story.now, None, capture
        )
        archive.save_refusal(visit, Outcome.UNREADABLE, story.now)
    assert stands_in(story.path, NUMBER) == []


# --- backups, readers, exports ---------------------------------------------------------------


def test_backup_named_is_cut_too(story: Pages, tmp_path: Path) -> None:
    backup = tmp_path / "old" / "b.db"
    back_up(story.path, backup, story.now)
    assert stands_in(backup, PERSON) == [PERSON]
    with story.open() as archive:
        copies = archive.copies_with_keys(1)
        requests = [CONTACTS, Request("words", (PERSON,))]
        archive.forget(1, CONTACTS)
        archive.forget_in_backup(backup, copies, requests)
    assert stands_in(backup, PERSON, NUMBER) == []
    assert verified(backup).faults == []
    assert not backup.with_name("b.db-wal").exists()


def test_backup_that_never_held_the_letter_is_left_as_it_is(story: Pages, tmp_path: Path) -> None:
    other = Pages(tmp_path / "other" / "b.db")
    other.crawl({"t8.html": a_letter(8, contacts=(LINE,))})
    with story.open() as archive:
        assert archive.forget_in_backup(other.path, archive.copies_with_keys(1), [CONTACTS]) == []
    assert stands_in(other.path, PERSON) == [PERSON]


def test_reader_in_the_way_is_told(story: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old `-wal` cannot be emptied while another program reads from it."""
    monkeypatch.setattr("storage.archive_faults.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(story.path)) as reader, story.open() as archive:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM readings").fetchone()
        archive.forget(1, CONTACTS)
        with pytest.raises(ArchiveLocked) as locked:
            archive.scrub()
        assert locked.value.what == "being-read"
        reader.rollback()
        archive.scrub()
    assert stands_in(story.path, NUMBER) == []


def test_exports_are_handed_what_is_left(story: Pages) -> None:
    cursor = story.cursor()
    forget(story, 1, TEXT)
    with LetterArchive.open_to_read(story.path) as archive:
        lines = list(archive.export(cursor))
        assert [(line["id"], line["reason"], line["body"]) for line in lines] == [(1, "reread", "")]
        assert [line["deleted"] for line in lines] == [True]
        everything = {line["id"]: line["deleted"] for line in archive.export()}
    assert everything == {1: True, 2: False, 3: False, 4: False, 5: False}
    assert story.events(cursor) == [], "it is no change of the record"


def test_killed_before_scrubbing_it_can_be_done_again(story: Pages) -> None:
    with story.open() as archive:
        archive.forget(1, CONTACTS)
    with closing(Database.open_to_write(story.path)) as database:
        assert empty_wal(database)
    forget(story, 1, CONTACTS)
    assert stands_in(story.path, NUMBER) == []
    assert verified(story.path).faults == []


def test_chain_of_captures_stays_readable_after_cutting_twice(story: Pages) -> None:
    forget(story, 1, CONTACTS)
    forget(story, 1, Request("words", ("已建成",)))
    forget(story, 1, TEXT)
    assert verified(story.path).faults == []
    with closing(Database.open_to_read(story.path)) as database:
        for row in list(database.rows("SELECT id FROM captures")):
            assert load_capture(database, row["id"]) is not None


def test_damaged_capture_stops_it_before_anything_is_changed(story: Pages) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        body = zstandard.ZstdCompressor().compress(b"x")
        connection.execute("UPDATE captures SET body = ? WHERE id = 1", (body,))
        connection.commit()
    before = dump_of(story.path)
    with pytest.raises(ArchiveDamaged), story.open() as archive:
        archive.forget(1, CONTACTS)
    assert dump_of(story.path) == before


def test_name_in_the_note_of_an_earlier_request_goes_with_the_next(story: Pages) -> None:
    note = f"{PERSON}来函"
    forget(story, 1, replace(CONTACTS, words=("电话",), note="来函"), replace(TEXT, note=note))
    with story.open() as archive:
        archive.forget(1, Request("words", (PERSON,)))
        archive.scrub()
    assert PERSON.encode() not in everything(story.path)
    findings = verified(story.path)
    assert findings.sound and findings.checked["forgotten"] == 3
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE forgotten SET note = '别人来函' WHERE note IS NOT NULL")
        connection.commit()
    assert "forgotten" in {fault.table for fault in verified(story.path).faults}


# --- linked files ----------------------------------------------------------------------------


def test_files_of_a_forgotten_text_are_emptied_and_not_asked_for_again(tmp_path: Path) -> None:
    shared = "http://a.example/jyta/P2.pdf"
    story = FileStory(tmp_path / "fuhan.db", files={URL: pdf("one"), shared: pdf("two")})
    site: dict[str, Page] = {
        "1.html": with_file(1),
        "2.html": with_file(2, shared),
        "3.html": with_file(3, shared),
    }
    story.crawl(site)
    (report,) = forget(story, 1, TEXT)
    assert (report.count("attachment_contents"), report.remaining) == (1, 0)
    (other,) = forget(story, 2, TEXT)
    assert (other.count("attachment_contents"), other.remaining) == (0, 1), "letter 3 links to it"
    assert verified(story.path).faults == []
    with story.open() as archive:
        (attachment,) = archive.letter_attachments(1)
        assert archive.attachment_body(attachment.versions[0].id) == b""
        assert attachment.name == "" and attachment.forgotten
        assert not any(file.forgotten for file in archive.letter_attachments(3))
    story.asked.clear()
    story.crawl(site)
    assert story.asked == [shared], "of letter 3"
    assert verified(story.path).faults == []
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE attachment_contents SET codec = 'forgotten'")
        connection.commit()
    assert "attachment_contents" in {fault.table for fault in verified(story.path).faults}


@pytest.mark.parametrize(
    ("request_", "waiting", "dead"), [(CONTACTS, "电话■■", False), (TEXT, None, True)]
)
def test_messages_that_tell_of_the_letter_are_cut(
    story: Pages, request_: Request, waiting: str | None, dead: bool
) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute(
            """INSERT INTO outbox_targets (id, channel, name, target, cursor, begun_at, prepared_at)
               VALUES (1, 'report', 'daily', 'x', 9, '', '')"""
        )
        for number, delivered in ((1, None), (2, "2026-03-02T00:00:00.000Z")):
            connection.execute(
                """INSERT INTO outbox (target_id, message_id, after_cursor, upto_cursor, created_at,
                   title, content, delivered_at) VALUES (1, ?, 0, 9, '', '日报', ?, ?)""",
                (str(number), f"电话{NUMBER}", delivered),
            )
        connection.commit()
    forget(story, 1, request_)
    with closing(sqlite3.connect(story.path)) as connection:
        rows = connection.execute("SELECT content, dead_at IS NOT NULL FROM outbox").fetchall()
    assert rows == [(waiting, dead), (None, False)]
