"""The tree of text files: safe names, updated in place, nothing outside of it touched."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schedules.exports.names import safe_name
from schedules.exports.order import Exported, Order
from schedules.exports.text_file import file_name, is_name_of, text_of
from schedules.exports.tree import INDEX, write_tree
from storage.errors import FuhanError
from storage.export import export_line
from storage.forget.forgetting import Request
from storage.records import LetterRecord, ReplyLetter
from tests.archive_story import Page, Story, a_letter

NOW = datetime(2026, 5, 4, tzinfo=UTC)
AGENCY = "某市科学技术局"


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "fuhan.db")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return tmp_path / "tree"


def a_site(count: int = 5) -> dict[str, Page]:
    return {f"t{number}.html": a_letter(number) for number in range(1, count + 1)}


def write(story: Story, tree: Path, after: int | None = None) -> Exported:
    with story.open() as archive:
        return write_tree(archive, Order(after, tree))


def files(tree: Path) -> dict[str, Path]:
    return {path.name[:6]: path for path in sorted(tree.rglob("*.txt"))}


def index(tree: Path) -> dict[int, dict[str, Any]]:
    entries = [json.loads(line) for line in (tree / INDEX).read_text("utf-8").splitlines()]
    assert [entry["id"] for entry in entries] == sorted(entry["id"] for entry in entries)
    return {entry["id"]: entry for entry in entries}


def stamps(tree: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in tree.rglob("*.txt")}


# --- what is written --------------------------------------------------------------------------


def test_letter_is_a_file_with_front_matter_and_body(story: Story, tree: Path) -> None:
    story.crawl(a_site())
    assert write(story, tree).letters == 5
    path = tree / "letters" / AGENCY / "undated" / f"000001-{a_letter(1).title}.txt"
    _, head, body = path.read_text("utf-8").split("---\n")
    front = yaml.safe_load(head)
    assert front["id"] == 1
    assert front["submission_number"] == "0001"
    assert front["url"] == "http://a.example/jyta/t1.html"
    assert "document_number" not in front
    assert body == f"\n{a_letter(1).body}\n"


def test_index_names_every_file_and_holds_all_but_the_text(story: Story, tree: Path) -> None:
    story.crawl(a_site())
    write(story, tree)
    entries = index(tree)
    assert {str(tree / entry["path"]) for entry in entries.values()} == set(stamps(tree))
    with story.open() as archive:
        for line in archive.export():
            left_out = {"body", "annex", "reason", "cursor"}
            expected = {key: value for key, value in line.items() if key not in left_out}
            assert entries[line["id"]] == {**expected, "path": entries[line["id"]]["path"]}


def test_index_validates_against_its_schema(story: Story, tree: Path) -> None:
    story.crawl(a_site())
    with story.open() as archive:
        archive.join_letters([2, 4])
    write(story, tree, after=0)
    path = Path(__file__).parent.parent / "docs" / "schema" / "text-index.json"
    schema = json.loads(path.read_text("utf-8"))
    for entry in index(tree).values():
        Draft202012Validator(schema).validate(entry)
        assert set(entry) == set(schema["required"])
    assert index(tree)[4]["path"] is None


def test_nothing_is_written_again_where_nothing_changed(story: Story, tree: Path) -> None:
    site = a_site()
    story.crawl(site)
    write(story, tree)
    before = stamps(tree)
    story.crawl(site)
    write(story, tree)
    assert stamps(tree) == before


def test_changed_letter_keeps_its_name_and_only_its_file_is_written(
    story: Story, tree: Path
) -> None:
    site = a_site()
    story.crawl(site)
    cursor = write(story, tree).cursor
    before = stamps(tree)
    site["t2.html"] = a_letter(2, title="关于另一件事的复函", signatory="李明")
    story.crawl(site)
    assert write(story, tree, after=cursor).letters == 1
    changed = {path for path, stamp in stamps(tree).items() if before[path] != stamp}
    assert changed == {str(files(tree)["000002"])}
    assert "另一件事" in files(tree)["000002"].read_text("utf-8")
    assert "另一件事" not in files(tree)["000002"].name
    assert len(index(tree)) == 5


def test_letter_without_its_text_is_not_filed_as_withdrawn(story: Story, tree: Path) -> None:
    story.crawl(a_site(2))
    write(story, tree)
    there = files(tree)["000001"]
    with story.open() as archive:
        archive.forget(1, Request("text"))
    write(story, tree)
    assert files(tree)["000001"] == there
    _, head, body = there.read_text("utf-8").split("---\n")
    front = yaml.safe_load(head)
    assert (front["status"], front["refusal"], body) == ("present", "forgotten", "")
    assert index(tree)[1]["deleted"] is True


def test_words_that_are_forgotten_go_from_the_file_s_name_too(story: Story, tree: Path) -> None:
    story.crawl({"t1.html": a_letter(1, title="关于欧阳慕云代表第0001号建议的复函")})
    write(story, tree)
    with story.open() as archive:
        archive.forget(1, Request("words", ("欧阳慕云",)))
    write(story, tree)
    assert [path.name for path in tree.rglob("*.txt")] == [
        "000001-关于■■代表第0001号建议的复函.txt"
    ]
    assert "欧阳慕云" not in (tree / INDEX).read_text("utf-8")
    before = stamps(tree)
    write(story, tree)
    assert stamps(tree) == before


def test_withdrawn_letter_moves_and_comes_back(story: Story, tree: Path) -> None:
    site = a_site()
    story.crawl(site)
    write(story, tree)
    there = files(tree)["000003"]
    for _ in range(2):
        story.crawl({**site, "t3.html": "404"})
    write(story, tree)
    gone = files(tree)["000003"]
    assert gone.relative_to(tree / "withdrawn") == there.relative_to(tree / "letters")
    assert not there.exists()
    assert 'status: "withdrawn"' in gone.read_text("utf-8")
    assert index(tree)[3]["deleted"] is True
    story.crawl(site)
    write(story, tree)
    assert files(tree)["000003"] == there
    assert not (tree / "withdrawn").exists()


@pytest.mark.parametrize("only_changes", [False, True])
def test_joined_letter_leaves_a_tombstone_in_the_index(
    only_changes: bool, story: Story, tree: Path
) -> None:
    story.crawl(a_site())
    cursor = write(story, tree).cursor
    with story.open() as archive:
        archive.join_letters([2, 4])
    write(story, tree, after=cursor if only_changes else None)
    assert "000004" not in files(tree)
    tombstone = index(tree)[4]
    assert (tombstone["path"], tombstone["deleted"], tombstone["joined_into"]) == (None, True, 2)
    write(story, tree)
    assert index(tree)[4] == tombstone


def test_following_tree_is_the_tree_of_a_full_export(story: Story, tree: Path) -> None:
    site, cursor = a_site(8), None
    for day in range(5):
        site[f"t{day + 1}.html"] = a_letter(day + 1, signatory="李明")
        if day == 2:
            del site["t8.html"]
        story.crawl(site)
        cursor = write(story, tree, after=cursor).cursor
    other = tree.with_name("other")
    write(story, other)
    content = [
        {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.txt")}
        for root in (tree, other)
    ]
    assert content[0] == content[1]


def test_run_that_was_cut_short_is_made_good(
    story: Story, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = a_site()
    story.crawl(site)
    write(story, tree)
    site["t1.html"], site["t5.html"] = a_letter(1, signatory="甲"), a_letter(5, signatory="乙")
    story.crawl(site)
    whole = text_of

    def power_cut(line: dict[str, Any]) -> str:
        if line["id"] == 4:
            raise OSError("power")
        return whole(line)

    monkeypatch.setattr("schedules.exports.tree.text_of", power_cut)
    with pytest.raises(OSError, match="power"):
        write(story, tree)
    assert len(index(tree)) == 5
    monkeypatch.undo()
    write(story, tree)
    assert [path.name for path in tree.rglob(".*")] == []
    assert len(files(tree)) == 5


def test_file_that_was_damaged_or_removed_is_written_again(story: Story, tree: Path) -> None:
    story.crawl(a_site())
    write(story, tree)
    first, second = files(tree)["000001"], files(tree)["000002"]
    text = first.read_bytes()
    first.write_bytes(b"x")
    second.unlink()
    write(story, tree)
    assert first.read_bytes() == text
    assert second.exists()


# --- what is not touched ----------------------------------------------------------------------


def test_folder_of_other_files_is_refused(story: Story, tree: Path) -> None:
    story.crawl(a_site())
    tree.mkdir()
    (tree / "mine.txt").write_text("x")
    with pytest.raises(FuhanError, match="index"):
        write(story, tree)
    assert [path.name for path in tree.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "path",
    [
        "../precious/a/000003-x.txt",
        "letters/../../000003-x.txt",
        "letters/a/../../../precious.txt",
        "/etc/passwd",
        "letters/a/2024/000001-x.txt",
        "letters/a/2024/sub/000003-x.txt",
        7,
        {"a": 1},
    ],
)
def test_f43_index_that_names_another_file_removes_nothing(
    path: object, story: Story, tree: Path
) -> None:
    story.crawl(a_site())
    write(story, tree)
    precious = [tree.parent / "precious.txt", tree.parent / "000003-x.txt"]
    for file in precious:
        file.write_text("x")
    entries = index(tree)
    entries[3]["path"] = path
    lines = [json.dumps(entry) for entry in entries.values()]
    (tree / INDEX).write_text("\n".join(["{", "[]", *lines]), encoding="utf-8")
    with story.open() as archive:
        archive.join_letters([2, 3])
    write(story, tree)
    assert all(file.exists() for file in precious)
    assert "000001" in files(tree)


# --- names ------------------------------------------------------------------------------------


def a_line(**values: Any) -> dict[str, Any]:
    record = LetterRecord(
        12, "present", ("http://a.example/1",), 1, NOW, NOW, ReplyLetter(**values)
    )
    return export_line(record, 1, "new")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("关于第1号的复函", "000012-关于第1号的复函.txt"),
        (None, "000012.txt"),
        ("../../etc/passwd", "000012-etc_passwd.txt"),
        ('a/b\\c:d*e?f"g<h>i|j', "000012-a_b_c_d_e_f_g_h_i_j.txt"),
        ("行一\n行二\t三　四", "000012-行一_行二_三_四.txt"),
        ("\x00\x1b[31m\u202e\ud800看", "000012-[31m看.txt"),
        ("e\u0301te\u0301", "000012-été.txt"),
        ("尾点...  ", "000012-尾点.txt"),
        ("...", "000012.txt"),
    ],
)
def test_f43_title_gives_a_safe_name(title: str | None, name: str) -> None:
    given_name = file_name(a_line(title=title, issuing_agency="甲局"))
    assert given_name == f"甲局/undated/{name}"
    assert is_name_of(12, given_name)


@pytest.mark.parametrize(
    ("agency", "folder"),
    [
        (None, "未署机关"),
        ("..", "未署机关"),
        ("/", "未署机关"),
        ("CON", "x-CON"),
        ("nul.局", "x-nul.局"),
        ("com¹", "x-com¹"),
        ("-rf", "rf"),
        ("~root", "root"),
        (".hidden", "hidden"),
        ("市科技局/县科技局", "市科技局_县科技局"),
    ],
)
def test_f43_agency_gives_a_safe_folder(agency: str | None, folder: str) -> None:
    assert file_name(a_line(title="x", issuing_agency=agency)).split("/")[0] == folder


def test_year_is_that_of_the_signature_before_others() -> None:
    line = a_line(date_signed=date(2024, 12, 30), date_published=date(2025, 1, 3))
    assert file_name(line).split("/")[1] == "2024"


@settings(max_examples=400)
@given(st.text(max_size=200), st.integers(3, 140))
def test_f43_any_text_gives_a_name_that_is_one_part_of_a_path(text: str, limit: int) -> None:
    name = safe_name(text, limit)
    assert len(name.encode()) <= limit
    assert not set(name) & set('/\\:*?"<>|\0')
    assert name == unicodedata.normalize("NFC", name)
    assert not name.startswith((".", "-", "~", " ")) and not name.endswith((".", " "))
    assert safe_name(name, limit) == name


def test_f43_name_of_300_bytes_is_cut_between_characters() -> None:
    name = file_name(a_line(title="复" * 300)).rsplit("/", 1)[1]
    assert len(name.encode()) <= 140
    assert name.endswith("复.txt")


@settings(max_examples=200)
@given(st.text(max_size=30))
def test_front_matter_gives_back_any_title(text: str) -> None:
    front = yaml.safe_load(text_of(a_line(title=text or None)).split("---\n")[1])
    assert front.get("title") == (text or None)


def test_body_of_dashes_stays_in_the_body() -> None:
    text = text_of(a_line(body="---\nid: 99\n---"))
    assert text.endswith('/1"\n---\n\n---\nid: 99\n---\n')
    assert text.startswith("---\nid: 12\n")
