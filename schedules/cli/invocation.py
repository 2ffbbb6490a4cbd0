"""What one invocation of the command line knows: its options, clock and configuration."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from schedules.commands import COMMANDS
from schedules.config import environment
from schedules.config.archive_place import DEFAULT_ARCHIVE, archive_place
from schedules.config.secrets import mask
from schedules.config.starter_files import CONFIG_NAME
from schedules.terminal import one_line, tell
from schedules.words.language import say
from schedules.words.messages import (
    CONFIG_NOT_USED,
    NO_ARCHIVE_HERE,
    NO_PORTAL_ENABLED,
    PORTAL_LEFT_OUT,
)
from storage.clock import Clock
from storage.errors import ArchiveError, ConfigError
from storage.published import PublishedArchive

if TYPE_CHECKING:  # what checks files is imported where one is checked: a look waits for neither
    from schedules.config.config import Config
    from schedules.portals.files import KnownPortal
    from schedules.portals.sound import SoundPortals
    from storage.records import Portal, SiteProfile

LEVELS = ("warning", "info", "debug")

_WITHOUT_CONFIG = ("demo", "init")
# "look with fuhan changes --held, then fuhan portals accept"; no "a newer fuhan", no "/opt/fuhan"
_COMMAND = re.compile(
    rf"(?<![A-Za-z0-9_./-])fuhan (?=(?:{'|'.join(COMMANDS.keys() - _WITHOUT_CONFIG)})\b)"
)


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
    def sound(self) -> SoundPortals:
        """The portals whose files are right, and what is wrong with the others."""
        from schedules.portals.sound import sound_portals

        return sound_portals(self.config)

    @property
    def known(self) -> Mapping[str, KnownPortal]:
        """Every portal whose file is right, by name."""
        return self.sound.known

    @property
    def enabled(self) -> tuple[Portal, ...]:
        """The enabled portals whose files are right; PortalError for an entry that names none."""
        return self.sound.enabled(self.config.enabled)

    @cached_property
    def enabled_names(self) -> tuple[str, ...]:
        """The names of all enabled portals, also of those whose files are wrong."""
        return self.sound.names(self.config.enabled)

    def typed(self, command: str) -> str:
        """A command of ours, `fuhan diff 7`, as it is to be typed for the same configuration."""
        return command.replace("fuhan", self._program, 1)

    def advised(self, text: str) -> str:
        """A sentence with every command of ours in it as it is to be typed."""
        return _COMMAND.sub(lambda _: self._program + " ", text)

    @property
    def _program(self) -> str:
        """`fuhan`, with the configuration the user named."""
        option = self.config_option
        return "fuhan" if option is None else f"fuhan --config {shlex.quote(str(option))}"

    def shown(self, text: str) -> str:
        """`text` as it may be shown: secrets and passwords in addresses masked."""
        # where the configuration could not be read, asking for it would raise once more
        secrets = self.config.secrets if "config" in self.__dict__ else ()
        return mask(text, secrets)

    def portals(self, names: Sequence[str] = ()) -> tuple[Portal, ...]:
        """The portals named, or else all that are enabled; which are left out of them is told.

        Raises PortalError for an unknown name, ConfigError where there is none whose file is right.
        """
        if names:
            portals = self.sound.named(names)
        elif not (portals := self.enabled):
            faults = self.left_out().values()
            raise next(iter(faults), ConfigError(say(NO_PORTAL_ENABLED)))
        self.tell_left_out(names)
        return portals

    def left_out(self, names: Sequence[str] = ()) -> Mapping[str, ConfigError]:
        """What is wrong with the files of the portals named, or else of all that are enabled."""
        return self.sound.left_out(names or self.config.enabled)

    def tell_left_out(self, names: Sequence[str] = ()) -> None:
        """Says so of each of them on stderr."""
        for fault in self.left_out(names).values():
            tell(say(PORTAL_LEFT_OUT, reason=self.shown(str(fault))))

    def the_portal(self, name: str) -> Portal:
        """The one portal of that name; a pattern is no name. Raises PortalError, ConfigError."""
        return self.sound.the_portal(name)

    def start_logs(self, default: str = "warning") -> None:
        """Logs from now on, the configuration's secrets masked; FUHAN_LOG overrides the level."""
        level = environment.log_level() or max(
            default, LEVELS[min(self.verbosity, 2)], key=LEVELS.index
        )
        from schedules.logs import configure_logs  # structlog is for runs, not for a look

        configure_logs(level, secrets=self.config.secrets)

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
