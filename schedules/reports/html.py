"""A change report as one self-contained HTML file, for browsers, phones and mail."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

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
from schedules.reports.page_style import DELETED, INSERTED, STYLE
from schedules.reports.select import GroupName, Report
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

# No script, no image, no form, no connection: only the styles in the page itself (fault 44).
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render_html(report: Report, *, language: Language = "zh") -> str:
    """The report as a whole page in UTF-8; every value in it is text, no letter brings markup."""
    title = escape(title_line(report, language))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{"zh-CN" if language == "zh" else "en"}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f"<style>{STYLE}</style>",
            "</head>",
            "<body>",
            '<header class="head">',
            f"<h1>{title}</h1>",
            *(f"<p>{escape(line)}</p>" for line in head_lines(report, language)),
            "</header>",
            *_alarms(report, language),
            *_groups(report, language),
            *_foot(report, language),
            "</body>",
            "</html>",
            "",
        ]
    )


def _alarms(report: Report, language: Language) -> Iterator[str]:
    alarms = list(alarm_lines(report, language))
    if not alarms:
        return
    yield f'<section class="alarms"><h2>{escape(said(ALARMS, language))}</h2>'
    yield f"<p>{escape(said(ALARMS_NOTE, language))}</p><ul>"
    for name, trouble in alarms:
        yield f"<li><strong>{escape(name)}</strong> {escape(trouble)}</li>"
    yield "</ul></section>"


def _groups(report: Report, language: Language) -> Iterator[str]:
    for group in report.groups:
        yield f'<section><h2 class="{group.name.value}">{escape(heading(group, language))}</h2>'
        for event in group.events:
            entry = report_entry(event, report, language)
            yield from _article(entry, group.name, language)
        yield from (
            f'<p class="note">{escape(line)}</p>' for line in unlisted_line(group, language)
        )
        yield "</section>"


def _article(entry: Entry, group: GroupName, language: Language) -> Iterator[str]:
    colon = escape(said(COLON, language))
    yield f'<article class="entry {group.value}">'
    yield f"<h3>{web_link(entry.links[0][1], entry.title)}</h3>"
    yield '<p class="facts">'
    yield " · ".join(f"{escape(label)}{colon}{escape(value)}" for label, value in entry.facts)
    yield "</p>"
    if entry.observation:
        yield f"<p>{escape(said(OBSERVATION, language))}{colon}{escape(entry.observation)}</p>"
    yield from (f'<p class="note">※ {escape(note)}</p>' for note in entry.notes)
    if entry.figures:
        yield f'<p class="figures">{escape(said(FIGURES, language))}{colon}'
        yield "；".join(
            f"<b>{escape(before)} → {escape(after)}</b>" for before, after in entry.figures
        )
        yield "</p>"
    yield from (
        f"<p>{escape(field.label)}{colon}{escape(field.before)} → {escape(field.after)}</p>"
        for field in entry.fields
    )
    for excerpt in entry.excerpts:
        yield '<div class="diff">'
        yield f"<p>{escape(said(BEFORE, language))}{colon}{_marked(before_only(excerpt))}</p>"
        yield f"<p>{escape(said(AFTER, language))}{colon}{_marked(after_only(excerpt))}</p>"
        yield "</div>"
    for label, address in entry.links:
        yield f'<p class="link">{escape(label)}{colon}{web_link(address, one_line(address))}</p>'
    if entry.commands:
        told = " · ".join(
            said(COMMAND, language, command=f"<code>{escape(command)}</code>", what=escape(what))
            for command, what in entry.commands
        )
        yield f'<p class="link">{escape(said(IN_ARCHIVE, language))}{colon}{told}</p>'
    yield "</article>"


def _foot(report: Report, language: Language) -> Iterator[str]:
    lines = list(foot_lines(report, language))
    if lines:
        yield '<footer class="foot">'
        yield from (f"<p>{escape(line)}</p>" for line in lines)
        yield "</footer>"


def _marked(excerpt: Excerpt) -> str:
    marks = {
        "=": "{}",
        "-": f'<del style="{DELETED}">{{}}</del>',
        "+": f'<ins style="{INSERTED}">{{}}</ins>',
    }
    return "".join(marks[sign].format(escape(text)) for sign, text in excerpt)


def web_link(address: str, text: str) -> str:
    """A link to an address of the web; what is none stays text. Both are escaped here."""
    safe = web_address(address)
    if not safe:
        return escape(text)
    return f'<a href="{escape(safe)}" rel="noopener noreferrer nofollow">{escape(text)}</a>'
