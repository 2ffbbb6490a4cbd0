"""What a replay remembers of its copies is what the archive would have answered."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from storage.clock import to_text
from storage.records import Outcome
from storage.replay import newest, timeline
from storage.replay.newest import Newest
from storage.replay.timeline import Seen
from tests.archive_story import PORTAL, Page, Story
from tests.test_storage_replaying import OLD, URL, give, wording

DAYS = 14


@pytest.mark.parametrize("in_order", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_replay_answers_as_the_archive_does(tmp_path: Path, seed: int, in_order: bool) -> None:
    chance = random.Random(seed)
    story = Story(tmp_path / "a.db")
    pages: list[Page] = [wording("推进"), wording("完成"), Outcome.GONE]
    days = chance.sample(range(DAYS), DAYS - 4)
    asked = 0
    with story.open() as archive:
        replay, database = archive.replay(PORTAL, "old.warc.gz"), archive._database
        for day in sorted(days) if in_order else days:
            at = OLD + timedelta(days=day)
            give(story, archive, replay, [(URL, at, chance.choice(pages))])
            copy_id = replay.copy_at(URL)
            for other in range(-1, DAYS + 1) if copy_id is not None else ():
                assert copy_id is not None
                when = OLD + timedelta(days=other)
                text = to_text(when)
                assert replay.neighbours(copy_id, when) == timeline.neighbours(
                    database, copy_id, text
                )
                assert replay.is_recorded(copy_id, when) == timeline.is_recorded(
                    database, copy_id, text
                )
                asked += 1
    assert asked


def test_copy_is_remembered_from_its_first_capture_on() -> None:
    known = Newest()
    known.add(1, "2019", Seen("2019", 7, "2019", "d"))
    assert known.around(1, "2020") is None, "a copy from before the replay is not known whole"
    known.begin(1, "a.example/1", "2019")
    known.add(1, "2019", Seen("2019", 7, "2019", "d"))
    found = known.around(1, "2020")
    assert found is not None
    assert found.before == Seen("2019", 7, "2019", "d")
    assert found.after is None
    assert known.around(1, "2019") is None
    assert known.copy_at("a.example/1") == 1


def test_copies_made_first_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newest, "_MOST", 2)
    known = Newest()
    for copy_id in (1, 2, 3):
        known.begin(copy_id, f"a.example/{copy_id}", "2019")
    assert [known.copy_at(f"a.example/{copy_id}") for copy_id in (1, 2, 3)] == [None, 2, 3]
    assert [known.around(copy_id, "2020") is None for copy_id in (1, 2, 3)] == [True, False, False]
