"""A docker compose file: the image of the Dockerfile, confined, its folders those of this machine.

Folders stand at the same paths inside, so that the configuration means the same there.
"""

from __future__ import annotations

import json
import shlex
from pathlib import Path

from schedules.service.setup import Setup, missing_folders, outermost, told_variables
from schedules.words.language import say
from schedules.words.running import COMPOSE_NEEDS_CONFIG
from storage.errors import ConfigError

# exit code 3 is warnings: a portal that does not answer is no reason to restart anything
HEALTH = "{command} doctor --offline >/dev/null; case $? in 0|3) exit 0;; *) exit 1;; esac"

COMPOSE = """\
# compose.yaml
# 安装 To install:{folders}{variables}
#   docker compose up -d {build}
#   docker compose kill -s HUP fuhan     # 重读配置 reload the configuration
# 日志 Logs: docker compose logs fuhan
services:
  fuhan:
    image: fuhan
{context}    command: {command}
    user: {user}
    working_dir: {folder}
    init: true
    restart: unless-stopped
    stop_grace_period: 20s
    read_only: true
    tmpfs:
      - /tmp
    cap_drop:
      - ALL
    security_opt:
      - no-new-privileges:true
    volumes:
{volumes}    healthcheck:
      test: {health}
      interval: 10m
      timeout: 2m
      start_period: 1m
      retries: 2
    logging:
      driver: json-file
      options:
        max-size: 10m
        max-file: "5"
"""


def compose(setup: Setup) -> str:
    """The file for a setup. Raises ConfigError without a configuration: a container needs one."""
    if setup.config is None:
        raise ConfigError(say(COMPOSE_NEEDS_CONFIG))
    arguments = ["--config", str(setup.config)]
    health = HEALTH.format(command=shlex.join(["fuhan", *arguments]))
    return COMPOSE.format(
        folders="".join(f"\n#   mkdir -p {shlex.quote(str(f))}" for f in missing_folders(setup)),
        variables=f"\n#   {variables}" if (variables := told_variables(setup)) else "",
        build="--build" if setup.source else "        # the image: docker build -t fuhan CHECKOUT",
        context=f"    build: {_text(str(setup.source))}\n" if setup.source else "",
        command=_list([*arguments, "daemon"]),
        user=_text(f"{setup.uid}:{setup.gid}"),
        folder=_text(str(setup.folder)),
        volumes="".join(_volume(folder) for folder in outermost([setup.folder, *setup.writes])),
        health=_list(["CMD-SHELL", health]),
    )


def _text(value: str) -> str:
    """A string of YAML, which takes JSON's; compose reads `$$` as `$`."""
    return json.dumps(value.replace("$", "$$"), ensure_ascii=False)


def _list(values: list[str]) -> str:
    return "[" + ", ".join(_text(value) for value in values) + "]"


def _volume(folder: Path) -> str:
    place = _text(str(folder))
    return f"      - type: bind\n        source: {place}\n        target: {place}\n"
