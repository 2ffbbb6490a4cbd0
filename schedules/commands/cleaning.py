"""`fuhan clean`: reads one page, from a file, from stdin or from the network."""

from __future__ import annotations

from collections.abc import Iterator

import click

from schedules.invocation import Invocation
from schedules.letter_view import block_lines, letter_lines
from schedules.terminal import show, write_json
from storage.json_forms import clean_object, dump
from storage.records import PageReading


@click.command("clean")
@click.argument("source", metavar="FILE|URL")
@click.option("--url", metavar="URL")
@click.option("--portal", "portal_name", metavar="PORTAL")
@click.option("--json", "form", flag_value="json")
@click.option("--text", "form", flag_value="text")
@click.option("--explain", "form", flag_value="explain")
@click.pass_obj
def clean(
    invocation: Invocation,
    source: str,
    url: str | None,
    portal_name: str | None,
    form: str | None,
) -> None:
    """Reads one page and prints what it found, also where the page is no letter."""
    from schedules.one_page import read_source  # lxml and twisted: not for `fuhan --version`

    portal = invocation.the_portal(portal_name) if portal_name else None
    contact = invocation.config.contact
    reading = read_source(source, url, portal, now=invocation.clock(), contact=contact)
    if form == "json":
        write_json(dump(clean_object(reading.letter)))
        return
    for line in _lines(reading, form):
        show(line)


def _lines(reading: PageReading, form: str | None) -> Iterator[str]:
    if form == "text":
        yield reading.letter.body
    elif form == "explain":
        yield from block_lines(reading.blocks)
    else:
        yield from letter_lines(reading.letter, contacts=True)
