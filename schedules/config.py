"""The configuration: `fuhan.toml`, checked and typed, or its defaults where there is none."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from schedules.cron import cron_trigger
from schedules.secrets import mask, mask_target
from schedules.toml_files import Section, check, read_toml
from schedules.value_words import HEADER_TEXT, HTTP, REPORT_NAME, SAME_REPORTS, TARGET
from schedules.words import BAD_VALUE, NO_CONFIG_FILE, NO_SUCH_DIRECTORY, say
from storage.errors import ConfigError
from storage.policies import Confirmation
from storage.records import Significance, SubmissionKind

# a report's name is a file's name too: "daily", "科技-周报"
_REPORT_NAME = re.compile(r"\w[\w.-]*")


def checked_cron(expression: str) -> str:
    """The expression itself, or ValueError that says what is wrong with it."""
    cron_trigger(expression)
    return expression


def _checked_target(target: str) -> str:
    if target == "file:" or not (target.startswith("file:") or "://" in target):
        raise ValueError(say(TARGET))
    return target


def _checked_header_text(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        raise ValueError(say(HEADER_TEXT))
    return text


def _checked_http(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        raise ValueError(say(HTTP))
    return address


def _checked_report_name(name: str) -> str:
    if not _REPORT_NAME.fullmatch(name):
        raise ValueError(say(REPORT_NAME))
    return name


ReportForm = Literal["text", "md", "html", "json"]
Cron = Annotated[str, AfterValidator(checked_cron)]
Target = Annotated[str, Field(max_length=2000), AfterValidator(_checked_target)]
Pattern = Annotated[str, Field(min_length=1, max_length=200)]

ReportName = Annotated[str, Field(max_length=60), AfterValidator(_checked_report_name)]


class ArchiveSection(Section):
    """`[archive]`: where the archive lies."""

    path: Path = Path("fuhan.db")


class ConfirmWithdrawal(Section):
    """`confirm_withdrawal`: how often and how far apart an address must be gone."""

    visits: Annotated[int, Field(strict=True, ge=1, le=100)] = 2
    hours: Annotated[float, Field(strict=True, ge=0, le=24 * 365, allow_inf_nan=False)] = 20


class CrawlSection(Section):
    """`[crawl]`: which portals, and how we introduce ourselves to them."""

    portals: Path | None = None
    enabled: tuple[Pattern, ...] = ("*",)
    contact: Annotated[
        str | None, Field(min_length=1, max_length=200), AfterValidator(_checked_header_text)
    ] = None
    confirm_withdrawal: ConfirmWithdrawal = ConfirmWithdrawal()


class ReportSection(Section):
    """One `[[reports]]`: what it tells, when it is written, and where it goes."""

    name: ReportName
    cron: Cron = "0 8 * * *"
    to: tuple[Target, ...] = ()
    significance: Annotated[tuple[Significance, ...], Field(min_length=1)] = (
        Significance.SUBSTANCE,
        Significance.METADATA,
    )
    portals: tuple[Pattern, ...] = ("*",)
    agencies: tuple[Pattern, ...] = ()
    kinds: tuple[SubmissionKind, ...] = ()
    words: tuple[Pattern, ...] = ()


class DaemonSection(Section):
    """`[daemon]`: who is told that it lives."""

    ping: Annotated[str | None, AfterValidator(_checked_http)] = None
    metrics: str | None = None  # reserved: the exporter comes with the web page


class ConfigFile(Section):
    """All of `fuhan.toml`."""

    archive: ArchiveSection = ArchiveSection()
    crawl: CrawlSection = CrawlSection()
    reports: tuple[ReportSection, ...] = ()
    daemon: DaemonSection = DaemonSection()


@dataclass(frozen=True, slots=True)
class Config:
    """The configuration in use; every path in it is ready to open."""

    file: Path | None  # where it was read from; None: the defaults
    archive: Path
    portals: Path | None  # directory of the user's portal files, where there is one
    enabled: tuple[str, ...]
    contact: str | None
    confirmation: Confirmation
    reports: tuple[ReportSection, ...]
    daemon: DaemonSection
    secrets: frozenset[str] = frozenset()  # what the environment put in

    @property
    def folder(self) -> Path:
        """Where relative paths begin: the file's folder, else the current one."""
        return self.file.parent if self.file else Path()

    def shown(self, text: str) -> str:
        """`text` as it may be shown: secrets masked."""
        return mask(text, self.secrets)

    def shown_target(self, target: str) -> str:
        """A delivery target as it may be shown."""
        return mask_target(target, self.secrets)


def load_config(file: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of `file`, or the defaults where it is None.

    Relative paths count from the file's folder. Raises ConfigError with one line that names
    file, key path and, for an unknown key, the nearest known one.
    """
    if file is None:
        return _config(ConfigFile(), None, frozenset())
    if not file.is_file():
        raise ConfigError(say(NO_CONFIG_FILE, path=file))
    content, secrets = check(ConfigFile, read_toml(file), file, environment)
    _refuse_same_names(content.reports, file)
    return _config(content, file, secrets)


def _config(content: ConfigFile, file: Path | None, secrets: frozenset[str]) -> Config:
    folder = file.parent if file else Path()
    wait = content.crawl.confirm_withdrawal
    return Config(
        file=file,
        archive=folder / content.archive.path.expanduser(),
        portals=_portal_folder(content.crawl.portals, folder, file),
        enabled=content.crawl.enabled,
        contact=content.crawl.contact,
        confirmation=Confirmation(wait.visits, timedelta(hours=wait.hours)),
        reports=content.reports,
        daemon=content.daemon,
        secrets=secrets,
    )


def _portal_folder(named: Path | None, folder: Path, file: Path | None) -> Path | None:
    """The folder that was named, which must be there, else `portals` beside the file if it is."""
    if file is None:
        return None
    if named is None:
        return folder / "portals" if (folder / "portals").is_dir() else None
    path = folder / named.expanduser()
    if not path.is_dir():
        message = say(NO_SUCH_DIRECTORY, path=file, key="crawl.portals", directory=path)
        raise ConfigError(message)
    return path


def _refuse_same_names(reports: tuple[ReportSection, ...], file: Path) -> None:
    name, count = next(iter(Counter(r.name for r in reports).most_common(1)), ("", 0))
    if count > 1:
        reason = say(SAME_REPORTS, name=name)
        raise ConfigError(say(BAD_VALUE, path=file, key="reports", reason=reason))
