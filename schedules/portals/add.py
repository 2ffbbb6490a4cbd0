"""Makes a portal's file from the address of a column, after a look at a handful of its pages."""

from __future__ import annotations

import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.lists.column_facts import ColumnFacts, column_facts
from crawler.lists.pages import ListPage
from crawler.lists.probe import letters_elsewhere, probe_list
from crawler.network.address_forms import place_key
from crawler.network.addresses import origin_of
from pipelines.selectors import FetchedPage, body_selector
from schedules.config.config import Config
from schedules.config.toml_files import check
from schedules.one_page.polite_fetch import PoliteFetch, pause
from schedules.portals.check import Remark, pages_known, paging_remarks
from schedules.portals.draft import Findings, PortalDraft, Wishes, draft_portal, readable
from schedules.portals.files import KnownPortal, PortalFile
from schedules.portals.letter_column import refuse_letter
from schedules.portals.trial import (
    OpenedList,
    TriedLetter,
    letters_to_try,
    probe_column,
    read_letter,
    try_letter,
)
from schedules.portals.words import (
    BAD_ADDRESS,
    COLUMN_WATCHED,
    COLUMNS_LINKED,
    LETTERS_ELSEWHERE,
    LIST_BY_SCRIPT,
    NAME_TAKEN,
    NO_AGENCY,
    NO_LETTERS,
    NO_LIST,
    NO_PORTAL_FOLDER,
)
from schedules.words.language import language, say
from schedules.words.messages import CANNOT_WRITE_FILE
from schedules.words.reasons import refusal_reason
from storage.errors import ConfigError, FuhanError, PageError, PortalError
from storage.records import ListedLink, Portal

_SHELL_TEXT = ('id="app"', "id='app'", "$.ajax", "axios", "XMLHttpRequest", "fetch(", "$.get")


@dataclass(frozen=True, slots=True)
class ProbedPortal:
    """What a column came to: the portal to be written, and what was seen on the way."""

    draft: PortalDraft
    found: Findings
    paging: tuple[Remark, ...]


def checked_address(url: str) -> str:
    """A column's address as typed, `https://` put before a bare host; ConfigError for any other."""
    whole = url if "://" in url else f"https://{url}"
    if origin_of(whole.partition("#")[0]) is None or len(whole) > 2000:
        raise ConfigError(say(BAD_ADDRESS, url=url))
    return whole


def check_start(start: Portal) -> None:
    """Raises ConfigError where what was typed, name, agency or delay, fits into no portal file."""
    content = {
        "name": start.name,
        "agency": start.agency or "-",
        "platform": start.platform,
        "lists": [{"url": start.lists[0].url}],
        "delay": start.delay,
        "private_network": start.private_network,
    }
    check(PortalFile, content, Path(f"{start.name}.toml"), {})


def portal_folder(config: Config, url: str) -> Path:
    """Where the user's portal files go: as configured, else `portals` beside the configuration.

    Raises ConfigError, which says what to do, where there is no configuration.
    """
    if config.portals is not None:
        return config.portals
    if config.file is None:
        raise ConfigError(say(NO_PORTAL_FOLDER, url=url))
    return config.folder / "portals"


def refuse_known(url: str, name: str, known: Mapping[str, KnownPortal]) -> None:
    """Raises PortalError where a portal has the name, or watches the column, already."""
    if name in known:
        text = say(NAME_TAKEN, name=name, file=known[name].file)
        raise PortalError(text, portal=name)
    for entry in known.values():
        if any(place_key(column.url) == place_key(url) for column in entry.portal.lists):
            raise PortalError(say(COLUMN_WATCHED, url=url, name=entry.portal.name))


def probe_portal(
    start: Portal,
    wishes: Wishes,
    *,
    now: datetime,
    contact: str | None,
    wait: Callable[[float], None] = pause,
) -> ProbedPortal:
    """Tries the column of a first draft: one list page, the second, three letters, robots.txt.

    Raises FetchError where the site cannot be asked, PageError where the address is a letter's or
    no list of letters, ConfigError where nothing names the agency: each says what to do next.
    """
    fetching = PoliteFetch(start, now=now, contact=contact, wait=wait)
    opened = probe_column(fetching, start.lists[0], start)
    facts = column_facts(opened.page)
    refuse_letter(fetching, opened, facts)
    if not opened.links:
        raise PageError(_no_list(opened, facts), url=opened.asked)
    more, paging = paging_remarks(fetching, opened)
    paging += _elsewhere(opened)
    trial = replace(start, lists=(opened.page.column,), platform=opened.read.platform)
    urls = letters_to_try(opened.links)
    letters = tuple(try_letter(fetching, url, trial) for url in urls)
    found = _found(opened, facts, letters, more, trial)
    if not readable(found.letters):
        raise PageError(_no_letters(found), url=opened.asked)
    draft = draft_portal(found, start, wishes)
    if draft is None:
        raise ConfigError(say(NO_AGENCY))
    return ProbedPortal(draft, _read_again(found, draft.portal), tuple(paging))


def write_portal(path: Path, text: str) -> None:
    """Writes a portal's file in one piece, after a check that it will load; makes its folder.

    Raises ConfigError where the text is no portal's, FuhanError where it cannot be written.
    """
    check(PortalFile, tomllib.loads(text), path, {})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        reason = error.strerror or error
        raise FuhanError(say(CANNOT_WRITE_FILE, path=path, reason=reason)) from error


def _found(
    opened: OpenedList,
    facts: ColumnFacts,
    letters: tuple[TriedLetter, ...],
    more: Sequence[ListedLink],
    trial: Portal,
) -> Findings:
    """What the pages showed; the platform judged again with the letters' own marks."""
    pages = [each.page for each in letters if each.page]
    shown = [_as_page(page, opened) for page in pages]
    read = opened.read
    if opened.shown is opened.page:
        read = probe_list(opened.page, [page.source for page in shown])
    opened = replace(opened, read=read)
    trial = replace(trial, platform=read.platform)
    letters = tuple(_again(each, trial) for each in letters)
    css = None if readable(letters) else body_selector(pages, trial)
    if css:
        trial = replace(trial, select=replace(trial.select, body=css))
        letters = tuple(_again(each, trial) for each in letters)
    return Findings(
        opened,
        facts,
        letters,
        pages=pages_known(opened),
        listed=len(opened.links) + len(more),
        read_pages=2 if more else 1,
        body=css,
        letter_facts=tuple(column_facts(page) for page in shown),
    )


def _read_again(found: Findings, portal: Portal) -> Findings:
    """The letters as the portal to be written reads them."""
    return replace(found, letters=tuple(_again(each, portal) for each in found.letters))


def _again(tried: TriedLetter, portal: Portal) -> TriedLetter:
    if tried.page is None:
        return tried
    return replace(tried, reading=read_letter(tried.page, portal))


def _as_page(page: FetchedPage, opened: OpenedList) -> ListPage:
    column, portal = opened.page.column, opened.page.portal
    return ListPage.parse(page.body, page.content_type, page.url, column, portal)


def _no_list(opened: OpenedList, facts: ColumnFacts) -> str:
    text = say(NO_LIST, url=opened.page.url)
    if any(sign in opened.page.source for sign in _SHELL_TEXT):
        text += say(LIST_BY_SCRIPT)
    stop = "。" if language() == "zh" else ". "
    text += "".join(stop + remark.text for remark in _elsewhere(opened))
    return text + _columns_linked(facts)


def _elsewhere(opened: OpenedList) -> list[Remark]:
    """That letters stand on other hosts, if some do: a fault where they outnumber the others."""
    hosts = letters_elsewhere(opened.shown)
    count = hosts.total()
    if not count:
        return []
    names = "、".join(host for host, _ in hosts.most_common(3))
    text = say(LETTERS_ELSEWHERE, count=count, hosts=names)
    return [Remark(text, fault=count > len(opened.links))]


def _no_letters(found: Findings) -> str:
    """Why none of the pages tried is a letter: the first one's fault or refusal."""
    reasons = [each.fault or _refusal(each) for each in found.letters]
    reason = next(filter(None, reasons), "")
    count, tried = len(found.opened.links), len(found.letters)
    text = say(NO_LETTERS, url=found.opened.page.url, count=count, tried=tried, reason=reason)
    return text + _columns_linked(found.facts)


def _refusal(tried: TriedLetter) -> str:
    refusal = tried.reading.letter.refusal if tried.reading else None
    return refusal_reason(refusal, language()) if refusal else ""


def _columns_linked(facts: ColumnFacts) -> str:
    if not facts.columns:
        return ""
    columns = "；".join(f"{column.name} {column.url}" for column in facts.columns[:5])
    return say(COLUMNS_LINKED, columns=columns)
