"""Reads a TOML file into a checked model; a fault names file, key path and nearest key."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from schedules.secrets import UnsetVariableError, fill_in, mask
from schedules.words import (
    BAD_TOML,
    BAD_VALUE,
    CANNOT_READ_FILE,
    DID_YOU_MEAN,
    MISSING_KEY,
    UNKNOWN_KEY,
    UNSET_VARIABLE,
    say,
)
from storage.errors import ConfigError

MAX_BYTES = 4 * 1024 * 1024

M = TypeVar("M", bound=BaseModel)
TomlFile = Path | Traversable


class Section(BaseModel):
    """A table of a TOML file; unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_toml(path: TomlFile) -> dict[str, Any]:
    """The file's content. Raises ConfigError: unreadable, not UTF-8, or the line of a fault."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            say(CANNOT_READ_FILE, path=path, reason=error.strerror or error)
        ) from error
    if len(raw) > MAX_BYTES:
        raise ConfigError(say(CANNOT_READ_FILE, path=path, reason=f"> {MAX_BYTES} bytes"))
    last_line = f"at line {len(raw.splitlines())}, the last"
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        reason = f"not UTF-8 (at line {line})"
        raise ConfigError(say(BAD_TOML, path=path, reason=reason)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = str(error).replace("at end of document", last_line)
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
        faults = error.errors(include_url=False, include_input=False)
        first = min(faults, key=lambda fault: fault["type"] != "extra_forbidden")
        raise ConfigError(mask(_fault_line(first, model, path), secrets)) from None


def nearest(name: str, known: Iterable[str], *, cutoff: float = 0.5) -> str:
    """`; did you mean …?` for the known name nearest to `name`; empty where none is near."""
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return say(DID_YOU_MEAN, name=close[0]) if close else ""


def _fault_line(fault: ErrorDetails, model: type[BaseModel], path: TomlFile) -> str:
    location = fault["loc"]
    key = _key_path(location)
    if fault["type"] == "extra_forbidden":
        hint = nearest(str(location[-1]), _known_keys(model, location[:-1]), cutoff=0)
        return say(UNKNOWN_KEY, path=path, key=key, hint=hint)
    if fault["type"] == "missing":
        return say(MISSING_KEY, path=path, key=key)
    # "Value error, five fields expected …" is our own text behind pydantic's words
    reason = fault["msg"].removeprefix("Value error, ")
    if not location:
        return f"{path}: {reason}"
    return say(BAD_VALUE, path=path, key=key, reason=reason)


def _key_path(location: Iterable[int | str]) -> str:
    """`("reports", 0, "to", 1)` as `reports[0].to[1]`."""
    text = ""
    for part in location:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _known_keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    for part in location:
        if isinstance(part, str):
            inner = _model_in(model.model_fields[part].annotation)
            if inner is None:
                return []
            model = inner
    return list(model.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)
