"""The portal a column's pages speak for: every key of its file, with where it was taken from."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from crawler.lists.column_facts import ColumnFacts, NamedColumn, kind_of_column
from crawler.network.addresses import is_public, origin_of
from schedules.portals.agency import AgencyNames, agency_names, region_of
from schedules.portals.trial import OpenedList, TriedLetter
from schedules.portals.words import (
    BODY_NEEDED,
    FROM_ADDRESS,
    FROM_COLUMN_NAME,
    FROM_LETTERS,
    FROM_OPTION,
    FROM_SITE,
    FROM_SITE_CODE,
    KINDS_MIXED,
    LIST_ITEM_NEEDED,
    MARKS_SEEN,
    NO_MARKS,
    OTHERS_PRINTED,
    SEEN_LISTED,
)
from schedules.words.language import say
from storage.records import ListColumn, Portal, ReplyLetter, Select, SubmissionKind

MOST_ALIASES = 4
_ENOUGH_TITLES = 5  # that all speak of one kind
_LONGEST_NAME = 60
# www.cqqj.gov.cn, m.…, wap.…
_HOST_PREFIXES = frozenset({"www", "m", "wap", "mobile", "3g"})
_HOST_SUFFIXES = frozenset({"gov", "org", "com", "edu", "net", "ac", "cn", "hk", "mo", "tw"})
# 《关于…建议》: what stands in the quotes is the submission's title
_QUOTED = re.compile(r"[《“\"][^》”\"]{0,200}[》”\"]")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user said about the portal; None is left to the pages."""

    name: str | None = None
    agency: str | None = None
    delay: float = 2.0


@dataclass(frozen=True, slots=True)
class PortalDraft:
    """A portal to be written, a remark for each key of its file, and columns seen beside it."""

    portal: Portal
    remarks: Mapping[str, str]
    siblings: tuple[NamedColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What a column and its letters showed."""

    opened: OpenedList
    facts: ColumnFacts
    letters: tuple[TriedLetter, ...]
    pages: int  # list pages known of
    listed: int  # letters on those that were read
    read_pages: int
    body: str | None = None  # a selector without which no letter is read
    letter_facts: tuple[ColumnFacts, ...] = ()

    @property
    def readings(self) -> tuple[ReplyLetter, ...]:
        """The pages that are letters."""
        tried = (each.reading.letter for each in self.letters if each.reading)
        return tuple(letter for letter in tried if letter.is_letter)


def first_draft(url: str, wishes: Wishes) -> Portal:
    """The portal as far as its address alone tells: enough to ask for its pages."""
    return Portal(
        name=wishes.name or portal_name(url),
        agency=wishes.agency or "",
        platform="generic",
        lists=(ListColumn(url),),
        delay=wishes.delay,
        private_network=names_private_host(url),
    )


def draft_portal(found: Findings, start: Portal, wishes: Wishes) -> PortalDraft | None:
    """The portal with all that was found; None where nothing names its agency."""
    names = _names(found, wishes)
    if names is None:
        return None
    column = found.opened.page.column
    kind, why_kind = choose_kind(found)
    read = found.opened.read
    code = next(filter(None, (f.site_code for f in (found.facts, *found.letter_facts))), None)
    portal = replace(
        start,
        agency=names.name,
        aliases=names.aliases[:MOST_ALIASES],
        region=region_of(code),
        platform=read.platform,
        lists=(replace(column, kind=kind),),
        min_letters=found.listed // 2,
        select=Select(body=found.body, list_item=read.list_item),
    )
    remarks = {
        "name": say(FROM_OPTION if wishes.name else FROM_ADDRESS),
        "agency": _agency_remark(names, wishes),
        "region": say(FROM_SITE_CODE, code=code),
        "platform": _platform_remark(read.marks),
        "kind": why_kind,
        "min_letters": say(
            SEEN_LISTED, count=found.listed, read=found.read_pages, pages=found.pages
        ),
        "body": say(BODY_NEEDED),
        "list_item": say(LIST_ITEM_NEEDED),
    }
    return PortalDraft(portal, remarks, found.facts.columns)


def portal_name(url: str) -> str:
    """A name from the host, the widest part first: `kjj.cq.gov.cn` cq-kjj, `www.cqqj.gov.cn` cqqj.

    A host without a name gives its number: `127-0-0-1`.
    """
    host = _host(url)
    if _number(host) is not None:
        return re.sub(r"[^0-9a-f]+", "-", host).strip("-") or "portal"
    labels = [label for label in host.lower().split(".") if label]
    while len(labels) > 1 and labels[0] in _HOST_PREFIXES:
        labels.pop(0)
    while len(labels) > 1 and labels[-1] in _HOST_SUFFIXES:
        labels.pop()
    name = re.sub(r"[^a-z0-9-]+", "-", "-".join(reversed(labels))).strip("-")
    return name[:_LONGEST_NAME].strip("-") or "portal"


def names_private_host(url: str) -> bool:
    """Whether an address names a machine of this network itself: localhost, a private IP."""
    host = _host(url)
    number = _number(host)
    return host == "localhost" or (number is not None and not is_public(number))


def choose_kind(found: Findings) -> tuple[SubmissionKind | None, str]:
    """Which submissions a column answers, and what says so; None where both stand in it."""
    name = found.facts.column or (found.facts.crumbs[-1].name if found.facts.crumbs else "")
    named = kind_of_column(name)
    titles = [kind_of_column(_QUOTED.sub("", link.title or "")) for link in found.opened.links]
    kinds = [kind for kind in titles if kind]
    kinds += [letter.submission_kind for letter in found.readings if letter.submission_kind]
    if len(set(kinds)) > 1:
        return None, say(KINDS_MIXED)
    if named and (not kinds or kinds[0] == named):
        return named, say(FROM_COLUMN_NAME, name=name)
    if named is None and len(kinds) >= _ENOUGH_TITLES:
        return kinds[0], say(FROM_LETTERS)
    return None, say(KINDS_MIXED)


def _names(found: Findings, wishes: Wishes) -> AgencyNames | None:
    printed = [letter.issuing_agency for letter in found.readings if letter.issuing_agency]
    site = next(filter(None, (f.site for f in (found.facts, *found.letter_facts))), None)
    if wishes.agency is None:
        return agency_names(site, printed)
    names = agency_names(wishes.agency, printed)
    if names is None or wishes.agency not in (names.name, *names.aliases):
        return AgencyNames(wishes.agency)
    aliases = tuple(name for name in (names.name, *names.aliases) if name != wishes.agency)
    return AgencyNames(wishes.agency, aliases, names.others)


def _agency_remark(names: AgencyNames, wishes: Wishes) -> str:
    source = FROM_OPTION if wishes.agency else FROM_SITE if names.of_site else FROM_LETTERS
    if not names.others:
        return say(source)
    return say(source) + say(OTHERS_PRINTED, names="、".join(names.others[:3]))


def _platform_remark(marks: Sequence[str]) -> str:
    return say(MARKS_SEEN, marks=" · ".join(marks[:3])) if marks else say(NO_MARKS)


def _host(url: str) -> str:
    """An address's host in A-form; empty for no plain http(s) address."""
    origin = origin_of(url)
    return origin[0].strip("[]") if origin else ""


def _number(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def readable(letters: Sequence[TriedLetter]) -> int:
    """How many of the pages tried are letters with text or files."""
    return sum(bool(each.reading and each.reading.letter.is_letter) for each in letters)
