"""Files whose bytes changed under the same link, told apart from links that came and went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from schedules.reports.words import said
from schedules.terminal import one_line
from schedules.words.attachments import CHANGED_CONTENT, NOW
from schedules.words.language import Language
from storage.addresses import address_key
from storage.records import FieldChange, JsonValue

_SHOWN = 12  # digits of a digest: enough to tell two by eye
_DIGEST = "sha256"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file with other bytes than before; digests are SHA-256, hexadecimal."""

    name: str
    url: str
    before: str
    after: str

    def sides(self, language: Language) -> tuple[str, str]:
        """`清单.pdf 内容已变，sha256 90f71c6fd61e…` and `943efde49d64…`, for an arrow between."""
        before, after = self.before[:_SHOWN], self.after[:_SHOWN]
        return (
            one_line(said(CHANGED_CONTENT, language, name=one_line(self.name), digest=before)),
            one_line(said(NOW, language, digest=after)),
        )


def file_changes(change: FieldChange) -> tuple[tuple[FileChange, ...], FieldChange | None]:
    """The files that changed, and what else of the attachments did; None where nothing else."""
    if change.field != "attachments":
        return (), change
    was = {_key(item): item for item in _items(change.before) if _DIGEST in item}
    found = tuple(
        FileChange(item["name"], item["url"], was[_key(item)][_DIGEST], item[_DIGEST])
        for item in _items(change.after)
        if _DIGEST in item and _key(item) in was
    )
    rest = replace(change, before=_bare(change.before), after=_bare(change.after))
    return found, rest if rest.before != rest.after or not found else None


def _items(value: JsonValue) -> list[dict[str, Any]]:
    items: list[Any] = list(value) if isinstance(value, list) else []
    return [item for item in items if isinstance(item, dict) and {"name", "url"} <= item.keys()]


def _key(item: dict[str, Any]) -> str:
    return address_key(str(item["url"]))


def _bare(value: JsonValue) -> JsonValue:
    """Attachments as the page prints them, without what their files hold."""
    if not isinstance(value, list):
        return value
    return [{"name": item["name"], "url": item["url"]} for item in _items(value)]
