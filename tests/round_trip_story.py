"""An archive in which everything happened that an export as WARC has to carry: pages that were
letters, moved, went and came back, pages that never were, files, hands that joined and split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pipelines.compare import compare_letters
from pipelines.read import read_page
from storage.archive import LetterArchive
from storage.attachments.records import FileState, FileVisit
from storage.forget.forgetting import Request
from storage.records import (
    Answer,
    Capture,
    ListColumn,
    Outcome,
    PageVisit,
    Portal,
    ReplyLetter,
    Run,
    Validators,
)
from tests.archive_story import Page, Story
from tests.attachment_site import pdf
from tests.warc_files import HOST, letter_page

KJJ = Portal(
    name="kjj",
    agency="澜江市科学技术局",
    platform="trs",
    lists=(ListColumn(f"http://{HOST}/zwgk/jytabl/"),),
)
RD_HOST = "rd.lanjiang.example"
RD = Portal(
    name="rd",
    agency="澜江市人大常委会",
    platform="generic",
    lists=(ListColumn(f"http://{RD_HOST}/jybl/"),),
)
CONTACT = "（联系人：欧阳慕云；联系电话：0599-64098888）"
REFUSED = {
    Outcome.GONE: (Answer.GONE, 404, "404", "<html><body>404 Not Found</body></html>"),
    Outcome.BLOCKED: (Answer.BLOCKED, 412, "412", "<html><script>check()</script></html>"),
    Outcome.FAILED: (Answer.FAILED, 500, "500", "<html><body>Internal error</body></html>"),
    Outcome.NOT_A_LETTER: (
        Answer.PAGE,
        200,
        "not a letter: too short",
        "<html><body><h1>提案工作动态</h1><p>今日召开提案办理工作会。</p></body></html>",
    ),
}
LINK = '<p>附件：<a href="./P{}.pdf">示范点清单.pdf</a></p><p>感谢'


class Site(Story):
    """A story whose letters are read from pages, visited a second apart; their files are asked for
    as `files` has them."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, KJJ)
        self.pages: dict[str, str] = {}  # what stands at an address beside what it reads as
        self.files: dict[str, bytes | FileState] = {}

    def letter(
        self, number: int, *, places: int = 12, portal: Portal = KJJ, more: str = ""
    ) -> ReplyLetter:
        page = letter_page(number, places=places).replace("<p>感谢", more or "<p>感谢")
        url = f"{portal.lists[0].url}t{number}.html"
        letter = read_page(page.encode(), url, portal, "text/html").letter
        self.pages[repr(letter)] = page
        return letter

    def visit(
        self, archive: LetterArchive, run: int, copy: int, url: str, found: Page, portal: str
    ) -> None:
        self.now += timedelta(seconds=1)
        due_at = self.now + timedelta(hours=22)
        if not isinstance(found, ReplyLetter):
            answer, status, reason, text = REFUSED[Outcome(found)]
            capture = Capture(url, status, HTML, text.encode(), self.now)
            visit = PageVisit(
                run, portal, copy, url, answer, self.now, reason=reason, capture=capture
            )
            archive.save_refusal(visit, Outcome(found), due_at)
            return
        page = self.pages[repr(found)] + self.furniture
        capture = Capture(url, 200, HTML, page.encode(), self.now)
        visit = PageVisit(run, portal, copy, url, Answer.PAGE, self.now, capture=capture)
        known = archive.history(copy)
        kept = known.forget(found) if known.forget else found
        change = compare_letters(known.reading, kept) if known.reading else None
        if known.reading and change is None:
            archive.save_unchanged(visit, due_at)
        else:
            archive.save_letter(visit, found, self.reader, change, due_at)
        if archive.has_files(copy):
            self._ask(archive, Run(run, portal, self.now, full=True), copy)

    furniture = ""

    def _ask(self, archive: LetterArchive, run: Run, copy: int) -> None:
        for due in archive.due_files(run, 50, most=20, copy_id=copy):
            self.now += timedelta(seconds=1)
            served = self.files[due.url.rsplit("/", 1)[1]]
            state = served if isinstance(served, FileState) else FileState.KEPT
            capture = None
            if isinstance(served, bytes):
                headers = (("content-type", "application/pdf"),)
                capture = Capture(due.url, 200, headers, served, self.now)
            archive.save_file(
                FileVisit(
                    run_id=run.id,
                    portal=run.portal,
                    file_id=due.file_id,
                    key=due.key,
                    state=state,
                    observed_at=self.now,
                    status=200 if capture else 404,
                    reason=None if capture else "404",
                    capture=capture,
                    validators=Validators('"1"') if capture else Validators(),
                )
            )


HTML = (("Content-Type", "text/html"),)


def round_trip_story(path: Path) -> Site:
    """Every kind of event and refusal, a join and a split, files, and what was forgotten."""
    site = Site(path)
    site.files = {"P1.pdf": pdf("1"), "P2.pdf": pdf("2")}
    pages: dict[str, Page] = {f"t{n}.html": site.letter(n) for n in range(1, 13)}
    pages["t9.html"] = site.letter(9, more=LINK.format(1))
    pages["t10.html"] = site.letter(10, more=LINK.format(2))
    pages["t11.html"] = site.letter(11, more=f"<p>{CONTACT}</p><p>感谢")
    listed = [*pages, "news.html", "late.html"]
    pages |= {"news.html": Outcome.NOT_A_LETTER, "late.html": Outcome.FAILED}
    site.crawl(pages, listed=listed)
    _on_the_congress_s_portal(site)
    _second_week(site, pages, listed)
    _by_hand(site)
    _third_week(site, pages, listed)
    return site


def _on_the_congress_s_portal(site: Site) -> None:
    other = {f"t{n}.html": site.letter(n, portal=RD) for n in (2, 5, 20)}
    site.crawl(other, portal=RD)


def _second_week(site: Site, pages: dict[str, Page], listed: list[str]) -> None:
    """A quiet edit by moving, a twin, one gone and back, one gone for good, one delisted, a file
    changed and a file gone, an edit, a redesign of the furniture, blocks and faults."""
    del pages["t1.html"]
    listed.remove("t1.html")
    pages |= {"moved.html": site.letter(1, places=15), "twin.html": site.letter(2)}
    listed += ["moved.html", "twin.html"]
    pages["late.html"] = site.letter(13)
    pages["t4.html"] = Outcome.GONE
    pages["t3.html"] = Outcome.GONE
    listed.remove("t4.html")
    site.furniture = "<!-- another year -->"
    _crawl(site, pages, listed, times=2)
    pages["t3.html"] = site.letter(3)
    pages["t6.html"] = site.letter(6, places=99)
    site.files |= {"P1.pdf": pdf("one more"), "P2.pdf": FileState.GONE}
    listed.remove("t8.html")
    pages["t7.html"] = Outcome.BLOCKED
    _crawl(site, pages, listed)
    pages["t7.html"] = site.letter(7)
    _crawl(site, pages, listed)


def _by_hand(site: Site) -> None:
    """Letters 7 and 12 joined, the congress's copy of 5 split off, contacts forgotten."""
    site.now += timedelta(hours=1)
    with site.open() as archive:
        (seventh,) = archive.find_letters(f"http://{HOST}/zwgk/jytabl/t7.html")
        (twelfth,) = archive.find_letters(f"http://{HOST}/zwgk/jytabl/t12.html")
        (fifth,) = archive.find_letters(f"http://{HOST}/zwgk/jytabl/t5.html")
        (eleventh,) = archive.find_letters(f"http://{HOST}/zwgk/jytabl/t11.html")
        archive.join_letters([seventh.id, twelfth.id], note="同一件")
        url = f"http://{RD_HOST}/jybl/t5.html"
        archive.split_letter(fifth.id, archive.copies_at(fifth.id, [url])[url])
        archive.forget(eleventh.id, Request("contacts", note="本人来函"))


def _third_week(site: Site, pages: dict[str, Page], listed: list[str]) -> None:
    """After the hands: an edit of the letter whose contacts are forgotten, one of a page and its
    file, one published late, and a run nobody believed."""
    pages["t11.html"] = site.letter(11, places=77, more=f"<p>{CONTACT}</p><p>感谢")
    pages["t9.html"] = site.letter(9, places=55, more=LINK.format(1))  # with its file, at once
    site.files["P1.pdf"] = pdf("the third")
    pages["t14.html"] = site.letter(14)
    listed.append("t14.html")
    _crawl(site, pages, listed)
    whole = replace(site.portal, min_letters=99)  # every run of it is suspect
    site.crawl(pages | {"t2.html": site.letter(2, places=5)}, listed=listed, portal=whole)
    with site.open() as archive:
        archive.reject_held("kjj")
    _crawl(site, pages, listed)


def _crawl(site: Site, pages: Mapping[str, Page], listed: list[str], *, times: int = 1) -> None:
    for _ in range(times):
        site.crawl(pages, listed=listed)
