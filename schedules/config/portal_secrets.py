"""What portal files take from the environment: secrets as those of the configuration are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from schedules.config.secrets import UnsetVariableError, fill_in
from schedules.config.toml_files import read_toml, toml_files
from storage.errors import ConfigError

_BEGIN = b"${"  # of a variable's place


def portal_secrets(folder: Path | None, variables: Mapping[str, str]) -> frozenset[str]:
    """What each `${NAME}` of a folder's portal files stands for, in every form it may show in.

    They are known before any portal is read, so that nothing is told, or logged, before them. Of a
    file that nothing can be put into (no TOML, a variable that is not set) there is nothing to
    mask; what is wrong with it is told by those who read its portal.
    """
    files = toml_files(folder.iterdir()) if folder else []
    return frozenset().union(*(_secrets_of(file, variables) for file in files))


def _secrets_of(file: Path, variables: Mapping[str, str]) -> set[str]:
    try:
        if _BEGIN not in file.read_bytes():  # as in most: they are not parsed twice
            return set()
        return fill_in(read_toml(file), variables)[1]
    except (OSError, ConfigError, UnsetVariableError):
        return set()
