"""`letters join`, `letters split`, `show`, `verify`, `dossier` and `reread` as a user runs them."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from pipelines.read import read_page
from schedules.cli.cli import cli
from schedules.reports.words import FIRST_READING_ONLY, LEFT_OUT
from schedules.words.faults import COLUMNS
from schedules.words.language import say
from schedules.words.record import SOUND
from storage.database import Database
from storage.evidence.journaled import CONTENTS
from storage.lock import crawl_lock
from storage.records import Attachment, ReplyLetter
from tests.archive_story import Page, Story, a_letter
from tests.one_portal import watch_one_portal
from tests.record_story import told_story

SCHEMAS = Path(__file__).parent.parent / "docs" / "schema"
HOSTILE = "<script>alert(1)</script>\x1b[31m"
URL = "http://a.example/jyta/t{}.html"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    watch_one_portal(tmp_path, monkeypatch)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 5)}
    story.crawl(site)
    return story


def fuhan(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def faults(name: str, output: str) -> list[str]:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    value: dict[str, Any] = json.loads(output)
    assert set(schema["required"]) == set(value)
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)]


# --- join, split, show ------------------------------------------------------------------------


def test_join_and_split_undo_each_other_by_the_command_that_is_shown(story: Story) -> None:
    joined = fuhan("letters", "join", "2", "3", "--note", "同一件")
    assert joined.exit_code == 0
    undo = re.search(r"fuhan (letters split .+)", joined.stdout)
    assert undo
    assert "人工合并，原为复函 3" in fuhan("show", "3").stdout
    assert "附注：同一件" in fuhan("show", "3").stdout
    split = fuhan(*undo[1].split())
    assert split.exit_code == 0 and "复函 5" in split.stdout
    redo = re.search(r"fuhan (letters join .+)", split.stdout)
    assert redo
    assert "复函 5" in fuhan("show", "3").stdout
    assert fuhan(*redo[1].split()).exit_code == 0
    assert fuhan("verify").exit_code == 0


def test_letters_are_still_listed_without_a_subcommand(story: Story) -> None:
    assert len(fuhan("letters", "--json").stdout.splitlines()) == 4
    assert fuhan("letters", "unite").exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("join", "2", "99"), "没有复函 99"),
        (("join", "2", "2"), "是同一份复函"),
        (("join", "2", URL.format(2)), "是同一份复函"),
        (("split", "2", URL.format(2)), "只有一处地址"),
        (("split", "99", URL.format(2)), "没有复函 99"),
    ],
)
def test_what_cannot_be_corrected_is_said_plainly(
    story: Story, arguments: tuple[str, ...], words: str
) -> None:
    before = fuhan("letters", "--json").stdout
    result = fuhan("letters", *arguments)
    assert result.exit_code == 1 and words in result.stderr
    assert fuhan("letters", "--json").stdout == before


def test_split_names_the_copies_there_are_where_the_address_is_none(story: Story) -> None:
    fuhan("letters", "join", "2", "3")
    unknown = fuhan("letters", "split", "2", "http://a.example/none")
    assert unknown.exit_code == 1 and URL.format(3) in unknown.stderr
    everything = fuhan("letters", "split", "2", URL.format(2), URL.format(3))
    assert everything.exit_code == 1 and "至少留下一处" in everything.stderr


def test_f06_identity_is_not_corrected_while_a_crawl_is_running(story: Story) -> None:
    with crawl_lock(story.path):
        assert fuhan("letters", "join", "2", "3").exit_code == 4
        assert fuhan("reread").exit_code == 4


def test_correcting_makes_no_archive(tmp_path: Path) -> None:
    assert fuhan("letters", "join", "1", "2").exit_code == 4
    assert not (tmp_path / "fuhan.db").exists()


def test_show_tells_the_evidence_of_each_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_story(tmp_path / "fuhan.db")
    shown = fuhan("show", "4").stdout
    assert "这份复函最初见于此处" in shown
    assert "届次与编号相同 · 与 http://a.example/jyta/t4.html 比较" in shown
    assert "正文相同 9" in shown
    monkeypatch.setenv("FUHAN_LANG", "en")
    assert "same assembly and submission number" in fuhan("show", "4").stdout
    output = fuhan("show", "4", "--json").stdout
    assert faults("show", output) == []
    assert [copy["evidence"] for copy in json.loads(output)["copies"]] == [
        "first",
        "submission number",
    ]


# --- verify -----------------------------------------------------------------------------------


def test_verify_says_sound_and_gives_the_head_to_note_down(story: Story) -> None:
    result = fuhan("verify")
    assert result.exit_code == 0 and "档案完好" in result.stdout
    head = re.search(r"--head (\d+:[0-9a-f]{64})", result.stdout)
    assert head
    story.crawl({"t9.html": a_letter(8)})
    assert fuhan("verify", "--quick", "--head", head[1]).exit_code == 0
    assert faults("verify", fuhan("verify", "--json").stdout) == []


def test_f07_verify_names_what_is_wrong_and_what_to_do(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE readings SET body = '改过的正文' WHERE version_id = 2")
        connection.commit()
    result = fuhan("verify")
    assert result.exit_code == 4
    assert "--head" not in result.stdout  # nobody is to note that one down
    assert "读出内容 2（复函 2 · 第 1 版" in result.stdout and URL.format(2) in result.stdout
    assert "备份" in result.stderr
    output = fuhan("verify", "--json")
    assert output.exit_code == 4 and faults("verify", output.stdout) == []
    assert json.loads(output.stdout)["faults"][0]["letter"] == 2
    monkeypatch.setenv("FUHAN_LANG", "en")
    assert "altered after it was recorded: content" in fuhan("verify").stdout


def test_damaged_file_is_told_once_and_in_one_language(story: Story) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        roots = connection.execute(
            """SELECT rootpage FROM sqlite_master WHERE type = 'table'
               AND name IN ('readings', 'events', 'captures', 'visits')"""
        ).fetchall()
    raw = bytearray(story.path.read_bytes())
    for (root,) in roots:
        raw[(root - 1) * size : (root - 1) * size + 200] = b"\xa5" * 200
    story.path.write_bytes(raw)
    result = fuhan("verify")
    assert result.exit_code == 4
    lines = [line for line in result.stdout.splitlines() if "数据库文件损坏" in line]
    assert len(lines) == 1
    assert "the file is damaged" not in result.stdout and "记录簿第" not in lines[0]


def test_no_part_of_a_row_lacks_a_chinese_name(tmp_path: Path) -> None:
    told_story(tmp_path / "told.db")
    with closing(Database.open_to_write(tmp_path / "told.db")) as database:
        names = {
            name
            for entry in list(database.rows("SELECT * FROM journal"))
            if entry["kind"] in CONTENTS and entry["ref_id"] is not None
            for name in CONTENTS[entry["kind"]](database, entry["ref_id"])
        }
    assert len(names) > 20 and names <= COLUMNS.keys()


@pytest.mark.parametrize("head", ["7", "7:abc", "x:" + "0" * 64, "²:" + "0" * 64])
def test_head_that_is_none_is_a_usage_error(story: Story, head: str) -> None:
    assert fuhan("verify", "--head", head).exit_code == 2


def test_verify_without_an_archive_says_so() -> None:
    result = fuhan("verify")
    assert result.exit_code == 4 and "fuhan crawl" in result.stderr


# --- dossier ----------------------------------------------------------------------------------


def test_dossier_holds_page_captures_and_digests(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    first = a_letter(1, contacts=("联系电话：12345678",))
    story.crawl({"t1.html": first})
    story.crawl({"t1.html": replace(first, body=first.body.replace("7处", "9处"))})
    result = fuhan("dossier", "1", "-o", "file")
    assert result.exit_code == 0
    page = Path("file/dossier.html").read_text(encoding="utf-8")
    assert "<del " in page and "<ins " in page
    assert "第 1 版" in page and "第 2 版" in page
    assert "12345678" not in page
    head = re.search(r"fuhan verify --head (\d+:[0-9a-f]{64})", page)
    assert head and fuhan("verify", "--head", head[1]).exit_code == 0
    sums = Path("file/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = {name: digest for digest, name in (line.split("  ") for line in sums)}
    for name, digest in named.items():
        assert hashlib.sha256((Path("file") / name).read_bytes()).hexdigest() == digest
    captures = named.keys() - {"dossier.html", "journal.jsonl"}
    assert len(captures) == 2 == len(named) - 2  # every file beside the sums themselves
    for name in captures:
        assert named[name] in page and name in page and name.endswith(".txt")
    entries = [json.loads(line) for line in Path("file/journal.jsonl").read_text().splitlines()]
    assert [entry["kind"] for entry in entries] == ["version", "event", "version", "event"]
    assert all(_hashes(entry) for entry in entries)


def test_dossier_that_cannot_be_written_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1)})

    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "the disk is full")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_text", full)  # the captures are there by then
        result = fuhan("dossier", "1", "-o", "file")
    assert result.exit_code == 1
    assert "无法写入 file：磁盘已满" in result.stderr
    assert list(Path("file").iterdir()) == []
    assert fuhan("dossier", "1", "-o", "file").exit_code == 0


def _hashes(entry: dict[str, Any]) -> bool:
    """As the page says it: without any of our code."""
    names = ("previous", "kind", "ref_id", "observed_at", "recorded_at", "content")
    text = json.dumps([entry[n] for n in names], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest() == str(entry["hash"])


def test_dossier_with_contacts_only_where_asked_for(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1, contacts=("联系电话：12345678",))})
    assert fuhan("dossier", "1", "-o", "file", "--contacts").exit_code == 0
    assert "12345678" in Path("file/dossier.html").read_text(encoding="utf-8")


def test_f44_hostile_letter_is_inert_in_a_dossier(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    hostile = replace(
        a_letter(1),
        title=HOSTILE,
        addressees=(HOSTILE,),
        index_number='"><img src=x onerror=alert(1)>',
        attachments=(Attachment(HOSTILE, "javascript:alert(1)"),),
        body=a_letter(1).body + HOSTILE,
    )
    story.crawl({"t1.html": hostile})
    story.crawl({"t1.html": replace(hostile, body=hostile.body + "<iframe>")})
    assert fuhan("dossier", "1", "-o", "file").exit_code == 0
    page = Path("file/dossier.html").read_text(encoding="utf-8")
    assert "<script" not in page and "<img" not in page and "<iframe" not in page
    assert 'href="javascript' not in page and "\x1b" not in page
    assert "Content-Security-Policy" in page and "default-src 'none'" in page
    assert {path.suffix for path in Path("file/captures").iterdir()} == {".txt"}


def test_what_was_forgotten_is_not_told_as_if_it_had_never_been(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    first = a_letter(1)
    story.crawl({"t1.html": first})
    story.crawl({"t1.html": replace(first, body=first.body.replace("7处", "9处"))})
    assert fuhan("forget", "1", "--text", "--yes").exit_code == 0
    assert fuhan("dossier", "1", "-o", "file").exit_code == 0
    page = Path("file/dossier.html").read_text(encoding="utf-8")
    assert "应请求不再保存" in page and "内容相同。" not in page and "正文已应请求删去" in page
    assert "注明“原样”的快照" in page and page.count("<th>原样</th>") == 2
    empty = hashlib.sha256(b"").hexdigest()
    assert page.count(f"<code>{empty}</code> 0 字节") == 2
    entries = [json.loads(line) for line in Path("file/journal.jsonl").read_text().splitlines()]
    assert "forget" in {entry["kind"] for entry in entries}
    for told in (fuhan("show", "1").stdout, fuhan("diff", "1").stdout):
        assert "正文已应请求删去" in told and "没有差别" not in told and "附件" not in told


@pytest.mark.parametrize(("language", "words"), [("zh", "不再可知"), ("en", "no longer be told")])
def test_versions_that_differed_in_forgotten_words_alone_are_not_called_equal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("FUHAN_LANG", language)
    story = Story(tmp_path / "fuhan.db")
    first = replace(a_letter(1), signatory="欧阳慕云")
    story.crawl({"t1.html": first})
    story.crawl({"t1.html": replace(first, signatory="上官听雪")})
    same = {"zh": "没有差别", "en": "do not differ"}[language]
    assert words not in fuhan("diff", "1").stdout
    assert (
        fuhan("forget", "1", "--words", "欧阳慕云", "--words", "上官听雪", "--yes").exit_code == 0
    )
    told = fuhan("diff", "1").stdout
    assert words in told and same not in told


def test_quick_check_counts_no_captures_it_did_not_read(story: Story) -> None:
    assert "个快照、" in fuhan("verify").stdout
    quick = fuhan("verify", "--quick").stdout
    assert "未读取快照和附件" in quick and "个快照" not in quick


def test_f07_text_that_cannot_be_read_is_told_in_chinese_too(story: Story) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE readings SET body = CAST(x'FF' AS TEXT) WHERE id = 1")
        connection.commit()
    result = fuhan("verify")
    assert result.exit_code == 4 and "body 一栏不是 UTF-8 文字" in result.stdout


def test_dossier_overwrites_nothing(story: Story) -> None:
    Path("file").mkdir()
    Path("file/notes.txt").write_text("mine", encoding="utf-8")
    result = fuhan("dossier", "1", "-o", "file")
    assert result.exit_code == 1 and "不覆盖" in result.stderr
    assert [path.name for path in Path("file").iterdir()] == ["notes.txt"]


def test_f07_dossier_tells_of_a_damaged_capture_and_writes_the_rest(story: Story) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("UPDATE captures SET body = zeroblob(9) WHERE id = 1")
        connection.commit()
    result = fuhan("dossier", "1", "-o", "file")
    assert result.exit_code == 4 and "fuhan verify" in result.stderr
    assert "已损坏" in Path("file/dossier.html").read_text(encoding="utf-8")


def test_everything_that_happened_to_a_letter_stands_in_its_dossier(tmp_path: Path) -> None:
    told_story(tmp_path / "fuhan.db")
    for letter, words in (("5", "撤下"), ("4", "28处 → 30处"), ("7", "人工合并")):
        assert fuhan("dossier", letter, "-o", f"file{letter}").exit_code == 0
        page = Path(f"file{letter}/dossier.html").read_text(encoding="utf-8")
        assert words in page, letter


# --- reread -----------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div class="zwxl-article"><div class="zwxl-title">{title}</div>
<div class="trs_editor_view TRS_UEDITOR trs_paper_default">{body}</div></div></body></html>"""


class PageStory(Story):
    """Its captures are pages, as a portal serves them."""

    def body_of(self, found: Page) -> bytes:
        assert isinstance(found, ReplyLetter)
        paragraphs = "".join(f"<p>{line}</p>" for line in found.body.split("\n"))
        return PAGE.format(title=found.title, body=paragraphs).encode()


def test_reread_adds_readings_and_tells_exports_alone(tmp_path: Path) -> None:
    story = PageStory(tmp_path / "fuhan.db")
    for number in (1, 2, 3):
        story.crawl({f"t{n}.html": a_letter(n, signatory="误读") for n in range(1, number + 1)})
    start = story.cursor()
    result = fuhan("reread")
    assert result.exit_code == 0
    assert "重读 3 件，3 件读法有变" in result.stdout and "审签人 3" in result.stdout
    assert story.told(start) == []
    lines = [
        json.loads(line) for line in fuhan("export", "--after", str(start)).stdout.splitlines()
    ]
    assert {line["reason"] for line in lines} == {"reread"} and len(lines) == 3
    assert all(line["signatory"] is None and line["versions"] == 1 for line in lines)
    assert "都已按现在的读法读过" in fuhan("reread", "a").stdout
    assert fuhan("verify").exit_code == 0


def test_reread_goes_on_where_it_was_interrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = PageStory(tmp_path / "fuhan.db")
    story.crawl({f"t{n}.html": a_letter(n, signatory="误读") for n in range(1, 6)})
    reads: list[str] = []

    def read(body: bytes, url: str, *rest: Any) -> Any:
        reads.append(url)
        if len(reads) == 3:
            raise KeyboardInterrupt
        return read_page(body, url, *rest)

    monkeypatch.setattr("schedules.runs.rereading.read_page", read)
    assert fuhan("reread").exit_code == 1
    assert fuhan("reread").exit_code == 0
    assert reads[3:] == [*reads[2:3], URL.format(4), URL.format(5)]
    assert fuhan("verify").exit_code == 0


def test_reread_keeps_what_gives_no_letter_now(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")  # whose captures are no pages
    story.crawl({"t1.html": a_letter(1)})
    before = fuhan("show", "1", "--json").stdout
    assert "1 件今读不出复函" in fuhan("reread").stdout
    assert fuhan("show", "1", "--json").stdout == before


def test_reread_of_an_unknown_portal_is_a_usage_error(story: Story) -> None:
    assert fuhan("reread", "nowhere").exit_code == 2


def test_counts_of_one_take_the_singular(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")
    ones = dict.fromkeys(("entries", "versions", "readings", "captures", "files", "events"), 1)
    assert say(SOUND, **ones, decisions=1) == (
        "sound: 1 journal entry recomputed; 1 version, 1 later reading, 1 capture, 1 linked file, "
        "1 event and 1 decision as recorded"
    )
    assert say(FIRST_READING_ONLY, count=1).startswith("1 letter was read")
    left_out = [say(words, count=1) for words in LEFT_OUT.values()]
    assert all(text.startswith("1 more change") and " is " in text for text in left_out)
