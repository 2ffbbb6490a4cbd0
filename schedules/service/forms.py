"""The forms of service files there are, and what each consists of."""

from __future__ import annotations

from typing import Literal

from schedules.service import compose, cron, systemd
from schedules.service.setup import ServiceFile, Setup
from schedules.words.language import say
from schedules.words.running import SERVICE_PATH
from storage.errors import ConfigError

Form = Literal["systemd", "cron", "compose"]


def service_files(form: Form, setup: Setup, *, user: bool, timer: bool) -> list[ServiceFile]:
    """The files of a form for a setup. Raises ConfigError for a path no such file can hold."""
    paths = [*setup.program, str(setup.folder), str(setup.config), *map(str, setup.writes)]
    for path in paths:
        if not path.isprintable():
            raise ConfigError(say(SERVICE_PATH, path=ascii(path), form=form))
    if form == "systemd":
        return systemd.units(setup, user=user, timer=timer)
    if form == "cron":
        return [ServiceFile("fuhan.crontab", cron.crontab(setup))]
    return [ServiceFile("compose.yaml", compose.compose(setup))]
