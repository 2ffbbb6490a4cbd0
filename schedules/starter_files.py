"""The files `fuhan init` begins a new watch with."""

from __future__ import annotations

from pathlib import Path

from schedules.words import CANNOT_WRITE_FILE, EXISTS, say
from storage.errors import FuhanError

CONFIG_NAME = "fuhan.toml"

CONFIG = """\
# fuhan 的配置。相对路径从本文件所在的目录算起；字符串中可用 ${NAME} 引用环境变量。
# Configuration of fuhan. Relative paths begin at this file; ${NAME} takes from the environment.

[archive]
path = "fuhan.db"                    # 档案 the archive

[crawl]
portals = "portals"                  # 自备门户文件的目录 your own portal files
# enabled = ["cq-*"]                 # 只看这些门户，默认全部 default: all
# contact = "mailto:you@example.org" # 写入 User-Agent，便于网站联系 stands in the User-Agent
# confirm_withdrawal = { visits = 2, hours = 20 }   # 隔多久、几次不见才算撤下

[[reports]]
name = "daily"
cron = "0 8 * * *"                   # 北京时间 Asia/Shanghai
to = ["file:reports/"]
# significance = ["substance", "metadata"]          # 另有 also: "typography"
# portals = ["*"]
# kinds = ["suggestion", "proposal"]
# words = ["新能源"]                 # 只报含这些词的复函 only letters with these words

# [daemon]
# ping = "https://hc.example.org/uuid"
"""

EXAMPLE_NAME = "example.toml.sample"

EXAMPLE = """\
# 改名为 NAME.toml（与 name 相同）后生效。 Rename to NAME.toml, NAME being the name below.
name = "my-portal"
agency = "某某市科学技术局"
platform = "generic"                 # trs | hanweb | vsb | ucap | generic
lists = [
  { url = "https://www.example.org/zwgk/jytabl/", kind = "proposal" },
]
cron = "20 6 * * *"
delay = 2.0
"""


def write_starter_files(folder: Path) -> list[Path]:
    """Writes the commented configuration and `portals/` into `folder`; gives what it wrote.

    Makes folders as needed and overwrites nothing: raises FuhanError where a file is there.
    """
    files = {
        folder / CONFIG_NAME: CONFIG,
        folder / "portals" / EXAMPLE_NAME: EXAMPLE,
    }
    for path in files:
        if path.exists():
            raise FuhanError(say(EXISTS, path=path))
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        reason = error.strerror or error
        raise FuhanError(say(CANNOT_WRITE_FILE, path=error.filename, reason=reason)) from error
    return list(files)
