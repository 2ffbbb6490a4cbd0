"""The crawl's benchmark: its server, its counters, what its behaviour table and targets accept."""

from __future__ import annotations

import http.client
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks.behaviour import Row, Watched, stories
from benchmarks.checks import (
    AFTERWARDS,
    CHANGED,
    FIRST,
    ORDINARY,
    STARTING,
    UNCHANGED,
    Check,
    Checks,
    check_site,
)
from benchmarks.costs import Cost, disk_bytes, run_measured
from benchmarks.crawl_targets import Target, judge_checks
from benchmarks.known_archive import fill_archive
from benchmarks.peers import Changedetection, Urlwatch, installed_peers
from benchmarks.scenes import (
    PARAGRAPH,
    TAKEN_AWAY,
    behaviour_scenes,
    edited,
    watched_site,
    with_edits,
)
from benchmarks.served import ServedSite, Traffic
from benchmarks.watchers import BareScrapy, Fuhan, addresses
from crawler.demo.answers import answer
from crawler.demo.portals import portal_of
from crawler.demo.site import DemoSite
from storage.archive import LetterArchive
from storage.records import Why

SITE = watched_site(40)
PAGES = list(SITE.articles)


@pytest.fixture(scope="module")
def served() -> Iterator[ServedSite]:
    with ServedSite({"published": SITE, "edited": with_edits(SITE)}, latency=0.0) as serving:
        yield serving


class Given(NamedTuple):
    status: int
    tag: str
    body: bytes


def ask(served: ServedSite, *asked: tuple[str, dict[str, str]]) -> list[Given]:
    """Answers to paths with headers, all on one connection."""
    connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=10)
    answers = []
    for path, headers in asked:
        connection.request("GET", path, headers=headers)
        given = connection.getresponse()
        answers.append(Given(given.status, given.headers.get("ETag", ""), given.read()))
    connection.close()
    return answers


def cost(cpu: float) -> Cost:
    return Cost(cpu=cpu, wall=cpu, peak_mb=100, code=0, said="")


def test_first_checks_of_few_pages_take_turns_and_the_cheapest_counts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    turns: list[str] = []
    first = iter((9.0, 7.0, 8.0))
    alone = iter((5.0, 4.0, 6.0))

    def ours(_fuhan: Fuhan, folder: Path, _day: int, *_words: str) -> Cost:
        turns.append("ours")
        fresh = not (folder / "fuhan.db").exists()
        (folder / "fuhan.db").touch()
        return cost(next(first) if fresh else 1.0)

    def bare(_bare: BareScrapy, _folder: Path, _day: int) -> Cost:
        turns.append("bare")
        return cost(next(alone))

    monkeypatch.setattr(Fuhan, "run", ours)
    monkeypatch.setattr(Fuhan, "told", lambda *_: Counter())
    monkeypatch.setattr(BareScrapy, "check", bare)
    checks = Checks(tuple(check_site(20, 1, [Fuhan(), BareScrapy()], lambda _: None)))
    assert turns[-4:] == ["ours", "bare"] * 2
    assert (checks.cpu("fuhan", 20, FIRST), checks.cpu("bare Scrapy", 20, FIRST)) == (7.0, 4.0)
    assert checks.cpu("fuhan", 20, CHANGED) == 1.0


# --- the server and its counters -------------------------------------------------------------


def test_served_pages_are_the_sites_and_a_known_tag_brings_304(served: ServedSite) -> None:
    served.show("published")
    (first,) = ask(served, (PAGES[0], {}))
    again, stale = ask(
        served, (PAGES[0], {"If-None-Match": first.tag}), (PAGES[0], {"If-None-Match": '"old"'})
    )
    assert first.body == answer(SITE, PAGES[0]).body
    assert (first.status, again.status, stale.status) == (200, 304, 200)


def test_traffic_counts_every_byte_since_it_was_last_asked(served: ServedSite) -> None:
    served.show("published")
    served.traffic()
    one, two = ask(served, (PAGES[1], {}), ("/nowhere.html", {}))
    ask(served, (PAGES[1], {"If-None-Match": one.tag}))
    seen = served.traffic()
    bodies = sum(len(each.body) for each in (one, two))
    assert (seen.requests, seen.not_modified) == (3, 1)
    assert bodies < seen.sent < bodies + 3 * 400
    assert served.traffic().requests == 0


def test_a_scene_replaces_the_one_before(served: ServedSite) -> None:
    served.show("published")
    (before,) = ask(served, (PAGES[0], {}))
    served.show("edited")
    (after,) = ask(served, (PAGES[0], {"If-None-Match": before.tag}))
    assert after.status == 200
    assert after.tag != before.tag


# --- what is served --------------------------------------------------------------------------


def test_letters_all_differ_and_stand_by_twenties_on_lists() -> None:
    bodies = {placement.letter.body for placement in SITE.placements}
    assert len(bodies) == len(PAGES) == 40
    assert [SITE.page_count(column) for column in SITE.columns] == [2]


def test_edits_touch_their_share_of_pages_and_no_other_byte() -> None:
    after = with_edits(SITE)
    differing = [path for path in PAGES if _body(SITE, path) != _body(after, path)]
    assert len(differing) == edited(SITE) == 2
    assert all(_body(SITE, path) == _body(after, path) for path in SITE.lists)


def test_one_character_of_a_paragraph_of_301_is_what_changes() -> None:
    scenes = behaviour_scenes()
    before, after = (scenes[name].placements for name in ("baseline", "one character"))
    lines = [
        (one, other)
        for place, placed in zip(before, after, strict=True)
        for one, other in zip(
            place.letter.body.split("\n"), placed.letter.body.split("\n"), strict=True
        )
        if one != other
    ]
    assert [len(line) for pair in lines for line in pair] == [PARAGRAPH, PARAGRAPH]
    assert sum(a != b for a, b in zip(*lines[0], strict=True)) == 1


def test_scenes_answer_as_their_rows_say() -> None:
    scenes = behaviour_scenes()
    paths = list(scenes["baseline"].articles)
    statuses = {
        name: Counter(answer(site, path).status for path in paths) for name, site in scenes.items()
    }
    assert statuses["404"] == {200: 20 - TAKEN_AWAY, 404: TAKEN_AWAY}
    assert statuses["soft 404"] == {200: 20}
    assert statuses["moved"] == {200: 19, 404: 1}
    assert statuses["script"] == {412: 20}
    churned = [path for path in paths if _body(scenes["furniture"], path) != _body(SITE, path)]
    assert len(churned) == 20


def _body(site: DemoSite, path: str) -> bytes:
    return answer(site, path).body


# --- what a run costs ------------------------------------------------------------------------


def test_cpu_of_a_commands_children_is_counted_and_what_it_says_is_kept(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.3: pass"
    script = (
        f"import subprocess, sys; print('begun'); subprocess.run([sys.executable, '-c', {burn!r}])"
    )
    cost = run_measured((sys.executable, "-c", script), tmp_path)
    assert cost.cpu >= 0.3
    assert (cost.code, cost.said) == (0, "begun\n")
    assert list(tmp_path.iterdir()) == []


def test_peak_memory_is_the_commands_own(tmp_path: Path) -> None:
    ballast = bytearray(b"\1") * (150 * 2**20)
    cost = run_measured((sys.executable, "-c", "raise SystemExit(3)"), tmp_path)
    assert 1 < cost.peak_mb < len(ballast) / 2**20 / 2
    assert cost.code == 3


def test_disk_is_counted_in_blocks(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "one.txt").write_text("x" * 5000, encoding="utf-8")
    assert disk_bytes(tmp_path) in range(5000, 20_000)


# --- watchers --------------------------------------------------------------------------------


def test_the_bare_spider_downloads_letters_lists_and_files(
    served: ServedSite, tmp_path: Path
) -> None:
    spider = BareScrapy()
    spider.begin(tmp_path, served)
    served.show("published")
    served.traffic()
    cost = spider.check(tmp_path, 0)
    assert SITE.files
    assert cost.said == f"{42 + len(SITE.files)} pages\n"
    assert served.traffic().requests == 42 + len(SITE.files)


def test_peers_are_told_every_address(served: ServedSite, tmp_path: Path) -> None:
    urlwatch = Urlwatch("urlwatch", Path("urlwatch"), "--urls", "--cache", 10)
    urlwatch.begin(tmp_path, served)
    jobs = (tmp_path / "jobs.yaml").read_text(encoding="utf-8")
    assert jobs.count("url: http") == len(addresses(served)) == 40


def test_peers_named_by_a_relative_path_run_in_folders_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "peers" / "bin" / "urlwatch"
    script.parent.mkdir(parents=True)
    script.write_text("#!/bin/sh\necho 'NEW: http://127.0.0.1/a'\n", encoding="utf-8")
    script.chmod(0o700)
    folder = tmp_path / "its-own"
    folder.mkdir()
    monkeypatch.chdir(tmp_path)
    (peer,) = installed_peers(Path("peers"))
    assert peer.told(folder, peer.check(folder, 1)) == {"new": 1}


def test_reports_of_peers_are_counted_by_their_words(tmp_path: Path) -> None:
    said = (
        "WARNING: Support will be ending\n\nCHANGED: http://127.0.0.1/a.html\n"
        "ERROR: http://127.0.0.1/b.html\nCHANGED: 关于某提案的复函 (http://127.0.0.1/c.html)\n"
    )
    urlwatch = Urlwatch("urlwatch", Path("urlwatch"), "--urls", "--cache", 10)
    assert urlwatch.told(tmp_path, _cost(1.0, said)) == {"changed": 2, "error": 1}


def test_changedetections_snapshots_are_told_once(tmp_path: Path) -> None:
    watch = tmp_path / "store" / "one"
    watch.mkdir(parents=True)
    (watch / "watch.json").write_text('{"last_error": false}', encoding="utf-8")
    (watch / "history.txt").write_text("1,a.txt\n", encoding="utf-8")
    peer = Changedetection(Path("x"))
    assert peer.told(tmp_path, _cost(1.0)) == {"new": 1}
    (watch / "history.txt").write_text("1,a.txt\n2,b.txt\n3,c.txt\n", encoding="utf-8")
    (watch / "watch.json").write_text('{"last_error": "404"}', encoding="utf-8")
    assert peer.told(tmp_path, _cost(1.0)) == {"changed": 2, "error": 1}
    assert peer.told(tmp_path, _cost(1.0)) == {"error": 1}


def test_a_filled_archive_knows_every_page_and_has_its_validators(tmp_path: Path) -> None:
    url = "http://127.0.0.1:9"
    fill_archive(tmp_path / "known.db", SITE, url)
    portal = portal_of(SITE, url)
    with LetterArchive.open(tmp_path / "known.db") as archive:
        assert archive.count_pages(portal.name) == 40
        assert len(list(archive.letters())) == 40
        run = archive.begin_run(portal, full=True)
        due = archive.due_pages(run, 100, (Why.NEW, Why.GONE, Why.DUE))
        assert all(page.known and page.validators.etag for page in due)


# --- the behaviour table ---------------------------------------------------------------------


def _row(name: str) -> Row:
    return next(row for story in stories() for row in story.rows if row.name.startswith(name))


def _events(kind: str, count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"kind": kind, "url": f"http://x/{n}", "diff": [], **more} for n in range(count)]


@pytest.mark.parametrize(
    ("row", "events", "states", "met"),
    [
        ("counters", [], ["ok", "ok"], True),
        ("counters", _events("changed", 1), ["ok", "ok"], False),
        ("404", _events("withdrawn", 5), ["ok"] * 3, True),
        ("404", _events("withdrawn", 4), ["ok"] * 3, False),
        ("404", [*_events("withdrawn", 4), *_events("withdrawn", 1)], ["ok"] * 3, False),
        ("they return", [*_events("withdrawn", 5), *_events("restored", 5)], ["ok"] * 3, True),
        ("they return", _events("withdrawn", 5), ["ok"] * 3, False),
        ("soft 404", [*_events("withdrawn", 5), *_events("changed", 1)], ["ok"] * 2, False),
        ("a firewall", [], ["blocked", "ok"], True),
        ("a firewall", [], ["ok", "ok"], False),
        ("a firewall", _events("withdrawn", 1), ["blocked", "ok"], False),
        ("removed here", _events("moved", 1), ["ok"] * 2, True),
        ("removed here", [*_events("withdrawn", 1), *_events("new", 1)], ["ok"] * 2, False),
    ],
)
def test_a_row_is_met_by_exactly_what_it_asks_for(
    row: str, events: Sequence[dict[str, Any]], states: Sequence[str], met: bool
) -> None:
    assert _row(row).met(Watched(events, states)) is met


@pytest.mark.parametrize(
    ("diff", "met"),
    [
        ([["=", "诊断248"], ["-", "4"], ["+", "5"], ["=", "家"]], True),
        ([["=", "诊断"], ["-", "2484"], ["+", "2485"], ["=", "家"]], False),
        ([["=", "诊" * 70], ["-", "4"], ["+", "5"]], False),
    ],
)
def test_a_diff_has_to_name_the_character_in_200_bytes(diff: list[Any], met: bool) -> None:
    watched = Watched(_events("changed", 1, diff=diff), ["ok"])
    assert _row("one character").met(watched) is met


def test_every_row_of_the_table_is_played_on_a_scene_that_exists() -> None:
    scenes = behaviour_scenes()
    assert {day for story in stories() for day in story.days} <= scenes.keys()


# --- targets ---------------------------------------------------------------------------------


def _cost(cpu: float, said: str = "", peak: float = 100.0) -> Cost:
    return Cost(cpu, cpu, peak, 0, said)


def _check(
    watcher: str,
    pages: int,
    phase: str,
    cpu: float,
    *,
    sent: int = 1000,
    changed: int = 0,
    kept: int = 0,
) -> Check:
    told = Counter({"changed": changed} if changed else {})
    return Check(watcher, pages, phase, _cost(cpu), Traffic(pages, kept, sent), told, pages)


def _checks(*, unchanged: float, theirs: float, bare: float, first: float) -> Checks:
    made = [_check("fuhan", STARTING, UNCHANGED, 1.0), _check("urlwatch", STARTING, UNCHANGED, 0.5)]
    for pages in (500, 5000):
        made += [
            _check("fuhan", pages, FIRST, 1.0 + first * pages),
            _check("fuhan", pages, UNCHANGED, 1.0 + unchanged * pages),
            _check("fuhan", pages, ORDINARY, 1.0, sent=10),
            _check("fuhan", pages, CHANGED, 1.0, changed=pages // 20),
            _check("fuhan", pages, AFTERWARDS, 1.0, kept=pages),
            _check("bare Scrapy", pages, FIRST, 1.0 + bare * pages),
            _check("urlwatch", pages, UNCHANGED, 0.5 + theirs * pages, sent=100),
        ]
    return Checks(tuple(made))


def _missed(targets: Sequence[Target]) -> list[str]:
    return [target.what for target in targets if target.met is False]


def test_targets_hold_for_a_watcher_that_is_quick_enough() -> None:
    checks = _checks(unchanged=0.001, theirs=0.008, bare=0.003, first=0.008)
    targets = list(judge_checks(checks, (500, 5000)))
    assert _missed(targets) == []
    assert sum(target.met is None for target in targets) == 0


def test_targets_name_what_is_too_slow() -> None:
    checks = _checks(unchanged=0.009, theirs=0.008, bare=0.003, first=0.02)
    missed = _missed(list(judge_checks(checks, (500, 5000))))
    assert [what.partition(":")[0] for what in missed] == [
        "nothing changed, 500 pages",
        "nothing changed, 5000 pages",
        "nothing changed, 5000 pages",
        "first crawl, 500 pages",
        "first crawl, 5000 pages",
    ]


def test_what_needs_a_peer_is_not_judged_without_it() -> None:
    whole = _checks(unchanged=0.001, theirs=0.008, bare=0.003, first=0.008)
    alone = Checks(tuple(each for each in whole.made if each.watcher != "urlwatch"))
    targets = list(judge_checks(alone, (500, 5000)))
    assert _missed(targets) == []
    assert sum(target.met is None for target in targets) == 5
