"""The configuration: `fuhan.toml`, checked and typed, or its defaults where there is none."""

from __future__ import annotations

import os
from collections import ChainMap, Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from schedules.config.env_file import EnvFile, env_file_of
from schedules.config.portal_secrets import portal_secrets
from schedules.config.running import DaemonSection, UpkeepSection
from schedules.config.secrets import mask, mask_target, secret_parts
from schedules.config.telling import (
    Cron,
    FeedSection,
    Pattern,
    ReportForm,
    ReportSection,
    SinkSection,
    checked_cron,
)
from schedules.config.toml_files import Section, check, read_toml
from schedules.config.value_words import HEADER_TEXT, SAME_REPORTS
from schedules.words.delivery import SAME_SINKS
from schedules.words.language import Words, say
from schedules.words.messages import BAD_VALUE, NO_CONFIG_FILE, NO_SUCH_DIRECTORY
from storage.errors import ConfigError
from storage.policies import Confirmation

__all__ = ["Config", "Cron", "ReportForm", "ReportSection", "checked_cron", "load_config"]


def _checked_header_text(text: str) -> str:
    if not (text.isascii() and text.isprintable()):
        raise ValueError(say(HEADER_TEXT))
    return text


class ArchiveSection(Section):
    """`[archive]`: where the archive lies, and which captures are kept."""

    path: Path = Path("fuhan.db")
    keep_captures: Literal["changed", "all"] = "changed"


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


class ConfigFile(Section):
    """All of `fuhan.toml`."""

    archive: ArchiveSection = ArchiveSection()
    crawl: CrawlSection = CrawlSection()
    reports: tuple[ReportSection, ...] = ()
    sinks: tuple[SinkSection, ...] = ()
    feed: FeedSection | None = None
    daemon: DaemonSection = DaemonSection()
    upkeep: UpkeepSection = UpkeepSection()


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
    # what the environment put in, into portal files, too, and the targets' own
    secrets: frozenset[str] = frozenset()
    keep_captures: Literal["changed", "all"] = "changed"
    sinks: tuple[SinkSection, ...] = ()
    feed: FeedSection | None = None
    upkeep: UpkeepSection = field(default_factory=UpkeepSection)
    # what `${NAME}` stands for: the environment, and behind it the file of variables
    variables: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)

    @property
    def folder(self) -> Path:
        """Where relative paths begin: the file's folder, else the current one."""
        return self.file.parent if self.file else Path()

    @property
    def env_file(self) -> Path | None:
        """Where variables are read from besides the environment; the file need not be there."""
        return env_file_of(self.file) if self.file else None

    @property
    def tells_anyone(self) -> bool:
        """Whether a report has a target, or there is a sink or a feed."""
        return any(report.to for report in self.reports) or bool(self.sinks or self.feed)

    def shown(self, text: str) -> str:
        """`text` as it may be shown: secrets masked."""
        return mask(text, self.secrets)

    def shown_target(self, target: str) -> str:
        """A delivery target as it may be shown."""
        return mask_target(target, self.secrets)


def load_config(file: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """The configuration of `file`, or the defaults where it is None.

    What `environment` does not have, `${NAME}` takes from `fuhan.env` beside `fuhan.toml`.
    Relative paths count from the file's folder. Raises ConfigError with one line that names file,
    key path and, for an unknown key, the nearest known one.
    """
    if file is None:
        return _config(ConfigFile(), None, frozenset(), dict(environment))
    if not file.is_file():
        raise ConfigError(say(NO_CONFIG_FILE, path=file))
    variables = ChainMap(dict(environment), EnvFile(env_file_of(file)))  # type: ignore[arg-type]
    content, secrets = check(ConfigFile, read_toml(file), file, variables)
    _refuse_same_names([report.name for report in content.reports], "reports", SAME_REPORTS, file)
    _refuse_same_names([sink.name for sink in content.sinks], "sinks", SAME_SINKS, file)
    if any(sink.to.exec for sink in content.sinks):
        len(variables)  # programs get all of it: a file that cannot be read is told now
    return _config(content, file, secrets, variables)


def _config(
    content: ConfigFile,
    file: Path | None,
    secrets: frozenset[str],
    variables: Mapping[str, str],
) -> Config:
    folder = file.parent if file else Path()
    wait = content.crawl.confirm_withdrawal
    portals = _portal_folder(content.crawl.portals, folder, file)
    return Config(
        file=file,
        archive=folder / content.archive.path.expanduser(),
        portals=portals,
        enabled=content.crawl.enabled,
        contact=content.crawl.contact,
        confirmation=Confirmation(wait.visits, timedelta(hours=wait.hours)),
        reports=content.reports,
        daemon=content.daemon,
        secrets=secrets | _own_secrets(content) | portal_secrets(portals, variables),
        keep_captures=content.archive.keep_captures,
        sinks=content.sinks,
        feed=content.feed,
        upkeep=content.upkeep,
        variables=variables,
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


def _refuse_same_names(names: list[str], key: str, words: Words, file: Path) -> None:
    name, count = next(iter(Counter(names).most_common(1)), ("", 0))
    if count > 1:
        raise ConfigError(say(BAD_VALUE, path=file, key=key, reason=say(words, name=name)))


def _own_secrets(content: ConfigFile) -> frozenset[str]:
    """What the targets' addresses and keys would give away, written out or not."""
    targets = [(target.url, target.secret) for report in content.reports for target in report.to]
    targets += [(sink.to.url or "", sink.to.secret) for sink in content.sinks]
    targets.append((content.daemon.ping or "", None))
    keys = {secret for _, secret in targets if secret}
    return frozenset(keys.union(*(secret_parts(url) for url, _ in targets)))
