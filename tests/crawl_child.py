"""Runs one crawl in a process of its own: a reactor starts only once. Told what to do on stdin."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from crawler.process import run_crawl
from crawler.revisit import revisit_policy
from storage.archive import LetterArchive
from storage.clock import fixed_clock
from storage.policies import Confirmation
from storage.records import (
    Answer,
    Change,
    ListColumn,
    Outcome,
    PageVisit,
    Portal,
    ReplyLetter,
    Run,
    RunSummary,
    Significance,
)
from storage.session import CrawlSession

_REFUSED = {
    Answer.GONE: Outcome.GONE,
    Answer.BLOCKED: Outcome.BLOCKED,
    Answer.FAILED: Outcome.FAILED,
}


class Recorder:
    """Writes one JSON line for whatever the crawl tells."""

    def run_began(self, run: Run) -> None:
        _tell(began=run.portal)

    def pages_ahead(self, portal: str, count: int) -> None:
        _tell(portal=portal, ahead=count)

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None:
        _tell(portal=portal, url=url, outcome=outcome, reason=reason)

    def run_settled(self, summary: RunSummary) -> None:
        _tell(
            settled=summary.portal,
            state=summary.state,
            reason=summary.reason,
            listed=summary.listed,
            disallowed=summary.disallowed,
        )


class SimpleStage:
    """Reads the test sites' letters by their mark-up; a page with 收悉 is a letter."""

    def __init__(self, session: CrawlSession) -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Any) -> SimpleStage:
        return cls(crawler.settings["FUHAN_SESSION"])

    def process_item(self, item: PageVisit) -> PageVisit:
        if "break-the-stage" in item.url:
            raise RuntimeError("a stage broke")
        archive, clock = self._session.archive, self._session.clock
        history = archive.history(item.copy_id)
        outcome = _REFUSED.get(item.answer, Outcome.UNCHANGED)
        change = None
        letter = _read(item.capture.body) if item.capture else None
        if outcome is Outcome.UNCHANGED and letter is not None:
            if not letter.is_letter:
                outcome = Outcome.NOT_A_LETTER
            elif history.reading is None:
                outcome = Outcome.NEW
            elif history.reading.body != letter.body:
                outcome, change = Outcome.CHANGED, Change(Significance.SUBSTANCE, ())
        due_at = self._session.next_due(history, outcome, clock())
        if outcome is Outcome.UNCHANGED:
            archive.save_unchanged(item, due_at)
        elif outcome in (Outcome.NEW, Outcome.CHANGED) and letter is not None:
            archive.save_letter(item, letter, "test", change, due_at)
        else:
            archive.save_refusal(item, outcome, due_at)
        self._session.watcher.page_saved(item.portal, item.url, outcome, item.reason)
        return item


def _read(body: bytes) -> ReplyLetter:
    text = body.decode("utf-8", "replace")
    title = re.search("<title>(.*?)</title>", text)
    paragraphs = "\n".join(re.findall("<p>(.*?)</p>", text))
    return ReplyLetter(
        title=title[1] if title else None,
        document_number=f"青民函〔2024〕{title[1]}" if title else None,
        body=paragraphs,
        is_letter="收悉" in paragraphs,
        refusal=None if "收悉" in paragraphs else "not a letter",
    )


def _portal(fields: dict[str, Any]) -> Portal:
    lists = tuple(ListColumn(url, "proposal") for url in fields.pop("lists", ()))
    pages = tuple(fields.pop("pages", ()))
    return Portal(agency="青岚市民生事务局", lists=lists, pages=pages, **fields)


def _compare(before: ReplyLetter, after: ReplyLetter) -> Change | None:
    return None if before.body == after.body else Change(Significance.SUBSTANCE, ())


def _tell(**line: object) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def main() -> None:
    logging.basicConfig(level=logging.WARNING)
    order = json.load(sys.stdin)
    clock = fixed_clock(datetime.fromisoformat(order["now"]))
    with LetterArchive.open(Path(order["archive"]), clock=clock) as archive:
        session = CrawlSession(
            archive=archive,
            portals=tuple(_portal(fields) for fields in order["portals"]),
            clock=clock,
            compare=_compare,
            next_due=revisit_policy(Confirmation()),
            watcher=Recorder(),
            full=order.get("full", False),
            contact="mailto:crawl@example.org",
        )
        run_crawl(session, (SimpleStage,), total_time=order.get("total_time", 1.5))


if __name__ == "__main__":
    main()
