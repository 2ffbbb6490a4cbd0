"""A change report in Markdown (CommonMark; strike-through as GitHub writes it)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schedules.reports.addresses import web_address
from schedules.reports.entries import Entry, report_entry
from schedules.reports.excerpts import Excerpt, after_only, before_only
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
    AFTER,
    ALARMS,
    ALARMS_NOTE,
    BEFORE,
    COLON,
    COMMAND,
    FIGURES,
    IN_ARCHIVE,
    OBSERVATION,
    said,
)
from schedules.terminal import one_line
from schedules.words.language import Language

# What Markdown reads as a mark inside a line: *, _, `, [, ], ~, |, \, !, #, @, $ and braces
_MARK = re.compile(r"([\\`*_\[\]~|!#@${}])")


def render_markdown(report: Report, *, language: Language = "zh") -> str:
    """The report as Markdown, ending in a newline; nothing in a letter is markup there."""
    lines = [f"# {escaped(title_line(report, language))}", ""]
    lines += [f"- {escaped(line)}" for line in head_lines(report, language)]
    alarms = list(alarm_lines(report, language))
    if alarms:
        lines += ["", f"## {said(ALARMS, language)}", "", said(ALARMS_NOTE, language), ""]
        lines += [f"- **{escaped(name)}** {escaped(trouble)}" for name, trouble in alarms]
    for group in report.groups:
        lines += ["", f"## {escaped(heading(group, language))}"]
        for number, event in enumerate(group.events, start=1):
            lines += _entry_lines(number, report_entry(event, report, language), language)
        lines += [f"\n{escaped(line)}" for line in unlisted_line(group, language)]
    foot = [f"- {escaped(line)}" for line in foot_lines(report, language)]
    return "\n".join([*lines, *(["", "---", "", *foot] if foot else [])]) + "\n"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is: `&lt;` stays `&lt;`, `<b>` stays `<b>`."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARK.sub(r"\\\1", plain)


def _entry_lines(number: int, entry: Entry, language: Language) -> Iterator[str]:
    colon = said(COLON, language)
    yield ""
    yield f"### {number}\\. {escaped(entry.title)}"
    yield ""
    yield "- " + " · ".join(f"{label}{colon}{escaped(value)}" for label, value in entry.facts)
    if entry.observation:
        yield f"- {said(OBSERVATION, language)}{colon}{escaped(entry.observation)}"
    yield from (f"- ※ {escaped(note)}" for note in entry.notes)
    if entry.figures:
        figures = "；".join(
            f"**{escaped(before)} → {escaped(after)}**" for before, after in entry.figures
        )
        yield f"- {said(FIGURES, language)}{colon}{figures}"
    for field in entry.fields:
        yield f"- {field.label}{colon}{escaped(field.before)} → {escaped(field.after)}"
    for excerpt in entry.excerpts:
        yield f"- {said(BEFORE, language)}{colon}{_marked(before_only(excerpt))}  "
        yield f"  {said(AFTER, language)}{colon}{_marked(after_only(excerpt))}"
    yield from (f"- {label}{colon}{_link(address)}" for label, address in entry.links)
    if entry.commands:
        told = " · ".join(
            said(COMMAND, language, command=f"`{command}`", what=what)
            for command, what in entry.commands
        )
        yield f"- {said(IN_ARCHIVE, language)}{colon}{told}"


def _marked(excerpt: Excerpt) -> str:
    return "".join(_piece(sign, text) for sign, text in excerpt)


def _piece(sign: str, text: str) -> str:
    """`~~2484~~`, `**2648**`; tags where Markdown would not see its marks: before `，`."""
    if sign == "=" or not text:
        return escaped(text)
    mark, tag = ("~~", "del") if sign == "-" else ("**", "ins")
    if text[0].isalnum() and text[-1].isalnum():
        return f"{mark}{escaped(text)}{mark}"
    return f"<{tag}>{escaped(text)}</{tag}>"


def _link(address: str) -> str:
    safe = web_address(address)
    return f"<{safe}>" if safe else escaped(one_line(address))
