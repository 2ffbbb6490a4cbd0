"""`fuhan export` in each of its forms, as a user runs it and as another program reads it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from schedules.cli.cli import cli
from schedules.exports import FORMATS, writer_of
from schedules.exports.cells import cell, inert_cell, plain_cell
from schedules.exports.column_words import COLUMNS
from schedules.exports.dataset import write_dataset
from schedules.exports.dataset_card import size_category
from schedules.exports.order import Order
from schedules.exports.parquet import arrow_schema
from storage.columns import export_columns
from storage.records import Attachment, ReplyLetter
from tests.archive_story import Page, Story, a_letter

FORMULA = '=HYPERLINK("http://x.example","看")'
RICH = replace(
    a_letter(1),
    title=FORMULA,
    addressees=("林晓燕", "王甲"),
    attachments=(Attachment('清单,"甲".pdf', "http://a.example/1.pdf"),),
    contacts=("联系电话：000",),
    date_signed=date(2025, 3, 2),
    body='第一段，“引号”和"quotes"\n甲\t乙\r\n末段',
)


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    for name in ("FUHAN_CONFIG", "FUHAN_NOW", "FUHAN_LOG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    return Story(tmp_path / "fuhan.db")


def a_site() -> dict[str, Page]:
    return {"t1.html": RICH, **{f"t{number}.html": a_letter(number) for number in range(2, 6)}}


def fuhan(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), catch_exceptions=False)


def export(*arguments: str) -> Result:
    result = fuhan("export", *arguments)
    assert result.exit_code == 0, result.stderr
    return result


def lines(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export(*arguments).stdout.splitlines()]


# --- any form ---------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["changes", "export"])
def test_cursor_beyond_the_archives_end_is_refused(command: str, story: Story) -> None:
    story.crawl(a_site())
    result = fuhan(command, "--after", "6", *(["--json"] if command == "changes" else []))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cursor 6 lies beyond this archive's last event (5)" in result.stderr
    assert fuhan(command, "--after", "5").exit_code == 0


def test_cursor_file_of_another_archive_is_refused_and_kept(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    (tmp_path / "at").write_text("86\n")
    result = fuhan("export", "--cursor-file", "at", "-o", "x.jsonl")
    assert result.exit_code == 2 and "remove at to export everything anew" in result.stderr
    assert (tmp_path / "at").read_text() == "86\n" and not (tmp_path / "x.jsonl").exists()


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("x.csv", b"\xef\xbb\xbfcursor,"),
        ("x.PARQUET", b"PAR1"),
        ("x.json", b'{"v":1'),
        ("x.ndjson", b'{"v":1'),
        ("x", b'{"v":1'),
        ("x.warc.gz", b"\x1f\x8b"),
    ],
)
def test_form_is_what_the_file_ends_in(story: Story, name: str, begin: bytes) -> None:
    story.crawl(a_site())
    export("-o", name)
    assert Path(name).read_bytes().startswith(begin)


def test_form_and_ending_that_contradict_are_refused(story: Story) -> None:
    story.crawl(a_site())
    result = fuhan("export", "--format", "jsonl", "-o", "x.csv")
    assert result.exit_code == 2 and "write --format csv" in result.stderr
    assert not Path("x.csv").exists()


@pytest.mark.parametrize(
    ("name", "form"), [("x.csv.gz", "csv"), ("x.JSONL.GZ", "jsonl"), ("x.gz", "jsonl")]
)
def test_gz_is_the_same_file_through_gzip(name: str, form: str, story: Story) -> None:
    story.crawl(a_site())
    export("--format", form, "-o", "plain")
    asked = ["--format", form] if name == "x.gz" else []
    export(*asked, "-o", name)
    compressed = Path(name).read_bytes()
    assert gzip.decompress(compressed) == Path("plain").read_bytes()
    export(*asked, "-o", name)
    assert Path(name).read_bytes() == compressed


def test_compressed_file_of_before_stays_where_writing_fails(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.crawl(a_site())
    (tmp_path / "out.csv.gz").write_text("before")
    monkeypatch.setattr("schedules.exports.cells.cell", lambda kind, value: 1 // 0)
    with pytest.raises(ZeroDivisionError), story.open() as archive:
        writer_of("csv")(archive, Order(None, Path("out.csv.gz")))
    assert (tmp_path / "out.csv.gz").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "x.tsv"], "x.tsv ends in the name of no form"),
        (["-o", "x.gz"], "x.gz ends in the name of no form"),
        (["-o", "x.parquet.gz"], "x.parquet.gz ends in the name of no form"),
        (["-o", "x.xlsx"], "fuhan writes no .xlsx file here"),
        (["-o", "x.csv.zst"], "fuhan writes no .zst file here"),
        (["--format", "csv", "-o", "x.xlsx"], "Spreadsheets open .csv"),
        (["--format", "parquet", "-o", "x.parquet.gz"], "fuhan writes no .gz file here"),
        (["--format", "text", "-o", "x.gz"], "fuhan writes no .gz file here"),
        (["--format", "jsonl", "-o", "x.csv.gz"], "write --format csv"),
    ],
)
def test_endings_fuhan_does_not_write_are_refused_with_those_it_does(
    arguments: list[str], told: str, story: Story, tmp_path: Path
) -> None:
    story.crawl(a_site())
    before = sorted(tmp_path.iterdir())
    result = fuhan("export", *arguments)
    assert result.exit_code == 2 and told in result.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_form_that_is_asked_for_goes_under_any_other_name(story: Story) -> None:
    story.crawl(a_site())
    export("--format", "csv", "-o", "letters.2026-11")
    assert Path("letters.2026-11").read_bytes().startswith(b"\xef\xbb\xbfcursor,")


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_has_a_writer_and_an_empty_archive_is_no_error(
    form: str, story: Story, tmp_path: Path
) -> None:
    assert callable(writer_of(form))
    with story.open():
        pass
    assert "0 letters" in export("--format", form, "-o", "out").stderr
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("jsonl", "csv")])
def test_forms_of_files_say_that_they_need_a_place(form: str, story: Story) -> None:
    story.crawl(a_site())
    result = fuhan("export", "--format", form)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"the form {form} needs -o" in result.stderr


def test_file_says_where_the_next_export_goes_on(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.crawl(a_site())
    told = export("-o", "out.jsonl").stderr
    assert told == "5 letters written: out.jsonl; to go on from here: --after 5\n"
    monkeypatch.setenv("FUHAN_LANG", "zh")
    assert "已写出 5 件" in export("-o", "out.jsonl").stderr


def test_what_was_there_stays_where_writing_fails(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.crawl(a_site())
    (tmp_path / "out.jsonl").write_text("before")
    monkeypatch.setattr("schedules.exports.lines.dump", lambda line: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        story.open().__enter__() and writer_of("jsonl")(
            story.open(), Order(None, Path("out.jsonl"))
        )
    assert (tmp_path / "out.jsonl").read_text() == "before"
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_place_that_cannot_be_written_is_named(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    (tmp_path / "file").write_text("x")
    result = fuhan("export", "-o", "file/out.jsonl")
    assert result.exit_code == 1
    assert "file/out.jsonl" in result.stderr and "part" not in result.stderr


def test_device_is_written_to_and_stays_one(story: Story) -> None:
    story.crawl(a_site())
    before = Path("/dev/null").stat().st_mode
    export("-o", "/dev/null")
    assert Path("/dev/null").stat().st_mode == before


def test_parquet_goes_to_a_pipe_as_it_is(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    place = tmp_path / "pipe"
    os.mkfifo(place)
    with ThreadPoolExecutor(1) as pool:
        content = pool.submit(place.read_bytes)
        export("--format", "parquet", "-o", str(place))
        assert parquet.read_table(io.BytesIO(content.result(timeout=60))).num_rows == 5
    assert place.is_fifo()


def test_metadata_for_datasette_is_under_the_archive_s_name(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "fuhan.toml").write_text('[archive]\npath = "my letters.db"\n', "utf-8")
    monkeypatch.setenv("FUHAN_CONFIG", str(tmp_path / "fuhan.toml"))
    told = export("--format", "datasette", "-o", "metadata.json").stderr
    assert "readings.contacts, personal data" in told
    assert f"datasette '{tmp_path / 'my letters.db'}' -m metadata.json" in told
    content = json.loads((tmp_path / "metadata.json").read_text("utf-8"))
    assert content == json.loads(export("--format", "datasette").stdout)
    assert content["databases"].keys() == {"my letters"}
    assert content["databases"]["my letters"]["tables"]["letters_now"]["facets"]
    assert 'href="my+letters/search"' in content["databases"]["my letters"]["description_html"]
    assert fuhan("export", "--format", "datasette", "--after", "1").exit_code == 2


def test_link_keeps_pointing_to_its_file(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.jsonl").write_text("x")
    (tmp_path / "link.jsonl").symlink_to("real/a.jsonl")
    export("-o", "link.jsonl")
    assert (tmp_path / "link.jsonl").is_symlink()
    assert len((tmp_path / "real" / "a.jsonl").read_text("utf-8").splitlines()) == 5


# --- cursor file ------------------------------------------------------------------------------


def test_cursor_file_goes_on_where_the_last_export_ended(story: Story, tmp_path: Path) -> None:
    site = a_site()
    story.crawl(site)
    assert len(lines("--cursor-file", "at")) == 5
    assert (tmp_path / "at").read_text() == "5\n"
    assert lines("--cursor-file", "at") == []
    site["t2.html"] = a_letter(2, signatory="李明")
    story.crawl(site)
    assert [line["id"] for line in lines("--cursor-file", "at")] == [2]
    assert lines("--cursor-file", "at") == []


def test_cursor_file_stays_where_the_export_failed(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    (tmp_path / "at").write_text("2\n")
    assert fuhan("export", "--cursor-file", "at", "-o", "at/x").exit_code == 1
    assert (tmp_path / "at").read_text() == "2\n"


@pytest.mark.parametrize("content", ["", "x", "-1", "9" * 30, "１２"])
def test_cursor_file_that_holds_none_is_refused(content: str, story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    (tmp_path / "at").write_text(content, encoding="utf-8")
    result = fuhan("export", "--cursor-file", "at")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (tmp_path / "at").read_text("utf-8") == content


@pytest.mark.parametrize(
    "arguments",
    [
        ["--after", "1", "--cursor-file", "at"],
        ["--format", "huggingface", "-o", "x", "--after", "1"],
        ["--format", "huggingface", "-o", "x", "--cursor-file", "at"],
    ],
)
def test_options_that_contradict_each_other_are_a_usage_error(
    arguments: list[str], story: Story
) -> None:
    story.crawl(a_site())
    assert fuhan("export", *arguments).exit_code == 2


# --- CSV --------------------------------------------------------------------------------------


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_csv_gives_back_every_value_of_the_lines(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    export("--format", "csv", "-o", "out.csv", "--contacts")
    columns = export_columns(contacts=True)
    for row, line in zip(
        rows((tmp_path / "out.csv").read_bytes()), lines("--contacts"), strict=True
    ):
        assert list(row) == [column.name for column in columns]
        for column in columns:
            text, value = row[column.name], line[column.name]
            if column.kind in ("texts", "attachments"):
                assert json.loads(text or "[]") == value
            elif column.kind == "text":
                assert plain_cell(text) == (value or "")
            elif column.kind == "flag":
                assert text == json.dumps(value)
            else:
                assert text == ("" if value is None else str(value))


def test_f46_formula_is_no_formula_in_a_cell(story: Story) -> None:
    story.crawl(a_site())
    (row, *_) = rows(export("--format", "csv").stdout_bytes)
    assert row["title"] == f"'{FORMULA}"


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠a"]
HIDDEN = ["'=1", " =1", "\u200b=1", "\ufeff=cmd|' /C calc'!A0", "−2", "\u3000=1"]


@pytest.mark.parametrize("text", [*FORMULAS, *HIDDEN])
def test_f46_beginning_of_a_formula_is_put_after_an_apostrophe(text: str) -> None:
    assert inert_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1=1", "关于=1", "2024-1", "甲@乙", "《=》"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert_cell(text) == text


@settings(max_examples=300)
@given(st.text(alphabet="=+-@＝＋－＠'\t\r\n 甲a1\u200b", max_size=8))
def test_f46_rule_can_be_undone_and_leaves_no_formula(text: str) -> None:
    shown = inert_cell(text)
    assert plain_cell(shown) == text
    assert not shown.lstrip().startswith(tuple("=+-@＝＋－＠"))


def test_several_values_are_json_and_none_is_an_empty_cell() -> None:
    assert cell("texts", ["甲", '"乙"']) == '["甲","\\"乙\\""]'
    assert cell("texts", []) == cell("text", None) == ""


def test_csv_ends_lines_as_rfc_4180_says(story: Story) -> None:
    story.crawl({"t2.html": a_letter(2, body="一\n二")})
    content = export("--format", "csv").stdout_bytes
    assert content.count(b"\r\n") == 2
    assert content.endswith(b"\r\n")


# --- Parquet ----------------------------------------------------------------------------------


def test_parquet_columns_have_types_and_descriptions(story: Story) -> None:
    story.crawl(a_site())
    export("--format", "parquet", "-o", "out.parquet")
    table = parquet.read_table("out.parquet")
    kinds = {field.name: str(field.type) for field in table.schema}
    assert kinds["id"] == "int64" and kinds["deleted"] == "bool"
    assert kinds["date_signed"] == "date32[day]"
    assert kinds["first_seen"] == "timestamp[ms, tz=UTC]"
    assert kinds["addressees"] == "list<element: string>"
    assert kinds["attachments"] == "list<element: struct<name: string, url: string>>"
    assert table.schema.field("index_number").metadata[b"description_zh"] == "索引号".encode()
    assert table.schema.metadata[b"fuhan.cursor"] == b"5"
    row = table.to_pylist()[0]
    assert row["date_signed"] == date(2025, 3, 2)
    assert row["first_seen"] == datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
    assert row["attachments"] == [{"name": '清单,"甲".pdf', "url": "http://a.example/1.pdf"}]
    assert row["title"] == FORMULA
    assert "contacts" not in row


def test_parquet_says_what_the_lines_say(story: Story) -> None:
    story.crawl(a_site())
    export("--format", "parquet", "-o", "out.parquet", "--contacts")
    for row, line in zip(
        parquet.read_table("out.parquet").to_pylist(), lines("--contacts"), strict=True
    ):
        for name, value in row.items():
            if isinstance(value, datetime):
                value = value.strftime("%Y-%m-%dT%H:%M:%S.000Z")
            assert (value.isoformat() if isinstance(value, date) else value) == line[name]


def test_parquet_has_row_groups_of_bounded_size(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schedules.exports.parquet._ROWS", 2)
    story.crawl(a_site())
    export("--format", "parquet", "-o", "out.parquet")
    file = parquet.ParquetFile("out.parquet")
    sizes = [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)]
    assert sizes == [2, 2, 1]


def test_parquet_without_pyarrow_says_how_to_get_it(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    story.crawl(a_site())
    for name in [name for name in sys.modules if name.startswith("pyarrow")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    for form in ("parquet", "huggingface"):
        result = fuhan("export", "--format", form, "-o", "out")
        assert result.exit_code == 1
        assert "pip install 'fuhan[parquet]'" in result.stderr
    assert not (tmp_path / "out").exists()


# --- Hugging Face -----------------------------------------------------------------------------


def front_matter(card: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(card.read_text("utf-8").split("---\n")[1])
    return content


def test_dataset_folder_is_laid_out_as_its_card_says(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    with story.open() as archive:
        written = write_dataset(archive, Order(None, tmp_path / "ds"), rows_of_a_shard=2)
    assert (written.letters, written.cursor) == (5, 5)
    shards = sorted((tmp_path / "ds" / "data").iterdir())
    assert [path.name for path in shards] == [f"train-0000{n}-of-00003.parquet" for n in range(3)]
    card = front_matter(tmp_path / "ds" / "README.md")
    # with a pattern for its files there, `datasets` would not see that they are others next time
    assert "configs" not in card
    assert card["language"] == ["zh"]
    assert card["size_categories"] == ["n<1K"]
    tables = [parquet.read_table(path) for path in shards]
    assert [len(table) for table in tables] == [2, 2, 1]
    assert {str(table.schema) for table in tables} == {str(tables[0].schema)}


def test_card_names_the_features_the_shards_have(story: Story, tmp_path: Path) -> None:
    story.crawl(a_site())
    export("--format", "huggingface", "-o", "ds")
    features = front_matter(tmp_path / "ds" / "README.md")["dataset_info"]["features"]
    schema = parquet.read_schema(tmp_path / "ds" / "data" / "train-00000-of-00001.parquet")
    assert [(each["name"], arrow_name(each)) for each in features] == [
        (field.name, str(field.type)) for field in schema
    ]


def arrow_name(feature: dict[str, Any]) -> str:
    """The Arrow type a feature of a card stands for."""
    if "list" not in feature:
        name = feature["dtype"]
        return str({"date32": "date32[day]"}.get(name, name))
    inner = feature["list"]
    if isinstance(inner, list):
        fields = ", ".join(f"{each['name']}: {each['dtype']}" for each in inner)
        return f"list<element: struct<{fields}>>"
    return f"list<element: {inner}>"


def test_dataset_written_again_has_no_shard_of_before_and_keeps_a_card_of_ones_own(
    story: Story, tmp_path: Path
) -> None:
    story.crawl(a_site())
    folder = tmp_path / "ds"
    with story.open() as archive:
        write_dataset(archive, Order(None, folder), rows_of_a_shard=2)
        (folder / "data" / "mine.txt").write_text("x")
        write_dataset(archive, Order(None, folder))
        assert "5 letters" in (folder / "README.md").read_text("utf-8")
        (folder / "README.md").write_text("my own words")
        write_dataset(archive, Order(None, folder))
    assert (folder / "README.md").read_text() == "my own words"
    names = sorted(path.name for path in (folder / "data").iterdir())
    assert names == ["mine.txt", "train-00000-of-00001.parquet"]


@pytest.mark.parametrize(
    ("letters", "word"),
    [
        (0, "n<1K"),
        (999, "n<1K"),
        (1000, "1K<n<10K"),
        (99_999, "10K<n<100K"),
        (2_000_000, "1M<n<10M"),
    ],
)
def test_size_is_told_in_the_words_of_the_hub(letters: int, word: str) -> None:
    assert size_category(letters) == word


def test_every_column_is_described_in_both_languages() -> None:
    columns = export_columns(contacts=True)
    assert set(COLUMNS) == {"v", *(column.name for column in columns)}
    assert pyarrow.types.is_struct(arrow_schema(columns, 0).field("attachments").type.value_type)


def test_columns_are_those_of_the_lines(story: Story) -> None:
    story.crawl(a_site())
    (line, *_) = lines("--contacts")
    assert ["v", *(column.name for column in export_columns(contacts=True))] == list(line)


def test_kind_of_each_column_is_that_of_the_record() -> None:
    kinds = {column.name: column.kind for column in export_columns(contacts=True)}
    letter = ReplyLetter()
    assert {n for n, k in kinds.items() if k in ("texts", "attachments")} == {
        "urls",
        *(name for name in ReplyLetter.__slots__ if isinstance(getattr(letter, name), tuple)),
    }
