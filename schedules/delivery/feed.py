"""The feed: an Atom file (RFC 4287) of the newest events, the same bytes while nothing changes."""

from __future__ import annotations

import re
import uuid
from collections import deque
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree

from schedules.config.config import Config
from schedules.config.telling import FeedSection
from schedules.delivery.files import write_file
from schedules.delivery.selection import AgencyNames, agency_names, is_wanted
from schedules.reports.addresses import web_address
from schedules.reports.entries import Entry, entry_of
from schedules.reports.excerpts import Excerpt
from schedules.reports.select import group_of
from schedules.reports.words import COLON, FIGURES, GROUPS, OBSERVATION, said
from schedules.words.delivery import FEED_TITLE
from schedules.words.language import Language, language
from storage.clock import to_text
from storage.published import PublishedArchive
from storage.records import Event, EventKind, Portal

_ATOM = "http://www.w3.org/2005/Atom"
# NUL, ESC, U+FFFE, a lone surrogate: what XML 1.0 cannot hold stops a whole feed (fault 32)
_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPTY_SINCE = "1970-01-01T00:00:00.000Z"


def write_feed(
    config: Config, section: FeedSection, archive: PublishedArchive, portals: Sequence[Portal]
) -> Path | None:
    """Writes the feed's file in one step where it differs; gives its path if so.

    Raises DeliveryError where it cannot be written.
    """
    path = config.folder / section.path.expanduser()
    text = feed_text(section, archive, portals)
    try:
        if path.read_text(encoding="utf-8") == text:
            return None
    except (OSError, UnicodeDecodeError):
        pass  # it is written anew
    write_file(path, text)
    return path


def feed_text(section: FeedSection, archive: PublishedArchive, portals: Sequence[Portal]) -> str:
    """The newest events as Atom, the newest first; first readings are left out.

    Nothing in it is of the moment it is written: `updated` is the newest event's. Ids come from
    the archive and the event's cursor alone.
    """
    spoken = section.language or language()
    name = archive.archive_name()
    names = agency_names(archive, portals)
    events = _newest(section, archive, names)
    feed = etree.Element(f"{{{_ATOM}}}feed", {_XML_LANG: _TONGUES[spoken]}, _PREFIXES)
    _add(feed, "id", _urn(name, "feed"))
    _add(feed, "title", section.title or said(FEED_TITLE, spoken))
    newest = max((event.observed_at for event in events), default=None)
    _add(feed, "updated", to_text(newest) if newest else _EMPTY_SINCE)
    _add(feed, "generator", "fuhan")
    _add(_add(feed, "author"), "name", "fuhan")
    agencies = {portal: called[0] for portal, called in names.items()}
    for event in events:
        _add_entry(feed, event, agencies, _urn(name, str(event.cursor)), spoken)
    etree.indent(feed)
    return etree.tostring(feed, encoding="unicode", xml_declaration=False).join(
        ('<?xml version="1.0" encoding="utf-8"?>\n', "\n")
    )


def _newest(section: FeedSection, archive: PublishedArchive, agencies: AgencyNames) -> list[Event]:
    """The newest events that are wanted, looked for further and further back."""
    last = archive.last_cursor()
    span = 4 * section.entries
    while True:
        kept: deque[Event] = deque(maxlen=section.entries)
        kept.extend(
            event
            for event in archive.changes(max(0, last - span))
            if not event.baseline
            and _weighs(event, section)
            and is_wanted(event, section, archive, agencies)
        )
        if len(kept) == section.entries or span >= last:
            return list(reversed(kept))
        span *= 8


def _weighs(event: Event, section: FeedSection) -> bool:
    weight = event.significance
    return event.kind is not EventKind.CHANGED or weight is None or weight in section.significance


def _add_entry(
    feed: etree._Element, event: Event, agencies: dict[str, str], urn: str, spoken: Language
) -> None:
    entry = entry_of(event, agencies, spoken)
    group = said(GROUPS[group_of(event)], spoken)
    node = _add(feed, "entry")
    _add(node, "id", urn)
    _add(node, "title", f"{group}{said(COLON, spoken)}{entry.title}")
    _add(node, "updated", to_text(event.observed_at))
    _add(_add(node, "author"), "name", agencies.get(event.portal) or event.portal)
    for rel, address in (("alternate", event.url), ("related", event.from_url)):
        if address and (link := web_address(address)):
            _add(node, "link").attrib.update({"rel": rel, "href": _clean(link)})
    category = _add(node, "category")
    category.attrib.update({"term": event.kind.value, "label": group})
    content = _add(node, "content", "\n".join(_paragraphs(entry, spoken)))
    content.set("type", "html")


def _paragraphs(entry: Entry, spoken: Language) -> Iterator[str]:
    """The event as markup in which every value is text."""
    colon = escape(said(COLON, spoken))
    yield f"<p>{' · '.join(f'{escape(a)}{colon}{escape(b)}' for a, b in entry.facts)}</p>"
    if entry.observation:
        yield f"<p>{escape(said(OBSERVATION, spoken))}{colon}{escape(entry.observation)}</p>"
    yield from (f"<p>※ {escape(note)}</p>" for note in entry.notes)
    if entry.figures:
        figures = "；".join(f"{escape(was)} → {escape(now)}" for was, now in entry.figures)
        yield f"<p>{escape(said(FIGURES, spoken))}{colon}<b>{figures}</b></p>"
    for field in entry.fields:
        values = f"{escape(field.before)} → {escape(field.after)}"
        yield f"<p>{escape(field.label)}{colon}{values}</p>"
    yield from (f"<p>{_marked(excerpt)}</p>" for excerpt in entry.excerpts)


def _marked(excerpt: Excerpt) -> str:
    tags = {"=": "{}", "-": "<del>{}</del>", "+": "<ins>{}</ins>"}
    return "".join(tags[sign].format(escape(text)) for sign, text in excerpt)


def _add(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    node = etree.SubElement(parent, f"{{{_ATOM}}}{tag}")
    node.text = _clean(text) or None
    return node


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("�", text)


def _urn(archive: str, what: str) -> str:
    """`urn:uuid:…` (RFC 9562, version 5): the same for the same event of the same archive."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"fuhan:{archive}/{what}").urn


_PREFIXES: Any = {None: _ATOM}  # the stubs want a name where Atom's own elements need none
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TONGUES: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
