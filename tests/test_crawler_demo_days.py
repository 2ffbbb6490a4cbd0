"""The script of days: what it edits is there, and what it expects is what it does."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.demo.answers import answer
from crawler.demo.days import DAYS, ExpectedEvent, sites_on
from crawler.demo.edits import Delist, Move, Redate, Restore, Reword, Shield, Withdraw
from crawler.demo.letters import DemoLetter
from crawler.demo.placements import Standing
from crawler.demo.site import DemoSite
from storage.records import EventKind, PortalState, Significance

SCIENCE_SITE, ECONOMY_SITE = "lanjiang-science", "lanjiang-economy"


def letter_at(day: int, site: str, key: str) -> DemoLetter:
    """The letter as its newest page of that day prints it."""
    here = sites_on(day)[site]
    return here.placements[here.articles[here.addresses(key)[-1]]].letter


def expected(kind: EventKind, day: int) -> list[ExpectedEvent]:
    return [event for event in DAYS[day - 1].expects if event.kind is kind]


def statuses(site: DemoSite, key: str) -> list[int]:
    return [answer(site, path).status for path in site.addresses(key)]


def is_listed(site: DemoSite, key: str) -> bool:
    return any(p.letter.key == key for column in site.columns for p in site.listed(column))


def test_days_follow_one_another() -> None:
    assert [day.number for day in DAYS] == list(range(1, len(DAYS) + 1))
    assert [day.date for day in DAYS][:3] == [date(2026, 3, day) for day in (2, 3, 4)]
    with pytest.raises(IndexError):
        sites_on(len(DAYS) + 1)


def test_the_first_day_is_a_portal_of_more_than_sixty_letters() -> None:
    events = DAYS[0].expects
    assert len([event for event in events if event.kind is EventKind.NEW]) == 78
    assert len([event for event in events if event.kind is EventKind.COPY_FOUND]) == 1
    assert all(event.baseline for event in events)
    placed = [p.letter for site in sites_on(1).values() for p in site.placements]
    assert len([letter for letter in placed if not letter.is_letter]) == 2


def test_every_expectation_is_about_a_letter_that_stands_there() -> None:
    for day in DAYS:
        for event in day.expects:
            assert letter_at(day.number, event.site, event.key).is_letter, event


def test_on_the_second_day_bytes_differ_and_letters_do_not() -> None:
    assert DAYS[1].expects == ()
    for name, before in sites_on(1).items():
        after = sites_on(2)[name]
        assert list(after.articles) == list(before.articles)
        for path, place in before.articles.items():
            assert after.placements[place].letter == before.placements[place].letter
            assert answer(after, path).body != answer(before, path).body
        for path in before.lists:
            assert answer(after, path).body != answer(before, path).body


def test_every_change_of_a_letter_is_expected_and_every_expected_one_is_made() -> None:
    for day in DAYS[1:]:
        for name, after in sites_on(day.number).items():
            before = {p.letter.key: p.letter for p in sites_on(day.number - 1)[name].placements}
            changed = {
                p.letter.key
                for p in after.placements
                if p.standing is Standing.PRESENT and before.get(p.letter.key, p.letter) != p.letter
            }
            told = {
                event.key
                for event in day.expects
                if event.site == name and event.kind in (EventKind.CHANGED, EventKind.MOVED)
            }
            assert changed == told, (day.number, name)


def test_expected_fields_differ_in_the_letters_readings() -> None:
    for day in DAYS[1:]:
        for event in day.expects:
            if event.kind not in (EventKind.CHANGED, EventKind.MOVED):
                continue
            was = letter_at(day.number - 1, event.site, event.key)
            became = letter_at(day.number, event.site, event.key)
            before, after = (letter.reading("http://host/a.html") for letter in (was, became))
            assert event.fields
            for field in event.fields:
                edited = getattr(before, field) != getattr(after, field)
                assert edited or (field == "attachments" and was.files != became.files), event
            for old, new in event.figures:
                assert before.body.replace(old, new) == after.body
            metadata_only = event.significance is Significance.METADATA
            page_stays = metadata_only or event.fields == ("attachments",)
            assert (before.body == after.body) == page_stays


def test_folding_width_changes_only_punctuation() -> None:
    event = next(e for e in DAYS[2].expects if e.significance is Significance.TYPOGRAPHY)
    before, after = (letter_at(day, event.site, event.key).body for day in (2, 3))
    assert "，" in before and "，" not in after
    assert [c for c in before if c.isalnum()] == [c for c in after if c.isalnum()]


def test_the_backdated_letter_says_a_day_long_past() -> None:
    event = next(event for event in DAYS[2].expects if event.backdated)
    assert letter_at(3, event.site, event.key).date_published < DAYS[0].date
    for fresh in (e for e in expected(EventKind.NEW, 3) if not e.backdated):
        assert letter_at(3, fresh.site, fresh.key).date_published == DAYS[2].date


def test_a_new_letter_stands_on_one_site_and_a_copy_on_both() -> None:
    for event in expected(EventKind.NEW, 3):
        assert not sites_on(2)[event.site].addresses(event.key)
        assert is_listed(sites_on(3)[event.site], event.key)
    (copy,) = expected(EventKind.COPY_FOUND, 3)
    assert letter_at(3, ECONOMY_SITE, copy.key) == letter_at(3, SCIENCE_SITE, copy.key)


def test_withdrawn_letters_are_gone_on_two_days_and_in_no_list() -> None:
    for event in expected(EventKind.WITHDRAWN, 5):
        assert statuses(sites_on(3)[event.site], event.key) == [200]
        for day in (4, 5):
            site = sites_on(day)[event.site]
            (path,) = site.addresses(event.key)
            given = answer(site, path)
            assert given.status in (404, 302) or "不存在" in given.body.decode()
            assert not is_listed(site, event.key)


def test_the_moved_letter_answers_at_its_new_address_only() -> None:
    (moved,) = expected(EventKind.MOVED, 4)
    site = sites_on(4)[moved.site]
    assert statuses(site, moved.key) == [404, 200]
    shown = [p for c in site.columns for p in site.listed(c) if p.letter.key == moved.key]
    assert [site.address(p) for p in shown] == [site.addresses(moved.key)[1]]


def test_what_stumbles_stays_listed_and_heals() -> None:
    for name, key, status in (
        (SCIENCE_SITE, "science-030", 404),
        (ECONOMY_SITE, "economy-003", 500),
    ):
        found = [statuses(sites_on(day)[name], key) for day in (3, 4, 5)]
        assert found == [[200], [status], [200]]
        assert is_listed(sites_on(4)[name], key)


def test_the_delisted_letter_answers_while_older_ones_are_listed() -> None:
    (event,) = expected(EventKind.DELISTED, 5)
    site = sites_on(5)[event.site]
    assert statuses(site, event.key) == [200] and not is_listed(site, event.key)
    placement = site.placements[site.articles[site.addresses(event.key)[0]]]
    column = next(column for column in site.columns if column.path == placement.column)
    assert site.listed(column)[-1].published < placement.published


def test_the_restored_letter_is_the_same_at_the_same_address() -> None:
    (event,) = expected(EventKind.RESTORED, 6)
    assert letter_at(6, event.site, event.key) == letter_at(3, event.site, event.key)
    assert is_listed(sites_on(6)[event.site], event.key)
    assert sites_on(6)[event.site].addresses(event.key) == sites_on(3)[event.site].addresses(
        event.key
    )


def test_one_site_is_blocked_for_one_day() -> None:
    states = [day.state(ECONOMY_SITE) for day in DAYS]
    assert states.count(PortalState.BLOCKED) == 1
    for day in DAYS:
        status = answer(sites_on(day.number)[ECONOMY_SITE], "/").status
        assert (status == 412) == (day.state(ECONOMY_SITE) is PortalState.BLOCKED)
        assert answer(sites_on(day.number)[SCIENCE_SITE], "/").status == 200


def test_every_kind_of_event_occurs() -> None:
    assert {event.kind for day in DAYS for event in day.expects} == set(EventKind)


def test_an_edit_that_finds_nothing_to_do_is_an_error() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    today = DAYS[1].date
    for edit in (
        Reword(SCIENCE_SITE, "science-003", "no such words", "x"),
        Reword(SCIENCE_SITE, "science-999", "2484家", "x"),
        Move(SCIENCE_SITE, "science-016", "，", "x"),
        Restore(SCIENCE_SITE, "science-003"),
    ):
        with pytest.raises(ValueError, match="science-"):
            edit.apply(site, today)


def test_edits_leave_the_site_of_the_day_before_alone() -> None:
    site = sites_on(1)[SCIENCE_SITE]
    placements = site.placements
    for edit in (
        Withdraw(SCIENCE_SITE, "science-003"),
        Delist(SCIENCE_SITE, "science-003"),
        Redate(SCIENCE_SITE, "science-003", date(2025, 1, 1)),
        Shield(SCIENCE_SITE, None),
    ):
        edit.apply(site, DAYS[1].date)
    assert sites_on(1)[SCIENCE_SITE].placements is placements
