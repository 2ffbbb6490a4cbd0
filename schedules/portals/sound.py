"""The portals whose files are right, beside what is wrong with the others: one broken file stops
nothing that does without it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from schedules.config.config import Config
from schedules.portals.files import KnownPortal, known_portal, portal_files, unknown_portal
from storage.errors import ConfigError
from storage.records import Portal


@dataclass(frozen=True, slots=True)
class SoundPortals:
    """What all portal files came to, by the names the files have."""

    known: Mapping[str, KnownPortal]
    faults: Mapping[str, ConfigError] = field(default_factory=dict)

    def names(self, patterns: Sequence[str]) -> tuple[str, ...]:
        """The names that the names or patterns (`cq-*`) choose, also of files that are wrong.

        Raises PortalError for a pattern that chooses none.
        """
        every = sorted({*self.known, *self.faults})
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in every):
                raise unknown_portal(pattern, self.known)
        return tuple(name for name in every if _is_chosen(name, patterns))

    def enabled(self, patterns: Sequence[str]) -> tuple[Portal, ...]:
        """The portals that the patterns choose, without those whose files are wrong; PortalError
        for a pattern that chooses neither."""
        return tuple(self.known[name].portal for name in self.names(patterns) if name in self.known)

    def named(self, names: Sequence[str]) -> tuple[Portal, ...]:
        """The portals of these names or patterns; raises ConfigError for one whose file is wrong,
        PortalError for one there is not."""
        for pattern in names:
            if not self.enabled([pattern]):
                raise next(iter(self.left_out([pattern]).values()))
        return self.enabled(names)

    def left_out(self, patterns: Sequence[str]) -> dict[str, ConfigError]:
        """What is wrong with the files of those the patterns choose."""
        return {name: fault for name, fault in self.faults.items() if _is_chosen(name, patterns)}

    def the_portal(self, name: str) -> Portal:
        """The one portal of that name; a pattern is no name. Raises as `the_name`, and ConfigError
        where its file is wrong."""
        if fault := self.faults.get(self.the_name(name)):
            raise fault
        return self.known[name].portal

    def the_name(self, name: str) -> str:
        """The name, where a portal has it, be its file right or wrong; raises PortalError."""
        if name not in self.known and name not in self.faults:
            raise unknown_portal(name, self.known)
        return name


def sound_portals(config: Config) -> SoundPortals:
    """Every portal there is a file for, by name; raises nothing for a file that is wrong."""
    known, faults = [], {}
    for file, built_in in portal_files(config):
        try:
            known.append(known_portal(file, built_in, config))
        except ConfigError as error:
            faults[file.name.removesuffix(".toml")] = error
    by_name = {entry.portal.name: entry for entry in known}
    return SoundPortals(dict(sorted(by_name.items())), faults)


def _is_chosen(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
