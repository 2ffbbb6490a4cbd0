"""`fuhan verify`: whether the archive still holds what was recorded."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import click

from schedules.cli.invocation import Invocation
from schedules.runs.progress import counting
from schedules.terminal import one_line, show, tell, write_json
from schedules.upkeep.words import FORGOTTEN_COUNT
from schedules.words.faults import column_names, fault_detail
from schedules.words.language import COLON, say
from schedules.words.record import (
    BAD_HEAD,
    FAULT_CURSOR,
    FAULT_ENTRY,
    FAULT_OF_LETTER,
    FAULT_VERSION,
    FAULTS,
    HEAD,
    PLACED,
    SOUND,
    SOUND_QUICK,
    TABLES,
    UNSOUND,
    VERIFYING,
    WHAT_TO_DO,
)
from storage.evidence.faults import Fault, FaultKind, Findings, Head
from storage.evidence.json_form import verify_object
from storage.json_forms import dump

ARCHIVE_DAMAGED = 4

# 1520:9f3a…: the number of the journal's last entry and its SHA-256
_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")


class JournalHead(click.ParamType[Head]):
    """A head of the journal as reports print it."""

    name = "head"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        """The number and the hash; a usage error where they are none."""
        if isinstance(value, Head):
            return value
        found = _HEAD.fullmatch(str(value).strip().lower())
        if not found or not found[1].isascii():
            raise click.UsageError(say(BAD_HEAD, value=value), ctx)
        return Head(int(found[1]), found[2])


@click.command("verify")
@click.option("--quick", is_flag=True)
@click.option("--head", "heads", type=JournalHead(), multiple=True, metavar="SEQ:HASH")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def verify(invocation: Invocation, quick: bool, heads: tuple[Head, ...], as_json: bool) -> int:
    """Recomputes the journal and reads every capture; the exit code is 4 where damage shows."""
    with (
        invocation.open_archive() as archive,
        counting(say(VERIFYING), archive.captures_to_read(quick=quick)) as watch,
    ):
        findings = archive.verify(quick=quick, heads=heads, watch=watch)
    if as_json:
        write_json(dump(verify_object(findings, quick=quick)))
    else:
        show_findings(findings, quick=quick, advised=invocation.advised)
    return 0 if findings.sound else ARCHIVE_DAMAGED


def show_findings(findings: Findings, *, quick: bool, advised: Callable[[str], str] = str) -> None:
    """What was checked and the head to note down; or each fault, and what to do.

    `advised` gives a sentence with commands as they are to be typed.
    """
    if findings.sound:
        checked = findings.checked
        counts = {name: checked[name] for name in ("versions", "readings", "events", "decisions")}
        counts |= {"captures": checked["captures read"], "files": checked["files read"]}
        show(say(SOUND_QUICK if quick else SOUND, entries=checked["journal"], **counts))
    else:
        show(say(UNSOUND, count=len(findings.faults)))
        for fault in findings.faults:
            show(fault_line(fault))
        tell(say(WHAT_TO_DO))
    if forgotten := findings.checked["forgotten"]:
        show(say(FORGOTTEN_COUNT, count=forgotten))
    if findings.sound:  # the head of a damaged journal is none to go by
        show(advised(say(HEAD, seq=findings.head.seq, hash=findings.head.hash)))


def fault_line(fault: Fault) -> str:
    """`版本 12（复函 3 · 第 2 版 · http://… · 记录簿第 40 条）：记录之后被改动：content`."""
    detail = fault_detail(fault.detail)
    columns = column_names(fault.columns) or detail
    is_table = fault.kind is FaultKind.FILE and fault.table is not None
    what = say(FAULTS["unread" if is_table else fault.kind.value], detail=detail, columns=columns)
    place = _place(fault.table, fault.row)
    about = [
        say(FAULT_OF_LETTER, letter=fault.letter) if fault.letter is not None else "",
        say(FAULT_VERSION, number=fault.version) if fault.version is not None else "",
        say(FAULT_CURSOR, cursor=fault.cursor) if fault.cursor is not None else "",
        fault.url or "",
        say(FAULT_ENTRY, seq=fault.seq) if fault.seq is not None else "",
    ]
    shown = " · ".join(part for part in about if part)
    head = say(PLACED, place=place, about=shown) if shown else place
    return one_line(f"{head}{say(COLON)}{what}" if head else what)


def _place(table: str | None, row: int | None) -> str:
    """`版本 12`, `记录簿第 40 条`; empty for the file itself."""
    if table is None:
        return ""
    if table == "journal" and row is not None:
        return say(FAULT_ENTRY, seq=row)
    name = say(TABLES[table]) if table in TABLES else table
    return f"{name} {row}" if row is not None else name
