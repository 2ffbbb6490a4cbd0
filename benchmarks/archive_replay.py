"""Owns how fast captures from elsewhere are replayed, beside what nobody can do without."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

import lxml.html
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.archive_pages import PORTAL, address, page
from pipelines.read import read_page
from schedules.config.config import load_config
from schedules.replay.run import replay_files
from storage.archive import LetterArchive
from storage.clock import fixed_clock

_BEGAN = datetime(2019, 5, 1, 3, 0, tzinfo=UTC)
_NOW = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
PARSED = 2000  # pages, each time
# what a public web archive has of a letter: taken every other month, nearly always the same; each
# (edits, furniture) is a capture, and the same again the very same bytes
MONTHS = ((0, 0), (0, 0), (0, 1), (0, 1), (0, 1), (1, 1), (1, 1), (1, 2), (1, 2), (1, 2))


@dataclass(frozen=True, slots=True)
class Replayed:
    """Captures a second of CPU time by the whole way, and of what is the least: `least` parses the
    WARC file by warcio and reads each page that differs from the one before."""

    captures: int
    versions: int
    sightings: int
    rate: float
    wall: float
    least: float
    parsed: float  # pages lxml alone parses a second
    page_bytes: float


def measure_replay(folder: Path, letters: int, seed: int) -> Replayed:
    """Replays a WARC file of some letters' captures into a new archive."""
    source = folder / "elsewhere.warc.gz"
    source.write_bytes(_warc(letters, seed))
    captures = letters * len(MONTHS)
    config = folder / "fuhan.toml"
    config.write_text('[archive]\npath = "replayed.db"\n', encoding="utf-8")
    LetterArchive.open(folder / "replayed.db").close()  # made once, with a library of its own
    read_page(page(1, seed), address(1), PORTAL, "text/html")
    pages = [page(number, seed) for number in range(1, letters + 1)]
    parsing = _parsing(pages)
    cpu, wall = time.process_time(), time.monotonic()
    report = replay_files(
        load_config(config, {}), [source], [PORTAL], None, clock=fixed_clock(_NOW)
    )
    cpu, wall = time.process_time() - cpu, time.monotonic() - wall
    parsing += _parsing(pages)
    done = report.replayed[PORTAL.name]
    return Replayed(
        captures,
        done.versions,
        done.sightings,
        captures / cpu,
        captures / wall,
        captures / _least(source),
        2 * PARSED / parsing,
        sum(map(len, pages)) / letters,
    )


def _parsing(pages: Sequence[bytes]) -> float:
    """CPU seconds in which lxml parses `PARSED` pages.

    Before and after the replay: other programs on a machine take of its speed, now more, now less.
    """
    began = time.process_time()
    for body in islice(cycle(pages), PARSED):
        lxml.html.document_fromstring(body.decode())
    return time.process_time() - began


def _warc(letters: int, seed: int) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for month, (edits, furniture) in enumerate(MONTHS):
        for number in range(1, letters + 1):
            at = _BEGAN + timedelta(days=60 * month, seconds=number)
            body = page(number, seed, edits=edits, furniture=furniture)
            answer = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            record = writer.create_warc_record(
                address(number),
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=answer,
                warc_headers_dict={"WARC-Date": at.strftime("%Y-%m-%dT%H:%M:%SZ")},
            )
            writer.write_record(record)
    return out.getvalue()


def _least(source: Path) -> float:
    """CPU seconds to unpack every record and read the pages that differ from those before."""
    last: dict[str, bytes] = {}
    began = time.process_time()
    with source.open("rb") as stream:
        for record in ArchiveIterator(stream):
            if record.rec_type != "response":
                continue
            url, body = record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read()
            if last.get(url) != body:
                last[url] = body
                read_page(body, url, PORTAL, "text/html; charset=utf-8")
    return time.process_time() - began
