"""Every error fuhan raises on purpose; they carry data, never log themselves.

`schedules/cli/cli.py` turns them into exit codes, in one place.
"""

from __future__ import annotations

from pathlib import Path


class FuhanError(Exception):
    """Root of all errors. `str(error)` is one line that says what to do next."""

    def __init__(self, message: str, *, portal: str | None = None, url: str | None = None) -> None:
        super().__init__(message)
        self.portal = portal
        self.url = url


class ConfigError(FuhanError):
    """A configuration file is missing, malformed, or has an unknown key."""


class PortalError(FuhanError):
    """A portal is unknown, or its file describes what cannot be crawled."""


class FetchError(FuhanError):
    """An address could not be fetched."""


class Blocked(FetchError):
    """The server answered, but refused us: challenge, captcha, 403, 429, stub."""


class TooLarge(FetchError):
    """A body, or what it unpacks to, is over the size limit."""


class ForbiddenAddress(FetchError):
    """A scheme, host or network address this portal may not ask for."""


class PageError(FuhanError):
    """A page was fetched but gives no letter."""


class Unreadable(PageError):
    """The letter's text is not in the page."""


class NotALetter(PageError):
    """The page is something else: a notice, a mailbox reply, a summary."""


class ArchiveError(FuhanError):
    """The archive cannot do what was asked; what it holds is untouched.

    `what` names which sentence `str(error)` is, of a closed set (`schedules/words/archive.py`
    says them in other languages); `path` and `values` are what the sentence speaks of.
    """

    def __init__(
        self,
        message: str,
        *,
        path: Path | None = None,
        what: str = "",
        url: str | None = None,
        **values: object,
    ) -> None:
        super().__init__(message, url=url)
        self.path = path
        self.what = what
        self.values = values


class ArchiveLocked(ArchiveError):
    """Another process holds the archive or the run lock."""


class ArchiveFull(ArchiveError):
    """No room on the disk."""


class ArchiveDamaged(ArchiveError):
    """The file is no fuhan archive, or its content contradicts itself."""


class NewerSchema(ArchiveError):
    """The archive was written by a newer fuhan."""


class DeliveryError(FuhanError):
    """A report could not be handed to its target."""
