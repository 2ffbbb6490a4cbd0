"""One configuration in force, with its portals: what a daemon works by until it is told another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
    faults: Mapping[str, str] = field(default_factory=dict)
    """What is wrong with the files of portals that are enabled, by their names."""

    @property
    def known(self) -> dict[str, KnownPortal]:
        """The portals by name."""
        return {portal.name: KnownPortal(portal, "", False) for portal in self.portals}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all portals that are enabled, also of those left out."""
        return tuple(sorted({*self.known, *self.faults}))

    def fired_by(self, cron: str) -> tuple[str, ...]:
        """Names of the portals with that cron expression."""
        return tuple(portal.name for portal in self.portals if portal.cron == cron)

    def going_on_from(self, before: Watch) -> Watch:
        """This one, in which a portal whose file is wrong now keeps the settings it had before;
        secrets of before stay secret."""
        config = replace(self.config, secrets=self.config.secrets | before.config.secrets)
        kept = [portal for portal in before.portals if portal.name in self.faults]
        if not kept:
            return replace(self, config=config)
        portals = tuple(sorted((*self.portals, *kept), key=lambda portal: portal.name))
        return Watch(_enabling(portals, config), portals, self.faults)

    def log_faults(self) -> None:
        """Names each file that is wrong, and what becomes of its portal."""
        import structlog  # a round in which nothing is due does without it

        log = structlog.get_logger("fuhan.daemon")
        for name, fault in self.faults.items():
            kept = name in self.known
            event = "a portal keeps its last settings" if kept else "a portal is left out"
            log.error(event, portal=name, reason=self.config.shown(fault))


def watch_of(config: Config, sound: SoundPortals) -> Watch:
    """What a configuration enables, but for portals whose files are wrong.

    Raises PortalError for an entry of `enabled` that names no portal, ConfigError where nothing
    is enabled.
    """
    portals = sound.enabled(config.enabled)
    faults = {name: str(fault) for name, fault in sound.left_out(config.enabled).items()}
    if not portals and not faults:
        raise ConfigError(say(NO_PORTAL_ENABLED))
    return Watch(_enabling(portals, config), portals, faults)


def read_watch(file: Path | None) -> Watch:
    """The configuration and the portals as files have them; raises ConfigError, PortalError."""
    config = load_config(file)
    return watch_of(config, sound_portals(config))


def _enabling(portals: Sequence[Portal], config: Config) -> Config:
    """The configuration with those portals by their names: all that a child knows of."""
    return replace(config, enabled=tuple(portal.name for portal in portals))
