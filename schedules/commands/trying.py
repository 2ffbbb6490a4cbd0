"""`fuhan portals check` and `add`: a few pages of a site are asked for, and told as read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import click

from schedules.cli.invocation import Invocation
from schedules.config.secrets import mask, mask_all
from schedules.one_page.account_words import METHODS
from schedules.one_page.letter_view import letter_lines
from schedules.terminal import inert, show, tell, write_json
from schedules.words.archive import spoken
from schedules.words.held import HELD_OF_PORTAL
from schedules.words.language import say
from schedules.words.messages import CHECK_DONE, CHECK_LIST, WROTE
from storage.errors import ArchiveError, FetchError
from storage.json_forms import dump

if TYPE_CHECKING:
    from schedules.portals.add import ProbedPortal
    from schedules.portals.check import Remark
    from schedules.portals.trial import TriedLetter
    from storage.records import Portal, SiteProfile

Write = Callable[[str], None]

_SHOWN_BODY = 200  # characters of a letter's body


@click.command("check")
@click.argument("name", metavar="PORTAL")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def check(invocation: Invocation, name: str, as_json: bool) -> int:
    """Fetches the lists' first pages and three letters; exit code 3 where anything is wrong."""
    portal = invocation.the_portal(name)
    from schedules.portals.check import PortalCheck  # Scrapy and lxml
    from schedules.portals.check_json import check_object
    from schedules.portals.words import CHECK_FAULTS, CHECK_WARNED, CHECK_WELL

    secrets = invocation.config.secrets  # lists may be asked for with a key
    profile, is_readable = _profile(invocation, portal)

    def write(text: str) -> None:
        if not as_json:
            show(mask(text, secrets))

    trial = PortalCheck(
        portal,
        now=invocation.clock(),
        contact=invocation.config.contact,
        profile=profile,
    )
    lists, letters = [], []
    for listed in trial.lists():
        write(say(CHECK_LIST, url=listed.url, count=len(listed.links)))
        _show_remarks(listed.remarks, write)
        lists.append(listed)
    for letter in trial.letters(lists):
        _show_letter(letter.tried, write)
        _show_remarks(letter.remarks, write)
        letters.append(letter)
    write("")
    together = list(trial.together(lists, letters))
    _show_remarks(together, write)
    found = check_object(portal.name, lists, letters, together)
    write(say(CHECK_DONE, good=found["read"], tried=found["tried"]))
    if as_json:
        write_json(dump(mask_all(found, secrets)))
    elif is_readable and (held := _held(invocation, portal)):
        command = invocation.typed(f"fuhan changes --held --portal {portal.name}")
        show(say(HELD_OF_PORTAL, count=held, command=command))
    if found["verdict"] != "ok":
        write(say(CHECK_FAULTS, count=found["faults"]))
        return 3
    warned = sum(len(each["letter"]["warnings"]) for each in found["letters"] if each["letter"])
    words = CHECK_WARNED if warned else CHECK_WELL
    write(say(words, count=warned, command=invocation.typed("fuhan"), name=portal.name))
    return 0


@click.command("add")
@click.argument("url", metavar="URL")
@click.option("--name", metavar="NAME")
@click.option("--agency", metavar="NAME")
@click.option("--delay", type=click.FloatRange(0, 3600), default=2.0, metavar="SECONDS")
@click.option("--force", is_flag=True)
@click.option("--dry-run", "--print", "only_print", is_flag=True)
@click.pass_obj
def add(
    invocation: Invocation,
    url: str,
    name: str | None,
    agency: str | None,
    delay: float,
    force: bool,
    only_print: bool,
) -> int:
    """Tries the column at an address and writes its portal file; exit code 3 with faults."""
    from schedules.portals import add as adding
    from schedules.portals.draft import Wishes, first_draft
    from schedules.portals.toml import write_toml
    from schedules.portals.words import HTTPS_TAKEN

    wishes = Wishes(name, agency, delay)
    address = adding.checked_address(url)
    start = first_draft(address, wishes)
    adding.check_start(start)
    path = None if only_print else adding.portal_folder(invocation.config, url)
    if not force and not only_print:
        if fault := invocation.sound.faults.get(start.name):
            raise fault  # what stands there is somebody's, too
        adding.refuse_known(address, start.name, invocation.known)
    say_line = _to_stderr if only_print else show
    try:
        probed = adding.probe_portal(
            start, wishes, now=invocation.clock(), contact=invocation.config.contact
        )
    except FetchError as error:
        if "://" in url:
            raise
        raise FetchError(say(HTTPS_TAKEN, reason=error, url=url)) from error
    faults = _show_probed(probed, say_line)
    text = write_toml(probed.draft, invocation.clock())
    say_line("")
    if path is None:
        show(text.rstrip("\n"))
        return 3 if faults else 0
    file = path / f"{start.name}.toml"
    adding.write_portal(file, text)
    show(say(WROTE, path=file))
    _show_next(invocation, start.name)
    return 3 if faults else 0


def _show_probed(probed: ProbedPortal, write: Write) -> int:
    """What was seen of a column, its paging and letters; gives the number of faults."""
    from schedules.portals.words import LIST_READ, REDIRECTED

    opened = probed.found.opened
    if opened.is_redirected:
        write(say(REDIRECTED, asked=opened.asked, url=opened.page.url))
    platform, url = opened.read.platform, opened.page.column.url
    write(say(LIST_READ, url=url, platform=platform, count=len(opened.links)))
    faults = _show_remarks(probed.paging, write)
    for letter in probed.found.letters:
        _show_letter(letter, write)
        faults += letter.fault is not None
    return faults


def _show_next(invocation: Invocation, name: str) -> None:
    from schedules.portals.words import NEXT_CHECK, NOT_ENABLED, OTHERS_ENABLED

    def is_enabled(portal: str) -> bool:
        return any(fnmatchcase(portal, pattern) for pattern in invocation.config.enabled)

    others = [p for p, known in invocation.known.items() if known.built_in and is_enabled(p)]
    if not is_enabled(name):
        show(say(NOT_ENABLED, name=name))
    elif others:
        show(say(OTHERS_ENABLED, count=len(others), name=name))
    show(say(NEXT_CHECK, command=invocation.typed("fuhan"), name=name))


def _show_letter(tried: TriedLetter, write: Write) -> None:
    """A letter as it was read, the beginning of its body, and how its article was found."""
    from schedules.portals.words import FAULT, FOUND_BY

    write("")
    write(tried.url)
    if tried.reading is None:
        write(say(FAULT, text=tried.fault))
        return
    letter = tried.reading.letter
    body = letter.body[:_SHOWN_BODY] + "…" * (len(letter.body) > _SHOWN_BODY)
    for line in letter_lines(replace(letter, body=body)):
        write(line)
    if method := tried.reading.method:
        how = say(METHODS[method]) if method in METHODS else method
        write(say(FOUND_BY, method=how, container=tried.reading.container))


def _show_remarks(remarks: Iterable[Remark], write: Write) -> int:
    from schedules.portals.words import FAULT, NOTE

    faults = 0
    for remark in remarks:
        write(say(FAULT if remark.fault else NOTE, text=remark.text))
        faults += remark.fault
    return faults


def _profile(invocation: Invocation, portal: Portal) -> tuple[SiteProfile | None, bool]:
    """What was learnt of the portal's pages, and whether the archive could be read for it.

    A site is looked at all the same where it could not: that is told with what to do about it.
    """
    from schedules.portals.words import CHECKED_WITHOUT

    try:
        return invocation.profile(portal), True
    except ArchiveError as error:
        tell(invocation.advised(say(CHECKED_WITHOUT, reason=spoken(error))))
        return None, False


def _held(invocation: Invocation, portal: Portal) -> int:
    """How many changes of a portal are held back."""
    if not invocation.config.archive.exists():
        return 0
    with invocation.open_archive() as archive:
        return archive.status([portal])[0].held


def _to_stderr(text: str) -> None:
    click.echo(inert(text), err=True)
