"""What one invocation of the command line knows: its options, clock and configuration."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from schedules.config import environment
from schedules.config.archive_place import DEFAULT_ARCHIVE, archive_place
from schedules.config.secrets import mask
from schedules.config.starter_files import CONFIG_NAME
from schedules.terminal import one_line, tell
from schedules.words.language import say
from schedules.words.messages import CONFIG_NOT_USED, NO_ARCHIVE_HERE, NO_PORTAL_ENABLED
from storage.clock import Clock
from storage.errors import ArchiveError, ConfigError
from storage.published import PublishedArchive

if TYPE_CHECKING:  # what checks files is imported where one is checked: a look waits for neither
    from schedules.config.config import Config
    from schedules.portals.files import KnownPortal
    from schedules.portals.sound import SoundPortals
    from storage.records import Portal, SiteProfile

LEVELS = ("warning", "info", "debug")


@dataclass
class Invocation:
    """The options before the command; configuration and portals are read when first asked for."""

    config_option: Path | None = None
    verbosity: int = 0

    @cached_property
    def clock(self) -> Clock:
        """The machine's clock or FUHAN_NOW's instant; ConfigError where that is no time."""
        return environment.clock()

    @cached_property
    def config(self) -> Config:
        """The configuration of --config or FUHAN_CONFIG, or the defaults; raises ConfigError."""
        from schedules.config.config import load_config

        self._note_unused_config()
        return load_config(self.config_file)

    def _note_unused_config(self) -> None:
        """Who begins in a folder made by `fuhan init`, or beside it, may well think that its file
        is used."""
        if self.config_file is not None:
            return
        found = [Path(CONFIG_NAME)]
        if not Path(DEFAULT_ARCHIVE).exists():
            found += sorted(Path().glob(f"*/{CONFIG_NAME}"))
        if name := next((file for file in found if file.is_file()), None):
            tell(one_line(say(CONFIG_NOT_USED, name=shlex.quote(str(name)))))

    @property
    def config_file(self) -> Path | None:
        """The file that --config or FUHAN_CONFIG names."""
        return self.config_option or environment.config_path()

    @cached_property
    def known(self) -> Mapping[str, KnownPortal]:
        """Every portal there is a file for; raises ConfigError."""
        from schedules.portals.files import known_portals

        return known_portals(self.config)

    @cached_property
    def sound(self) -> SoundPortals:
        """The portals whose files are right, and what is wrong with the others."""
        from schedules.portals.sound import sound_portals

        return sound_portals(self.config)

    @property
    def enabled(self) -> tuple[Portal, ...]:
        """The enabled portals whose files are right; PortalError for an entry that names none."""
        return self.sound.enabled(self.config.enabled)

    def typed(self, command: str) -> str:
        """A command of ours, `fuhan diff 7`, as it is to be typed for the same configuration."""
        if self.config_option is None:
            return command
        return command.replace("fuhan", f"fuhan --config {shlex.quote(str(self.config_option))}", 1)

    def shown(self, text: str) -> str:
        """`text` as it may be shown: secrets and passwords in addresses masked."""
        # where the configuration could not be read, asking for it would raise once more
        secrets = self.config.secrets if "config" in self.__dict__ else ()
        return mask(text, secrets)

    def portals(self, names: Sequence[str] = ()) -> tuple[Portal, ...]:
        """The portals named, or else all that are enabled.

        Raises PortalError for an unknown name, ConfigError where none is enabled.
        """
        from schedules.portals.files import choose_portals, enabled_portals

        if names:
            return choose_portals(names, self.known)
        enabled = enabled_portals(self.config, self.known)
        if not enabled:
            raise ConfigError(say(NO_PORTAL_ENABLED))
        return enabled

    def the_portal(self, name: str) -> Portal:
        """The one portal of that name; a pattern is no name. Raises PortalError."""
        if name not in self.known:
            from schedules.portals.files import unknown_portal

            raise unknown_portal(name, self.known)
        return self.known[name].portal

    def start_logs(self, default: str = "warning", *, secrets: Iterable[str] = ()) -> None:
        """Logs from now on, secrets masked, the configuration's and these; FUHAN_LOG overrides."""
        level = environment.log_level() or max(
            default, LEVELS[min(self.verbosity, 2)], key=LEVELS.index
        )
        from schedules.logs import configure_logs  # structlog is for runs, not for a look

        configure_logs(level, secrets=self.config.secrets.union(secrets))

    def profile(self, portal: Portal | None) -> SiteProfile | None:
        """What the archive knows of a portal's pages; None without portal or archive.

        Writes nothing. Raises ArchiveErrors.
        """
        if portal is None or not self.config.archive.exists():
            return None
        from storage.archive import LetterArchive

        with LetterArchive.open_to_read(self.config.archive, clock=self.clock) as archive:
            return archive.profile(portal.name)

    def open_archive(self) -> PublishedArchive:
        """The archive for reading; ArchiveError where there is none.

        Of a configuration that nothing else has asked for, only `[archive]` is checked.
        """
        checked = "config" in self.__dict__
        if not checked:
            self._note_unused_config()
        path = (None if checked else archive_place(self.config_file)) or self.config.archive
        try:
            return PublishedArchive.open_to_read(path, clock=self.clock)
        except ArchiveError as error:
            if error.what != "none" or self.config_file is not None:
                raise
            raise ArchiveError(say(NO_ARCHIVE_HERE, path=path), path=path) from error
