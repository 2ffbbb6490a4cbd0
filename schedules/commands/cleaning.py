"""`fuhan clean`: reads one page, from a file, from stdin or from the network."""

from __future__ import annotations

import sys

import click

from schedules.cli.invocation import Invocation
from schedules.config.environment import in_colour
from schedules.one_page.account_view import account_object, account_text
from schedules.one_page.letter_view import letter_lines
from schedules.one_page.page_source import is_address, page_of_file
from schedules.terminal import show, write_json, write_styled
from storage.json_forms import clean_object, dump


@click.command("clean")
@click.argument("source", metavar="FILE|URL")
@click.option("--url", metavar="URL")
@click.option("--portal", "portal_name", metavar="PORTAL")
@click.option("--json", "form", flag_value="json")
@click.option("--text", "form", flag_value="text")
@click.option("--explain", is_flag=True)
@click.pass_obj
def clean(
    invocation: Invocation,
    source: str,
    url: str | None,
    portal_name: str | None,
    form: str | None,
    explain: bool,
) -> None:
    """Reads one page and prints what it found, also where the page is no letter."""
    portal = invocation.the_portal(portal_name) if portal_name else None
    if is_address(source):
        from schedules.one_page.fetch import fetched_page  # requests: not for those who read a file

        now, contact = invocation.clock(), invocation.config.contact
        page = fetched_page(source, url, portal, now=now, contact=contact)
    else:
        page = page_of_file(source, url)
    from schedules.one_page.reading import read_source  # lxml: not where there is no page to read

    reading = read_source(page, portal, invocation.profile(portal), explain=explain)
    if form == "json":
        account = {"account": account_object(reading)} if explain else {}
        write_json(dump({**clean_object(reading.letter), **account}))
    elif explain:
        write_styled(account_text(reading, colour=in_colour(sys.stdout)))
    elif form == "text":
        show(reading.letter.body)
    else:
        for line in letter_lines(reading.letter, contacts=True):
            show(line)
