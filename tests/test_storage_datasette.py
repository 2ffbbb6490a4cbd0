"""Datasette with the shipped metadata: pages answer, facets count, and its search finds Chinese."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import tilde_encode

from schedules.exports.datasette import path_part
from storage.search import datasette as datasette_search
from storage.search.datasette import box_query
from tests.record_story import told_story

METADATA = json.loads(files("storage").joinpath("datasette.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("datasette") / "fuhan.db"
    told_story(path)
    return path


@contextmanager
def plugged_in() -> Iterator[None]:
    """As where fuhan is installed beside Datasette."""
    known = pm.is_registered(datasette_search)
    if not known:
        pm.register(datasette_search, name="fuhan-test")
    yield
    if not known:
        pm.unregister(datasette_search)


def get(archive: Path, path: str) -> Any:
    async def ask() -> Any:
        datasette = Datasette([str(archive)], metadata=METADATA)
        return await datasette.client.get(path)

    return asyncio.run(ask())


def rows(archive: Path, path: str) -> list[dict[str, Any]]:
    answer = get(archive, path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


def tables() -> list[str]:
    return [
        name
        for name, table in METADATA["databases"]["fuhan"]["tables"].items()
        if not table.get("hidden")
    ]


@pytest.mark.parametrize("table", tables())
def test_every_described_table_has_a_page_and_the_columns_described(
    archive: Path, table: str
) -> None:
    page = get(archive, f"/fuhan/{table}")
    assert page.status_code == 200
    assert METADATA["databases"]["fuhan"]["tables"][table]["title"] in page.text
    columns = get(archive, f"/fuhan/{table}.json?_size=1").json()["columns"]
    described = METADATA["databases"]["fuhan"]["tables"][table].get("columns", {})
    assert set(described) <= set(columns)


def test_no_table_is_left_undescribed(archive: Path) -> None:
    shown = get(archive, "/fuhan.json?_show_hidden=1").json()
    names = {table["name"] for table in shown["tables"]} | {view["name"] for view in shown["views"]}
    described = set(METADATA["databases"]["fuhan"]["tables"])
    assert {name for name in names if not name.startswith("letter_grams_")} <= described
    visible = {table["name"] for table in shown["tables"] if not table["hidden"]}
    assert not visible & {"letter_grams", "current_letters", "indexing", "evidence"}


def test_letters_now_has_one_row_a_letter_newest_first_with_facets(archive: Path) -> None:
    found = get(archive, "/fuhan/letters_now.json?_shape=objects").json()
    dates = [row["date"] for row in found["rows"]]
    assert len({row["id"] for row in found["rows"]}) == len(dates) == 8
    assert dates == sorted(dates, reverse=True)
    facets = found["facet_results"]
    assert not found.get("facets_timed_out")
    assert {facet["value"]: facet["count"] for facet in facets["status"]["results"]} == {
        "present": 7,
        "withdrawn": 1,
    }
    assert {facet["value"] for facet in facets["portals"]["results"]} == {"a", "b"}


def test_recent_changes_are_those_that_were_told_newest_first(archive: Path) -> None:
    found = rows(archive, "/fuhan/recent_changes.json?_shape=array")
    cursors = [row["cursor"] for row in found]
    assert cursors == sorted(cursors, reverse=True)
    assert {"reread", "joined", "split", "split-from"}.isdisjoint(row["kind"] for row in found)
    assert {"new", "changed", "withdrawn", "restored", "moved"} <= {row["kind"] for row in found}
    assert all(row["title"] for row in found)


def test_links_of_the_first_page_and_the_form_of_letters_now_lead_somewhere(archive: Path) -> None:
    page = get(archive, "/fuhan").text
    links = re.findall(r'<li><a href="(fuhan/[a-z_]+)">', page)
    assert len(links) == 4
    assert {get(archive, f"/{link}").status_code for link in links} == {200}
    assert '<form action="search">' in get(archive, "/fuhan/letters_now").text
    found = get(archive, "/fuhan/search?words=算力工作").text
    assert "<pre" not in found  # the SQL behind it
    assert found.index('name="words"') < found.index("0003")


def test_long_texts_take_one_line_of_a_table_and_stand_whole_on_a_row_s_page(
    archive: Path,
) -> None:
    (style,) = METADATA["extra_css_urls"]
    assert f'href="{style}"' in get(archive, "/fuhan/letters_now").text
    rules = [rule for rule in style.removeprefix("data:text/css,").split("}") if rule]
    assert all(rule.startswith(".table ") for rule in rules), "a row's page has the class row"
    shown = {
        column
        for table in tables()
        for column in get(archive, f"/fuhan/{table}.json?_size=1").json()["columns"]
    }
    assert {"body", "diff", "headers"} < set(re.findall(r"td\.col-(\w+)", style)) <= shown


def test_ids_of_letters_in_the_views_lead_to_their_versions(archive: Path) -> None:
    with plugged_in():
        for view in ("letters_now", "recent_changes"):
            page = get(archive, f"/fuhan/{view}").text
            (link, *_) = re.findall(r'<a href="(/fuhan/versions_of_letter\?id=(\d+))">\2</a>', page)
            assert get(archive, link[0]).status_code == 200

        async def without_metadata() -> str:
            answer = await Datasette([str(archive)]).client.get("/fuhan/letters_now")
            return str(answer.text)

        assert "versions_of_letter" not in asyncio.run(without_metadata())


@pytest.mark.parametrize("name", ["fuhan", "my letters.v2", "复函 档案", "a~b-c_%"])
def test_name_of_the_archive_is_written_in_links_as_datasette_does(name: str) -> None:
    assert path_part(name) == f"{tilde_encode(name)}/"


def test_foreign_keys_lead_to_labels(archive: Path) -> None:
    page = get(archive, "/fuhan/copies")
    assert re.search(r'<a href="/fuhan/portals/1">a</a>', page.text)


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("算力", {"0003"}),
        ("桥", {"0006"}),
        ("算力工作", {"0003"}),
        ("河道 建成", {"0001"}),
        ("第0002号", {"0002"}),
        ("算力河道", set()),
        ("没有的词", set()),
        ('"', set()),
        ("", set()),
        ("（", set()),
    ],
)
def test_the_query_search_finds_words_of_any_length(
    archive: Path, words: str, titles: set[str]
) -> None:
    found = rows(archive, f"/fuhan/search.json?_shape=array&words={words}")
    numbers = (re.search(r"第(\d{4})号", row["title"]) for row in found)
    assert {number[1] for number in numbers if number} == titles


def test_the_box_finds_words_of_two_characters_without_the_plugin(archive: Path) -> None:
    found = rows(archive, "/fuhan/letters_now.json?_shape=array&_search=算力")
    assert {row["submission_number"] for row in found} == {"0003"}


@pytest.mark.parametrize("words", ["算力工作", "服务算力群众", "“算力工作” 建成"])
def test_the_box_finds_longer_words_where_fuhan_is_installed(archive: Path, words: str) -> None:
    with plugged_in():
        found = rows(archive, f"/fuhan/letters_now.json?_shape=array&_search={words}")
    assert {row["submission_number"] for row in found} == {"0003"}


@pytest.mark.parametrize("words", ['"', "AND (", "*", "(", "¶", "NOT"])
def test_the_box_answers_hostile_text(archive: Path, words: str) -> None:
    with plugged_in():
        assert rows(archive, f"/fuhan/letters_now.json?_shape=array&_search={words}") == []


def test_text_without_a_word_asks_for_nothing() -> None:
    assert box_query("…") == '"¶nothing"'
    assert box_query("科技创新") == '"科技" AND "技创" AND "创新"'


def test_the_page_of_a_letter_s_versions(archive: Path) -> None:
    found = rows(archive, "/fuhan/versions_of_letter.json?_shape=array&id=1")
    assert [row["number"] for row in found] == [1, 2]
