"""Reads a TOML file into a checked model; a fault names file, key path and nearest key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from schedules.config.secrets import UnsetVariableError, fill_in, mask
from schedules.config.value_faults import model_in, value_fault
from schedules.words.hints import nearest
from schedules.words.language import language, say
from schedules.words.messages import (
    BAD_TOML,
    BAD_VALUE,
    CANNOT_READ_FILE,
    MISSING_KEY,
    UNKNOWN_KEY,
    UNSET_VARIABLE,
)
from schedules.words.reasons import toml_fault
from schedules.words.system_faults import system_fault
from storage.errors import ConfigError

# how pydantic marks that the key of a mapping is at fault, not its value
_OF_KEY = "[key]"
# TOML's bare keys: confirm_withdrawal, min-letters
_BARE = re.compile(r"[A-Za-z0-9_-]+")
MAX_BYTES = 4 * 1024 * 1024

M = TypeVar("M", bound=BaseModel)
TomlFile = Path | Traversable
F = TypeVar("F", Path, Traversable)


class Section(BaseModel):
    """A table of a TOML file; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def toml_files(entries: Iterable[F]) -> list[F]:
    """The TOML files of a folder by name; hidden ones (an editor's locks) are left."""
    names = (entry for entry in entries if entry.name.endswith(".toml") and entry.is_file())
    return sorted((e for e in names if not e.name.startswith(".")), key=lambda e: e.name)


def read_toml(path: TomlFile) -> dict[str, Any]:
    """The file's content. Raises ConfigError: unreadable, not UTF-8, or the line of a fault."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigError(say(CANNOT_READ_FILE, path=path, reason=system_fault(error))) from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(say(CANNOT_READ_FILE, path=path, reason=f"> {MAX_BYTES} bytes"))
    last_line = f"at line {len(raw.splitlines())}, the last"
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reason = toml_fault(f"not UTF-8 (at line {line})", language())
        raise ConfigError(say(BAD_TOML, path=path, reason=reason)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = toml_fault(str(error).replace("at end of document", last_line), language())
        raise ConfigError(say(BAD_TOML, path=path, reason=reason)) from error


def check(
    model: type[M], content: Mapping[str, Any], path: TomlFile, environment: Mapping[str, str]
) -> tuple[M, frozenset[str]]:
    """`content` as a `model`, with the secrets the environment put into it.

    Raises ConfigError with one line for the first fault, unknown keys before others.
    """
    try:
        filled, secrets = fill_in(dict(content), environment)
    except UnsetVariableError as error:
        raise ConfigError(say(UNSET_VARIABLE, path=path, key=error.key, name=error.name)) from error
    try:
        return model.model_validate(filled), frozenset(secrets)
    except ValidationError as error:
        faults = error.errors(include_url=False)
        first = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
        raise ConfigError(mask(_fault_line(first, model, path), secrets)) from None


def _fault_line(fault: ErrorDetails, model: type[BaseModel], path: TomlFile) -> str:
    location = fault["loc"]
    key = _key_path(location)
    if fault["type"] == "extra_forbidden":
        hint = nearest(str(location[-1]), _known_keys(model, location[:-1]), cutoff=0)
        return say(UNKNOWN_KEY, path=path, key=key, hint=hint)
    if fault["type"] == "missing":
        return say(MISSING_KEY, path=path, key=key)
    reason = value_fault(fault, _annotation(model, location))
    if not location:
        return f"{path}: {reason}"
    return say(BAD_VALUE, path=path, key=key, reason=reason)


def _key_path(location: Iterable[int | str]) -> str:
    """`("reports", 0, "to", 1)` as `reports[0].to[1]`; a key that is no bare one in quotes."""
    text = ""
    for part in location:
        if part == _OF_KEY:
            continue
        key = part if isinstance(part, int) or _BARE.fullmatch(part) else f'"{part}"'
        text += f"[{part}]" if isinstance(part, int) else f".{key}" if text else str(key)
    return text


def _annotation(model: type[BaseModel], location: Iterable[int | str]) -> Any:
    """What a model wants at a place; `object` where it names no such key."""
    expected: Any = model
    for part in location:
        if isinstance(part, str):
            inner = model_in(expected)
            if inner is None or part not in inner.model_fields:
                return object
            expected = inner.model_fields[part].annotation
    return expected


def _known_keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    inner = model_in(_annotation(model, location))
    return list(inner.model_fields) if inner else []
