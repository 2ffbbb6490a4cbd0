"""Revisits whose capture another file brought: an archive that grows file by file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.test_schedules_replaying import Desk, days
from tests.warc_files import OLD, Shot, letter_page, letter_url, shot, warc

ID = "<urn:uuid:6a2a1c1e-58a5-4d6f-8a55-3f4a2b0b7d01>"
IDENTICAL = "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest"
PAYLOAD = hashlib.sha1(letter_page(1).encode(), usedforsecurity=False).hexdigest()
AGAIN = days(30)[0]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "desk")


def revisit(fields: Mapping[str, str]) -> Shot:
    return Shot(letter_url(1), AGAIN, kind="revisit", fields={"WARC-Profile": IDENTICAL, **fields})


@pytest.mark.parametrize(
    "fields",
    [
        # warcio, Heritrix 3, browsertrix
        {
            "WARC-Refers-To-Target-URI": letter_url(1),
            "WARC-Refers-To-Date": OLD.strftime("%Y-%m-%dT%H:%M:%SZ"),
        },
        {"WARC-Refers-To": ID},  # wget --warc-dedup
        {"WARC-Payload-Digest": f"sha1:{PAYLOAD}"},  # WARC 1.0
    ],
    ids=["address and date", "record id", "digest alone"],
)
def test_revisit_finds_what_an_earlier_file_brought(desk: Desk, fields: dict[str, str]) -> None:
    first = Shot(letter_url(1), OLD, letter_page(1), fields={"WARC-Record-ID": ID})
    desk.replay(desk.keep("a.warc.gz", warc([first])))
    (portal,) = desk.replay(desk.keep("b.warc.gz", warc([revisit(fields)])))["portals"]
    assert (portal["versions"], portal["sightings"], portal["of_no_use"]) == (0, 1, {})
    (letter,) = desk.lines("letters", "--json")
    assert letter["last_seen"][:10] == f"{AGAIN:%Y-%m-%d}"


def test_revisit_of_the_text_before_the_last_brings_it_back(desk: Desk) -> None:
    story = [shot(1, OLD), shot(1, days(10)[0], places=15)]
    desk.replay(desk.keep("a.warc.gz", warc(story)))
    fields = {
        "WARC-Refers-To-Target-URI": letter_url(1),
        "WARC-Refers-To-Date": OLD.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    desk.replay(desk.keep("b.warc.gz", warc([revisit(fields)])))
    ((_, versions),) = desk.shown()
    assert versions == [("2019-05-01", 12), ("2019-05-11", 15), ("2019-05-31", 12)]
    desk.run("verify")


@pytest.mark.parametrize(
    "fields",
    [
        {"WARC-Refers-To": "<urn:uuid:00000000-0000-0000-0000-000000000000>"},
        {"WARC-Payload-Digest": f"sha1:{'0' * 40}"},
        {
            "WARC-Refers-To-Target-URI": letter_url(1),
            "WARC-Refers-To-Date": "2019-04-30T00:00:00Z",
        },
    ],
)
def test_revisit_of_what_never_came_says_nothing(desk: Desk, fields: dict[str, str]) -> None:
    desk.replay(desk.keep("a.warc.gz", warc([shot(1, OLD)])))
    (portal,) = desk.replay(desk.keep("b.warc.gz", warc([revisit(fields)])))["portals"]
    assert (portal["sightings"], portal["of_no_use"]) == (0, {"revisit without capture": 1})
    (letter,) = desk.lines("letters", "--json")
    assert letter["last_seen"][:10] == "2019-05-01"
