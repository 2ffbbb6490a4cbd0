"""Owns how fast pages are saved, and whether a large archive makes it slower."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import lxml.html
from rensa import RMinHash, RMinHashLSH

from benchmarks.saving import Crawled, begin_session, crawl_pages, list_pages
from benchmarks.scenes import watched_site, with_edits
from crawler.demo.answers import answer
from crawler.demo.site import DemoSite
from pipelines.read import read_page
from pipelines.stages import LetterStage
from storage.archive import LetterArchive
from storage.clock import fixed_clock
from storage.database import Database
from storage.identity.identity import find_letter, marks_of
from storage.records import ListColumn, Portal, ReplyLetter

NOW = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
BASE = 1000
"""Letters of the small archive, which the large one holds many times over."""


@dataclass(frozen=True, slots=True)
class Pace:
    """CPU milliseconds a page at one size of the archive, commits included."""

    letters: int
    new: float
    changed: float
    search: float  # for the letter a new page is a copy of


@dataclass(frozen=True, slots=True)
class Speed:
    """Pages a second of one core: changed ones by the whole path, and bare parsing of the same."""

    changed: float
    parsed: float
    page_bytes: float


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """CPU milliseconds a letter: marking its text, beside rensa's own index in memory."""

    marked: float
    rensa: float


def measure_speed(count: int, seed: int) -> Speed:
    """Every letter of a site changes by a sentence; each is read, compared and durably saved."""
    site = watched_site(count, seed)
    old, changed = _crawled(site), _crawled(with_edits(site, 1.0))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fuhan.db"
        _save(path, old, NOW, settle=True)
        saving = _save(path, changed, NOW + timedelta(days=1))
    texts = [each.body.decode() for each in changed]
    start = time.process_time()
    for text in texts:
        lxml.html.document_fromstring(text)
    parsing = time.process_time() - start
    size = sum(len(each.body) for each in changed) / count
    return Speed(1000 * count / saving, count / parsing, size)


def measure_pace(sizes: Sequence[int], pages: int, seed: int) -> list[Pace]:
    """Saves `pages` new and as many changed pages in archives of each size, multiples of `BASE`."""
    known = watched_site(BASE + pages, seed)
    old, new = _crawled(known)[:BASE], _crawled(known)[BASE:]
    changed = _crawled(with_edits(known, 1.0))[:BASE]
    step = max(1, BASE // pages)
    paces = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "fuhan.db"
            _save(path, old, NOW, settle=True)
            multiply(path, size // BASE)
            search = _search(path, new)
            changing = _save(path, changed[::step][:pages], NOW + timedelta(days=1))
            adding = _save(path, new, NOW + timedelta(days=2))
            paces.append(Pace(size, adding / len(new), changing / pages, search))
    return paces


def _crawled(site: DemoSite) -> list[Crawled]:
    domain = f"http://{site.masthead.domain}"
    column = ListColumn(f"{domain}{site.columns[0].path}")
    portal = Portal(
        name=site.name, agency=site.masthead.agency.name, platform=site.platform, lists=(column,)
    )
    paths = (site.address(placement) for placement in site.placements)
    return [
        Crawled(portal, f"{domain}{path}", answer(site, path).body, "text/html") for path in paths
    ]


def _save(path: Path, pages: Sequence[Crawled], now: datetime, *, settle: bool = False) -> float:
    """CPU milliseconds that saving the pages took, the last commit included."""
    with LetterArchive.open(path, clock=fixed_clock(now)) as archive:
        if settle:
            crawl_pages(archive, pages, now)
            return 0.0
        visits = list_pages(archive, pages, now)
        stage = LetterStage(begin_session(archive, (pages[0].portal,), now))
        start = time.process_time()
        for visit in visits:
            stage.process_item(visit)
        archive.close()
    return 1000 * (time.process_time() - start)


def _search(path: Path, pages: Iterable[Crawled]) -> float:
    """CPU milliseconds the look-up of a letter takes, reading the page and marking it left out."""
    letters = [_read(page) for page in pages]
    with closing(Database.open_to_read(path)) as database:
        marks = [marks_of(database, letter, "lanjiang-economy") for letter in letters]
        start = time.process_time()
        for each in marks:
            find_letter(database, each, except_copy=0)
    return 1000 * (time.process_time() - start) / len(marks)


def _read(page: Crawled) -> ReplyLetter:
    return read_page(page.body, page.url, page.portal, page.media_type).letter


def near_duplicates(count: int, seed: int) -> NearDuplicates:
    """What marking a letter takes, beside rensa's own MinHash and index on the same texts."""
    letters = [_read(page) for page in _crawled(watched_site(count, seed))]
    with (
        TemporaryDirectory() as folder,
        closing(Database.open_to_write(Path(folder) / "fuhan.db")) as database,
    ):
        start = time.process_time()
        for letter in letters:
            marks_of(database, letter, "a")
        marked = time.process_time() - start
    index = RMinHashLSH(threshold=0.8, num_perm=64, num_bands=16)
    start = time.process_time()
    for number, letter in enumerate(letters):
        signature = RMinHash(num_perm=64, seed=42)
        body = letter.body
        signature.update([body[at : at + 5] for at in range(len(body) - 4)])
        index.query(signature)
        index.insert(number, signature)
    return NearDuplicates(1000 * marked / count, 1000 * (time.process_time() - start) / count)


# --- a large archive -------------------------------------------------------------------------

_TABLES = ("letters", "copies", "captures", "versions", "readings", "evidence", "events", "visits")
# What must differ from one multiple to the next though it refers to nothing.
_UNIQUE = {
    ("copies", "key"): "key || '?' || {n}",
    ("copies", "url"): "url || '?' || {n}",
    ("events", "cursor"): "cursor + {n} * {stride}",
    ("evidence", "key"): "iif(key & 15 = 1, key, key + 16 * {n})",  # bands are odd
}


def multiply(
    path: Path, times: int, altered: Mapping[tuple[str, str], str] = MappingProxyType({})
) -> None:
    """Makes the archive `times` as large: each row again with other ids, keys and evidence.

    `altered` says in SQL what else differs in which (table, column), `{n}` being the number of
    the multiple. Two of the sixteen bands keep their values, as boilerplate shared by thousands
    would. The journal is left as it is; nothing here reads it.
    """
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        stride = max(_largest(connection, table) for table in _TABLES) + 1
        for n in range(1, times):
            for table in _TABLES:
                connection.execute(_again(connection, table, n, stride, {**altered, **_UNIQUE}))
            connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _largest(connection: sqlite3.Connection, table: str) -> int:
    columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
    largest = f"SELECT max({'id' if 'id' in columns else 'copy_id'}) FROM {table}"  # noqa: S608
    return int(connection.execute(largest).fetchone()[0] or 0)


def _again(
    connection: sqlite3.Connection,
    table: str,
    n: int,
    stride: int,
    altered: Mapping[tuple[str, str], str],
) -> str:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    referring = {
        row[3]
        for row in connection.execute(f"PRAGMA foreign_key_list({table})")
        if row[2] in _TABLES
    }
    shifted = f"{{}} + {n * stride}"
    values = [
        altered[table, name].format(n=n, stride=stride)
        if (table, name) in altered
        else shifted.format(name)
        if name == "id" or name in referring
        else name
        for name in columns
    ]
    within = f"WHERE {'id' if 'id' in columns else 'copy_id'} < {stride}"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) "  # noqa: S608 - the schema's own names
        f"SELECT {', '.join(values)} FROM {table} {within}"
    )
