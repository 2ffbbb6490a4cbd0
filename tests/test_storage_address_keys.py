"""A file whose address is printed escaped one day and as it is the next is the same file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.compare import compare_letters
from storage import schema
from storage.addresses import address_key
from storage.archive import LetterArchive
from storage.records import Attachment, ReplyLetter, Significance
from tests.archive_story import Story, a_letter

PLAIN = "http://kjj.lanjiang.example/down.jsp?showname=加装 电梯.docx"
ESCAPED = (
    "http://kjj.lanjiang.example/down.jsp?showname=%E5%8A%A0%E8%A3%85%20%E7%94%B5%E6%A2%AF.docx"
)
KEYS = "SELECT url, key, linked FROM attachment_files ORDER BY id"


def linking(*urls: str) -> ReplyLetter:
    return replace(a_letter(1), attachments=tuple(Attachment("申请表.docx", url) for url in urls))


def rows(path: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        return connection.execute(sql, values).fetchall()


def as_schema_6(path: Path) -> None:
    """The archive as schema 6 had it, whose keys hold addresses as they were printed."""
    rows(path, "UPDATE attachment_files SET key = replace(url, 'http://', '')")
    rows(path, "DELETE FROM _sqlite_migrations WHERE name = '0018_address_keys'")
    rows(path, "PRAGMA user_version = 6")


@pytest.mark.parametrize("other", [ESCAPED, PLAIN.replace(" ", "%20"), ESCAPED.lower()])
def test_address_in_another_form_is_no_change_of_substance(other: str) -> None:
    change = compare_letters(linking(PLAIN), linking(other))
    assert change is not None
    assert change.significance is Significance.TYPOGRAPHY


def test_link_in_another_form_stays_the_link(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    for letter in (linking(PLAIN), linking(ESCAPED)):
        story.crawl({"1.html": letter})
    assert rows(story.path, KEYS) == [(ESCAPED, address_key(PLAIN), 1)]


def test_archive_of_schema_6_knows_its_links_again(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": linking(PLAIN)})
    as_schema_6(story.path)
    story.crawl({"1.html": linking(ESCAPED)})
    assert rows(story.path, KEYS) == [(ESCAPED, address_key(PLAIN), 1)]
    assert rows(story.path, "PRAGMA user_version") == [(schema.VERSION,)]
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.verify().faults == []


def test_archive_that_knew_both_forms_keeps_both(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": linking(PLAIN)})
    as_schema_6(story.path)
    rows(
        story.path,
        """INSERT INTO attachment_files (portal_id, copy_id, key, url, name, place, first_seen)
           SELECT portal_id, copy_id, ?, ?, name, 1, first_seen FROM attachment_files""",
        address_key(ESCAPED),
        ESCAPED,
    )
    LetterArchive.open(story.path).close()
    plain, escaped = rows(story.path, KEYS)
    assert (plain[0], escaped[:2]) == (PLAIN, (ESCAPED, address_key(ESCAPED)))
    assert plain[1] != escaped[1]
