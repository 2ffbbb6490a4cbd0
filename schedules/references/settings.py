"""The tables of docs/configuration.md: every key of `fuhan.toml` and of a portal's file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from typing import get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from schedules.config.config import ConfigFile
from schedules.config.settings_words import PORTAL, SETTINGS
from schedules.config.toml_files import Section
from schedules.config.value_faults import model_in
from schedules.portals.files import PortalFile
from schedules.references.doc_tables import code, table
from schedules.words.language import Words

_REQUIRED = "必填 required"


def keys(section: type[Section], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key of a section, those of the tables in it under their path: `lists[].url`."""
    for name, field in section.model_fields.items():
        inner = model_in(field.annotation)
        several = get_origin(field.annotation) is tuple
        if inner is None or field.is_required() or several:
            yield prefix + name, field
        if inner is not None and issubclass(inner, Section):
            yield from keys(inner, f"{prefix}{name}{'[]' if several else ''}.")


def sections() -> Mapping[str, tuple[type[Section], Mapping[str, Words]]]:
    """Each table of the page: whose keys it shows, and what they mean."""
    found: dict[str, tuple[type[Section], Mapping[str, Words]]] = {"portal": (PortalFile, PORTAL)}
    for name, field in ConfigFile.model_fields.items():
        inner = model_in(field.annotation)
        if inner is not None and issubclass(inner, Section):
            found[name] = (inner, SETTINGS[name])
    return found


def _rows(section: type[Section], words: Mapping[str, Words]) -> str:
    fields = dict(keys(section))
    if fields.keys() != words.keys():
        raise KeyError(f"{section.__name__}: {', '.join(fields.keys() ^ words.keys())}")
    rows = ((code(key), default(fields[key]), *meaning) for key, meaning in words.items())
    return table(("键 key", "默认 default", "含义", "meaning"), rows)


def default(field: FieldInfo) -> str:
    """A key's default as one writes it in TOML; nothing where it is left out."""
    if field.is_required():
        return _REQUIRED
    value = field.get_default(call_default_factory=True)
    if value is None or value is PydanticUndefined or value == {}:
        return ""
    return code(json.dumps(_plain(value), ensure_ascii=False))


def _plain(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, Path) else value


def makers() -> Mapping[str, Callable[[], str]]:
    """What makes each table of the page. Raises KeyError where keys and words differ."""
    return {name: partial(_rows, *of) for name, of in sections().items()}
