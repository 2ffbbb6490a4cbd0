"""The portals whose files are right, beside what is wrong with the others: one broken file stops
no crawl of the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from schedules.config.config import Config
from schedules.portals.files import KnownPortal, choose_portals, known_portal, portal_files
from storage.errors import ConfigError
from storage.records import Portal


@dataclass(frozen=True, slots=True)
class SoundPortals:
    """What all portal files came to, by the names the files have."""

    known: Mapping[str, KnownPortal]
    faults: Mapping[str, ConfigError] = field(default_factory=dict)

    def enabled(self, patterns: Sequence[str]) -> tuple[Portal, ...]:
        """The portals that the patterns choose, without those whose files are wrong.

        Raises PortalError for a pattern that chooses neither.
        """
        sound = [pattern for pattern in patterns if not self._is_broken(pattern)]
        return choose_portals(sound, self.known)

    def named(self, names: Sequence[str]) -> tuple[Portal, ...]:
        """The portals of these names or patterns; raises ConfigError for one whose file is wrong,
        PortalError for one there is not."""
        for name in filter(self._is_broken, names):
            raise next(fault for stem, fault in self.faults.items() if fnmatchcase(stem, name))
        return self.enabled(names)

    def _is_broken(self, pattern: str) -> bool:
        """Whether all that a pattern chooses is wrong."""
        return _chooses(pattern, self.faults) and not _chooses(pattern, self.known)


def sound_portals(config: Config) -> SoundPortals:
    """Reads every portal file; raises nothing for one that is wrong."""
    known, faults = [], {}
    for file, built_in in portal_files(config):
        try:
            known.append(known_portal(file, built_in, config))
        except ConfigError as error:
            faults[file.name.removesuffix(".toml")] = error
    by_name = {entry.portal.name: entry for entry in known}
    return SoundPortals(dict(sorted(by_name.items())), faults)


def _chooses(pattern: str, names: Mapping[str, object]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names)
