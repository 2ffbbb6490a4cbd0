"""A portal's TOML file with comments: what each key was taken from, and what to look at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from rich.cells import cell_len

from schedules.portals.draft import PortalDraft
from schedules.portals.words import CHECKED_ON, SIBLINGS, WRITTEN_HEAD
from schedules.terminal import beijing_text
from schedules.words.language import say
from storage.records import ListColumn

_COLUMN = 38  # where remarks begin


def write_toml(draft: PortalDraft, now: datetime) -> str:
    """The file's text; every value and comment of a page is made harmless first."""
    return "\n".join(_lines(draft, now)) + "\n"


def _lines(draft: PortalDraft, now: datetime) -> Iterator[str]:
    portal, remarks = draft.portal, draft.remarks
    yield f"# {_plain(say(WRITTEN_HEAD, name=portal.name))}"
    yield f"# {_plain(say(CHECKED_ON, time=beijing_text(now)))}"
    yield _line("name", portal.name, remarks["name"])
    yield _line("agency", portal.agency, remarks["agency"])
    if portal.aliases:
        yield f"aliases = [{', '.join(map(_text, portal.aliases))}]"
    if portal.region:
        yield _line("region", portal.region, remarks["region"])
    yield _line("platform", portal.platform, remarks["platform"])
    yield f"# {_plain(remarks['kind'])}"
    yield "lists = ["
    yield from (f"  {_entry(column)}," for column in portal.lists)
    if draft.siblings:
        yield f"  # {_plain(say(SIBLINGS))}"
    for sibling in draft.siblings:
        yield f"  # {_entry(ListColumn(sibling.url, sibling.kind))},  # {_plain(sibling.name)}"
    yield "]"
    yield _line("cron", portal.cron, "Asia/Shanghai")
    yield _line("delay", portal.delay)
    if portal.min_letters:
        yield _line("min_letters", portal.min_letters, remarks["min_letters"])
    if portal.private_network:
        yield _line("private_network", True)
    selectors = {"body": portal.select.body, "list_item": portal.select.list_item}
    if any(selectors.values()):
        yield ""
        yield "[select]"
        for key, css in selectors.items():
            if css:
                yield _line(key, css, remarks.get(key))


def _line(key: str, value: Any, remark: str | None = None) -> str:
    written = f"{key} = {_value(value)}"
    blanks = " " * max(1, _COLUMN - cell_len(written))
    return f"{written}{blanks}# {_plain(remark)}" if remark else written


def _entry(column: ListColumn) -> str:
    kind = f', kind = "{column.kind}"' if column.kind else ""
    return f"{{ url = {_text(_address(column.url))}{kind} }}"


def _value(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(text: str) -> str:
    """A TOML basic string: JSON's is one, save for what `_plain` takes away."""
    return json.dumps(_plain(text), ensure_ascii=False)


def _address(url: str) -> str:
    """An address no part of which a reader of the file would take for `${NAME}`."""
    return url.replace("${", "%24%7B")


def _plain(text: str) -> str:
    """Text on one line without control characters and lone surrogates, which no TOML may hold."""
    kept = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(kept.split()).replace("${", "$ {")
