"""Every block of the README and of docs/ is tried: commands run, files load, samples validate."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import pytest
from jsonschema import Draft202012Validator

from crawler.demo.server import DemoServer
from schedules.cli.cli import cli
from schedules.config.config import load_config
from schedules.portals.files import read_portal
from tests.archive_story import Page, Story, a_letter
from tests.doc_blocks import (
    PAGES,
    ROOT,
    Command,
    File,
    Reader,
    blocks,
    commands,
    is_shown,
    steps,
)

NOT_TRIED: Mapping[str, tuple[str, ...]] = {
    "README.md": ("make demo", "make test"),
    "docs/first-portal.md": (
        "make demo",
        ". .venv/bin/activate",
        ".venv/bin/python -m crawler.demo",
        "fuhan report daily --test",
        "fuhan daemon",
    ),
}
"""The commands of each page that are not run here; the page marks them with ※."""

EXITS: Mapping[tuple[str, str], int] = {
    # where there is an archive it wants --force
    ("docs/keeping.md", "fuhan restore /safe/fuhan-20261122T081300Z.db"): 4,
    # a new configuration names no contact
    ("docs/running.md", "fuhan --config watch/fuhan.toml doctor --offline"): 3,
}
"""The commands that must not end with 0, and with what."""

PORTALS: Mapping[tuple[str, str], str] = {
    ("docs/running.md", "fuhan --config watch/fuhan.toml crawl --due"): "watch/fuhan.toml",
}
"""Commands that would crawl the built-in portals: the configuration that is to name the box's."""

DAYS: Mapping[tuple[str, str], int] = {
    ("docs/first-portal.md", "fuhan crawl lanjiang-kjj --full"): 3,
}
"""The day the portal in a box has come to when a command is typed."""

SAMPLES: Mapping[tuple[str, int], tuple[str, str]] = {
    ("docs/changes.md", 0): ("changes", "diff"),
}
"""Which schema, and which property of it, each JSON block of a page is a sample of."""

ELSEWHERE: Mapping[str, frozenset[str]] = {
    "python": frozenset({"README.md", "docs/reports.md"}),  # test_docs, test_docs_reports
    "pycon": frozenset({"docs/python.md"}),  # test_docs_python
}
SHOWN = frozenset({"text"})
"""Languages of blocks that are there to be read alone."""

NOT_YET = frozenset({"serve"})
"""Commands the pages speak of as still to come."""

ENVIRONMENT = {
    "MAIL_PASSWORD": "geheim",
    "WECOM_KEY": "8f14e45fceea467f",
    "WECOM_DESK": "45c48cce2e2d7fbd",
    "WECOM_EDITORS": "d3d9446802a44259",
    "HOOK_SECRET": "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
}
COLUMN = "https://kjj.example.org/zwgk/jytabl/"
BOX = "http://127.0.0.1:8000"
WITH_COMMANDS = [page for page in PAGES if commands(page)]


ONLY_THE_BOX = '[crawl]\nportals = "../portals"\nenabled = ["box"]\n'
CLOCKS: Mapping[str, Mapping[str, str]] = {
    "docs/keeping.md": {"FUHAN_NOW": "2026-11-22T08:13:00Z"},  # it names a backup of that time
}


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer() as box:
        yield box


def an_archive(path: Path) -> None:
    """Fourteen letters; those the pages speak of, 4 and 12, have two versions."""
    story = Story(path)
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 15)}
    story.crawl(site)
    for number, more in ((4, {"index_number": "11500000MB15895317/2024-00078"}), (12, {})):
        site[f"t{number}.html"] = a_letter(
            number, signatory="王小明", contacts=("联系电话：023-00000000",), **more
        )
    story.crawl(site)


def a_folder(folder: Path, box: str) -> None:
    """A configuration, an archive, a portal in a box and a page, as the pages take for granted."""
    (folder / "portals").mkdir()
    (folder / "safe").mkdir()
    (folder / "fuhan.toml").write_text(
        '[crawl]\nenabled = ["box"]\n[[reports]]\nname = "daily"\nto = ["file:reports/"]\n'
        '[[sinks]]\nname = "corpus"\nto = "file:corpus.jsonl"\n[feed]\npath = "feed.xml"\n',
        encoding="utf-8",
    )
    (folder / "portals" / "box.toml").write_text(
        'name = "box"\nagency = "澜江市经济和信息化委员会"\nplatform = "trs"\n'
        f'lists = [{{ url = "{box}" }}]\nprivate_network = true\ndelay = 0\n',
        encoding="utf-8",
    )
    an_archive(folder / "fuhan.db")
    page = ROOT / "tests" / "pages"
    (folder / "page.html").write_text(next(_pages(page)), encoding="utf-8")


def _pages(folder: Path) -> Iterator[str]:
    yield from (path.read_text("utf-8") for path in sorted(folder.rglob("*.html")))


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_commands_run_and_print_what_is_shown(
    page: str, tmp_path: Path, server: DemoServer
) -> None:
    server.day = 1
    a_folder(tmp_path, f"{server.url('lanjiang-economy')}/zwgk/gkml/jytabl/")
    science = server.url("lanjiang-science")
    column = f"{science}/zwgk/zwxxgkml/zxtablqkgk/"
    reader = Reader(
        tmp_path,
        instead={
            f"add {COLUMN}": f"add {column} --name example-kjj --delay 0",
            BOX: science,
            "/safe": str(tmp_path / "safe"),
            "forget 12": "forget 12 --yes",  # it asks, and only on a terminal
        },
        environment={"FUHAN_CONFIG": "fuhan.toml", "no_proxy": "*", **CLOCKS.get(page, {})},
    )
    for step in steps(page):
        if isinstance(step, File):
            (tmp_path / step.path).write_text(step.text, encoding="utf-8")
        elif not step.marked:
            server.day = DAYS.get((page, step.typed), server.day)
            if file := PORTALS.get((page, step.typed)):
                (tmp_path / file).write_text(ONLY_THE_BOX, encoding="utf-8")
            reader.type(step, expect=EXITS.get((page, step.typed), 0))


@pytest.mark.parametrize("page", PAGES)
def test_commands_that_are_not_tried_are_marked_and_listed(page: str) -> None:
    marked = tuple(command.typed for command in commands(page) if command.marked)
    assert marked == NOT_TRIED.get(page, ())


def test_what_make_is_told_to_do_can_be_done() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    for page in PAGES:
        for command in commands(page):
            if command.typed.startswith("make "):
                assert command.typed.split()[1] in targets, command.line


def test_no_block_is_of_a_kind_that_nobody_tries() -> None:
    tried = {"console", "sh", "toml", "json", *ELSEWHERE, *SHOWN}
    for page in PAGES:
        for language, text in blocks(page):
            assert language in tried, f"{page}: ```{language}: {text[:60]}"
            assert page in ELSEWHERE.get(language, {page}), f"{page}: ```{language}"
        # a fence that is not closed, or opened with blanks, would be passed over
        assert PAGES[page].count("```") == 2 * len(list(blocks(page))), page


def test_every_exception_is_of_a_command_there_is() -> None:
    typed = {(page, command.typed) for page in PAGES for command in commands(page)}
    assert EXITS.keys() | DAYS.keys() | PORTALS.keys() <= typed
    assert CLOCKS.keys() <= PAGES.keys()


def toml_blocks() -> Iterator[Any]:
    for page in PAGES:
        for number, (language, text) in enumerate(blocks(page)):
            if language == "toml":
                yield pytest.param(text, id=f"{page}-{number}")


@pytest.mark.parametrize("text", list(toml_blocks()))
def test_toml_loads_as_a_portal_or_a_configuration(text: str, tmp_path: Path) -> None:
    content = tomllib.loads(text)
    (tmp_path / "portals").mkdir()
    if "agency" in content:
        file = tmp_path / f"{content['name']}.toml"
        file.write_text(text, encoding="utf-8")
        assert read_portal(file, ENVIRONMENT).name == content["name"]
        return
    if content.keys() == {"to"}:  # the targets of a report
        text = f'[[reports]]\nname = "x"\n{text}'
    file = tmp_path / "fuhan.toml"
    file.write_text(text, encoding="utf-8")
    assert load_config(file, ENVIRONMENT).file == file


def test_json_is_what_its_schema_says() -> None:
    found: dict[tuple[str, int], str] = {}
    for page in PAGES:
        samples = [text for language, text in blocks(page) if language == "json"]
        found |= {(page, number): text for number, text in enumerate(samples)}
    assert found.keys() == SAMPLES.keys()
    for place, (name, key) in SAMPLES.items():
        schema = json.loads((ROOT / "docs" / "schema" / f"{name}.json").read_text("utf-8"))
        schema = schema["properties"][key] if key else schema
        assert not list(Draft202012Validator(schema).iter_errors(json.loads(found[place])))


def slug(heading: str) -> str:
    """The anchor GitHub gives a heading."""
    kept = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower())
    return kept.replace(" ", "-")


def anchors(page: Path) -> set[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", text, re.M)}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files_and_headings_there_are(page: str) -> None:
    here = ROOT / page
    text = re.sub(r"^```.*?^```$", "", PAGES[page], flags=re.M | re.S)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"\w+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (here.parent / path).resolve() if path else here
        assert target.exists(), f"{page}: {link}"
        if anchor:
            assert anchor in anchors(target), f"{page}: {link}"


def test_every_page_is_linked_to_from_the_readme() -> None:
    links = set(re.findall(r"\]\(([^)#\s]+)", PAGES["README.md"]))
    assert set(PAGES) - links - {"README.md"} == set()


@pytest.mark.parametrize(
    ("shown", "printed", "expected"),
    [
        (("共 3 项变化",), "期间：…\n共 3 项变化\n", True),
        (("共 3 项变化",), "共 4 项变化\n", False),
        (("a", "b"), "b\na\n", False),
        (("记录簿：第 … 条，…",), "记录簿：第 12 条，ab12\n", True),
        (("…", "a"), "x\na\n", True),
    ],
)
def test_output_is_compared_line_by_line(
    shown: tuple[str, ...], printed: str, expected: bool
) -> None:
    assert is_shown(shown, printed) is expected


def test_command_that_fails_or_prints_something_else_is_noticed(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    with pytest.raises(AssertionError, match="exit code 3"):
        reader.type(Command("x.md", "exit 3"))
    command = Command("x.md", "echo 共 3 项  # 说明", ("共 4 项",))
    with pytest.raises(AssertionError, match="共 3 项"):
        reader.type(command)
    reader.type(replace(command, shown=("共 3 项",)))


def test_mark_is_found_in_the_comment_alone() -> None:
    assert Command("x.md", "fuhan daemon     # ※ 常驻 stays").marked
    assert not Command("x.md", "echo ※").marked


def spoken_commands(page: str) -> Iterator[list[str]]:
    """The words after `fuhan` of every command named in a page's prose."""
    prose = re.sub(r"^```.*?^```$", "", PAGES[page], flags=re.M | re.S)
    for span in re.findall(r"`fuhan ([^`\n]+)`", prose):
        words = span.removeprefix("--config FILE ").split()
        if re.fullmatch(r"[a-z]+", words[0]) and words[0] not in NOT_YET:
            yield words


@pytest.mark.parametrize("page", PAGES)
def test_commands_and_options_the_prose_names_are_there(page: str) -> None:
    for first, *others in spoken_commands(page):
        command = cli.get_command(click.Context(cli), first)
        assert command is not None, f"{page}: fuhan {first}"
        if isinstance(command, click.Group) and others and others[0] in command.commands:
            command = command.commands[others.pop(0)]
        known = {name for each in command.params for name in each.opts} | {"--help"}
        named = {word for word in others if word.startswith("-")}
        assert named <= known, f"{page}: fuhan {first} {' '.join(others)}"
