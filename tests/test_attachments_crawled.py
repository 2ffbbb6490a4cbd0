"""Files linked from letters, crawled from a portal on loopback: what is a change, and what none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from storage.archive import LetterArchive
from tests.attachment_site import (
    FOLDER,
    Answer,
    FileSite,
    Watched,
    docx,
    letter_with,
    pdf,
    plain,
    sha256,
)
from tests.loopback import Desk, serving

_counter = itertools.count()
_servers = itertools.cycle([pdf("of the other"), pdf("of one server")])

# each letter links to one file of its own; what that file is on each of three days
FILES: dict[str, tuple[Answer, Answer, Answer]] = {
    "edited": (pdf("2484"), pdf("2648"), pdf("2648")),
    "edited with its page": (pdf("seven"), pdf("eight"), pdf("eight")),
    "edited and undone": (plain(pdf("A")), plain(pdf("B")), plain(pdf("A"))),
    "unchanged": (pdf("same"), pdf("same"), pdf("same")),
    "renamed": (pdf("old name"), pdf("old name"), pdf("old name")),
    "stamped anew": (pdf("s"), pdf("s", made="20260302101112", identity="FFFF"), pdf("s")),
    "packed anew": (docx("甲"), docx("甲", modified="2026-03-02T02:00:00Z", year=2027), docx("甲")),
    "made for each request": (lambda: plain(pdf(f"number {next(_counter)}")),) * 3,
    "on two servers": (plain(pdf("of one server")), lambda: plain(next(_servers)), plain(b"")),
    "a page": (
        plain(pdf("p")),
        plain(b"<html><body><h1>" + "欢迎访问".encode() * 40 + b"</h1></body></html>"),
        plain(pdf("p")),
    ),
    "json": (plain(pdf("j")), plain(b'{"code":500,"msg":"error"}'), plain(pdf("j"))),
    "words": (plain(pdf("w")), plain("文件不存在".encode()), plain(pdf("w"))),
    "missing": (plain(pdf("m")), plain(b"gone", 404), plain(pdf("m"))),
    "removed": (plain(pdf("r")), plain(b"", 410), plain(pdf("r"))),
    "soft 404": (
        plain(pdf("t")),
        plain("<html><title>页面不存在</title>页面不存在</html>".encode()),
        plain(pdf("t")),
    ),
    "refused": (plain(pdf("f")), plain(b"no", 403), plain(pdf("f"))),
    "broken": (plain(pdf("b")), plain(b"oops", 500), plain(pdf("b"))),
    "partial": (plain(pdf("c")), plain(pdf("c")[:200], 206), plain(pdf("c"))),
    "empty": (plain(pdf("e")), plain(b""), plain(pdf("e"))),
    "too large": (plain(pdf("l")), plain(pdf("l") + b" " * 300_000), plain(pdf("l"))),
}
NUMBERS = {name: number for number, name in enumerate(FILES, start=11)}
NO_CHANGE = {
    "unchanged": "kept",
    "renamed": "kept",
    "stamped anew": "kept",
    "packed anew": "kept",
    "made for each request": "unstable",
    "on two servers": "unstable",
    "a page": "no-file",
    "json": "no-file",
    "words": "no-file",
    "missing": "gone",
    "removed": "gone",
    "soft 404": "gone",
    "refused": "blocked",
    "broken": "failed",
    "partial": "failed",
    "empty": "failed",
    "too large": "too-large",
}


def _letters(day: int) -> dict[int, str]:
    letters = {n: letter_with(n, {f"./P{n}.pdf": f"附件{n}.pdf"}) for n in NUMBERS.values()}
    if day > 0:
        number = NUMBERS["edited with its page"]
        letters[number] = letter_with(number, {f"./P{number}.pdf": f"附件{number}.pdf"}, figure=150)
        number = NUMBERS["renamed"]
        letters[number] = letter_with(number, {f"./P{number}.pdf": "附件（修订）.pdf"})
    return letters


def _files(day: int) -> dict[str, Answer]:
    return {f"{FOLDER}/P{NUMBERS[name]}.pdf": days[day] for name, days in FILES.items()}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Three days of a portal, its files each with a fate of its own."""
    desk = Desk(tmp_path_factory.mktemp("story"))
    desk.write_config()
    with serving(FileSite()) as site:
        assert isinstance(site, FileSite)
        story = Watched(desk, site)
        story.write_portal(after="[attachments]\nmost_bytes = 200_000\n")
        for day in range(3):
            story.crawl(_letters(day), _files(day), "--full")
            story.states[day] = {name: story.files(n)[0]["state"] for name, n in NUMBERS.items()}
            story.asked[day] = story.site.asked.copy()
        yield story


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    desk = Desk(tmp_path)
    desk.write_config()
    with serving(FileSite()) as site:
        assert isinstance(site, FileSite)
        watched = Watched(desk, site)
        watched.write_portal()
        yield watched


# --- what is a change --------------------------------------------------------------------------


def test_file_changed_under_its_link_is_one_event_with_both_digests(story: Watched) -> None:
    number = NUMBERS["edited"]
    (event,) = story.changed(number)
    named = {"name": f"附件{number}.pdf", "url": f"{story.site.url}{FOLDER}/P{number}.pdf"}
    assert event["significance"] == "substance"
    assert event["fields"] == [
        {
            "field": "attachments",
            "before": [{**named, "sha256": sha256(pdf("2484"))}],
            "after": [{**named, "sha256": sha256(pdf("2648"))}],
        }
    ]


def test_page_and_file_changed_at_once_are_one_event(story: Watched) -> None:
    (event,) = story.changed(NUMBERS["edited with its page"])
    changes = {change["field"]: change for change in event["fields"]}
    assert {"attachments", "body"} <= set(changes)
    assert event["version"] == 2
    assert changes["attachments"]["after"][0]["sha256"] == sha256(pdf("eight"))


def test_change_and_its_undoing_are_two_events(story: Watched) -> None:
    number = NUMBERS["edited and undone"]
    assert len(story.changed(number)) == 2
    (file,) = story.files(number)
    expected = [sha256(pdf(text)) for text in "ABA"]
    assert [version["sha256"] for version in file["versions"]] == expected


def test_name_of_a_link_changes_without_its_file(story: Watched) -> None:
    (event,) = story.changed(NUMBERS["renamed"])
    assert all("sha256" not in item for item in event["fields"][0]["after"])
    (file,) = story.files(NUMBERS["renamed"])
    assert (file["name"], len(file["versions"])) == ("附件（修订）.pdf", 1)


def test_both_contents_are_kept_shown_and_filed(story: Watched) -> None:
    url = f"{story.site.url}{FOLDER}/t20260201_{NUMBERS['edited']}.html"
    story.desk.fuhan("dossier", url, "-o", "d")
    kept = sorted((story.desk.folder / "d" / "files").iterdir())
    assert [path.read_bytes() for path in kept] == [pdf("2484"), pdf("2648")]
    sums = (story.desk.folder / "d" / "SHA256SUMS").read_text("utf-8")
    assert f"{sha256(pdf('2648'))}  files/{kept[1].name}" in sums
    arrow = f"sha256 {sha256(pdf('2484'))[:12]}… → {sha256(pdf('2648'))[:12]}…"
    assert arrow in (story.desk.folder / "d" / "dossier.html").read_text("utf-8")
    assert arrow in story.desk.fuhan("show", url).stdout
    assert arrow in story.desk.fuhan("changes").stdout


def test_everything_kept_verifies(story: Watched) -> None:
    story.desk.fuhan("verify")


# --- what is none ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in NO_CHANGE if name != "renamed"])
def test_what_is_not_the_file_is_no_event(story: Watched, name: str) -> None:
    assert story.changed(NUMBERS[name]) == []
    (file,) = story.files(NUMBERS[name])
    assert len(file["versions"]) == 1


@pytest.mark.parametrize("name", NO_CHANGE)
def test_what_a_visit_came_to_is_remembered(story: Watched, name: str) -> None:
    assert story.states[0][name] == "kept"
    assert story.states[1][name] == NO_CHANGE[name]


def test_trouble_with_files_is_no_trouble_of_the_portal(story: Watched) -> None:
    (status,) = story.desk.lines("status", "--json")
    assert status["portals"][0]["state"] == "ok"


def test_unchanged_file_costs_one_conditional_request(story: Watched) -> None:
    path = f"{FOLDER}/P{NUMBERS['unchanged']}.pdf"
    assert [story.asked[day][path] for day in range(3)] == [1, 1, 1]


def test_changed_file_is_asked_for_once_more(story: Watched) -> None:
    path = f"{FOLDER}/P{NUMBERS['edited']}.pdf"
    assert [story.asked[day][path] for day in range(3)] == [1, 2, 1]


# --- what it costs, and where it ends ----------------------------------------------------------


def test_file_of_several_letters_is_fetched_and_stored_once(watched: Watched) -> None:
    letters = {number: letter_with(number, {"./P1.pdf": "通用表.pdf"}) for number in (11, 12, 13)}
    watched.crawl(letters, {f"{FOLDER}/P1.pdf": pdf("form")})
    watched.crawl(letters, {f"{FOLDER}/P1.pdf": pdf("form")}, "--full")
    assert watched.site.answered[200] == 1  # the list
    with closing(LetterArchive.open_to_read(watched.archive)) as archive:
        assert archive.verify().checked["files read"] == 1
    assert [len(watched.files(number)[0]["versions"]) for number in letters] == [1, 1, 1]


def test_budget_counts_files_and_leaves_them_due(watched: Watched) -> None:
    letters = {n: letter_with(n, {f"./P{n}.pdf": f"附件{n}.pdf"}) for n in range(11, 17)}
    files: dict[str, Answer] = {f"{FOLDER}/P{n}.pdf": pdf(f"{n}") for n in letters}
    watched.write_portal(after="budget = 9\n")
    watched.crawl(letters, files)
    asked = sum(watched.site.asked.values()) - watched.site.asked["/robots.txt"]
    assert asked == 9
    for _ in range(2):
        watched.crawl(letters, files)
    assert [watched.files(n)[0]["state"] for n in letters] == ["kept"] * 6


def test_robots_hosts_and_limits_are_respected(watched: Watched) -> None:
    links = {
        "./P1.pdf": "禁.pdf",
        "http://127.0.0.2:9/x.pdf": "别处.pdf",
        "./P3.pdf": "转.pdf",
        "./P4.pdf": "四.pdf",
        "./P5.pdf": "五.pdf",
    }
    rules = f"User-agent: *\nDisallow: {FOLDER}/P1.pdf\n".encode()
    watched.write_portal(after="[attachments]\nmost = 4\n")
    files: dict[str, Answer] = {
        "/robots.txt": plain(rules, kind="text/plain"),
        f"{FOLDER}/P3.pdf": (302, {"Location": "http://127.0.0.2:9/metadata.pdf"}, b""),
        **{f"{FOLDER}/P{n}.pdf": pdf(f"{n}") for n in (1, 4, 5)},
    }
    watched.crawl({11: letter_with(11, links)}, files)
    states = [file["state"] for file in watched.files(11)]
    assert states == ["not-asked", "not-asked", "not-asked", "kept", "unread"]
    assert not watched.site.asked[f"{FOLDER}/P1.pdf"]
    assert not watched.site.asked[f"{FOLDER}/P5.pdf"]


def test_files_can_be_left_alone(watched: Watched) -> None:
    watched.write_portal(before="attachments = false\n")
    watched.crawl({11: letter_with(11, {"./P1.pdf": "清单.pdf"})}, {f"{FOLDER}/P1.pdf": pdf("1")})
    assert not watched.site.asked[f"{FOLDER}/P1.pdf"]
    assert watched.files(11)[0]["state"] == "unread"


def test_refused_files_end_the_asking_for_files_not_for_pages(watched: Watched) -> None:
    letters = {n: letter_with(n, {f"./P{n}.pdf": f"附件{n}.pdf"}) for n in range(11, 41)}
    watched.crawl(letters, {f"{FOLDER}/P{n}.pdf": plain(b"no", 403) for n in letters})
    asked = [path for path in watched.site.asked if path.endswith(".pdf")]
    assert 3 <= len(asked) <= 3 + 8  # those on their way
    assert len(watched.desk.lines("letters", "--json")) == 30
    (status,) = watched.desk.lines("status", "--json")
    assert status["portals"][0]["state"] == "ok"


def test_f43_hostile_names_are_contained(watched: Watched) -> None:
    links = {"./P1.pdf": "../../../../etc/passwd.pdf", "./P2.pdf": "很长的名字" * 60 + ".pdf"}
    files: dict[str, Answer] = {f"{FOLDER}/P{n}.pdf": pdf(f"{n}") for n in (1, 2)}
    watched.crawl({11: letter_with(11, links)}, files)
    watched.desk.fuhan("dossier", "1", "-o", "d")
    filed = sorted(path.name for path in (watched.desk.folder / "d" / "files").iterdir())
    assert filed == ["file-1-1.pdf", "file-2-1.pdf"]


# --- the circuit breaker -----------------------------------------------------------------------


def _served(texts: Mapping[int, str]) -> dict[str, Answer]:
    return {f"{FOLDER}/P{n}.pdf": pdf(text) for n, text in texts.items()}


def test_one_placeholder_for_many_files_is_held_until_it_is_judged(watched: Watched) -> None:
    own = {n: f"{n}" for n in range(11, 17)}
    letters = {n: letter_with(n, {f"./P{n}.pdf": f"附件{n}.pdf"}) for n in own}
    closed, moved = dict.fromkeys(own, "under repair"), dict.fromkeys(own, "moved")

    watched.crawl(letters, _served(own), "--full")
    watched.crawl(letters, _served(closed), "--full", expect=3)
    assert watched.changed() == []
    assert len(watched.files(11)[0]["versions"]) == 1

    watched.crawl(letters, _served(own), "--full")  # healed: nothing was ever told
    watched.crawl(letters, _served(closed), "--full", expect=3)
    watched.desk.fuhan("portals", "reject", "test-kjj")
    watched.crawl(letters, _served(closed), "--full")
    assert watched.changed() == []

    watched.crawl(letters, _served(moved), "--full", expect=3)
    watched.desk.fuhan("portals", "accept", "test-kjj")
    told = watched.changed()
    watched.crawl(letters, _served(moved), "--full")
    assert len(told) == 6
    assert watched.changed() == told
    assert watched.changed(11)[0]["fields"][0]["before"][0]["sha256"] == sha256(pdf("11"))
    watched.desk.fuhan("verify")
