"""A crawl killed at any moment and run again leaves the archive of one that was not killed."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from storage.archive import LetterArchive
from tests.attachment_site import letter_with, pdf
from tests.loopback import ROOT, Desk, Site, serving
from tests.test_end_to_end import PORTAL, _letter, _list

FOLDER = "/zwgk/jyta/202602"
OF_TIME = frozenset({"cursor", "observed_at", "version", "id", "first_seen", "last_seen"})
Pages = dict[str, bytes | str | tuple[int, dict[str, str], bytes]]


def _site(letters: dict[str, str], files: dict[str, bytes]) -> Pages:
    """A portal of these letters and files, their lists five to a page."""
    paths = list(letters)
    count = -(-len(paths) // 5)
    pages: Pages = {**letters, **files}
    for at in range(count):
        entries = [(path, f"第{path[-7:-5]}号提案的复函") for path in paths[5 * at : 5 * at + 5]]
        name = "" if at == 0 else f"index_{at}.html"
        pages[f"/zwgk/jyta/{name}"] = _list(entries, page=at, pages=count)
    return pages


def _filed(number: int, figure: int = 120) -> str:
    """A letter; every third one links to a file."""
    links = {f"./P{number}.pdf": f"附件{number}.pdf"} if number % 3 == 0 else {}
    return letter_with(number, links, figure=figure)


def _days() -> Iterator[tuple[str, Pages]]:
    """Dates, and what stands on the portal: first 24 letters, then edits, a move and absences.

    Of the files two change: one alone, one with its page.
    """
    letters = {f"{FOLDER}/t20260201_{n}.html": _filed(n) for n in range(11, 35)}
    files = {f"{FOLDER}/P{n}.pdf": pdf(f"{n}") for n in range(11, 35) if n % 3 == 0}
    yield "2026-03-01", _site(letters, files)
    for number in (12, 19, 27):
        letters[f"{FOLDER}/t20260201_{number}.html"] = _filed(number, figure=140)
    files |= {f"{FOLDER}/P{n}.pdf": pdf(f"{n}, edited") for n in (12, 21)}
    for number in (14, 30, 33):
        del letters[f"{FOLDER}/t20260201_{number}.html"]
    letters = {"/zwgk/jyta/202603/t20260303_98.html": _letter(33, figure=150), **letters}
    letters = {"/zwgk/jyta/202603/t20260303_40.html": _letter(40), **letters}
    yield "2026-03-03", _site(letters, files)
    letters[f"{FOLDER}/t20260201_30.html"] = _filed(30)
    yield "2026-03-04", _site(letters, files)
    yield "2026-03-05", _site(letters, files)


@contextmanager
def _crawling(desk: Desk, now: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "schedules", "--config", "fuhan.toml", "crawl", "--full"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "FUHAN_NOW": now}
    crawl = subprocess.Popen(
        command,
        cwd=desk.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield crawl
    finally:
        crawl.kill()
        crawl.wait()


def _kill_at_a_random_moment(desk: Desk, site: Site, now: str, dice: random.Random) -> str:
    """Kills a crawl after so many answers and a little more; says how far it had come."""
    asked = site.asked.total()
    answers, further = dice.randint(0, 34), dice.choice((0, 0.002, 0.02, 0.15))
    with _crawling(desk, now) as crawl:
        while crawl.poll() is None and site.asked.total() - asked < answers:
            time.sleep(0.001)
        crawl_ended = crawl.poll() is not None
        deadline = time.monotonic() + further
        while time.monotonic() < deadline:
            time.sleep(0.001)
    return "ended" if crawl_ended else f"{answers}+{further}"


def _record(desk: Desk) -> dict[str, Any]:
    """Everything the archive tells, without times, ids and cursors, in a fixed order."""
    letters, events = desk.lines("letters", "--json"), desk.lines("changes", "--json")
    with LetterArchive.open_to_read(desk.folder / "fuhan.db") as archive:
        files = [
            (file.url, file.state, *(version.digest for version in file.versions))
            for letter in letters
            for file in archive.letter_attachments(letter["id"])
        ]
    principal = {letter["id"]: letter["urls"][0] for letter in letters}
    told = [
        {**_timeless(event), "letter": {**event["letter"], "id": principal[event["letter"]["id"]]}}
        for event in events
    ]
    return {
        "letters": sorted(map(_as_text, map(_timeless, letters))),
        "events": sorted(map(_as_text, told)),
        "files": sorted(files),
    }


def _timeless(line: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key not in OF_TIME}


def _as_text(line: dict[str, Any]) -> str:
    return json.dumps(line, ensure_ascii=False, sort_keys=True)


def _crawl_killed(tmp_path: Path, kills: int, seed: int) -> None:
    dice = random.Random(seed)
    calm, troubled = Desk(tmp_path / "calm"), Desk(tmp_path / "troubled")
    stops: Counter[str] = Counter()
    with serving(Site()) as site:
        for desk in (calm, troubled):
            desk.folder.mkdir()
            desk.write_config("confirm_withdrawal = { visits = 2, hours = 20 }\n")
            desk.write_portal("test-kjj", PORTAL.format(url=site.url))
        days = list(_days())
        for at, (day, pages) in enumerate(days):
            site.pages = pages
            calm.fuhan("crawl", "--full", now=f"{day}T06:20:00+08:00")
            for _ in range(kills * (at + 1) // len(days) - kills * at // len(days)):
                stop = _kill_at_a_random_moment(troubled, site, f"{day}T06:20:00+08:00", dice)
                stops["ended" if stop == "ended" else "killed"] += 1
            troubled.fuhan("crawl", "--full", now=f"{day}T06:20:00+08:00")
    assert stops["killed"] > stops["ended"], stops
    assert _record(troubled) == _record(calm)
    kinds = Counter(event["kind"] for event in troubled.lines("changes", "--json"))
    assert kinds == {"new": 25, "changed": 4, "withdrawn": 1, "moved": 1}


def test_f01_ten_kills_leave_the_archive_of_an_undisturbed_run(tmp_path: Path) -> None:
    _crawl_killed(tmp_path, kills=10, seed=20261122)


@pytest.mark.soak
def test_f01_a_hundred_kills_leave_the_archive_of_an_undisturbed_run(tmp_path: Path) -> None:
    _crawl_killed(tmp_path, kills=120, seed=7)
