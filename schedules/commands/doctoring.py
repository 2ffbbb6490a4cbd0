"""`fuhan doctor`: what does not work, or soon will not, and what to do about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from schedules.cli.invocation import Invocation
from schedules.terminal import one_line, show, write_json
from schedules.words.language import COLON, say
from storage.json_forms import dump

if TYPE_CHECKING:
    from schedules.doctor import Finding, Verdict

_MARKS = {"ok": "✓", "warning": "!", "fault": "✗"}


@click.command("doctor")
@click.option("--offline", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def doctor(invocation: Invocation, offline: bool, as_json: bool) -> int:
    """Each check with its remedy; exit code 3 with warnings alone, else the gravest fault's own."""
    from schedules.doctor import words, worst
    from schedules.doctor.rounds import look

    findings: list[Finding] = []
    for found in look(invocation, offline=offline):
        finding = _as_shown(invocation, found)
        findings.append(finding)
        if not as_json:
            name = say(words.CHECKS[finding.check])
            text = one_line(finding.text)
            show(f"{_MARKS[finding.verdict.value]} {name}{say(COLON)}{text}")
            if finding.remedy:
                show(say(words.REMEDY, text=one_line(finding.remedy)))
    verdict = worst(findings)
    if as_json:
        write_json(dump(_as_object(findings, verdict)))
    else:
        show(_total(findings))
    return _exit_code(findings)


def _as_shown(invocation: Invocation, finding: Finding) -> Finding:
    """Secrets masked, commands as they are to be typed."""
    remedy = finding.remedy and invocation.advised(finding.remedy)
    text = invocation.advised(invocation.shown(finding.text))
    return replace(finding, text=text, remedy=remedy)


def _as_object(findings: list[Finding], verdict: Verdict) -> dict[str, object]:
    return {
        "v": 1,
        "verdict": verdict.value,
        "checks": [
            {
                "check": finding.check,
                "verdict": finding.verdict.value,
                "subject": finding.subject,
                "text": finding.text,
                "remedy": finding.remedy,
            }
            for finding in findings
        ],
    }


def _exit_code(findings: list[Finding]) -> int:
    """As any other command that met the fault would have ended."""
    faults = {finding.check for finding in findings if finding.verdict.value == "fault"}
    if "configuration" in faults:
        return 2
    if faults & {"archive", "disk"}:
        return 4
    if faults:
        return 1
    return 3 if any(finding.verdict.value == "warning" for finding in findings) else 0


def _total(findings: list[Finding]) -> str:
    from schedules.doctor import words

    faults = sum(finding.verdict.value == "fault" for finding in findings)
    warnings = sum(finding.verdict.value == "warning" for finding in findings)
    if not faults and not warnings:
        return say(words.ALL_WELL, count=len(findings))
    return say(words.NOT_WELL, count=len(findings), faults=faults, warnings=warnings)
