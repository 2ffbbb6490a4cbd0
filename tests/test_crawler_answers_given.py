"""Crawls of three days: what stands in a letter's place is told as gone only where it is gone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from tests.crawl_site import Reply, Site, letter, listing, number_of
from tests.given_answers import (
    BLOCKED,
    ELSEWHERE,
    FAILED,
    FOR_ANY_ADDRESS,
    GONE,
    KEPT,
    MOVED,
    NEW,
)

ROOT = Path(__file__).parent.parent
TABLES = {"blocked": BLOCKED, "failed": FAILED, "kept": KEPT, "gone": GONE, "moved": MOVED}
CASES = [(wanted, name) for wanted, table in TABLES.items() for name in table]
WHOLE = [case for case in CASES if case[0] in ("gone", "moved")]
DAYS = ("2026-05-04", "2026-05-05", "2026-05-06")
PORTAL = """name = "{name}"
agency = "青岚市民生事务局"
platform = "trs"
lists = [{{ url = "{url}/jyta/" }}]
delay = 0
private_network = true
"""
TOLD = """SELECT kind FROM events JOIN copies ON copies.id = events.copy_id
JOIN portals ON portals.id = events.portal_id WHERE portals.name = ? AND kind != 'new'
AND events.status = 'published' AND coalesce(events.from_url, copies.url) LIKE ? ESCAPE '^'"""
SEEN = """SELECT DISTINCT visits.outcome FROM visits JOIN copies ON copies.id = copy_id
JOIN portals ON portals.id = copies.portal_id WHERE portals.name = ? AND visits.outcome != 'new'
AND copies.url LIKE ? ESCAPE '^'"""


class Given:
    """A site whose first letters are answered otherwise from the second day on.

    As many others stand as before; `everything` is answered like the first letter, lists too.
    """

    def __init__(self, cases: Sequence[tuple[str, str]], base: int, *, everything: bool) -> None:
        self.cases = cases
        self.numbers = [base + n for n in range(max(2 * len(cases), 3))]
        self.begun = False
        self._everything = everything

    def __call__(self, path: str, headers: Mapping[str, str]) -> Reply | None:
        if path == "/robots.txt":
            return None
        reply = self._otherwise(path) if self.begun else None
        if reply is None and path == "/jyta/":
            return Reply(listing(self.numbers))
        return reply or self._letter(path)

    def _otherwise(self, path: str) -> Reply | None:
        for number, (wanted, name) in zip(self.numbers, self.cases, strict=False):
            if self._everything or path == f"/jyta/202406/t20240603_{number}.html":
                given = TABLES[wanted][name]
                return given if isinstance(given, Reply) else Reply(given)
            if "no-such-page" in path and name in FOR_ANY_ADDRESS:
                return Reply(FOR_ANY_ADDRESS[name])
            if path == NEW and wanted == "moved":
                return Reply(letter(number))
        return Reply(ELSEWHERE[path]) if path in ELSEWHERE else None

    def _letter(self, path: str) -> Reply | None:
        if not path.startswith("/jyta/202406/t20240603_") or "no-such-page" in path:
            return None
        return Reply(letter(number_of(path)))


# one blocked answer a portal at most: three in a row would end the asking
ONE_EACH = [CASES[n :: len(BLOCKED)] for n in range(len(BLOCKED))]
SITES = [Given(cases, 1 + 10 * n, everything=False) for n, cases in enumerate(ONE_EACH)]
SITES += [Given([case], 1001 + 10 * n, everything=True) for n, case in enumerate(WHOLE)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """What the crawls of three days left behind."""
    folder = tmp_path_factory.mktemp("given")
    (folder / "portals").mkdir()
    (folder / "fuhan.toml").write_text('[crawl]\nportals = "portals"\nenabled = ["p*"]\n')
    served = [Site(f"127.0.7.{n}", given) for n, given in enumerate(SITES, 1)]
    for number, site in enumerate(served):
        text = PORTAL.format(name=f"p{number}", url=site.url)
        (folder / f"portals/p{number}.toml").write_text(text)
    for day in DAYS:
        crawl(folder, f"{day}T06:00:00Z")
        for given in SITES:
            given.begun = True
    with sqlite3.connect(folder / "fuhan.db") as connection:
        yield connection
    for site in served:
        site.close()


def crawl(folder: Path, now: str) -> None:
    """A full crawl in a process of its own; 3: some portals are in trouble."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FUHAN_LANG": "en", "FUHAN_NOW": now}
    done = subprocess.run(
        [sys.executable, "-m", "schedules", "--config", "fuhan.toml", "crawl", "--full"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode in (0, 3), done.stderr


@pytest.mark.parametrize(("wanted", "name"), CASES)
def test_f26_f27_answer_in_one_letters_place_is_told_as_what_it_is(
    archive: sqlite3.Connection, wanted: str, name: str
) -> None:
    number = CASES.index((wanted, name)) % len(ONE_EACH)
    site = SITES[number]
    at = f"%/jyta/202406/t20240603^_{site.numbers[site.cases.index((wanted, name))]}.html"
    told = [kind for (kind,) in archive.execute(TOLD, (f"p{number}", at))]
    assert told == {"gone": ["withdrawn"], "moved": ["moved"]}.get(wanted, [])
    seen = {outcome for (outcome,) in archive.execute(SEEN, (f"p{number}", at))}
    if wanted == "kept":
        assert not seen & {"gone", "changed"}
    else:
        assert seen == {"gone" if wanted == "moved" else wanted}


@pytest.mark.parametrize(("wanted", "name"), WHOLE)
def test_f36_what_a_whole_site_answers_alike_says_nothing_of_its_letters(
    archive: sqlite3.Connection, wanted: str, name: str
) -> None:
    portal = f"p{len(ONE_EACH) + WHOLE.index((wanted, name))}"
    assert archive.execute(TOLD, (portal, "%")).fetchall() == []
    (state,) = archive.execute("SELECT state FROM portals WHERE name = ?", (portal,)).fetchone()
    assert state != "ok"
