"""A file that changed under its link: what `diff`, `changes` and reports show of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from schedules.cli.cli import cli
from storage.records import Attachment, EventKind
from tests.archive_story import a_letter
from tests.attachment_site import pdf, sha256
from tests.test_storage_attachment_files import URL, FileStory, with_file

OTHER = "http://a.example/jyta/P2.pdf"
OLD, NEW = pdf("1"), pdf("another")


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FUHAN_CONFIG", "FUHAN_NOW", "FUHAN_LOG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FUHAN_LANG", "zh")


@pytest.fixture
def story(tmp_path: Path) -> FileStory:
    """A letter whose file is another on the second day, and whose page stays as it is."""
    made = FileStory(tmp_path / "fuhan.db", files={URL: OLD, OTHER: pdf("other")})
    site = {"1.html": with_file(), "2.html": a_letter(2)}
    made.crawl(site)
    made.files[URL] = NEW
    made.crawl(site)
    return made


def fuhan(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == code, result.output
    return result.output


def test_diff_names_the_file_both_contents_and_the_command_that_writes_them(
    story: FileStory,
) -> None:
    lines = fuhan("diff", "1").splitlines()
    assert lines[0] == "复函 1 的页面只有一个版本；变了的是它的附件文件"
    assert f"  清单.pdf · {URL}" in lines
    first, second = (line for line in lines if "sha256" in line)
    assert first.startswith(
        f"  −  第 1 份 · 2026-03-03 06:20 · {len(OLD)} 字节 · sha256 {sha256(OLD)}"
    )
    assert second.startswith(f"  +  第 2 份 · 2026-03-04 06:20 · {len(NEW)} 字节")
    assert f"sha256 {sha256(NEW)}" in second
    command = lines[-1].partition("fuhan ")[2].split()
    fuhan(*command)
    for line, content in ((first, OLD), (second, NEW)):
        name = line.rpartition(" ")[2]
        assert (Path("fuhan-1") / name).read_bytes() == content


def test_diff_speaks_english(story: FileStory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FUHAN_LANG", "en")
    shown = fuhan("diff", "1")
    assert "letter 1's page has one version only; what changed is a file" in shown
    assert f"content 2 · 2026-03-04 06:20 · {len(NEW)} bytes" in shown


def test_diff_of_two_versions_tells_their_words_and_the_file(story: FileStory) -> None:
    story.crawl({"1.html": with_file(body=a_letter(1).body.replace("7处", "9处"))})
    for arguments in (("diff", "1"), ("diff", "1", "1", "2")):
        shown = fuhan(*arguments)
        assert "[-7-]{+9+}处" in shown
        assert sha256(OLD) in shown and sha256(NEW) in shown


def test_files_only_one_of_two_versions_links_to_are_shown(story: FileStory) -> None:
    story.crawl({"2.html": a_letter(2, attachments=(Attachment("甲.pdf", URL),))})
    swapped = a_letter(2, attachments=(Attachment("乙.pdf", OTHER),))
    story.crawl({"2.html": swapped})
    shown = fuhan("diff", "2", "2", "3")
    assert "甲.pdf · 页面已不再链接" in shown
    assert f"  +  第 1 份 · 2026-03-06 06:20 · {len(pdf('other'))} 字节" in shown


def test_letter_without_another_version_or_file_says_so(story: FileStory) -> None:
    assert "附件也没有变过" in fuhan("diff", "2", code=1)


def test_changes_and_report_point_at_the_diff(story: FileStory) -> None:
    changes = fuhan("changes").splitlines()
    assert changes[-1] == "    对照：fuhan diff 1"
    assert changes[-3].startswith("    复函 1 a http")
    report = fuhan("report")
    assert "fuhan diff 1（附件前后两份）" in report
    assert "fuhan dossier 1 -o fuhan-1（取出两份附件）" in report


def test_command_names_the_configuration_that_was_given(story: FileStory) -> None:
    Path("my fuhan.toml").write_text("", encoding="utf-8")
    shown = fuhan("--config", "my fuhan.toml", "changes")
    assert "对照：fuhan --config 'my fuhan.toml' diff 1" in shown


def test_letters_of_the_first_reading_are_marked(story: FileStory) -> None:
    head, *_, last = (line for line in fuhan("changes").splitlines() if line[:1].isdigit())
    assert "新发布（首次收录）" in head
    assert "（" not in last.partition("关于")[0]


def test_letter_that_moved_as_it_was_offers_no_diff(story: FileStory) -> None:
    for _ in range(2):
        story.crawl({"1.html": with_file(), "22.html": a_letter(2)})
    (moved,) = (event for event in story.events() if event.kind is EventKind.MOVED)
    assert moved.fields == ()
    report = fuhan("report")
    assert "fuhan diff 2" not in report
    assert "fuhan show 2 --version 1（原页面快照）" in report
    assert "fuhan diff 2" not in fuhan("changes")


def test_letter_whose_text_is_in_a_file_says_so_and_how_to_get_it(story: FileStory) -> None:
    story.crawl({"3.html": with_file(3, body="", refusal="attachment only")})
    last = fuhan("show", "3").splitlines()[-2:]
    assert last == ["  正文只在附件中", "  写出附件：fuhan dossier 3 -o fuhan-3"]
    fuhan("dossier", "3", "-o", "fuhan-3")
    assert [path.read_bytes() for path in Path("fuhan-3/files").iterdir()] == [NEW]
