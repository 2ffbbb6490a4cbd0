"""`fuhan crawl --dry-run`: what a crawl would ask for and why; nothing is asked or written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from crawler.budget import Budget
from crawler.revisit import is_full_walk_due
from schedules.cli.invocation import Invocation
from schedules.runs.due import due_portals
from schedules.runs.words import (
    DRY_RUN_COUNT,
    DRY_RUN_FULL_LIST,
    DRY_RUN_HEAD,
    DRY_RUN_LIST,
    DRY_RUN_PAGE,
    DRY_RUN_POSTPONED,
    DRY_RUN_WHY,
    NOTHING_DUE,
)
from schedules.terminal import beijing_text, show
from schedules.words.attachments import DRY_RUN_FILES
from schedules.words.language import say
from storage.archive import LetterArchive
from storage.records import DuePage, Portal


def show_plan(
    invocation: Invocation, portals: Sequence[Portal], *, full: bool, due_only: bool
) -> int:
    """Prints the plan of each portal, from the archive as it stands; the exit code is 0."""
    now = invocation.clock()
    if not invocation.config.archive.exists():
        for portal in portals:
            _show_lists(invocation, portal, [True] * len(portal.lists))
        return 0
    with LetterArchive.open_to_read(invocation.config.archive, clock=invocation.clock) as archive:
        if due_only:
            portals = due_portals(
                portals,
                now,
                last_run=archive.last_run_at,
                blocked_until=archive.blocked_until,
            )
        for portal in portals:
            _show_portal(invocation, archive, portal, now, full=full)
    if not portals:
        show(say(NOTHING_DUE))
    return 0


def _show_portal(
    invocation: Invocation, archive: LetterArchive, portal: Portal, now: datetime, *, full: bool
) -> None:
    walked = [archive.last_complete_walk(portal.name, column.url) for column in portal.lists]
    to_the_end = full or any(is_full_walk_due(instant, now) for instant in walked)
    _show_lists(invocation, portal, [to_the_end] * len(portal.lists))
    due = list(archive.planned_pages(portal.name, full=full))
    budget = Budget(portal.budget, archive.count_pages(portal.name), full=full)
    for _ in portal.lists:  # at least the first page of each
        budget.list_asked()
    asked = budget.admit(due)
    (status,) = archive.status([portal])
    show(say(DRY_RUN_COUNT, asked=len(asked), due=len(due), letters=status.letters))
    for page in asked:
        _show_page(invocation, page)
    _show_files(archive, portal, asked)
    if len(asked) < len(due):
        show(say(DRY_RUN_POSTPONED, count=len(due) - len(asked)))


def _show_files(archive: LetterArchive, portal: Portal, pages: Sequence[DuePage]) -> None:
    """The files known to be linked from these pages; new pages may link to more."""
    limits = portal.attachments
    if count := archive.planned_files((page.copy_id for page in pages), limits.most):
        show(say(DRY_RUN_FILES, count=count, most=limits.most, bytes=limits.most_bytes))


def _show_lists(invocation: Invocation, portal: Portal, to_the_end: Sequence[bool]) -> None:
    show(say(DRY_RUN_HEAD, portal=portal.name, delay=f"{portal.delay:g}"))
    for column, whole in zip(portal.lists, to_the_end, strict=True):
        words = DRY_RUN_FULL_LIST if whole else DRY_RUN_LIST
        show(say(words, url=invocation.shown(column.url)))
    for url in portal.pages:
        show(say(DRY_RUN_PAGE, url=invocation.shown(url)))


def _show_page(invocation: Invocation, page: DuePage) -> None:
    visited = page.last_visited
    show(
        say(
            DRY_RUN_WHY[page.why.value],
            url=invocation.shown(page.url),
            since=beijing_text(page.due_at),
            visited=beijing_text(visited) if visited else "",
        )
    )
