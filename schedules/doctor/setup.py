"""The configuration and the versions of what runs it."""

from __future__ import annotations

import platform
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.version import Version

from schedules.config.config import Config
from schedules.config.env_file import EnvFile
from schedules.doctor import words
from schedules.doctor.findings import Finding, Verdict
from schedules.words.language import say
from schedules.words.messages import PORTAL_FILE_WRONG
from storage.errors import ConfigError

# below these, known holes are open; from the projects' own advisories
SAFE_FROM: Mapping[str, str] = {
    "urllib3": "2.6.3",
    "lxml": "6.1",
    "requests": "2.33",
    "scrapy": "2.17",
    "brotli": "1.2",
}


def configuration(config: Config, portals: int) -> Iterator[Finding]:
    """Which file is in use and what it names; `portals` is how many are enabled."""
    check = "configuration"
    if config.file is None:
        text = say(words.CONFIG_DEFAULTS, portals=portals)
        yield Finding(check, Verdict.WARNING, text, say(words.CONFIG_DEFAULTS_REMEDY))
        return
    counts = {"portals": portals, "reports": len(config.reports), "sinks": len(config.sinks)}
    yield Finding(check, Verdict.OK, say(words.CONFIG_READ, path=config.file, **counts))
    if not config.contact:
        remedy = say(words.NO_CONTACT_REMEDY)
        yield Finding(check, Verdict.WARNING, say(words.NO_CONTACT), remedy)
    if _is_open(config.file) and _holds_secrets(config):
        remedy = say(words.OPEN_SECRETS_REMEDY, path=config.file)
        yield Finding(check, Verdict.WARNING, say(words.OPEN_SECRETS), remedy)
    if config.env_file and _is_open(config.env_file):
        remedy = say(words.OPEN_VARIABLES_REMEDY, path=config.env_file)
        text = say(words.OPEN_VARIABLES, path=config.env_file)
        yield Finding(check, Verdict.WARNING, text, remedy)
    yield from _variables_left_out(config)


def portal_files(faults: Mapping[str, ConfigError]) -> Iterator[Finding]:
    """Each portal file that is wrong: a warning, since everything else goes on without it."""
    for name, fault in faults.items():
        text = say(PORTAL_FILE_WRONG, reason=fault)
        remedy = say(words.PORTAL_FILE_REMEDY, name=name)
        yield Finding("configuration", Verdict.WARNING, text, remedy, name)


def versions() -> Iterator[Finding]:
    """Python, SQLite and ourselves, and libraries whose holes are known."""
    text = say(
        words.VERSIONS,
        fuhan=version("fuhan"),
        python=platform.python_version(),
        sqlite=sqlite3.sqlite_version,
    )
    yield Finding("versions", Verdict.OK, text)
    for name, least in SAFE_FROM.items():
        try:
            installed = version(name)
        except PackageNotFoundError:
            continue  # without it the program would not have got here
        if Version(installed) < Version(least):
            text = say(words.OLD_LIBRARY, name=name, version=installed, least=least)
            yield Finding("versions", Verdict.FAULT, text, say(words.OLD_LIBRARY_REMEDY), name)


def _variables_left_out(config: Config) -> Iterator[Finding]:
    """Lines of the file of variables that set none: systemd, too, would pass over them."""
    if config.env_file is None:
        return
    try:
        lines = EnvFile(config.env_file).left_out()
    except ConfigError as error:
        yield Finding("configuration", Verdict.WARNING, str(error))
        return
    for line in lines:
        text, remedy = line.told(config.env_file), say(words.VARIABLES_REMEDY)
        yield Finding("configuration", Verdict.WARNING, text, remedy)


def _is_open(file: Path) -> bool:
    """Whether users other than the owner may read it."""
    try:
        return bool(file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
    except OSError:
        return False


def _holds_secrets(config: Config) -> bool:
    """Whether a secret stands in the file itself, not in the environment."""
    if config.file is None:
        return False
    try:
        text = config.file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    return any(secret in text for secret in config.secrets)
