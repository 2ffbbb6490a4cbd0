"""A change report for the terminal, in colour or as plain text."""

from __future__ import annotations

from rich.text import Text

from schedules.reports.canvas import excerpt_text, printed
from schedules.reports.entries import Entry, report_entry
from schedules.reports.heads import (
    alarm_lines,
    foot_lines,
    head_lines,
    heading,
    title_line,
    unlisted_line,
)
from schedules.reports.select import Report
from schedules.reports.words import (
    ALARMS,
    ALARMS_NOTE,
    COLON,
    COMMAND,
    FIGURES,
    IN_ARCHIVE,
    OBSERVATION,
    said,
)
from schedules.terminal import one_line
from schedules.words.language import Language

_INDENT = "    "


def render_text(report: Report, *, language: Language = "zh", colour: bool = False) -> str:
    """The report as lines of text, ending in a newline.

    With `colour` deletions are red and struck, insertions green; without, they stand in
    `[-…-]` and `{+…+}` and no escape sequence is written. Nothing in a letter can reach the
    terminal as a command (fault 47).
    """
    lines = [Text(title_line(report, language), style="bold")]
    lines += [Text(line, style="dim") for line in head_lines(report, language)]
    lines += _alarms(report, language)
    for group in report.groups:
        lines += [Text(), Text(heading(group, language), style="bold cyan")]
        for number, event in enumerate(group.events, start=1):
            entry = report_entry(event, report, language)
            lines += entry_lines(number, entry, language, colour)
        lines += [Text(_INDENT + line, style="dim") for line in unlisted_line(group, language)]
    foot = [Text(line, style="dim") for line in foot_lines(report, language)]
    return printed([*lines, *([Text(), *foot] if foot else [])], colour=colour)


def _alarms(report: Report, language: Language) -> list[Text]:
    alarms = [
        Text.assemble("  ! ", (name, "bold"), said(COLON, language), trouble)
        for name, trouble in alarm_lines(report, language)
    ]
    if not alarms:
        return []
    head = Text(f"{said(ALARMS, language)}{said(COLON, language)}", style="bold red")
    return [Text(), head.append(said(ALARMS_NOTE, language), style="not bold default"), *alarms]


def entry_lines(number: int, entry: Entry, language: Language, colour: bool) -> list[Text]:
    """One event under its number: facts, what was seen, what changed, where to look."""
    colon = said(COLON, language)
    lines = [Text.assemble(f"{number:>2}. ", (entry.title, "bold"))]
    facts = "  ".join(f"{label}{colon}{value}" for label, value in entry.facts)
    lines.append(Text(_INDENT + facts, style="dim"))
    if entry.observation:
        lines.append(Text(f"{_INDENT}{said(OBSERVATION, language)}{colon}{entry.observation}"))
    lines += [Text(f"{_INDENT}※ {note}", style="yellow") for note in entry.notes]
    if entry.figures:
        figures = "；".join(f"{before} → {after}" for before, after in entry.figures)
        lines.append(Text.assemble(_INDENT, said(FIGURES, language), colon, (figures, "bold")))
    lines += [
        Text(f"{_INDENT}{field.label}{colon}{field.before} → {field.after}")
        for field in entry.fields
    ]
    lines += [Text(_INDENT).append_text(excerpt_text(item, colour)) for item in entry.excerpts]
    lines += [
        Text(f"{_INDENT}{label}{colon}{one_line(address)}", style="dim")
        for label, address in entry.links
    ]
    if entry.commands:
        told = " · ".join(
            said(COMMAND, language, command=command, what=what) for command, what in entry.commands
        )
        lines.append(Text(f"{_INDENT}{said(IN_ARCHIVE, language)}{colon}{told}", style="dim"))
    return lines
