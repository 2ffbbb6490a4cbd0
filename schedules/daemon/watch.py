"""One configuration in force, with its portals: what a daemon works by until it is told another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from schedules.config.config import Config, load_config
from schedules.portals.files import KnownPortal
from schedules.portals.sound import SoundPortals, sound_portals
from schedules.words.language import say
from schedules.words.messages import NO_PORTAL_ENABLED
from storage.errors import ConfigError
from storage.records import Portal


@dataclass(frozen=True, slots=True)
class Watch:
    """A checked configuration and the portals it enables."""

    config: Config
    portals: tuple[Portal, ...]
    faults: tuple[str, ...] = ()  # of portal files: those portals are left out

    @property
    def known(self) -> dict[str, KnownPortal]:
        """The portals by name."""
        return {portal.name: KnownPortal(portal, "", False) for portal in self.portals}

    def fired_by(self, cron: str) -> tuple[str, ...]:
        """Names of the portals with that cron expression."""
        return tuple(portal.name for portal in self.portals if portal.cron == cron)


def watch_of(config: Config, sound: SoundPortals) -> Watch:
    """What a configuration enables, but for portals whose files are wrong.

    Raises PortalError for an entry of `enabled` that names no portal, ConfigError where nothing
    is enabled.
    """
    portals = sound.enabled(config.enabled)
    if not portals and not sound.faults:
        raise ConfigError(say(NO_PORTAL_ENABLED))
    enabled = tuple(portal.name for portal in portals)  # all that a child knows of
    faults = tuple(map(str, sound.faults.values()))
    return Watch(replace(config, enabled=enabled), portals, faults)


def read_watch(file: Path | None) -> Watch:
    """The configuration and the portals as files have them; raises ConfigError, PortalError."""
    config = load_config(file)
    return watch_of(config, sound_portals(config))
