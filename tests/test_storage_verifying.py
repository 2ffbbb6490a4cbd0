"""`verify` names whatever was altered, put in, cut out or reordered behind the archive's back."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils

from storage import schema
from storage.archive import LetterArchive
from storage.database import Database
from storage.errors import ArchiveDamaged, ArchiveError
from storage.evidence import journal
from storage.evidence.faults import Fault, FaultKind, Findings, Head
from storage.evidence.verifying import verify
from storage.records import Outcome, ReplyLetter
from storage.schema.steps import LETTER_COLUMNS
from tests.archive_story import Page, Story, a_letter
from tests.record_story import told_story


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("told") / "fuhan.db"
    told_story(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def archive(told: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(told, tmp_path / "fuhan.db"))


def alter(path: Path, *statements: str) -> None:
    """Does what no fuhan does; foreign keys are not enforced."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            assert connection.execute(statement).rowcount != 0, statement
        connection.commit()


def verified(path: Path, *, quick: bool = False, heads: tuple[Head, ...] = ()) -> Findings:
    before = path.read_bytes()
    with LetterArchive.open_to_read(path) as archive:
        findings = archive.verify(quick=quick, heads=heads)
    assert path.read_bytes() == before
    return findings


def rows(path: Path) -> Iterator[tuple[str, int]]:
    with closing(sqlite3.connect(path)) as connection:
        for table in ("versions", "readings", "captures", "decisions"):
            yield from ((table, row[0]) for row in connection.execute(f"SELECT id FROM {table}"))
        for row in connection.execute("SELECT id FROM events WHERE cursor IS NOT NULL"):
            yield "events", row[0]


def test_everything_that_happens_verifies(archive: Path) -> None:
    findings = verified(archive)
    assert findings.faults == []
    with LetterArchive.open_to_read(archive) as opened:
        assert (findings.head.seq, findings.head.hash) == opened.journal_head()
        kinds = {event.kind.value for event in opened.changes()}
    assert kinds >= {"new", "changed", "withdrawn", "restored", "moved", "copy-found"}
    assert findings.checked["decisions"] == 2
    assert findings.checked["captures read"] > findings.checked["versions"]


COLUMNS = [
    *(("readings", name) for name in ("version_id", "reader", "read_at", *LETTER_COLUMNS)),
    *(
        ("versions", name)
        for name in (
            "copy_id",
            "number",
            "run_id",
            "capture_id",
            "observed_at",
            "recorded_at",
            "digest",
            "status",
        )
    ),
    *(
        ("captures", name)
        for name in (
            "copy_id",
            "url",
            "fetched_at",
            "status",
            "headers",
            "digest",
            "size",
            "body",
        )
    ),
    *(
        ("events", name)
        for name in (
            "cursor",
            "status",
            "run_id",
            "portal_id",
            "copy_id",
            "letter_id",
            "version_id",
            "reading_before",
            "reading_after",
            "kind",
            "significance",
            "observed_at",
            "recorded_at",
            "baseline",
            "backdated",
            "scope",
            "from_url",
            "reason",
            "fields",
            "figures",
            "diff",
        )
    ),
    *(("decisions", name) for name in ("kind", "letter_id", "note", "decided_at")),
    *(
        ("identifications", name)
        for name in ("copy_id", "letter_id", "kind", "with_copy", "compared", "identified_at")
    ),
    *(("copies", name) for name in ("letter_id", "url", "status")),
    *(("letters", name) for name in ("status", "published_at", "joined_into", "split_from")),
]
IDS = ("_id", "_copy", "_into", "_from", "_before", "_after")
NUMBERS = {"number", "cursor", "size", "baseline", "backdated"}
OTHER_VALUES = {
    **dict.fromkeys(("fields", "figures", "diff", "headers", "compared"), """'[["改动"]]'"""),
    **dict.fromkeys(
        (
            "addressees",
            "co_handling_agencies",
            "cited_documents",
            "commitments",
            "contacts",
            "warnings",
        ),
        """'["改动"]'""",
    ),
    "attachments": """'[{"name":"改动","url":"http://x"}]'""",
    "is_letter": "1 - is_letter",
    "published_at": "NULL",
    "captures.body": "zeroblob(30)",
    "captures.status": "status + 1",
}


def other_value(table: str, column: str) -> str:
    """SQL of a value the column does not have."""
    for name in (f"{table}.{column}", column):
        if name in OTHER_VALUES:
            return OTHER_VALUES[name]
    if column.endswith(IDS) or column in NUMBERS:
        return f"coalesce({column}, 0) + 1000"
    return "'1999-01-01'" if column.startswith("date_") else f"coalesce({column}, '') || 'x'"


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_f07_altered_row_is_named(archive: Path, table: str, column: str) -> None:
    where = {
        "events": "cursor = (SELECT max(cursor) FROM events WHERE kind = 'changed')",
        "copies": "id = 1",
        "letters": "id = 1",
        "identifications": "id = 1",
    }.get(table, f"id = (SELECT min(id) FROM {table})")
    alter(archive, f"UPDATE {table} SET {column} = {other_value(table, column)} WHERE {where}")
    findings = verified(archive)
    named = {fault.table for fault in findings.faults}
    meant = {"copies": {"versions", "copies"}, "identifications": {"events"}}
    assert named & meant.get(table, {table}), findings.faults
    assert all(fault.kind != FaultKind.JOURNAL for fault in findings.faults)


@pytest.mark.parametrize("column", ["from_letter", "letter_id", "copy_id", "kind"])
def test_f07_altered_move_of_a_decision_is_named(archive: Path, column: str) -> None:
    value = f"{column} + 1" if column != "kind" else "'split'"
    alter(
        archive,
        f"UPDATE identifications SET {column} = {value} WHERE kind = 'joined'",
    )
    assert any(fault.table == "decisions" for fault in verified(archive).faults)


@pytest.mark.parametrize(
    "column", ["kind", "ref_id", "observed_at", "recorded_at", "content", "previous", "hash"]
)
def test_altered_journal_entry_is_named(archive: Path, column: str) -> None:
    value = "ref_id + 1" if column == "ref_id" else f"coalesce({column}, '') || '0'"
    alter(archive, f"UPDATE journal SET {column} = {value} WHERE seq = 5")
    faults = [fault for fault in verified(archive).faults if fault.kind is FaultKind.JOURNAL]
    assert faults and {fault.row for fault in faults} <= {5, 6}


def test_each_missing_row_is_named(told: Path, tmp_path: Path) -> None:
    for number, (table, row) in enumerate(rows(told)):
        if number % 5:
            continue
        path = Path(shutil.copy(told, tmp_path / f"{number}.db"))
        alter(path, f"DELETE FROM {table} WHERE id = {row}")
        named = {(fault.table, fault.row) for fault in verified(path, quick=True).faults}
        assert (table, row) in named or any(fault[0] == "versions" for fault in named), (table, row)


def test_missing_version_is_named_by_its_letter_and_address(archive: Path) -> None:
    alter(archive, "DELETE FROM readings WHERE version_id = 1", "DELETE FROM versions WHERE id = 1")
    fault = next(f for f in verified(archive).faults if f.kind is FaultKind.MISSING)
    assert (fault.table, fault.row, fault.letter, fault.version) == ("versions", 1, 1, 1)
    assert fault.url == "http://a.example/jyta/t1.html"


def test_decisions_about_portals_are_counted_too(archive: Path) -> None:
    before = verified(archive).checked["decisions"]
    with closing(Database.open_to_write(archive)) as database, database.writing():
        content = {"decision": "accept", "portal": "a-kjj", "events": []}
        when = "2026-05-04T00:00:00.000Z"
        journal.append(database, "decision", None, content, observed_at=None, recorded_at=when)
    findings = verified(archive)
    assert findings.sound and findings.checked["decisions"] == before + 1


@pytest.mark.parametrize("table", ["versions", "readings", "captures", "events", "decisions"])
def test_row_put_in_is_named(archive: Path, table: str) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        last = connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
    values = {"id": str(last + 1), "number": "number + 50", "cursor": "cursor + 500"}
    chosen = ", ".join(values.get(name, name) for name in names)
    alter(
        archive,
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {chosen} FROM {table} WHERE id = {last}",
    )
    named = {(fault.kind, fault.table, fault.row) for fault in verified(archive).faults}
    assert (FaultKind.UNRECORDED, table, last + 1) in named


def test_reordered_entries_are_named(archive: Path) -> None:
    alter(
        archive,
        "UPDATE journal SET seq = -1 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = -1",
    )
    named = {fault.row for fault in verified(archive).faults if fault.kind is FaultKind.JOURNAL}
    assert {3, 4, 5} <= named


def test_cut_tail_shows_by_the_head_that_was_noted_down(archive: Path) -> None:
    head = verified(archive).head
    assert verified(archive, heads=(head,)).sound
    alter(archive, f"DELETE FROM journal WHERE seq = {head.seq}")
    kinds = {fault.kind for fault in verified(archive, heads=(head,)).faults}
    assert FaultKind.CUT in kinds


def test_cut_tail_with_its_rows_shows_by_nothing_but_the_head(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1)})
    shutil.copy(story.path, tmp_path / "earlier.db")
    story.crawl({"t1.html": a_letter(1), "t2.html": a_letter(2)})
    head = verified(story.path).head
    assert verified(tmp_path / "earlier.db").sound
    (fault,) = verified(tmp_path / "earlier.db", heads=(head,)).faults
    assert (fault.kind, fault.row) == (FaultKind.CUT, head.seq)


def test_rewritten_journal_shows_by_the_head_that_was_noted_down(archive: Path) -> None:
    (fault,) = verified(archive, heads=(Head(3, "0" * 64),)).faults
    assert (fault.kind, fault.row) == (FaultKind.REWRITTEN, 3)


def test_quick_reads_no_capture(archive: Path) -> None:
    alter(archive, "UPDATE captures SET body = zeroblob(30) WHERE id = 15")
    assert verified(archive, quick=True).sound
    faults = verified(archive).faults
    assert {(fault.kind, fault.row) for fault in faults} == {(FaultKind.CAPTURE, 15)}
    assert faults[0].letter == 2 and faults[0].url


def test_broken_reference_is_named(archive: Path) -> None:
    alter(archive, "UPDATE visits SET copy_id = 999 WHERE copy_id = 5")
    assert FaultKind.REFERENCE in {fault.kind for fault in verified(archive).faults}


def test_f07_flipped_bytes_are_named_and_nothing_is_raised(archive: Path) -> None:
    size, read = archive.stat().st_size, 0
    for place in range(4096 * 2 + 100, size, 4096 * 3):
        damaged = bytearray(archive.read_bytes())
        damaged[place : place + 64] = bytes(byte ^ 0x5A for byte in damaged[place : place + 64])
        path = archive.with_name("flipped.db")
        path.write_bytes(damaged)
        try:
            findings = verified(path)
        except ArchiveDamaged:  # a page of the schema: such a file cannot be opened
            continue
        read += 1
        assert all(isinstance(fault, Fault) for fault in findings.faults)
    assert read > size // (4096 * 3) // 2


def test_f07_row_that_cannot_be_read_is_named_and_those_behind_it_are_checked(
    archive: Path,
) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM readings ORDER BY id")]
        broken = connection.execute(
            "UPDATE readings SET body = CAST(x'E5A5BDFF' || CAST(body AS BLOB) AS TEXT)"
            " WHERE id = ?",
            (ids[0],),
        )
        assert broken.rowcount == 1
        connection.execute("UPDATE readings SET title = '别的' WHERE id = ?", (ids[-1],))
        connection.commit()
    faults = verified(archive).faults
    unreadable = [fault for fault in faults if "UTF-8" in fault.detail]
    assert [(fault.table, fault.letter) for fault in unreadable] == [("versions", 1)]
    assert ("readings", ids[-1]) in {(fault.table, fault.row) for fault in faults}


def test_f07_table_that_cannot_be_read_to_its_end_is_told(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("UPDATE copies SET status = CAST(x'FF' AS TEXT) WHERE id = 2")
        connection.execute("UPDATE visits SET copy_id = 999 WHERE copy_id = 5")
        connection.commit()
    told = {(fault.kind, fault.table) for fault in verified(archive).faults}
    assert (FaultKind.FILE, "copies") in told and (FaultKind.REFERENCE, "visits") in told


def test_f07_dropped_table_is_named(archive: Path) -> None:
    alter(archive, "DROP TABLE captures")
    assert not verified(archive).sound


def test_archive_of_before_readings_were_journaled_is_sound(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entries hold less; what they hold is checked."""
    monkeypatch.setattr(journal, "check_entry", lambda *_: iter(()))
    cut = "json_remove(content, '$.reading', '$.capture_id', '$.circumstances', '$.reader')"
    alter(
        archive,
        "DELETE FROM journal WHERE kind IN ('reading', 'capture')",
        f"UPDATE journal SET content = {cut} WHERE kind = 'version'",
    )
    assert verified(archive).faults == []
    alter(archive, "UPDATE readings SET body = body || '。' WHERE id = 1")
    (fault,) = verified(archive).faults
    assert (fault.table, fault.row, fault.columns) == ("versions", 1, ("content",))


def test_archive_of_the_schema_before_decisions_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    old = sqlite_utils.Database(path)
    schema.migrations.apply(old, stop_before="0010_identity_by_hand")
    old.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    old.execute("PRAGMA user_version = 2")
    old.conn.commit()
    old.close()
    with pytest.raises(ArchiveError, match="older fuhan"):
        LetterArchive.open_to_read(path)
    Story(path).crawl({"t1.html": a_letter(1)})
    assert verified(path).sound


def test_held_and_dropped_versions_verify(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 9)}
    story.crawl(site)
    shell: dict[str, Page] = {path: _furnished(page) for path, page in site.items()}
    summary = story.crawl(shell)
    assert summary is not None and summary.held
    assert verified(story.path).faults == []
    with story.open() as archive:
        archive.reject_held("a")
    assert verified(story.path).faults == []
    story.crawl(dict.fromkeys(site, Outcome.GONE), listed=list(site))
    assert verified(story.path).faults == []


def _furnished(page: Page) -> ReplyLetter:
    assert isinstance(page, ReplyLetter)
    return ReplyLetter(title=page.title, body=page.body + "\n分享到微信")


def test_verifying_reads_in_one_view(archive: Path) -> None:
    database = Database.open_to_read(archive)
    seen: list[int] = []
    watch: Callable[[int], None] = seen.append
    assert verify(database, watch=watch).sound
    assert seen == list(range(1, len(seen) + 1))
