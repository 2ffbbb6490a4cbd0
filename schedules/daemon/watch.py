"""One configuration in force, with its portals: what a daemon works by until it is told another."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schedules.config.config import Config, load_config
from schedules.portals.files import KnownPortal, enabled_portals, known_portals
from schedules.words.language import say
from schedules.words.messages import NO_PORTAL_ENABLED
from storage.errors import ConfigError
from storage.records import Portal


@dataclass(frozen=True, slots=True)
class Watch:
    """A checked configuration and the portals it enables."""

    config: Config
    portals: tuple[Portal, ...]

    @property
    def known(self) -> dict[str, KnownPortal]:
        """The portals by name."""
        return {portal.name: KnownPortal(portal, "", False) for portal in self.portals}

    def fired_by(self, cron: str) -> tuple[str, ...]:
        """Names of the portals with that cron expression."""
        return tuple(portal.name for portal in self.portals if portal.cron == cron)


def read_watch(file: Path | None) -> Watch:
    """The configuration and the portals as files have them; raises ConfigError, PortalError."""
    config = load_config(file)
    portals = enabled_portals(config, known_portals(config))
    if not portals:
        raise ConfigError(say(NO_PORTAL_ENABLED))
    return Watch(config, portals)
