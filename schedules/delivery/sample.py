"""An invented report, to show that a target can be reached and what will come."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from schedules.config.config import ReportSection
from schedules.delivery.contents import Contents
from schedules.reports import build_report
from schedules.words.language import Words, language
from storage.evidence.journal import GENESIS
from storage.records import (
    Event,
    EventKind,
    FieldChange,
    FigureChange,
    LetterRef,
    Significance,
)

_AGENCY = Words("澜江市科学技术局（虚构）", "澜江市科学技术局 (invented)")
_URL = "https://kjj.example.org/zwgk/jytabl/t20260504_{number}.html"
_BEFORE, _AFTER = "全市现有科技型企业2484家。", "全市现有科技型企业2648家。"


def sample_contents(section: ReportSection, now: datetime) -> Contents:
    """A small report of two invented events under a report's name, marked as a test."""
    spoken = section.language or language()
    report = build_report(
        [_changed(now), _withdrawn(now)],
        [],
        since=now - timedelta(days=1),
        until=now,
        journal_head=(0, GENESIS),
        name=section.name,
        agencies={"example-kjj": _AGENCY.zh if spoken == "zh" else _AGENCY.en},
    )
    return Contents(replace(report, test=True), spoken, f"{section.name}-test")


def _changed(now: datetime) -> Event:
    return _event(
        1,
        EventKind.CHANGED,
        "关于市政协六届三次会议第0412号提案的复函",
        now,
        significance=Significance.SUBSTANCE,
        fields=(FieldChange("body", _BEFORE, _AFTER),),
        figures=(FigureChange("2484家", "2648家"),),
        diff=(("=", "全市现有科技型企业"), ("-", "2484"), ("+", "2648"), ("=", "家。")),
    )


def _withdrawn(now: datetime) -> Event:
    title = "关于市六届人大五次会议第0077号建议的复函"
    # as the archive tells it: gone at two visits a day apart, and there at the one before
    seen, first, second = (f"{now - timedelta(days=ago):%Y-%m-%d}" for ago in (3, 2, 1))
    reason = f"404 on {first} and {second}; last seen on {seen}"
    return _event(2, EventKind.WITHDRAWN, title, now, scope="letter", reason=reason)


def _event(number: int, kind: EventKind, title: str, now: datetime, **values: object) -> Event:
    url = _URL.format(number=number)
    plain: dict[str, object] = {
        "significance": None,
        "version": number,
        "fields": (),
        "figures": (),
        "diff": (),
        "scope": None,
        "reason": None,
        "from_url": None,
        "baseline": False,
        "backdated": False,
    }
    return Event(
        cursor=number,
        kind=kind,
        observed_at=now - timedelta(hours=number),
        portal="example-kjj",
        url=url,
        letter=LetterRef(number, title, None, url),
        **(plain | values),  # type: ignore[arg-type]
    )
