"""How `fuhan` runs by itself: `[daemon]` and `[upkeep]` of the configuration."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, Field

from schedules.config.telling import checked_cron
from schedules.config.toml_files import Section
from schedules.config.value_words import HTTP
from schedules.words.language import say
from schedules.words.running import CRON_OR_NEVER, METRICS_ADDRESS, METRICS_FILE

# "127.0.0.1:9108", "[::1]:9108", "localhost:9108"
_LISTEN = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9.-]+)):(?P<port>\d{1,5})")
NEVER = "never"


class Listen(NamedTuple):
    """Where the metrics are served."""

    host: str
    port: int  # 0: a free one

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can ask."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False


def listen_address(text: str) -> Listen:
    """Host and port of `127.0.0.1:9108`; ValueError for anything else, a lone port too."""
    found = _LISTEN.fullmatch(text)
    if not found or int(found["port"]) > 65535:
        raise ValueError(say(METRICS_ADDRESS))
    return Listen(found["v6"] or found["host"].lower(), int(found["port"]))


def _checked_http(address: str) -> str:
    if not address.startswith(("http://", "https://")):
        raise ValueError(say(HTTP))
    return address


def _checked_schedule(expression: str) -> str:
    if expression == NEVER:
        return expression
    try:
        return checked_cron(expression)
    except ValueError as error:
        raise ValueError(say(CRON_OR_NEVER, reason=error)) from error


def _checked_listen(text: str) -> str:
    listen_address(text)
    return text


def _checked_prom(path: Path) -> Path:
    if path.suffix != ".prom":  # node_exporter reads no other
        raise ValueError(say(METRICS_FILE))
    return path


Schedule = Annotated[str, AfterValidator(_checked_schedule)]


class DaemonSection(Section):
    """`[daemon]`: who is told that crawls go well, by the daemon and from cron alike."""

    ping: Annotated[str | None, Field(max_length=2000), AfterValidator(_checked_http)] = None
    metrics: Annotated[str | None, AfterValidator(_checked_listen)] = None
    metrics_file: Annotated[Path | None, AfterValidator(_checked_prom)] = None


class UpkeepSection(Section):
    """`[upkeep]`: when the archive is tidied, checked and backed up, in Asia/Shanghai."""

    tidy: Schedule = "40 3 * * *"
    verify: Schedule = "10 4 * * 0"
    quick_verify: Schedule = "50 3 * * *"
    backup: Path | None = None  # the folder; without one there are no backups
    backup_cron: Schedule = "0 4 * * *"
    keep: Annotated[int, Field(strict=True, ge=1, le=1000)] = 7
