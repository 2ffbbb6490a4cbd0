"""The script of days: what the offices do to their sites, and what a watcher must make of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Literal

from crawler.demo.agencies import SCIENCE
from crawler.demo.baseline import FIRST_DAY, baseline_sites
from crawler.demo.edits import (
    Delist,
    Edit,
    FoldWidth,
    Move,
    Publish,
    Recategorise,
    Redate,
    Refurnish,
    ReplaceFile,
    Restore,
    Reword,
    SaveAgain,
    Shield,
    Stumble,
    Withdraw,
)
from crawler.demo.invent import invent_letter
from crawler.demo.placements import Standing
from crawler.demo.refusals import Firewall
from crawler.demo.site import DemoSite
from storage.records import EventKind, PortalState, Significance

# The two portals; one letter each, because every line of the script names one.
S, E = "lanjiang-science", "lanjiang-economy"


@dataclass(frozen=True, slots=True)
class ExpectedEvent:
    """An event a watcher must publish after a day's crawl, of which only what is given counts.

    `fields` must be among the changed fields; `figures` are all the figures that changed.
    """

    kind: EventKind
    site: str
    key: str
    significance: Significance | None = None
    fields: tuple[str, ...] = ()
    figures: tuple[tuple[str, str], ...] = ()
    baseline: bool = False
    backdated: bool = False
    scope: Literal["copy", "letter"] | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the story: what is done in its morning, and what a full crawl must then tell."""

    number: int  # from 1
    title_zh: str
    title_en: str
    edits: tuple[Edit, ...]
    expects: tuple[ExpectedEvent, ...] = ()
    blocked: tuple[str, ...] = ()  # sites whose portal is `blocked` after the crawl

    @property
    def date(self) -> date:
        """The day's date, in China."""
        return FIRST_DAY + timedelta(days=self.number - 1)

    def state(self, site: str) -> PortalState:
        """The state of a site's portal after the day's crawl."""
        return PortalState.BLOCKED if site in self.blocked else PortalState.OK


def _edited(
    site: str, key: str, *fields: str, figures: tuple[tuple[str, str], ...] = ()
) -> ExpectedEvent:
    return ExpectedEvent(
        EventKind.CHANGED, site, key, Significance.SUBSTANCE, fields=fields, figures=figures
    )


def _withdrawn(site: str, key: str) -> ExpectedEvent:
    return ExpectedEvent(EventKind.WITHDRAWN, site, key, scope="letter")


def _published(site: str, serial: int, published: date, year: int | None = None) -> Publish:
    """A letter of the science bureau that no list showed before."""
    letter = invent_letter(serial, agency=SCIENCE, year=year)
    if letter.date_published != published:
        letter = replace(letter, date_published=published, date_written=published)
    return Publish(site, letter, published)


def _baseline_events() -> tuple[ExpectedEvent, ...]:
    """One `new` for every letter, one `copy-found` for every other address a list shows."""
    events: list[ExpectedEvent] = []
    for site in baseline_sites().values():
        for placement in site.placements:
            key = placement.letter.key
            if placement.letter.is_letter:
                events.append(ExpectedEvent(EventKind.NEW, site.name, key, baseline=True))
            if placement.twin_listed:
                events.append(ExpectedEvent(EventKind.COPY_FOUND, site.name, key, baseline=True))
    return tuple(events)


_THIRD = FIRST_DAY + timedelta(days=2)
_BACKDATED = invent_letter(54, agency=SCIENCE).date_published
_COPIED = invent_letter(20, agency=SCIENCE)

DAYS: tuple[Day, ...] = (
    Day(
        number=1,
        title_zh="首次采集",
        title_en="The first crawl: two portals, every letter is new",
        edits=(),
        expects=_baseline_events(),
    ),
    Day(
        number=2,
        title_zh="只有页面附属内容变化",
        title_en="Counters, dates, banners and mark-up change; no letter does",
        edits=(Refurnish(S), SaveAgain(S), Refurnish(E), SaveAgain(E)),
    ),
    Day(
        number=3,
        title_zh="修改、新增、补发、转载",
        title_en="Six letters are edited, two published, one backdated, one copied elsewhere",
        edits=(
            Reword(S, "science-003", "2484家", "2648家"),
            Reword(S, "science-010", "将于2024年6月底前建成", "将适时推进建设"),
            Redate(S, "science-014", date(2024, 3, 24)),
            Recategorise(S, "science-025", "卫生健康"),
            FoldWidth(S, "science-012"),
            Reword(E, "economy-005", "1260户", "1620户"),
            _published(S, 51, _THIRD, year=2026),
            _published(S, 53, _THIRD, year=2026),
            _published(S, 54, _BACKDATED),
            Publish(E, _COPIED, _THIRD),
            Refurnish(E),
        ),
        expects=(
            _edited(S, "science-003", "body", figures=(("2484家", "2648家"),)),
            _edited(S, "science-010", "body"),
            _edited(S, "science-014", "body", "date_signed"),
            ExpectedEvent(
                EventKind.CHANGED,
                S,
                "science-025",
                Significance.METADATA,
                fields=("subject_category",),
            ),
            ExpectedEvent(
                EventKind.CHANGED, S, "science-012", Significance.TYPOGRAPHY, fields=("body",)
            ),
            _edited(E, "economy-005", "body", figures=(("1260户", "1620户"),)),
            ExpectedEvent(EventKind.NEW, S, "science-051"),
            ExpectedEvent(EventKind.NEW, S, "science-053"),
            ExpectedEvent(EventKind.NEW, S, "science-054", backdated=True),
            ExpectedEvent(EventKind.COPY_FOUND, E, "science-020"),
        ),
    ),
    Day(
        number=4,
        title_zh="三件消失，一件换址并改数，两处短暂出错",
        title_en="Three letters vanish, one moves with a figure changed, two addresses stumble",
        edits=(
            Withdraw(S, "science-007"),
            Withdraw(S, "science-033", Standing.HOME),
            Withdraw(E, "economy-011"),
            Move(S, "science-016", "186个", "168个"),
            Stumble(S, "science-030", Standing.NOT_FOUND),
            Stumble(E, "economy-003", Standing.BROKEN),
            Refurnish(E),
        ),
        expects=(
            ExpectedEvent(
                EventKind.MOVED,
                S,
                "science-016",
                Significance.SUBSTANCE,
                fields=("body",),
                figures=(("186个", "168个"),),
            ),
        ),
    ),
    Day(
        number=5,
        title_zh="撤下得到确认，一件从目录中移除",
        title_en="The absences are confirmed, the stumbles heal, one letter leaves its list",
        edits=(
            Stumble(S, "science-030", Standing.PRESENT),
            Stumble(E, "economy-003", Standing.PRESENT),
            Delist(S, "science-040"),
            Refurnish(E),
        ),
        expects=(
            _withdrawn(S, "science-007"),
            _withdrawn(S, "science-033"),
            _withdrawn(E, "economy-011"),
            ExpectedEvent(EventKind.DELISTED, S, "science-040"),
        ),
    ),
    Day(
        number=6,
        title_zh="一件恢复，一件的附件被换成另一份",
        title_en="A withdrawn letter is back, and behind one link there is another file",
        edits=(
            Restore(E, "economy-011"),
            ReplaceFile(S, "science-attachment", "关于第0613号提案的复函（修订）"),
            Refurnish(E),
        ),
        expects=(
            ExpectedEvent(EventKind.RESTORED, E, "economy-011"),
            _edited(S, "science-attachment", "attachments"),
        ),
    ),
    Day(
        number=7,
        title_zh="防火墙拦截",
        title_en="A firewall stands before one portal: blocked is not gone",
        edits=(Shield(E, Firewall.SCRIPT), Refurnish(E)),
        blocked=(E,),
    ),
    Day(
        number=8,
        title_zh="恢复正常",
        title_en="The firewall is gone, and nothing was lost",
        edits=(Shield(E, None), Refurnish(E)),
    ),
)


@cache
def sites_on(number: int) -> dict[str, DemoSite]:
    """The sites after the edits of that day and all before it, by the name of their portals.

    `number` counts from 1; raises IndexError where the script has no such day.
    """
    if number == 1:
        return baseline_sites()
    day = DAYS[number - 1]
    sites = dict(sites_on(number - 1))
    for edit in day.edits:
        sites[edit.site] = edit.apply(sites[edit.site], day.date)
    return sites
