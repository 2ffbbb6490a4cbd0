"""`fuhan search`: letters found by words, as lines for people or JSON for programs."""

from __future__ import annotations

import re
import sys
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import get_args

import click

from schedules.cli.invocation import Invocation
from schedules.config.environment import in_colour
from schedules.terminal import one_line, show, tell, write_json, write_styled
from schedules.words.fields import FIELDS
from schedules.words.hints import nearest
from schedules.words.language import say
from schedules.words.messages import LETTER_STATUS, UNTITLED
from schedules.words.search import (
    BAD_DAY,
    FIELD,
    MORE_FOUND,
    NOTHING_ASKED,
    NOTHING_FOUND,
    QUERY_CUT,
    STILL_INDEXING,
    UNKNOWN_OPTION,
    YEAR_AND_DAYS,
)
from storage.json_forms import dump
from storage.published import PublishedArchive
from storage.records import SubmissionKind
from storage.search.json_form import hit_line
from storage.search.records import Context, LetterStatus, Search, SearchHit
from storage.search.text import LONGEST_QUERY, MOST_WORDS, parse_words

# 2024-05-16, 2024-05 and 2024
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
# --agancy, --agancy=市科技局; but -1, --, "-- 5G" are words
_OPTION = re.compile(r"--[a-z][a-z-]*(?:=.*)?", re.DOTALL)


class Day(click.ParamType[date]):
    """A date, or the first or last day of a month or year; anything else is a usage error."""

    name = "date"

    def __init__(self, *, last: bool) -> None:
        self._last = last

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """The day."""
        text = str(value)
        if found := _DAY.fullmatch(text):
            year, month, day = (int(part) if part else None for part in found.groups())
            try:
                return _day(year or 0, month, day, last=self._last)
            except ValueError:
                pass
        option = param.opts[0] if param else ""
        raise click.UsageError(say(BAD_DAY, option=option, value=text), ctx)


def _day(year: int, month: int | None, day: int | None, *, last: bool) -> date:
    month = month or (12 if last else 1)
    return date(year, month, day or (monthrange(year, month)[1] if last else 1))


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, metavar="[WORDS]...")
@click.option("--agency", metavar="NAME")
@click.option("--kind", type=click.Choice(get_args(SubmissionKind)))
@click.option("--year", type=click.IntRange(1949, 9999), metavar="YEAR")
@click.option("--since", type=Day(last=False), metavar="DATE")
@click.option("--until", type=Day(last=True), metavar="DATE")
@click.option("--status", type=click.Choice(get_args(LetterStatus)))
@click.option("--portal", metavar="NAME")
@click.option("--rank", is_flag=True)
@click.option("--limit", type=click.IntRange(min=1), default=20, metavar="N")
@click.option("--all", "everything", is_flag=True)
@click.option("--contacts", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_context
def search(
    ctx: click.Context,
    words: tuple[str, ...],
    agency: str | None,
    kind: SubmissionKind | None,
    year: int | None,
    since: date | None,
    until: date | None,
    status: LetterStatus | None,
    portal: str | None,
    rank: bool,
    limit: int,
    everything: bool,
    contacts: bool,
    as_json: bool,
) -> None:
    """Letters as they now stand in which all the words occur."""
    _refuse_unknown_options(ctx, words)
    if year:
        if since or until:
            raise click.UsageError(say(YEAR_AND_DAYS), ctx)
        since, until = date(year, 1, 1), date(year, 12, 31)
    asked = Search(
        text=" ".join(words),
        agency=agency,
        kind=kind,
        since=since,
        until=until,
        status=status,
        portal=portal,
        contacts=contacts,
    )
    invocation = ctx.find_object(Invocation) or Invocation()
    with invocation.open_archive() as archive:
        if portal and portal not in archive.portals_known():
            invocation.sound.the_name(portal)  # raises where there is none of that name at all
        if archive.is_indexing():
            tell(invocation.advised(say(STILL_INDEXING)))
        most = None if everything or limit >= sys.maxsize else limit
        _answer(archive, asked, ranked=rank, most=most, as_json=as_json)


def _refuse_unknown_options(ctx: click.Context, words: Iterable[str]) -> None:
    """`-1` is a word to search for; `--agancy` is an option mistyped."""
    for word in words:
        if _OPTION.fullmatch(word):
            options = [name for option in ctx.command.params for name in option.opts]
            hint = nearest(word.partition("=")[0], options)
            raise click.UsageError(say(UNKNOWN_OPTION, name=word, hint=hint), ctx)


def _answer(
    archive: PublishedArchive, asked: Search, *, ranked: bool, most: int | None, as_json: bool
) -> None:
    words = parse_words(asked.text)
    if asked.text.strip() and not words.folded:
        tell(say(NOTHING_ASKED))
        return
    if words.cut:
        tell(say(QUERY_CUT, characters=LONGEST_QUERY, count=MOST_WORDS))
    hits = archive.search(asked, ranked=ranked)
    colour = in_colour(sys.stdout)
    shown = 0
    for hit in islice(hits, most):
        shown += 1
        if as_json:
            write_json(dump(hit_line(hit)))
        else:
            _show_hit(hit, colour=colour)
    if as_json:
        return
    if not shown:
        tell(say(NOTHING_FOUND))
    elif shown == most and next(hits, None):
        tell(say(MORE_FOUND, count=shown))


def _show_hit(hit: SearchHit, *, colour: bool) -> None:
    title = next((context for context in hit.contexts if context.field == "title"), None)
    name = _marked(title, colour=colour) if title else one_line(hit.title or say(UNTITLED))
    status = say(LETTER_STATUS[hit.status])
    write_styled(f"{hit.id}  {status}  {hit.date}  {name}")
    number = hit.index_number or hit.document_number or "—"
    show("    " + one_line(f"{hit.agency}  {number}  {hit.url}"))
    for context in hit.contexts:
        if context is not title:
            write_styled("    " + _context_line(context, colour=colour))


def _context_line(context: Context, *, colour: bool) -> str:
    text = _marked(context, colour=colour)
    if context.field in FIELDS:
        return say(FIELD, field=say(FIELDS[context.field]), text=text)
    return text


def _marked(context: Context, *, colour: bool) -> str:
    """The piece of text, inert, with what was found marked: by colour or by « and »."""
    text = "".join(_pieces(context, colour=colour)).strip()
    return f"{'…' if context.before else ''}{text}{'…' if context.after else ''}"


def _pieces(context: Context, *, colour: bool) -> Iterator[str]:
    end = 0
    for start, stop in context.marks:
        found = _inert(context.text[start:stop])
        yield _inert(context.text[end:start])
        yield click.style(found, fg="red", bold=True) if colour else f"«{found}»"
        end = stop
    yield _inert(context.text[end:])


def _inert(text: str) -> str:
    """A piece of a line: what stands between two of them are blanks that `one_line` would drop."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return f"{left}{one_line(text)}{right}"
