"""A portal's profile over several runs: learnt between them, and never a change of the record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.revisit import revisit_policy
from pipelines.compare import compare_letters
from pipelines.stages import LetterStage
from schedules.runs.learning import learn_profiles
from storage.archive import LetterArchive
from storage.policies import Confirmation
from storage.records import (
    Answer,
    Capture,
    DuePage,
    ListColumn,
    ListedLink,
    ListWalk,
    Outcome,
    PageVisit,
    Portal,
    Run,
    RunSummary,
    SiteProfile,
)
from storage.session import CrawlSession
from tests.loopback import Desk, Site, serving
from tests.profile_site import Letter, frame, letter, paragraphs, plain, redesigned

COLUMN = ListColumn("http://a.example/jyta/")
PORTAL = Portal("a", "青岚市民生事务局", "generic", lists=(COLUMN,))
# A letter without the signature that would tell where it ends.
UNSIGNED = letter(90, 6)[:-2]


class Quiet:
    def run_began(self, run: Run) -> None: ...

    def pages_ahead(self, portal: str, count: int) -> None: ...

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None: ...

    def run_settled(self, summary: RunSummary) -> None: ...


@dataclass
class Diary:
    """An archive whose portal is crawled day by day, every page read as crawls read it."""

    path: Path
    now: datetime = datetime(2026, 3, 1, 22, 20, tzinfo=UTC)
    not_modified: bool = False  # the server answers 304 where it can
    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def crawl(self, pages: Mapping[str, str]) -> RunSummary:
        self.now += timedelta(days=40)
        with LetterArchive.open(self.path, clock=lambda: self.now) as archive:
            session = CrawlSession(
                archive=archive,
                portals=(PORTAL,),
                clock=lambda: self.now,
                compare=compare_letters,
                next_due=revisit_policy(Confirmation()),
                watcher=Quiet(),
                full=True,
                profiles=learn_profiles(archive, [PORTAL]),
            )
            stage = LetterStage.from_crawler(SimpleNamespace(settings={"FUHAN_SESSION": session}))
            run = archive.begin_run(PORTAL, full=True)
            archive.save_listing(run, COLUMN, [ListedLink(COLUMN.url + path) for path in pages])
            archive.end_walk(run, ListWalk(complete=True))
            while due := archive.due_pages(run):
                for page in due:
                    stage.process_item(self._visit(run, page, pages))
            return session.settle(run, ListWalk(complete=True))

    def _visit(self, run: Run, page: DuePage, pages: Mapping[str, str]) -> PageVisit:
        if self.not_modified and page.known:
            answer, capture = Answer.NOT_MODIFIED, None
        else:
            body = pages[page.url.removeprefix(COLUMN.url)].encode()
            answer, capture = Answer.PAGE, Capture(page.url, 200, (), body, self.now)
        return PageVisit(run.id, "a", page.copy_id, page.url, answer, self.now, None, capture)

    def profile(self) -> SiteProfile | None:
        with LetterArchive.open_to_read(self.path) as archive:
            return archive.profile("a")

    def events(self) -> list[str]:
        with LetterArchive.open_to_read(self.path) as archive:
            return [event.kind.value for event in archive.changes()]

    def bodies(self) -> dict[str, str]:
        with LetterArchive.open_to_read(self.path) as archive:
            return {
                record.urls[0].rsplit("/", 1)[1]: record.letter.body for record in archive.letters()
            }

    def rereads(self, after: int) -> int:
        """How many letters were read better since a cursor."""
        with LetterArchive.open_to_read(self.path) as archive:
            return sum(line["reason"] == "reread" for line in archive.export(after))


def discussed(number: int, lines: Letter) -> str:
    """A template with what readers say beside the letter, where they have said anything."""
    said = "<div class=cm><p>社区居民都盼着早日开工，也谢谢有关部门的同志。</p></div>"
    article = (
        f'<div class="w"><div class="art">{paragraphs(lines)}</div>{said * (number > 80)}</div>'
    )
    return frame(number, article)


def site(count: int = 6) -> dict[str, str]:
    return {f"{n}.html": discussed(n, letter(n, 4 + n % 3)) for n in range(1, count + 1)}


@pytest.fixture
def diary(tmp_path: Path) -> Diary:
    return Diary(tmp_path / "a.db")


@pytest.mark.parametrize("not_modified", [False, True])
def test_learning_is_no_event_and_reads_better_what_was_read_first(
    diary: Diary, not_modified: bool
) -> None:
    pages = site() | {"91.html": discussed(91, UNSIGNED)}
    first = diary.crawl(pages)
    assert (diary.profile(), diary.events()) == (None, ["new"] * 7)
    assert diary.bodies()["91.html"].endswith("同志。")  # by the general rules
    diary.not_modified = not_modified
    second = diary.crawl(pages)
    assert diary.profile() == SiteProfile(("div.w > div.art",), 7)
    assert (second.events, second.held, len(diary.events())) == ({}, 0, 7)
    assert diary.bodies()["91.html"] == "\n".join(UNSIGNED)
    assert diary.rereads(after=7) == 1
    assert first.outcomes[Outcome.NEW] == second.outcomes[Outcome.UNCHANGED] == 7


def test_what_stands_beside_a_known_container_changes_nothing(diary: Diary) -> None:
    pages = site() | {"91.html": discussed(91, UNSIGNED)}
    diary.crawl(pages)
    said = pages["91.html"].replace("早日开工", "明年春天以前开工，越早越好")
    diary.crawl(pages | {"91.html": said})
    assert diary.events() == ["new"] * 7
    edited = pages["91.html"].replace("已完成", "已经完成")
    diary.crawl(pages | {"91.html": edited})
    assert diary.events() == ["new"] * 7 + ["changed"]


def test_profile_stays_while_it_fits(diary: Diary) -> None:
    for _ in range(3):
        diary.crawl(site())
    assert diary.profile() == SiteProfile(("div.w > div.art",), 6)
    diary.crawl(site(11))
    assert diary.profile() == SiteProfile(("div.w > div.art",), 6)
    assert diary.events() == ["new"] * 11
    assert diary.rereads(after=6) == 0


def test_nothing_is_read_for_a_portal_without_new_captures(
    diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    diary.crawl(site())
    diary.crawl(site())
    monkeypatch.setattr("pipelines.page.article.learning.learn_profile", pytest.fail)
    monkeypatch.setattr("pipelines.read.read_page", pytest.fail)
    diary.crawl(site())


def test_redesign_is_learnt_from_its_pages_and_is_no_event(diary: Diary) -> None:
    diary.crawl(site())
    diary.crawl(site())
    new_look = {f"{n}.html": redesigned(n, letter(n, 4 + n % 3)) for n in range(1, 7)}
    new_look |= {f"{n}.html": redesigned(n, letter(n)) for n in (21, 22, 23)}
    diary.crawl(new_look)
    assert diary.events() == ["new"] * 9
    diary.crawl(new_look)
    profile = diary.profile()
    assert profile is not None
    assert set(profile.containers) == {"div.w > div.art", "section#page > article.words"}
    assert diary.events() == ["new"] * 9
    assert diary.rereads(after=6) == 0


def test_letter_too_short_for_the_general_rules_is_found_once_the_site_is_known(
    diary: Diary,
) -> None:
    prose = "<p>青岚市位于东部沿海，是历史文化名城，欢迎各位来访、指导，服务热线全天开通。</p>" * 3

    def page(number: int, lines: Letter) -> str:
        return plain(number, lines).replace('<div class="foot">', f'{prose}<div class="foot">')

    short = ["已办结。"]
    pages = {f"{n}.html": page(n, letter(n)) for n in range(1, 6)} | {"9.html": page(9, short)}
    diary.crawl(pages)
    assert diary.bodies().get("9.html") != short[0]
    diary.crawl(pages)
    assert diary.bodies()["9.html"] == short[0]
    assert diary.events() == ["new"] * len(diary.events())


def test_clean_reads_with_what_the_archive_learnt(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "odd.html").write_text(discussed(91, UNSIGNED), encoding="utf-8")
    pages = {f"/jyta/t{n}.html": discussed(n, letter(n)) for n in range(1, 5)}
    links = "".join(
        f'<li><a href="{path}">关于市政协六届二次会议第{n:04d}号提案的复函</a>'
        "<span>2026-02-01</span></li>"
        for n, path in enumerate(pages)
    )
    pages["/jyta/"] = f"<html><body><ul class=list>{links}</ul></body></html>"
    desk.write_config()
    with serving(Site(dict(pages))) as served:
        desk.write_portal(
            "test-a",
            'agency = "青岚市民生事务局"\nplatform = "generic"\n'
            f'lists = [{{ url = "{served.url}/jyta/" }}]\n',
        )

        def body(*options: str) -> str:
            done = desk.fuhan("clean", "odd.html", "--json", *options)
            return str(json.loads(done.stdout)["body"])

        general = body("--portal", "test-a")
        assert general.endswith("同志。")
        assert not (tmp_path / "fuhan.db").exists()
        desk.fuhan("crawl", now="2026-05-03T06:20:00+08:00")
        desk.fuhan("crawl", now="2026-05-04T06:20:00+08:00")
        assert len(desk.lines("changes", "--json")) == 4
    archive = (tmp_path / "fuhan.db").read_bytes()
    assert body("--portal", "test-a") == "\n".join(UNSIGNED)
    assert body() == general
    assert (tmp_path / "fuhan.db").read_bytes() == archive
