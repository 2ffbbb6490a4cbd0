"""`fuhan letters join` and `split`: identity corrected by hand, recorded and reversible."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from schedules.cli.invocation import Invocation
from schedules.terminal import one_line, show
from schedules.versions import the_letter
from schedules.words.language import say
from schedules.words.record import (
    ALL_COPIES,
    JOIN_UNDO,
    JOINED,
    NAME_TWO,
    NO_SUCH_COPY,
    ONE_LETTER_ONLY,
    ONLY_COPY,
    SPLIT,
    SPLIT_UNDO,
)
from storage.errors import FuhanError
from storage.lock import crawl_lock

if TYPE_CHECKING:
    from storage.archive import LetterArchive


@click.command("join")
@click.argument("names", nargs=-1, required=True, metavar="ID ID...")
@click.option("--note", metavar="TEXT")
@click.pass_obj
def join(invocation: Invocation, names: tuple[str, ...], note: str | None) -> None:
    """Makes several letters one; the older id stays."""
    if len(names) < 2:
        raise click.UsageError(say(NAME_TWO))
    with correcting(invocation) as archive:
        ids = sorted({the_letter(archive, name).id for name in names})
        if len(ids) < 2:
            listed = ", ".join(dict.fromkeys(names))
            raise FuhanError(say(ONE_LETTER_ONLY, names=listed, id=ids[0]))
        moved = [tie.url for each in ids[1:] for tie in archive.copy_evidence(each)]
        kept = archive.join_letters(ids, note)
    show(say(JOINED, id=kept, gone=", ".join(map(str, ids[1:]))))
    show(invocation.advised(say(JOIN_UNDO, id=kept, urls=_listed(moved))))


@click.command("split")
@click.argument("name", metavar="ID")
@click.argument("urls", nargs=-1, required=True, metavar="COPY-URL...")
@click.option("--note", metavar="TEXT")
@click.pass_obj
def split(invocation: Invocation, name: str, urls: tuple[str, ...], note: str | None) -> None:
    """Makes some copies of a letter a letter of their own, with a new id."""
    with correcting(invocation) as archive:
        letter_id = the_letter(archive, name).id
        chosen = choose_copies(archive, letter_id, urls)
        new_id = archive.split_letter(letter_id, chosen, note)
    show(say(SPLIT, id=letter_id, new=new_id, urls=_listed(urls)))
    show(invocation.advised(say(SPLIT_UNDO, id=letter_id, new=new_id)))


@contextmanager
def correcting(invocation: Invocation) -> Iterator[LetterArchive]:
    """The archive to write, with its run lock; ArchiveLocked while a crawl is running.

    An archive that is not there is not made: ArchiveError.
    """
    from storage.archive import LetterArchive  # what writes is not for a list of letters

    invocation.open_archive().close()
    path = invocation.config.archive
    with crawl_lock(path), LetterArchive.open(path, clock=invocation.clock) as archive:
        yield archive


def choose_copies(archive: LetterArchive, letter_id: int, urls: tuple[str, ...]) -> set[int]:
    """The letter's copies at these addresses; FuhanError where they cannot be split off it."""
    count = archive.count_copies(letter_id)
    if count < 2:
        raise FuhanError(say(ONLY_COPY, id=letter_id))
    found = archive.copies_at(letter_id, urls)
    for url, copies in found.items():
        if not copies:
            known = _listed([tie.url for tie in archive.copy_evidence(letter_id)])
            raise FuhanError(say(NO_SUCH_COPY, id=letter_id, url=url, urls=known))
    chosen = {copy_id for copies in found.values() for copy_id in copies}
    if len(chosen) == count:
        raise FuhanError(say(ALL_COPIES, id=letter_id))
    return chosen


def _listed(urls: list[str] | tuple[str, ...]) -> str:
    return " ".join(shlex.quote(one_line(url)) for url in dict.fromkeys(urls))
