"""What `fuhan forget` shows: what would go, and what became of it, as text and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from schedules.terminal import one_line, show, tell, write_json
from schedules.upkeep.forget_plan import Elsewhere, ForgetPlan
from schedules.upkeep.words import (
    FORGET_BACKUP,
    FORGET_CONTACT,
    FORGET_COUNTS,
    FORGET_ELSEWHERE,
    FORGET_FILES_LEFT,
    FORGET_KINDS,
    FORGET_KNOWN,
    FORGET_LATER,
    FORGET_LETTER,
    FORGET_NOTHING,
    FORGET_NOWHERE,
    FORGET_WORD,
    FORGOT,
    GUARDED,
    NOTHING_FORGOTTEN,
)
from schedules.words.language import COMMA, say
from schedules.words.messages import UNTITLED
from storage.forget.forgetting import Forgotten
from storage.json_forms import dump

_MOST_IDS = 20  # of letters that hold a word, too; an office's telephone stands in hundreds


def forget_object(plan: ForgetPlan, reports: Sequence[Forgotten], *, done: bool) -> dict[str, Any]:
    """The object `fuhan forget --json` prints."""
    return {
        "v": 1,
        "letter": plan.record.id,
        "done": done,
        "removed": [
            {
                "kind": report.kind,
                "readings": report.count("readings"),
                "events": report.count("events"),
                "captures": report.count("captures"),
                "files": report.count("attachment_contents"),
                "files_remaining": report.remaining,
            }
            for report in reports
        ],
        "not_found": plan.nowhere,
        "forgotten_before": plan.forgotten_before,
        "also_in": [
            {"word": other.word, "letters": list(other.letters)} for other in plan.elsewhere
        ],
        "backups": [str(path) for path in plan.files],
    }


def show_plan(plan: ForgetPlan) -> None:
    """What would go, of what was asked for, and where it stands besides."""
    title = plan.record.letter.title or say(UNTITLED)
    show(one_line(say(FORGET_LETTER, id=plan.record.id, title=title)))
    for request, report in zip(plan.requests, plan.tried, strict=True):
        show(say(FORGET_KINDS[request.kind]))
        line = FORGET_CONTACT if request.kind == "contacts" else FORGET_WORD
        for word in request.words:
            show("    " + one_line(say(line, word=word)))
        show("    " + _counts(report))
        if report.remaining:
            show("    " + say(FORGET_FILES_LEFT, count=report.remaining))
    for word in plan.nowhere:
        show(one_line(say(FORGET_NOWHERE, word=word)))
    for word in plan.forgotten_before:
        show(one_line(say(FORGET_KNOWN, word=word)))
    for other in plan.elsewhere:
        show(one_line(_elsewhere(other)))
    for path in plan.files:
        show(one_line(say(FORGET_BACKUP, path=path)))


def _elsewhere(other: Elsewhere) -> str:
    shown = [str(number) for number in other.letters[:_MOST_IDS]]
    if len(other.letters) > _MOST_IDS:
        shown.append("…")
    letters = say(COMMA).join(shown)
    return say(FORGET_ELSEWHERE, word=other.word, count=len(other.letters), letters=letters)


def _counts(report: Forgotten) -> str:
    if not any(report.cut.values()):
        return say(FORGET_NOTHING)
    return say(
        FORGET_COUNTS,
        readings=report.count("readings"),
        events=report.count("events"),
        captures=report.count("captures"),
        files=report.count("attachment_contents"),
    )


def show_end(
    plan: ForgetPlan, reports: Sequence[Forgotten], *, done: bool, found: bool, as_json: bool
) -> None:
    """What became of it; `found`: the archive or a backup held something of it."""
    if as_json:
        write_json(dump(forget_object(plan, reports, done=done)))
        return
    if done:
        show(say(FORGOT if found else GUARDED, id=plan.record.id))
        tell(say(FORGET_LATER))
    elif plan.nowhere and not plan.requests:
        named = say(COMMA).join(f"“{word}”" for word in plan.nowhere)
        tell(one_line(say(NOTHING_FORGOTTEN, missing=named)))
