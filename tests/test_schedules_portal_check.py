"""`portals check`: each thing that is wrong with a portal is named, with what to try."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from schedules.cli.cli import cli
from schedules.portals import words as portal_words
from schedules.words.language import Words
from tests.crawl_site import FRAME, Reply, Site, letter, page
from tests.list_sites import title

Pages = dict[str, str | Reply]


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("FUHAN_CONFIG", "FUHAN_NOW", "FUHAN_LOG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("FUHAN_LANG", "en")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(time, "sleep", lambda _: None)
    (tmp_path / "portals").mkdir()
    (tmp_path / "fuhan.toml").write_text("")


@contextmanager
def serving(pages: Mapping[str, str | Reply]) -> Iterator[Site]:
    def answers(path: str, headers: Mapping[str, str]) -> Reply | None:
        found = pages.get(path)
        return Reply(found) if isinstance(found, str) else found

    site = Site("127.0.7.1", answers)
    try:
        yield site
    finally:
        site.close()


def listing(*numbers: int, more: str = "", tag: str = "li") -> str:
    items = "".join(
        f'<{tag} class="tm"><a href="/jyta/202406/t20240603_{n}.html">{title(n)}</a></{tag}>'
        for n in numbers
    )
    return f"<html><body><p>{FRAME}</p><ul>{items}</ul>{more}<p>{FRAME}</p></body></html>"


def healthy() -> Pages:
    pages: Pages = {f"/jyta/202406/t20240603_{n}.html": letter(n) for n in range(1, 5)}
    return pages | {"/jyta/": listing(1, 2, 3, 4)}


def check(
    pages: Pages, keys: str = "", platform: str = "generic", option: str | None = None
) -> tuple[int, str]:
    """The exit code and output of a check of a portal with these pages."""
    with serving(pages) as site:
        Path("portals/box.toml").write_text(
            f'name = "box"\nagency = "青岚市民生事务局"\nplatform = "{platform}"\ndelay = 0\n'
            f'lists = [{{ url = "{site.url}/jyta/" }}]\nprivate_network = true\n{keys}',
            encoding="utf-8",
        )
        words = [*COMMAND, option] if option else COMMAND
        result: Result = CliRunner().invoke(cli, ["--config", "fuhan.toml", *words])
        return result.exit_code, result.stdout.replace(site.url, "SITE") + result.stderr


COMMAND = ("portals", "check", "box")
SCHEMA = json.loads(
    (Path(__file__).parent.parent / "docs/schema/portals-check.json").read_text("utf-8")
)


def as_object(pages: Pages, keys: str = "") -> tuple[int, dict[str, Any]]:
    """The exit code of a check and the object it prints, which follows its schema."""
    code, said = check(pages, keys, option="--json")
    found: dict[str, Any] = json.loads(said)
    Draft202012Validator(SCHEMA).validate(found)
    return code, found


def test_healthy_portal_says_so_and_names_the_next_command() -> None:
    code, said = check(healthy())
    assert code == 0 and "✗" not in said
    assert "3 letters read of 3 tried" in said
    assert "fuhan --config fuhan.toml crawl box" in said


def test_site_is_tried_all_the_same_where_the_archive_cannot_be_read() -> None:
    Path("fuhan.db").touch()
    code, told = check(healthy())
    assert (code, "portals check found nothing" in told) == (0, False)
    assert "tried without what the archive has learnt" in told
    assert "a file of 0 bytes is no archive" in told
    assert "fuhan --config fuhan.toml restore BACKUP" in told


def test_warnings_beside_letters_are_not_called_well(monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = check(healthy())
    assert (code, said.count("behind the date are no part of the letter")) == (0, 3)
    assert "no faults, but 3 warnings beside the letters" in said
    monkeypatch.setenv("FUHAN_LANG", "zh")
    code, said = check(healthy())
    assert (code, said.count("落款日期之后有 1 段不属于这份复函")) == (0, 3)
    assert "没有发现问题，但读出的复函有 3 条提示" in said
    assert "behind the date" not in said


def test_list_without_letters_is_a_fault() -> None:
    code, said = check(healthy() | {"/jyta/": listing()})
    assert code == 3 and "✗ no links to letters found" in said


def test_selector_that_finds_no_item_is_named_with_one_that_does() -> None:
    code, said = check(healthy(), '[select]\nlist_item = "div.gone"\n')
    assert code == 3 and "select.list_item finds nothing (div.gone)" in said


def test_items_the_rule_misses_bring_a_selector_to_try() -> None:
    pages = healthy()
    shown = listing(1, 2, 3, 4, tag="p").replace("/jyta/202406/t20240603_", "/hf/w")
    pages["/jyta/"] = shown.replace("关于市政协六届二次会议", "")
    code, said = check(pages)
    assert code == 3 and 'try [select] list_item = "p.tm"' in said


@pytest.mark.parametrize("key", ["body", "title", "metadata"])
def test_selector_of_a_letter_that_finds_nothing_is_a_fault(key: str) -> None:
    code, said = check(healthy(), f'[select]\n{key} = "div.gone"\n')
    assert code == 3 and f"select.{key} finds nothing (div.gone)" in said


def test_fewer_letters_than_expected_is_a_fault_where_there_is_one_page_only() -> None:
    code, said = check(healthy(), "min_letters = 20\n")
    assert code == 3 and "4 listed, but min_letters = 20" in said
    pages = healthy()
    more = '<a href="/jyta/index_1.html">下一页</a>'
    pages |= {"/jyta/": listing(1, 2, more=more), "/jyta/index_1.html": listing(3, 4)}
    code, said = check(pages, "min_letters = 20\n")
    assert code == 0 and "2 more links on page 2" in said


def test_printed_page_count_without_a_next_page_is_a_fault() -> None:
    pages = healthy() | {"/jyta/": listing(1, 2, 3, 4, more="<div>第1页 共34页</div>")}
    code, said = check(pages)
    assert code == 3 and "34 pages, but no address of a next one" in said


@pytest.mark.parametrize(
    ("second", "words"), [(None, "404"), (listing(1, 2), "no link that page 1 does not")]
)
def test_second_page_that_brings_nothing_is_a_fault(second: str | None, words: str) -> None:
    pages = healthy() | {"/jyta/": listing(1, 2, more='<a href="/jyta/index_1.html">下一页</a>')}
    code, said = check(pages | ({"/jyta/index_1.html": second} if second else {}))
    assert code == 3 and "page 2 was not read" in said and words in said


def test_pages_that_are_no_letters_are_no_fault_beside_one_that_is() -> None:
    pages = healthy()
    news = page("要闻", "我市召开工作会议，部署下一阶段重点任务。" * 9)
    pages["/jyta/202406/t20240603_1.html"] = news
    code, said = check(pages)
    assert code == 0 and "· not read" in said
    for n in (2, 3):
        pages[f"/jyta/202406/t20240603_{n}.html"] = news
    code, said = check(pages)
    assert code == 3 and "none of the 3 pages tried is a letter" in said


def test_letter_that_cannot_be_fetched_is_a_fault() -> None:
    pages = healthy() | {"/jyta/202406/t20240603_2.html": Reply("no", status=404)}
    code, said = check(pages)
    assert code == 3 and "t20240603_2.html: 404" in said


def test_article_found_by_content_on_a_known_platform_is_remarked() -> None:
    code, said = check(healthy(), platform="vsb")
    assert code == 0 and "not where vsb puts it" in said


def test_other_agency_is_remarked_unless_it_is_an_alias_or_a_short_name() -> None:
    pages = healthy()
    for n, name in ((1, "市民生局"), (2, "白石市水利局")):
        path = f"/jyta/202406/t20240603_{n}.html"
        pages[path] = str(pages[path]).replace("<p>青岚市民生事务局</p>", f"<p>{name}</p>")
    code, said = check(pages)
    assert code == 0 and "letters print 白石市水利局, not 青岚市民生事务局" in said
    assert "白石市水利局, not" not in check(pages, 'aliases = ["白石市水利局"]\n')[1]


def test_missing_index_numbers_are_remarked() -> None:
    code, said = check(healthy())
    assert code == 0 and "no index number was read" in said


def test_redirect_on_the_site_is_remarked_and_to_another_host_is_a_fault() -> None:
    pages = healthy()
    pages["/new/"] = pages["/jyta/"]
    pages["/jyta/"] = Reply("", status=301, headers={"Location": "/jyta/index.html"})
    pages["/jyta/index.html"] = pages["/new/"]
    code, said = check(pages)
    assert code == 0 and "leads to SITE/jyta/index.html" in said
    elsewhere = Site("127.0.7.2", lambda path, headers: Reply(str(pages["/new/"])))
    pages["/jyta/"] = Reply("", status=302, headers={"Location": f"{elsewhere.url}/hf/a/"})
    code, said = check(pages)
    elsewhere.close()
    assert code == 3 and "put that address into lists" in said


def test_block_is_told_as_such_and_nothing_else_is_asked() -> None:
    code, said = check({"/jyta/": Reply("<h1>412</h1>", status=412)})
    assert code == 3 and "The site refuses us" in said and "0 letters read of 0" in said


def test_second_list_of_a_site_that_refuses_us_is_left_alone() -> None:
    with serving({"/jyta/": Reply("<h1>412</h1>", status=412)}) as site:
        Path("portals/box.toml").write_text(
            'name = "box"\nagency = "甲局"\nplatform = "trs"\ndelay = 0\nprivate_network = true\n'
            f'lists = [{{ url = "{site.url}/jyta/" }}, {{ url = "{site.url}/rdjy/" }}]\n'
        )
        assert CliRunner().invoke(cli, ["--config", "fuhan.toml", *COMMAND]).exit_code == 3
        assert site.asked == ["/robots.txt", "/jyta/"]


def test_every_message_has_both_languages_with_the_same_values() -> None:
    import re

    remedies = [words for _, words in portal_words.REMEDIES]
    named = [words for words in vars(portal_words).values() if isinstance(words, Words)]
    assert len(named) > 40
    for words in (*named, *remedies):
        fields = [sorted(re.findall(r"{(\w+)", text)) for text in words]
        assert fields[0] == fields[1], words
        assert re.sub(r"[✗·]|\([一-鿿]+\)", "", words.en).isascii(), words


def broken() -> Pages:
    """A list without a second page, a page that is no letter, and one that is not there."""
    pages = healthy() | {"/jyta/202406/t20240603_2.html": Reply("no", status=404)}
    pages["/jyta/202406/t20240603_1.html"] = page(
        "要闻", "我市召开工作会议，部署下一阶段任务。" * 9
    )
    return pages | {"/jyta/": listing(1, 2, 3, 4, more="<div>第1页 共34页</div>")}


def test_json_of_a_healthy_portal_holds_its_lists_and_letters() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    code, found = as_object(healthy())
    assert code == 0 and (found["verdict"], found["faults"]) == ("ok", 0)
    assert [(each["url"], each["listed"]) for each in found["lists"]] == [("SITE/jyta/", 4)]
    assert (found["tried"], found["read"], len(found["letters"])) == (3, 3, 3)
    assert all(each["letter"]["body"] for each in found["letters"])
    assert "contacts" not in json.dumps(found)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_json_says_what_the_text_says(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("FUHAN_LANG", language)
    keys = 'min_letters = 20\n[select]\nmetadata = "div.gone"\n'
    (text_code, text), (code, found) = check(broken(), keys), as_object(broken(), keys)
    assert code == text_code == 3 and found["verdict"] == "fault"
    parts = [*found["lists"], *found["letters"], found]
    remarks = [remark for part in parts for remark in part["remarks"]]
    assert {remark["fault"] for remark in remarks} == {True, False}
    marked = [f"  {'✗' if remark['fault'] else '·'} {remark['text']}" for remark in remarks]
    lines = text.splitlines()
    assert all(line in lines for line in marked)
    assert {line for line in lines if line.startswith(("  ✗", "  · "))} == set(marked)
    assert found["faults"] == sum(remark["fault"] for remark in remarks)
    read = [each["letter"]["is_letter"] for each in found["letters"] if each["letter"]]
    assert read.count(True) == found["read"] < found["tried"]


def test_json_of_a_site_that_refuses_us_is_an_object_too() -> None:
    code, found = as_object({"/jyta/": Reply("<h1>412</h1>", status=412)})
    assert code == 3 and found["verdict"] == "fault" and not found["letters"]


@pytest.mark.parametrize("key", SCHEMA["required"])
def test_every_key_is_required_by_the_schema(key: str) -> None:
    _, found = as_object(healthy())
    assert set(found) == set(SCHEMA["required"]) == set(SCHEMA["properties"])
    del found[key]
    assert not Draft202012Validator(SCHEMA).is_valid(found)
